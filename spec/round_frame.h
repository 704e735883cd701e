/** Exact merged sums depend on their inputs only: equal inputs in two states give equal sums. */
#ifndef IST_SPEC_ROUND_FRAME_H
#define IST_SPEC_ROUND_FRAME_H

#include "arrays.h"
#include "round_error.h"

/*@ predicate members_move{L}(size_t *block, integer m, integer j) =
      members(block, m + 1, j) == members(block, m, j) + (block[m] == j ? 1 : 0);
    STEP(lemma members_moves{L}: \forall size_t *block, integer m, j; 0 <= m ==>
      members_move(block, m, j);)
    predicate members_frame{A, B}(size_t *block, integer m, integer j) =
      same{A, B}(block, m) ==> members{A}(block, m, j) == members{B}(block, m, j);
    STEP(lemma members_frame_step{A, B}: \forall size_t *block, integer m, j; 0 <= m ==>
      members_move{A}(block, m, j) ==> members_move{B}(block, m, j) ==>
      members_frame{A, B}(block, m, j) ==> members_frame{A, B}(block, m + 1, j);)
    STEP(lemma members_frame_inductive{A, B}: \forall size_t *block, integer m, j; 0 <= m ==>
      members_frame{A, B}(block, m, j) ==> members_frame{A, B}(block, m + 1, j);)
    STEP(lemma members_frames{A, B}: \forall size_t *block, integer m, j; 0 <= m ==>
      members_frame{A, B}(block, m, j);)
    predicate merged_move{L}(double *g, size_t *block, integer m, integer j) =
      (block[m] == j ==> merged(g, block, m + 1, j) == merged(g, block, m, j) + g[m] &&
        abs_merged(g, block, m + 1, j) == abs_merged(g, block, m, j) + \abs((real)g[m])) &&
      (block[m] != j ==> merged(g, block, m + 1, j) == merged(g, block, m, j) &&
        abs_merged(g, block, m + 1, j) == abs_merged(g, block, m, j));
    STEP(lemma merged_moves{L}: \forall double *g, size_t *block, integer m, j; 0 <= m ==>
      merged_move(g, block, m, j);)
    predicate merged_frame{A, B}(double *g, size_t *block, integer m, integer j) =
      same{A, B}(g, m) ==> same{A, B}(block, m) ==>
      merged{A}(g, block, m, j) == merged{B}(g, block, m, j) &&
      abs_merged{A}(g, block, m, j) == abs_merged{B}(g, block, m, j);
    STEP(lemma merged_frame_step{A, B}: \forall double *g, size_t *block, integer m, j; 0 <= m ==>
      merged_move{A}(g, block, m, j) ==> merged_move{B}(g, block, m, j) ==>
      merged_frame{A, B}(g, block, m, j) ==> merged_frame{A, B}(g, block, m + 1, j);)
    STEP(lemma merged_frame_inductive{A, B}: \forall double *g, size_t *block, integer m, j;
      0 <= m ==> merged_frame{A, B}(g, block, m, j) ==> merged_frame{A, B}(g, block, m + 1, j);)
    STEP(lemma merged_frames{A, B}: \forall double *g, size_t *block, integer m, j; 0 <= m ==>
      merged_frame{A, B}(g, block, m, j);)

    // What was said of an earlier state, of this one.
    predicate counted_kept{A, B, C}(size_t *count, size_t *block, integer m, integer d) =
      members_counted{A, B}(count, block, m, d) ==> same{A, C}(block, m) ==>
      same{B, C}(count, d) ==> members_counted{C, C}(count, block, m, d);
    lemma counts_kept{A, B, C}: \forall size_t *count, *block, integer m, d; 0 <= m ==>
      counted_kept{A, B, C}(count, block, m, d);
    predicate merged_above_kept{A, B, C}(double *r, double *sum, size_t *block, integer m,
                                         integer d) =
      merged_above{A, B}(r, sum, block, m, d) ==> same{A, C}(r, m) ==>
      same{A, C}(block, m) ==> same{B, C}(sum, d) ==> merged_above{C, C}(r, sum, block, m, d);
    lemma merged_aboves_kept{A, B, C}: \forall double *r, *sum, size_t *block, integer m, d;
      0 <= m ==> merged_above_kept{A, B, C}(r, sum, block, m, d);
    predicate merge_error_kept{A, B, C}(double *g, size_t *block, double *sum, integer m,
                                        integer d) =
      merge_error{A, B}(g, block, sum, m, d) ==> same{A, C}(g, m) ==>
      same{A, C}(block, m) ==> same{B, C}(sum, d) ==> merge_error{C, C}(g, block, sum, m, d);
    lemma merge_errors_kept{A, B, C}: \forall double *g, *sum, size_t *block, integer m, d;
      0 <= m ==> merge_error_kept{A, B, C}(g, block, sum, m, d);
*/

#endif
