/** Distance of the computed product of a block with a submodel to the exact one. */
#ifndef IST_SPEC_BLOCK_PRODUCT_ERROR_H
#define IST_SPEC_BLOCK_PRODUCT_ERROR_H

#include "block_product.h"
#include "linear_error.h"

/*@ predicate block_dot_next{L}(double *row, size_t *S, double *w, integer q) =
      block_dot(row, S, w, q + 1) == block_dot(row, S, w, q) + row[S[q]] * w[q] &&
      abs_block_dot(row, S, w, q + 1) == abs_block_dot(row, S, w, q) + \abs(row[S[q]] * w[q]);
    STEP(lemma block_dot_unfold{L}: \forall double *row, *w, size_t *S, integer q; 0 <= q ==>
      block_dot_next(row, S, w, q);)

    predicate block_dot_near{L}(double *row, size_t *S, double *w, integer q) =
      q <= 0x10000000000 ==> abs_block_dot(row, S, w, q) <= 0x1p900 ==>
      \abs(fl_block_dot(row, S, w, q) - block_dot(row, S, w, q)) <=
        sum_error((real)q, abs_block_dot(row, S, w, q)) &&
      \abs(block_dot(row, S, w, q)) <= abs_block_dot(row, S, w, q);
    STEP(lemma block_dot_near_start{L}: \forall double *row, *w, size_t *S;
      block_dot_near(row, S, w, 0);)
    STEP(lemma block_dot_near_step{L}: \forall double *row, *w, size_t *S, integer q; 0 <= q ==>
      block_dot_next(row, S, w, q) ==> fl_block_dot_next(row, S, w, q) ==>
      dot_step(fl_block_dot(row, S, w, q), block_dot(row, S, w, q), abs_block_dot(row, S, w, q),
               (real)q, row[S[q]] * w[q]) ==>
      block_dot_near(row, S, w, q) ==> block_dot_near(row, S, w, q + 1);)
    STEP(lemma block_dot_near_inductive{L}: \forall double *row, *w, size_t *S, integer q;
      0 <= q ==>
      block_dot_near(row, S, w, q) ==> block_dot_near(row, S, w, q + 1);)
    STEP(lemma block_dots_near{L}: \forall double *row, *w, size_t *S, integer q; 0 <= q ==>
      block_dot_near(row, S, w, q);)

    predicate abs_block_dot_bound{L}(double *row, size_t *S, double *w, integer q, integer d,
                                     real A,
                                     real W) =
      bounded(row, d, A) ==> bounded(w, q, W) ==> indices(S, q, d) ==>
      0 <= abs_block_dot(row, S, w, q) <= q * (A * W);
    STEP(lemma abs_block_dot_bound_start{L}: \forall double *row, *w, size_t *S, integer d, real A,
      W;
      abs_block_dot_bound(row, S, w, 0, d, A, W);)
    STEP(lemma abs_block_dot_bound_step{L}: \forall double *row, *w, size_t *S, integer q, d,
      real A, W;
      0 <= q ==> block_dot_next(row, S, w, q) ==>
      product_bound((real)row[S[q]], (real)w[q], A, W) ==> count_next(q, A * W) ==>
      abs_block_dot_bound(row, S, w, q, d, A, W) ==>
      abs_block_dot_bound(row, S, w, q + 1, d, A, W);)
    STEP(lemma abs_block_dot_bound_inductive{L}: \forall double *row, *w, size_t *S, integer q, d,
      real A, W; 0 <= q ==> abs_block_dot_bound(row, S, w, q, d, A, W) ==>
      abs_block_dot_bound(row, S, w, q + 1, d, A, W);)
    STEP(lemma abs_block_dot_bounds{L}: \forall double *row, *w, size_t *S, integer q, d, real A, W;
      0 <= q ==> abs_block_dot_bound(row, S, w, q, d, A, W);)

    predicate product_count(integer q) = 0 <= q <= 0x100000 ==> q * (0x1p160 * 0x1p261) <= 0x1p460;
    STEP(lemma product_counts: \forall integer q; product_count(q);)

    // The product of the block, entry by entry.
    predicate row_inputs{L}(double *L, size_t *S, double *w, integer q, integer d, integer a) =
      bounded(L, d * d, 0x1p160) ==> indices(S, q, d) ==> 0 <= q <= d <= 0x100000 ==>
      0 <= a < q ==> bounded(L + entry(S[a], 0, d), d, 0x1p160);
    STEP(lemma row_inputs_by{L}: \forall double *L, *w, size_t *S, integer q, d, a;
      row_inside(S[a], d) ==> bounded_part(L, entry(S[a], 0, d), d, d * d, 0x1p160) ==>
      part(L, entry(S[a], 0, d)) == L + entry(S[a], 0, d) ==> row_inputs(L, S, w, q, d, a);)
    predicate block_row_near{L}(double *L, size_t *S, double *w, integer q, integer d, integer a) =
      bounded(L, d * d, 0x1p160) ==> bounded(w, q, 0x1p261) ==> indices(S, q, d) ==>
      0 <= q <= d <= 0x100000 ==> 0 <= a < q ==>
      \abs(fl_block_dot(L + entry(S[a], 0, d), S, w, q) -
           block_dot(L + entry(S[a], 0, d), S, w, q)) <=
        sum_error((real)q, abs_block_dot(L + entry(S[a], 0, d), S, w, q));
    STEP(lemma block_row_near_by{L}: \forall double *L, *w, size_t *S, integer q, d, a;
      row_inputs(L, S, w, q, d, a) ==>
      abs_block_dot_bound(L + entry(S[a], 0, d), S, w, q, d, 0x1p160, 0x1p261) ==>
      product_count(q) ==> block_dot_near(L + entry(S[a], 0, d), S, w, q) ==>
      block_row_near(L, S, w, q, d, a);)
    STEP(lemma block_rows_near{L}: \forall double *L, *w, size_t *S, integer q, d, a;
      block_row_near(L, S, w, q, d, a);)
    predicate product_entry_near{A, B}(double *L, size_t *S, double *w, double *y, integer q,
                                       integer d, integer a) =
      bounded{A}(L, d * d, 0x1p160) ==> bounded{A}(w, q, 0x1p261) ==> indices{A}(S, q, d) ==>
      0 <= q <= d <= 0x100000 ==> 0 <= a < q ==> sum_at{A, B}(L, S, w, y, d, a, q) ==>
      \abs(\at(y[a], B) - block_dot{A}(L + entry(\at(S[a], A), 0, d), S, w, q)) <=
        sum_error((real)q, abs_block_dot{A}(L + entry(\at(S[a], A), 0, d), S, w, q));
    STEP(lemma product_entry_near_by{A, B}: \forall double *L, *w, *y, size_t *S, integer q, d, a;
      block_row_near{A}(L, S, w, q, d, a) ==> product_entry_near{A, B}(L, S, w, y, q, d, a);)
    STEP(lemma product_entries_near{A, B}: \forall double *L, *w, *y, size_t *S, integer q, d, a;
      product_entry_near{A, B}(L, S, w, y, q, d, a);)
    predicate block_product_error_of{A, B}(double *L, size_t *S, double *w, double *y, integer q,
                                           integer d) =
      bounded{A}(L, d * d, 0x1p160) ==> bounded{A}(w, q, 0x1p261) ==> indices{A}(S, q, d) ==>
      0 <= q <= d <= 0x100000 ==> sums_at{A, B}(L, S, w, y, d, 0, q, q) ==>
      block_product_near{A, B}(L, S, w, y, q, d);
    lemma block_product_errors{A, B}: \forall double *L, *w, *y, size_t *S, integer q, d;
      block_product_error_of{A, B}(L, S, w, y, q, d);
*/

#endif
