/** Symmetric matrices. */
#ifndef IST_SPEC_SYMMETRIC_H
#define IST_SPEC_SYMMETRIC_H

#include "arrays.h"
#include "index.h"
#include "proof.h"

/*@ // A d x d matrix equals its transpose, entry by entry.
    predicate mirrored{L}(double *A, integer d, integer i, integer j) =
      0 <= i < d ==> 0 <= j < d ==> A[entry(i, 0, d) + j] == A[entry(j, 0, d) + i];
    predicate symmetric{L}(double *A, integer d) = \forall integer i, j; mirrored(A, d, i, j);

    // Row i mirrors column i up to entry k.
    predicate row_mirrored{L}(double *A, integer d, integer i, integer k) =
      \forall integer j; 0 <= j < k ==> A[entry(i, 0, d) + j] == A[entry(j, 0, d) + i];
    predicate rows_mirrored{L}(double *A, integer d, integer m) =
      \forall integer i; 0 <= i < m ==> row_mirrored(A, d, i, i);
    STEP(lemma mirrored_by_rows{L}: \forall double *A, integer d, i, j;
      rows_mirrored(A, d, d) ==> mirrored(A, d, i, j);)
    lemma symmetric_by_rows{L}: \forall double *A, integer d;
      rows_mirrored(A, d, d) ==> symmetric(A, d);

    predicate symmetry_kept{A, B}(double *L, integer d) =
      same{A, B}(L, d * d) ==> 0 <= d <= 0x100000 ==> symmetric{A}(L, d) ==> symmetric{B}(L, d);
    STEP(lemma mirrors_kept{A, B}: \forall double *L, integer d, i, j;
      row_inside(i, d) ==> row_inside(j, d) ==> same{A, B}(L, d * d) ==> 0 <= d <= 0x100000 ==>
      mirrored{A}(L, d, i, j) ==> mirrored{B}(L, d, i, j);)
    predicate mirrors_carried{A, B}(double *L, integer d) =
      \forall integer i, j; mirrored{A}(L, d, i, j) ==> mirrored{B}(L, d, i, j);
    STEP(lemma mirrors_carry{A, B}: \forall double *L, integer d;
      same{A, B}(L, d * d) ==> 0 <= d <= 0x100000 ==> mirrors_carried{A, B}(L, d);)
    STEP(lemma symmetries_kept_by{A, B}: \forall double *L, integer d;
      mirrors_carried{A, B}(L, d) ==> symmetric{A}(L, d) ==> symmetric{B}(L, d);)
    lemma symmetries_kept{A, B}: \forall double *L, integer d; symmetry_kept{A, B}(L, d);
*/

#endif
