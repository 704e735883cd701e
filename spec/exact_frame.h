/** Exact sums over a block depend on their inputs only: equal inputs in two states give
 *  equal sums. */
#ifndef IST_SPEC_EXACT_FRAME_H
#define IST_SPEC_EXACT_FRAME_H

#include "index.h"
#include "radius.h"
#include "same_row.h"
#include "kept.h"

/*@ predicate block_dot_unfolds{L}(double *row, size_t *S, double *w, integer q) =
      block_dot(row, S, w, q + 1) == block_dot(row, S, w, q) + row[S[q]] * w[q] &&
      abs_block_dot(row, S, w, q + 1) == abs_block_dot(row, S, w, q) + \abs(row[S[q]] * w[q]);
    STEP(lemma block_dots_unfold{L}: \forall double *row, *w, size_t *S, integer q; 0 <= q ==>
      block_dot_unfolds(row, S, w, q);)
    predicate block_dot_frame{A, B}(double *row, size_t *S, double *w, integer q) =
      same_row{A, B}(row, S, w, q) ==>
      block_dot{A}(row, S, w, q) == block_dot{B}(row, S, w, q) &&
      abs_block_dot{A}(row, S, w, q) == abs_block_dot{B}(row, S, w, q);
    STEP(lemma block_dot_frame_step{A, B}: \forall double *row, *w, size_t *S, integer q;
      same_row_next{A, B}(row, S, w, q) ==> block_dot_unfolds{A}(row, S, w, q) ==>
      block_dot_unfolds{B}(row, S, w, q) ==>
      equal_products((real)\at(row[S[q]], A), (real)\at(w[q], A), (real)\at(row[S[q]], B),
                     (real)\at(w[q], B)) ==>
      block_dot_frame{A, B}(row, S, w, q) ==> block_dot_frame{A, B}(row, S, w, q + 1);)
    STEP(lemma block_dot_frame_inductive{A, B}: \forall double *row, *w, size_t *S, integer q;
      0 <= q ==> block_dot_frame{A, B}(row, S, w, q) ==> block_dot_frame{A, B}(row, S, w, q + 1);)
    STEP(lemma block_dot_frames{A, B}: \forall double *row, *w, size_t *S, integer q; 0 <= q ==>
      block_dot_frame{A, B}(row, S, w, q);)

    predicate sketched_unfolds{L}(double *row, size_t *S, vector C, integer o, vector X,
                                  integer q) =
      sketched_dot(row, S, C, o, X, q + 1) == sketched_dot(row, S, C, o, X, q) +
        row[S[q]] * sketched_term(S, C, o, X, q);
    STEP(lemma all_sketched_unfold{L}: \forall double *row, size_t *S, vector C, X, integer o, q;
      0 <= q ==> sketched_unfolds(row, S, C, o, X, q);)
    predicate same_entries{A, B}(double *row, size_t *S, integer q) =
      \forall integer k; 0 <= k < q ==> \at(S[k], A) == \at(S[k], B) &&
        \at(row[\at(S[k], A)], A) == \at(row[\at(S[k], B)], B);
    predicate same_entries_next{A, B}(double *row, size_t *S, integer q) =
      same_entries{A, B}(row, S, q + 1) ==> same_entries{A, B}(row, S, q) &&
        \at(S[q], A) == \at(S[q], B) && \at(row[\at(S[q], A)], A) == \at(row[\at(S[q], B)], B);
    STEP(lemma same_entries_split{A, B}: \forall double *row, size_t *S, integer q; 0 <= q ==>
      same_entries_next{A, B}(row, S, q);)
    predicate same_entries_of{A, B}(double *row, size_t *S, integer q, integer d) =
      same{A, B}(row, d) ==> same{A, B}(S, q) ==> indices{A}(S, q, d) ==>
      same_entries{A, B}(row, S, q);
    STEP(lemma same_entries_ofs{A, B}: \forall double *row, size_t *S, integer q, d;
      same_entries_of{A, B}(row, S, q, d);)
    predicate sketched_frame{A, B}(double *row, size_t *S, vector C, integer o, vector X,
                                   integer q) =
      same_entries{A, B}(row, S, q) ==>
      sketched_dot{A}(row, S, C, o, X, q) == sketched_dot{B}(row, S, C, o, X, q);
    predicate sketched_term_frame{A, B}(size_t *S, vector C, integer o, vector X, integer q) =
      \at(S[q], A) == \at(S[q], B) ==>
      sketched_term{A}(S, C, o, X, q) == sketched_term{B}(S, C, o, X, q);
    STEP(lemma sketched_term_frame_by{A, B}: \forall size_t *S, vector C, X, integer o, q;
      equal_products(component(C, o + \at(S[q], A)), component(X, \at(S[q], A)),
                     component(C, o + \at(S[q], B)), component(X, \at(S[q], B))) ==>
      sketched_term_frame{A, B}(S, C, o, X, q);)
    STEP(lemma sketched_term_frames{A, B}: \forall size_t *S, vector C, X, integer o, q;
      sketched_term_frame{A, B}(S, C, o, X, q);)
    STEP(lemma sketched_frame_step{A, B}: \forall double *row, size_t *S, vector C, X, integer o, q;
      same_entries_next{A, B}(row, S, q) ==> sketched_term_frame{A, B}(S, C, o, X, q) ==>
      sketched_unfolds{A}(row, S, C, o, X, q) ==>
      sketched_unfolds{B}(row, S, C, o, X, q) ==>
      equal_products((real)\at(row[S[q]], A), sketched_term{A}(S, C, o, X, q),
                     (real)\at(row[S[q]], B), sketched_term{B}(S, C, o, X, q)) ==>
      sketched_frame{A, B}(row, S, C, o, X, q) ==> sketched_frame{A, B}(row, S, C, o, X, q + 1);)
    STEP(lemma sketched_frame_inductive{A, B}: \forall double *row, size_t *S, vector C, X,
      integer o, q; 0 <= q ==>
      sketched_frame{A, B}(row, S, C, o, X, q) ==> sketched_frame{A, B}(row, S, C, o, X, q + 1);)
    STEP(lemma sketched_frames{A, B}: \forall double *row, size_t *S, vector C, X, integer o, q;
      0 <= q ==> sketched_frame{A, B}(row, S, C, o, X, q);)

    predicate row_kept{A, B}(double *L, double *b, double *s, size_t *S, integer q, integer d,
                             integer a) =
      kept{A, B}(L, b, s, S, q, d) ==> 0 <= a < q ==>
      same{A, B}(L + entry(\at(S[a], A), 0, d), d) && \at(S[a], A) == \at(S[a], B) &&
      \at(b[S[a]], A) == \at(b[S[a]], B) && \at(s[S[a]], A) == \at(s[S[a]], B);
    STEP(lemma rows_kept_by{A, B}: \forall double *L, *b, *s, size_t *S, integer q, d, a;
      row_inside(\at(S[a], A), d) ==> same_part{A, B}(L, entry(\at(S[a], A), 0, d), d, d * d) ==>
      part(L, entry(\at(S[a], A), 0, d)) == L + entry(\at(S[a], A), 0, d) ==>
      row_kept{A, B}(L, b, s, S, q, d, a);)
    STEP(lemma rows_kept{A, B}: \forall double *L, *b, *s, size_t *S, integer q, d, a;
      row_kept{A, B}(L, b, s, S, q, d, a);)
    predicate gradient_near_kept{A, B}(double *L, double *b, double *s, size_t *S, double *w,
                                       double *g, integer q, integer d) =
      kept{A, B}(L, b, s, S, q, d) ==> same{A, B}(w, q) ==> same{A, B}(g, q) ==>
      gradient_near{A, A}(L, b, s, S, w, g, q, d) ==> gradient_near{B, B}(L, b, s, S, w, g, q, d);
    predicate gradient_entry_kept{A, B}(double *L, double *b, double *s, size_t *S, double *w,
                                        integer q, integer d, integer a) =
      kept{A, B}(L, b, s, S, q, d) ==> same{A, B}(w, q) ==> 0 <= a < q ==>
      block_gradient{A}(L, b, s, S, w, q, d, a) == block_gradient{B}(L, b, s, S, w, q, d, a) &&
      gradient_error{A}(L, b, s, S, w, q, d, a) == gradient_error{B}(L, b, s, S, w, q, d, a);
    predicate entry_sums_kept{A, B}(double *L, double *b, double *s, size_t *S, double *w,
                                    integer q, integer d, integer a) =
      kept{A, B}(L, b, s, S, q, d) ==> same{A, B}(w, q) ==> 0 <= a < q ==>
      block_dot{A}(L + entry(\at(S[a], A), 0, d), S, w, q) ==
        block_dot{B}(L + entry(\at(S[a], A), 0, d), S, w, q) &&
      abs_block_dot{A}(L + entry(\at(S[a], A), 0, d), S, w, q) ==
        abs_block_dot{B}(L + entry(\at(S[a], A), 0, d), S, w, q);
    STEP(lemma gradient_entries_kept_by{A, B}: \forall double *L, *b, *s, *w, size_t *S,
      integer q, d, a; row_kept{A, B}(L, b, s, S, q, d, a) ==>
      same_row_of{A, B}(L + entry(\at(S[a], A), 0, d), S, w, q, d) ==>
      block_dot_frame{A, B}(L + entry(\at(S[a], A), 0, d), S, w, q) ==>
      entry_sums_kept{A, B}(L, b, s, S, w, q, d, a);)
    STEP(lemma gradient_entries_kept_sums{A, B}: \forall double *L, *b, *s, *w, size_t *S,
      integer q, d, a; row_kept{A, B}(L, b, s, S, q, d, a) ==>
      entry_sums_kept{A, B}(L, b, s, S, w, q, d, a) ==>
      equal_products((real)\at(s[S[a]], A),
        block_dot{A}(L + entry(\at(S[a], A), 0, d), S, w, q) - \at(b[S[a]], A),
        (real)\at(s[S[a]], B),
        block_dot{B}(L + entry(\at(S[a], B), 0, d), S, w, q) - \at(b[S[a]], B)) ==>
      gradient_entry_kept{A, B}(L, b, s, S, w, q, d, a);)
    STEP(lemma gradient_entries_kept{A, B}: \forall double *L, *b, *s, *w, size_t *S,
      integer q, d, a; 0 <= q ==> gradient_entry_kept{A, B}(L, b, s, S, w, q, d, a);)
    lemma gradients_near_kept{A, B}: \forall double *L, *b, *s, *w, *g, size_t *S, integer q, d;
      0 <= q ==> gradient_near_kept{A, B}(L, b, s, S, w, g, q, d);
    predicate sketched_entry_kept{A, B}(double *L, double *b, double *s, size_t *S, vector C,
                                        integer o, vector X, integer q, integer d, integer a) =
      kept{A, B}(L, b, s, S, q, d) ==> 0 <= a < q ==>
      sketched_gradient{A}(L, b, S, C, o, X, q, d, a) ==
        sketched_gradient{B}(L, b, S, C, o, X, q, d, a);
    predicate sketched_sum_kept{A, B}(double *L, double *b, double *s, size_t *S, vector C,
                                      integer o, vector X, integer q, integer d, integer a) =
      kept{A, B}(L, b, s, S, q, d) ==> 0 <= a < q ==>
      sketched_dot{A}(L + entry(\at(S[a], A), 0, d), S, C, o, X, q) ==
        sketched_dot{B}(L + entry(\at(S[a], A), 0, d), S, C, o, X, q);
    STEP(lemma sketched_entries_kept_by{A, B}: \forall double *L, *b, *s, size_t *S, vector C, X,
      integer o, q, d, a; row_kept{A, B}(L, b, s, S, q, d, a) ==>
      same_entries_of{A, B}(L + entry(\at(S[a], A), 0, d), S, q, d) ==>
      sketched_frame{A, B}(L + entry(\at(S[a], A), 0, d), S, C, o, X, q) ==>
      sketched_sum_kept{A, B}(L, b, s, S, C, o, X, q, d, a);)
    STEP(lemma sketched_entries_kept_sum{A, B}: \forall double *L, *b, *s, size_t *S, vector C, X,
      integer o, q, d, a; row_kept{A, B}(L, b, s, S, q, d, a) ==>
      sketched_sum_kept{A, B}(L, b, s, S, C, o, X, q, d, a) ==>
      equal_products(component(C, o + \at(S[a], A)),
        sketched_dot{A}(L + entry(\at(S[a], A), 0, d), S, C, o, X, q) - \at(b[S[a]], A),
        component(C, o + \at(S[a], B)),
        sketched_dot{B}(L + entry(\at(S[a], B), 0, d), S, C, o, X, q) - \at(b[S[a]], B)) ==>
      sketched_entry_kept{A, B}(L, b, s, S, C, o, X, q, d, a);)
    STEP(lemma sketched_entries_kept{A, B}: \forall double *L, *b, *s, size_t *S, vector C, X,
      integer o, q, d, a; 0 <= q ==> sketched_entry_kept{A, B}(L, b, s, S, C, o, X, q, d, a);)
    predicate sketched_kept{A, B}(double *L, double *b, double *s, size_t *S, vector C, integer o,
                                  vector X, vector G, integer p, integer q, integer d) =
      kept{A, B}(L, b, s, S, q, d) ==>
      sketched_gradients{A}(L, b, S, C, o, X, G, p, q, d) ==>
      sketched_gradients{B}(L, b, S, C, o, X, G, p, q, d);
    lemma all_sketched_kept{A, B}: \forall double *L, *b, *s, size_t *S, vector C, X, G,
      integer o, p, q, d; 0 <= q ==> sketched_kept{A, B}(L, b, s, S, C, o, X, G, p, q, d);
*/

#endif
