/** Distance of the computed merge and steps to the exact ones of the same entries. */
#ifndef IST_SPEC_MERGE_ERROR_H
#define IST_SPEC_MERGE_ERROR_H

#include "accumulate.h"
#include "merge.h"

/*@ predicate merged_next{L}(double *g, size_t *block, integer m, integer j) =
      (block[m] == j ==>
        members(block, m + 1, j) == members(block, m, j) + 1 &&
        merged(g, block, m + 1, j) == merged(g, block, m, j) + g[m] &&
        abs_merged(g, block, m + 1, j) == abs_merged(g, block, m, j) + \abs(g[m])) &&
      (block[m] != j ==>
        members(block, m + 1, j) == members(block, m, j) &&
        merged(g, block, m + 1, j) == merged(g, block, m, j) &&
        abs_merged(g, block, m + 1, j) == abs_merged(g, block, m, j));
    STEP(lemma merged_unfold{L}: \forall double *g, size_t *block, integer m, j; 0 <= m ==>
      merged_next(g, block, m, j);)
    predicate members_range{L}(size_t *block, integer m, integer j) =
      0 <= members(block, m, j) <= m;
    STEP(lemma members_start{L}: \forall size_t *block, integer j; members_range(block, 0, j);)
    STEP(lemma members_step{L}: \forall double *g, size_t *block, integer m, j; 0 <= m ==>
      merged_next(g, block, m, j) ==> members_range(block, m, j) ==>
      members_range(block, m + 1, j);)
    STEP(lemma members_inductive{L}: \forall size_t *block, integer m, j; 0 <= m ==>
      members_range(block, m, j) ==> members_range(block, m + 1, j);)
    STEP(lemma members_ranges{L}: \forall size_t *block, integer m, j; 0 <= m ==>
      members_range(block, m, j);)

    predicate added(real s, real S, real A, real k, real t) =
      0 <= k <= 0x1p40 ==> \abs(s - S) <= sum_error(k, A) ==> \abs(S) <= A ==>
      A + \abs(t) <= 0x1p900 ==>
      \abs(fl_add(s, t) - (S + t)) <= sum_error(k + 1.0, A + \abs(t)) && \abs(S + t) <= A + \abs(t);
    STEP(lemma added_by: \forall real s, S, A, k, t;
      sum_error_small(k, A) ==> roundable(s + t) ==>
      accumulated(k, s, S, A, t, t, fl_add(s, t)) ==> added(s, S, A, k, t);)
    STEP(lemma adds: \forall real s, S, A, k, t; added(s, S, A, k, t);)
    predicate merge_near{L}(double *g, size_t *block, integer m, integer j) =
      m <= 0x10000000000 ==> abs_merged(g, block, m, j) <= 0x1p900 ==>
      \abs(fl_merge(g, block, m, j) - merged(g, block, m, j)) <=
        sum_error((real)members(block, m, j), abs_merged(g, block, m, j)) &&
      \abs(merged(g, block, m, j)) <= abs_merged(g, block, m, j);
    STEP(lemma merge_near_start{L}: \forall double *g, size_t *block, integer j;
      merge_near(g, block, 0, j);)
    STEP(lemma merge_near_step{L}: \forall double *g, size_t *block, integer m, j; 0 <= m ==>
      merged_next(g, block, m, j) ==> fl_merge_next(g, block, m, j) ==>
      members_range(block, m, j) ==>
      added(fl_merge(g, block, m, j), merged(g, block, m, j), abs_merged(g, block, m, j),
            (real)members(block, m, j), (real)g[m]) ==>
      merge_near(g, block, m, j) ==> merge_near(g, block, m + 1, j);)
    STEP(lemma merge_near_inductive{L}: \forall double *g, size_t *block, integer m, j; 0 <= m ==>
      merge_near(g, block, m, j) ==> merge_near(g, block, m + 1, j);)
    STEP(lemma merges_near{L}: \forall double *g, size_t *block, integer m, j; 0 <= m ==>
      merge_near(g, block, m, j);)

    predicate abs_merged_bound{L}(double *g, size_t *block, integer m, integer j, real M) =
      bounded(g, m, M) ==> 0 <= M ==> 0 <= abs_merged(g, block, m, j) <= m * M;
    STEP(lemma abs_merged_bound_start{L}: \forall double *g, size_t *block, integer j, real M;
      abs_merged_bound(g, block, 0, j, M);)
    STEP(lemma abs_merged_bound_step{L}: \forall double *g, size_t *block, integer m, j, real M;
      0 <= m ==> merged_next(g, block, m, j) ==> count_next(m, M) ==>
      abs_merged_bound(g, block, m, j, M) ==> abs_merged_bound(g, block, m + 1, j, M);)
    STEP(lemma abs_merged_bound_inductive{L}: \forall double *g, size_t *block, integer m, j,
      real M;
      0 <= m ==> abs_merged_bound(g, block, m, j, M) ==> abs_merged_bound(g, block, m + 1, j, M);)
    STEP(lemma abs_merged_bounds{L}: \forall double *g, size_t *block, integer m, j, real M;
      0 <= m ==>
      abs_merged_bound(g, block, m, j, M);)

    predicate step_near(real x, real gamma, real mean) =
      \abs(x) <= 0x1p161 ==> \abs(gamma) <= 0x1p100 ==> \abs(mean) <= 0x1p600 ==>
      \abs(fl_sub(x, fl_mul(gamma, rnd(mean))) - (x - gamma * mean)) <= step_error(x, gamma, mean);
    predicate mean_near(real gamma, real mean) =
      \abs(gamma) <= 0x1p100 ==> \abs(mean) <= 0x1p600 ==>
      \abs(gamma * rnd(mean) - gamma * mean) <=
        0x1p-53 * \abs(gamma * mean) + 0x1p-1074 * \abs(gamma) &&
      \abs(gamma * mean) <= 0x1p700;
    predicate factored(real gamma, real e, real a) =
      \abs(e) <= 0x1p-53 * \abs(a) + 0x1p-1074 ==>
      \abs(gamma * e) <= 0x1p-53 * \abs(gamma * a) + 0x1p-1074 * \abs(gamma);
    predicate absolute(real a, real b) = \abs(a * b) == \abs(a) * \abs(b);
    STEP(lemma absolutes: \forall real a, b; absolute(a, b);)
    STEP(lemma factored_by: \forall real gamma, e, a; absolute(gamma, e) ==> absolute(gamma, a) ==>
      product_bound(gamma, e, \abs(gamma), 0x1p-53 * \abs(a) + 0x1p-1074) ==>
      factored(gamma, e, a);)
    STEP(lemma factors: \forall real gamma, e, a; factored(gamma, e, a);)
    STEP(lemma mean_nears_by: \forall real gamma, mean; factored(gamma, rnd(mean) - mean, mean) ==>
      roundable(mean) ==> product_bound(gamma, mean, 0x1p100, 0x1p600) ==> mean_near(gamma, mean);)
    STEP(lemma mean_nears: \forall real gamma, mean; mean_near(gamma, mean);)
    STEP(lemma step_nears_by: \forall real x, gamma, mean; mean_near(gamma, mean) ==>
      roundable(gamma * rnd(mean)) ==> roundable(x - fl_mul(gamma, rnd(mean))) ==>
      step_near(x, gamma, mean);)
    STEP(lemma step_nears: \forall real x, gamma, mean; step_near(x, gamma, mean);)
    predicate step_entry_near(real x, real gamma, real S, real n) =
      \abs(x) <= 0x1p161 ==> \abs(gamma) <= 0x1p100 ==> \abs(S) <= 0x1p592 ==> 1 <= n ==>
      \abs(fl_sub(x, fl_mul(gamma, fl_div(S, n))) - (x - gamma * (S / n))) <=
        step_error(x, gamma, S / n);
    STEP(lemma step_entry_nears_by: \forall real x, gamma, S, n; step_near(x, gamma, S / n) ==>
      quotient_bound(S, n, 0x1p592) ==> step_entry_near(x, gamma, S, n);)
    lemma step_entry_nears: \forall real x, gamma, S, n; step_entry_near(x, gamma, S, n);

    // A local step z - gamma g: two roundings, within the bound for three.
    predicate local_step_near(real z, real gamma, real g) =
      \abs(z) <= 0x1p261 ==> \abs(gamma) <= 0x1p100 ==> \abs(g) <= 0x1p550 ==>
      \abs(fl_sub(z, fl_mul(gamma, g)) - (z - gamma * g)) <= step_error(z, gamma, g);
    STEP(lemma local_step_nears_by: \forall real z, gamma, g;
      product_bound(gamma, g, 0x1p100, 0x1p550) ==> roundable(gamma * g) ==>
      roundable(z - fl_mul(gamma, g)) ==> local_step_near(z, gamma, g);)
    lemma local_step_nears: \forall real z, gamma, g; local_step_near(z, gamma, g);

    predicate merge_count(integer m) = 0 <= m <= 0x10000000000 ==> m * 0x1p550 <= 0x1p600;
    STEP(lemma merge_counts: \forall integer m; merge_count(m);)
    predicate merge_entry_near{L}(double *g, size_t *block, integer m, integer j) =
      bounded(g, m, 0x1p550) ==> 0 <= m <= 0x10000000000 ==>
      \abs(fl_merge(g, block, m, j) - merged(g, block, m, j)) <=
        sum_error((real)members(block, m, j), abs_merged(g, block, m, j));
    STEP(lemma merge_entry_near_by{L}: \forall double *g, size_t *block, integer m, j;
      merge_near(g, block, m, j) ==> abs_merged_bound(g, block, m, j, 0x1p550) ==>
      merge_count(m) ==> merge_entry_near(g, block, m, j);)
    STEP(lemma merge_entries_near{L}: \forall double *g, size_t *block, integer m, j;
      merge_entry_near(g, block, m, j);)
    predicate merge_error_of{A, B}(double *g, size_t *block, double *sum, integer m, integer d) =
      bounded{A}(g, m, 0x1p550) ==> 0 <= m <= 0x10000000000 ==>
      merge_is{A, B}(g, block, sum, m, d) ==> merge_error{A, B}(g, block, sum, m, d);
    lemma merge_errors{A, B}: \forall double *g, *sum, size_t *block, integer m, d;
      merge_error_of{A, B}(g, block, sum, m, d);
*/

#endif
