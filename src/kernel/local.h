/** Algorithm 1: rounds with T local steps on every worker. */
#ifndef IST_KERNEL_LOCAL_H
#define IST_KERNEL_LOCAL_H

#include "merge.h"
#include "workers.h"

#include <stdbool.h>
#include <stddef.h>

#ifdef __FRAMAC__
#include "../../spec/local.h"
#endif

/** One local step on one worker's block: g <- C_i grad f_i(z), z <- z - gamma g.
 *  Arguments as ist_block_gradient; |z| <= 2^261, |gamma| <= 2^100. [claim P03, R13] */
/*@ requires size: q <= d <= IST_DIM_MAX;
    requires valid: \valid_read(L + (0 .. d*d-1)) && \valid_read(b + (0 .. d-1)) &&
                    \valid_read(s + (0 .. d-1)) && \valid_read(S + (0 .. q-1)) &&
                    \valid(z + (0 .. q-1)) && \valid(g + (0 .. q-1));
    requires apart: \separated(g + (0 .. q-1), z + (0 .. q-1), L + (0 .. d*d-1)) &&
                    \separated(g + (0 .. q-1), z + (0 .. q-1), b + (0 .. d-1)) &&
                    \separated(g + (0 .. q-1), z + (0 .. q-1), s + (0 .. d-1)) &&
                    \separated(g + (0 .. q-1), z + (0 .. q-1), S + (0 .. q-1));
    requires block: indices(S, q, d);
    requires range: bounded(L, d*d, 0x1p160) && bounded(b, d, 0x1p160) &&
                    bounded(s, d, 0x1p100) && bounded(z, q, 0x1p261) && in_range(gamma, 0x1p100);
    requires symmetric: symmetric(L, d);
    terminates \true;
    exits \false;
    assigns z[0 .. q-1], g[0 .. q-1];
    ensures range: bounded(z, q, 0x1p700);
    ensures gradient: gradient_is{Old, Post}(L, b, s, S,
                                             z, g, q, d);
    ensures step: \forall integer a; 0 <= a < q ==>
      z[a] == fl_sub(\old(z[a]), fl_mul(gamma, g[a]));
    ensures gradient_error: gradient_near{Old, Post}(L, b, s,
                                                     S, z, g, q, d);
    ensures error: \forall integer a; 0 <= a < q ==>
      \abs(z[a] - (\old(z[a]) - gamma * g[a])) <= step_error(\old(z[a]), gamma, (real)g[a]);
*/
void ist_local_step(double *z, const double *L, const double *b, const double *s, const size_t *S,
                    size_t q, size_t d, double gamma, double *g);

/** Local model of one worker in Algorithm 1: z = C_i x, then T local steps.
 *  x, L, b, s: d, d*d, d, d entries; S, z, g: q entries; z receives the local model, g is work
 *  space. Returns true on success; false, with z unspecified, as soon as an iterate to step from
 *  leaves |z| <= 2^260 (the steps diverge). [claim P03] */
/*@ requires size: 1 <= q <= d <= IST_DIM_MAX;
    requires valid: \valid_read(x + (0 .. d-1)) && \valid_read(L + (0 .. d*d-1)) &&
                    \valid_read(b + (0 .. d-1)) && \valid_read(s + (0 .. d-1)) &&
                    \valid_read(S + (0 .. q-1)) && \valid(z + (0 .. q-1)) && \valid(g + (0 .. q-1));
    requires apart: \separated(g + (0 .. q-1), z + (0 .. q-1), x + (0 .. d-1)) &&
                    \separated(g + (0 .. q-1), z + (0 .. q-1), L + (0 .. d*d-1)) &&
                    \separated(g + (0 .. q-1), z + (0 .. q-1), b + (0 .. d-1)) &&
                    \separated(g + (0 .. q-1), z + (0 .. q-1), s + (0 .. d-1)) &&
                    \separated(g + (0 .. q-1), z + (0 .. q-1), S + (0 .. q-1));
    requires block: indices(S, q, d);
    requires range: bounded(x, d, 0x1p160) && bounded(L, d*d, 0x1p160) && bounded(b, d, 0x1p160) &&
                    bounded(s, d, 0x1p100) && in_range(gamma, 0x1p100);
    requires symmetric: symmetric(L, d);
    terminates \true;
    exits \false;
    assigns z[0 .. q-1], g[0 .. q-1];
    ensures model: \result == true ==>
      local_is{Old, Post}(L, b, s, S, x, z,
                          q, d, gamma, T);
*/
bool ist_local_steps(const double *x, const double *L, const double *b, const double *s,
                     const size_t *S, size_t q, size_t d, double gamma, size_t T,
                     double *z, double *g);

