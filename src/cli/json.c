#include "json.h"

#include <math.h>
#include <stdio.h>

#include "machine/arithmetic.h"
#include "run/json_vector.h"

json_t *ist_json_matrix(const double *A, size_t d) {
  json_t *rows = json_array();
  for (size_t i = 0; i < d; i++)
    if (json_array_append_new(rows, ist_json_vector(A + i * d, d)) != 0) {
      json_decref(rows);
      return NULL;
    }
  return rows;
}

json_t *ist_json_scalar(ist_scalar x, json_t *reasons, const char *key) {
  if (x.exists)
    return json_real(x.value);
  return json_object_set_new(reasons, key, json_string(x.reason)) == 0 ? json_null() : NULL;
}

/** A bound, or null with its reason. */
static json_t *bound_value(const ist_json_bound *b, json_t *reasons) {
  char name[64];
  if (isfinite(b->error.bound))
    return json_real(b->error.bound);
  snprintf(name, sizeof name, "errors.%s", b->key);
  return json_object_set_new(reasons, name, json_string(b->error.reason)) == 0 ? json_null() : NULL;
}

json_t *ist_json_errors(const ist_json_bound *bounds, size_t count, json_t *reasons,
                        bool *rigorous) {
  json_t *errors = json_object();
  *rigorous = true;
  for (size_t k = 0; k < count; k++) {
    *rigorous = *rigorous && isfinite(bounds[k].error.bound);
    if (json_object_set_new(errors, bounds[k].key, bound_value(&bounds[k], reasons)) != 0) {
      json_decref(errors);
      return NULL;
    }
  }
  return errors;
}

ist_code ist_json_print(json_t *value, ist_status *s) {
  if (ist_check_arithmetic(s) != IST_OK) {
    json_decref(value);
    return s->code;
  }
  /* Directly to the stream: json_dumps drops a key, without failing, where its buffer cannot grow.
   */
  int failed = value == NULL || json_dumpf(value, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(17));
  json_decref(value);
  if (failed && !ferror(stdout)) /* a failing stream is reported when it is flushed */
    return ist_fail(s, IST_MACHINE, "standard output: no memory for JSON text");
  putchar('\n');
  return IST_OK;
}
