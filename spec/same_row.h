/** Rows whose entries at a block are the same in two states. */
#ifndef IST_SPEC_SAME_ROW_H
#define IST_SPEC_SAME_ROW_H

#include "arrays.h"
#include "proof.h"

/*@ // The same block, and the same entries of the row and of v, up to entry q.
    predicate same_row{A, B}(double *row, size_t *S, double *v, integer q) =
      \forall integer k; 0 <= k < q ==> \at(S[k], A) == \at(S[k], B) &&
        \at(row[\at(S[k], A)], A) == \at(row[\at(S[k], B)], B) && \at(v[k], A) == \at(v[k], B);
    predicate same_row_next{A, B}(double *row, size_t *S, double *v, integer q) =
      same_row{A, B}(row, S, v, q + 1) ==> same_row{A, B}(row, S, v, q) &&
        \at(S[q], A) == \at(S[q], B) && \at(row[\at(S[q], A)], A) == \at(row[\at(S[q], B)], B) &&
        \at(v[q], A) == \at(v[q], B);
    STEP(lemma same_row_split{A, B}: \forall double *row, *v, size_t *S, integer q; 0 <= q ==>
      same_row_next{A, B}(row, S, v, q);)
    predicate same_row_of{A, B}(double *row, size_t *S, double *v, integer q, integer d) =
      same{A, B}(row, d) ==> same{A, B}(S, q) ==> indices{A}(S, q, d) ==>
      same{A, B}(v, q) ==> same_row{A, B}(row, S, v, q);
    STEP(lemma same_rows_of{A, B}: \forall double *row, *v, size_t *S, integer q, d;
      same_row_of{A, B}(row, S, v, q, d);)

    // Equal factors have equal products.
    predicate equal_products(real a, real b, real c, real d) =
      a == c ==> b == d ==> a * b == c * d && \abs(a * b) == \abs(c * d) &&
        \abs(a) * b == \abs(c) * d;
    STEP(lemma all_equal_products: \forall real a, b, c, d; equal_products(a, b, c, d);)
*/

#endif
