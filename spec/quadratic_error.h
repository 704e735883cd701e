/** Distance of the computed value of the quadratic to the exact one. */
#ifndef IST_SPEC_QUADRATIC_ERROR_H
#define IST_SPEC_QUADRATIC_ERROR_H

#include "linear_error.h"

/*@ // A dot product is at most the sum of its absolute terms.
    predicate dot_within{L}(double *a, double *x, integer d) =
      \abs(dot(a, x, d)) <= abs_dot(a, x, d);
    STEP(lemma dot_within_start{L}: \forall double *a, *x; dot_within(a, x, 0);)
    STEP(lemma dot_within_step{L}: \forall double *a, *x, integer d; 0 <= d ==>
      dot_next(a, x, d) ==> dot_within(a, x, d) ==> dot_within(a, x, d + 1);)
    STEP(lemma dot_within_inductive{L}: \forall double *a, *x, integer d; 0 <= d ==>
      dot_within(a, x, d) ==> dot_within(a, x, d + 1);)
    lemma dots_within{L}: \forall double *a, *x, integer d; 0 <= d ==> dot_within(a, x, d);

    // Equal arrays give equal sums.
    predicate dot_frame{A, B}(double *a, double *x, integer d) =
      same{A, B}(a, d) ==> same{A, B}(x, d) ==>
      dot{A}(a, x, d) == dot{B}(a, x, d) && abs_dot{A}(a, x, d) == abs_dot{B}(a, x, d);
    STEP(lemma dot_frame_step{A, B}: \forall double *a, *x, integer d;
      same_next{A, B}(a, d) ==> same_next{A, B}(x, d) ==>
      dot_next{A}(a, x, d) ==> dot_next{B}(a, x, d) ==>
      dot_frame{A, B}(a, x, d) ==> dot_frame{A, B}(a, x, d + 1);)
    STEP(lemma dot_frame_inductive{A, B}: \forall double *a, *x, integer d; 0 <= d ==>
      dot_frame{A, B}(a, x, d) ==> dot_frame{A, B}(a, x, d + 1);)
    lemma dot_frames{A, B}: \forall double *a, *x, integer d; 0 <= d ==> dot_frame{A, B}(a, x, d);

    predicate form_next{L}(double *A, double *x, integer d, integer m) =
      form(A, x, d, m + 1) == form(A, x, d, m) + x[m] * dot(A + entry(m, 0, d), x, d) &&
      abs_form(A, x, d, m + 1) ==
        abs_form(A, x, d, m) + \abs((real)x[m]) * abs_dot(A + entry(m, 0, d), x, d) &&
      abs_sum(x, m + 1) == abs_sum(x, m) + \abs((real)x[m]);
    STEP(lemma form_unfold{L}: \forall double *A, *x, integer d, m; 0 <= m ==>
      form_next(A, x, d, m);)

    // y_j = row_j x for j < m, each within the error of its sum.
    predicate product_near{L}(double *A, double *x, double *y, integer d, integer j) =
      \abs(y[j] - dot(A + entry(j, 0, d), x, d)) <=
        sum_error((real)d, abs_dot(A + entry(j, 0, d), x, d));
    predicate products_near{L}(double *A, double *x, double *y, integer d, integer m) =
      \forall integer j; 0 <= j < m ==> product_near(A, x, y, d, j);

    predicate products_next{L}(double *A, double *x, double *y, integer d, integer m) =
      products_near(A, x, y, d, m + 1) ==>
      products_near(A, x, y, d, m) && product_near(A, x, y, d, m);
    STEP(lemma products_nexts{L}: \forall double *A, *x, *y, integer d, m; 0 <= m ==>
      products_next(A, x, y, d, m);)

    // One term x_j y_j of x'y, where y_j = D within the error of a sum of d terms.
    predicate form_term(real d, real x, real y, real D, real A) =
      0 <= d ==> \abs(D) <= A ==> \abs(y - D) <= sum_error(d, A) ==>
      \abs(x * y - x * D) <= product_error(d, \abs(x) * A, \abs(x)) &&
      \abs(x * y) <= \abs(x) * A + product_error(d, \abs(x) * A, \abs(x));
    predicate term_scaled(real d, real x, real A) =
      \abs(x) * sum_error(d, A) == product_error(d, \abs(x) * A, \abs(x));
    STEP(lemma terms_scaled: \forall real d, x, A; term_scaled(d, x, A);)
    predicate abs_product(real x, real e, real E) =
      \abs(e) <= E ==> \abs(x * e) <= \abs(x) * E;
    STEP(lemma abs_products: \forall real x, e, E; abs_product(x, e, E);)
    predicate difference_scaled(real x, real y, real D) = x * (y - D) == x * y - x * D;
    STEP(lemma differences_scaled: \forall real x, y, D; difference_scaled(x, y, D);)
    STEP(lemma form_terms_by: \forall real d, x, y, D, A; term_scaled(d, x, A) ==>
      abs_product(x, y - D, sum_error(d, A)) ==> abs_product(x, D, A) ==>
      difference_scaled(x, y, D) ==> form_term(d, x, y, D, A);)
    STEP(lemma form_terms: \forall real d, x, y, D, A; form_term(d, x, y, D, A);)
    predicate product_error_added(real d, real A, real X, real a, real x) =
      product_error(d, A + a, X + x) == product_error(d, A, X) + product_error(d, a, x);
    STEP(lemma product_errors_added: \forall real d, A, X, a, x;
      product_error_added(d, A, X, a, x);)

    predicate form_near{L}(double *A, double *x, double *y, integer d, integer m) =
      products_near(A, x, y, d, m) ==>
      \abs(dot(x, y, m) - form(A, x, d, m)) <=
        product_error((real)d, abs_form(A, x, d, m), abs_sum(x, m)) &&
      abs_dot(x, y, m) <=
        abs_form(A, x, d, m) + product_error((real)d, abs_form(A, x, d, m), abs_sum(x, m)) &&
      \abs(form(A, x, d, m)) <= abs_form(A, x, d, m);
    STEP(lemma form_near_start{L}: \forall double *A, *x, *y, integer d; form_near(A, x, y, d, 0);)
    STEP(lemma form_near_step{L}: \forall double *A, *x, *y, integer d, m; 0 <= m ==> 0 <= d ==>
      products_next(A, x, y, d, m) ==> form_next(A, x, d, m) ==> dot_next(x, y, m) ==>
      dot_within(A + entry(m, 0, d), x, d) ==>
      form_term((real)d, (real)x[m], (real)y[m], dot(A + entry(m, 0, d), x, d),
                abs_dot(A + entry(m, 0, d), x, d)) ==>
      abs_product((real)x[m], dot(A + entry(m, 0, d), x, d),
                  abs_dot(A + entry(m, 0, d), x, d)) ==>
      product_error_added((real)d, abs_form(A, x, d, m), abs_sum(x, m),
        \abs((real)x[m]) * abs_dot(A + entry(m, 0, d), x, d), \abs((real)x[m])) ==>
      form_near(A, x, y, d, m) ==> form_near(A, x, y, d, m + 1);)
    STEP(lemma form_near_inductive{L}: \forall double *A, *x, *y, integer d, m; 0 <= m ==>
      0 <= d ==> form_near(A, x, y, d, m) ==> form_near(A, x, y, d, m + 1);)
    lemma forms_near{L}: \forall double *A, *x, *y, integer d, m; 0 <= m ==> 0 <= d ==>
      form_near(A, x, y, d, m);

    // A sum computed with another one's results: s for T = x'y, y in place of the exact A x.
    predicate sum_error_grows(real k, real A, real B) =
      0 <= k ==> A <= B ==> sum_error(k, A) <= sum_error(k, B);
    STEP(lemma sum_errors_grow: \forall real k, A, B; sum_error_grows(k, A, B);)
    predicate form_computed(real k, real s, real T, real a, real Q, real A, real X) =
      0 <= k ==> \abs(s - T) <= sum_error(k, a) ==> \abs(T - Q) <= product_error(k, A, X) ==>
      a <= A + product_error(k, A, X) ==> \abs(s - Q) <= form_error(k, A, X);
    STEP(lemma forms_computed_by: \forall real k, s, T, a, Q, A, X;
      sum_error_grows(k, a, A + product_error(k, A, X)) ==> form_computed(k, s, T, a, Q, A, X);)
    lemma forms_computed: \forall real k, s, T, a, Q, A, X; form_computed(k, s, T, a, Q, A, X);

    // Q / 2 - S, from s for Q within E and t for S within F; |Q| <= A, |S| <= B.
    predicate value_near(real s, real Q, real A, real E, real t, real S, real B, real F) =
      \abs(s) <= 0x1p590 ==> \abs(t) <= 0x1p590 ==> \abs(s - Q) <= E ==> \abs(Q) <= A ==>
      \abs(t - S) <= F ==> \abs(S) <= B ==>
      \abs(fl_sub(fl_div(s, 2.0), t) - (Q / 2.0 - S)) <= half_error(A, E, B, F);
    STEP(lemma values_near_by: \forall real s, Q, A, E, t, S, B, F;
      roundable(s / 2.0) ==> roundable(fl_div(s, 2.0) - t) ==> value_near(s, Q, A, E, t, S, B, F);)
    lemma values_near: \forall real s, Q, A, E, t, S, B, F; value_near(s, Q, A, E, t, S, B, F);
*/

#endif
