/** Predicates on arrays that the contracts share. */
#ifndef IST_SPEC_ARRAYS_H
#define IST_SPEC_ARRAYS_H

/*@ // Every entry is finite and at most M in absolute value.
    predicate in_range(double v, real M) = \is_finite(v) && \abs(v) <= M;
    predicate within(double v, real lo, real hi) = \is_finite(v) && lo <= v <= hi;
    predicate bounded{L}(double *a, integer d, real M) =
      \forall integer j; 0 <= j < d ==> in_range(a[j], M);

    // The first d entries have the same real values in both states.
    predicate same{A, B}(double *a, integer d) =
      \forall integer j; 0 <= j < d ==> \at(a[j], A) == \at(a[j], B);
    predicate same_indices{A, B}(size_t *S, integer q) =
      \forall integer a; 0 <= a < q ==> \at(S[a], A) == \at(S[a], B);

    // Every entry of S is an index below d.
    predicate indices{L}(size_t *S, integer q, integer d) =
      \forall integer a; 0 <= a < q ==> 0 <= S[a] < d;
*/

#endif
