/** Both sides of the paper's bounds, exact apart from rounding: Theorem 1 (15), (16),
 *  Theorem 2 (30) and its sharpened form (N2), and the closed forms of scaled Perm-1 (N3, N1). */
#ifndef IST_SPECTRAL_BOUNDS_H
#define IST_SPECTRAL_BOUNDS_H

#include "constants.h"

/** Right side of (15): 2 drop / (gamma K), drop = f(x_0) - E f(x_K). [claim P06] */
double ist_theorem1_average_bound(double drop, double gamma, size_t K);

/** Right side of (16): (1 - gamma contraction)^k start, start = ||x_0 - x*||^2_L_bar.
 *  [claim P07] */
double ist_theorem1_distance_bound(double contraction, double gamma, size_t k, double start);

/** Best admissible beta of Theorem 2, (29): (1 - gamma) / (2 (1 + gamma)). Positive iff gamma < 1.
 *  [claim P16, N15] */
double ist_theorem2_beta(double gamma);

/** Right side of (30) at the best beta: 2 drop/(gamma K) + (2 (1-gamma)/beta + gamma) h_sq + gamma
 *  sigma_sq. h_sq is ||h||^2_L_bar, as the preprint's prose after (30) has it; the display has the
 *  norm of L_bar^2 (E9). Does not exist for gamma >= 1: no beta > 0 of (29) admits it. [claim P16]
 */
ist_scalar ist_theorem2_printed(double drop, double gamma, size_t K, double h_sq, double sigma_sq);

/** Sharpened right side, N2: 2 drop/(gamma K) + h_sq + gamma sigma_sq, for 0 < gamma <= 1.
 *  [claim N2] */
double ist_theorem2_sharpened(double drop, double gamma, size_t K, double h_sq, double sigma_sq);

/** What N1 takes off the sharpened right side to make it exact: (1 - gamma) times the average of
 *  E||x_k - x_inf||^2_L_bar over k < K. [claim N1] */
double ist_theorem2_slack(double gamma, double average_dist_fixed_L_sq);

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
