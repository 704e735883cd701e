/** How far each constant can be from the exact one. */
#ifndef IST_SPECTRAL_ERRORS_H
#define IST_SPECTRAL_ERRORS_H

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

#endif
