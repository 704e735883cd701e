/** Sketches C_i = Diag(s_i) P_{S_i}: the scales s_i. Every sketch of the paper has this form:
 *  identity s = 1; Perm-q s = n, eq. (7); Rand-q s = d/q, eq. (4); scaled Perm-q
 *  s_j = sqrt(n / [L_i]_jj), eq. (23) with erratum E1. */
#ifndef IST_KERNEL_SKETCH_H
#define IST_KERNEL_SKETCH_H

#include <stddef.h>

/** s[j] = 1 (identity sketch), j < d. */
void ist_scale_identity(double *s, size_t d);

/** s[j] = n (Perm-q sketch, eq. (7)), j < d. */
void ist_scale_perm(double *s, size_t d, size_t n);

/** s[j] = d / q (Rand-q sketch, eq. (4)), j < d. */
void ist_scale_rand(double *s, size_t d, size_t q);

/** s[j] = sqrt(n / L_jj) (scaled Perm-q sketch, eq. (23), E1), j < d; L is d x d, row-major. */
void ist_scale_diagonal(double *s, size_t d, size_t n, const double *L);

#endif
