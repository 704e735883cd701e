/** That the radii of radius.h are large enough. */
#ifndef IST_SPEC_RADIUS_ERROR_H
#define IST_SPEC_RADIUS_ERROR_H

#include "covered_frame.h"
#include "accumulate.h"
#include "arrays.h"
#include "exact_frame.h"
#include "magnitude.h"
#include "radius.h"

/*@ // Products and absolute values, as facts that the provers can be pointed at.
    predicate abs_of_product(real a, real b) = \abs(a * b) == \abs(a) * \abs(b);
    STEP(lemma abs_of_products: \forall real a, b; abs_of_product(a, b);)
    predicate product_order(real a, real b, real c) = 0 <= a ==> b <= c ==> a * b <= a * c;
    STEP(lemma product_orders: \forall real a, b, c; product_order(a, b, c);)
    predicate product_sum(real a, real b, real c) =
      a * (b + c) == a * b + a * c && a * (b - c) == a * b - a * c;
    STEP(lemma product_sums: \forall real a, b, c; product_sum(a, b, c);)

    // One term of the submodel: w for s x, against C X.
    predicate term_off(real w, real s, real x, real e, real C, real X) =
      rounded(w, s * x) ==> scale_close(s, C) ==> \abs(x - X) <= e ==>
      \abs(w - C * X - s * (x - X)) <= 0x1p-50 * (\abs(s) * (\abs(x) + e)) + 0x1p-1074 &&
      \abs(s * (x - X)) <= \abs(s) * e;
    predicate term_identity(real w, real s, real x, real C, real X) =
      w - C * X - s * (x - X) == (w - s * x) + (s - C) * X;
    STEP(lemma term_identities: \forall real w, s, x, C, X; term_identity(w, s, x, C, X);)
    predicate scale_part(real s, real C, real X, real M) =
      scale_close(s, C) ==> \abs(X) <= M ==> \abs((s - C) * X) <= 0x1p-51 * (\abs(s) * M);
    STEP(lemma scale_parts_by: \forall real s, C, X, M;
      abs_of_product(s - C, X) ==> product_bound(s - C, X, 0x1p-51 * \abs(s), M) ==>
      scale_part(s, C, X, M);)
    STEP(lemma scale_parts: \forall real s, C, X, M; scale_part(s, C, X, M);)
    STEP(lemma term_off_by: \forall real w, s, x, e, C, X; term_identity(w, s, x, C, X) ==>
      scale_part(s, C, X, \abs(x) + e) ==> abs_of_product(s, x) ==> abs_of_product(s, x - X) ==>
      product_order(\abs(s), \abs(x), \abs(x) + e) ==> product_order(\abs(s), \abs(x - X), e) ==>
      term_off(w, s, x, e, C, X);)
    STEP(lemma terms_off: \forall real w, s, x, e, C, X; term_off(w, s, x, e, C, X);)
    predicate term_radii(real own, real whole, real w, real s, real x, real e, real C, real X,
                         real share) =
      radii_of(own, whole, w, s, x, e, share) ==>
      rounded(w, s * x) ==> scale_close(s, C) ==> \abs(x - X) <= e ==>
      \abs(w - C * X - s * (x - X)) + share * \abs(w) <= own &&
      \abs(w - C * X) + share * \abs(w) <= whole;
    STEP(lemma term_radii_by: \forall real own, whole, w, s, x, e, C, X, share;
      term_off(w, s, x, e, C, X) ==> term_radii(own, whole, w, s, x, e, C, X, share);)
    STEP(lemma terms_radii: \forall real own, whole, w, s, x, e, C, X, share;
      term_radii(own, whole, w, s, x, e, C, X, share);)

    // The same times an entry l of the matrix.
    predicate times(real l, real u, real share, real w, real r) =
      \abs(u) + share * \abs(w) <= r ==>
      \abs(l * u) + share * \abs(l * w) <= \abs(l) * r;
    predicate share_moved(real l, real share, real w) =
      \abs(l) * (share * \abs(w)) == share * (\abs(l) * \abs(w));
    STEP(lemma shares_moved: \forall real l, share, w; share_moved(l, share, w);)
    STEP(lemma times_by: \forall real l, u, share, w, r;
      abs_of_product(l, u) ==> abs_of_product(l, w) ==> share_moved(l, share, w) ==>
      product_sum(\abs(l), \abs(u), share * \abs(w)) ==>
      product_order(\abs(l), \abs(u) + share * \abs(w), r) ==> times(l, u, share, w, r);)
    STEP(lemma all_times: \forall real l, u, share, w, r; times(l, u, share, w, r);)

    // w is off u, and roundings take their share.
    predicate off(real w, real u, real share, real r) = \abs(w - u) + share * \abs(w) <= r;

    // All that is asked of one worker's computed submodel and of the exact inputs.
    predicate submodel_hypotheses{L}(double *x, double *e, double *s, size_t *S, double *w,
                                     double *own, double *whole, vector X, vector C, integer o,
                                     integer q, integer d) =
      indices(S, q, d) && close(x, X, e, d) && scales_close(s, C, o, d) &&
      submodel_near{L, L}(x, s, S, w, q) &&
      submodel_radii{L, L}(x, e, s, S, w, own, whole, q, dot_share((real)q));
    logic real own_move{L}(double *x, double *s, size_t *S, vector X, integer a) =
      s[S[a]] * (x[S[a]] - component(X, S[a]));
    predicate radii_at{L}(double *x, double *s, size_t *S, double *w, double *own, double *whole,
                          vector X, vector C, integer o, integer q, integer k) =
      \abs(w[k] - sketched_term(S, C, o, X, k) - own_move(x, s, S, X, k)) +
        dot_share((real)q) * \abs((real)w[k]) <= own[k] &&
      off((real)w[k], sketched_term(S, C, o, X, k), dot_share((real)q), (real)whole[k]);
    STEP(lemma radii_at_by{L}: \forall double *x, *e, *s, *w, *own, *whole, size_t *S, vector X, C,
      integer o, q, d, k;
      submodel_hypotheses(x, e, s, S, w, own, whole, X, C, o, q, d) ==> 0 <= k < q ==>
      term_radii((real)own[k], (real)whole[k], (real)w[k], (real)s[S[k]], (real)x[S[k]],
                 (real)e[S[k]], component(C, o + S[k]), component(X, S[k]),
                 dot_share((real)q)) ==>
      radii_at(x, s, S, w, own, whole, X, C, o, q, k);)
    STEP(lemma all_radii_at{L}: \forall double *x, *e, *s, *w, *own, *whole, size_t *S, vector X, C,
      integer o, q, d, k;
      submodel_hypotheses(x, e, s, S, w, own, whole, X, C, o, q, d) ==> 0 <= k < q ==>
      radii_at(x, s, S, w, own, whole, X, C, o, q, k);)

    // A row: sums unfolded by one term.
    predicate row_next{L}(double *row, size_t *S, double *w, double *own, double *whole, vector C,
                          integer o, vector X, integer a, integer m) =
      block_dot(row, S, w, m + 1) == block_dot(row, S, w, m) + row[S[m]] * w[m] &&
      abs_block_dot(row, S, w, m + 1) == abs_block_dot(row, S, w, m) + \abs(row[S[m]] * w[m]) &&
      sketched_dot(row, S, C, o, X, m + 1) == sketched_dot(row, S, C, o, X, m) +
        row[S[m]] * sketched_term(S, C, o, X, m) &&
      (m == a ==> radius_dot(row, S, own, whole, a, m + 1) ==
        radius_dot(row, S, own, whole, a, m) + \abs((real)row[S[m]]) * own[m]) &&
      (m != a ==> radius_dot(row, S, own, whole, a, m + 1) ==
        radius_dot(row, S, own, whole, a, m) + \abs((real)row[S[m]]) * whole[m]);
    STEP(lemma row_unfold{L}: \forall double *row, *w, *own, *whole, size_t *S, vector C, X,
      integer o, a, m; 0 <= m ==> row_next(row, S, w, own, whole, C, o, X, a, m);)

    // The exact contribution of the entry's own coordinate, once the sum has reached it.
    logic real own_part{L}(double *row, double *x, double *s, size_t *S, vector X, integer a,
                           integer m) =
      a < m ? row[S[a]] * own_move(x, s, S, X, a) : 0.0;
    predicate covered_sum(real D, real E, real P, real A, real R, real share) =
      \abs(D - E - P) + share * A <= R;
    predicate row_covered{L}(double *row, double *x, double *s, size_t *S, double *w, double *own,
                             double *whole, vector X, vector C, integer o, integer q, integer a,
                             integer m) =
      covered_sum(block_dot(row, S, w, m), sketched_dot(row, S, C, o, X, m),
                  own_part(row, x, s, S, X, a, m), abs_block_dot(row, S, w, m),
                  radius_dot(row, S, own, whole, a, m), dot_share((real)q));
    predicate row_added(real D, real E, real P, real A, real R, real w, real u, real p, real r,
                        real share) =
      covered_sum(D, E, P, A, R, share) ==> \abs(w - u - p) + share * \abs(w) <= r ==>
      covered_sum(D + w, E + u, P + p, A + \abs(w), R + r, share);
    STEP(lemma row_added_by: \forall real D, E, P, A, R, w, u, p, r, share;
      product_sum(share, A, \abs(w)) ==> row_added(D, E, P, A, R, w, u, p, r, share);)
    STEP(lemma rows_added: \forall real D, E, P, A, R, w, u, p, r, share;
      row_added(D, E, P, A, R, w, u, p, r, share);)
    predicate other_added(real D, real E, real P, real A, real R, real w, real u, real r,
                          real share) =
      covered_sum(D, E, P, A, R, share) ==> off(w, u, share, r) ==>
      covered_sum(D + w, E + u, P, A + \abs(w), R + r, share);
    STEP(lemma other_added_by: \forall real D, E, P, A, R, w, u, r, share;
      product_sum(share, A, \abs(w)) ==> other_added(D, E, P, A, R, w, u, r, share);)
    STEP(lemma others_added: \forall real D, E, P, A, R, w, u, r, share;
      other_added(D, E, P, A, R, w, u, r, share);)
    // A term of another coordinate, and the own one.
    predicate whole_term(real l, real w, real u, real share, real r) =
      off(w, u, share, r) ==> off(l * w, l * u, share, \abs(l) * r);
    STEP(lemma whole_term_by: \forall real l, w, u, share, r;
      times(l, w - u, share, w, r) ==> product_sum(l, w, u) ==> whole_term(l, w, u, share, r);)
    STEP(lemma whole_terms: \forall real l, w, u, share, r; whole_term(l, w, u, share, r);)
    predicate own_term(real l, real w, real u, real p, real share, real r) =
      \abs(w - u - p) + share * \abs(w) <= r ==>
      \abs(l * w - l * u - l * p) + share * \abs(l * w) <= \abs(l) * r;
    STEP(lemma own_term_by: \forall real l, w, u, p, share, r;
      times(l, (w - u) - p, share, w, r) ==> product_sum(l, w, u) ==> product_sum(l, w - u, p) ==>
      own_term(l, w, u, p, share, r);)
    STEP(lemma own_terms: \forall real l, w, u, p, share, r; own_term(l, w, u, p, share, r);)
    STEP(lemma row_covered_start{L}: \forall double *row, *x, *s, *w, *own, *whole, size_t *S,
      vector X, C, integer o, q, a; 0 <= a ==>
      row_covered(row, x, s, S, w, own, whole, X, C, o, q, a, 0);)
    predicate own_kept{L}(double *row, double *x, double *s, size_t *S, vector X, integer a,
                          integer m) =
      m != a ==> own_part(row, x, s, S, X, a, m + 1) == own_part(row, x, s, S, X, a, m);
    STEP(lemma own_keeps{L}: \forall double *row, *x, *s, size_t *S, vector X, integer a, m;
      own_kept(row, x, s, S, X, a, m);)
    predicate row_covered_before{L}(double *row, double *x, double *s, size_t *S, double *w,
                                    double *own, double *whole, vector X, vector C, integer o,
                                    integer q, integer a, integer m) =
      covered_sum(block_dot(row, S, w, m + 1), sketched_dot(row, S, C, o, X, m + 1),
                  own_part(row, x, s, S, X, a, m), abs_block_dot(row, S, w, m + 1),
                  radius_dot(row, S, own, whole, a, m + 1), dot_share((real)q));
    predicate other_sum(real D, real E, real P, real A, real R, real w, real u, real r, real share,
                        real D2, real E2, real A2, real R2) =
      D2 == D + w ==> E2 == E + u ==> A2 == A + \abs(w) ==> R2 == R + r ==>
      covered_sum(D, E, P, A, R, share) ==> off(w, u, share, r) ==>
      covered_sum(D2, E2, P, A2, R2, share);
    STEP(lemma other_sum_by: \forall real D, E, P, A, R, w, u, r, share, D2, E2, A2, R2;
      other_added(D, E, P, A, R, w, u, r, share) ==>
      other_sum(D, E, P, A, R, w, u, r, share, D2, E2, A2, R2);)
    STEP(lemma other_sums: \forall real D, E, P, A, R, w, u, r, share, D2, E2, A2, R2;
      other_sum(D, E, P, A, R, w, u, r, share, D2, E2, A2, R2);)
    predicate off_term{L}(double *row, size_t *S, double *w, double *whole, vector C, integer o,
                          vector X, integer q, integer m) =
      off(row[S[m]] * w[m], row[S[m]] * sketched_term(S, C, o, X, m), dot_share((real)q),
          \abs((real)row[S[m]]) * whole[m]);
    STEP(lemma off_term_by{L}: \forall double *row, *x, *s, *w, *own, *whole, size_t *S,
      vector X, C, integer o, q, m; radii_at(x, s, S, w, own, whole, X, C, o, q, m) ==>
      whole_term((real)row[S[m]], (real)w[m], sketched_term(S, C, o, X, m), dot_share((real)q),
                 (real)whole[m]) ==> off_term(row, S, w, whole, C, o, X, q, m);)
    STEP(lemma row_covered_other_by{L}: \forall double *row, *x, *s, *w, *own, *whole, size_t *S,
      vector X, C, integer o, q, a, m; m != a ==>
      row_next(row, S, w, own, whole, C, o, X, a, m) ==>
      off_term(row, S, w, whole, C, o, X, q, m) ==>
      other_sum(block_dot(row, S, w, m), sketched_dot(row, S, C, o, X, m),
                own_part(row, x, s, S, X, a, m), abs_block_dot(row, S, w, m),
                radius_dot(row, S, own, whole, a, m), row[S[m]] * w[m],
                row[S[m]] * sketched_term(S, C, o, X, m), \abs((real)row[S[m]]) * whole[m],
                dot_share((real)q), block_dot(row, S, w, m + 1), sketched_dot(row, S, C, o, X,
                m + 1),
                abs_block_dot(row, S, w, m + 1), radius_dot(row, S, own, whole, a, m + 1)) ==>
      row_covered(row, x, s, S, w, own, whole, X, C, o, q, a, m) ==>
      row_covered_before(row, x, s, S, w, own, whole, X, C, o, q, a, m);)
    STEP(lemma row_covered_other{L}: \forall double *row, *x, *s, *w, *own, *whole, size_t *S,
      vector X, C, integer o, q, a, m; own_kept(row, x, s, S, X, a, m) ==> m != a ==>
      row_covered_before(row, x, s, S, w, own, whole, X, C, o, q, a, m) ==>
      row_covered(row, x, s, S, w, own, whole, X, C, o, q, a, m + 1);)
    STEP(lemma row_covered_own{L}: \forall double *row, *x, *s, *w, *own, *whole, size_t *S,
      vector X, C, integer o, q, m; 0 <= m < q ==>
      row_next(row, S, w, own, whole, C, o, X, m, m) ==>
      radii_at(x, s, S, w, own, whole, X, C, o, q, m) ==>
      own_term((real)row[S[m]], (real)w[m], sketched_term(S, C, o, X, m),
               own_move(x, s, S, X, m), dot_share((real)q), (real)own[m]) ==>
      row_added(block_dot(row, S, w, m), sketched_dot(row, S, C, o, X, m), 0.0,
                abs_block_dot(row, S, w, m), radius_dot(row, S, own, whole, m, m),
                row[S[m]] * w[m], row[S[m]] * sketched_term(S, C, o, X, m),
                row[S[m]] * own_move(x, s, S, X, m), \abs((real)row[S[m]]) * own[m],
                dot_share((real)q)) ==>
      row_covered(row, x, s, S, w, own, whole, X, C, o, q, m, m) ==>
      row_covered(row, x, s, S, w, own, whole, X, C, o, q, m, m + 1);)
    STEP(lemma row_covered_inductive{L}: \forall double *row, *x, *e, *s, *w, *own, *whole,
      size_t *S, vector X, C, integer o, q, d, a, m;
      submodel_hypotheses(x, e, s, S, w, own, whole, X, C, o, q, d) ==> 0 <= m < q ==>
      row_covered(row, x, s, S, w, own, whole, X, C, o, q, a, m) ==>
      row_covered(row, x, s, S, w, own, whole, X, C, o, q, a, m + 1);)
    predicate row_to{L}(double *row, double *x, double *e, double *s, size_t *S, double *w,
                        double *own, double *whole, vector X, vector C, integer o, integer q,
                        integer d, integer a, integer m) =
      submodel_hypotheses(x, e, s, S, w, own, whole, X, C, o, q, d) ==> m <= q ==>
      row_covered(row, x, s, S, w, own, whole, X, C, o, q, a, m);
    STEP(lemma row_to_start{L}: \forall double *row, *x, *e, *s, *w, *own, *whole, size_t *S,
      vector X, C, integer o, q, d, a; 0 <= a ==>
      row_to(row, x, e, s, S, w, own, whole, X, C, o, q, d, a, 0);)
    STEP(lemma row_to_step{L}: \forall double *row, *x, *e, *s, *w, *own, *whole, size_t *S,
      vector X, C, integer o, q, d, a, m; 0 <= m ==>
      row_to(row, x, e, s, S, w, own, whole, X, C, o, q, d, a, m) ==>
      row_to(row, x, e, s, S, w, own, whole, X, C, o, q, d, a, m + 1);)
    STEP(lemma rows_to{L}: \forall double *row, *x, *e, *s, *w, *own, *whole, size_t *S,
      vector X, C, integer o, q, d, a, m; 0 <= a ==> 0 <= m ==>
      row_to(row, x, e, s, S, w, own, whole, X, C, o, q, d, a, m);)

    // The entry: from its row to its radius. dot_w, dot_u: the row times the computed submodel and
    // times the exact one; A: the absolute terms; p = s t, t = x - X; D = (s l) s.
    predicate entry_hypotheses(real g, real dot_w, real dot_u, real A, real T, real b, real s,
                               real C, real l, real t, real e, real q) =
      \abs(g - s * (dot_w - b)) <= scaled_error(q, A, b, s) &&
      covered_sum(dot_w, dot_u, l * (s * t), A, T, dot_share(q)) && \abs(dot_w) <= A &&
      scale_close(s, C) && \abs(t) <= e;
    predicate split_gradient(real s, real C, real dot_w, real dot_u, real b, real p, real D,
                             real t) =
      p * s == D * t ==>
      s * (dot_w - b) - C * (dot_u - b) - D * t == s * (dot_w - dot_u - p) + (s - C) * (dot_u - b);
    STEP(lemma splits_gradient: \forall real s, C, dot_w, dot_u, b, p, D, t;
      split_gradient(s, C, dot_w, dot_u, b, p, D, t);)
    predicate coefficient_moves(real s, real l, real t) = (l * (s * t)) * s == ((s * l) * s) * t;
    STEP(lemma coefficients_move: \forall real s, l, t; coefficient_moves(s, l, t);)

    // |dot_u - b| and the part of the exact scale.
    predicate exact_residual(real dot_w, real dot_u, real p, real A, real T, real share, real b) =
      covered_sum(dot_w, dot_u, p, A, T, share) ==> \abs(dot_w) <= A ==> 0 <= share ==>
      \abs(dot_w - dot_u - p) <= T - share * A &&
      \abs(dot_u - b) <= A + (T - share * A) + \abs(p) + \abs(b) && 0 <= T - share * A;
    STEP(lemma exact_residuals: \forall real dot_w, dot_u, p, A, T, share, b;
      exact_residual(dot_w, dot_u, p, A, T, share, b);)
    // All of the entry's error but that of its coefficient, with Z = |s|, R = T - share A.
    predicate gradient_part(real g, real G, real dt, real Z, real A, real R, real p, real b,
                            real q) =
      \abs(g - G - dt) <= scaled_error(q, A, b, Z) + Z * R +
        0x1p-51 * (Z * (A + R + p + \abs(b)));
    STEP(lemma gradient_parts_by: \forall real g, dot_w, dot_u, A, T, b, s, C, l, t, e, q;
      0 <= q ==>
      entry_hypotheses(g, dot_w, dot_u, A, T, b, s, C, l, t, e, q) ==>
      split_gradient(s, C, dot_w, dot_u, b, l * (s * t), (s * l) * s, t) ==>
      coefficient_moves(s, l, t) ==>
      exact_residual(dot_w, dot_u, l * (s * t), A, T, dot_share(q), b) ==>
      abs_of_product(s, dot_w - dot_u - l * (s * t)) ==>
      product_order(\abs(s), \abs(dot_w - dot_u - l * (s * t)), T - dot_share(q) * A) ==>
      scale_part(s, C, dot_u - b,
                 A + (T - dot_share(q) * A) + \abs(l * (s * t)) + \abs(b)) ==>
      gradient_part(g, C * (dot_u - b), ((s * l) * s) * t, \abs(s), A, T - dot_share(q) * A,
                    \abs(l * (s * t)), b, q);)
    STEP(lemma gradient_parts: \forall real g, dot_w, dot_u, A, T, b, s, C, l, t, e, q; 0 <= q ==>
      entry_hypotheses(g, dot_w, dot_u, A, T, b, s, C, l, t, e, q) ==>
      gradient_part(g, C * (dot_u - b), ((s * l) * s) * t, \abs(s), A, T - dot_share(q) * A,
                    \abs(l * (s * t)), b, q);)

    // The shares pay for it: with R = T - share A.
    predicate share_pays(real Z, real A, real T, real p, real b, real q) =
      0 <= Z <= 0x1p100 ==> 0 <= A ==> 0 <= q <= 0x100000 ==> 0 <= T - dot_share(q) * A ==>
      scaled_error(q, A, b, Z) + Z * (T - dot_share(q) * A) +
        0x1p-51 * (Z * (A + (T - dot_share(q) * A) + p + \abs(b))) <=
      0x1.0000000000004p0 * (Z * (T + dot_share(q) * \abs(b))) + 0x1p-51 * (Z * p) + 0x1p-940;
    predicate share_expands(real Z, real A, real T, real p, real b, real q) =
      Z * (T - dot_share(q) * A) == Z * T - 0x1.004p-53 * (Z * (q * A)) - 0x8.02p-53 * (Z * A) &&
      Z * (T + dot_share(q) * b) == Z * T + 0x1.004p-53 * (Z * (q * b)) + 0x8.02p-53 * (Z * b) &&
      Z * sum_error(q + 2.0, A + b) == 0x1.004p-53 * (Z * (q * A)) + 0x3.00cp-53 * (Z * A) +
        0x1.004p-53 * (Z * (q * b)) + 0x3.00cp-53 * (Z * b) + 0x1p-1072 * (Z * q) + 0x1p-1071 * Z &&
      Z * (A + (T - dot_share(q) * A) + p + b) ==
        Z * A + Z * (T - dot_share(q) * A) + Z * p + Z * b;
    STEP(lemma shares_expand: \forall real Z, A, T, p, b, q; share_expands(Z, A, T, p, b, q);)
    predicate products_positive(real Z, real A, real q) =
      0 <= Z ==> 0 <= A ==> 0 <= q ==> 0 <= Z * A && 0 <= q * A && 0 <= Z * (q * A);
    STEP(lemma all_products_positive: \forall real Z, A, q; products_positive(Z, A, q);)
    STEP(lemma share_pays_by: \forall real Z, A, T, p, b, q;
      share_expands(Z, A, T, p, \abs(b), q) ==> products_positive(Z, A, q) ==>
      products_positive(Z, \abs(b), q) ==> product_bound(Z, q, 0x1p100, 0x100000) ==>
      share_pays(Z, A, T, p, b, q);)
    STEP(lemma shares_pay: \forall real Z, A, T, p, b, q; share_pays(Z, A, T, p, b, q);)

    // The coefficient's own error, and the whole.
    predicate coefficient_off(real k, real D, real t, real e, real Zp) =
      \abs(k - D) <= 0x1p-51 * \abs(k) + 0x1p-970 ==> \abs(t) <= e ==> 0 <= e <= 0x1p160 ==>
      Zp == \abs(D * t) ==>
      \abs(k * t - D * t) <= 0x1p-51 * (\abs(k) * e) + 0x1p-810 &&
      Zp <= 0x1.1p0 * (\abs(k) * e) + 0x1p-810;
    STEP(lemma coefficients_off_by: \forall real k, D, t, e, Zp;
      product_sum(t, k, D) ==> abs_of_product(k - D, t) ==>
      product_bound(k - D, t, 0x1p-51 * \abs(k) + 0x1p-970, e) ==>
      abs_of_product(k, t) ==> product_order(\abs(k), \abs(t), e) ==>
      coefficient_off(k, D, t, e, Zp);)
    STEP(lemma coefficients_off: \forall real k, D, t, e, Zp; coefficient_off(k, D, t, e, Zp);)
    predicate merge_pays(real N, real g, real k) =
      0 <= N ==> 0 <= g ==> 0 <= k ==>
      0x1.004p-53 * ((N + 1.0) * (g + k)) + 0x1.8p-51 * k <= merge_share(N) * (g + k);
    STEP(lemma merges_pay: \forall real N, g, k; merge_pays(N, g, k);)
    predicate entry_covered(real r, real g, real dot_w, real dot_u, real A, real T, real b, real s,
                            real C, real l, real t, real e, real q, real k, real N) =
      entry_hypotheses(g, dot_w, dot_u, A, T, b, s, C, l, t, e, q) ==>
      coefficient_of(k, s, l) ==> radius_of(r, s, T, b, q, N, g, k, e) ==>
      0 <= A ==> \abs(s) <= 0x1p100 ==> 0 <= e <= 0x1p160 ==> 0 <= q <= 0x100000 ==> 0 <= N ==>
      covered(r, g, C * (dot_u - b), k, t, e, N);
    STEP(lemma entry_covered_by: \forall real r, g, dot_w, dot_u, A, T, b, s, C, l, t, e, q, k, N;
      gradient_part(g, C * (dot_u - b), ((s * l) * s) * t, \abs(s), A, T - dot_share(q) * A,
                    \abs(l * (s * t)), b, q) ==>
      exact_residual(dot_w, dot_u, l * (s * t), A, T, dot_share(q), b) ==>
      share_pays(\abs(s), A, T, \abs(l * (s * t)), b, q) ==>
      coefficient_moves(s, l, t) ==> abs_of_product(l * (s * t), s) ==>
      coefficient_off(k, (s * l) * s, t, e, \abs(s) * \abs(l * (s * t))) ==>
      merge_pays(N, \abs(g), \abs(k) * e) ==> products_positive(\abs(k), e, 0.0) ==>
      entry_covered(r, g, dot_w, dot_u, A, T, b, s, C, l, t, e, q, k, N);)
    STEP(lemma entries_covered: \forall real r, g, dot_w, dot_u, A, T, b, s, C, l, t, e, q, k, N;
      entry_covered(r, g, dot_w, dot_u, A, T, b, s, C, l, t, e, q, k, N);)

    // A sum is at most that of its absolute terms.
    predicate block_dot_within{L}(double *row, size_t *S, double *w, integer q) =
      \abs(block_dot(row, S, w, q)) <= abs_block_dot(row, S, w, q);
    STEP(lemma block_dot_within_start{L}: \forall double *row, *w, size_t *S;
      block_dot_within(row, S, w, 0);)
    STEP(lemma block_dot_within_step{L}: \forall double *row, *w, size_t *S, integer q;
      block_dot_unfolds(row, S, w, q) ==> block_dot_within(row, S, w, q) ==>
      block_dot_within(row, S, w, q + 1);)
    STEP(lemma block_dot_within_inductive{L}: \forall double *row, *w, size_t *S, integer q;
      0 <= q ==> block_dot_within(row, S, w, q) ==> block_dot_within(row, S, w, q + 1);)
    STEP(lemma block_dots_within{L}: \forall double *row, *w, size_t *S, integer q; 0 <= q ==>
      block_dot_within(row, S, w, q);)

    // One entry, with everything of state A.
    predicate entry_sums{L}(double *row, double *x, double *s, size_t *S, double *w, double *own,
                            double *whole, vector X, vector C, integer o, integer q, integer a) =
      covered_sum(block_dot(row, S, w, q), sketched_dot(row, S, C, o, X, q),
                  row[S[a]] * (s[S[a]] * (x[S[a]] - component(X, S[a]))),
                  abs_block_dot(row, S, w, q), radius_dot(row, S, own, whole, a, q),
                  dot_share((real)q));
    predicate own_part_is{L}(double *row, double *x, double *s, size_t *S, vector X, integer q,
                             integer a) =
      a < q ==> own_part(row, x, s, S, X, a, q) ==
        row[S[a]] * (s[S[a]] * (x[S[a]] - component(X, S[a])));
    STEP(lemma own_part_is_by{L}: \forall double *row, *x, *s, size_t *S, vector X, integer q, a;
      equal_products((real)row[S[a]], own_move(x, s, S, X, a), (real)row[S[a]],
                     s[S[a]] * (x[S[a]] - component(X, S[a]))) ==>
      own_part_is(row, x, s, S, X, q, a);)
    STEP(lemma all_own_parts{L}: \forall double *row, *x, *s, size_t *S, vector X, integer q, a;
      own_part_is(row, x, s, S, X, q, a);)
    STEP(lemma entry_sums_by{L}: \forall double *row, *x, *e, *s, *w, *own, *whole, size_t *S,
      vector X, C, integer o, q, d, a; 0 <= a < q ==>
      submodel_hypotheses(x, e, s, S, w, own, whole, X, C, o, q, d) ==>
      row_to(row, x, e, s, S, w, own, whole, X, C, o, q, d, a, q) ==>
      own_part_is(row, x, s, S, X, q, a) ==>
      entry_sums(row, x, s, S, w, own, whole, X, C, o, q, a);)
    STEP(lemma all_entry_sums{L}: \forall double *row, *x, *e, *s, *w, *own, *whole, size_t *S,
      vector X, C, integer o, q, d, a; 0 <= a < q ==>
      submodel_hypotheses(x, e, s, S, w, own, whole, X, C, o, q, d) ==>
      entry_sums(row, x, s, S, w, own, whole, X, C, o, q, a);)

    predicate radius_inputs{L}(double *s, double *e, size_t *S, size_t *count, integer q,
                               integer d) =
      bounded(s, d, 0x1p100) && (\forall integer j; 0 <= j < d ==> 0 <= e[j] <= 0x1p160) &&
      (\forall integer j; 0 <= j < d ==> 0 <= count[j]) && 0 <= q <= d <= 0x100000;
    predicate gradient_entry_at{L}(double *row, double *b, double *s, size_t *S, double *w,
                                   double *g, integer q, integer a) =
      \abs(g[a] - s[S[a]] * (block_dot(row, S, w, q) - b[S[a]])) <=
        scaled_error((real)q, abs_block_dot(row, S, w, q), (real)b[S[a]], (real)s[S[a]]);
    STEP(lemma gradient_entries_at{L}: \forall double *L, *b, *s, *w, *g, size_t *S, integer q,
      d, a;
      0 <= a < q ==> gradient_near{L, L}(L, b, s, S, w, g, q, d) ==>
      gradient_entry_at(L + entry(S[a], 0, d), b, s, S, w, g, q, a);)
    predicate sketched_entry_at{L}(double *row, double *b, size_t *S, vector C, integer o, vector X,
                                   vector G, integer p, integer q, integer a) =
      component(G, p + a) ==
        component(C, o + S[a]) * (sketched_dot(row, S, C, o, X, q) - b[S[a]]);
    STEP(lemma sketched_entries_at{L}: \forall double *L, *b, size_t *S, vector C, X, G,
      integer o, p, q, d, a; 0 <= a < q ==>
      sketched_gradients(L, b, S, C, o, X, G, p, q, d) ==>
      sketched_entry_at(L + entry(S[a], 0, d), b, S, C, o, X, G, p, q, a);)
    predicate worker_entry_hypotheses{L}(double *row, double *b, double *s, size_t *S, double *x,
                                         double *e, double *w, double *g, double *own,
                                         double *whole, vector X, vector C, integer q, integer o,
                                         integer a) =
      entry_hypotheses((real)g[a], block_dot(row, S, w, q), sketched_dot(row, S, C, o, X, q),
        abs_block_dot(row, S, w, q), radius_dot(row, S, own, whole, a, q), (real)b[S[a]],
        (real)s[S[a]], component(C, o + S[a]), (real)row[S[a]], x[S[a]] - component(X, S[a]),
        (real)e[S[a]], (real)q);
    STEP(lemma worker_entry_hypotheses_by{L}: \forall double *row, *b, *s, *x, *e, *w, *g, *own,
      *whole, size_t *S, vector X, C, integer q, d, o, a; 0 <= a < q ==>
      submodel_hypotheses(x, e, s, S, w, own, whole, X, C, o, q, d) ==>
      gradient_entry_at(row, b, s, S, w, g, q, a) ==>
      entry_sums(row, x, s, S, w, own, whole, X, C, o, q, a) ==> block_dot_within(row, S, w, q) ==>
      worker_entry_hypotheses(row, b, s, S, x, e, w, g, own, whole, X, C, q, o, a);)
    STEP(lemma all_worker_entry_hypotheses{L}: \forall double *row, *b, *s, *x, *e, *w, *g, *own,
      *whole, size_t *S, vector X, C, integer q, d, o, a; 0 <= a < q ==>
      submodel_hypotheses(x, e, s, S, w, own, whole, X, C, o, q, d) ==>
      gradient_entry_at(row, b, s, S, w, g, q, a) ==>
      worker_entry_hypotheses(row, b, s, S, x, e, w, g, own, whole, X, C, q, o, a);)
    predicate abs_dot_positive{L}(double *row, size_t *S, double *w, integer q) =
      0 <= abs_block_dot(row, S, w, q);
    STEP(lemma abs_dots_positive{L}: \forall double *row, *w, size_t *S, integer q;
      block_dot_within(row, S, w, q) ==> abs_dot_positive(row, S, w, q);)
    predicate entry_ranges{L}(double *s, double *e, size_t *S, size_t *count, integer q,
                              integer a) =
      \abs((real)s[S[a]]) <= 0x1p100 && 0 <= e[S[a]] <= 0x1p160 && 0 <= q <= 0x100000 &&
      0 <= count[S[a]];
    STEP(lemma all_entry_ranges{L}: \forall double *s, *e, size_t *S, *count, integer q, d, a;
      0 <= a < q ==> radius_inputs(s, e, S, count, q, d) ==> indices(S, q, d) ==>
      entry_ranges(s, e, S, count, q, a);)
    STEP(lemma worker_entry_covered_by{A, B}: \forall double *row, *b, *s, *x, *e, *w, *g, *own,
      *whole, *coefficient, *radius, size_t *S, *count, vector X, C, G, integer q, o, p, a;
      entry_ranges{A}(s, e, S, count, q, a) ==>
      worker_entry_hypotheses{A}(row, b, s, S, x, e, w, g, own, whole, X, C, q, o, a) ==>
      sketched_entry_at{A}(row, b, S, C, o, X, G, p, q, a) ==>
      entry_radius_is{A, B}(row, b, s, S, e, g, count, own, whole, coefficient, radius, q, a) ==>
      abs_dot_positive{A}(row, S, w, q) ==>
      entry_covered((real)\at(radius[a], B), (real)\at(g[a], A),
        block_dot{A}(row, S, w, q), sketched_dot{A}(row, S, C, o, X, q),
        abs_block_dot{A}(row, S, w, q), radius_dot{A}(row, S, own, whole, a, q),
        (real)\at(b[S[a]], A), (real)\at(s[S[a]], A), component(C, o + \at(S[a], A)),
        (real)\at(row[S[a]], A),
        \at(x[\at(S[a], A)], A) - component(X, \at(S[a], A)), (real)\at(e[S[a]], A), (real)q,
        (real)\at(coefficient[a], B), (real)\at(count[\at(S[a], A)], A)) ==>
      entry_covered_at{A, B}(x, e, S, g, count, coefficient, radius, X, G, p, a);)
    STEP(lemma worker_entries_covered{A, B}: \forall double *row, *b, *s, *x, *e, *w, *g, *own,
      *whole, *coefficient, *radius, size_t *S, *count, vector X, C, G, integer q, d, o, p, a;
      0 <= a < q ==> entry_ranges{A}(s, e, S, count, q, a) ==>
      submodel_hypotheses{A}(x, e, s, S, w, own, whole, X, C, o, q, d) ==>
      gradient_entry_at{A}(row, b, s, S, w, g, q, a) ==>
      sketched_entry_at{A}(row, b, S, C, o, X, G, p, q, a) ==>
      entry_radius_is{A, B}(row, b, s, S, e, g, count, own, whole, coefficient, radius, q, a) ==>
      entry_covered_at{A, B}(x, e, S, g, count, coefficient, radius, X, G, p, a);)
    STEP(lemma worker_entry_in_by{A, B}: \forall double *L, *b, *s, *x, *e, *w, *g, *own,
      *whole, *coefficient, *radius, size_t *S, *count, vector X, C, G, integer q, d, o, p, a;
      0 <= a < q ==> radius_inputs{A}(s, e, S, count, q, d) ==>
      submodel_hypotheses{A}(x, e, s, S, w, own, whole, X, C, o, q, d) ==>
      gradient_entry_at{A}(L + entry(\at(S[a], A), 0, d), b, s, S, w, g, q, a) ==>
      sketched_entry_at{A}(L + entry(\at(S[a], A), 0, d), b, S, C, o, X, G, p, q, a) ==>
      entry_radius_is{A, B}(L + entry(\at(S[a], A), 0, d), b, s, S, e, g, count, own, whole,
                            coefficient, radius, q, a) ==>
      entry_covered_at{A, B}(x, e, S, g, count, coefficient, radius, X, G, p, a);)
    STEP(lemma worker_entry_in{A, B}: \forall double *L, *b, *s, *x, *e, *w, *g, *own,
      *whole, *coefficient, *radius, size_t *S, *count, vector X, C, G, integer q, d, o, p, a;
      0 <= a < q ==> radius_inputs{A}(s, e, S, count, q, d) ==>
      submodel_hypotheses{A}(x, e, s, S, w, own, whole, X, C, o, q, d) ==>
      gradient_near{A, A}(L, b, s, S, w, g, q, d) ==>
      sketched_gradients{A}(L, b, S, C, o, X, G, p, q, d) ==>
      entry_radius_is{A, B}(L + entry(\at(S[a], A), 0, d), b, s, S, e, g, count, own, whole,
                            coefficient, radius, q, a) ==>
      entry_covered_at{A, B}(x, e, S, g, count, coefficient, radius, X, G, p, a);)
    predicate worker_hypotheses{A, B}(double *L, double *b, double *s, size_t *S, double *x,
                                      double *e, double *w, double *g, size_t *count, double *own,
                                      double *whole, double *coefficient, double *radius, integer q,
                                      integer d) =
      radius_inputs{A}(s, e, S, count, q, d) && indices{A}(S, q, d) &&
      submodel_near{A, A}(x, s, S, w, q) &&
      submodel_radii{A, A}(x, e, s, S, w, own, whole, q, dot_share((real)q)) &&
      gradient_near{A, A}(L, b, s, S, w, g, q, d) &&
      entry_radii_are{A, B}(L, b, s, S, e, g, count, own, whole, coefficient, radius, q, d, q);
    STEP(lemma worker_hypotheses_submodel{A, B}: \forall double *L, *b, *s, *x, *e, *w, *g, *own,
      *whole, *coefficient, *radius, size_t *S, *count, vector X, C, integer q, d, o;
      worker_hypotheses{A, B}(L, b, s, S, x, e, w, g, count, own, whole, coefficient, radius, q,
      d) ==> close{A}(x, X, e, d) ==> scales_close{A}(s, C, o, d) ==>
      submodel_hypotheses{A}(x, e, s, S, w, own, whole, X, C, o, q, d);)
    STEP(lemma worker_covered_by{A, B}: \forall double *L, *b, *s, *x, *e, *w, *g, *own,
      *whole, *coefficient, *radius, size_t *S, *count, vector X, C, G, integer q, d, o, p;
      worker_hypotheses{A, B}(L, b, s, S, x, e, w, g, count, own, whole, coefficient, radius, q,
      d) ==> close{A}(x, X, e, d) ==> scales_close{A}(s, C, o, d) ==>
      sketched_gradients{A}(L, b, S, C, o, X, G, p, q, d) ==>
      all_covered{A, B}(x, e, S, g, count, coefficient, radius, X, G, p, q);)
    STEP(lemma workers_covered{A, B}: \forall double *L, *b, *s, *x, *e, *w, *g, *own,
      *whole, *coefficient, *radius, size_t *S, *count, integer q, d, o, p;
      worker_hypotheses{A, B}(L, b, s, S, x, e, w, g, count, own, whole, coefficient, radius, q,
      d) ==> worker_covered{A, B}(L, b, s, S, x, e, g, count, coefficient, radius, q, d, o, p);)

    // The same from an earlier state, in which the work space did not hold its results yet.
    predicate kept{A, B}(double *L, double *b, double *s, size_t *S, double *x, double *e,
                                double *w, double *g, size_t *count, integer q, integer d) =
      kept{A, B}(L, b, s, S, q, d) && same{A, B}(x, d) && same{A, B}(e, d) &&
      same{A, B}(w, q) && same{A, B}(g, q) && same{A, B}(count, d);
    predicate worker_covered_before{A, M, B}(double *L, double *b, double *s, size_t *S, double *x,
                                             double *e, double *w, double *g, size_t *count,
                                             double *coefficient, double *radius, integer q,
                                             integer d, integer o, integer p) =
      kept{A, M}(L, b, s, S, x, e, w, g, count, q, d) ==>
      worker_covered{M, B}(L, b, s, S, x, e, g, count, coefficient, radius, q, d, o, p) ==>
      worker_covered{A, B}(L, b, s, S, x, e, g, count, coefficient, radius, q, d, o, p);
    STEP(lemma all_entry_inputs_same{A, B}: \forall double *L, *b, *s, *x, *e, *w, *g,
      size_t *S, *count, integer q, d, a;
      kept{A, B}(L, b, s, S, x, e, w, g, count, q, d) ==> 0 <= a < q ==>
      entry_inputs_same{A, B}(x, e, S, g, count, a);)
    STEP(lemma entry_covered_before{A, M, B}: \forall double *L, *b, *s, *x, *e, *w, *g,
      *coefficient, *radius, size_t *S, *count, vector X, G, integer q, d, p, a;
      kept{A, M}(L, b, s, S, x, e, w, g, count, q, d) ==> 0 <= a < q ==>
      entry_covered_moved{M, B, A, B}(x, e, S, g, count, coefficient, radius, X, G, p, a) ==>
      entry_covered_at{M, B}(x, e, S, g, count, coefficient, radius, X, G, p, a) ==>
      entry_covered_at{A, B}(x, e, S, g, count, coefficient, radius, X, G, p, a);)
    STEP(lemma entry_covered_before_of{A, M, B}: \forall double *L, *b, *s, *x, *e, *w, *g,
      *coefficient, *radius, size_t *S, *count, vector X, G, integer q, d, p, a;
      kept{A, M}(L, b, s, S, x, e, w, g, count, q, d) ==>
      all_covered{M, B}(x, e, S, g, count, coefficient, radius, X, G, p, q) ==> 0 <= a < q ==>
      entry_covered_at{A, B}(x, e, S, g, count, coefficient, radius, X, G, p, a);)
    STEP(lemma all_covered_before{A, M, B}: \forall double *L, *b, *s, *x, *e, *w, *g, *coefficient,
      *radius, size_t *S, *count, vector X, G, integer q, d, o, p;
      kept{A, M}(L, b, s, S, x, e, w, g, count, q, d) ==>
      all_covered{M, B}(x, e, S, g, count, coefficient, radius, X, G, p, q) ==>
      all_covered{A, B}(x, e, S, g, count, coefficient, radius, X, G, p, q);)
    predicate exact_inputs{L}(double *L, double *b, double *s, size_t *S, double *x, double *e,
                              vector X, vector C, vector G, integer q, integer d, integer o,
                              integer p) =
      close(x, X, e, d) && scales_close(s, C, o, d) &&
      sketched_gradients(L, b, S, C, o, X, G, p, q, d);
    STEP(lemma exact_inputs_kept{A, M}: \forall double *L, *b, *s, *x, *e, *w, *g, size_t *S,
      *count, vector X, C, G, integer q, d, o, p;
      kept{A, M}(L, b, s, S, x, e, w, g, count, q, d) ==>
      sketched_kept{A, M}(L, b, s, S, C, o, X, G, p, q, d) ==>
      exact_inputs{A}(L, b, s, S, x, e, X, C, G, q, d, o, p) ==>
      exact_inputs{M}(L, b, s, S, x, e, X, C, G, q, d, o, p);)
    STEP(lemma all_exact_inputs_kept{A, M}: \forall double *L, *b, *s, *x, *e, *w, *g, size_t *S,
      *count, vector X, C, G, integer q, d, o, p;
      kept{A, M}(L, b, s, S, x, e, w, g, count, q, d) ==>
      exact_inputs{A}(L, b, s, S, x, e, X, C, G, q, d, o, p) ==>
      exact_inputs{M}(L, b, s, S, x, e, X, C, G, q, d, o, p);)
    STEP(lemma worker_covered_instance{A, B}: \forall double *L, *b, *s, *x, *e, *g, *coefficient,
      *radius, size_t *S, *count, vector X, C, G, integer q, d, o, p;
      worker_covered{A, B}(L, b, s, S, x, e, g, count, coefficient, radius, q, d, o, p) ==>
      exact_inputs{A}(L, b, s, S, x, e, X, C, G, q, d, o, p) ==>
      all_covered{A, B}(x, e, S, g, count, coefficient, radius, X, G, p, q);)
    STEP(lemma worker_covered_before_by{A, M, B}: \forall double *L, *b, *s, *x, *e, *w, *g,
      *coefficient, *radius, size_t *S, *count, vector X, C, G, integer q, d, o, p;
      kept{A, M}(L, b, s, S, x, e, w, g, count, q, d) ==>
      worker_covered{M, B}(L, b, s, S, x, e, g, count, coefficient, radius, q, d, o, p) ==>
      exact_inputs{A}(L, b, s, S, x, e, X, C, G, q, d, o, p) ==>
      all_covered{A, B}(x, e, S, g, count, coefficient, radius, X, G, p, q);)
    lemma workers_covered_before{A, M, B}: \forall double *L, *b, *s, *x, *e, *w, *g,
      *coefficient, *radius, size_t *S, *count, integer q, d, o, p;
      worker_covered_before{A, M, B}(L, b, s, S, x, e, w, g, count, coefficient, radius, q, d, o,
      p);

    predicate near_kept{A, B}(double *L, double *b, double *s, size_t *S, double *x, double *e,
                              double *w, double *g, size_t *count, double *own, double *whole,
                              integer q, integer d) =
      kept{A, B}(L, b, s, S, x, e, w, g, count, q, d) ==>
      submodel_near{A, A}(x, s, S, w, q) ==> gradient_near{A, A}(L, b, s, S, w, g, q, d) ==>
      submodel_radii{A, B}(x, e, s, S, w, own, whole, q, dot_share((real)q)) ==>
      submodel_near{B, B}(x, s, S, w, q) && gradient_near{B, B}(L, b, s, S, w, g, q, d) &&
      submodel_radii{B, B}(x, e, s, S, w, own, whole, q, dot_share((real)q));
    STEP(lemma submodel_near_kept{A, B}: \forall double *L, *b, *s, *x, *e, *w, *g, size_t *S,
      *count, integer q, d; kept{A, B}(L, b, s, S, x, e, w, g, count, q, d) ==>
      submodel_near{A, A}(x, s, S, w, q) ==> submodel_near{B, B}(x, s, S, w, q);)
    predicate worker_near_kept{A, B}(double *L, double *b, double *s, size_t *S, double *x,
                                     double *e, double *w, double *g, size_t *count, integer q,
                                     integer d) =
      kept{A, B}(L, b, s, S, x, e, w, g, count, q, d) ==>
      submodel_near{A, A}(x, s, S, w, q) ==> gradient_near{A, A}(L, b, s, S, w, g, q, d) ==>
      submodel_near{B, B}(x, s, S, w, q) && gradient_near{B, B}(L, b, s, S, w, g, q, d);
    STEP(lemma workers_near_kept_by{A, B}: \forall double *L, *b, *s, *x, *e, *w, *g, size_t *S,
      *count, integer q, d;
      gradient_near_kept{A, B}(L, b, s, S, w, g, q, d) ==>
      (kept{A, B}(L, b, s, S, x, e, w, g, count, q, d) ==>
       submodel_near{A, A}(x, s, S, w, q) ==> submodel_near{B, B}(x, s, S, w, q)) ==>
      worker_near_kept{A, B}(L, b, s, S, x, e, w, g, count, q, d);)
    lemma workers_near_kept{A, B}: \forall double *L, *b, *s, *x, *e, *w, *g, size_t *S, *count,
      integer q, d; 0 <= q ==> worker_near_kept{A, B}(L, b, s, S, x, e, w, g, count, q, d);
    STEP(lemma submodel_radii_kept{A, B}: \forall double *L, *b, *s, *x, *e, *w, *g, *own, *whole,
      size_t *S, *count, integer q, d, real share;
      kept{A, B}(L, b, s, S, x, e, w, g, count, q, d) ==>
      submodel_radii{A, B}(x, e, s, S, w, own, whole, q, share) ==>
      submodel_radii{B, B}(x, e, s, S, w, own, whole, q, share);)
    STEP(lemma all_near_kept_by{A, B}: \forall double *L, *b, *s, *x, *e, *w, *g, *own, *whole,
      size_t *S, *count, integer q, d;
      gradient_near_kept{A, B}(L, b, s, S, w, g, q, d) ==>
      (kept{A, B}(L, b, s, S, x, e, w, g, count, q, d) ==>
       submodel_near{A, A}(x, s, S, w, q) ==> submodel_near{B, B}(x, s, S, w, q)) ==>
      (kept{A, B}(L, b, s, S, x, e, w, g, count, q, d) ==>
       submodel_radii{A, B}(x, e, s, S, w, own, whole, q, dot_share((real)q)) ==>
       submodel_radii{B, B}(x, e, s, S, w, own, whole, q, dot_share((real)q))) ==>
      near_kept{A, B}(L, b, s, S, x, e, w, g, count, own, whole, q, d);)
    lemma all_near_kept{A, B}: \forall double *L, *b, *s, *x, *e, *w, *g, *own, *whole,
      size_t *S, *count, integer q, d; 0 <= q ==>
      near_kept{A, B}(L, b, s, S, x, e, w, g, count, own, whole, q, d);
    predicate worker_radii{A, B}(double *L, double *b, double *s, size_t *S, double *x,
                                 double *e, double *w, double *g, size_t *count, double *own,
                                 double *whole, double *coefficient, double *radius, integer q,
                                 integer d) =
      worker_hypotheses{A, B}(L, b, s, S, x, e, w, g, count, own, whole, coefficient, radius, q,
      d) ==> \forall integer o, p;
        worker_covered{A, B}(L, b, s, S, x, e, g, count, coefficient, radius, q, d, o, p);
    lemma all_worker_radii{A, B}: \forall double *L, *b, *s, *x, *e, *w, *g, *own,
      *whole, *coefficient, *radius, size_t *S, *count, integer q, d;
      worker_radii{A, B}(L, b, s, S, x, e, w, g, count, own, whole, coefficient, radius, q, d);
*/

#endif
