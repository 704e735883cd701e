/** Distance of a computed submodel gradient to the exact one of the same submodel. */
#ifndef IST_SPEC_SUBMODEL_ERROR_H
#define IST_SPEC_SUBMODEL_ERROR_H

#include "block_product_error.h"
#include "exact_team.h"
#include "submodel.h"
#include "workers.h"

/*@ // s R from s and from r for R, |R| <= B.
    predicate scaled_near(real k, real s, real r, real R, real B) =
      0 <= k <= 0x1p39 ==> 0 <= B <= 0x1p800 ==> \abs(R) <= B ==>
      \abs(r - R) <= sum_error(k + 1.0, B) ==> \abs(s) <= 0x1p100 ==>
      \abs(fl_mul(s, r) - s * R) <= \abs(s) * sum_error(k + 2.0, B) + 0x1p-1074;
    predicate grown(real k, real B) = 0 <= k <= 0x1p39 ==> 0 <= B <= 0x1p800 ==>
      0 <= sum_error(k + 1.0, B) <= 0x1p800 &&
      sum_error(k + 1.0, B) + 0x1p-53 * (B + sum_error(k + 1.0, B)) <= sum_error(k + 2.0, B);
    STEP(lemma grown_by: \forall real k, B; counted(k, B) ==> grown(k, B);)
    STEP(lemma grows: \forall real k, B; grown(k, B);)
    predicate product_ordered(real a, real b, real B) = 0 <= a ==> b <= B ==> a * b <= a * B;
    STEP(lemma products_ordered: \forall real a, b, B; product_ordered(a, b, B);)
    predicate split_product(real a, real F, real B) =
      a * (F + 0x1p-53 * (B + F)) == a * F + 0x1p-53 * (a * (B + F));
    STEP(lemma split_products: \forall real a, F, B; split_product(a, F, B);)
    predicate product_difference(real s, real r, real R) = s * r - s * R == s * (r - R);
    STEP(lemma product_differences: \forall real s, r, R; product_difference(s, r, R);)
    STEP(lemma scaled_nears_by: \forall real k, s, r, R, B;
      grown(k, B) ==> product_difference(s, r, R) ==>
      product_bound(s, r - R, \abs(s), sum_error(k + 1.0, B)) ==>
      product_bound(s, r, \abs(s), B + sum_error(k + 1.0, B)) ==>
      product_bound(s, r, 0x1p100, 0x1p802) ==>
      split_product(\abs(s), sum_error(k + 1.0, B), B) ==>
      product_ordered(\abs(s), sum_error(k + 1.0, B) + 0x1p-53 * (B + sum_error(k + 1.0, B)),
                      sum_error(k + 2.0, B)) ==>
      roundable(s * r) ==> scaled_near(k, s, r, R, B);)
    STEP(lemma scaled_nears: \forall real k, s, r, R, B; scaled_near(k, s, r, R, B);)


    // Its hypotheses: the inputs' magnitudes.
    predicate gradient_inputs{L}(double *L, double *b, double *s, size_t *S, double *w, integer q,
                                 integer d) =
      bounded(L, d * d, 0x1p160) && bounded(b, d, 0x1p160) && bounded(s, d, 0x1p100) &&
      bounded(w, q, 0x1p261) && indices(S, q, d) && 0 <= q <= d <= 0x100000;
    predicate entry_near{L}(double *L, double *b, double *s, size_t *S, double *w, integer q,
                            integer d, integer a) =
      gradient_inputs(L, b, s, S, w, q, d) ==> 0 <= a < q ==>
      \abs(fl_block_gradient(L, b, s, S, w, q, d, a) - block_gradient(L, b, s, S, w, q, d, a)) <=
        gradient_error(L, b, s, S, w, q, d, a);
    predicate entry_inputs{L}(double *L, double *b, double *s, size_t *S, double *w, integer q,
                              integer d, integer a) =
      gradient_inputs(L, b, s, S, w, q, d) ==> 0 <= a < q ==>
      bounded(L + entry(S[a], 0, d), d, 0x1p160) &&
      in_range(b[S[a]], 0x1p160) && in_range(s[S[a]], 0x1p100);
    STEP(lemma entry_inputs_by{L}: \forall double *L, *b, *s, *w, size_t *S, integer q, d, a;
      row_inside(S[a], d) ==> bounded_part(L, entry(S[a], 0, d), d, d * d, 0x1p160) ==>
      part(L, entry(S[a], 0, d)) == L + entry(S[a], 0, d) ==>
      entry_inputs(L, b, s, S, w, q, d, a);)
    STEP(lemma entries_inputs{L}: \forall double *L, *b, *s, *w, size_t *S, integer q, d, a;
      entry_inputs(L, b, s, S, w, q, d, a);)
    STEP(lemma entry_near_by{L}: \forall double *L, *b, *s, *w, size_t *S, integer q, d, a;
      entry_inputs(L, b, s, S, w, q, d, a) ==>
      abs_block_dot_bound(L + entry(S[a], 0, d), S, w, q, d, 0x1p160, 0x1p261) ==>
      product_count(q) ==> block_dot_near(L + entry(S[a], 0, d), S, w, q) ==>
      residual_near((real)q, fl_block_dot(L + entry(S[a], 0, d), S, w, q),
        block_dot(L + entry(S[a], 0, d), S, w, q),
        abs_block_dot(L + entry(S[a], 0, d), S, w, q), (real)b[S[a]]) ==>
      scaled_near((real)q, (real)s[S[a]],
        fl_sub(fl_block_dot(L + entry(S[a], 0, d), S, w, q), b[S[a]]),
        block_dot(L + entry(S[a], 0, d), S, w, q) - b[S[a]],
        abs_block_dot(L + entry(S[a], 0, d), S, w, q) + \abs(b[S[a]])) ==>
      entry_near(L, b, s, S, w, q, d, a);)
    STEP(lemma entries_near{L}: \forall double *L, *b, *s, *w, size_t *S, integer q, d, a;
      entry_near(L, b, s, S, w, q, d, a);)
    predicate gradient_error_of{A, B}(double *L, double *b, double *s, size_t *S, double *w,
                                      double *g, integer q, integer d) =
      gradient_inputs{A}(L, b, s, S, w, q, d) ==> gradient_is{A, B}(L, b, s, S, w, g, q, d) ==>
      gradient_near{A, B}(L, b, s, S, w, g, q, d);
    lemma gradient_errors{A, B}: \forall double *L, *b, *s, *w, *g, size_t *S, integer q, d;
      gradient_error_of{A, B}(L, b, s, S, w, g, q, d);

    predicate product_rounded(real s, real x) =
      \abs(s) <= 0x1p100 ==> \abs(x) <= 0x1p160 ==> rounded(fl_mul(s, x), s * x);
    STEP(lemma product_rounded_by: \forall real s, x; product_bound(s, x, 0x1p100, 0x1p160) ==>
      roundable(s * x) ==> product_rounded(s, x);)
    STEP(lemma products_rounded: \forall real s, x; product_rounded(s, x);)
    predicate submodel_error_of{A, B}(double *x, double *s, size_t *S, double *w, integer q,
                                      integer d) =
      bounded{A}(x, d, 0x1p160) ==> bounded{A}(s, d, 0x1p100) ==> indices{A}(S, q, d) ==>
      submodel_is{A, B}(x, s, S, w, q) ==> submodel_near{A, B}(x, s, S, w, q);
    lemma submodel_errors{A, B}: \forall double *x, *s, *w, size_t *S, integer q, d;
      submodel_error_of{A, B}(x, s, S, w, q, d);

    // Of all workers.
    predicate submodels_error_of{A, B}(ist_team t, double *x, double *w) =
      sized(t) ==> well_formed{A}(t) ==> bounded{A}(x, t.d, 0x1p160) ==>
      submodels_are{A, B}(t, x, w, t.n) ==> submodels_near{A, B}(t, x, w);
    STEP(lemma submodel_error_at{A, B}: \forall ist_team t, double *x, *w, integer i;
      0 <= i < t.n ==> sized(t) ==> well_formed{A}(t) ==> bounded{A}(x, t.d, 0x1p160) ==>
      submodels_are{A, B}(t, x, w, t.n) ==> worker_well_formed{A}(t, i) ==>
      submodel_error_of{A, B}(x, t.s + start(i, t.s_stride), t.block + start(i, t.q),
                              w + start(i, t.q), t.q, t.d) ==>
      submodel_near{A, B}(x, t.s + start(i, t.s_stride), t.block + start(i, t.q),
                          w + start(i, t.q), t.q);)
    lemma all_submodels_errors{A, B}: \forall ist_team t, double *x, *w;
      submodels_error_of{A, B}(t, x, w);
    predicate gradients_error_of{A, B}(ist_team t, double *w, double *g) =
      sized(t) ==> well_formed{A}(t) ==> bounded{A}(w, start(t.n, t.q), 0x1p261) ==>
      gradients_are{A, B}(t, w, g, t.n) ==> gradients_near{A, B}(t, w, g);
    STEP(lemma gradient_error_at{A, B}: \forall ist_team t, double *w, *g, integer i;
      0 <= i < t.n ==>
      sized(t) ==> well_formed{A}(t) ==> bounded{A}(w, start(t.n, t.q), 0x1p261) ==>
      gradients_are{A, B}(t, w, g, t.n) ==> worker_well_formed{A}(t, i) ==> placed(t, i) ==>
      bounded_part{A}(w, start(i, t.q), t.q, start(t.n, t.q), 0x1p261) ==>
      part(w, start(i, t.q)) == w + start(i, t.q) ==>
      gradient_error_of{A, B}(t.L + start(i, t.L_stride), t.b + start(i, t.b_stride),
        t.s + start(i, t.s_stride), t.block + start(i, t.q), w + start(i, t.q),
        g + start(i, t.q), t.q, t.d) ==>
      gradient_near{A, B}(t.L + start(i, t.L_stride), t.b + start(i, t.b_stride),
        t.s + start(i, t.s_stride), t.block + start(i, t.q), w + start(i, t.q),
        g + start(i, t.q), t.q, t.d);)
    lemma all_gradients_errors{A, B}: \forall ist_team t, double *w, *g;
      gradients_error_of{A, B}(t, w, g);
*/

#endif
