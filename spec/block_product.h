/** Model of the product of a block of a matrix with a vector in binary64. */
#ifndef IST_SPEC_BLOCK_PRODUCT_H
#define IST_SPEC_BLOCK_PRODUCT_H

#include "magnitude.h"
#include "arrays.h"
#include "index.h"
#include "symmetric.h"

/*@ // sum_{k<q} row[S[k]] w[k] in order of k, every product and every sum rounded.
    logic real fl_block_dot{L}(double *row, size_t *S, double *w, integer q) =
      q <= 0 ? 0.0 : fl_add(fl_block_dot(row, S, w, q - 1), fl_mul(row[S[q - 1]], w[q - 1]));

    predicate fl_block_dot_next{L}(double *row, size_t *S, double *w, integer q) =
      fl_block_dot(row, S, w, q + 1) == fl_add(fl_block_dot(row, S, w, q), fl_mul(row[S[q]], w[q]));
    lemma fl_block_dot_unfold{L}: \forall double *row, *w, size_t *S, integer q;
      0 <= q ==> fl_block_dot_next(row, S, w, q);

    // A sum t of k terms takes the next one, l u.
    predicate same_product(real a, real b, real c, real d) =
      a == c ==> b == d ==> fl_mul(a, b) == fl_mul(c, d);
    STEP(lemma same_products: \forall real a, b, c, d; same_product(a, b, c, d);)
    predicate extends{L}(double *A, integer o, size_t *S, double *w, integer k, real t, real l,
                         real u, real next) =
      t == fl_block_dot(A + o, S, w, k) ==> l == A[o + S[k]] ==> u == w[k] ==>
      next == fl_add(t, fl_mul(l, u)) ==> next == fl_block_dot(A + o, S, w, k + 1);
    STEP(lemma extends_by{L}: \forall double *A, *w, size_t *S, integer o, k,
      real t, l, u, next;
      fl_block_dot_next(A + o, S, w, k) ==> (A + o) + S[k] == A + (o + S[k]) ==>
      same_product((real)A[o + S[k]], (real)w[k], l, u) ==>
      extends(A, o, S, w, k, t, l, u, next);)
    lemma extending{L}: \forall double *A, *w, size_t *S, integer o, k, real t, l, u, next;
      0 <= k ==> extends(A, o, S, w, k, t, l, u, next);

    // Frame: equal blocks of equal rows give equal sums.
    predicate same_gather{A, B}(double *row, size_t *S, double *w, integer q) =
      \forall integer k; 0 <= k < q ==>
        \at(row[\at(S[k], A)], A) == \at(row[\at(S[k], B)], B) && \at(w[k], A) == \at(w[k], B);
    predicate same_gather_next{A, B}(double *row, size_t *S, double *w, integer q) =
      same_gather{A, B}(row, S, w, q + 1) ==> same_gather{A, B}(row, S, w, q) &&
        \at(row[\at(S[q], A)], A) == \at(row[\at(S[q], B)], B) && \at(w[q], A) == \at(w[q], B);
    STEP(lemma same_gather_split{A, B}: \forall double *row, *w, size_t *S, integer q;
      0 <= q ==> same_gather_next{A, B}(row, S, w, q);)
    predicate fl_block_dot_frame{A, B}(double *row, size_t *S, double *w, integer q) =
      same_gather{A, B}(row, S, w, q) ==>
        fl_block_dot{A}(row, S, w, q) == fl_block_dot{B}(row, S, w, q);
    STEP(lemma fl_block_dot_frame_step{A, B}: \forall double *row, *w, size_t *S, integer q;
      same_gather_next{A, B}(row, S, w, q) ==>
      fl_block_dot_next{A}(row, S, w, q) ==> fl_block_dot_next{B}(row, S, w, q) ==>
      fl_block_dot_frame{A, B}(row, S, w, q) ==> fl_block_dot_frame{A, B}(row, S, w, q + 1);)
    STEP(lemma fl_block_dot_frame_inductive{A, B}: \forall double *row, *w, size_t *S, integer q;
      0 <= q ==> fl_block_dot_frame{A, B}(row, S, w, q) ==>
      fl_block_dot_frame{A, B}(row, S, w, q + 1);)
    STEP(lemma fl_block_dot_frames{A, B}: \forall double *row, *w, size_t *S, integer q;
      0 <= q ==> fl_block_dot_frame{A, B}(row, S, w, q);)
    predicate same_gather_of{A, B}(double *row, size_t *S, double *w, integer q, integer d) =
      same{A, B}(row, d) ==> same{A, B}(w, q) ==> same_indices{A, B}(S, q) ==>
      indices{A}(S, q, d) ==> same_gather{A, B}(row, S, w, q);
    STEP(lemma same_gathers{A, B}: \forall double *row, *w, size_t *S, integer q, d;
      same_gather_of{A, B}(row, S, w, q, d);)

    // The sums of the first k terms of rows S[from..to-1] are what y has there in state B.
    predicate within_sum(real t, integer k) = \abs(t) <= k * (2 * 0x1p422);
    predicate sum_grows(real t, real next, integer k) =
      within_sum(t, k) ==> 0 <= k <= 0x100000 ==> within_sum(next, k + 1);
    predicate sum_at{A, B}(double *L, size_t *S, double *w, double *y, integer d, integer a,
                           integer k) =
      \is_finite(\at(y[a], B)) && within_sum((real)\at(y[a], B), k) &&
      \at(y[a], B) == fl_block_dot{A}(L + entry(\at(S[a], A), 0, d), S, w, k);
    predicate sums_at{A, B}(double *L, size_t *S, double *w, double *y, integer d, integer from,
                            integer to, integer k) =
      \forall integer a; from <= a < to ==> sum_at{A, B}(L, S, w, y, d, a, k);
    predicate same_range{A, B}(double *y, integer from, integer to) =
      \forall integer a; from <= a < to ==> \at(y[a], A) == \at(y[a], B) &&
        (\is_finite(\at(y[a], A)) ==> \is_finite(\at(y[a], B)));
    predicate sums_kept{A, B, C}(double *L, size_t *S, double *w, double *y, integer d,
                                 integer from, integer to, integer k) =
      sums_at{A, B}(L, S, w, y, d, from, to, k) ==> same_range{B, C}(y, from, to) ==>
      sums_at{A, C}(L, S, w, y, d, from, to, k);
    lemma sums_keep{A, B, C}: \forall double *L, *w, *y, size_t *S, integer d, from, to, k;
      sums_kept{A, B, C}(L, S, w, y, d, from, to, k);

    // Sums depend on their inputs only.
    predicate same_block{A, B}(double *L, size_t *S, double *w, integer q, integer d) =
      same{A, B}(L, d * d) && same{A, B}(w, q) && same_indices{A, B}(S, q) &&
      indices{A}(S, q, d) && 0 < d <= 0x100000;
    predicate block_row{A, B}(double *L, size_t *S, double *w, integer q, integer d, integer a) =
      same_block{A, B}(L, S, w, q, d) ==> 0 <= a < q ==>
      same_gather{A, B}(part(L, entry(\at(S[a], A), 0, d)), S, w, q);
    STEP(lemma block_row_by{A, B}: \forall double *L, *w, size_t *S, integer q, d, a;
      row_inside(\at(S[a], A), d) ==>
      same_part{A, B}(L, entry(\at(S[a], A), 0, d), d, d * d) ==>
      same_gather_of{A, B}(part(L, entry(\at(S[a], A), 0, d)), S, w, q, d) ==>
      block_row{A, B}(L, S, w, q, d, a);)
    STEP(lemma block_rows{A, B}: \forall double *L, *w, size_t *S, integer q, d, a;
      block_row{A, B}(L, S, w, q, d, a);)
    predicate gather_prefix{A, B}(double *row, size_t *S, double *w, integer q, integer k) =
      same_gather{A, B}(row, S, w, q) ==> k <= q ==> same_gather{A, B}(row, S, w, k);
    STEP(lemma gather_prefixes{A, B}: \forall double *row, *w, size_t *S, integer q, k;
      gather_prefix{A, B}(row, S, w, q, k);)
    predicate sum_frame{A, B}(double *L, size_t *S, double *w, integer q, integer d, integer a,
                              integer k) =
      same_block{A, B}(L, S, w, q, d) ==> 0 <= a < q ==> 0 <= k <= q ==>
      fl_block_dot{A}(L + entry(\at(S[a], A), 0, d), S, w, k) ==
      fl_block_dot{B}(L + entry(\at(S[a], B), 0, d), S, w, k);
    STEP(lemma sum_frame_by{A, B}: \forall double *L, *w, size_t *S, integer q, d, a, k;
      block_row{A, B}(L, S, w, q, d, a) ==>
      gather_prefix{A, B}(part(L, entry(\at(S[a], A), 0, d)), S, w, q, k) ==>
      fl_block_dot_frame{A, B}(part(L, entry(\at(S[a], A), 0, d)), S, w, k) ==>
      part(L, entry(\at(S[a], A), 0, d)) == L + entry(\at(S[a], A), 0, d) ==>
      sum_frame{A, B}(L, S, w, q, d, a, k);)
    STEP(lemma sum_frames{A, B}: \forall double *L, *w, size_t *S, integer q, d, a, k;
      0 <= k ==> sum_frame{A, B}(L, S, w, q, d, a, k);)
    predicate sum_moved{A, B, C}(double *L, size_t *S, double *w, double *y, integer q, integer d,
                                 integer a, integer k) =
      same_block{A, B}(L, S, w, q, d) ==> 0 <= a < q ==> 0 <= k <= q ==>
      sum_at{B, C}(L, S, w, y, d, a, k) ==> sum_at{A, C}(L, S, w, y, d, a, k);
    STEP(lemma sum_moves_by{A, B, C}: \forall double *L, *w, *y, size_t *S, integer q, d, a, k;
      sum_frame{A, B}(L, S, w, q, d, a, k) ==> sum_moved{A, B, C}(L, S, w, y, q, d, a, k);)
    STEP(lemma sum_moves{A, B, C}: \forall double *L, *w, *y, size_t *S, integer q, d, a, k;
      0 <= k ==> sum_moved{A, B, C}(L, S, w, y, q, d, a, k);)
    predicate sums_moved{A, B, C}(double *L, size_t *S, double *w, double *y, integer q, integer d,
                                  integer from, integer to, integer k) =
      same_block{A, B}(L, S, w, q, d) ==> 0 <= from ==> to <= q ==> 0 <= k <= q ==>
      sums_at{B, C}(L, S, w, y, d, from, to, k) ==> sums_at{A, C}(L, S, w, y, d, from, to, k);
    predicate sums_carried{A, B, C}(double *L, size_t *S, double *w, double *y, integer d,
                                    integer from, integer to, integer k) =
      \forall integer a; from <= a < to ==>
        sum_at{B, C}(L, S, w, y, d, a, k) ==> sum_at{A, C}(L, S, w, y, d, a, k);
    STEP(lemma sums_carry{A, B, C}: \forall double *L, *w, *y, size_t *S,
      integer q, d, from, to, k;
      same_block{A, B}(L, S, w, q, d) ==> 0 <= from ==> to <= q ==> 0 <= k <= q ==>
      sums_carried{A, B, C}(L, S, w, y, d, from, to, k);)
    STEP(lemma sums_move_by{A, B, C}: \forall double *L, *w, *y, size_t *S,
      integer q, d, from, to, k;
      sums_carried{A, B, C}(L, S, w, y, d, from, to, k) ==>
      sums_at{B, C}(L, S, w, y, d, from, to, k) ==> sums_at{A, C}(L, S, w, y, d, from, to, k);)
    lemma sums_move{A, B, C}: \forall double *L, *w, *y, size_t *S, integer q, d, from, to, k;
      0 <= k ==> sums_moved{A, B, C}(L, S, w, y, q, d, from, to, k);
*/

#endif
