/** Residuals to about twice binary64's precision: numbers as unevaluated sums hi + lo.
 *
 *  After T. Ogita, S. M. Rump, S. Oishi, Accurate sum and dot product, SIAM J. Sci. Comput. 26
 *  (2005): two_sum and two_product (by fma) are exact transformations, so that only the sum of
 *  their errors is rounded. */
#ifndef IST_SPECTRAL_PAIR_H
#define IST_SPECTRAL_PAIR_H

#include <stdbool.h>
#include <stddef.h>

#include "problem/problem.h"

/** A vector hi + lo, |lo_j| <= u |hi_j|, u = 2^-53; d entries each. */
typedef struct {
  double *hi, *lo;
} ist_pairs;

/** A symmetric matrix: |exact - hi - lo| <= scale abs, entry by entry, |lo| <= u |hi|. */
typedef struct {
  size_t d;
  const double *hi, *lo; /**< d*d; lo may be NULL: zero */
  const double *abs;     /**< d*d; NULL if scale is 0 */
  double scale;
} ist_pair_matrix;

/** L_bar as a pair. lo and hi: d*d entries each, filled unless all workers share one matrix, which
 *  is then taken as it is. L_abs: (1/n) sum |L_i|. The sums' errors are added up apart: with n
 *  terms they are at most n u sum |L_i| together and the error of their sum is gamma_n of that;
 *  with the quotient, scale = (n + 2)^2 u^2, rounded up. */
ist_pair_matrix ist_pair_mean_L(const ist_problem *p, const double *L_abs, double *hi, double *lo);

/** b_bar likewise into b (d entries); bound (d): of |exact - hi - lo|. */
void ist_pair_mean_b(const ist_problem *p, ist_pairs b, double *bound);

/** factor A, factor a number of the table below with an exact value: diagonal on the diagonal, rest
 *  off it, both nonnegative integers below 2^53. hi, lo: as A's, d*d entries. Two more products and
 *  a sum of the errors: scale grows by 8 u^2, and is relative to the scaled abs, which is in abs
 *  (d*d). */
ist_pair_matrix ist_pair_scaled(const ist_pair_matrix *A, double diagonal, double rest, double *hi,
                                double *lo, double *abs);

/** r = b - A x as a pair, and bound_j >= |r_j - exact|. b may be {NULL, NULL}: zero. Every sum has
 *  at most d + 1 terms; their errors and the products with lo, together at most (d + 5) u S with S
 *  = |b_j| + sum_k |A_jk x_k|, are summed with at most 4 d + 6 roundings each; lo times lo is left
 *  out, u^2 S: the bound is (4 d + 8) (d + 6) u^2 S, and scale (abs |x|)_j. */
void ist_pair_residual(const ist_pair_matrix *A, ist_pairs x, ist_pairs b, ist_pairs r,
                       double *bound);

/** x <- x + y for a vector y (d). Not exact, and needs not be: x is then another point. */
void ist_pair_add(size_t d, ist_pairs x, const double *y);

/** x'y of pairs, rounded once, and a bound of its error, as above. */
double ist_pair_dot(size_t d, ist_pairs x, ist_pairs y, double *bound);

/** hi + lo = a + b exactly. */
static inline void ist_two_sum(double a, double b, double *hi, double *lo) {
  const double sum = a + b, part = sum - a;
  *lo = (a - (sum - part)) + (b - part);
  *hi = sum;
}

#endif
