/** Bounds on the parts of an array that together bound the whole. */
#ifndef IST_SPEC_JOIN_H
#define IST_SPEC_JOIN_H

#include "arrays.h"
#include "index.h"

/*@ // Two adjacent bounded parts make a bounded whole.
    predicate bounded_join{L}(double *a, integer o, integer k, real M) =
      bounded(a, o, M) ==> bounded(a + o, k, M) ==> bounded(a, o + k, M);
    STEP(lemma part_entry_at: \forall double *a, integer o, j; part(a, o) + (j - o) == a + j;)
    STEP(lemma bounded_joins_by{L}: \forall double *a, integer o, k, real M;
      part(a, o) == a + o ==> bounded_join(a, o, k, M);)
    lemma bounded_joins{L}: \forall double *a, integer o, k, real M; bounded_join(a, o, k, M);
    predicate between_join{L}(double *a, integer o, integer k, real lo, real hi) =
      between(a, o, lo, hi) ==> between(a + o, k, lo, hi) ==> between(a, o + k, lo, hi);
    STEP(lemma betweens_join_by{L}: \forall double *a, integer o, k, real lo, hi;
      part(a, o) == a + o ==> between_join(a, o, k, lo, hi);)
    lemma betweens_join{L}: \forall double *a, integer o, k, real lo, hi;
      between_join(a, o, k, lo, hi);
    predicate start_next(integer i, integer q) = start(i + 1, q) == start(i, q) + q;
    lemma starts_next: \forall integer i, q; start_next(i, q);
*/

#endif
