/** Radii of all workers' entries. */
#ifndef IST_KERNEL_ALL_RADII_H
#define IST_KERNEL_ALL_RADII_H

#include "worker_radii.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "../../spec/all_radii.h"
#endif

/** The radii of the entries of all workers, as ist_worker_radii has them. x: iterate, d entries;
 *  e: bound on its error, d entries in [0, 2^160]; L, b, s, their strides, block, w, g: as for
 *  ist_block_gradients, as computed from x; count[j]: how many entries of block are j. own, whole: q
 *  entries of work space. radius, coefficient: n*q entries each, worker i's from i*q on. [claim R14] */
/*@ requires size: 1 <= q <= d <= IST_DIM_MAX && 1 <= n <= IST_DIM_MAX;
    requires stride: (L_stride == 0 || L_stride == d*d) && (b_stride == 0 || b_stride == d) &&
                     (s_stride == 0 || s_stride == d);
    requires valid: \valid_read(x + (0 .. d-1)) && \valid_read(e + (0 .. d-1)) &&
                    \valid_read(L + (0 .. span(n, L_stride, d*d)-1)) &&
                    \valid_read(b + (0 .. span(n, b_stride, d)-1)) &&
                    \valid_read(s + (0 .. span(n, s_stride, d)-1)) &&
                    \valid_read(block + (0 .. start(n, q)-1)) &&
                    \valid_read(w + (0 .. start(n, q)-1)) && \valid_read(g + (0 .. start(n, q)-1)) &&
                    \valid_read(count + (0 .. d-1)) && \valid(own + (0 .. q-1)) &&
                    \valid(whole + (0 .. q-1)) && \valid(radius + (0 .. start(n, q)-1)) &&
                    \valid(coefficient + (0 .. start(n, q)-1));
    requires apart: \separated(own + (0 .. q-1), whole + (0 .. q-1), radius + (0 .. start(n, q)-1),
                      coefficient + (0 .. start(n, q)-1), x + (0 .. d-1), e + (0 .. d-1),
                      w + (0 .. start(n, q)-1), g + (0 .. start(n, q)-1));
    requires apart_matrices: \separated(L + (0 .. span(n, L_stride, d*d)-1), own + (0 .. q-1),
                      whole + (0 .. q-1), radius + (0 .. start(n, q)-1),
                      coefficient + (0 .. start(n, q)-1));
    requires apart_vectors: \separated(b + (0 .. span(n, b_stride, d)-1), own + (0 .. q-1),
                      whole + (0 .. q-1), radius + (0 .. start(n, q)-1),
                      coefficient + (0 .. start(n, q)-1));
    requires apart_scales: \separated(s + (0 .. span(n, s_stride, d)-1), own + (0 .. q-1),
                      whole + (0 .. q-1), radius + (0 .. start(n, q)-1),
                      coefficient + (0 .. start(n, q)-1));
    requires apart_blocks: \separated(block + (0 .. start(n, q)-1), own + (0 .. q-1),
                      whole + (0 .. q-1), radius + (0 .. start(n, q)-1),
                      coefficient + (0 .. start(n, q)-1));
    requires apart_counts: \separated(count + (0 .. d-1), own + (0 .. q-1), whole + (0 .. q-1),
                      radius + (0 .. start(n, q)-1), coefficient + (0 .. start(n, q)-1));
    requires block: indices(block, start(n, q), d);
    requires range: bounded(x, d, 0x1p160) && between(e, d, 0.0, 0x1p160) &&
                    bounded(L, span(n, L_stride, d*d), 0x1p160) &&
                    bounded(b, span(n, b_stride, d), 0x1p160) &&
                    bounded(s, span(n, s_stride, d), 0x1p100) &&
                    bounded(w, start(n, q), 0x1p261) && bounded(g, start(n, q), 0x1p550) &&
                    counts_below(count, d);
    requires submodels: \forall integer i; 0 <= i < n ==>
      submodel_near{Here, Here}(x, s + start(i, s_stride),
                                block + start(i, q), w + start(i, q), q);
    requires gradients: \forall integer i; 0 <= i < n ==>
      gradient_near{Here, Here}(L + start(i, L_stride), b + start(i, b_stride),
                                s + start(i, s_stride), block + start(i, q),
                                w + start(i, q), g + start(i, q), q, d);
    terminates \true;
    exits \false;
    assigns own[0 .. q-1], whole[0 .. q-1], radius[0 .. start(n, q)-1],
            coefficient[0 .. start(n, q)-1];
    ensures range: between(radius, start(n, q), 0.0, 0x1p552) &&
                   bounded(coefficient, start(n, q), 0x1p362);
    ensures covered: all_workers_covered{Old, Post}(L, L_stride, b, b_stride,
      s, s_stride, block, x, e, g,
      count, coefficient, radius, q, d, n);
*/
void ist_all_radii(const double *x, const double *e, const double *L, size_t L_stride,
                   const double *b, size_t b_stride, const double *s, size_t s_stride,
                   const size_t *block, const double *w, const double *g, const size_t *count,
                   size_t d, size_t n, size_t q, double *own, double *whole, double *radius,
                   double *coefficient);

#endif