/** One round of Algorithm 1 with T local steps: z <- z - gamma C_i grad f_i(z) from z = C_i x,
 *  T times on every worker, then x <- (1/n) sum_i z_i. Arguments as ist_round; w receives the
 *  z_i, g: q entries of work space, sum receives their sum.
 *  Returns true on success; false, leaving x as it was, if a local iterate left |z| <= 2^260
 *  (the local steps diverge). [claim P03, R13] */
/*@ requires size: 1 <= q <= d <= IST_DIM_MAX && 1 <= n <= IST_DIM_MAX;
    requires stride: (L_stride == 0 || L_stride == d*d) && (b_stride == 0 || b_stride == d) &&
                     (s_stride == 0 || s_stride == d);
    requires valid: \valid(x + (0 .. d-1)) &&
                    \valid_read(L + (0 .. span(n, L_stride, d*d)-1)) &&
                    \valid_read(b + (0 .. span(n, b_stride, d)-1)) &&
                    \valid_read(s + (0 .. span(n, s_stride, d)-1)) &&
                    \valid_read(block + (0 .. start(n, q)-1)) &&
                    \valid(w + (0 .. start(n, q)-1)) && \valid(g + (0 .. q-1)) &&
                    \valid(sum + (0 .. d-1));
    requires apart: \separated(x + (0 .. d-1), L + (0 .. span(n, L_stride, d*d)-1),
                      w + (0 .. start(n, q)-1), g + (0 .. q-1), sum + (0 .. d-1)) &&
                    \separated(b + (0 .. span(n, b_stride, d)-1), x + (0 .. d-1),
                      w + (0 .. start(n, q)-1), g + (0 .. q-1), sum + (0 .. d-1)) &&
                    \separated(s + (0 .. span(n, s_stride, d)-1), x + (0 .. d-1),
                      w + (0 .. start(n, q)-1), g + (0 .. q-1), sum + (0 .. d-1)) &&
                    \separated(block + (0 .. start(n, q)-1), x + (0 .. d-1),
                      w + (0 .. start(n, q)-1), g + (0 .. q-1), sum + (0 .. d-1));
    requires block: indices(block, start(n, q), d);
    requires range: bounded(x, d, 0x1p160) && bounded(L, span(n, L_stride, d*d), 0x1p160) &&
                    bounded(b, span(n, b_stride, d), 0x1p160) &&
                    bounded(s, span(n, s_stride, d), 0x1p100) && in_range(gamma, 0x1p100);
    requires symmetric: all_symmetric(L, n, L_stride, d);
    terminates \true;
    exits \false;
    assigns x[0 .. d-1], w[0 .. start(n, q)-1], g[0 .. q-1], sum[0 .. d-1];
    ensures range: \result == true ==> bounded(x, d, 0x1p700);
    ensures locals: \result == true ==> \forall integer i; 0 <= i < n ==>
      local_is{Old, Post}(L + start(i, L_stride), b + start(i, b_stride),
                          s + start(i, s_stride), block + start(i, q), x,
                          w + start(i, q), q, d, gamma, T);
    ensures merged: \result == true ==>
      merge_is{Post, Post}(w, block, sum, start(n, q), d);
    ensures average: \result == true ==>
      \forall integer j; 0 <= j < d ==> x[j] == fl_div(sum[j], (real)n);
    ensures merge_error: \result == true ==>
      merge_error{Post, Post}(w, block, sum, start(n, q), d);
    ensures error: \result == true ==>
      \forall integer j; 0 <= j < d ==> averaged((real)x[j], (real)sum[j], (real)n);
    ensures unchanged: \result == false ==> same{Old, Post}(x, d);
*/
bool ist_local_round(double *x, const double *L, size_t L_stride, const double *b, size_t b_stride,
                     const double *s, size_t s_stride, const size_t *block, size_t d, size_t n,
                     size_t q, double gamma, size_t T, double *w, double *g, double *sum);

#endif
