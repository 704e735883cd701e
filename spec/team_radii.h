/** The radii of a team's workers, one worker after the other. */
#ifndef IST_SPEC_TEAM_RADII_H
#define IST_SPEC_TEAM_RADII_H

#include "all_radii.h"
#include "exact_team.h"
#include "radius_error.h"

/*@ // What the radii are computed from is the same in both states.
    predicate kept{A, B}(ist_team t, double *x, double *e, double *w, double *g, size_t *count) =
      kept{A, B}(t) && same{A, B}(x, t.d) && same{A, B}(e, t.d) &&
      same{A, B}(w, start(t.n, t.q)) && same{A, B}(g, start(t.n, t.q)) && same{A, B}(count, t.d);
    predicate inputs_kept_at{A, B}(ist_team t, double *x, double *e, double *w, double *g,
                                   size_t *count, integer i) =
      sized(t) ==> well_formed{A}(t) ==> kept{A, B}(t, x, e, w, g, count) ==> 0 <= i < t.n ==>
      kept{A, B}(t.L + start(i, t.L_stride), t.b + start(i, t.b_stride),
                 t.s + start(i, t.s_stride), t.block + start(i, t.q), x, e, w + start(i, t.q),
                 g + start(i, t.q), count, t.q, t.d);
    STEP(lemma inputs_kept_at_by{A, B}: \forall ist_team t, double *x, *e, *w, *g, size_t *count,
      integer i; worker_kept{A, B}(t, i) ==> placed(t, i) ==>
      same_part{A, B}(w, start(i, t.q), t.q, start(t.n, t.q)) ==>
      part(w, start(i, t.q)) == w + start(i, t.q) ==>
      same_part{A, B}(g, start(i, t.q), t.q, start(t.n, t.q)) ==>
      part(g, start(i, t.q)) == g + start(i, t.q) ==>
      inputs_kept_at{A, B}(t, x, e, w, g, count, i);)
    STEP(lemma all_inputs_kept_at{A, B}: \forall ist_team t, double *x, *e, *w, *g, size_t *count,
      integer i; inputs_kept_at{A, B}(t, x, e, w, g, count, i);)

    // So worker i's submodel and gradient are still within their errors.
    predicate near_kept_at{A, B}(ist_team t, double *x, double *e, double *w, double *g,
                                 size_t *count, integer i) =
      sized(t) ==> well_formed{A}(t) ==> kept{A, B}(t, x, e, w, g, count) ==> 0 <= i < t.n ==>
      submodels_near{A, A}(t, x, w) ==> gradients_near{A, A}(t, w, g) ==>
      submodel_near{B, B}(x, t.s + start(i, t.s_stride), t.block + start(i, t.q),
                          w + start(i, t.q), t.q) &&
      gradient_near{B, B}(t.L + start(i, t.L_stride), t.b + start(i, t.b_stride),
                          t.s + start(i, t.s_stride), t.block + start(i, t.q),
                          w + start(i, t.q), g + start(i, t.q), t.q, t.d);
    STEP(lemma near_kept_at_by{A, B}: \forall ist_team t, double *x, *e, *w, *g, size_t *count,
      integer i; inputs_kept_at{A, B}(t, x, e, w, g, count, i) ==>
      worker_near_kept{A, B}(t.L + start(i, t.L_stride), t.b + start(i, t.b_stride),
        t.s + start(i, t.s_stride), t.block + start(i, t.q), x, e, w + start(i, t.q),
        g + start(i, t.q), count, t.q, t.d) ==>
      near_kept_at{A, B}(t, x, e, w, g, count, i);)
    lemma all_near_kept_at{A, B}: \forall ist_team t, double *x, *e, *w, *g, size_t *count,
      integer i; near_kept_at{A, B}(t, x, e, w, g, count, i);

    // Those of the first workers are kept with the entries before the next one's.
    predicate radii_carried{A, B, C}(ist_team t, double *x, double *e, double *g, size_t *count,
                                     double *coefficient, double *radius, integer n) =
      all_workers_covered{A, B}(t, x, e, g, count, coefficient, radius, n) ==>
      same{B, C}(coefficient, start(n, t.q)) ==> same{B, C}(radius, start(n, t.q)) ==>
      all_workers_covered{A, C}(t, x, e, g, count, coefficient, radius, n);
    STEP(lemma radii_carried_at_by{A, B, C}: \forall ist_team t, double *x, *e, *g, *coefficient,
      *radius, size_t *count, integer n, i;
      all_workers_covered{A, B}(t, x, e, g, count, coefficient, radius, n) ==>
      same{B, C}(coefficient, start(n, t.q)) ==> same{B, C}(radius, start(n, t.q)) ==>
      0 <= i < n ==> 0 <= start(i, t.q) && start(i, t.q) + t.q <= start(n, t.q) ==>
      same_part{B, C}(coefficient, start(i, t.q), t.q, start(n, t.q)) ==>
      part(coefficient, start(i, t.q)) == coefficient + start(i, t.q) ==>
      same_part{B, C}(radius, start(i, t.q), t.q, start(n, t.q)) ==>
      part(radius, start(i, t.q)) == radius + start(i, t.q) ==>
      worker_covered_kept{A, B, C}(t.L + start(i, t.L_stride), t.b + start(i, t.b_stride),
        t.s + start(i, t.s_stride), t.block + start(i, t.q), x, e, g + start(i, t.q), count,
        coefficient + start(i, t.q), radius + start(i, t.q), t.q, t.d, start(i, t.s_stride),
        start(i, t.q)) ==>
      worker_i_covered{A, C}(t, x, e, g, count, coefficient, radius, i);)
    STEP(lemma radii_carried_at{A, B, C}: \forall ist_team t, double *x, *e, *g, *coefficient,
      *radius, size_t *count, integer n, i;
      all_workers_covered{A, B}(t, x, e, g, count, coefficient, radius, n) ==>
      same{B, C}(coefficient, start(n, t.q)) ==> same{B, C}(radius, start(n, t.q)) ==>
      0 <= i < n ==> worker_i_covered{A, C}(t, x, e, g, count, coefficient, radius, i);)
    STEP(lemma all_radii_carried{A, B, C}: \forall ist_team t, double *x, *e, *g, *coefficient,
      *radius, size_t *count, integer n;
      radii_carried{A, B, C}(t, x, e, g, count, coefficient, radius, n);)

    // Worker i's, computed in state B from what is the same in state A, are one more.
    predicate radii_next{A, B, C}(ist_team t, double *x, double *e, double *w, double *g,
                                  size_t *count, double *coefficient, double *radius, integer i) =
      sized(t) ==> well_formed{A}(t) ==> kept{A, B}(t, x, e, w, g, count) ==> 0 <= i < t.n ==>
      all_workers_covered{A, B}(t, x, e, g, count, coefficient, radius, i) ==>
      same{B, C}(coefficient, start(i, t.q)) ==> same{B, C}(radius, start(i, t.q)) ==>
      worker_i_covered{B, C}(t, x, e, g, count, coefficient, radius, i) ==>
      all_workers_covered{A, C}(t, x, e, g, count, coefficient, radius, i + 1);
    STEP(lemma radii_next_by{A, B, C}: \forall ist_team t, double *x, *e, *w, *g, *coefficient,
      *radius, size_t *count, integer i;
      radii_carried{A, B, C}(t, x, e, g, count, coefficient, radius, i) ==>
      inputs_kept_at{A, B}(t, x, e, w, g, count, i) ==>
      worker_covered_before{A, B, C}(t.L + start(i, t.L_stride), t.b + start(i, t.b_stride),
        t.s + start(i, t.s_stride), t.block + start(i, t.q), x, e, w + start(i, t.q),
        g + start(i, t.q), count, coefficient + start(i, t.q), radius + start(i, t.q), t.q, t.d,
        start(i, t.s_stride), start(i, t.q)) ==>
      radii_next{A, B, C}(t, x, e, w, g, count, coefficient, radius, i);)
    lemma all_radii_next{A, B, C}: \forall ist_team t, double *x, *e, *w, *g, *coefficient,
      *radius, size_t *count, integer i;
      radii_next{A, B, C}(t, x, e, w, g, count, coefficient, radius, i);
*/

#endif
