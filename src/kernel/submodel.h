/** What one worker computes: its submodel C_i x and the sketched gradient, on its block S_i only. */
#ifndef IST_KERNEL_SUBMODEL_H
#define IST_KERNEL_SUBMODEL_H

#include "range.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "../../spec/exact.h"
#include "../../spec/submodel.h"
#endif

/** Submodel w = C_i x on the block: w[a] = s[S[a]] x[S[a]], a < q. [claim P03, R7] */
/*@ requires size: q <= d <= IST_DIM_MAX;
    requires valid: \valid_read(x + (0 .. d-1)) && \valid_read(s + (0 .. d-1)) &&
                    \valid_read(S + (0 .. q-1)) && \valid(w + (0 .. q-1));
    requires apart: \separated(w + (0 .. q-1), x + (0 .. d-1)) &&
                    \separated(w + (0 .. q-1), s + (0 .. d-1)) &&
                    \separated(w + (0 .. q-1), S + (0 .. q-1));
    requires block: indices(S, q, d);
    requires range: bounded(x, d, 0x1p160) && bounded(s, d, 0x1p100);
    terminates \true;
    exits \false;
    assigns w[0 .. q-1];
    ensures range: bounded(w, q, 0x1p261);
    ensures model: submodel_is{Old, Post}(x, s, S, w, q);
    ensures error: submodel_near{Old, Post}(x, s, S, w, q);
*/
void ist_submodel(const double *x, const double *s, const size_t *S, size_t q, size_t d, double *w);

/** Submodel gradient C_i grad f_i(w) on the block, eqs. (5), (26):
 *  g[a] = s_j ( sum_{k<q} L[j, S[k]] w[k] - b_j ),  j = S[a], a < q.
 *  L: d x d, row-major, symmetric; b, s: d entries; S, w, g: q entries. [claim P03, R7] */
/*@ requires size: q <= d <= IST_DIM_MAX;
    requires valid: \valid_read(L + (0 .. d*d-1)) && \valid_read(b + (0 .. d-1)) &&
                    \valid_read(s + (0 .. d-1)) && \valid_read(S + (0 .. q-1)) &&
                    \valid_read(w + (0 .. q-1)) && \valid(g + (0 .. q-1));
    requires apart: \separated(g + (0 .. q-1), L + (0 .. d*d-1)) &&
                    \separated(g + (0 .. q-1), b + (0 .. d-1)) &&
                    \separated(g + (0 .. q-1), s + (0 .. d-1)) &&
                    \separated(g + (0 .. q-1), S + (0 .. q-1)) &&
                    \separated(g + (0 .. q-1), w + (0 .. q-1));
    requires block: indices(S, q, d);
    requires range: bounded(L, d*d, 0x1p160) && bounded(b, d, 0x1p160) &&
                    bounded(s, d, 0x1p100) && bounded(w, q, 0x1p261);
    requires symmetric: symmetric(L, d);
    terminates \true;
    exits \false;
    assigns g[0 .. q-1];
    ensures range: bounded(g, q, 0x1p550);
    ensures model: gradient_is{Old, Post}(L, b, s, S,
                                         w, g, q, d);
    ensures error: gradient_near{Old, Post}(L, b, s, S,
                                           w, g, q, d);
*/
void ist_block_gradient(const double *L, const double *b, const double *s, const size_t *S,
                        const double *w, size_t q, size_t d, double *g);

#endif
