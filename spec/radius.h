/** How far the exact entries of a submodel gradient can be from the computed ones, when the exact
 *  iterate is within e of the computed one. An entry's error is, up to its radius, its coefficient
 *  s_j^2 L_jj times the error of its own coordinate: that part may cancel in the step. */
#ifndef IST_SPEC_RADIUS_H
#define IST_SPEC_RADIUS_H

#include "exact_round.h"

/*@ // Share of a term's absolute value in the radius: the roundings of a sum of q terms, and more.
    logic real dot_share(real q) = 0x1.004p-53 * (q + 8.0);
    logic real merge_share(real N) = 0x1.004p-53 * (N + 9.0);

    // own: what w is off from C X but for s (x - X); whole: what it is off from C X. Each with the
    // share of |w| that pays for roundings.
    predicate radii_of(real own, real whole, real w, real s, real x, real e, real share) =
      0x1p-50 * (\abs(s) * (\abs(x) + e)) + share * \abs(w) + 0x1p-1001 <= own &&
      own + \abs(s) * e <= whole;
    predicate submodel_radii{A, B}(double *x, double *e, double *s, size_t *S, double *w,
                                   double *own, double *whole, integer q, real share) =
      \forall integer a; 0 <= a < q ==>
        radii_of((real)\at(own[a], B), (real)\at(whole[a], B), (real)\at(w[a], A),
                 (real)\at(s[S[a]], A), (real)\at(x[S[a]], A), (real)\at(e[S[a]], A), share);

    // sum_{k<m} |row[S_k]| r_k, r_a = own[a], otherwise r_k = whole[k].
    logic real radius_dot{L}(double *row, size_t *S, double *own, double *whole, integer a,
                             integer m) =
      m <= 0 ? 0.0 : radius_dot(row, S, own, whole, a, m - 1) +
        (m - 1 == a ? \abs((real)row[S[m - 1]]) * own[m - 1]
                    : \abs((real)row[S[m - 1]]) * whole[m - 1]);

    // The coefficient k, and the radius r of an entry from T, the sum above.
    predicate coefficient_of(real k, real s, real l) =
      \abs(k - (s * l) * s) <= 0x1p-51 * \abs(k) + 0x1p-970;
    predicate radius_of(real r, real s, real T, real b, real q, real N, real g, real k, real e) =
      0x1.0000000000008p0 * (\abs(s) * (T + dot_share(q) * \abs(b))) +
        merge_share(N) * (\abs(g) + \abs(k) * e) + 0x1p-800 <= r;

    // What the code computes for entry a, whose row is row, in state B from the inputs in state A.
    predicate entry_radius_is{A, B}(double *row, double *b, double *s, size_t *S, double *e,
                                    double *g, size_t *count, double *own, double *whole,
                                    double *coefficient, double *radius, integer q, integer a) =
      coefficient_of((real)\at(coefficient[a], B), (real)\at(s[S[a]], A),
                     (real)\at(row[S[a]], A)) &&
      radius_of((real)\at(radius[a], B), (real)\at(s[S[a]], A),
                radius_dot{A}(row, S, own, whole, a, q),
                (real)\at(b[S[a]], A), (real)q, (real)\at(count[\at(S[a], A)], A),
                (real)\at(g[a], A), (real)\at(coefficient[a], B), (real)\at(e[S[a]], A));
    predicate entry_radii_are{A, B}(double *L, double *b, double *s, size_t *S, double *e,
                                    double *g,
                                    size_t *count, double *own, double *whole, double *coefficient,
                                    double *radius, integer q, integer d, integer m) =
      \forall integer a; 0 <= a < m ==>
        entry_radius_is{A, B}(L + entry(\at(S[a], A), 0, d), b, s, S, e, g, count, own, whole,
                              coefficient, radius, q, a);

    // r covers what g - k t is off from G, and the roundings of merging N such entries.
    predicate covered(real r, real g, real G, real k, real t, real e, real N) =
      \abs(g - G - k * t) + 0x1.004p-53 * ((N + 1.0) * (\abs(g) + \abs(k) * e)) +
        0x1p-1071 * (1.0 + e) <= r;
    predicate entry_covered_at{A, B}(double *x, double *e, size_t *S, double *g, size_t *count,
                                     double *coefficient, double *radius, vector X, vector G,
                                     integer p, integer a) =
      covered((real)\at(radius[a], B), (real)\at(g[a], A), component(G, p + a),
              (real)\at(coefficient[a], B), \at(x[\at(S[a], A)], A) - component(X, \at(S[a], A)),
              (real)\at(e[S[a]], A), (real)\at(count[\at(S[a], A)], A));
    predicate all_covered{A, B}(double *x, double *e, size_t *S, double *g, size_t *count,
                                double *coefficient, double *radius, vector X, vector G, integer p,
                                integer q) =
      \forall integer a; 0 <= a < q ==>
        entry_covered_at{A, B}(x, e, S, g, count, coefficient, radius, X, G, p, a);

    // So for every exact iterate and all exact scales: the radii of one worker.
    predicate worker_covered{A, B}(double *L, double *b, double *s, size_t *S, double *x, double *e,
                                   double *g, size_t *count, double *coefficient, double *radius,
                                   integer q, integer d, integer o, integer p) =
      \forall vector X, C, G; close{A}(x, X, e, d) ==> scales_close{A}(s, C, o, d) ==>
        sketched_gradients{A}(L, b, S, C, o, X, G, p, q, d) ==>
        all_covered{A, B}(x, e, S, g, count, coefficient, radius, X, G, p, q);
*/

#endif
