/** One round over the reals, for any real iterate and any real scales: eqs. (2), (5), (26). */
#ifndef IST_SPEC_EXACT_ROUND_H
#define IST_SPEC_EXACT_ROUND_H

#include "exact.h"

/*@ // A sequence of real numbers. Nothing is assumed about these: what is proved of them holds for
    // any function of the integers to the reals.
    axiomatic RealVectors {
      type vector;
      logic real component(vector v, integer j);
    }

    // X is within e of x, and the scales C within 2^-51 of s, relatively.
    predicate close{L}(double *x, vector X, double *e, integer d) =
      \forall integer j; 0 <= j < d ==> \abs(x[j] - component(X, j)) <= e[j];
    predicate scale_close(real s, real C) = \abs(s - C) <= 0x1p-51 * \abs(s);
    predicate scales_close{L}(double *s, vector C, integer o, integer d) =
      \forall integer j; 0 <= j < d ==> scale_close((real)s[j], component(C, o + j));

    // sum_{k<q} row[S_k] C[S_k] X[S_k]; a worker's scales begin at component o of C.
    logic real sketched_term{L}(size_t *S, vector C, integer o, vector X, integer k) =
      component(C, o + S[k]) * component(X, S[k]);
    logic real sketched_dot{L}(double *row, size_t *S, vector C, integer o, vector X, integer q) =
      q <= 0 ? 0.0 : sketched_dot(row, S, C, o, X, q - 1) +
        row[S[q - 1]] * sketched_term(S, C, o, X, q - 1);

    // Entry a of C (L C X - b), and G with these entries from p on.
    logic real sketched_gradient{L}(double *L, double *b, size_t *S, vector C, integer o, vector X,
                                    integer q, integer d, integer a) =
      component(C, o + S[a]) * (sketched_dot(L + entry(S[a], 0, d), S, C, o, X, q) - b[S[a]]);
    predicate sketched_gradients{L}(double *L, double *b, size_t *S, vector C, integer o, vector X,
                                    vector G, integer p, integer q, integer d) =
      \forall integer a; 0 <= a < q ==>
        component(G, p + a) == sketched_gradient(L, b, S, C, o, X, q, d, a);

    // Those of all workers: the parts of worker i begin at i times a stride.
    predicate all_sketched_gradients{L}(double *L, integer L_stride, double *b, integer b_stride,
                                        size_t *block, vector C, integer s_stride, vector X,
                                        vector G, integer n, integer q, integer d) =
      \forall integer i; 0 <= i < n ==>
        sketched_gradients(L + start(i, L_stride), b + start(i, b_stride), block + start(i, q), C,
                           start(i, s_stride), X, G, start(i, q), q, d);

    // sum of the components G_k, k < m, that belong to coordinate j; Y = X - gamma (that / n).
    logic real merged_components{L}(vector G, size_t *block, integer m, integer j) =
      m <= 0 ? 0.0 : merged_components(G, block, m - 1, j) +
        (block[m - 1] == j ? component(G, m - 1) : 0.0);
    predicate exact_step{L}(vector X, vector G, size_t *block, integer m, integer d, real gamma,
                            real n, vector Y) =
      \forall integer j; 0 <= j < d ==>
        component(Y, j) == component(X, j) - gamma * (merged_components(G, block, m, j) / n);
*/

#endif
