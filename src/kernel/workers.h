/** The workers' side of a round: every submodel and every submodel gradient. */
#ifndef IST_KERNEL_WORKERS_H
#define IST_KERNEL_WORKERS_H

#include "submodel.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "../../spec/workers.h"
#endif

/** Submodels w_i = C_i x of all workers, each on its block (eq. (5)): worker i's q entries at
 *  w + i*q. s: worker i's scales at s + i*s_stride (stride d, or 0 if shared).
 *  block: worker i's q coordinates at block + i*q. [claim P03, R7] */
/*@ requires size: q <= d <= IST_DIM_MAX && n <= IST_DIM_MAX;
    requires stride: s_stride == 0 || s_stride == d;
    requires valid: \valid_read(x + (0 .. d-1)) && \valid_read(s + (0 .. span(n, s_stride, d)-1)) &&
                    \valid_read(block + (0 .. start(n, q)-1)) && \valid(w + (0 .. start(n, q)-1));
    requires apart: \separated(w + (0 .. start(n, q)-1), x + (0 .. d-1)) &&
                    \separated(w + (0 .. start(n, q)-1), s + (0 .. span(n, s_stride, d)-1)) &&
                    \separated(w + (0 .. start(n, q)-1), block + (0 .. start(n, q)-1));
    requires block: indices(block, start(n, q), d);
    requires range: bounded(x, d, 0x1p160) && bounded(s, span(n, s_stride, d), 0x1p100);
    terminates \true;
    exits \false;
    assigns w[0 .. start(n, q)-1];
    ensures range: \forall integer i; 0 <= i < n ==> bounded(w + start(i, q), q, 0x1p261);
    ensures model: \forall integer i; 0 <= i < n ==>
      submodel_is{Old, Post}(x, s + start(i, s_stride),
                             block + start(i, q), w + start(i, q), q);
    ensures error: \forall integer i; 0 <= i < n ==>
      submodel_near{Old, Post}(x, s + start(i, s_stride),
                               block + start(i, q), w + start(i, q), q);
*/
void ist_submodels(const double *x, const double *s, size_t s_stride, const size_t *block,
                   size_t d, size_t n, size_t q, double *w);

/** Submodel gradients g_i = C_i grad f_i(w_i) of all workers, each on its block (eqs. (5), (26)):
 *  worker i's q entries at g + i*q. L: worker i's matrix at L + i*L_stride (stride d*d, or 0);
 *  b: worker i's vector at b + i*b_stride (stride d, or 0); s, block, w as for ist_submodels.
 *  [claim P03, R7] */
/*@ requires size: q <= d <= IST_DIM_MAX && n <= IST_DIM_MAX;
    requires stride: (L_stride == 0 || L_stride == d*d) && (b_stride == 0 || b_stride == d) &&
                     (s_stride == 0 || s_stride == d);
    requires valid: \valid_read(L + (0 .. span(n, L_stride, d*d)-1)) &&
                    \valid_read(b + (0 .. span(n, b_stride, d)-1)) &&
                    \valid_read(s + (0 .. span(n, s_stride, d)-1)) &&
                    \valid_read(block + (0 .. start(n, q)-1)) && \valid_read(w + (0 .. start(n, q)-1)) &&
                    \valid(g + (0 .. start(n, q)-1));
    requires apart: \separated(g + (0 .. start(n, q)-1), L + (0 .. span(n, L_stride, d*d)-1)) &&
                    \separated(g + (0 .. start(n, q)-1), b + (0 .. span(n, b_stride, d)-1)) &&
                    \separated(g + (0 .. start(n, q)-1), s + (0 .. span(n, s_stride, d)-1)) &&
                    \separated(g + (0 .. start(n, q)-1), block + (0 .. start(n, q)-1)) &&
                    \separated(g + (0 .. start(n, q)-1), w + (0 .. start(n, q)-1));
    requires block: indices(block, start(n, q), d);
    requires range: bounded(L, span(n, L_stride, d*d), 0x1p160) &&
                    bounded(b, span(n, b_stride, d), 0x1p160) &&
                    bounded(s, span(n, s_stride, d), 0x1p100);
    requires symmetric: all_symmetric(L, n, L_stride, d);
    requires submodels: \forall integer i; 0 <= i < n ==>
                    bounded(w + start(i, q), q, 0x1p261);
    terminates \true;
    exits \false;
    assigns g[0 .. start(n, q)-1];
    ensures range: \forall integer i; 0 <= i < n ==> bounded(g + start(i, q), q, 0x1p550);
    ensures model: \forall integer i; 0 <= i < n ==>
      gradient_is{Old, Post}(L + start(i, L_stride), b + start(i, b_stride),
                             s + start(i, s_stride), block + start(i, q),
                             w + start(i, q), g + start(i, q), q, d);
    ensures error: \forall integer i; 0 <= i < n ==>
      gradient_near{Old, Post}(L + start(i, L_stride), b + start(i, b_stride),
                               s + start(i, s_stride), block + start(i, q),
                               w + start(i, q), g + start(i, q), q, d);
*/
void ist_block_gradients(const double *L, size_t L_stride, const double *b, size_t b_stride,
                         const double *s, size_t s_stride, const size_t *block, const double *w,
                         size_t d, size_t n, size_t q, double *g);

#endif
