#include "acsl.h"

#include <ctype.h>
#include <glob.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PARAMETERS 8

/** Where an expression is read, and what its names stand for. */
typedef struct {
  const char *at, *function;
  char names[PARAMETERS][32];
  arb_struct *values;
  size_t count;
  slong prec;
} reader;

static void fail(const char *function, const char *at) {
  fprintf(stderr, "ACSL: %s: not understood: %.40s\n", function, at);
  abort();
}

/** Appends a file to *text without // comments. */
static void append(char **text, size_t *length, const char *path) {
  char line[1024];
  FILE *file = fopen(path, "r");
  if (file == NULL)
    fail(path, "cannot be read");
  while (fgets(line, sizeof line, file) != NULL) {
    line[strcspn(line, "\n")] = '\0';
    char *note = strstr(line, "//");
    if (note != NULL)
      *note = '\0';
    const size_t more = strlen(line);
    *text = realloc(*text, *length + more + 2);
    if (*text == NULL)
      fail(path, "no memory");
    memcpy(*text + *length, line, more);
    *length += more;
    (*text)[(*length)++] = ' ';
    (*text)[*length] = '\0';
  }
  fclose(file);
}

/** The headers of spec/, read once. */
static const char *specification(void) {
  static char *text;
  size_t length = 0;
  glob_t found;
  if (text != NULL)
    return text;
  if (glob("spec/*.h", 0, NULL, &found) != 0)
    fail("spec/*.h", "no headers");
  for (size_t k = 0; k < found.gl_pathc; k++)
    append(&text, &length, found.gl_pathv[k]);
  globfree(&found);
  return text;
}

static bool part_of_name(char c) { return isalnum((unsigned char)c) || c == '_'; }

static void skip(const char **at) {
  while (**at == ' ')
    ++*at;
}

static bool take(reader *r, const char *token) {
  skip(&r->at);
  const size_t length = strlen(token);
  if (strncmp(r->at, token, length) != 0)
    return false;
  r->at += length;
  return true;
}

static void expect(reader *r, const char *token) {
  if (!take(r, token))
    fail(r->function, r->at);
}

static void read_name(reader *r, char *name, size_t size) {
  size_t length = 0;
  skip(&r->at);
  while (part_of_name(*r->at) && length + 1 < size)
    name[length++] = *r->at++;
  name[length] = '\0';
  if (length == 0)
    fail(r->function, r->at);
}

/** Behind the name in its definition, which begins with one of the heads. */
static const char *search(const char *name) {
  static const char *const heads[] = {"logic real ", "predicate "};
  for (size_t k = 0; k < 2; k++) {
    const char *at = specification();
    while ((at = strstr(at, heads[k])) != NULL) {
      at += strlen(heads[k]);
      if (strncmp(at, name, strlen(name)) == 0 && !part_of_name(at[strlen(name)]))
        return at + strlen(name);
    }
  }
  fail(name, "no definition");
  return NULL;
}

/** The same, each searched for once. */
static const char *find(const char *name) {
  static struct {
    char name[32];
    const char *at;
  } known[32];
  size_t k = 0;
  while (k < 32 && known[k].at != NULL && strcmp(known[k].name, name) != 0)
    k++;
  if (k == 32 || strlen(name) >= sizeof known[k].name)
    fail(name, "too many functions, or too long a name");
  if (known[k].at == NULL) {
    known[k].at = search(name);
    strcpy(known[k].name, name);
  }
  return known[k].at;
}

/** Reads "(real k, integer n) =", labels before it left out, up to the right side of "<=" if there
 *  is one. */
static void read_head(reader *r) {
  char type[32];
  if (take(r, "{"))
    r->at += strcspn(r->at, "}") + 1;
  expect(r, "(");
  do {
    if (r->count == PARAMETERS)
      fail(r->function, r->at);
    read_name(r, type, sizeof type);
    read_name(r, r->names[r->count++], sizeof r->names[0]);
  } while (take(r, ","));
  expect(r, ")");
  expect(r, "=");
  const char *end = strchr(r->at, ';'), *relation = strstr(r->at, "<=");
  if (relation != NULL && relation < end)
    r->at = relation + 2;
}

