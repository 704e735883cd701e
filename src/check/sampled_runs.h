/** Runs of the method that claims compare with exact expectations. */
#ifndef IST_CHECK_SAMPLED_RUNS_H
#define IST_CHECK_SAMPLED_RUNS_H

#include <stddef.h>

#include "exact.h"
#include "machine/status.h"

/** Runs drawn for a claim. */
#define IST_CLAIM_RUNS 100

/** What one run x_0, ..., x_K leaves behind. Its iterates are the kernel's doubles; what is
 *  measured at them is enclosed and rounded once, so that no cancellation adds to the error of the
 *  sample. NaN: not enclosed narrowly enough, or not known. */
typedef struct {
  double average_star_sq;    /**< (1/K) sum_{k<K} ||x_k - x*||^2_L = ||grad f(x_k)||^2_{L^-1} */
  double average_W_sq;       /**< (1/K) sum_{k<K} ||x_k - x*||^2_W */
  double average_fixed_L_sq; /**< (1/K) sum_{k<K} ||x_k - x_inf||^2_L */
  double first_star_sq;      /**< ||x_0 - x*||^2_L */
  double first_fixed_sq;     /**< ||x_0 - x_inf||^2 */
  double last_star_sq;       /**< ||x_K - x*||^2_L */
  double last_fixed_sq;      /**< ||x_K - x_inf||^2 */
  double last_along;         /**< <x_K - x_inf, x_0 - x_inf> */
  double one_round;          /**< mean over k of ||x_{k+1} - x*||^2_L / E[ . | x_k] */
} ist_sampled_run;

typedef struct {
  double gamma;
  size_t count;
  ist_sampled_run *run; /**< owned */
} ist_sampled_runs;

/** Draws IST_CLAIM_RUNS runs of `rounds` rounds from x0 (d entries), run r with seed + r modulo
 *  2^32, on the problem that x is about. E[||x_{k+1} - x*||^2_L | x_k] comes from the moments of
 *  N4; rounds in which rounding of the iterates hides it count as 1. On IST_OK the caller frees r;
 *  IST_NOT_EXIST if iterates leave the kernel's range. Where measuring would take too long, all is
 *  NaN. */
ist_code ist_sampled_runs_draw(ist_sampled_runs *r, ist_exact *x, const double *x0, double gamma,
                               size_t rounds, unsigned long seed, ist_status *s);

/** Frees what r owns; empty runs may be freed again. */
void ist_sampled_runs_free(ist_sampled_runs *r);

#endif
