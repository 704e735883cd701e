/** The right sides of the paper's bounds (bounds.h), enclosed. */
#ifndef IST_CHECK_EXACT_BOUNDS_H
#define IST_CHECK_EXACT_BOUNDS_H

#include "moments/balls.h"

/** (15): 2 drop / (gamma K), drop = f(x_0) - E f(x_K). */
ist_ball ist_exact_bound_15(ist_balls *e, ist_ball drop, ist_ball gamma, size_t K);

/** (16): (1 - gamma contraction)^k start, start = ||x_0 - x*||^2_L. */
ist_ball ist_exact_bound_16(ist_balls *e, ist_ball contraction, ist_ball gamma, size_t k,
                            ist_ball start);

/** (30) at the best beta of (29), (1 - gamma) / (2 (1 + gamma)): 2 drop/(gamma K) + (4 (1 + gamma)
 *  + gamma) h_sq + gamma sigma_sq. */
ist_ball ist_exact_bound_30(ist_balls *e, ist_ball drop, ist_ball gamma, size_t K, ist_ball h_sq,
                            ist_ball sigma_sq);

/** N2: 2 drop/(gamma K) + h_sq + gamma sigma_sq. */
ist_ball ist_exact_bound_N2(ist_balls *e, ist_ball drop, ist_ball gamma, size_t K, ist_ball h_sq,
                            ist_ball sigma_sq);

/** What N1 takes off N2's right side: (1 - gamma) times the average of E||x_k - x_inf||^2_L. */
ist_ball ist_exact_slack_N1(ist_balls *e, ist_ball gamma, ist_ball average);

/** (28): (1-gamma)^k x_0 + (1 - (1-gamma)^k) limit. */
ist_ball_matrix ist_exact_closed_form(ist_balls *e, ist_ball_matrix x0, ist_ball_matrix limit,
                                      ist_ball gamma, size_t k);

#endif
