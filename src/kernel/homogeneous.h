/** The homogeneous scaled Perm-1 dynamics, eqs. (28), (31): x <- (1 - gamma) x + gamma c surely. */
#ifndef IST_KERNEL_HOMOGENEOUS_H
#define IST_KERNEL_HOMOGENEOUS_H

#include "range.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "../../spec/homogeneous_error.h"
#endif

/*@ predicate bounded_entry{L}(double *a, integer j, integer d, real M) =
      bounded(a, d, M) ==> 0 <= j < d ==> in_range(a[j], M);
    lemma bounded_entries{L}: \forall double *a, integer j, d, real M;
      bounded_entry(a, j, d, M);
*/

/** Fixed point of the preconditioned homogeneous problem, eq. (31): c[j] = b[j] / sqrt(n).
 *
 *  b, c: d entries, |b[j]| <= IST_ENTRY_MAX. With u = 2^-53:
 *  |c[j] - b[j]/sqrt(n)| <= 2.01 u |b[j]|/sqrt(n) + 2^-1074. [claim P18, R9] */
/*@ requires size: d <= IST_DIM_MAX && 1 <= n <= IST_DIM_MAX;
    requires valid: \valid_read(b + (0 .. d-1)) && \valid(c + (0 .. d-1));
    requires apart: \separated(b + (0 .. d-1), c + (0 .. d-1));
    requires range: bounded(b, d, IST_ENTRY_MAX);
    terminates \true;
    exits \false;
    assigns c[0 .. d-1];
    ensures range: bounded(c, d, 0x1p161);
    ensures model: \forall integer j; 0 <= j < d ==> c[j] == fl_div(\old(b[j]), fl_sqrt((real)n));
    ensures error: \forall integer j; 0 <= j < d ==>
      \abs(c[j] - \old(b[j]) / \sqrt((real)n)) <=
        0x1.01p-52 * \abs(\old(b[j]) / \sqrt((real)n)) + 0x1p-1074;
*/
void ist_fixed_point(const double *b, size_t d, size_t n, double *c);

/** K rounds x <- (1 - gamma) x + gamma c, in place.
 *
 *  0 < gamma <= 1, and gamma >= 2^-47 or K <= 2^47. x, c: d entries, at most 2^161 in absolute
 *  value. With u = 2^-53, M = max(|x[j]|, |c[j]|) on entry and x_K the exact iterate of eq. (28):
 *  |x[j] - x_K| <= 4 u min(K, 1/gamma) (M + 2^-1000), a bound that stops growing with K at
 *  4 u M / gamma. x ends within (1 - gamma)^K of its first distance to c, up to that much.
 *  [claim P18, P21, R10] */
/*@ requires size: d <= IST_DIM_MAX;
    requires valid: \valid(x + (0 .. d-1)) && \valid_read(c + (0 .. d-1));
    requires apart: \separated(x + (0 .. d-1), c + (0 .. d-1));
    requires range: bounded(x, d, 0x1p161) && bounded(c, d, 0x1p161);
    requires step: \is_finite(gamma) && 0 < gamma <= 1 && memory(gamma, K) <= 0x1p47;
    terminates \true;
    exits \false;
    assigns x[0 .. d-1];
    ensures range: bounded(x, d, 0x1p162);
    ensures model: \forall integer j; 0 <= j < d ==>
      x[j] == fl_rounds(fl_sub(1.0, gamma), gamma, \old(x[j]), \old(c[j]), K);
    ensures error: \forall integer j; 0 <= j < d ==>
      \abs(x[j] - homogeneous(gamma, \old(x[j]), \old(c[j]), K)) <=
        drift(memory(gamma, K), magnitude(\old(x[j]), \old(c[j])));
    ensures convergence: \forall integer j; 0 <= j < d ==>
      \abs(x[j] - \old(c[j])) <= power(1.0 - gamma, K) * \abs(\old(x[j]) - \old(c[j])) +
        drift(memory(gamma, K), magnitude(\old(x[j]), \old(c[j])));
*/
void ist_homogeneous_rounds(double *x, const double *c, size_t d, double gamma, size_t K);

/** Closed form of eq. (28): out = a^K x0 + (1 - a^K) c, a = 1 - gamma, a^K by K products.
 *
 *  0 < gamma <= 1, and gamma >= 2^-47 or K <= 2^47. x0, c, out: d entries, those of x0 and c at
 *  most 2^161 in absolute value. With u = 2^-53 and M = max(|x0[j]|, |c[j]|): the error is at most
 *  u (6 min(K, 1/gamma) + 4) (M + 2^-1000). [claim P15, R11] */
/*@ requires size: d <= IST_DIM_MAX;
    requires valid: \valid_read(x0 + (0 .. d-1)) && \valid_read(c + (0 .. d-1)) &&
                    \valid(out + (0 .. d-1));
    requires apart: \separated(out + (0 .. d-1), x0 + (0 .. d-1)) &&
                    \separated(out + (0 .. d-1), c + (0 .. d-1));
    requires range: bounded(x0, d, 0x1p161) && bounded(c, d, 0x1p161);
    requires step: \is_finite(gamma) && 0 < gamma <= 1 && memory(gamma, K) <= 0x1p47;
    terminates \true;
    exits \false;
    assigns out[0 .. d-1];
    ensures range: bounded(out, d, 0x1p170);
    ensures model: \forall integer j; 0 <= j < d ==>
      out[j] == fl_blend(fl_power(fl_sub(1.0, gamma), K), \old(x0[j]), \old(c[j]));
    ensures error: \forall integer j; 0 <= j < d ==>
      \abs(out[j] - homogeneous(gamma, \old(x0[j]), \old(c[j]), K)) <=
        blend_drift(memory(gamma, K), magnitude(\old(x0[j]), \old(c[j])));
*/
void ist_closed_form(const double *x0, const double *c, size_t d, double gamma, size_t K,
                     double *out);

#endif
