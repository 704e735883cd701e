/** An inverse in a fixed order of operations, and a bound on the exact one. */
#ifndef IST_RUN_INVERSE_H
#define IST_RUN_INVERSE_H

#include <stdbool.h>
#include <stddef.h>

/** Replaces A (d x d, row-major) by its inverse up to rounding: Gauss-Jordan elimination with row
 *  pivots, whose operations do not depend on the processor. False if a column has no pivot. row:
 *  d entries of work space. */
bool ist_invert(double *A, size_t d, size_t *row);

/** At least 1 / max_i sum_k |(exact A)^{-1}_ik|, which is at most every eigenvalue of the exact A
 *  in magnitude; 0 if none was found. X: any matrix, best an inverse of A; error: at least every
 *  row's sum of |A - exact A|. By the norm a of I - X A, with its rounding: ||A^{-1}|| <= ||X|| /
 *  (1 - a) if a < 1. work: 2 d entries. */
double ist_inverse_bound(const double *A, const double *X, size_t d, double error, double *work);

#endif
