/** Running error bound, the server's side of a round: from the radii of all workers' entries to the
 *  errors of the next iterate. */
#ifndef IST_KERNEL_ROUND_ERROR_H
#define IST_KERNEL_ROUND_ERROR_H

#include "radius.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "../../spec/round_error.h"
#endif

/** count[j] = how many of the m entries of block are j, j < d. [claim R14] */
/*@ requires size: d <= IST_DIM_MAX && m <= 0x10000000000;
    requires valid: \valid_read(block + (0 .. m-1)) && \valid(count + (0 .. d-1));
    requires apart: \separated(count + (0 .. d-1), block + (0 .. m-1));
    requires block: indices(block, m, d);
    terminates \true;
    exits \false;
    assigns count[0 .. d-1];
    ensures range: counts_below(count, d);
    ensures counted: members_counted{Post, Post}(count, block, m, d);
*/
void ist_count_members(size_t *count, size_t d, const size_t *block, size_t m);

/** sum[j] is above the sum of the radii r[k], k < m, with block[k] = j; j < d. [claim R14] */
/*@ requires size: d <= IST_DIM_MAX && m <= 0x10000000000;
    requires valid: \valid_read(r + (0 .. m-1)) && \valid_read(block + (0 .. m-1)) &&
                    \valid(sum + (0 .. d-1));
    requires apart: \separated(sum + (0 .. d-1), r + (0 .. m-1)) &&
                    \separated(sum + (0 .. d-1), block + (0 .. m-1));
    requires block: indices(block, m, d);
    requires range: between(r, m, 0.0, 0x1p552);
    terminates \true;
    exits \false;
    assigns sum[0 .. d-1];
    ensures range: between(sum, d, 0.0, 0x1p593);
    ensures above: merged_above{Old, Post}(r, sum, block, m, d);
*/
void ist_merge_above(double *sum, size_t d, const double *r, const size_t *block, size_t m);

/** Errors after the step: f[j] >= |1 - gamma k[j] / n| e[j] + gamma (r[j] + 2^-51 |sum[j]|) / n +
 *  2^-51 |x[j]|, j < d. x: the iterate before the step; e: its errors; sum: the workers' total; r,
 *  k: merged radii and coefficients. By the lemma rounds_covered, f then bounds the distance of the
 *  stepped iterate to the exact one. [claim R14] */
/*@ requires size: d <= IST_DIM_MAX && 1 <= n <= IST_DIM_MAX;
    requires valid: \valid(f + (0 .. d-1)) && \valid_read(e + (0 .. d-1)) &&
                    \valid_read(x + (0 .. d-1)) && \valid_read(sum + (0 .. d-1)) &&
                    \valid_read(r + (0 .. d-1)) && \valid_read(k + (0 .. d-1));
    requires apart: \separated(f + (0 .. d-1), e + (0 .. d-1)) &&
                    \separated(f + (0 .. d-1), x + (0 .. d-1)) &&
                    \separated(f + (0 .. d-1), sum + (0 .. d-1)) &&
                    \separated(f + (0 .. d-1), r + (0 .. d-1)) &&
                    \separated(f + (0 .. d-1), k + (0 .. d-1));
    requires range: between(e, d, 0.0, 0x1p160) && bounded(x, d, 0x1p160) &&
                    bounded(sum, d, 0x1p592) && between(r, d, 0.0, 0x1p593) &&
                    bounded(k, d, 0x1p592) && in_range(gamma, 0x1p100);
    terminates \true;
    exits \false;
    assigns f[0 .. d-1];
    ensures range: between(f, d, 0.0, 0x1p870);
    ensures above: \forall integer j; 0 <= j < d ==>
      step_error_above((real)f[j], (real)\old(e[j]), (real)\old(x[j]), gamma, (real)n,
                       (real)\old(sum[j]), (real)\old(r[j]), (real)\old(k[j]));
*/
void ist_step_errors(double *f, const double *e, const double *x, const double *sum,
                     const double *r, const double *k, size_t d, size_t n, double gamma);

#endif
