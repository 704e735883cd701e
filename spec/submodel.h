/** Model of one worker's submodel gradient in binary64, and its frame. */
#ifndef IST_SPEC_SUBMODEL_H
#define IST_SPEC_SUBMODEL_H

#include "magnitude.h"
#include "arrays.h"
#include "index.h"

/*@ // sum_{k<q} row[S[k]] w[k] in order of k, every product and every sum rounded.
    logic real fl_block_dot{L}(double *row, size_t *S, double *w, integer q) =
      q <= 0 ? 0.0 : fl_add(fl_block_dot(row, S, w, q - 1), fl_mul(row[S[q - 1]], w[q - 1]));

    predicate fl_block_dot_next{L}(double *row, size_t *S, double *w, integer q) =
      fl_block_dot(row, S, w, q + 1) == fl_add(fl_block_dot(row, S, w, q), fl_mul(row[S[q]], w[q]));
    lemma fl_block_dot_unfold{L}: \forall double *row, *w, size_t *S, integer q;
      0 <= q ==> fl_block_dot_next(row, S, w, q);

    // Frame: equal blocks of equal rows give equal sums.
    predicate same_gather{A, B}(double *row, size_t *S, double *w, integer q) =
      \forall integer k; 0 <= k < q ==>
        \at(row[\at(S[k], A)], A) == \at(row[\at(S[k], B)], B) && \at(w[k], A) == \at(w[k], B);
    predicate same_gather_next{A, B}(double *row, size_t *S, double *w, integer q) =
      same_gather{A, B}(row, S, w, q + 1) ==> same_gather{A, B}(row, S, w, q) &&
        \at(row[\at(S[q], A)], A) == \at(row[\at(S[q], B)], B) && \at(w[q], A) == \at(w[q], B);
    lemma same_gather_split{A, B}: \forall double *row, *w, size_t *S, integer q;
      0 <= q ==> same_gather_next{A, B}(row, S, w, q);
    predicate fl_block_dot_frame{A, B}(double *row, size_t *S, double *w, integer q) =
      same_gather{A, B}(row, S, w, q) ==>
        fl_block_dot{A}(row, S, w, q) == fl_block_dot{B}(row, S, w, q);
    lemma fl_block_dot_frame_step{A, B}: \forall double *row, *w, size_t *S, integer q;
      same_gather_next{A, B}(row, S, w, q) ==>
      fl_block_dot_next{A}(row, S, w, q) ==> fl_block_dot_next{B}(row, S, w, q) ==>
      fl_block_dot_frame{A, B}(row, S, w, q) ==> fl_block_dot_frame{A, B}(row, S, w, q + 1);
    lemma fl_block_dot_frame_inductive{A, B}: \forall double *row, *w, size_t *S, integer q;
      0 <= q ==> fl_block_dot_frame{A, B}(row, S, w, q) ==>
      fl_block_dot_frame{A, B}(row, S, w, q + 1);
    lemma fl_block_dot_frames{A, B}: \forall double *row, *w, size_t *S, integer q;
      0 <= q ==> fl_block_dot_frame{A, B}(row, S, w, q);

    // Entry a of worker i's submodel gradient: s_j (sum_k L[j, S_k] w_k - b_j), j = S_a.
    logic real fl_block_gradient{L}(double *A, double *b, double *s, size_t *S, double *w,
                                    integer q, integer d, integer a) =
      fl_mul(s[S[a]], fl_sub(fl_block_dot(A + entry(S[a], 0, d), S, w, q), b[S[a]]));
*/

#endif
