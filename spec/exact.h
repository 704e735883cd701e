/** Exact results, and how far computed ones may be from them: what the error clauses of the
 *  contracts say. The lemmas that prove them are in the *_error.h of each room. */
#ifndef IST_SPEC_EXACT_H
#define IST_SPEC_EXACT_H

#include "index.h"

/*@ // Bound on the error of a sum of k terms, each a product rounded, when the absolute values of
    // the exact terms sum to A: (k + 1) u A to first order, and an allowance for underflow.
    // u = 2^-53; 0x1.004p-53 covers the higher orders for up to 2^40 terms.
    logic real sum_error(real k, real A) = 0x1.004p-53 * ((k + 1.0) * A) + 4.0 * k * 0x1p-1074;

    // r is v rounded once: half a unit in the last place, or half of the smallest subnormal.
    predicate rounded(real r, real v) = \abs(r - v) <= 0x1p-53 * \abs(v) + 0x1p-1074;

    // sum_{j<d} a_j x_j and sum_{j<d} |a_j x_j|, over the reals.
    logic real dot{L}(double *a, double *x, integer d) =
      d <= 0 ? 0.0 : dot(a, x, d - 1) + a[d - 1] * x[d - 1];
    logic real abs_dot{L}(double *a, double *x, integer d) =
      d <= 0 ? 0.0 : abs_dot(a, x, d - 1) + \abs(a[d - 1] * x[d - 1]);

    // sum_{j<m} x_j (A x)_j, which for m = d is x'Ax, the sum of its absolute terms, and sum_j
    // |x_j|.
    logic real form{L}(double *A, double *x, integer d, integer m) =
      m <= 0 ? 0.0 :
      form(A, x, d, m - 1) + x[m - 1] * dot(A + entry(m - 1, 0, d), x, d);
    logic real abs_form{L}(double *A, double *x, integer d, integer m) =
      m <= 0 ? 0.0 :
      abs_form(A, x, d, m - 1) + \abs((real)x[m - 1]) * abs_dot(A + entry(m - 1, 0, d), x, d);
    logic real abs_sum{L}(double *x, integer m) =
      m <= 0 ? 0.0 : abs_sum(x, m - 1) + \abs((real)x[m - 1]);

    // x'y for an exact x'Ax, where y = A x was computed: A: the absolute terms, X = sum_j |x_j|.
    logic real product_error(real d, real A, real X) =
      0x1.004p-53 * ((d + 1.0) * A) + 4.0 * d * 0x1p-1074 * X;
    // x'y itself computed, too.
    logic real form_error(real d, real A, real X) =
      product_error(d, A, X) + sum_error(d, A + product_error(d, A, X));
    // Q / 2 - S, both operations rounded, from Q within E and S within F; |Q| <= A, |S| <= B.
    logic real half_error(real A, real E, real B, real F) =
      E / 2.0 + F + 0x1.004p-53 * (A + E + B + F) + 0x1p-1072;
    // f(x) = x'Ax / 2 - b'x: Q, X as above, B = sum_j |b_j x_j|.
    logic real value_error(real d, real Q, real X, real B) =
      half_error(Q, form_error(d, Q, X), B, sum_error(d, B));

    // sum_{k<q} row[S[k]] w[k] and the sum of its absolute terms, over the reals.
    logic real block_dot{L}(double *row, size_t *S, double *w, integer q) =
      q <= 0 ? 0.0 : block_dot(row, S, w, q - 1) + row[S[q - 1]] * w[q - 1];
    logic real abs_block_dot{L}(double *row, size_t *S, double *w, integer q) =
      q <= 0 ? 0.0 : abs_block_dot(row, S, w, q - 1) + \abs(row[S[q - 1]] * w[q - 1]);

    // y, in state B, is within its error of the block's product with w, both in state A.
    predicate block_product_near{A, B}(double *L, size_t *S, double *w, double *y, integer q,
                                       integer d) =
      \forall integer a; 0 <= a < q ==>
        \abs(\at(y[a], B) - block_dot{A}(L + entry(\at(S[a], A), 0, d), S, w, q)) <=
          sum_error((real)q, abs_block_dot{A}(L + entry(\at(S[a], A), 0, d), S, w, q));

    // s (S - b) from s, b and a sum computed with error sum_error(k, A).
    logic real scaled_error(real k, real A, real b, real s) =
      \abs(s) * sum_error(k + 2.0, A + \abs(b)) + 0x1p-1074;

    // Entry a of the exact submodel gradient: s_j (sum_k L[j, S_k] w_k - b_j), j = S_a.
    logic real block_gradient{L}(double *A, double *b, double *s, size_t *S, double *w,
                                 integer q, integer d, integer a) =
      s[S[a]] * (block_dot(A + entry(S[a], 0, d), S, w, q) - b[S[a]]);

    // How far the computed one may be from it.
    logic real gradient_error{L}(double *A, double *b, double *s, size_t *S, double *w,
                                 integer q, integer d, integer a) =
      scaled_error((real)q, abs_block_dot(A + entry(S[a], 0, d), S, w, q), (real)b[S[a]],
                   (real)s[S[a]]);

    // g, in state B, is within its error of the exact submodel gradient of the inputs in state A.
    predicate gradient_near{A, B}(double *L, double *b, double *s, size_t *S, double *w, double *g,
                                  integer q, integer d) =
      \forall integer a; 0 <= a < q ==>
        \abs(\at(g[a], B) - block_gradient{A}(L, b, s, S, w, q, d, a)) <=
          gradient_error{A}(L, b, s, S, w, q, d, a);

    // w, in state B, is the exact submodel of x, s and S in state A, rounded once.
    predicate submodel_near{A, B}(double *x, double *s, size_t *S, double *w, integer q) =
      \forall integer a; 0 <= a < q ==> rounded(\at(w[a], B), \at(s[S[a]] * x[S[a]], A));

    // Over the entries g[k], k < m, of coordinate j (block[k] == j): how many, their sum, and the
    // sum of their absolute values.
    logic integer members{L}(size_t *block, integer m, integer j) =
      m <= 0 ? 0 : members(block, m - 1, j) + (block[m - 1] == j ? 1 : 0);
    logic real merged{L}(double *g, size_t *block, integer m, integer j) =
      m <= 0 ? 0.0 : merged(g, block, m - 1, j) + (block[m - 1] == j ? (real)g[m - 1] : 0.0);
    logic real abs_merged{L}(double *g, size_t *block, integer m, integer j) =
      m <= 0 ? 0.0 :
      abs_merged(g, block, m - 1, j) + (block[m - 1] == j ? \abs((real)g[m - 1]) : 0.0);

    // x - gamma (S / n), three roundings.
    logic real step_error(real x, real gamma, real mean) =
      0x1.004p-53 * (\abs(x) + 3.0 * \abs(gamma * mean)) + 0x1p-1072 * (1.0 + \abs(gamma));

    // r is x - gamma (S / n), or S / n, as computed from x and S.
    predicate stepped(real r, real x, real gamma, real S, real n) =
      \abs(r - (x - gamma * (S / n))) <= step_error(x, gamma, S / n);
    predicate averaged(real r, real S, real n) = rounded(r, S / n);

    // sum, in state B, is within its error of the exact merge of the entries in state A.
    predicate merge_error{A, B}(double *g, size_t *block, double *sum, integer m, integer d) =
      \forall integer j; 0 <= j < d ==>
        \abs(\at(sum[j], B) - merged{A}(g, block, m, j)) <=
          sum_error((real)members{A}(block, m, j), abs_merged{A}(g, block, m, j));
*/

#endif
