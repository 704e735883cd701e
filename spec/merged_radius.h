/** That the merged radii cover the merged gradient, and the errors after the step cover
 *  the step. */
#ifndef IST_SPEC_MERGED_RADIUS_H
#define IST_SPEC_MERGED_RADIUS_H

#include "accumulate.h"
#include "arrays.h"
#include "round_error.h"

/*@ // The merged sums at j of the first m entries, unfolded by one entry.
    predicate merged_unfolds{L}(double *g, size_t *block, integer m, integer j) =
      (block[m] == j ==> merged(g, block, m + 1, j) == merged(g, block, m, j) + g[m] &&
        abs_merged(g, block, m + 1, j) == abs_merged(g, block, m, j) + \abs((real)g[m])) &&
      (block[m] != j ==> merged(g, block, m + 1, j) == merged(g, block, m, j) &&
        abs_merged(g, block, m + 1, j) == abs_merged(g, block, m, j));
    STEP(lemma all_merged_unfold{L}: \forall double *g, size_t *block, integer m, j; 0 <= m ==>
      merged_unfolds(g, block, m, j);)
    predicate components_unfold{L}(vector G, size_t *block, integer m, integer j) =
      (block[m] == j ==> merged_components(G, block, m + 1, j) ==
        merged_components(G, block, m, j) + component(G, m)) &&
      (block[m] != j ==> merged_components(G, block, m + 1, j) ==
        merged_components(G, block, m, j));
    STEP(lemma all_components_unfold{L}: \forall vector G, size_t *block, integer m, j; 0 <= m ==>
      components_unfold(G, block, m, j);)
    predicate members_unfold{L}(size_t *block, integer m, integer j) =
      members(block, m + 1, j) == members(block, m, j) + (block[m] == j ? 1 : 0);
    STEP(lemma all_members_unfold{L}: \forall size_t *block, integer m, j; 0 <= m ==>
      members_unfold(block, m, j);)

    // What k entries of coordinate j sum to: r covers what S is off from G + K t; A, B: the
    // absolute sums of S and K.
    predicate sum_covered(real r, real S, real G, real K, real t, real e, real A, real B, real N,
                          real k) =
      \abs(S - G - K * t) + 0x1.004p-53 * ((N + 1.0) * (A + B * e)) +
        k * (0x1p-1071 * (1.0 + e)) <= r;
    predicate sum_next(real r, real S, real G, real K, real t, real e, real A, real B, real N,
                       real k, real r2, real g, real G2, real c) =
      sum_covered(r, S, G, K, t, e, A, B, N, k) ==> covered(r2, g, G2, c, t, e, N) ==>
      sum_covered(r + r2, S + g, G + G2, K + c, t, e, A + \abs(g), B + \abs(c), N, k + 1.0);
    predicate distributed(real a, real b, real c) = (a + b) * c == a * c + b * c;
    STEP(lemma all_distributed: \forall real a, b, c; distributed(a, b, c);)
    predicate pair_distributed(real n, real a, real b) = n * (a + b) == n * a + n * b;
    STEP(lemma pairs_distributed: \forall real n, a, b; pair_distributed(n, a, b);)
    STEP(lemma sum_next_by: \forall real r, S, G, K, t, e, A, B, N, k, r2, g, G2, c;
      distributed(K, c, t) ==> distributed(B, \abs(c), e) ==>
      pair_distributed(N + 1.0, A + B * e, \abs(g) + \abs(c) * e) ==>
      distributed(k, 1.0, 0x1p-1071 * (1.0 + e)) ==>
      sum_next(r, S, G, K, t, e, A, B, N, k, r2, g, G2, c);)
    STEP(lemma sums_next: \forall real r, S, G, K, t, e, A, B, N, k, r2, g, G2, c;
      sum_next(r, S, G, K, t, e, A, B, N, k, r2, g, G2, c);)

    // All entries, in one state.
    predicate entry_covered_for{L}(double *x, double *e, size_t *block, double *g, size_t *count,
                                   double *coefficient, double *radius, vector X, vector G,
                                   integer k, integer j) =
      block[k] == j ==>
        covered((real)radius[k], (real)g[k], component(G, k), (real)coefficient[k],
                x[j] - component(X, j), (real)e[j], (real)count[j]);
    STEP(lemma entry_covered_at_own{L}: \forall double *x, *e, *g, *coefficient, *radius,
      size_t *block, *count, vector X, G, integer k;
      entry_covered_at{L, L}(x, e, block, g, count, coefficient, radius, X, G, 0, k) ==>
      entry_covered_for(x, e, block, g, count, coefficient, radius, X, G, k, block[k]);)
    STEP(lemma entry_covered_of_own{L}: \forall double *x, *e, *g, *coefficient, *radius,
      size_t *block, *count, vector X, G, integer k, j;
      entry_covered_for(x, e, block, g, count, coefficient, radius, X, G, k, block[k]) ==>
      entry_covered_for(x, e, block, g, count, coefficient, radius, X, G, k, j);)
    STEP(lemma entries_covered_at{L}: \forall double *x, *e, *g, *coefficient, *radius,
      size_t *block, *count, vector X, G, integer m, k;
      all_covered{L, L}(x, e, block, g, count, coefficient, radius, X, G, 0, m) ==> 0 <= k < m ==>
      entry_covered_at{L, L}(x, e, block, g, count, coefficient, radius, X, G, 0, k);)
    STEP(lemma entries_covered_for{L}: \forall double *x, *e, *g, *coefficient, *radius,
      size_t *block, *count, vector X, G, integer m, k, j;
      all_covered{L, L}(x, e, block, g, count, coefficient, radius, X, G, 0, m) ==> 0 <= k < m ==>
      entry_covered_for(x, e, block, g, count, coefficient, radius, X, G, k, j);)
    predicate merge_covered{L}(double *x, double *e, size_t *block, double *g, size_t *count,
                               double *coefficient, double *radius, vector X, vector G, integer k,
                               integer j) =
      sum_covered(merged(radius, block, k, j), merged(g, block, k, j),
                  merged_components(G, block, k, j), merged(coefficient, block, k, j),
                  x[j] - component(X, j), (real)e[j], abs_merged(g, block, k, j),
                  abs_merged(coefficient, block, k, j), (real)count[j], (real)members(block, k, j));
    predicate zero_times(real a, real b) = a == 0.0 ==> a * b == 0.0 && b * a == 0.0;
    STEP(lemma all_zero_times: \forall real a, b; zero_times(a, b);)
    predicate sum_covered_empty(real r, real S, real G, real K, real t, real e, real A, real B,
                                real N, real k) =
      r == 0.0 ==> S == 0.0 ==> G == 0.0 ==> K == 0.0 ==> A == 0.0 ==> B == 0.0 ==> k == 0.0 ==>
      sum_covered(r, S, G, K, t, e, A, B, N, k);
    STEP(lemma sums_covered_empty_by: \forall real r, S, G, K, t, e, A, B, N, k;
      zero_times(K, t) ==> zero_times(B, e) ==> zero_times(A + B * e, N + 1.0) ==>
      zero_times(k, 0x1p-1071 * (1.0 + e)) ==> sum_covered_empty(r, S, G, K, t, e, A, B, N, k);)
    STEP(lemma sums_covered_empty: \forall real r, S, G, K, t, e, A, B, N, k;
      sum_covered_empty(r, S, G, K, t, e, A, B, N, k);)
    predicate merge_empty{L}(double *g, size_t *block, vector G, integer j) =
      merged(g, block, 0, j) == 0.0 && abs_merged(g, block, 0, j) == 0.0 &&
      merged_components(G, block, 0, j) == 0.0 && members(block, 0, j) == 0;
    STEP(lemma merges_empty{L}: \forall double *g, size_t *block, vector G, integer j;
      merge_empty(g, block, G, j);)
    STEP(lemma merge_covered_start{L}: \forall double *x, *e, *g, *coefficient, *radius,
      size_t *block, *count, vector X, G, integer j; merge_empty(g, block, G, j) ==>
      merge_empty(coefficient, block, G, j) ==> merge_empty(radius, block, G, j) ==>
      sum_covered_empty(merged(radius, block, 0, j), merged(g, block, 0, j),
        merged_components(G, block, 0, j), merged(coefficient, block, 0, j),
        x[j] - component(X, j), (real)e[j], abs_merged(g, block, 0, j),
        abs_merged(coefficient, block, 0, j), (real)count[j], (real)members(block, 0, j)) ==>
      merge_covered(x, e, block, g, count, coefficient, radius, X, G, 0, j);)
    STEP(lemma merge_covered_step{L}: \forall double *x, *e, *g, *coefficient, *radius,
      size_t *block, *count, vector X, G, integer k, j;
      merged_unfolds(radius, block, k, j) ==> merged_unfolds(g, block, k, j) ==>
      merged_unfolds(coefficient, block, k, j) ==> components_unfold(G, block, k, j) ==>
      members_unfold(block, k, j) ==>
      entry_covered_for(x, e, block, g, count, coefficient, radius, X, G, k, j) ==>
      sum_next(merged(radius, block, k, j), merged(g, block, k, j),
               merged_components(G, block, k, j), merged(coefficient, block, k, j),
               x[j] - component(X, j), (real)e[j], abs_merged(g, block, k, j),
               abs_merged(coefficient, block, k, j), (real)count[j], (real)members(block, k, j),
               (real)radius[k], (real)g[k], component(G, k), (real)coefficient[k]) ==>
      merge_covered(x, e, block, g, count, coefficient, radius, X, G, k, j) ==>
      merge_covered(x, e, block, g, count, coefficient, radius, X, G, k + 1, j);)
    predicate merge_covered_to{L}(double *x, double *e, size_t *block, double *g, size_t *count,
                                  double *coefficient, double *radius, vector X, vector G,
                                  integer m, integer k, integer j) =
      all_covered{L, L}(x, e, block, g, count, coefficient, radius, X, G, 0, m) ==> k <= m ==>
      merge_covered(x, e, block, g, count, coefficient, radius, X, G, k, j);
    STEP(lemma merge_covered_to_start{L}: \forall double *x, *e, *g, *coefficient, *radius,
      size_t *block, *count, vector X, G, integer m, j;
      merge_covered_to(x, e, block, g, count, coefficient, radius, X, G, m, 0, j);)
    STEP(lemma merge_covered_to_step{L}: \forall double *x, *e, *g, *coefficient, *radius,
      size_t *block, *count, vector X, G, integer m, k, j; 0 <= k ==>
      merge_covered_to(x, e, block, g, count, coefficient, radius, X, G, m, k, j) ==>
      merge_covered_to(x, e, block, g, count, coefficient, radius, X, G, m, k + 1, j);)
    STEP(lemma merges_covered_to{L}: \forall double *x, *e, *g, *coefficient, *radius,
      size_t *block, *count, vector X, G, integer m, k, j; 0 <= k ==>
      merge_covered_to(x, e, block, g, count, coefficient, radius, X, G, m, k, j);)

    // The computed merges are as near as their shares paid for.
    predicate merge_near_enough(real S, real sum, real G, real K, real coefficient, real r,
                                real above, real t, real e, real A, real B, real N) =
      sum_covered(r, S, G, K, t, e, A, B, N, N) ==> \abs(sum - S) <= sum_error(N, A) ==>
      \abs(coefficient - K) <= sum_error(N, B) ==> \abs(t) <= e ==> r <= above ==> 0 <= N ==>
      \abs(sum - G - coefficient * t) <= above;
    predicate magnitude_product(real a, real b) = \abs(a * b) == \abs(a) * \abs(b);
    STEP(lemma magnitude_products: \forall real a, b; magnitude_product(a, b);)
    predicate ordered_product(real a, real A, real b, real B) =
      0 <= a <= A ==> 0 <= b <= B ==> a * b <= A * B;
    STEP(lemma ordered_products: \forall real a, A, b, B; ordered_product(a, A, b, B);)
    predicate sum_error_times(real N, real B, real e) =
      sum_error(N, B) * e == 0x1.004p-53 * ((N + 1.0) * (B * e)) + N * (0x1p-1072 * e) &&
      N * (0x1p-1071 * (1.0 + e)) == N * 0x1p-1071 + N * (0x1p-1071 * e);
    STEP(lemma sum_errors_times: \forall real N, B, e; sum_error_times(N, B, e);)
    STEP(lemma merges_near_enough_by: \forall real S, sum, G, K, coefficient, r, above, t, e, A,
      B, N;
      distributed(coefficient - K, K, t) ==> magnitude_product(coefficient - K, t) ==>
      ordered_product(\abs(coefficient - K), sum_error(N, B), \abs(t), e) ==>
      sum_error_times(N, B, e) ==> pair_distributed(N + 1.0, A, B * e) ==>
      ordered_product(0.0, N, 0.0, 0x1p-1072 * e) ==>
      merge_near_enough(S, sum, G, K, coefficient, r, above, t, e, A, B, N);)
    STEP(lemma merges_near_enough: \forall real S, sum, G, K, coefficient, r, above, t, e, A, B, N;
      merge_near_enough(S, sum, G, K, coefficient, r, above, t, e, A, B, N);)

    // The step: y from x, Y from X.
    predicate step_covered(real y, real Y, real x, real X, real gamma, real n, real S, real G,
                           real K, real R, real e, real e2) =
      stepped(y, x, gamma, S, n) ==> Y == X - gamma * (G / n) ==> \abs(x - X) <= e ==>
      \abs(S - G - K * (x - X)) <= R ==> 1.0 <= n ==> \abs(gamma) <= 0x1p100 ==>
      step_error_above(e2, e, x, gamma, n, S, R, K) ==> \abs(y - Y) <= e2;
    predicate step_split(real x, real X, real gamma, real n, real S, real G, real K) =
      1.0 <= n ==>
      (x - gamma * (S / n)) - (X - gamma * (G / n)) ==
        (1.0 - gamma * (K / n)) * (x - X) - gamma * ((S - G - K * (x - X)) / n);
    predicate quotient_split(real n, real S, real G, real K, real t) =
      1.0 <= n ==> (S - G - K * t) / n == S / n - G / n - (K / n) * t;
    predicate quotient_times(real a, real n) = 1.0 <= n ==> (a / n) * n == a;
    STEP(lemma quotients_times: \forall real a, n; quotient_times(a, n);)
    predicate factor_cancelled(real p, real q, real n) = 1.0 <= n ==> p * n == q * n ==> p == q;
    STEP(lemma factors_cancelled: \forall real p, q, n; factor_cancelled(p, q, n);)
    predicate three_distributed(real a, real b, real c, real t, real n) =
      (a - b - c * t) * n == a * n - b * n - (c * n) * t;
    STEP(lemma all_three_distributed: \forall real a, b, c, t, n; three_distributed(a, b, c, t, n);)
    STEP(lemma quotients_split_by: \forall real n, S, G, K, t; quotient_times(S - G - K * t, n) ==>
      quotient_times(S, n) ==> quotient_times(G, n) ==> quotient_times(K, n) ==>
      three_distributed(S / n, G / n, K / n, t, n) ==>
      factor_cancelled((S - G - K * t) / n, S / n - G / n - (K / n) * t, n) ==>
      quotient_split(n, S, G, K, t);)
    STEP(lemma quotients_split: \forall real n, S, G, K, t; quotient_split(n, S, G, K, t);)
    STEP(lemma step_splits_by: \forall real x, X, gamma, n, S, G, K;
      quotient_split(n, S, G, K, x - X) ==> step_split(x, X, gamma, n, S, G, K);)
    STEP(lemma step_splits: \forall real x, X, gamma, n, S, G, K;
      step_split(x, X, gamma, n, S, G, K);)
    predicate quotient_magnitude(real a, real R, real n) =
      \abs(a) <= R ==> 1.0 <= n ==> \abs(a / n) <= R / n;
    STEP(lemma quotient_magnitudes: \forall real a, R, n; quotient_magnitude(a, R, n);)
    predicate quotient_sum(real a, real b, real n) = 1.0 <= n ==>
      (a + 0x1p-51 * \abs(b)) / n == a / n + 0x1p-51 * \abs(b / n);
    STEP(lemma quotient_sums: \forall real a, b, n; quotient_sum(a, b, n);)
    predicate step_moved(real x, real X, real gamma, real n, real S, real G, real K, real R,
                         real e) =
      \abs(x - X) <= e ==> \abs(S - G - K * (x - X)) <= R ==> 1.0 <= n ==>
      \abs((x - gamma * (S / n)) - (X - gamma * (G / n))) <=
        \abs(1.0 - gamma * (K / n)) * e + \abs(gamma) * (R / n);
    STEP(lemma steps_moved_by: \forall real x, X, gamma, n, S, G, K, R, e;
      step_split(x, X, gamma, n, S, G, K) ==>
      magnitude_product(1.0 - gamma * (K / n), x - X) ==>
      ordered_product(\abs(1.0 - gamma * (K / n)), \abs(1.0 - gamma * (K / n)), \abs(x - X), e) ==>
      magnitude_product(gamma, (S - G - K * (x - X)) / n) ==>
      quotient_magnitude(S - G - K * (x - X), R, n) ==>
      ordered_product(\abs(gamma), \abs(gamma), \abs((S - G - K * (x - X)) / n), R / n) ==>
      step_moved(x, X, gamma, n, S, G, K, R, e);)
    STEP(lemma steps_moved: \forall real x, X, gamma, n, S, G, K, R, e;
      step_moved(x, X, gamma, n, S, G, K, R, e);)
    predicate step_paid(real x, real gamma, real n, real S, real R, real m, real e2) =
      1.0 <= n ==> \abs(gamma) <= 0x1p100 ==>
      m + \abs(gamma) * ((R + 0x1p-51 * \abs(S)) / n) + 0x1p-51 * \abs(x) + 0x1p-900 <= e2 ==>
      m + \abs(gamma) * (R / n) + step_error(x, gamma, S / n) <= e2;
    predicate scaled_twice(real a, real b) = a * (0x1p-51 * b) == 0x1p-51 * (a * b);
    STEP(lemma all_scaled_twice: \forall real a, b; scaled_twice(a, b);)
    STEP(lemma steps_paid_by: \forall real x, gamma, n, S, R, m, e2;
      quotient_sum(R, S, n) ==> magnitude_product(gamma, S / n) ==>
      pair_distributed(\abs(gamma), R / n, 0x1p-51 * \abs(S / n)) ==>
      scaled_twice(\abs(gamma), \abs(S / n)) ==> step_paid(x, gamma, n, S, R, m, e2);)
    STEP(lemma steps_paid: \forall real x, gamma, n, S, R, m, e2;
      step_paid(x, gamma, n, S, R, m, e2);)
    STEP(lemma steps_covered_by: \forall real y, Y, x, X, gamma, n, S, G, K, R, e, e2;
      step_moved(x, X, gamma, n, S, G, K, R, e) ==>
      step_paid(x, gamma, n, S, R, \abs(1.0 - gamma * (K / n)) * e, e2) ==>
      step_covered(y, Y, x, X, gamma, n, S, G, K, R, e, e2);)
    STEP(lemma steps_covered: \forall real y, Y, x, X, gamma, n, S, G, K, R, e, e2;
      step_covered(y, Y, x, X, gamma, n, S, G, K, R, e, e2);)

    // One coordinate of the round, and all: with every array in one state, x the iterate before it,
    // e its error, y the iterate after and f what step_error_above asks of.
    predicate round_hypotheses{L}(double *x, double *e, double *y, double *f, size_t *block,
                                  double *g,
                                  double *sum, size_t *count, double *coefficient, double *radius,
                                  double *merged_coefficient, double *merged_radius, vector X,
                                  vector G, vector Y, integer m, integer d, real gamma, real n) =
      close(x, X, e, d) && exact_step(X, G, block, m, d, gamma, n, Y) &&
      all_covered{L, L}(x, e, block, g, count, coefficient, radius, X, G, 0, m) &&
      members_counted{L, L}(count, block, m, d) && merge_error{L, L}(g, block, sum, m, d) &&
      merge_error{L, L}(coefficient, block, merged_coefficient, m, d) &&
      merged_above{L, L}(radius, merged_radius, block, m, d) && 0 <= m && 1.0 <= n &&
      \abs(gamma) <= 0x1p100 &&
      (\forall integer j; 0 <= j < d ==> stepped((real)y[j], (real)x[j], gamma, (real)sum[j], n)) &&
      (\forall integer j; 0 <= j < d ==>
        step_error_above((real)f[j], (real)e[j], (real)x[j], gamma, n, (real)sum[j],
                         (real)merged_radius[j], (real)merged_coefficient[j]));
    predicate round_covered_at{L}(double *x, double *e, double *y, double *f, size_t *block,
                                  double *g,
                                  double *sum, size_t *count, double *coefficient, double *radius,
                                  double *merged_coefficient, double *merged_radius, vector X,
                                  vector G, vector Y, integer m, integer d, real gamma, real n,
                                  integer j) =
      round_hypotheses(x, e, y, f, block, g, sum, count, coefficient, radius, merged_coefficient,
                       merged_radius, X, G, Y, m, d, gamma, n) ==> 0 <= j < d ==>
      \abs(y[j] - component(Y, j)) <= f[j];
    STEP(lemma members_positive_step{L}: \forall size_t *block, integer m, j;
      members_unfold(block, m, j) ==> 0 <= members(block, m, j) ==> 0 <= members(block, m + 1, j);)
    predicate members_positive{L}(size_t *block, integer m, integer j) = 0 <= members(block, m, j);
    STEP(lemma members_positive_start{L}: \forall size_t *block, integer j;
      members_positive(block, 0, j);)
    STEP(lemma members_positive_inductive{L}: \forall size_t *block, integer m, j; 0 <= m ==>
      members_positive(block, m, j) ==> members_positive(block, m + 1, j);)
    STEP(lemma all_members_positive{L}: \forall size_t *block, integer m, j; 0 <= m ==>
      members_positive(block, m, j);)
    STEP(lemma round_coordinate_covered_by{L}: \forall double *x, *e, *y, *f, *g, *sum,
      *coefficient,
      *radius, *merged_coefficient, *merged_radius, size_t *block, *count, vector X, G, Y,
      integer m, d, j, real gamma, n; members_positive(block, m, j) ==>
      merge_covered_to(x, e, block, g, count, coefficient, radius, X, G, m, m, j) ==>
      merge_near_enough(merged(g, block, m, j), (real)sum[j], merged_components(G, block, m, j),
        merged(coefficient, block, m, j), (real)merged_coefficient[j], merged(radius, block, m, j),
        (real)merged_radius[j], x[j] - component(X, j), (real)e[j], abs_merged(g, block, m, j),
        abs_merged(coefficient, block, m, j), (real)members(block, m, j)) ==>
      step_covered((real)y[j], component(Y, j), (real)x[j], component(X, j), gamma, n, (real)sum[j],
        merged_components(G, block, m, j), (real)merged_coefficient[j], (real)merged_radius[j],
        (real)e[j], (real)f[j]) ==>
      round_covered_at(x, e, y, f, block, g, sum, count, coefficient, radius, merged_coefficient,
                       merged_radius, X, G, Y, m, d, gamma, n, j);)
    STEP(lemma round_coordinates_covered{L}: \forall double *x, *e, *y, *f, *g, *sum, *coefficient,
      *radius, *merged_coefficient, *merged_radius, size_t *block, *count, vector X, G, Y,
      integer m, d, j, real gamma, n; 0 <= m ==>
      round_covered_at(x, e, y, f, block, g, sum, count, coefficient, radius, merged_coefficient,
                       merged_radius, X, G, Y, m, d, gamma, n, j);)
    lemma rounds_covered{L}: \forall double *x, *e, *y, *f, *g, *sum, *coefficient,
      *radius, *merged_coefficient, *merged_radius, size_t *block, *count, vector X, G, Y,
      integer m, d, real gamma, n;
      round_hypotheses(x, e, y, f, block, g, sum, count, coefficient, radius, merged_coefficient,
                       merged_radius, X, G, Y, m, d, gamma, n) ==> close(y, Y, f, d);
*/

#endif
