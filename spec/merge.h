/** Model of the merge in binary64. */
#ifndef IST_SPEC_MERGE_H
#define IST_SPEC_MERGE_H

#include "magnitude.h"
#include "arrays.h"

/*@ // Sum at coordinate j of the entries g[k], k < m, that belong to it (block[k] == j).
    logic real fl_merge{L}(double *g, size_t *block, integer m, integer j) =
      m <= 0 ? 0.0 :
      (block[m - 1] == j ? fl_add(fl_merge(g, block, m - 1, j), g[m - 1])
                         : fl_merge(g, block, m - 1, j));
    predicate fl_merge_next{L}(double *g, size_t *block, integer m, integer j) =
      fl_merge(g, block, m + 1, j) ==
        (block[m] == j ? fl_add(fl_merge(g, block, m, j), g[m]) : fl_merge(g, block, m, j));
    lemma fl_merge_unfold{L}: \forall double *g, size_t *block, integer m, j;
      0 <= m ==> fl_merge_next(g, block, m, j);

    // Frame: equal entries at equal coordinates have equal sums.
    predicate fl_merge_frame{A, B}(double *g, size_t *block, integer m, integer j) =
      same{A, B}(g, m) ==> same{A, B}(block, m) ==>
        fl_merge{A}(g, block, m, j) == fl_merge{B}(g, block, m, j);
    STEP(lemma fl_merge_frame_step{A, B}: \forall double *g, size_t *block, integer m, j; 0 <= m ==>
      fl_merge_next{A}(g, block, m, j) ==> fl_merge_next{B}(g, block, m, j) ==>
      fl_merge_frame{A, B}(g, block, m, j) ==> fl_merge_frame{A, B}(g, block, m + 1, j);)
    STEP(lemma fl_merge_frame_inductive{A, B}: \forall double *g, size_t *block, integer m, j;
      0 <= m ==> fl_merge_frame{A, B}(g, block, m, j) ==> fl_merge_frame{A, B}(g, block, m + 1, j);)
    STEP(lemma fl_merge_frames{A, B}: \forall double *g, size_t *block, integer m, j;
      0 <= m ==> fl_merge_frame{A, B}(g, block, m, j);)

    // sum, in state B, is the merge of the entries g and their coordinates in state A.
    predicate merge_is{A, B}(double *g, size_t *block, double *sum, integer m, integer d) =
      \forall integer j; 0 <= j < d ==> \at(sum[j], B) == fl_merge{A}(g, block, m, j);
    predicate merge_kept{A, B, C}(double *g, size_t *block, double *sum, integer m, integer d) =
      merge_is{A, B}(g, block, sum, m, d) ==> same{A, C}(g, m) ==> same{A, C}(block, m) ==>
      same{B, C}(sum, d) ==> merge_is{C, C}(g, block, sum, m, d);
    lemma merges_kept{A, B, C}: \forall double *g, *sum, size_t *block, integer m, d; 0 <= m ==>
      merge_kept{A, B, C}(g, block, sum, m, d);
*/

#endif
