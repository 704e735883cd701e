#include "json_vector.h"

json_t *ist_json_vector(const double *v, size_t d) {
  json_t *array = json_array();
  for (size_t j = 0; j < d; j++)
    if (json_array_append_new(array, json_real(v[j])) != 0) {
      json_decref(array);
      return NULL;
    }
  return array;
}
