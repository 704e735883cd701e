/** How large a rounded result can be: the lemmas behind every "no overflow". */
#ifndef IST_SPEC_MAGNITUDE_H
#define IST_SPEC_MAGNITUDE_H

#include "proof.h"
#include "rounding.h"

/*@ // |a b| <= A B.
    predicate product_bound(real a, real b, real A, real B) =
      \abs(a) <= A ==> \abs(b) <= B ==> \abs(a * b) <= A * B;
    STEP(lemma abs_product: \forall real a, b; \abs(a * b) == \abs(a) * \abs(b);)
    STEP(lemma product_monotone: \forall real a, b, A, B;
      0 <= a <= A ==> 0 <= b <= B ==> a * b <= A * B;)
    lemma product_bounds: \forall real a, b, A, B; product_bound(a, b, A, B);

    // Dividing by at least one does not grow a magnitude.
    predicate quotient_bound(real a, real b, real A) =
      \abs(a) <= A ==> 1 <= b ==> \abs(a / b) <= A;
    lemma quotient_bounds: \forall real a, b, A; quotient_bound(a, b, A);

    STEP(lemma scaled_order: \forall real b, B, c; 0 <= c ==> b <= B ==> c * b <= c * B;)
    STEP(lemma quotient_order: \forall real a, b, c; 0 < b ==> c * b <= a ==> c <= a / b;)
    predicate quotient_below(real a, real b, real B, real c) =
      1 <= a ==> 0 < b <= B ==> 0 <= c ==> c * B <= 1 ==> c <= a / b;
    lemma quotients_below: \forall real a, b, B, c; quotient_below(a, b, B, c);

    // 0 < a / b <= Q for 0 < a <= A and 0 < B <= b, when A <= Q B.
    predicate ratio_bound(real a, real b, real A, real B, real Q) =
      0 < a <= A ==> 0 < B <= b ==> A <= Q * B ==> 0 < a / b <= Q;
    lemma ratio_bounds: \forall real a, b, A, B, Q; ratio_bound(a, b, A, B, Q);

    // 0 <= sqrt(a) <= R when 0 <= a <= R^2.
    predicate sqrt_bound(real a, real A, real R) =
      0 <= a <= A ==> 0 <= R ==> A <= R * R ==> 0 <= \sqrt(a) <= R;
    predicate square_order(real a, real b) = 0 <= a ==> 0 <= b ==> a * a <= b * b ==> a <= b;
    STEP(lemma square_orders: \forall real a, b; square_order(a, b);)
    predicate sqrt_square(real a) = 0 <= a ==> \sqrt(a) * \sqrt(a) == a && 0 <= \sqrt(a);
    STEP(lemma sqrt_squares: \forall real a; sqrt_square(a);)
    STEP(lemma sqrt_bound_by: \forall real a, A, R;
      sqrt_square(a) ==> square_order(\sqrt(a), R) ==> sqrt_bound(a, A, R);)
    lemma sqrt_bounds: \forall real a, A, R; sqrt_bound(a, A, R);

    // Rounding keeps a value of at least 2^-1000 positive.
    predicate rounded_positive(real r) = 0x1p-1000 <= r <= 0x1p990 ==> 0 < rnd(r);
    lemma rounded_positives: \forall real r; rounded_positive(r);

    // Rounding at most doubles a magnitude.
    predicate rounded_bound(real r, real M) =
      \abs(r) <= M ==> 1 <= M <= 0x1p990 ==> \abs(rnd(r)) <= 2 * M;
    lemma rounded_bounds: \forall real r, M; rounded_bound(r, M);

    // A running sum of k terms, each at most P, stays within 2 P k.
    predicate sum_bound(real s, real p, integer k, real P) =
      \abs(s) <= k * (2 * P) ==> \abs(p) <= P ==> 1 <= P <= 0x1p900 ==> 0 <= k <= 0x10000000000 ==>
        \abs(s + p) <= 0x1p950 && \abs(rnd(s + p)) <= (k + 1) * (2 * P);
    lemma sum_bounds: \forall real s, p, P, integer k; sum_bound(s, p, k, P);
*/

#endif
