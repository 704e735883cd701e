/** Sketches C_i = Diag(s_i) P_{S_i}: the scales s_i. Every sketch of the paper has this form:
 *  identity s = 1; Perm-q s = n, eq. (7); Rand-q s = d/q, eq. (4); scaled Perm-q
 *  s_j = sqrt(n / [L_i]_jj), eq. (23) as E1 corrects it. */
#ifndef IST_KERNEL_SKETCH_H
#define IST_KERNEL_SKETCH_H

#include "range.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "../../spec/exact_round.h"
#endif

/** s[j] = 1 (identity sketch), j < d. [claim P08] */
/*@ requires valid: \valid(s + (0 .. d-1));
    terminates \true;
    exits \false;
    assigns s[0 .. d-1];
    ensures range: bounded(s, d, 0x1p100);
    ensures exact: \forall integer j; 0 <= j < d ==> s[j] == 1.0;
*/
void ist_scale_identity(double *s, size_t d);

/** s[j] = n (Perm-q sketch, eq. (7)), j < d. [claim P02] */
/*@ requires size: n <= IST_DIM_MAX;
    requires valid: \valid(s + (0 .. d-1));
    terminates \true;
    exits \false;
    assigns s[0 .. d-1];
    ensures range: bounded(s, d, 0x1p100);
    ensures exact: \forall integer j; 0 <= j < d ==> s[j] == (real)n;
*/
void ist_scale_perm(double *s, size_t d, size_t n);

/** s[j] = d / q (Rand-q sketch, eq. (4)), j < d; 1 <= q. [claim P01, R6] */
/*@ requires size: d <= IST_DIM_MAX && 1 <= q <= d;
    requires valid: \valid(s + (0 .. d-1));
    terminates \true;
    exits \false;
    assigns s[0 .. d-1];
    ensures range: bounded(s, d, 0x1p100);
    ensures model: \forall integer j; 0 <= j < d ==> s[j] == fl_div((real)d, (real)q);
    ensures error: \forall integer j; 0 <= j < d ==> rounded(s[j], (real)d / (real)q);
    ensures close: \forall integer j; 0 <= j < d ==> scale_close((real)s[j], (real)d / (real)q);
*/
void ist_scale_rand(double *s, size_t d, size_t q);

/** s[j] = sqrt(n / L_jj) (scaled Perm-q sketch, eq. (23), E1), j < d; L is d x d, row-major,
 *  with diagonal in [2^-160, 2^160]. [claim P13, E1, R6] */
/*@ requires size: d <= IST_DIM_MAX && 1 <= n <= IST_DIM_MAX;
    requires valid: \valid(s + (0 .. d-1)) && \valid_read(L + (0 .. d*d-1));
    requires apart: \separated(s + (0 .. d-1), L + (0 .. d*d-1));
    requires diagonal: diagonal_within(L, d, d, 0x1p-160, 0x1p160);
    terminates \true;
    exits \false;
    assigns s[0 .. d-1];
    ensures range: bounded(s, d, 0x1p100);
    ensures model: \forall integer j; 0 <= j < d ==>
      s[j] == fl_sqrt(fl_div((real)n, \old(L[entry(j, j, d)])));
    ensures error: \forall integer j; 0 <= j < d ==>
      \abs(s[j] - \sqrt((real)n / \old(L[entry(j, j, d)]))) <=
        0x1.001p-52 * \sqrt((real)n / \old(L[entry(j, j, d)])) + 0x1p-980;
    ensures close: \forall integer j; 0 <= j < d ==>
      scale_close((real)s[j], \sqrt((real)n / \old(L[entry(j, j, d)])));
*/
void ist_scale_diagonal(double *s, size_t d, size_t n, const double *L);

#endif
