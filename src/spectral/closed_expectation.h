/** The closed form of scaled Perm-1, N3, with bounds of its errors. */
#ifndef IST_SPECTRAL_CLOSED_EXPECTATION_H
#define IST_SPECTRAL_CLOSED_EXPECTATION_H

#include "constants.h"
#include "errors.h"
#include "moments/expectations.h"
#include "moments/moment_errors.h"

/** Expectations and bounds of their errors; a bound is infinite where none was found. */
typedef struct {
  ist_expectation value, error;
} ist_bounded_expectation;

/** Expectations at round k from x0 (d entries), 0 < gamma < 2, with a = 1 - gamma:
 *    E||x_k - x*||^2_L = ||a^k (x0 - x*) - (1 - a^k) h||^2_L
 *                        + gamma/(2 - gamma) (1 - a^2k) sigma^2,
 *    E||x_k - x_fixed||^2 = a^2k ||x0 - x_fixed||^2 + gamma/(2 - gamma) (1 - a^2k) tr Cov v.
 *  L_abs: of the moments' errors; work: d entries. a is rounded once and a^k comes from repeated
 *  squaring, less than 2 k multiplications: |a^k - exact| <= gamma_{3k+4} |a^k|. */
ist_bounded_expectation ist_closed_expectation(const ist_constants *c, const ist_errors *e,
                                               const ist_moment_errors *m, const double *x0,
                                               double gamma, size_t k, double *work);

#endif
