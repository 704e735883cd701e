#include "trace_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

ist_code ist_trace_file_open(ist_trace_file *t, const char *path, bool durable, ist_status *s) {
  t->durable = durable;
  if (ist_atomic_open(path, &t->file, s) != IST_OK)
    return s->code;
  ist_trace_header(t->file.stream);
  return IST_OK;
}

ist_code ist_trace_file_add(ist_trace_file *t, size_t k, const ist_metrics *m, ist_status *s) {
  ist_trace_row(t->file.stream, k, m);
  return t->durable ? ist_atomic_publish(&t->file, s) : IST_OK;
}

ist_code ist_trace_file_close(ist_trace_file *t, ist_status *s) {
  return t->file.stream != NULL ? ist_atomic_commit(&t->file, s) : IST_OK;
}

void ist_trace_file_abort(ist_trace_file *t) { ist_atomic_abort(&t->file); }

/** The header, or row k if m is not NULL, to be freed; NULL if memory runs out. */
static char *line_text(size_t k, const ist_metrics *m) {
  char *text = NULL;
  size_t size;
  FILE *file = open_memstream(&text, &size);
  if (file == NULL)
    return NULL;
  if (m == NULL)
    ist_trace_header(file);
  else
    ist_trace_row(file, k, m);
  if (fclose(file) == 0)
    return text;
  free(text);
  return NULL;
}

static bool is_row(const char *line, size_t k) {
  char number[32];
  int length = snprintf(number, sizeof number, "%zu,", k);
  return strncmp(line, number, (size_t)length) == 0 && strchr(line, '\n') != NULL;
}

/** What is copied, and what its first and last lines must be. */
typedef struct {
  FILE *from, *to;
  const char *path, *first, *last;
  size_t k; /**< the last row */
} copy;

static ist_code copy_line(const copy *c, size_t line, const char *text, ist_status *s) {
  if (line == 1 ? strcmp(text, c->first) != 0 : !is_row(text, line - 2))
    return ist_fail(s, IST_BAD_INPUT, "%s:%zu: %s expected", c->path, line,
                    line == 1 ? "the header of a trace" : "the next row of a trace");
  if (line == c->k + 2 && strcmp(text, c->last) != 0)
    return ist_fail(s, IST_BAD_INPUT, "%s:%zu: row %zu is not that of the checkpoint", c->path,
                    line, c->k);
  fputs(text, c->to);
  return IST_OK;
}

static ist_code copy_rows(const copy *c, ist_status *s) {
  char *text = NULL;
  size_t size = 0;
  ist_code code = IST_OK;
  for (size_t line = 1; line <= c->k + 2 && code == IST_OK; line++) {
    if (getline(&text, &size, c->from) == -1)
      code = ist_fail(s, IST_BAD_INPUT, "%s:%zu: the trace ends before row %zu of the checkpoint",
                      c->path, line, c->k);
    else
      code = copy_line(c, line, text, s);
  }
  free(text);
  return code;
}

ist_code ist_trace_file_continue(ist_trace_file *t, const char *path, size_t k,
                                 const ist_metrics *m, ist_status *s) {
  *t = (ist_trace_file){.durable = true};
  FILE *from = fopen(path, "r");
  if (from == NULL)
    return ist_fail(s, IST_BAD_INPUT, "%s: %s", path, strerror(errno));
  char *first = line_text(0, NULL), *last = line_text(k, m);
  ist_code code = IST_OK;
  if (first == NULL || last == NULL)
    code = ist_fail(s, IST_BAD_INPUT, "%s: memory is exhausted", path);
  else
    code = ist_atomic_open(path, &t->file, s);
  if (code == IST_OK)
    code = copy_rows(&(copy){from, t->file.stream, path, first, last, k}, s);
  if (code == IST_OK)
    code = ist_atomic_publish(&t->file, s);
  else
    ist_trace_file_abort(t);
  free(first);
  free(last);
  fclose(from);
  return code;
}
