/** One round of the running error bound: radii, merge and step together. */
#ifndef IST_SPEC_RUNNING_BOUND_H
#define IST_SPEC_RUNNING_BOUND_H

#include "all_radii.h"
#include "merged_radius.h"
#include "round_frame.h"

/*@ // A real iterate X within e of x and its exact round Y, for exact scales C and the exact submodel
    // gradients G; y is the computed iterate after the round, in state B.
    predicate exact_round{A, B}(double *L, integer L_stride, double *b, integer b_stride, double *s,
                                integer s_stride, size_t *block, double *x, double *e, double *sum,
                                double *y, vector X, vector C, vector G, vector Y, integer d,
                                integer n, integer q, real gamma) =
      exact_workers{A}(L, L_stride, b, b_stride, s, s_stride, block, x, e, X, C, G, q, d, n) &&
      exact_step{B}(X, G, block, start(n, q), d, gamma, (real)n, Y) &&
      \forall integer j; 0 <= j < d ==>
        stepped((real)\at(y[j], B), (real)\at(x[j], A), gamma, (real)\at(sum[j], A), (real)n);

    // What the kernel computes from states A (its inputs) and R (the radii), in state B.
    predicate round_inputs_same{A, B}(size_t *block, double *x, double *e, double *g, double *sum,
                                      size_t *count, integer d, integer m) =
      indices{A}(block, m, d) && same{A, B}(x, d) && same{A, B}(e, d) && same{A, B}(g, m) &&
      same{A, B}(sum, d) && same_indices{A, B}(block, m) && same_indices{A, B}(count, d);
    predicate round_bounded{A, R, B}(double *L, integer L_stride, double *b, integer b_stride,
                                     double *s, integer s_stride, size_t *block, double *x,
                                     double *e, double *g, double *sum, size_t *count,
                                     double *coefficient, double *radius,
                                     double *merged_coefficient, double *merged_radius, double *f,
                                     integer d, integer n, integer q, real gamma) =
      all_workers_covered{A, R}(L, L_stride, b, b_stride, s, s_stride, block, x, e, g, count,
                                coefficient, radius, q, d, n) &&
      round_inputs_same{A, B}(block, x, e, g, sum, count, d, start(n, q)) &&
      same{R, B}(coefficient, start(n, q)) && same{R, B}(radius, start(n, q)) &&
      members_counted{B, B}(count, block, start(n, q), d) &&
      merge_error{B, B}(g, block, sum, start(n, q), d) &&
      merge_error{B, B}(coefficient, block, merged_coefficient, start(n, q), d) &&
      merged_above{B, B}(radius, merged_radius, block, start(n, q), d) &&
      0 <= start(n, q) && 1 <= n && \abs(gamma) <= 0x1p100 &&
      \forall integer j; 0 <= j < d ==>
        step_error_above((real)\at(f[j], B), (real)\at(e[j], B), (real)\at(x[j], B), gamma, (real)n,
                         (real)\at(sum[j], B), (real)\at(merged_radius[j], B),
                         (real)\at(merged_coefficient[j], B));

    predicate all_covered_moved{A, R, B}(double *x, double *e, size_t *block, double *g, double *sum,
                                         size_t *count, double *coefficient, double *radius,
                                         vector X, vector G, integer d, integer m) =
      round_inputs_same{A, B}(block, x, e, g, sum, count, d, m) ==>
      same{R, B}(coefficient, m) ==> same{R, B}(radius, m) ==>
      all_covered{A, R}(x, e, block, g, count, coefficient, radius, X, G, 0, m) ==>
      all_covered{B, B}(x, e, block, g, count, coefficient, radius, X, G, 0, m);
    STEP(lemma round_entries_same{A, B}: \forall double *x, *e, *g, *sum, size_t *block, *count,
      integer d, m, a; 0 <= a < m ==>
      round_inputs_same{A, B}(block, x, e, g, sum, count, d, m) ==>
      entry_inputs_same{A, B}(x, e, block, g, count, a);)
    STEP(lemma all_covered_moved_entry_by{A, R, B}: \forall double *x, *e, *g, *sum, *coefficient,
      *radius, size_t *block, *count, vector X, G, integer d, m, a; 0 <= a < m ==>
      entry_covered_moved{A, R, B, B}(x, e, block, g, count, coefficient, radius, X, G, 0, a) ==>
      round_inputs_same{A, B}(block, x, e, g, sum, count, d, m) ==>
      same{R, B}(coefficient, m) ==> same{R, B}(radius, m) ==>
      all_covered{A, R}(x, e, block, g, count, coefficient, radius, X, G, 0, m) ==>
      entry_covered_at{B, B}(x, e, block, g, count, coefficient, radius, X, G, 0, a);)
    STEP(lemma all_covered_moved_entry{A, R, B}: \forall double *x, *e, *g, *sum, *coefficient,
      *radius, size_t *block, *count, vector X, G, integer d, m, a; 0 <= a < m ==>
      round_inputs_same{A, B}(block, x, e, g, sum, count, d, m) ==>
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

    predicate round_covered{A, R, B}(double *L, integer L_stride, double *b, integer b_stride,
                                     double *s, integer s_stride, size_t *block, double *x,
                                     double *e, double *g, double *sum, size_t *count,
                                     double *coefficient, double *radius,
                                     double *merged_coefficient, double *merged_radius, double *f,
                                     double *y, vector X, vector C, vector G, vector Y, integer d,
                                     integer n, integer q, real gamma) =
      round_bounded{A, R, B}(L, L_stride, b, b_stride, s, s_stride, block, x, e, g, sum, count,
                             coefficient, radius, merged_coefficient, merged_radius, f, d, n, q,
                             gamma) ==>
      exact_round{A, B}(L, L_stride, b, b_stride, s, s_stride, block, x, e, sum, y, X, C, G, Y, d, n,
                        q, gamma) ==>
      round_hypotheses{B}(x, e, y, f, block, g, sum, count, coefficient, radius, merged_coefficient,
                          merged_radius, X, G, Y, start(n, q), d, gamma, (real)n);
    STEP(lemma round_covered_by{A, R, B}: \forall double *L, *b, *s, *x, *e, *g, *sum, *coefficient,
      *radius, *merged_coefficient, *merged_radius, *f, *y, size_t *block, *count,
      integer L_stride, b_stride, s_stride, d, n, q, real gamma, vector X, C, G, Y;
      covered_to{A, R}(L, L_stride, b, b_stride, s, s_stride, block, x, e, g, count, coefficient,
                       radius, X, C, G, q, d, n, n) ==>
      all_covered_moved{A, R, B}(x, e, block, g, sum, count, coefficient, radius, X, G, d,
                                 start(n, q)) ==>
      close_moved{A, B}(x, X, e, d) ==> step_moved_to{A, B}(x, sum, y, d, n, gamma) ==>
      round_covered{A, R, B}(L, L_stride, b, b_stride, s, s_stride, block, x, e, g, sum, count,
                             coefficient, radius, merged_coefficient, merged_radius, f, y, X, C, G, Y,
                             d, n, q, gamma);)
    STEP(lemma all_rounds_covered{A, R, B}: \forall double *L, *b, *s, *x, *e, *g, *sum, *coefficient,
      *radius, *merged_coefficient, *merged_radius, *f, *y, size_t *block, *count,
      integer L_stride, b_stride, s_stride, d, n, q, real gamma, vector X, C, G, Y; 0 <= n ==>
      round_covered{A, R, B}(L, L_stride, b, b_stride, s, s_stride, block, x, e, g, sum, count,
                             coefficient, radius, merged_coefficient, merged_radius, f, y, X, C, G, Y,
                             d, n, q, gamma);)
    lemma rounds_bounded{A, R, B}: \forall double *L, *b, *s, *x, *e, *g, *sum, *coefficient,
      *radius, *merged_coefficient, *merged_radius, *f, *y, size_t *block, *count,
      integer L_stride, b_stride, s_stride, d, n, q, real gamma, vector X, C, G, Y;
      round_bounded{A, R, B}(L, L_stride, b, b_stride, s, s_stride, block, x, e, g, sum, count,
                             coefficient, radius, merged_coefficient, merged_radius, f, d, n, q,
                             gamma) ==>
      exact_round{A, B}(L, L_stride, b, b_stride, s, s_stride, block, x, e, sum, y, X, C, G, Y, d, n,
                        q, gamma) ==>
      close{B}(y, Y, f, d);
*/

#endif
