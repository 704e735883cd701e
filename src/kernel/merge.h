/** The server's side of a round: adding the workers' blocks and stepping. */
#ifndef IST_KERNEL_MERGE_H
#define IST_KERNEL_MERGE_H

#include "range.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "../../spec/exact.h"
#include "../../spec/merge.h"
#endif

/** Sum of the workers' blocks: sum[j] = sum over k < m with block[k] = j of g[k], in order of k.
 *  block, g: m entries, the n blocks one after the other (m = n q); sum: d entries, overwritten.
 *  [claim P03, R8] */
/*@ requires size: d <= IST_DIM_MAX && m <= 0x10000000000;
    requires valid: \valid_read(g + (0 .. m-1)) && \valid_read(block + (0 .. m-1)) &&
                    \valid(sum + (0 .. d-1));
    requires apart: \separated(sum + (0 .. d-1), g + (0 .. m-1)) &&
                    \separated(sum + (0 .. d-1), block + (0 .. m-1));
    requires block: indices(block, m, d);
    requires range: bounded(g, m, 0x1p550);
    terminates \true;
    exits \false;
    assigns sum[0 .. d-1];
    ensures range: bounded(sum, d, 0x1p592);
    ensures model: merge_is{Old, Post}(g, block, sum, m, d);
    ensures error: merge_error{Old, Post}(g, block, sum, m, d);
*/
void ist_merge(double *sum, size_t d, const double *g, const size_t *block, size_t m);

/** Step (2): x[j] -= gamma * (sum[j] / n), j < d, where sum is the workers' total.
 *  [claim P03, R8] */
/*@ requires size: d <= IST_DIM_MAX && 1 <= n <= IST_DIM_MAX;
    requires valid: \valid(x + (0 .. d-1)) && \valid_read(sum + (0 .. d-1));
    requires apart: \separated(x + (0 .. d-1), sum + (0 .. d-1));
    requires range: bounded(x, d, 0x1p160) && bounded(sum, d, 0x1p592) &&
                    in_range(gamma, 0x1p100);
    terminates \true;
    exits \false;
    assigns x[0 .. d-1];
    ensures range: bounded(x, d, 0x1p700);
    ensures model: \forall integer j; 0 <= j < d ==>
      x[j] == fl_sub(\old(x[j]), fl_mul(gamma, fl_div(\old(sum[j]), (real)n)));
    ensures error: \forall integer j; 0 <= j < d ==>
      \abs(x[j] - (\old(x[j]) - gamma * (\old(sum[j]) / (real)n))) <=
        step_error(\old(x[j]), gamma, \old(sum[j]) / (real)n);
*/
void ist_step(double *x, const double *sum, size_t d, size_t n, double gamma);

/** Average: x[j] = sum[j] / n, j < d (the merge of Algorithm 1). [claim P03, R8] */
/*@ requires size: d <= IST_DIM_MAX && 1 <= n <= IST_DIM_MAX;
    requires valid: \valid(x + (0 .. d-1)) && \valid_read(sum + (0 .. d-1));
    requires apart: \separated(x + (0 .. d-1), sum + (0 .. d-1));
    requires range: bounded(sum, d, 0x1p592);
    terminates \true;
    exits \false;
    assigns x[0 .. d-1];
    ensures range: bounded(x, d, 0x1p700);
    ensures model: \forall integer j; 0 <= j < d ==> x[j] == fl_div(\old(sum[j]), (real)n);
    ensures error: \forall integer j; 0 <= j < d ==> rounded(x[j], \old(sum[j]) / (real)n);
*/
void ist_average(double *x, const double *sum, size_t d, size_t n);

#endif