static void read_sum(reader *r, arb_t out);

/** The arguments of a call, count of them, into values. */
static size_t read_arguments(reader *r, arb_struct *values) {
  size_t count = 0;
  expect(r, "(");
  do {
    if (count == PARAMETERS)
      fail(r->function, r->at);
    arb_init(values + count);
    read_sum(r, values + count++);
  } while (take(r, ","));
  expect(r, ")");
  return count;
}

static void call(reader *r, arb_t out, const char *name) {
  arb_struct values[PARAMETERS];
  acsl_argument arguments[PARAMETERS];
  const size_t count = read_arguments(r, values);
  for (size_t k = 0; k < count; k++)
    arguments[k] = (acsl_argument){values + k, 0};
  if (strcmp(name, "\\abs") == 0 && count == 1)
    arb_abs(out, values);
  else if (strcmp(name, "\\sqrt") == 0 && count == 1)
    arb_sqrt(out, values, r->prec);
  else if (strcmp(name, "\\min") == 0 && count == 2)
    arb_min(out, values, values + 1, r->prec);
  else if (strcmp(name, "\\max") == 0 && count == 2)
    arb_max(out, values, values + 1, r->prec);
  else
    acsl_evaluate(out, name, arguments, count, r->prec);
  for (size_t k = 0; k < count; k++)
    arb_clear(values + k);
}

static void read_number(reader *r, arb_t out) {
  char *end;
  arb_set_d(out, strtod(r->at, &end));
  r->at = end;
}

static void read_named(reader *r, arb_t out) {
  char name[32] = "\\";
  const size_t slash = *r->at == '\\';
  r->at += slash;
  read_name(r, name + slash, sizeof name - slash);
  for (size_t k = 0; k < r->count; k++)
    if (strcmp(name, r->names[k]) == 0) {
      arb_set(out, r->values + k);
      return;
    }
  call(r, out, name);
}

static void read_factor(reader *r, arb_t out) {
  if (take(r, "(real)") || take(r, "+")) {
    read_factor(r, out);
  } else if (take(r, "-")) {
    read_factor(r, out);
    arb_neg(out, out);
  } else if (take(r, "(")) {
    read_sum(r, out);
    expect(r, ")");
  } else if (isdigit((unsigned char)*r->at)) {
    read_number(r, out);
  } else {
    read_named(r, out);
  }
}

static void read_product(reader *r, arb_t out) {
  arb_t right;
  arb_init(right);
  read_factor(r, out);
  for (;;) {
    if (take(r, "*")) {
      read_factor(r, right);
      arb_mul(out, out, right, r->prec);
    } else if (take(r, "/")) {
      read_factor(r, right);
      arb_div(out, out, right, r->prec);
    } else {
      break;
    }
  }
  arb_clear(right);
}

static void read_sum(reader *r, arb_t out) {
  arb_t right;
  arb_init(right);
  read_product(r, out);
  for (;;) {
    if (take(r, "+")) {
      read_product(r, right);
      arb_add(out, out, right, r->prec);
    } else if (take(r, "-")) {
      read_product(r, right);
      arb_sub(out, out, right, r->prec);
    } else {
      break;
    }
  }
  arb_clear(right);
}

void acsl_evaluate(arb_t out, const char *name, const acsl_argument *arguments, size_t count,
                   slong prec) {
  arb_struct values[PARAMETERS];
  reader r = {.at = find(name), .function = name, .values = values, .prec = prec};
  read_head(&r);
  if (r.count != count)
    fail(name, "has other parameters");
  for (size_t k = 0; k < count; k++) {
    arb_init(values + k);
    if (arguments[k].ball != NULL)
      arb_set(values + k, arguments[k].ball);
    else
      arb_set_d(values + k, arguments[k].number);
  }
  read_sum(&r, out);
  expect(&r, ";");
  for (size_t k = 0; k < count; k++)
    arb_clear(values + k);
}
