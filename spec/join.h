/** Bounds on the parts of an array that together bound the whole. */
#ifndef IST_SPEC_JOIN_H
#define IST_SPEC_JOIN_H

#include "magnitude.h"
#include "arrays.h"
#include "index.h"

/*@ // Two adjacent bounded parts make a bounded whole.
    predicate bounded_join{L}(double *a, integer o, integer k, real M) =
      bounded(a, o, M) ==> bounded(part(a, o), k, M) ==> bounded(a, o + k, M);
    STEP(lemma part_entry_at: \forall double *a, integer o, j; part(a, o) + (j - o) == a + j;)
    STEP(lemma bounded_joins{L}: \forall double *a, integer o, k, real M; bounded_join(a, o, k, M);)

    // If each of the n parts of q entries is bounded, so are all start(n, q) entries.
    predicate parts_bounded{L}(double *a, integer n, integer q, real M) =
      \forall integer i; 0 <= i < n ==> bounded(a + start(i, q), q, M);
    predicate whole_bounded{L}(double *a, integer n, integer q, real M) =
      parts_bounded(a, n, q, M) ==> bounded(a, start(n, q), M);
    predicate parts_next{L}(double *a, integer n, integer q, real M) =
      parts_bounded(a, n + 1, q, M) ==>
        parts_bounded(a, n, q, M) && bounded(a + start(n, q), q, M);
    STEP(lemma parts_split{L}: \forall double *a, integer n, q, real M; 0 <= n ==>
      parts_next(a, n, q, M);)
    predicate start_next(integer n, integer q) = start(n + 1, q) == start(n, q) + q;
    STEP(lemma starts: \forall integer n, q; start_next(n, q);)
    STEP(lemma whole_step{L}: \forall double *a, integer n, q, real M;
      parts_next(a, n, q, M) ==> bounded_join(a, start(n, q), q, M) ==> start_next(n, q) ==>
      part(a, start(n, q)) == a + start(n, q) ==>
      whole_bounded(a, n, q, M) ==> whole_bounded(a, n + 1, q, M);)
    STEP(lemma whole_inductive{L}: \forall double *a, integer n, q, real M; 0 <= n ==>
      whole_bounded(a, n, q, M) ==> whole_bounded(a, n + 1, q, M);)
    lemma wholes_bounded{L}: \forall double *a, integer n, q, real M; 0 <= n ==>
      whole_bounded(a, n, q, M);
*/

#endif
