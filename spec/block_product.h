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

    // How a computed sum of k terms grows by one term, and by four.
    predicate within_sum(real t, integer k) = \abs(t) <= k * (2 * 0x1p422);
    predicate sum_grows(real t, real next, integer k) =
      within_sum(t, k) ==> 0 <= k <= 0x100000 ==> within_sum(next, k + 1);
    predicate sum_grows_four(real t, real next, integer k) =
      within_sum(t, k) ==> 0 <= k <= 0xffffc ==> within_sum(next, k + 4);

    // t is the sum of the first k terms of the row that begins at A[o].
    predicate partial_sum{L}(double *A, integer o, size_t *S, double *w, integer k, real t) =
      within_sum(t, k) && t == fl_block_dot(A + o, S, w, k);

    // Such a sum takes its next term l u, or its next four.
    predicate same_product(real a, real b, real c, real d) =
      a == c ==> b == d ==> fl_mul(a, b) == fl_mul(c, d);
    STEP(lemma same_products: \forall real a, b, c, d; same_product(a, b, c, d);)
    predicate continues{L}(double *A, integer o, size_t *S, double *w, integer k, real l, real u) =
      l == A[o + S[k]] ==> u == w[k] ==>
      fl_block_dot(A + o, S, w, k + 1) == fl_add(fl_block_dot(A + o, S, w, k), fl_mul(l, u));
    STEP(lemma continues_by{L}: \forall double *A, *w, size_t *S, integer o, k, real l, u;
      fl_block_dot_next(A + o, S, w, k) ==> (A + o) + S[k] == A + (o + S[k]) ==>
      same_product((real)A[o + S[k]], (real)w[k], l, u) ==> continues(A, o, S, w, k, l, u);)
    STEP(lemma continuing{L}: \forall double *A, *w, size_t *S, integer o, k, real l, u;
      0 <= k ==> continues(A, o, S, w, k, l, u);)
    predicate extends{L}(double *A, integer o, size_t *S, double *w, integer k, real t, real l,
                         real u, real next) =
      partial_sum(A, o, S, w, k, t) ==> l == A[o + S[k]] ==> u == w[k] ==>
      0 <= k <= 0x100000 ==> next == fl_add(t, fl_mul(l, u)) ==> sum_grows(t, next, k) ==>
      partial_sum(A, o, S, w, k + 1, next);
    STEP(lemma extends_by{L}: \forall double *A, *w, size_t *S, integer o, k,
      real t, l, u, next;
      continues(A, o, S, w, k, l, u) ==> extends(A, o, S, w, k, t, l, u, next);)
    lemma extending{L}: \forall double *A, *w, size_t *S, integer o, k, real t, l, u, next;
      extends(A, o, S, w, k, t, l, u, next);
    logic real fl_add_four(real t, real l0, real u0, real l1, real u1, real l2, real u2, real l3,
                           real u3) =
      fl_add(fl_add(fl_add(fl_add(t, fl_mul(l0, u0)), fl_mul(l1, u1)), fl_mul(l2, u2)),
             fl_mul(l3, u3));
    predicate extends_four{L}(double *A, integer o, size_t *S, double *w, integer k, real t,
                              real l0, real u0, real l1, real u1, real l2, real u2, real l3,
                              real u3, real next) =
      partial_sum(A, o, S, w, k, t) ==> l0 == A[o + S[k]] ==> u0 == w[k] ==>
      l1 == A[o + S[k + 1]] ==> u1 == w[k + 1] ==> l2 == A[o + S[k + 2]] ==> u2 == w[k + 2] ==>
      l3 == A[o + S[k + 3]] ==> u3 == w[k + 3] ==> 0 <= k <= 0xffffc ==>
      next == fl_add_four(t, l0, u0, l1, u1, l2, u2, l3, u3) ==> sum_grows_four(t, next, k) ==>
      partial_sum(A, o, S, w, k + 4, next);
    STEP(lemma extends_four_by{L}: \forall double *A, *w, size_t *S, integer o, k,
      real t, l0, u0, l1, u1, l2, u2, l3, u3, next;
      continues(A, o, S, w, k, l0, u0) ==> continues(A, o, S, w, k + 1, l1, u1) ==>
      continues(A, o, S, w, k + 2, l2, u2) ==> continues(A, o, S, w, k + 3, l3, u3) ==>
      extends_four(A, o, S, w, k, t, l0, u0, l1, u1, l2, u2, l3, u3, next);)
    lemma extending_four{L}: \forall double *A, *w, size_t *S, integer o, k,
      real t, l0, u0, l1, u1, l2, u2, l3, u3, next;
      extends_four(A, o, S, w, k, t, l0, u0, l1, u1, l2, u2, l3, u3, next);

    // l is entry (i, j) and, by symmetry, entry (j, i) of the matrix.
    predicate entry_of{L}(double *A, integer d, integer i, integer j, real l) =
      l == A[entry(i, 0, d) + j] && l == A[entry(j, 0, d) + i] && \abs(l) <= 0x1p160;
    predicate read_entry{L}(double *A, integer d, integer i, integer j, real l) =
      l == A[entry(i, 0, d) + j] ==> 0 <= i < d <= 0x100000 ==> 0 <= j < d ==>
      bounded(A, d * d, 0x1p160) ==> symmetric(A, d) ==> entry_of(A, d, i, j, l);
    STEP(lemma read_entry_by{L}: \forall double *A, integer d, i, j, real l;
      mirrored(A, d, i, j) ==> row_inside(i, d) ==> in_range(A[entry(i, 0, d) + j], 0x1p160) ==>
      read_entry(A, d, i, j, l);)
    lemma read_entries{L}: \forall double *A, integer d, i, j, real l;
      read_entry(A, d, i, j, l);

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
      same{A, B}(row, d) ==> same{A, B}(w, q) ==> same{A, B}(S, q) ==>
      indices{A}(S, q, d) ==> same_gather{A, B}(row, S, w, q);
    STEP(lemma same_gathers{A, B}: \forall double *row, *w, size_t *S, integer q, d;
      same_gather_of{A, B}(row, S, w, q, d);)

    // The sums of the first k terms of rows S[from..to-1] are what y has there in state B.
    predicate sum_at{A, B}(double *L, size_t *S, double *w, double *y, integer d, integer a,
                           integer k) =
      \is_finite(\at(y[a], B)) &&
      partial_sum{A}(L, entry(\at(S[a], A), 0, d), S, w, k, (real)\at(y[a], B));
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

    // A write to y[m] alone keeps the ranges without it, and so the sums there.
    predicate same_but{A, B}(double *y, integer m, integer q) =
      \forall integer a; 0 <= a < q ==> a != m ==> \at(y[a], A) == \at(y[a], B) &&
        (\is_finite(\at(y[a], A)) ==> \is_finite(\at(y[a], B)));
    predicate range_without{A, B, C}(double *y, integer m, integer q, integer from, integer to) =
      same_range{A, B}(y, from, to) ==> same_but{B, C}(y, m, q) ==> 0 <= from ==> to <= q ==>
      (m < from || to <= m) ==> same_range{A, C}(y, from, to);
    lemma ranges_without{A, B, C}: \forall double *y, integer m, q, from, to;
      range_without{A, B, C}(y, m, q, from, to);
    predicate sums_without{A, B, C}(double *L, size_t *S, double *w, double *y, integer d,
                                    integer m, integer q, integer from, integer to, integer k) =
      sums_at{A, B}(L, S, w, y, d, from, to, k) ==> same_but{B, C}(y, m, q) ==> 0 <= from ==>
      to <= q ==> (m < from || to <= m) ==> sums_at{A, C}(L, S, w, y, d, from, to, k);
    STEP(lemma sums_without_by{A, B, C}: \forall double *L, *w, *y, size_t *S,
      integer d, m, q, from, to, k;
      range_without{B, B, C}(y, m, q, from, to) ==>
      sums_kept{A, B, C}(L, S, w, y, d, from, to, k) ==>
      sums_without{A, B, C}(L, S, w, y, d, m, q, from, to, k);)
    lemma sums_without_one{A, B, C}: \forall double *L, *w, *y, size_t *S,
      integer d, m, q, from, to, k;
      sums_without{A, B, C}(L, S, w, y, d, m, q, from, to, k);

    // Sums depend on their inputs only.
    predicate kept{A, B}(double *L, size_t *S, double *w, integer q, integer d) =
      same{A, B}(L, d * d) && same{A, B}(w, q) && same{A, B}(S, q) &&
      indices{A}(S, q, d) && 0 < d <= 0x100000;
    predicate block_row{A, B}(double *L, size_t *S, double *w, integer q, integer d, integer a) =
      kept{A, B}(L, S, w, q, d) ==> 0 <= a < q ==>
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
      kept{A, B}(L, S, w, q, d) ==> 0 <= a < q ==> 0 <= k <= q ==>
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
      kept{A, B}(L, S, w, q, d) ==> 0 <= a < q ==> 0 <= k <= q ==>
      sum_at{B, C}(L, S, w, y, d, a, k) ==> sum_at{A, C}(L, S, w, y, d, a, k);
    STEP(lemma sum_moves_by{A, B, C}: \forall double *L, *w, *y, size_t *S, integer q, d, a, k;
      sum_frame{A, B}(L, S, w, q, d, a, k) ==> sum_moved{A, B, C}(L, S, w, y, q, d, a, k);)
    STEP(lemma sum_moves{A, B, C}: \forall double *L, *w, *y, size_t *S, integer q, d, a, k;
      0 <= k ==> sum_moved{A, B, C}(L, S, w, y, q, d, a, k);)
    predicate sums_moved{A, B, C}(double *L, size_t *S, double *w, double *y, integer q, integer d,
                                  integer from, integer to, integer k) =
      kept{A, B}(L, S, w, q, d) ==> 0 <= from ==> to <= q ==> 0 <= k <= q ==>
      sums_at{B, C}(L, S, w, y, d, from, to, k) ==> sums_at{A, C}(L, S, w, y, d, from, to, k);
    predicate sums_carried{A, B, C}(double *L, size_t *S, double *w, double *y, integer d,
                                    integer from, integer to, integer k) =
      \forall integer a; from <= a < to ==>
        sum_at{B, C}(L, S, w, y, d, a, k) ==> sum_at{A, C}(L, S, w, y, d, a, k);
    STEP(lemma sums_carry{A, B, C}: \forall double *L, *w, *y, size_t *S,
      integer q, d, from, to, k;
      kept{A, B}(L, S, w, q, d) ==> 0 <= from ==> to <= q ==> 0 <= k <= q ==>
      sums_carried{A, B, C}(L, S, w, y, d, from, to, k);)
    STEP(lemma sums_move_by{A, B, C}: \forall double *L, *w, *y, size_t *S,
      integer q, d, from, to, k;
      sums_carried{A, B, C}(L, S, w, y, d, from, to, k) ==>
      sums_at{B, C}(L, S, w, y, d, from, to, k) ==> sums_at{A, C}(L, S, w, y, d, from, to, k);)
    lemma sums_move{A, B, C}: \forall double *L, *w, *y, size_t *S, integer q, d, from, to, k;
      0 <= k ==> sums_moved{A, B, C}(L, S, w, y, q, d, from, to, k);
*/

#endif
