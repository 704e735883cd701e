#include "checkpoint.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "json_vector.h"
#include "kernel/range.h"
#include "problem/atomic_file.h"
#include "problem/input_file.h"

#define SCHEMA "ist.checkpoint/1"
#define DIGITS JSON_REAL_PRECISION(17)

static ist_code no_memory(const char *path, ist_status *s) {
  return ist_fail(s, IST_MACHINE, "%s: no memory for a checkpoint", path);
}

static int add_to_crc(const char *text, size_t size, void *crc) {
  uLong *sum = crc;
  *sum = crc32_z(*sum, (const Bytef *)text, size);
  return 0;
}

/** The checksum of root, as an 8-digit string; NULL if memory runs out. */
static json_t *checksum(const json_t *root) {
  uLong crc = 0;
  if (json_dump_callback(root, add_to_crc, &crc, JSON_COMPACT | JSON_SORT_KEYS | DIGITS) != 0)
    return NULL;
  return json_sprintf("%08lx", crc);
}

/** The state of rng in hexadecimal digits. */
static json_t *state_text(const gsl_rng *rng) {
  static const char digits[] = "0123456789abcdef";
  const unsigned char *state = gsl_rng_state(rng);
  const size_t size = gsl_rng_size(rng);
  char *text = malloc(2 * size + 1);
  if (text == NULL)
    return NULL;
  for (size_t i = 0; i < size; i++) {
    text[2 * i] = digits[state[i] >> 4];
    text[2 * i + 1] = digits[state[i] & 15];
  }
  json_t *value = json_stringn(text, 2 * size);
  free(text);
  return value;
}

/** What GSL keeps of mt19937: 624 words of 32 bits, and which of them is next. */
typedef struct {
  unsigned long word[624];
  int next;
} mt19937_state;

/** Whether bytes are a state that mt19937 can have. GSL believes it and reads word[next]. */
static bool is_state(const unsigned char *bytes, size_t size) {
  mt19937_state state;
  unsigned long all = 0, any = 0;
  if (size != sizeof state)
    return false;
  memcpy(&state, bytes, size);
  for (size_t i = 0; i < sizeof state.word / sizeof *state.word; i++) {
    all |= state.word[i];
    any |=
        i == 0 ? state.word[i] & 0x80000000ul : state.word[i]; // the other 31 bits have no effect
  }
  return state.next >= 0 && state.next <= 624 && all <= 0xfffffffful && any != 0;
}

/** Sets the state of rng, an mt19937, from hexadecimal digits; false if they are not a state. */
static bool restore_state(const char *text, gsl_rng *rng) {
  static const char digits[] = "0123456789abcdef";
  unsigned char *state = gsl_rng_state(rng);
  const size_t size = gsl_rng_size(rng);
  if (strlen(text) != 2 * size || strspn(text, digits) != 2 * size)
    return false;
  for (size_t i = 0; i < size; i++) {
    const size_t high = (size_t)(strchr(digits, text[2 * i]) - digits);
    const size_t low = (size_t)(strchr(digits, text[2 * i + 1]) - digits);
    state[i] = (unsigned char)(16 * high + low);
  }
  return is_state(state, size);
}

static json_t *build(size_t k, const json_t *run, const double *x, size_t d, const gsl_rng *rng) {
  json_t *root = json_pack("{s:s, s:I, s:O, s:o, s:{s:s, s:o}}", "schema", SCHEMA, "round",
                           (json_int_t)k, "run", run, "x", ist_json_vector(x, d), "generator",
                           "name", gsl_rng_name(rng), "state", state_text(rng));
  if (root == NULL || json_object_set_new(root, "crc32", checksum(root)) == 0)
    return root;
  json_decref(root);
  return NULL;
}

ist_code ist_checkpoint_save(const char *path, size_t k, const json_t *run, const double *x,
                             size_t d, const gsl_rng *rng, ist_status *s) {
  ist_atomic_file file;
  json_t *root = build(k, run, x, d, rng);
  if (root == NULL)
    return no_memory(path, s);
  ist_code code = ist_atomic_open(path, &file, s);
  if (code == IST_OK) {
    const bool written = json_dumpf(root, file.stream, JSON_INDENT(1) | DIGITS) == 0;
    fputc('\n', file.stream);
    if (written || ferror(file.stream)) /* a failed write is reported by the commit */
      code = ist_atomic_commit(&file, s);
    else {
      ist_atomic_abort(&file);
      code = no_memory(path, s);
    }
  }
  json_decref(root);
  return code;
}

/** A file of which no more than so many bytes are read. */
typedef struct {
  FILE *file;
  size_t left;
  bool beyond; /**< whether there are more */
} bounded_file;

/** The next bytes, for json_load_callback. */
static size_t next_bytes(void *buffer, size_t size, void *context) {
  bounded_file *from = context;
  const size_t count = fread(buffer, 1, size < from->left ? size : from->left, from->file);
  from->left -= count;
  from->beyond = count == 0 && from->left == 0;
  return ferror(from->file) ? (size_t)-1 : count;
}

