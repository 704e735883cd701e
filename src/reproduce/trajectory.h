/** Exact expectations along K rounds (N5), recorded for the claims about them. */
#ifndef IST_REPRODUCE_TRAJECTORY_H
#define IST_REPRODUCE_TRAJECTORY_H

#include <stddef.h>

#include "machine/status.h"
#include "problem/problem.h"
#include "spectral/constants.h"

/** Arrays are indexed by k = 0..rounds. */
typedef struct {
  double gamma;
  size_t rounds;
  double *star_sq; /**< E||x_k - x*||^2_L_bar = 2 E(f(x_k) - f*) = E||grad f(x_k)||^2_{L_bar^-1} */
  double *star_W_sq;  /**< E||x_k - x*||^2_W = E||grad f(x_k)||^2_{L_bar^-1 W L_bar^-1} */
  double *fixed_L_sq; /**< E||x_k - x_fixed||^2_L_bar; zeros if there is no x_fixed */
  double *fixed_sq;   /**< E||x_k - x_fixed||^2, Euclidean; zeros if there is no x_fixed */
  double *mean;       /**< E x_k at mean + k*d */
} ist_trajectory;

/** Records rounds rounds from x0 (d entries) with step size gamma. c: constants of p. On IST_OK the
 *  caller frees t; IST_NOT_EXIST if the moments leave double precision. */
ist_code ist_trajectory_compute(ist_trajectory *t, const ist_problem *p, const ist_constants *c,
                                const double *x0, double gamma, size_t rounds, ist_status *s);

/** (1/K) sum_{k<K} values[k]. */
double ist_trajectory_average(const double *values, size_t K);

/** Frees what t owns; an empty trajectory may be freed again. */
void ist_trajectory_free(ist_trajectory *t);

#endif
