/** The quadratic f(x) = 1/2 x'Lx - b'x and its gradient, eqs. (8), (12). */
#ifndef IST_KERNEL_QUADRATIC_H
#define IST_KERNEL_QUADRATIC_H

#include <stddef.h>

/** g = L x - b, eq. (12). L: d x d, row-major; b, x, g: d entries. */
void ist_gradient(const double *L, const double *b, const double *x, size_t d, double *g);

/** f(x) = 1/2 x'(L x) - b'x, eq. (8). work: d entries of work space. */
double ist_value(const double *L, const double *b, const double *x, size_t d, double *work);

#endif
