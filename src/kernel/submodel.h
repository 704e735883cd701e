/** What one worker computes: its submodel C_i x and the sketched gradient, on its block S_i only. */
#ifndef IST_KERNEL_SUBMODEL_H
#define IST_KERNEL_SUBMODEL_H

#include <stddef.h>

/** Submodel w = C_i x on the block: w[a] = s[S[a]] x[S[a]], a < q. */
void ist_submodel(const double *x, const double *s, const size_t *S, size_t q, size_t d, double *w);

/** Submodel gradient C_i grad f_i(w) on the block, eqs. (5), (26):
 *  g[a] = s_j ( sum_{k<q} L[j, S[k]] w[k] - b_j ),  j = S[a], a < q.
 *  L: d x d, row-major; b, s: d entries; S, w, g: q entries. */
void ist_block_gradient(const double *L, const double *b, const double *s, const size_t *S,
                        const double *w, size_t q, size_t d, double *g);

#endif
