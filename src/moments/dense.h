/** Dense d x d work for the moments: row-major matrices, products through CBLAS. */
#ifndef IST_MOMENTS_DENSE_H
#define IST_MOMENTS_DENSE_H

#include <stddef.h>

/** C = A B. C must not overlap A or B. */
void ist_multiply(size_t d, const double *A, const double *B, double *C);

/** C += A B. C must not overlap A or B. */
void ist_multiply_add(size_t d, const double *A, const double *B, double *C);

/** y = A x, d entries; y must not overlap x. */
void ist_apply(size_t d, const double *A, const double *x, double *y);

/** x'A y. */
double ist_bilinear(size_t d, const double *A, const double *x, const double *y);

/** The inner product of matrices <A, B> = sum_jk A_jk B_jk. */
double ist_inner(size_t d, const double *A, const double *B);

/** A <- (A + A') / 2: removes the asymmetry that rounding left in a symmetric result. */
void ist_symmetrise(size_t d, double *A);

#endif
