/** JSON output: numbers with 17 significant digits, null where a quantity does not exist. */
#ifndef IST_CLI_JSON_H
#define IST_CLI_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "machine/status.h"
#include "spectral/constants.h"
#include "spectral/errors.h"

/** The d x d row-major matrix A as an array of rows. NULL: memory ran out. */
json_t *ist_json_matrix(const double *A, size_t d);

/** The number, or null with the reason entered in the object reasons under key. NULL: memory ran
 *  out. */
json_t *ist_json_scalar(ist_scalar x, json_t *reasons, const char *key);

/** The bound of one number of an answer, and the key that it stands under. */
typedef struct {
  const char *key;
  ist_error error;
} ist_json_bound;

/** The object {key: bound} of count bounds: null where one is not finite, with the reason entered
 *  in the object reasons under "errors.KEY". *rigorous: whether all are finite. NULL: memory ran
 *  out. */
json_t *ist_json_errors(const ist_json_bound *bounds, size_t count, json_t *reasons,
                        bool *rigorous);

/** Prints value on standard output, followed by a newline, and releases it. value may be NULL
 *  (memory ran out while it was built), which is refused with IST_MACHINE, as wrong arithmetic
 *  is: nothing is then printed. */
ist_code ist_json_print(json_t *value, ist_status *s);

#endif
