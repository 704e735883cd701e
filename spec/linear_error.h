/** Distance of the computed dot product to the exact one. */
#ifndef IST_SPEC_LINEAR_ERROR_H
#define IST_SPEC_LINEAR_ERROR_H

#include "accumulate.h"
#include "linear.h"

/*@ predicate dot_next{L}(double *a, double *x, integer d) =
      dot(a, x, d + 1) == dot(a, x, d) + a[d] * x[d] &&
      abs_dot(a, x, d + 1) == abs_dot(a, x, d) + \abs(a[d] * x[d]);
    STEP(lemma dot_unfold{L}: \forall double *a, *x, integer d; 0 <= d ==> dot_next(a, x, d);)
    predicate dot_empty{L}(double *a, double *x) =
      dot(a, x, 0) == 0.0 && abs_dot(a, x, 0) == 0.0 && fl_dot(a, x, 0) == 0.0;
    STEP(lemma dots_empty{L}: \forall double *a, *x; dot_empty(a, x);)

    // |computed - exact| <= sum_error(d, sum |a_j x_j|).
    predicate dot_near{L}(double *a, double *x, integer d) =
      d <= 0x10000000000 ==> abs_dot(a, x, d) <= 0x1p900 ==>
      \abs(fl_dot(a, x, d) - dot(a, x, d)) <= sum_error((real)d, abs_dot(a, x, d)) &&
      \abs(dot(a, x, d)) <= abs_dot(a, x, d);
    predicate dot_sized(real s, real S, real A, real k, real t) =
      0 <= k <= 0x1p40 ==> \abs(s - S) <= sum_error(k, A) ==> \abs(S) <= A ==>
      A + \abs(t) <= 0x1p900 ==>
      \abs(t) <= 0x1p900 && \abs(rnd(t)) <= 0x1p901 && \abs(s + rnd(t)) <= 0x1p903;
    STEP(lemma dot_sizes_by: \forall real s, S, A, k, t; sum_error_small(k, A) ==> roundable(t) ==>
      dot_sized(s, S, A, k, t);)
    STEP(lemma dot_sizes: \forall real s, S, A, k, t; dot_sized(s, S, A, k, t);)
    predicate dot_step(real s, real S, real A, real k, real t) =
      0 <= k <= 0x1p40 ==> \abs(s - S) <= sum_error(k, A) ==> \abs(S) <= A ==>
      A + \abs(t) <= 0x1p900 ==>
      \abs(rnd(s + rnd(t)) - (S + t)) <= sum_error(k + 1.0, A + \abs(t)) &&
      \abs(S + t) <= A + \abs(t);
    STEP(lemma dot_steps_by: \forall real s, S, A, k, t;
      dot_sized(s, S, A, k, t) ==> roundable(t) ==> roundable(s + rnd(t)) ==>
      accumulated(k, s, S, A, rnd(t), t, rnd(s + rnd(t))) ==> dot_step(s, S, A, k, t);)
    STEP(lemma dot_steps: \forall real s, S, A, k, t; dot_step(s, S, A, k, t);)
    STEP(lemma dot_near_start{L}: \forall double *a, *x; dot_near(a, x, 0);)
    STEP(lemma dot_near_step{L}: \forall double *a, *x, integer d; 0 <= d ==>
      dot_next(a, x, d) ==> fl_dot_next(a, x, d) ==>
      dot_step(fl_dot(a, x, d), dot(a, x, d), abs_dot(a, x, d), (real)d, a[d] * x[d]) ==>
      dot_near(a, x, d) ==> dot_near(a, x, d + 1);)
    STEP(lemma dot_near_inductive{L}: \forall double *a, *x, integer d; 0 <= d ==>
      dot_near(a, x, d) ==> dot_near(a, x, d + 1);)
    lemma dots_near{L}: \forall double *a, *x, integer d; 0 <= d ==> dot_near(a, x, d);

    // How large the absolute terms can be.
    predicate abs_dot_bound{L}(double *a, double *x, integer d, real A, real X) =
      bounded(a, d, A) ==> bounded(x, d, X) ==> 0 <= abs_dot(a, x, d) <= d * (A * X);
    STEP(lemma abs_dot_bound_start{L}: \forall double *a, *x, real A, X;
      abs_dot_bound(a, x, 0, A, X);)
    STEP(lemma abs_dot_bound_step{L}: \forall double *a, *x, integer d, real A, X; 0 <= d ==>
      dot_next(a, x, d) ==> product_bound((real)a[d], (real)x[d], A, X) ==>
      count_next(d, A * X) ==>
      abs_dot_bound(a, x, d, A, X) ==> abs_dot_bound(a, x, d + 1, A, X);)
    STEP(lemma abs_dot_bound_inductive{L}: \forall double *a, *x, integer d, real A, X; 0 <= d ==>
      abs_dot_bound(a, x, d, A, X) ==> abs_dot_bound(a, x, d + 1, A, X);)
    lemma abs_dot_bounds{L}: \forall double *a, *x, integer d, real A, X; 0 <= d ==>
      abs_dot_bound(a, x, d, A, X);

    // S - b from b and a sum t computed for S.
    predicate residual_near(real k, real t, real S, real A, real b) =
      0 <= k <= 0x1p39 ==> 0 <= A ==> A + \abs(b) <= 0x1p800 ==> \abs(S) <= A ==>
      \abs(t - S) <= sum_error(k, A) ==>
      \abs(fl_sub(t, b) - (S - b)) <= sum_error(k + 1.0, A + \abs(b)) &&
      \abs(t - b) <= 0x1p803;
    STEP(lemma residual_nears_by: \forall real k, t, S, A, b;
      sum_error_small(k, A) ==> roundable(t - b) ==>
      accumulated(k, t, S, A, -b, -b, fl_sub(t, b)) ==> residual_near(k, t, S, A, b);)
    STEP(lemma residual_nears: \forall real k, t, S, A, b; residual_near(k, t, S, A, b);)

    // The gradient's entry row x - b within its error.
    predicate gradient_entry_near{L}(double *row, double *x, real b, integer d) =
      bounded(row, d, 0x1p160) ==> bounded(x, d, 0x1p160) ==> \abs(b) <= 0x1p160 ==>
      0 <= d <= 0x100000 ==>
      \abs(fl_sub(fl_dot(row, x, d), b) - (dot(row, x, d) - b)) <=
        sum_error((real)(d + 1), abs_dot(row, x, d) + \abs(b));
    STEP(lemma gradient_entry_near_by{L}: \forall double *row, *x, real b, integer d;
      dot_near(row, x, d) ==> abs_dot_bound(row, x, d, 0x1p160, 0x1p160) ==>
      residual_near((real)d, fl_dot(row, x, d), dot(row, x, d), abs_dot(row, x, d), b) ==>
      gradient_entry_near(row, x, b, d);)
    lemma gradient_entries_near{L}: \forall double *row, *x, real b, integer d;
      gradient_entry_near(row, x, b, d);
*/

#endif
