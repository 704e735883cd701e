/** How far an iterate is from the minimiser and from the method's fixed point. */
#ifndef IST_RUN_METRICS_H
#define IST_RUN_METRICS_H

#include <stdbool.h>

#include "spectral/constants.h"

/** The columns of a trace, at one iterate x. */
typedef struct {
  double f_gap;         /**< f(x) - f* */
  double grad_norm_sq;  /**< ||grad f(x)||^2 in the norm of L_bar^{-1} */
  double dist_star_sq;  /**< ||x - x*||^2 in the norm of L_bar */
  bool has_fixed;       /**< whether x_fixed exists */
  double dist_fixed_sq; /**< ||x - x_fixed||^2, Euclidean */
} ist_metrics;

/** Bounds on |computed - exact|; they may not exist. */
typedef struct {
  ist_scalar f_gap; /**< that of grad_norm_sq and of dist_star_sq, each 2 f_gap, is twice this */
  ist_scalar dist_fixed_sq;
} ist_metric_errors;

#endif
