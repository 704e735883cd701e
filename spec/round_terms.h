/** The arithmetic of the code that merges radii and steps errors. */
#ifndef IST_SPEC_ROUND_TERMS_H
#define IST_SPEC_ROUND_TERMS_H

#include "accumulate.h"
#include "round_error.h"

/*@ // Counting and merging, one entry more.
    predicate count_next{L}(size_t *block, integer m, integer j) =
      members(block, m + 1, j) == members(block, m, j) + (block[m] == j ? 1 : 0);
    lemma counts_next{L}: \forall size_t *block, integer m, j; 0 <= m ==> count_next(block, m, j);
    predicate merged_radius_next{L}(double *r, size_t *block, integer m, integer j) =
      merged(r, block, m + 1, j) == merged(r, block, m, j) + (block[m] == j ? (real)r[m] : 0.0);
    lemma merged_radii_next{L}: \forall double *r, size_t *block, integer m, j; 0 <= m ==>
      merged_radius_next(r, block, m, j);

    // Products and quotients of magnitudes, as the code takes them.
    predicate equal_factor(real a, real b, real c) = a == b ==> a * c == b * c;
    lemma equal_factors: \forall real a, b, c; equal_factor(a, b, c);
    predicate quotient_above(real a, real A, real n) = a <= A ==> 1 <= n ==> a / n <= A / n;
    lemma quotients_above: \forall real a, A, n; quotient_above(a, A, n);
    predicate quotient_positive(real a, real n, real A) =
      0 <= a <= A ==> 1 <= n ==> 0 <= a / n <= A;
    lemma quotients_positive: \forall real a, n, A; quotient_positive(a, n, A);

    // p and v: K / n and gamma p, rounded; h: 1 - v, rounded.
    predicate pull_near(real gamma, real mean, real p, real v) =
      \abs(gamma) <= 0x1p100 ==> rounded(p, mean) ==> rounded(v, gamma * p) ==>
      \abs(v - gamma * mean) <= 0x1.8p-52 * \abs(v) + 0x1p-971;
    predicate factor_apart(real gamma, real p, real mean) =
      gamma * p - gamma * mean == gamma * (p - mean) &&
      \abs(gamma * (p - mean)) == \abs(gamma) * \abs(p - mean) &&
      \abs(gamma * p) == \abs(gamma) * \abs(p) && \abs(gamma * mean) == \abs(gamma) * \abs(mean);
    STEP(lemma factors_apart: \forall real gamma, p, mean; factor_apart(gamma, p, mean);)
    predicate factor_error(real gamma, real mean, real off) =
      0 <= gamma <= 0x1p100 ==> 0 <= off <= 0x1p-53 * mean + 0x1p-1074 ==>
      gamma * off <= 0x1p-53 * (gamma * mean) + 0x1p-974;
    STEP(lemma factor_errors: \forall real gamma, mean, off; factor_error(gamma, mean, off);)
    STEP(lemma pulls_near_by: \forall real gamma, mean, p, v; factor_apart(gamma, p, mean) ==>
      factor_error(\abs(gamma), \abs(mean), \abs(p - mean)) ==> pull_near(gamma, mean, p, v);)
    lemma pulls_near: \forall real gamma, mean, p, v; pull_near(gamma, mean, p, v);
    predicate rest_near(real a, real v, real h) =
      \abs(v - a) <= 0x1.8p-52 * \abs(v) + 0x1p-971 ==> rounded(h, 1.0 - v) ==>
      \abs(1.0 - a) <= \abs(h) + 0x1p-51 * (\abs(h) + \abs(v)) + 0x1p-970;
    lemma rests_near: \forall real a, v, h; rest_near(a, v, h);

    // The parts of a stepped error, each from above, give it.
    predicate parts_above(real c, real f, real e, real kept, real g, real q, real Q, real moved) =
      c <= f + 0x1p-970 ==> 0 <= c ==> 0 <= e <= 0x1p160 ==> f * e <= kept ==> 0 <= g ==> q <= Q ==>
      g * Q <= moved ==> c * e + g * q <= kept + moved + 0x1p-810;
    predicate product_raised(real c, real f, real e) =
      c <= f + 0x1p-970 ==> 0 <= e <= 0x1p160 ==> c * e <= f * e + 0x1p-810;
    STEP(lemma products_raised: \forall real c, f, e; product_raised(c, f, e);)
    predicate product_grows(real g, real q, real Q) = 0 <= g ==> q <= Q ==> g * q <= g * Q;
    STEP(lemma products_grow: \forall real g, q, Q; product_grows(g, q, Q);)
    STEP(lemma all_parts_above_by: \forall real c, f, e, kept, g, q, Q, moved;
      product_raised(c, f, e) ==> product_grows(g, q, Q) ==>
      parts_above(c, f, e, kept, g, q, Q, moved);)
    lemma all_parts_above: \forall real c, f, e, kept, g, q, Q, moved;
      parts_above(c, f, e, kept, g, q, Q, moved);
*/

#endif
