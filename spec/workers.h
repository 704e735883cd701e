/** Submodels and submodel gradients depend on their inputs only: equal inputs in two states give
 *  equal results. */
#ifndef IST_SPEC_WORKERS_H
#define IST_SPEC_WORKERS_H

#include "submodel.h"
#include "kept.h"

/*@ predicate submodel_frame{A, B, C}(double *x, double *s, size_t *S, double *w, integer q,
                                      integer d) =
      same{A, B}(x, d) ==> same{A, B}(s, d) ==> same{A, B}(S, q) ==>
      indices{A}(S, q, d) ==> submodel_is{B, C}(x, s, S, w, q) ==> submodel_is{A, C}(x, s, S, w, q);
    lemma submodel_frames{A, B, C}: \forall double *x, *s, *w, size_t *S, integer q, d;
      submodel_frame{A, B, C}(x, s, S, w, q, d);
    predicate submodel_kept{A, B, C}(double *x, double *s, size_t *S, double *w, integer q) =
      submodel_is{A, B}(x, s, S, w, q) ==> same{B, C}(w, q) ==> submodel_is{A, C}(x, s, S, w, q);
    lemma submodels_kept{A, B, C}: \forall double *x, *s, *w, size_t *S, integer q;
      submodel_kept{A, B, C}(x, s, S, w, q);

    predicate gradient_entry_frame{A, B}(double *L, double *b, double *s, size_t *S, double *w,
                                         integer q, integer d, integer a) =
      kept{A, B}(L, b, s, S, q, d) ==> same{A, B}(w, q) ==> 0 <= a < q ==>
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
      kept{A, B}(L, b, s, S, q, d) ==> same{A, B}(w, q) ==>
      gradient_is{B, C}(L, b, s, S, w, g, q, d) ==> gradient_is{A, C}(L, b, s, S, w, g, q, d);
    lemma gradient_frames{A, B, C}: \forall double *L, *b, *s, *w, *g, size_t *S, integer q, d;
      0 <= q ==> gradient_frame{A, B, C}(L, b, s, S, w, g, q, d);
    predicate gradient_kept{A, B, C}(double *L, double *b, double *s, size_t *S, double *w,
                                     double *g, integer q, integer d) =
      gradient_is{A, B}(L, b, s, S, w, g, q, d) ==> same{B, C}(g, q) ==>
      gradient_is{A, C}(L, b, s, S, w, g, q, d);
    lemma gradients_kept{A, B, C}: \forall double *L, *b, *s, *w, *g, size_t *S, integer q, d;
      gradient_kept{A, B, C}(L, b, s, S, w, g, q, d);

    // Submodels and gradients of a team's workers, worker i's part of w and of g from start(i, q)
    // on.
    predicate submodel_at{A, B}(ist_team t, double *x, double *w, integer i) =
      submodel_is{A, B}(x, t.s + start(i, t.s_stride), t.block + start(i, t.q),
                        w + start(i, t.q), t.q);
    predicate submodels_are{A, B}(ist_team t, double *x, double *w, integer n) =
      \forall integer i; 0 <= i < n ==> submodel_at{A, B}(t, x, w, i);
    predicate gradient_at{A, B}(ist_team t, double *w, double *g, integer i) =
      gradient_is{A, B}(t.L + start(i, t.L_stride), t.b + start(i, t.b_stride),
                        t.s + start(i, t.s_stride), t.block + start(i, t.q), w + start(i, t.q),
                        g + start(i, t.q), t.q, t.d);
    predicate gradients_are{A, B}(ist_team t, double *w, double *g, integer n) =
      \forall integer i; 0 <= i < n ==> gradient_at{A, B}(t, w, g, i);

    // Those of the first workers are kept with the entries before the next one's.
    predicate submodels_carried{A, B, C}(ist_team t, double *x, double *w, integer n) =
      submodels_are{A, B}(t, x, w, n) ==> same{B, C}(w, start(n, t.q)) ==>
      submodels_are{A, C}(t, x, w, n);
    STEP(lemma submodel_at_kept{A, B, C}: \forall ist_team t, double *x, *w, integer n, i;
      submodels_are{A, B}(t, x, w, n) ==> same{B, C}(w, start(n, t.q)) ==> 0 <= i < n ==>
      0 <= start(i, t.q) && start(i, t.q) + t.q <= start(n, t.q) ==>
      same_part{B, C}(w, start(i, t.q), t.q, start(n, t.q)) ==>
      part(w, start(i, t.q)) == w + start(i, t.q) ==>
      submodel_kept{A, B, C}(x, t.s + start(i, t.s_stride), t.block + start(i, t.q),
                             w + start(i, t.q), t.q) ==>
      submodel_at{A, C}(t, x, w, i);)
    lemma all_submodels_carried{A, B, C}: \forall ist_team t, double *x, *w, integer n;
      submodels_carried{A, B, C}(t, x, w, n);
    predicate gradients_carried{A, B, C}(ist_team t, double *w, double *g, integer n) =
      gradients_are{A, B}(t, w, g, n) ==> same{B, C}(g, start(n, t.q)) ==>
      gradients_are{A, C}(t, w, g, n);
    STEP(lemma gradient_at_kept{A, B, C}: \forall ist_team t, double *w, *g, integer n, i;
      gradients_are{A, B}(t, w, g, n) ==> same{B, C}(g, start(n, t.q)) ==> 0 <= i < n ==>
      0 <= start(i, t.q) && start(i, t.q) + t.q <= start(n, t.q) ==>
      same_part{B, C}(g, start(i, t.q), t.q, start(n, t.q)) ==>
      part(g, start(i, t.q)) == g + start(i, t.q) ==>
      gradient_kept{A, B, C}(t.L + start(i, t.L_stride), t.b + start(i, t.b_stride),
        t.s + start(i, t.s_stride), t.block + start(i, t.q), w + start(i, t.q),
        g + start(i, t.q), t.q, t.d) ==>
      gradient_at{A, C}(t, w, g, i);)
    STEP(lemma gradient_at_carried{A, B, C}: \forall ist_team t, double *w, *g, integer n, i;
      gradients_are{A, B}(t, w, g, n) ==> same{B, C}(g, start(n, t.q)) ==> 0 <= i < n ==>
      gradient_at{A, C}(t, w, g, i);)
    lemma all_gradients_carried{A, B, C}: \forall ist_team t, double *w, *g, integer n;
      gradients_carried{A, B, C}(t, w, g, n);

    // Worker i's, computed in state B from what is the same in state A, is one more.
    predicate submodels_next{A, B, C}(ist_team t, double *x, double *w, integer i) =
      sized(t) ==> well_formed{A}(t) ==> kept{A, B}(t) ==> same{A, B}(x, t.d) ==> 0 <= i < t.n ==>
      submodels_are{A, B}(t, x, w, i) ==> same{B, C}(w, start(i, t.q)) ==>
      submodel_at{B, C}(t, x, w, i) ==> submodels_are{A, C}(t, x, w, i + 1);
    STEP(lemma submodels_next_by{A, B, C}: \forall ist_team t, double *x, *w, integer i;
      submodels_carried{A, B, C}(t, x, w, i) ==> worker_kept{A, B}(t, i) ==>
      submodel_frame{A, B, C}(x, t.s + start(i, t.s_stride), t.block + start(i, t.q),
                              w + start(i, t.q), t.q, t.d) ==>
      submodels_next{A, B, C}(t, x, w, i);)
    lemma all_submodels_next{A, B, C}: \forall ist_team t, double *x, *w, integer i;
      submodels_next{A, B, C}(t, x, w, i);
    predicate gradients_next{A, B, C}(ist_team t, double *w, double *g, integer i) =
      sized(t) ==> well_formed{A}(t) ==> kept{A, B}(t) ==> same{A, B}(w, start(t.n, t.q)) ==>
      0 <= i < t.n ==> gradients_are{A, B}(t, w, g, i) ==> same{B, C}(g, start(i, t.q)) ==>
      gradient_at{B, C}(t, w, g, i) ==> gradients_are{A, C}(t, w, g, i + 1);
    STEP(lemma gradients_next_by{A, B, C}: \forall ist_team t, double *w, *g, integer i;
      gradients_carried{A, B, C}(t, w, g, i) ==> worker_kept{A, B}(t, i) ==> placed(t, i) ==>
      same_part{A, B}(w, start(i, t.q), t.q, start(t.n, t.q)) ==>
      part(w, start(i, t.q)) == w + start(i, t.q) ==>
      gradient_frame{A, B, C}(t.L + start(i, t.L_stride), t.b + start(i, t.b_stride),
        t.s + start(i, t.s_stride), t.block + start(i, t.q), w + start(i, t.q),
        g + start(i, t.q), t.q, t.d) ==>
      gradients_next{A, B, C}(t, w, g, i);)
    lemma all_gradients_next{A, B, C}: \forall ist_team t, double *w, *g, integer i;
      gradients_next{A, B, C}(t, w, g, i);

    // All gradients, with everything of one state.
    predicate gradients_moved{A, B, C}(ist_team t, double *w, double *g) =
      sized(t) ==> well_formed{C}(t) ==> kept{C, A}(t) ==> same{C, A}(w, start(t.n, t.q)) ==>
      same{B, C}(g, start(t.n, t.q)) ==> gradients_are{A, B}(t, w, g, t.n) ==>
      gradients_are{C, C}(t, w, g, t.n);
    STEP(lemma gradient_at_moved{A, B, C}: \forall ist_team t, double *w, *g, integer i;
      0 <= i < t.n ==> sized(t) ==> well_formed{C}(t) ==> kept{C, A}(t) ==>
      same{C, A}(w, start(t.n, t.q)) ==> gradient_at{A, C}(t, w, g, i) ==>
      worker_kept{C, A}(t, i) ==> placed(t, i) ==>
      same_part{C, A}(w, start(i, t.q), t.q, start(t.n, t.q)) ==>
      part(w, start(i, t.q)) == w + start(i, t.q) ==>
      gradient_frame{C, A, C}(t.L + start(i, t.L_stride), t.b + start(i, t.b_stride),
        t.s + start(i, t.s_stride), t.block + start(i, t.q), w + start(i, t.q),
        g + start(i, t.q), t.q, t.d) ==>
      gradient_at{C, C}(t, w, g, i);)
    STEP(lemma gradients_moved_by{A, B, C}: \forall ist_team t, double *w, *g;
      gradients_carried{A, B, C}(t, w, g, t.n) ==> gradients_moved{A, B, C}(t, w, g);)
    lemma all_gradients_moved{A, B, C}: \forall ist_team t, double *w, *g;
      gradients_moved{A, B, C}(t, w, g);
*/

#endif
