/** Every constant of the analysis to 60 digits and more, as a reference: Arb at 300 bits, on the
 *  rational numbers that the doubles of a problem are.
 *
 *  It shares no formula with the program: expectations are sums over all indices, weighted with the
 *  probability that the coordinates at hand lie in the blocks at hand; eigenvalues come from Arb's
 *  QR iteration. For small d: the cost is n d^4. */
#ifndef IST_TEST_EXACT_CONSTANTS_H
#define IST_TEST_EXACT_CONSTANTS_H

#include <arb_mat.h>

#include "problem/problem.h"
#include "problem/sketch_kind.h"

#define EXACT_BITS 300

typedef struct {
  slong d;
  arb_mat_t L_bar, EB, W, second, cov_v;   /* d x d */
  arb_mat_t b_bar, Ev, x_star, x_fixed, h; /* d x 1 */
  arb_t lambda_min, lambda_max, w_lambda_min, theta, contraction;
  arb_t h_norm_sq, sigma_sq_star, f_star;
} exact_constants;

/** theta is meaningless unless w_lambda_min is positive. To be released with exact_constants_clear.
 */
void exact_constants_init(const ist_problem *p, ist_sketch sk, exact_constants *x);
void exact_constants_clear(exact_constants *x);

/** The least |value - exact| for what the reference's own error leaves open, rounded down. */
double exact_distance(double value, const arb_t exact);

/** Whether the decimal number text is within one unit of its last place of exact; *digits: its
 *  significant digits. */
int exact_last_place(const char *text, const arb_t exact, int *digits);

#endif
