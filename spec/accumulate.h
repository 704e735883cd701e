/** Rounding errors of sums computed term by term: the lemmas behind every error clause of a sum. */
#ifndef IST_SPEC_ACCUMULATE_H
#define IST_SPEC_ACCUMULATE_H

#include "exact.h"
#include "rounding.h"

/*@ // A term t enters a sum: computed s for S, p for t, r for S + t.
    predicate accumulated(real k, real s, real S, real A, real p, real t, real r) =
      0 <= k <= 0x1p40 ==> \abs(S) <= A ==> \abs(s - S) <= sum_error(k, A) ==>
      rounded(p, t) ==> rounded(r, s + p) ==>
      \abs(r - (S + t)) <= sum_error(k + 1.0, A + \abs(t)) && \abs(S + t) <= A + \abs(t);
    predicate counted(real k, real A) = 0 <= k <= 0x1p40 ==> 0 <= A ==> 0 <= k * A <= 0x1p40 * A;
    STEP(lemma counts: \forall real k, A; counted(k, A);)
    predicate sum_error_next(real k, real A, real t) =
      sum_error(k + 1.0, A + t) ==
        sum_error(k, A) + 0x1.004p-53 * (A + k * t + 2.0 * t) + 4.0 * 0x1p-1074;
    STEP(lemma sum_error_nexts: \forall real k, A, t; sum_error_next(k, A, t);)
    STEP(lemma accumulated_by: \forall real k, s, S, A, p, t, r;
      counted(k, A) ==> counted(k, \abs(t)) ==> sum_error_next(k, A, \abs(t)) ==>
      accumulated(k, s, S, A, p, t, r);)
    lemma accumulates: \forall real k, s, S, A, p, t, r; accumulated(k, s, S, A, p, t, r);

    // No rounding on the way overflows.
    predicate sum_error_small(real k, real A) =
      0 <= k <= 0x1p40 ==> 0 <= A <= 0x1p900 ==> 0 <= sum_error(k, A) <= 0x1p900;
    STEP(lemma sum_error_smalls: \forall real k, A; counted(k, A) ==> sum_error_small(k, A);)
    STEP(lemma sum_errors_small: \forall real k, A; sum_error_small(k, A);)
    predicate roundable(real v) = \abs(v) <= 0x1p996 ==> rounded(rnd(v), v);
    lemma roundables: \forall real v; roundable(v);
    predicate count_next(integer k, real M) = (k + 1) * M == k * M + M;
    STEP(lemma count_nexts: \forall integer k, real M; count_next(k, M);)
*/

#endif
