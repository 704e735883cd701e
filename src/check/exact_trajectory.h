/** Exact expectations along K rounds (N5), enclosed, for the claims about them. */
#ifndef IST_CHECK_EXACT_TRAJECTORY_H
#define IST_CHECK_EXACT_TRAJECTORY_H

#include "exact.h"

/** Arrays are indexed by k = 0..rounds. */
typedef struct ist_exact_trajectory {
  struct ist_exact_trajectory *next;
  ist_balls own;
  size_t rounds;
  ist_ball gamma;
  ist_ball *star_sq;     /**< E||x_k - x*||^2_L = 2 E(f(x_k) - f*) = E||grad f(x_k)||^2_{L^-1} */
  ist_ball *star_W_sq;   /**< E||x_k - x*||^2_W = E||grad f(x_k)||^2_{L^-1 W L^-1} */
  ist_ball *star_LL_sq;  /**< E||x_k - x*||^2_{L^2} = E||grad f(x_k)||^2 */
  ist_ball *fixed_L_sq;  /**< E||x_k - x_inf||^2_L; unknown if x_inf is */
  ist_ball *fixed_sq;    /**< E||x_k - x_inf||^2 */
  ist_ball_matrix *mean; /**< E x_k */
} ist_exact_trajectory;

/** Follows rounds rounds of step size gamma from start (d x 1). What takes too long in ball arithmetic
 *  is followed in double precision, where that is affordable: star_sq and fixed_sq are then as wide
 *  as its bounds, and only the mean is narrow. To be closed by the caller. */
void ist_exact_trajectory_open(ist_exact_trajectory *t, ist_exact *x, ist_ball_matrix start,
                               ist_ball gamma, size_t rounds);
void ist_exact_trajectory_close(ist_exact_trajectory *t);

/** (1/K) sum_{k<K} values[k]. */
ist_ball ist_exact_average(ist_balls *e, ist_ball const *values, size_t K);

#endif
