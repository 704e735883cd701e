/** Binary64 arithmetic as the contracts see it: each operation is the exact one, rounded. */
#ifndef IST_SPEC_ROUNDING_H
#define IST_SPEC_ROUNDING_H

/*@ // Round to nearest even: the real value of the double nearest to r.
    logic real rnd(real r) = (real)((double) r);

    // The only axioms of this library; each is proved in proofs/coq/Rounding.v under its name.
    axiomatic Rounding {
      axiom rounding:
        \forall real r; \abs(r) <= 0x1p996 ==> \abs(rnd(r) - r) <= 0x1p-53 * \abs(r) + 0x1p-1074;
      axiom rounding_exact:
        \forall integer k; \abs(k) <= 0x20000000000000 ==> rnd((real)k) == (real)k;
    }

    // A small integer k, and so each constant the kernel uses, is a double.
    predicate exact_at(integer k) = rnd((real)k) == (real)k;
    lemma exact_integers: \forall integer k; \abs(k) <= 0x20000000000000 ==> exact_at(k);

    logic real fl_add(real a, real b) = rnd(a + b);
    logic real fl_sub(real a, real b) = rnd(a - b);
    logic real fl_mul(real a, real b) = rnd(a * b);
    logic real fl_div(real a, real b) = rnd(a / b);
    logic real fl_sqrt(real a) = rnd(\sqrt(a));
*/

#endif
