/** Both sides of the paper's bounds, exact apart from rounding: Theorem 1 (15), (16), Theorem 2 (30)
 *  and its sharpened form (N2). */
#ifndef IST_SPECTRAL_THEOREMS_H
#define IST_SPECTRAL_THEOREMS_H

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

#endif
