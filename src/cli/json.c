#include "json.h"

#include <stdio.h>
#include <stdlib.h>

json_t *ist_json_vector(const double *v, size_t d) {
  if (v == NULL)
    return json_null();
  json_t *array = json_array();
  for (size_t j = 0; j < d; j++)
    if (json_array_append_new(array, json_real(v[j])) != 0) {
      json_decref(array);
      return NULL;
    }
  return array;
}

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
  json_object_set_new(reasons, key, json_string(x.reason));
  return json_null();
}

ist_code ist_json_print(json_t *value, ist_status *s) {
  char *text = value == NULL ? NULL : json_dumps(value, JSON_INDENT(1) | JSON_REAL_PRECISION(17));
  json_decref(value);
  if (text == NULL)
    return ist_fail(s, IST_OUTPUT_FAILED,
                    "standard output: no JSON text (no memory, or a name that is not UTF-8)");
  puts(text);
  free(text);
  return IST_OK;
}
