/** How far each constant can be from the exact one: rigorous bounds, computed in double precision.
 *
 *  Exact means: of the problem whose data are the doubles of *p (after preconditioning: those of
 *  the preconditioned problem). The bounds hold whatever the order in which BLAS sums, with or
 *  without fused multiplication, as long as every sum of products is one of the products that it is
 *  of; round to nearest. */
#ifndef IST_SPECTRAL_ERRORS_H
#define IST_SPECTRAL_ERRORS_H

#include "constants.h"
#include "moments/moment_errors.h"

/** |value - exact| <= bound; infinite, with the reason (static text), where no bound was found. */
typedef struct {
  double bound;
  const char *reason; /**< NULL if the bound is finite */
} ist_error;

/** One for each number of ist_constants with the same name; for a vector or matrix, of its largest
 *  entry. Those of quantities that do not exist are 0. */
typedef struct {
  ist_error lambda_min, lambda_max, w_lambda_min;
  ist_error theta, step_max, contraction, rate_max;
  ist_error x_star, x_fixed, h;
  ist_error h_norm_sq, sigma_sq, sigma_sq_star, f_star;
  ist_error expected_B, expected_v, second_moment, W, cov_v;
  double theta_upper;      /**< proved: theta <= this; infinite where it is not */
  double lambda_min_lower; /**< proved: of L_bar; 0 where it is not */
  double x_star_distance;  /**< ||x_star - exact||, Euclidean; infinite where it is not bounded */
  double x_fixed_distance; /**< likewise */
} ist_errors;

/** Bounds the errors of *c, which ist_constants_compute filled from p, after improving what can be
 *  had more exactly: eigenvalues, x_star, x_fixed, h and what follows from them are replaced. Where
 *  memory runs out, the bounds that need it are infinite, with that reason. */
void ist_constants_bound(const ist_problem *p, ist_constants *c, ist_errors *e);

/** A proved upper bound of theta for the step of a run, at the cost of few factorisations: the
 * first of c->theta.value (1 + 2^e), e = -26, -22, ..., -2, that is proved, so that it depends on
 * nothing but e and the computed theta; infinity if none is, if theta does not exist, or if memory
 * runs out. c: of p, from ist_constants_for_run with a step or ist_constants_compute.
 */
double ist_theta_upper(const ist_problem *p, const ist_constants *c);

/** The same without the scaled sketch, from the errors of the matrices that theta is of. */
double ist_theta_upper_from(const ist_moment_errors *m, const ist_constants *c);

#endif
