/** Results rounded away from zero far enough to be above the exact ones. */
#ifndef IST_SPEC_ABOVE_H
#define IST_SPEC_ABOVE_H

#include "accumulate.h"
#include "magnitude.h"

/*@ // r is above the exact v >= 0, and not by much.
    predicate above(real r, real v) =
      v + 0x1p-1001 <= r && r <= v + 0x1p-50 * v + 0x1p-999;

    // What rounding v and raising it by a factor and an amount gives.
    logic real fl_raised(real v) = fl_add(fl_mul(rnd(v), 0x1.0000000000002p0), 0x1p-1000);
    predicate raised(real v) = 0 <= v <= 0x1p960 ==>
      above(fl_raised(v), v) && \abs(rnd(v)) <= 0x1p962 &&
      \abs(rnd(v) * 0x1.0000000000002p0) <= 0x1p963 &&
      \abs(fl_mul(rnd(v), 0x1.0000000000002p0) + 0x1p-1000) <= 0x1p965;
    STEP(lemma raised_by: \forall real v; roundable(v) ==>
      roundable(rnd(v) * 0x1.0000000000002p0) ==>
      roundable(fl_mul(rnd(v), 0x1.0000000000002p0) + 0x1p-1000) ==> raised(v);)
    lemma raises: \forall real v; raised(v);

    predicate above_most(real r, real v, real V) =
      above(r, v) ==> 0 <= v <= V ==> 1 <= V ==> 0 <= v <= r && 0 <= r <= 2 * V;
    lemma above_mosts: \forall real r, v, V; above_most(r, v, V);

    predicate positive_product(real a, real b, real A, real B) =
      0 <= a <= A ==> 0 <= b <= B ==> 0 <= a * b <= A * B;
    predicate nonnegative_product(real a, real b) = 0 <= a ==> 0 <= b ==> 0 <= a * b;
    STEP(lemma positive_products_by: \forall real a, b, A, B; product_bound(a, b, A, B) ==>
      nonnegative_product(a, b) ==> positive_product(a, b, A, B);)
    STEP(lemma products_nonnegative: \forall real a, b; nonnegative_product(a, b);)
    lemma positive_products: \forall real a, b, A, B; positive_product(a, b, A, B);

    // A running sum of k terms, each at most P and above its exact one, stays within 2 P k.
    predicate above_next(integer k, real P) = (k + 1) * (2 * P) == k * (2 * P) + 2 * P;
    STEP(lemma above_nexts: \forall integer k, real P; above_next(k, P);)
    predicate above_count(integer k, real P) = 0 <= k <= 0x10000000000 ==> 0 <= P ==>
      0 <= k * (2 * P) <= 0x10000000000 * (2 * P);
    STEP(lemma above_counts_by: \forall integer k, real P; counted((real)k, 2 * P) ==>
      above_count(k, P);)
    STEP(lemma above_counts: \forall integer k, real P; above_count(k, P);)
    predicate above_sum(real s, real p, integer k, real P) =
      0 <= s <= k * (2 * P) ==> 0 <= p <= P ==> 1 <= P <= 0x1p900 ==> 0 <= k <= 0x10000000000 ==>
      0 <= s + p <= 0x1p950 &&
      (s + p) + 0x1p-50 * (s + p) + 0x1p-999 <= (k + 1) * (2 * P);
    STEP(lemma above_sums_by: \forall real s, p, P, integer k;
      above_next(k, P) ==> above_count(k, P) ==> above_sum(s, p, k, P);)
    lemma above_sums: \forall real s, p, P, integer k; above_sum(s, p, k, P);
*/

#endif
