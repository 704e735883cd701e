/** Running error bound: how far an iterate is from that of real arithmetic, from round to round. */
#ifndef IST_KERNEL_RUNNING_BOUND_H
#define IST_KERNEL_RUNNING_BOUND_H

#include "all_radii.h"
#include "merge.h"
#include "round_error.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "../../spec/running_bound.h"
#endif

/** Errors after a round: f from e, where ist_round took the round from x. If |x_j - X_j| <= e[j] for
 *  a real X, then |y_j - Y_j| <= f[j] for the iterate y after the round and the exact round Y of X, on
 *  the same blocks and with any real scales within 2^-51 of s, eqs. (2), (5), (26).
 *  x: the iterate before the round; e: d entries in [0, 2^160]; L to gamma as for ist_round, and w, g,
 *  sum as it left them; count: as ist_count_members has it for block. Work space: own, whole: q
 *  entries; radius, coefficient: n*q; merged_radius, merged_coefficient: d. f: d entries in
 *  [0, 2^870]. [claim R14] */
/*@ requires size: 1 <= q <= d <= IST_DIM_MAX && 1 <= n <= IST_DIM_MAX;
    requires stride: (L_stride == 0 || L_stride == d*d) && (b_stride == 0 || b_stride == d) &&
                     (s_stride == 0 || s_stride == d);
    requires valid: \valid_read(x + (0 .. d-1)) && \valid_read(e + (0 .. d-1)) &&
                    \valid_read(L + (0 .. span(n, L_stride, d*d)-1)) &&
                    \valid_read(b + (0 .. span(n, b_stride, d)-1)) &&
                    \valid_read(s + (0 .. span(n, s_stride, d)-1)) &&
                    \valid_read(block + (0 .. start(n, q)-1)) &&
                    \valid_read(w + (0 .. start(n, q)-1)) && \valid_read(g + (0 .. start(n, q)-1)) &&
                    \valid_read(sum + (0 .. d-1)) && \valid_read(count + (0 .. d-1));
    requires work: \valid(own + (0 .. q-1)) && \valid(whole + (0 .. q-1)) &&
                   \valid(radius + (0 .. start(n, q)-1)) &&
                   \valid(coefficient + (0 .. start(n, q)-1)) &&
                   \valid(merged_radius + (0 .. d-1)) && \valid(merged_coefficient + (0 .. d-1)) &&
                   \valid(f + (0 .. d-1));
    requires apart: \separated(own + (0 .. q-1), whole + (0 .. q-1), radius + (0 .. start(n, q)-1),
                      coefficient + (0 .. start(n, q)-1), merged_radius + (0 .. d-1),
                      merged_coefficient + (0 .. d-1), f + (0 .. d-1), x + (0 .. d-1),
                      e + (0 .. d-1), w + (0 .. start(n, q)-1), g + (0 .. start(n, q)-1),
                      sum + (0 .. d-1));
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
                      coefficient + (0 .. start(n, q)-1)) &&
                    \separated(block + (0 .. start(n, q)-1), merged_radius + (0 .. d-1)) &&
                    \separated(block + (0 .. start(n, q)-1), merged_coefficient + (0 .. d-1));
    requires apart_counts: \separated(count + (0 .. d-1), own + (0 .. q-1), whole + (0 .. q-1),
                      radius + (0 .. start(n, q)-1), coefficient + (0 .. start(n, q)-1));
    requires block: indices(block, start(n, q), d);
    requires range: bounded(x, d, 0x1p160) && between(e, d, 0.0, 0x1p160) &&
                    bounded(L, span(n, L_stride, d*d), 0x1p160) &&
                    bounded(b, span(n, b_stride, d), 0x1p160) &&
                    bounded(s, span(n, s_stride, d), 0x1p100) &&
                    bounded(w, start(n, q), 0x1p261) && bounded(g, start(n, q), 0x1p550) &&
                    bounded(sum, d, 0x1p592) && in_range(gamma, 0x1p100);
    requires counts: counts_below(count, d) &&
      members_counted{Here, Here}(count, block, start(n, q), d);
    requires submodels: \forall integer i; 0 <= i < n ==>
      submodel_near{Here, Here}(x, s + start(i, s_stride),
                                block + start(i, q), w + start(i, q), q);
    requires gradients: \forall integer i; 0 <= i < n ==>
      gradient_near{Here, Here}(L + start(i, L_stride), b + start(i, b_stride),
                                s + start(i, s_stride), block + start(i, q),
                                w + start(i, q), g + start(i, q), q, d);
    requires merged: merge_error{Here, Here}(g, block, sum, start(n, q),
                                             d);
    terminates \true;
    exits \false;
    assigns own[0 .. q-1], whole[0 .. q-1], radius[0 .. start(n, q)-1],
            coefficient[0 .. start(n, q)-1], merged_radius[0 .. d-1], merged_coefficient[0 .. d-1],
            f[0 .. d-1];
    ensures range: between(f, d, 0.0, 0x1p870);
    ensures covered: \forall double *y, vector X, C, G, Y;
      exact_round{Old, Post}(L, L_stride, b, b_stride, s, s_stride,
                             block, x, e, sum, y, X, C, G, Y,
                             d, n, q, gamma) ==>
      close{Post}(y, Y, f, d);
*/
void ist_round_error(double *f, const double *e, const double *x, const double *L, size_t L_stride,
                     const double *b, size_t b_stride, const double *s, size_t s_stride,
                     const size_t *block, size_t d, size_t n, size_t q, double gamma,
                     const double *w, const double *g, const double *sum, const size_t *count,
                     double *own, double *whole, double *radius, double *coefficient,
                     double *merged_radius, double *merged_coefficient);

#endif
