#include "checkpoint.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "json.h"
#include "kernel/range.h"
#include "problem/atomic_file.h"

#define SCHEMA "ist.checkpoint/1"
#define DIGITS JSON_REAL_PRECISION(17)

static ist_code no_memory(const char *path, ist_status *s) {
  return ist_fail(s, IST_BAD_INPUT, "%s: no memory for a checkpoint", path);
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

/** Sets the state of rng from hexadecimal digits; false if they are not a state. */
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
  return true;
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

static ist_code parse(const char *path, json_t **root, ist_status *s) {
  FILE *file = fopen(path, "r");
  if (file == NULL)
    return ist_fail(s, IST_BAD_INPUT, "%s: %s", path, strerror(errno));
  json_error_t error;
  *root = json_loadf(file, JSON_REJECT_DUPLICATES, &error);
  fclose(file);
  if (*root != NULL)
    return IST_OK;
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

ist_code ist_checkpoint_load(const char *path, const json_t *run, size_t *k, double *x, size_t d,
                             gsl_rng *rng, ist_status *s) {
  json_t *root;
  if (parse(path, &root, s) != IST_OK)
    return s->code;
  ist_code code = restore(path, root, run, k, x, d, rng, s);
  json_decref(root);
  return code;
}
