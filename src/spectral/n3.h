/** The closed forms of scaled Perm-1 (N3, N1), exact apart from rounding. */
#ifndef IST_SPECTRAL_N3_H
#define IST_SPECTRAL_N3_H

#include "constants.h"

/** The model of N3, scaled Perm-1 (q = 1, d = n), 0 < gamma < 2. */
typedef struct {
  const ist_constants *c; /**< not owned */
  double *cov_v;          /**< Diag(S)/(n-1) - S/(n(n-1)), d*d */
  double sigma_sq;        /**< [tr(D_bar S) - tr(L_bar S)/n] / (n-1) */
  double trace_cov_v;     /**< tr Cov v */
} ist_n3;

/** Fills *m from S = (1/n) sum (beta_i - beta_bar)(beta_i - beta_bar)', beta_i = D_i^{-1/2} b_i;
 *  both moments are 0 for n = 1. c: the constants of p under scaled Perm-1; must outlive *m. False
 *  if memory runs out; otherwise the caller frees *m with ist_n3_free. [claim N3] */
bool ist_n3_init(const ist_problem *p, const ist_constants *c, ist_n3 *m);
void ist_n3_free(ist_n3 *m);

/** Expectations at one round, or averages over rounds. */
typedef struct {
  double f_gap;           /**< E f(x_k) - f* */
  double grad_norm_sq;    /**< E||grad f(x_k)||^2_{L_bar^{-1}} = 2 f_gap */
  double dist_fixed_sq;   /**< E||x_k - x_inf||^2 */
  double dist_fixed_L_sq; /**< E||x_k - x_inf||^2_L_bar */
} ist_n3_values;

/** N3 at round k from x0 (d entries). [claim N3] */
ist_n3_values ist_n3_round(const ist_n3 *m, const double *x0, double gamma, size_t k);

/** The averages over rounds k < K, K >= 1; grad_norm_sq is the left side of Theorem 2.
 *  [claim N3] */
ist_n3_values ist_n3_average(const ist_n3 *m, const double *x0, double gamma, size_t K);

#endif
