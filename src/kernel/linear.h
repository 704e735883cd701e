/** Dot product and matrix-vector product in a fixed order of operations. */
#ifndef IST_KERNEL_LINEAR_H
#define IST_KERNEL_LINEAR_H

#include <stddef.h>

/** sum_{j<d} a_j x_j, accumulated from j = 0 upwards. */
double ist_dot(const double *a, const double *x, size_t d);

/** y = A x; A is d x d, row-major (all entries read). */
void ist_matvec(const double *A, const double *x, size_t d, double *y);

#endif
