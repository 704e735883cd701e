/** What a run comes to. */
#ifndef IST_RUN_RESULT_H
#define IST_RUN_RESULT_H

#include <stdbool.h>
#include <stddef.h>

#include "metrics.h"
#include "problem/sketch_kind.h"
#include "spectral/constants.h"

typedef struct {
  size_t d, n;
  ist_sketch sketch;
  double gamma;             /**< the step */
  bool certified;           /**< whether it is proved to be at most 1/theta, as was asked */
  double *x;                /**< the last iterate, d entries, owned */
  ist_metrics metrics;      /**< at x */
  ist_metric_errors errors; /**< of metrics */
  const char *no_fixed;     /**< why there is no x_fixed; NULL if there is one */
  bool bounded;             /**< whether error_bound was asked for */
  ist_scalar error_bound;   /**< of each |x_j - X_j|, X being the same run in real arithmetic */
} ist_run_result;

/** Frees what r owns; zeros may be freed. */
void ist_run_result_free(ist_run_result *r);

#endif
