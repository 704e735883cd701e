/** One communication round for every sketch: eqs. (2), (5), (26). */
#ifndef IST_KERNEL_ROUND_H
#define IST_KERNEL_ROUND_H

#include "merge.h"
#include "workers.h"

#include <stdbool.h>
#include <stddef.h>

#ifdef __FRAMAC__
#include "../../spec/join.h"
#endif

/** One round x <- x - gamma g, g = (1/n) sum_i C_i (L_i C_i x - b_i), eqs. (2), (5), (26).
 *  x: iterate, d entries, updated in place.
 *  L: worker i's matrix at L + i*L_stride (stride d*d, or 0 if shared).
 *  b: worker i's vector at b + i*b_stride (stride d, or 0).
 *  s: worker i's sketch scales at s + i*s_stride (stride d, or 0).
 *  block: n blocks of q coordinates each, worker i's at block + i*q.
 *  w, g: n*q entries each, receive the submodels and their gradients; sum: d entries, receives
 *  the merged gradient times n. |x|, |L|, |b| <= 2^160, |s|, |gamma| <= 2^100.
 *  [claim P03, P22, R13] */
/*@ requires size: 1 <= q <= d <= IST_DIM_MAX && 1 <= n <= IST_DIM_MAX;
    requires stride: (L_stride == 0 || L_stride == d*d) && (b_stride == 0 || b_stride == d) &&
                     (s_stride == 0 || s_stride == d);
    requires valid: \valid(x + (0 .. d-1)) &&
                    \valid_read(L + (0 .. span(n, L_stride, d*d)-1)) &&
                    \valid_read(b + (0 .. span(n, b_stride, d)-1)) &&
                    \valid_read(s + (0 .. span(n, s_stride, d)-1)) &&
                    \valid_read(block + (0 .. start(n, q)-1)) &&
                    \valid(w + (0 .. start(n, q)-1)) && \valid(g + (0 .. start(n, q)-1)) &&
                    \valid(sum + (0 .. d-1));
    requires apart: \separated(x + (0 .. d-1), L + (0 .. span(n, L_stride, d*d)-1),
                      w + (0 .. start(n, q)-1), g + (0 .. start(n, q)-1), sum + (0 .. d-1)) &&
                    \separated(b + (0 .. span(n, b_stride, d)-1), x + (0 .. d-1),
                      w + (0 .. start(n, q)-1), g + (0 .. start(n, q)-1), sum + (0 .. d-1)) &&
                    \separated(s + (0 .. span(n, s_stride, d)-1), x + (0 .. d-1),
                      w + (0 .. start(n, q)-1), g + (0 .. start(n, q)-1), sum + (0 .. d-1)) &&
                    \separated(block + (0 .. start(n, q)-1), x + (0 .. d-1),
                      w + (0 .. start(n, q)-1), g + (0 .. start(n, q)-1), sum + (0 .. d-1));
    requires block: indices(block, start(n, q), d);
    requires range: bounded(x, d, 0x1p160) && bounded(L, span(n, L_stride, d*d), 0x1p160) &&
                    bounded(b, span(n, b_stride, d), 0x1p160) &&
                    bounded(s, span(n, s_stride, d), 0x1p100) && in_range(gamma, 0x1p100);
    requires symmetric: all_symmetric(L, n, L_stride, d);
    terminates \true;
    exits \false;
    assigns x[0 .. d-1], w[0 .. start(n, q)-1], g[0 .. start(n, q)-1], sum[0 .. d-1];
    ensures range: bounded(x, d, 0x1p700);
    ensures submodels: \forall integer i; 0 <= i < n ==>
      submodel_is{Old, Post}(x, s + start(i, s_stride),
                             block + start(i, q), w + start(i, q), q);
    ensures gradients: \forall integer i; 0 <= i < n ==>
      gradient_is{Post, Post}(L + start(i, L_stride), b + start(i, b_stride),
                              s + start(i, s_stride), block + start(i, q),
                              w + start(i, q), g + start(i, q), q, d);
    ensures merged: merge_is{Post, Post}(g, block, sum, start(n, q), d);
    ensures step: \forall integer j; 0 <= j < d ==>
      x[j] == fl_sub(\old(x[j]), fl_mul(gamma, fl_div(sum[j], (real)n)));
    ensures submodel_error: \forall integer i; 0 <= i < n ==>
      submodel_near{Old, Post}(x, s + start(i, s_stride),
                               block + start(i, q), w + start(i, q), q);
    ensures gradient_error: \forall integer i; 0 <= i < n ==>
      gradient_near{Post, Post}(L + start(i, L_stride), b + start(i, b_stride),
                                s + start(i, s_stride), block + start(i, q),
                                w + start(i, q), g + start(i, q), q, d);
    ensures merge_error: merge_error{Post, Post}(g, block, sum, start(n, q), d);
    ensures error: \forall integer j; 0 <= j < d ==>
      stepped((real)x[j], (real)\old(x[j]), gamma, (real)sum[j], (real)n);
*/
void ist_round(double *x, const double *L, size_t L_stride, const double *b, size_t b_stride,
               const double *s, size_t s_stride, const size_t *block, size_t d, size_t n, size_t q,
               double gamma, double *w, double *g, double *sum);

#endif
