/** The arithmetic of the code that computes radii. */
#ifndef IST_SPEC_RADIUS_TERMS_H
#define IST_SPEC_RADIUS_TERMS_H

#include "accumulate.h"
#include "radius.h"

/*@ // Products, as facts that the provers can be pointed at.
    predicate product_above(real a, real b, real c) = 0 <= a ==> b <= c ==> a * b <= a * c;
    lemma products_above: \forall real a, b, c; product_above(a, b, c);
    predicate terms_product(real unit, real terms, real u, real k) =
      unit == u ==> terms == k ==> unit * terms == u * k;
    lemma terms_products: \forall real unit, terms, u, k; terms_product(unit, terms, u, k);

    // Monotony of the radius, the coefficient's error, a row's sum unfolded.
    predicate radius_from_above(real r, real s, real T, real U, real b, real q, real N, real g,
                                real k, real e) =
      radius_of(r, s, U, b, q, N, g, k, e) ==> T <= U ==> radius_of(r, s, T, b, q, N, g, k, e);
    STEP(lemma radii_from_above_by: \forall real r, s, T, U, b, q, N, g, k, e;
      product_above(\abs(s), T + dot_share(q) * \abs(b), U + dot_share(q) * \abs(b)) ==>
      radius_from_above(r, s, T, U, b, q, N, g, k, e);)
    lemma radii_from_above: \forall real r, s, T, U, b, q, N, g, k, e;
      radius_from_above(r, s, T, U, b, q, N, g, k, e);
    predicate product_parts(real a, real b, real c) = a * (b - c) == a * b - a * c;
    STEP(lemma products_parts: \forall real a, b, c; product_parts(a, b, c);)
    predicate magnitude_of_product(real a, real b) = \abs(a * b) == \abs(a) * \abs(b);
    STEP(lemma magnitudes_of_products: \forall real a, b; magnitude_of_product(a, b);)
    predicate coefficient_near(real p, real s, real l) =
      rounded(p, s * l) ==> \abs(s) <= 0x1p100 ==> \abs(p * s) <= 0x1p362 ==>
      \abs(rnd(p * s) - (s * l) * s) <= 0x1p-51 * \abs(rnd(p * s)) + 0x1p-970;
    STEP(lemma coefficients_near_by: \forall real p, s, l; roundable(p * s) ==>
      product_parts(s, p, s * l) ==> magnitude_of_product(s, p - s * l) ==>
      magnitude_of_product(s, s * l) ==>
      product_above(\abs(s), \abs(p - s * l), 0x1p-53 * \abs(s * l) + 0x1p-1074) ==>
      coefficient_near(p, s, l);)
    lemma coefficients_near: \forall real p, s, l; coefficient_near(p, s, l);
    predicate radius_dot_next{L}(double *row, size_t *S, double *own, double *whole, integer a,
                                 integer m) =
      (m == a ==> radius_dot(row, S, own, whole, a, m + 1) ==
        radius_dot(row, S, own, whole, a, m) + \abs((real)row[S[m]]) * own[m]) &&
      (m != a ==> radius_dot(row, S, own, whole, a, m + 1) ==
        radius_dot(row, S, own, whole, a, m) + \abs((real)row[S[m]]) * whole[m]);
    lemma radius_dots_next{L}: \forall double *row, *own, *whole, size_t *S, integer a, m;
      0 <= m ==> radius_dot_next(row, S, own, whole, a, m);
*/

#endif
