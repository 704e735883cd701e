/** The homogeneous scaled Perm-1 dynamics, eqs. (28), (31): x <- (1 - gamma) x + gamma c surely. */
#ifndef IST_KERNEL_HOMOGENEOUS_H
#define IST_KERNEL_HOMOGENEOUS_H

#include <stddef.h>

/** Fixed point of the preconditioned homogeneous problem, eq. (31): c[j] = b[j] / sqrt(n). */
void ist_fixed_point(const double *b, size_t d, size_t n, double *c);

/** K rounds x <- (1 - gamma) x + gamma c, in place; 0 < gamma <= 1. */
void ist_homogeneous_rounds(double *x, const double *c, size_t d, double gamma, size_t K);

/** Closed form of eq. (28): out = a^K x0 + (1 - a^K) c, a = 1 - gamma; 0 < gamma <= 1. */
void ist_closed_form(const double *x0, const double *c, size_t d, double gamma, size_t K,
                     double *out);

#endif
