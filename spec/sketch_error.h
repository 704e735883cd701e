/** Distance of the computed sketch scales to the exact ones. */
#ifndef IST_SPEC_SKETCH_ERROR_H
#define IST_SPEC_SKETCH_ERROR_H

#include "accumulate.h"
#include "exact_round.h"
#include "magnitude.h"

/*@ // p = sqrt(r), q = sqrt(a), r is a rounded, a >= 2^-160.
    predicate scale_root_near(real p, real q) =
      0x1p-81 <= q ==> 0 <= p ==>
      \abs(p * p - q * q) <= 0x1p-53 * (q * q) + 0x1p-1074 ==>
      \abs(p - q) <= 0x1p-53 * q + 0x1p-990;
    predicate square_above(real q, real e) = 0 <= e ==> 0x1p-81 <= q ==>
      0x1p-80 * e <= 2 * (q * e) && (q + e) * (q + e) == q * q + 2 * (q * e) + e * e && 0 <= e * e;
    STEP(lemma squares_above: \forall real q, e; square_above(q, e);)
    STEP(lemma scale_root_near_by: \forall real p, q;
      square_above(q, 0x1p-53 * q + 0x1p-990) ==>
      (p > q + (0x1p-53 * q + 0x1p-990) ==>
        p * p >= (q + (0x1p-53 * q + 0x1p-990)) * (q + (0x1p-53 * q + 0x1p-990))) ==>
      (p < q - (0x1p-53 * q + 0x1p-990) ==> p * p <= (q - (0x1p-53 * q + 0x1p-990)) * q) ==>
      scale_root_near(p, q);)
    STEP(lemma scale_roots_near: \forall real p, q; scale_root_near(p, q);)
    predicate root_least(real a) = 0x1p-160 <= a ==> 0x1p-80 <= \sqrt(a);
    predicate square_ordered(real a, real b) = 0 <= a ==> 0 <= b ==> a * a <= b * b ==> a <= b;
    STEP(lemma squares_ordered: \forall real a, b; square_ordered(a, b);)
    predicate root_squared(real a) = 0 <= a ==> \sqrt(a) * \sqrt(a) == a && 0 <= \sqrt(a);
    STEP(lemma roots_squared: \forall real a; root_squared(a);)
    STEP(lemma root_least_by: \forall real a;
      root_squared(a) ==> square_ordered(0x1p-80, \sqrt(a)) ==>
      root_least(a);)
    STEP(lemma roots_least: \forall real a; root_least(a);)
    predicate scale_near(real a) = 0x1p-160 <= a <= 0x1p180 ==>
      \abs(fl_sqrt(rnd(a)) - \sqrt(a)) <= 0x1.001p-52 * \sqrt(a) + 0x1p-980;
    STEP(lemma scale_near_by: \forall real a; roundable(a) ==> rounded_positive(a) ==>
      scale_root_near(\sqrt(rnd(a)), \sqrt(a)) ==> sqrt_bound(rnd(a), 0x1p182, 0x1p91) ==>
      sqrt_bound(a, 0x1p180, 0x1p90) ==> roundable(\sqrt(rnd(a))) ==>
      root_least(a) ==> scale_near(a);)
    STEP(lemma scales_near: \forall real a; scale_near(a);)
    predicate scale_entry_near(real n, real l) =
      1 <= n <= 0x100000 ==> 0x1p-160 <= l <= 0x1p160 ==>
      \abs(fl_sqrt(fl_div(n, l)) - \sqrt(n / l)) <= 0x1.001p-52 * \sqrt(n / l) + 0x1p-980;
    STEP(lemma scale_entry_near_by: \forall real n, l; scale_near(n / l) ==>
      quotient_below(n, l, 0x1p160, 0x1p-160) ==>
      ratio_bound(n, l, 0x100000, 0x1p-160, 0x1p180) ==> scale_entry_near(n, l);)
    lemma scale_entries_near: \forall real n, l; scale_entry_near(n, l);

    // So near that the running error bound may take them for exact ones (scale_close).
    predicate root_close(real s, real a) = 0x1p-160 <= a ==>
      \abs(s - \sqrt(a)) <= 0x1.001p-52 * \sqrt(a) + 0x1p-980 ==> scale_close(s, \sqrt(a));
    STEP(lemma root_close_by: \forall real s, a; root_least(a) ==> root_close(s, a);)
    STEP(lemma roots_close: \forall real s, a; root_close(s, a);)
    predicate scale_entry_close(real n, real l) =
      1 <= n <= 0x100000 ==> 0x1p-160 <= l <= 0x1p160 ==>
      scale_close(fl_sqrt(fl_div(n, l)), \sqrt(n / l));
    STEP(lemma scale_entry_close_by: \forall real n, l; scale_entry_near(n, l) ==>
      root_close(fl_sqrt(fl_div(n, l)), n / l) ==> quotient_below(n, l, 0x1p160, 0x1p-160) ==>
      scale_entry_close(n, l);)
    lemma scale_entries_close: \forall real n, l; scale_entry_close(n, l);
    predicate ratio_least(real a, real b) = 0 < b <= a ==> 1 <= a / b;
    lemma ratios_least: \forall real a, b; ratio_least(a, b);
    predicate ratio_close(real s, real a) = 1 <= a ==> rounded(s, a) ==> scale_close(s, a);
    lemma ratios_close: \forall real s, a; ratio_close(s, a);
*/

#endif
