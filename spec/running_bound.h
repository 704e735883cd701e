/** One round of the running error bound: radii, merge and step together. */
#ifndef IST_SPEC_RUNNING_BOUND_H
#define IST_SPEC_RUNNING_BOUND_H

#include "all_radii.h"
#include "merged_radius.h"
#include "round_frame.h"

/*@ // A real iterate X within e of x and its exact round Y, for exact scales C and the exact
    // submodel gradients G; y is the computed iterate after the round, in state B.
    predicate exact_round{A, B}(ist_team t, double *x, double *e, double *sum, double *y, vector X,
                                vector C, vector G, vector Y, real gamma) =
      exact_workers{A}(t, x, e, X, C, G) &&
      exact_step{B}(X, G, t.block, start(t.n, t.q), t.d, gamma, (real)t.n, Y) &&
      \forall integer j; 0 <= j < t.d ==>
        stepped((real)\at(y[j], B), (real)\at(x[j], A), gamma, (real)\at(sum[j], A), (real)t.n);

    // What the kernel computes from states A (its inputs) and R (the radii), in state B.
    predicate kept{A, B}(size_t *block, double *x, double *e, double *g, double *sum, size_t *count,
                         integer d, integer m) =
      indices{A}(block, m, d) && same{A, B}(x, d) && same{A, B}(e, d) && same{A, B}(g, m) &&
      same{A, B}(sum, d) && same{A, B}(block, m) && same{A, B}(count, d);
    predicate round_bounded{A, R, B}(ist_team t, double *x, double *e, double *g, double *sum,
                                     size_t *count, double *coefficient, double *radius,
                                     double *merged_coefficient, double *merged_radius, double *f,
                                     real gamma) =
      all_workers_covered{A, R}(t, x, e, g, count, coefficient, radius, t.n) &&
      kept{A, B}(t.block, x, e, g, sum, count, t.d, start(t.n, t.q)) &&
      same{R, B}(coefficient, start(t.n, t.q)) && same{R, B}(radius, start(t.n, t.q)) &&
      members_counted{B, B}(count, t.block, start(t.n, t.q), t.d) &&
      merge_error{B, B}(g, t.block, sum, start(t.n, t.q), t.d) &&
      merge_error{B, B}(coefficient, t.block, merged_coefficient, start(t.n, t.q), t.d) &&
      merged_above{B, B}(radius, merged_radius, t.block, start(t.n, t.q), t.d) &&
      0 <= start(t.n, t.q) && 1 <= t.n && \abs(gamma) <= 0x1p100 &&
      \forall integer j; 0 <= j < t.d ==>
        step_error_above((real)\at(f[j], B), (real)\at(e[j], B), (real)\at(x[j], B), gamma,
                         (real)t.n, (real)\at(sum[j], B), (real)\at(merged_radius[j], B),
                         (real)\at(merged_coefficient[j], B));

    predicate all_covered_moved{A, R, B}(double *x, double *e, size_t *block, double *g,
                                         double *sum,
                                         size_t *count, double *coefficient, double *radius,
                                         vector X, vector G, integer d, integer m) =
      kept{A, B}(block, x, e, g, sum, count, d, m) ==>
      same{R, B}(coefficient, m) ==> same{R, B}(radius, m) ==>
      all_covered{A, R}(x, e, block, g, count, coefficient, radius, X, G, 0, m) ==>
      all_covered{B, B}(x, e, block, g, count, coefficient, radius, X, G, 0, m);
    STEP(lemma round_entries_same{A, B}: \forall double *x, *e, *g, *sum, size_t *block, *count,
      integer d, m, a; 0 <= a < m ==>
      kept{A, B}(block, x, e, g, sum, count, d, m) ==>
      entry_inputs_same{A, B}(x, e, block, g, count, a);)
    STEP(lemma all_covered_moved_entry_by{A, R, B}: \forall double *x, *e, *g, *sum, *coefficient,
      *radius, size_t *block, *count, vector X, G, integer d, m, a; 0 <= a < m ==>
      entry_covered_moved{A, R, B, B}(x, e, block, g, count, coefficient, radius, X, G, 0, a) ==>
      kept{A, B}(block, x, e, g, sum, count, d, m) ==>
      same{R, B}(coefficient, m) ==> same{R, B}(radius, m) ==>
      all_covered{A, R}(x, e, block, g, count, coefficient, radius, X, G, 0, m) ==>
      entry_covered_at{B, B}(x, e, block, g, count, coefficient, radius, X, G, 0, a);)
    STEP(lemma all_covered_moved_entry{A, R, B}: \forall double *x, *e, *g, *sum, *coefficient,
      *radius, size_t *block, *count, vector X, G, integer d, m, a; 0 <= a < m ==>
      kept{A, B}(block, x, e, g, sum, count, d, m) ==>
      same{R, B}(coefficient, m) ==> same{R, B}(radius, m) ==>
      all_covered{A, R}(x, e, block, g, count, coefficient, radius, X, G, 0, m) ==>
      entry_covered_at{B, B}(x, e, block, g, count, coefficient, radius, X, G, 0, a);)
    STEP(lemma alls_covered_moved{A, R, B}: \forall double *x, *e, *g, *sum, *coefficient,
      *radius, size_t *block, *count, vector X, G, integer d, m;
      all_covered_moved{A, R, B}(x, e, block, g, sum, count, coefficient, radius, X, G, d, m);)
    predicate close_moved{A, B}(double *x, vector X, double *e, integer d) =
      close{A}(x, X, e, d) ==> same{A, B}(x, d) ==> same{A, B}(e, d) ==> close{B}(x, X, e, d);
    STEP(lemma closes_moved{A, B}: \forall double *x, *e, vector X, integer d;
      close_moved{A, B}(x, X, e, d);)
    predicate step_moved_to{A, B}(double *x, double *sum, double *y, integer d, integer n,
                                  real gamma) =
      (\forall integer j; 0 <= j < d ==>
        stepped((real)\at(y[j], B), (real)\at(x[j], A), gamma, (real)\at(sum[j], A), (real)n)) ==>
      same{A, B}(x, d) ==> same{A, B}(sum, d) ==>
      \forall integer j; 0 <= j < d ==>
        stepped((real)\at(y[j], B), (real)\at(x[j], B), gamma, (real)\at(sum[j], B), (real)n);
    STEP(lemma steps_moved_to{A, B}: \forall double *x, *sum, *y, integer d, n, real gamma;
      step_moved_to{A, B}(x, sum, y, d, n, gamma);)

    predicate round_covered{A, R, B}(ist_team t, double *x, double *e, double *g, double *sum,
                                     size_t *count, double *coefficient, double *radius,
                                     double *merged_coefficient, double *merged_radius, double *f,
                                     double *y, vector X, vector C, vector G, vector Y,
                                     real gamma) =
      round_bounded{A, R, B}(t, x, e, g, sum, count, coefficient, radius, merged_coefficient,
                             merged_radius, f, gamma) ==>
      exact_round{A, B}(t, x, e, sum, y, X, C, G, Y, gamma) ==>
      round_hypotheses{B}(x, e, y, f, t.block, g, sum, count, coefficient, radius,
                          merged_coefficient, merged_radius, X, G, Y, start(t.n, t.q), t.d, gamma,
                          (real)t.n);
    STEP(lemma round_covered_by{A, R, B}: \forall ist_team t, double *x, *e, *g, *sum,
      *coefficient, *radius, *merged_coefficient, *merged_radius, *f, *y, size_t *count, real gamma,
      vector X, C, G, Y;
      covered_to{A, R}(t, x, e, g, count, coefficient, radius, X, C, G, t.n) ==>
      all_covered_moved{A, R, B}(x, e, t.block, g, sum, count, coefficient, radius, X, G, t.d,
                                 start(t.n, t.q)) ==>
      close_moved{A, B}(x, X, e, t.d) ==> step_moved_to{A, B}(x, sum, y, t.d, t.n, gamma) ==>
      round_covered{A, R, B}(t, x, e, g, sum, count, coefficient, radius, merged_coefficient,
                             merged_radius, f, y, X, C, G, Y, gamma);)
    STEP(lemma all_rounds_covered{A, R, B}: \forall ist_team t, double *x, *e, *g, *sum,
      *coefficient, *radius, *merged_coefficient, *merged_radius, *f, *y, size_t *count, real gamma,
      vector X, C, G, Y;
      round_covered{A, R, B}(t, x, e, g, sum, count, coefficient, radius, merged_coefficient,
                             merged_radius, f, y, X, C, G, Y, gamma);)
    lemma rounds_bounded{A, R, B}: \forall ist_team t, double *x, *e, *g, *sum, *coefficient,
      *radius, *merged_coefficient, *merged_radius, *f, *y, size_t *count, real gamma,
      vector X, C, G, Y;
      round_bounded{A, R, B}(t, x, e, g, sum, count, coefficient, radius, merged_coefficient,
                             merged_radius, f, gamma) ==>
      exact_round{A, B}(t, x, e, sum, y, X, C, G, Y, gamma) ==> close{B}(y, Y, f, t.d);
*/

#endif
