/** Bounds of rounding errors that are themselves computed in rounded arithmetic.
 *
 *  u = 2^-53 is the unit roundoff of binary64, gamma_k = k u / (1 - k u). Where a computed number
 *  is a sum of products and every term has gone through at most k rounded operations, it differs
 *  from the exact one by at most gamma_k times the sum of the terms' absolute values, in whatever
 *  order the terms were added, with or without fused multiplication (Higham, Accuracy and Stability
 *  of Numerical Algorithms, 2nd ed., Lemma 3.1 and section 3.1). That sum is the majorant.
 *
 *  A majorant is computed in the same arithmetic, from nonnegative numbers by +, *, / and square
 *  roots alone. No chain of its operations is longer than 2^30, so that it comes out at least
 *  (1 - 2^-22) times what it stands for, apart from underflow. ist_outward makes up for both: the
 *  factor 1 + 2^-20 is more than 1 / (1 - 2^-22), and 2^-480 is more than every underflow together:
 *  an operation that underflows errs by at most 2^-1075, no number is a product of more than five
 *  entries of the problem or of a point, or of steps, and bounds are given only where each is at
 *  most IST_ROUNDING_MAX = 2^100; weights, dimensions and the number of terms that meet in one
 *  number stay below 2^90 together: 2^(-1075 + 500 + 90) = 2^-485. */
#ifndef IST_MOMENTS_ROUNDING_H
#define IST_MOMENTS_ROUNDING_H

#include <math.h>
#include <stddef.h>

/** Unit roundoff. */
#define IST_UNIT 0x1p-53

/** The largest entry with which ist_outward covers every underflow. */
#define IST_ROUNDING_MAX 0x1p100

/** An upper bound of what x >= 0 was computed for, as above. */
static inline double ist_outward(double x) { return x * (1 + 0x1p-20) + 0x1p-480; }

/** An upper bound of gamma_k; infinite for k beyond 2^30. The product k u is exact, and
 *  1 / (1 - k u) < 1 + 2^-22. */
static inline double ist_gamma(size_t k) {
  return k > (size_t)1 << 30 ? INFINITY : (double)k * IST_UNIT * (1 + 0x1p-22);
}

#endif
