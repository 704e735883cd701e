/** x*, x_fixed and what is measured at them, improved and bounded.
 *
 *  For a symmetric A with no eigenvalue below lambda > 0 in magnitude and r = b - A x, the solution
 *  y of A y = b has ||x - y|| <= ||r|| / lambda. x is a pair and r is computed to about twice the
 *  working precision (pair.h), so that refining x makes r small, and the bound with it, for
 *  condition numbers up to about 1 / (d u). */
#ifndef IST_SPECTRAL_POINT_ERRORS_H
#define IST_SPECTRAL_POINT_ERRORS_H

#include "constants.h"
#include "errors.h"
#include "moments/moment_errors.h"
#include "pair.h"

/** Improves and bounds x_star, f_star, x_fixed, h and h_norm_sq of *c. L: L_bar as a pair. Needs
 *  e->lambda_min_lower. False if memory runs out. */
bool ist_bound_points(const ist_problem *p, const ist_moment_errors *m, const ist_pair_matrix *L,
                      ist_constants *c, ist_errors *e);

/** Bounds sigma_sq and sigma_sq_star at the improved x_star, which are evaluated again there. */
bool ist_bound_noise(const ist_problem *p, const ist_moment_errors *m, ist_constants *c,
                     ist_errors *e);

#endif
