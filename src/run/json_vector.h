/** Numbers as JSON. */
#ifndef IST_RUN_JSON_VECTOR_H
#define IST_RUN_JSON_VECTOR_H

#include <jansson.h>
#include <stddef.h>

/** An array of d numbers. NULL: memory ran out. */
json_t *ist_json_vector(const double *v, size_t d);

#endif