/** d: of the run, which tells how large a checkpoint can be. */
static ist_code parse(const char *path, size_t d, json_t **root, ist_status *s) {
  bounded_file from = {.file = ist_input_open(path, s), .left = ((size_t)1 << 20) + 256 * d};
  if (from.file == NULL)
    return s->code;
  json_error_t error;
  *root = json_load_callback(next_bytes, &from, JSON_REJECT_DUPLICATES, &error);
  fclose(from.file);
  if (*root != NULL)
    return IST_OK;
  if (from.beyond)
    return ist_fail(s, IST_BAD_INPUT, "%s: not a checkpoint: too large for a run of dimension %zu",
                    path, d);
  if (json_error_code(&error) == json_error_out_of_memory)
    return no_memory(path, s);
  return ist_fail(s, IST_BAD_INPUT, "%s:%d: not a checkpoint: %s", path, error.line, error.text);
}

/** Checks and removes the member crc32. */
static ist_code verify(const char *path, json_t *root, ist_status *s) {
  json_t *stored = json_incref(json_object_get(root, "crc32"));
  if (stored == NULL)
    return ist_fail(s, IST_BAD_INPUT, "%s: not a checkpoint: no checksum", path);
  json_object_del(root, "crc32");
  json_t *computed = checksum(root);
  const bool intact = computed != NULL && json_equal(stored, computed);
  const bool exhausted = computed == NULL;
  json_decref(stored);
  json_decref(computed);
  if (exhausted)
    return no_memory(path, s);
  return intact ? IST_OK
                : ist_fail(s, IST_BAD_INPUT, "%s: damaged: the checksum does not match", path);
}

/** What run tells of key in the checkpoint and now. */
static ist_code differs(const char *path, const char *key, const json_t *there, const json_t *here,
                        ist_status *s) {
  char *old = json_dumps(there, JSON_ENCODE_ANY | DIGITS);
  char *new = json_dumps(here, JSON_ENCODE_ANY | DIGITS);
  ist_fail(s, IST_BAD_INPUT, "%s: a checkpoint of another run: its %s is %s, not %s", path, key,
           old != NULL ? old : "missing", new != NULL ? new : "that");
  free(old);
  free(new);
  return s->code;
}

static ist_code compare(const char *path, json_t *there, const json_t *here, ist_status *s) {
  const char *key;
  json_t *value;
  json_object_foreach((json_t *)here, key, value) {
    const json_t *other = json_object_get(there, key);
    if (!json_equal(other, value))
      return differs(path, key, other, value, s);
  }
  return IST_OK;
}

/** Copies the numbers of array into x; false if they are not d numbers within the range. */
static bool read_iterate(const json_t *array, double *x, size_t d) {
  size_t j;
  json_t *value;
  if (json_array_size(array) != d)
    return false;
  json_array_foreach(array, j, value) {
    if (!json_is_real(value))
      return false;
    x[j] = json_real_value(value);
  }
  return ist_bounded(x, d, IST_ENTRY_MAX);
}

static ist_code restore(const char *path, json_t *root, const json_t *run, size_t *k, double *x,
                        size_t d, gsl_rng *rng, ist_status *s) {
  const char *schema, *name, *state;
  json_int_t round;
  json_t *there, *iterate;
  json_error_t error;
  if (verify(path, root, s) != IST_OK)
    return s->code;
  if (json_unpack_ex(root, &error, 0, "{s:s, s:I, s:o, s:o, s:{s:s, s:s}}", "schema", &schema,
                     "round", &round, "run", &there, "x", &iterate, "generator", "name", &name,
                     "state", &state) != 0)
    return ist_fail(s, IST_BAD_INPUT, "%s: not a checkpoint: %s", path, error.text);
  if (strcmp(schema, SCHEMA) != 0)
    return ist_fail(s, IST_BAD_INPUT, "%s: not a checkpoint: its schema is %s", path, schema);
  if (compare(path, there, run, s) != IST_OK)
    return s->code;
  if (round < 0 || !read_iterate(iterate, x, d) || strcmp(name, gsl_rng_name(rng)) != 0 ||
      !restore_state(state, rng))
    return ist_fail(s, IST_BAD_INPUT, "%s: not a checkpoint that this program wrote", path);
  *k = (size_t)round;
  return IST_OK;
}

/** Whether jansson was refused memory, which it may report as a fault of the text, or not at all.
 */
static bool refused_memory;

static void *watched_malloc(size_t size) {
  void *block = malloc(size);
  refused_memory = refused_memory || block == NULL;
  return block;
}

static ist_code load(const char *path, const json_t *run, size_t *k, double *x, size_t d,
                     gsl_rng *rng, ist_status *s) {
  json_t *root;
  if (parse(path, d, &root, s) != IST_OK)
    return s->code;
  ist_code code = restore(path, root, run, k, x, d, rng, s);
  json_decref(root);
  return code;
}

ist_code ist_checkpoint_load(const char *path, const json_t *run, size_t *k, double *x, size_t d,
                             gsl_rng *rng, ist_status *s) {
  json_malloc_t before;
  json_free_t release;
  json_get_alloc_funcs(&before, &release);
  json_set_alloc_funcs(watched_malloc, release);
  refused_memory = false;
  const ist_code code = load(path, run, k, x, d, rng, s);
  json_set_alloc_funcs(before, release);
  return code == IST_BAD_INPUT && refused_memory ? no_memory(path, s) : code;
}
