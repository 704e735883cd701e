/** Predicates on arrays that the contracts share. */
#ifndef IST_SPEC_ARRAYS_H
#define IST_SPEC_ARRAYS_H

/*@ // Every entry is finite and at most M in absolute value.
    predicate in_range(double v, real M) = \is_finite(v) && \abs(v) <= M;
    predicate within(double v, real lo, real hi) = \is_finite(v) && lo <= v <= hi;
    predicate bounded{L}(double *a, integer d, real M) =
      \forall integer j; 0 <= j < d ==> in_range(a[j], M);
    predicate between{L}(double *a, integer d, real lo, real hi) =
      \forall integer j; 0 <= j < d ==> within(a[j], lo, hi);

    // A part of a bounded array is bounded; so is the whole by anything larger.
    logic double *part(double *a, integer o) = o == 0 ? a : a + o;
    predicate part_entry(double *a, integer o, integer j) = part(a, o) + j == a + (o + j);
    lemma part_entries: \forall double *a, integer o, j; part_entry(a, o, j);
    lemma part_shifts: \forall double *a, integer o, j; part(a, o) + j == a + (o + j);
    lemma part_is: \forall double *a, integer o; part(a, o) == a + o;
    predicate bounded_part{L}(double *a, integer o, integer k, integer d, real M) =
      bounded(a, d, M) ==> 0 <= o ==> o + k <= d ==> bounded(part(a, o), k, M);
    lemma bounded_parts{L}: \forall double *a, integer o, k, d, real M;
      bounded_part(a, o, k, d, M);
    predicate bounded_weaken{L}(double *a, integer d, real M, real N) =
      bounded(a, d, M) ==> M <= N ==> bounded(a, d, N);
    lemma bounded_weakens{L}: \forall double *a, integer d, real M, N;
      bounded_weaken(a, d, M, N);

    // The first d entries have the same real values in both states.
    predicate same{A, B}(double *a, integer d) =
      \forall integer j; 0 <= j < d ==> \at(a[j], A) == \at(a[j], B);
    predicate same{A, B}(size_t *S, integer q) =
      \forall integer a; 0 <= a < q ==> \at(S[a], A) == \at(S[a], B);

    predicate same_part{A, B}(double *a, integer o, integer k, integer d) =
      same{A, B}(a, d) ==> 0 <= o ==> o + k <= d ==> same{A, B}(part(a, o), k);
    lemma same_parts{A, B}: \forall double *a, integer o, k, d; same_part{A, B}(a, o, k, d);

    logic size_t *index_part(size_t *S, integer o) = o == 0 ? S : S + o;
    lemma index_part_shifts: \forall size_t *S, integer o, j; index_part(S, o) + j == S + (o + j);
    lemma index_part_is: \forall size_t *S, integer o; index_part(S, o) == S + o;

    // Every entry of S is an index below d.
    predicate indices{L}(size_t *S, integer q, integer d) =
      \forall integer a; 0 <= a < q ==> 0 <= S[a] < d;
    predicate indices_part{L}(size_t *S, integer o, integer k, integer q, integer d) =
      indices(S, q, d) ==> 0 <= o ==> o + k <= q ==> indices(index_part(S, o), k, d);
    lemma indices_parts{L}: \forall size_t *S, integer o, k, q, d; indices_part(S, o, k, q, d);
*/

#endif
