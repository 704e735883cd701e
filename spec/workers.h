/** Submodels and submodel gradients depend on their inputs only: equal inputs in two states give
 *  equal results. */
#ifndef IST_SPEC_WORKERS_H
#define IST_SPEC_WORKERS_H

#include "submodel.h"

/*@ predicate submodel_frame{A, B, C}(double *x, double *s, size_t *S, double *w, integer q,
                                      integer d) =
      same{A, B}(x, d) ==> same{A, B}(s, d) ==> same_indices{A, B}(S, q) ==>
      indices{A}(S, q, d) ==> submodel_is{B, C}(x, s, S, w, q) ==> submodel_is{A, C}(x, s, S, w, q);
    lemma submodel_frames{A, B, C}: \forall double *x, *s, *w, size_t *S, integer q, d;
      submodel_frame{A, B, C}(x, s, S, w, q, d);
    predicate submodel_kept{A, B, C}(double *x, double *s, size_t *S, double *w, integer q) =
      submodel_is{A, B}(x, s, S, w, q) ==> same{B, C}(w, q) ==> submodel_is{A, C}(x, s, S, w, q);
    lemma submodels_kept{A, B, C}: \forall double *x, *s, *w, size_t *S, integer q;
      submodel_kept{A, B, C}(x, s, S, w, q);

    predicate gradient_entry_frame{A, B}(double *L, double *b, double *s, size_t *S, double *w,
                                         integer q, integer d, integer a) =
      same{A, B}(L, d * d) ==> same{A, B}(b, d) ==> same{A, B}(s, d) ==> same{A, B}(w, q) ==>
      same_indices{A, B}(S, q) ==> indices{A}(S, q, d) ==> 0 <= a < q ==> 0 < d <= 0x100000 ==>
      fl_block_gradient{A}(L, b, s, S, w, q, d, a) == fl_block_gradient{B}(L, b, s, S, w, q, d, a);
    STEP(lemma gradient_entry_frame_by_row{A, B}: \forall double *L, *b, *s, *w, size_t *S,
      integer q, d, a;
      row_inside(\at(S[a], A), d) ==>
      same_part{A, B}(L, entry(\at(S[a], A), 0, d), d, d * d) ==>
      same_gather_of{A, B}(part(L, entry(\at(S[a], A), 0, d)), S, w, q, d) ==>
      fl_block_dot_frame{A, B}(part(L, entry(\at(S[a], A), 0, d)), S, w, q) ==>
      part(L, entry(\at(S[a], A), 0, d)) == L + entry(\at(S[a], A), 0, d) ==>
      gradient_entry_frame{A, B}(L, b, s, S, w, q, d, a);)
    STEP(lemma gradient_entry_frames{A, B}: \forall double *L, *b, *s, *w, size_t *S, integer q, d,
      a;
      0 <= q ==> gradient_entry_frame{A, B}(L, b, s, S, w, q, d, a);)
    predicate gradient_frame{A, B, C}(double *L, double *b, double *s, size_t *S, double *w,
                                      double *g, integer q, integer d) =
      same{A, B}(L, d * d) ==> same{A, B}(b, d) ==> same{A, B}(s, d) ==> same{A, B}(w, q) ==>
      same_indices{A, B}(S, q) ==> indices{A}(S, q, d) ==> 0 < d <= 0x100000 ==>
      gradient_is{B, C}(L, b, s, S, w, g, q, d) ==> gradient_is{A, C}(L, b, s, S, w, g, q, d);
    lemma gradient_frames{A, B, C}: \forall double *L, *b, *s, *w, *g, size_t *S, integer q, d;
      0 <= q ==> gradient_frame{A, B, C}(L, b, s, S, w, g, q, d);
    predicate gradient_kept{A, B, C}(double *L, double *b, double *s, size_t *S, double *w,
                                     double *g, integer q, integer d) =
      gradient_is{A, B}(L, b, s, S, w, g, q, d) ==> same{B, C}(g, q) ==>
      gradient_is{A, C}(L, b, s, S, w, g, q, d);
    lemma gradients_kept{A, B, C}: \forall double *L, *b, *s, *w, *g, size_t *S, integer q, d;
      gradient_kept{A, B, C}(L, b, s, S, w, g, q, d);

    // The inputs are the same in both states.
    predicate same_inputs{A, B}(double *L, double *b, double *s, size_t *S, integer q, integer d) =
      same{A, B}(L, d * d) && same{A, B}(b, d) && same{A, B}(s, d) && same_indices{A, B}(S, q) &&
      indices{A}(S, q, d) && 0 < d <= 0x100000;
    // Submodels and gradients of one worker, moved from state to state.
    predicate gradient_moved{A, B, C}(double *L, double *b, double *s, size_t *S, double *w,
                                      double *g, integer q, integer d) =
      same_inputs{A, B}(L, b, s, S, q, d) ==> same{A, B}(w, q) ==>
      gradient_is{B, C}(L, b, s, S, w, g, q, d) ==> gradient_is{A, C}(L, b, s, S, w, g, q, d);
    lemma gradients_moved{A, B, C}: \forall double *L, *b, *s, *w, *g, size_t *S, integer q, d;
      0 <= q ==> gradient_moved{A, B, C}(L, b, s, S, w, g, q, d);

    // Every worker's matrix is symmetric.
    predicate all_symmetric{L}(double *L, integer n, integer stride, integer d) =
      \forall integer i; 0 <= i < n ==> symmetric(L + start(i, stride), d);
*/

#endif
