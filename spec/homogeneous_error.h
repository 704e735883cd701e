/** Why the homogeneous dynamics in binary64 stay close to the exact ones, as lemmas over reals.
 *
 *  A lemma NAME_by proves its conclusion from instances of earlier ones; NAME then has them all.
 *  Throughout: a is 1 - gamma rounded, v an iterate computed, w the exact one, |v - w| <= E. */
#ifndef IST_SPEC_HOMOGENEOUS_ERROR_H
#define IST_SPEC_HOMOGENEOUS_ERROR_H

#include "homogeneous.h"
#include "magnitude.h"

/*@ predicate product_sign(real a, real b) = 0 <= a ==> 0 <= b ==> 0 <= a * b;
    STEP(lemma product_signs: \forall real a, b; product_sign(a, b);)
    predicate reciprocal(real gamma, real t) = 0 < gamma ==> t == 1.0 / gamma ==> gamma * t == 1;
    STEP(lemma reciprocals: \forall real gamma, t; reciprocal(gamma, t);)

    // The hypotheses on the step and on its rounded complement.
    predicate step(real a, real gamma) =
      0 < gamma <= 1 && \abs(a - (1.0 - gamma)) <= 0x1.001p-53;
    predicate complement(real gamma) = 0 < gamma <= 1 ==> step(fl_sub(1.0, gamma), gamma);
    lemma complements: \forall real gamma; complement(gamma);

    predicate magnitude_covers(real x, real c) =
      \abs(x) <= magnitude(x, c) && \abs(c) <= magnitude(x, c) && 0x1p-1000 <= magnitude(x, c) &&
      (\abs(x) <= 0x1p161 ==> \abs(c) <= 0x1p161 ==> magnitude(x, c) <= 0x1.1p161);
    STEP(lemma magnitude_covering: \forall real x, c; magnitude_covers(x, c);)
*/

/*@ // (1 - gamma) m_k + 1 <= m_{k+1} for m_k = min(k, 1 / gamma).
    predicate memory_next(real gamma, integer k) = 0 < gamma <= 1 ==> 0 <= k ==>
      0 <= memory(gamma, k) <= memory(gamma, k + 1) &&
      0 <= (1.0 - gamma) * memory(gamma, k) &&
      (1.0 - gamma) * memory(gamma, k) + 1 <= memory(gamma, k + 1);
    STEP(lemma memory_next_by: \forall real gamma, integer k;
      product_sign(1.0 - gamma, memory(gamma, k)) ==>
      reciprocal(gamma, 1.0 / gamma) ==>
      product_bound(1.0 - gamma, (real)k, 1.0, (real)k) ==>
      product_bound(1.0 - gamma, memory(gamma, k), 1.0 - gamma, 1.0 / gamma) ==>
      product_bound(1.0 - gamma, memory(gamma, k), 1.0, (real)k) ==>
      memory_next(gamma, k);)
    STEP(lemma memory_nexts: \forall real gamma, integer k; memory_next(gamma, k);)
    predicate memory_grows(real gamma, integer k, integer K) =
      k <= K ==> memory(gamma, k) <= memory(gamma, K);
    lemma memory_growing: \forall real gamma, integer k, K; memory_grows(gamma, k, K);

    predicate drift_range(real m, real M) =
      0 <= m <= 0x1p47 ==> 0 <= M ==> 0 <= drift(m, M) <= 0x1p-4 * M;
    STEP(lemma drift_range_by: \forall real m, M;
      product_sign(m, M) ==> product_sign(0x1p47 - m, M) ==> drift_range(m, M);)
    STEP(lemma drift_ranges: \forall real m, M; drift_range(m, M);)
    predicate drift_next(real gamma, real m, real next, real M) =
      (1.0 - gamma) * m + 1.0 <= next ==> 0 <= M ==>
      (1.0 - gamma) * drift(m, M) + 0x1p-51 * M <= drift(next, M);
    STEP(lemma drift_next_by: \forall real gamma, m, next, M;
      product_sign(next - ((1.0 - gamma) * m + 1.0), M) ==> drift_next(gamma, m, next, M);)
    STEP(lemma drift_nexts: \forall real gamma, m, next, M; drift_next(gamma, m, next, M);)
*/

/*@ predicate power_next(real a, integer k) = power(a, k + 1) == a * power(a, k);
    STEP(lemma power_unfold: \forall real a, integer k; 0 <= k ==> power_next(a, k);)
    predicate power_unit(real a, integer k) = 0 <= a <= 1 ==> 0 <= power(a, k) <= 1;
    STEP(lemma power_unit_by: \forall real a, integer k; power_next(a, k) ==>
      product_sign(a, power(a, k)) ==> product_bound(a, power(a, k), 1.0, 1.0) ==>
      power_unit(a, k) ==> power_unit(a, k + 1);)
    STEP(lemma power_unit_step: \forall real a, integer k; 0 <= k ==>
      power_unit(a, k) ==> power_unit(a, k + 1);)
    STEP(lemma power_units: \forall real a, integer k; 0 <= k ==> power_unit(a, k);)

    predicate blend_bound(real p, real x, real c, real M) =
      0 <= p <= 1 ==> \abs(x) <= M ==> \abs(c) <= M ==> \abs(blend(p, x, c)) <= M;
    STEP(lemma blend_bounds: \forall real p, x, c, M; blend_bound(p, x, c, M);)
    predicate blend_product(real a, real p, real x, real c) =
      blend(a * p, x, c) == a * blend(p, x, c) + c - a * c;
    STEP(lemma blend_products: \forall real a, p, x, c; blend_product(a, p, x, c);)
    predicate blend_next(real gamma, real p, real next, real x, real c) =
      next == (1.0 - gamma) * p ==>
      blend(next, x, c) == (1.0 - gamma) * blend(p, x, c) + gamma * c;
    STEP(lemma blend_next_by: \forall real gamma, p, next, x, c;
      blend_product(1.0 - gamma, p, x, c) ==> blend_next(gamma, p, next, x, c);)
    STEP(lemma blend_nexts: \forall real gamma, p, next, x, c; blend_next(gamma, p, next, x, c);)
    predicate blend_whole(real x, real c) = blend(1.0, x, c) == x;
    STEP(lemma blend_wholes: \forall real x, c; blend_whole(x, c);)
    predicate blend_distance(real p, real x, real c) =
      0 <= p ==> \abs(blend(p, x, c) - c) == p * \abs(x - c);
    STEP(lemma blend_distances: \forall real p, x, c; blend_distance(p, x, c);)

    predicate homogeneous_next(real gamma, real x0, real c, integer k) =
      homogeneous(gamma, x0, c, k + 1) == (1.0 - gamma) * homogeneous(gamma, x0, c, k) + gamma * c;
    STEP(lemma homogeneous_next_by: \forall real gamma, x0, c, integer k;
      power_next(1.0 - gamma, k) ==>
      blend_next(gamma, power(1.0 - gamma, k), power(1.0 - gamma, k + 1), x0, c) ==>
      homogeneous_next(gamma, x0, c, k);)
    STEP(lemma homogeneous_nexts: \forall real gamma, x0, c, integer k; 0 <= k ==>
      homogeneous_next(gamma, x0, c, k);)
    predicate homogeneous_bound(real gamma, real x0, real c, integer k, real M) =
      0 < gamma <= 1 ==> \abs(x0) <= M ==> \abs(c) <= M ==>
      \abs(homogeneous(gamma, x0, c, k)) <= M;
    STEP(lemma homogeneous_bound_by: \forall real gamma, x0, c, M, integer k;
      power_unit(1.0 - gamma, k) ==> blend_bound(power(1.0 - gamma, k), x0, c, M) ==>
      homogeneous_bound(gamma, x0, c, k, M);)
    STEP(lemma homogeneous_bounds: \forall real gamma, x0, c, M, integer k; 0 <= k ==>
      homogeneous_bound(gamma, x0, c, k, M);)
*/

/*@ // Two products, rounded, and their sum, rounded: 2 u B and a little.
    predicate sum_near(real r, real s, real B) =
      \abs(r) + \abs(s) <= B ==> B <= 0x1p300 ==>
      \abs(rnd(rnd(r) + rnd(s)) - (r + s)) <= 0x1.001p-52 * B + 0x1p-1070;
    STEP(lemma sums_near: \forall real r, s, B; sum_near(r, s, B);)

    predicate products_size(real a, real gamma, real v, real c, real V) =
      step(a, gamma) ==> \abs(v) <= V ==> \abs(c) <= V ==>
      \abs(a * v) + \abs(gamma * c) <= 0x1.001p0 * V;
    STEP(lemma products_size_by: \forall real a, gamma, v, c, V;
      product_bound(a - (1.0 - gamma), v, 0x1.001p-53, V) ==>
      product_bound(1.0 - gamma, v, 1.0 - gamma, V) ==> product_bound(gamma, c, gamma, V) ==>
      products_size(a, gamma, v, c, V);)
    STEP(lemma products_sizes: \forall real a, gamma, v, c, V; products_size(a, gamma, v, c, V);)
    predicate product_drift(real a, real gamma, real v, real w, real V, real E) =
      step(a, gamma) ==> \abs(v) <= V ==> \abs(v - w) <= E ==>
      \abs(a * v - (1.0 - gamma) * w) <= (1.0 - gamma) * E + 0x1.001p-53 * V;
    STEP(lemma product_drift_by: \forall real a, gamma, v, w, V, E;
      product_bound(a - (1.0 - gamma), v, 0x1.001p-53, V) ==>
      product_bound(1.0 - gamma, v - w, 1.0 - gamma, E) ==>
      product_drift(a, gamma, v, w, V, E);)
    STEP(lemma product_drifts: \forall real a, gamma, v, w, V, E;
      product_drift(a, gamma, v, w, V, E);)

    // One round adds at most 4 u M to what it keeps of the error before.
    predicate round_near(real a, real gamma, real v, real w, real c, real M, real E) =
      step(a, gamma) ==> \abs(w) <= M ==> \abs(c) <= M ==> 0x1p-1000 <= M <= 0x1p162 ==>
      \abs(v - w) <= E <= 0x1p-4 * M ==>
      \abs(fl_round(a, gamma, v, c) - ((1.0 - gamma) * w + gamma * c)) <=
        (1.0 - gamma) * E + 0x1p-51 * M;
    STEP(lemma round_near_by: \forall real a, gamma, v, w, c, M, E;
      products_size(a, gamma, v, c, 0x1.1p0 * M) ==>
      product_drift(a, gamma, v, w, 0x1.1p0 * M, E) ==>
      sum_near(a * v, gamma * c, 0x1.001p0 * (0x1.1p0 * M)) ==>
      round_near(a, gamma, v, w, c, M, E);)
    STEP(lemma rounds_near: \forall real a, gamma, v, w, c, M, E;
      round_near(a, gamma, v, w, c, M, E);)
*/

/*@ predicate fl_rounds_next(real a, real gamma, real x0, real c, integer k) =
      fl_rounds(a, gamma, x0, c, k + 1) == fl_round(a, gamma, fl_rounds(a, gamma, x0, c, k), c);
    lemma fl_rounds_unfold: \forall real a, gamma, x0, c, integer k; 0 <= k ==>
      fl_rounds_next(a, gamma, x0, c, k);

    // After any number of rounds: 4 u M min(k, 1 / gamma).
    predicate stays_near(real x, real gamma, real x0, real c, integer k) =
      \abs(x - homogeneous(gamma, x0, c, k)) <= drift(memory(gamma, k), magnitude(x0, c));
    predicate rounds_close(real a, real gamma, real x0, real c, integer k) =
      step(a, gamma) ==> \abs(x0) <= 0x1p161 ==> \abs(c) <= 0x1p161 ==>
      memory(gamma, k) <= 0x1p47 ==>
      stays_near(fl_rounds(a, gamma, x0, c, k), gamma, x0, c, k);
    STEP(lemma rounds_close_start_by: \forall real a, gamma, x0, c;
      blend_whole(x0, c) ==> power(1.0 - gamma, 0) == 1.0 ==> magnitude_covers(x0, c) ==>
      memory_next(gamma, 0) ==> drift_range(memory(gamma, 0), magnitude(x0, c)) ==>
      rounds_close(a, gamma, x0, c, 0);)
    STEP(lemma rounds_close_start: \forall real a, gamma, x0, c; rounds_close(a, gamma, x0, c, 0);)
    STEP(lemma rounds_close_step_by: \forall real a, gamma, x0, c, integer k; 0 <= k ==>
      fl_rounds_next(a, gamma, x0, c, k) ==> homogeneous_next(gamma, x0, c, k) ==>
      homogeneous_bound(gamma, x0, c, k, magnitude(x0, c)) ==> magnitude_covers(x0, c) ==>
      memory_next(gamma, k) ==> drift_range(memory(gamma, k), magnitude(x0, c)) ==>
      drift_next(gamma, memory(gamma, k), memory(gamma, k + 1), magnitude(x0, c)) ==>
      round_near(a, gamma, fl_rounds(a, gamma, x0, c, k), homogeneous(gamma, x0, c, k), c,
                 magnitude(x0, c), drift(memory(gamma, k), magnitude(x0, c))) ==>
      rounds_close(a, gamma, x0, c, k) ==> rounds_close(a, gamma, x0, c, k + 1);)
    STEP(lemma rounds_close_step: \forall real a, gamma, x0, c, integer k; 0 <= k ==>
      rounds_close(a, gamma, x0, c, k) ==> rounds_close(a, gamma, x0, c, k + 1);)
    lemma rounds_close_all: \forall real a, gamma, x0, c, integer k; 0 <= k ==>
      rounds_close(a, gamma, x0, c, k);

    predicate rounds_bound(real a, real gamma, real x0, real c, integer k) =
      step(a, gamma) ==> \abs(x0) <= 0x1p161 ==> \abs(c) <= 0x1p161 ==>
      memory(gamma, k) <= 0x1p47 ==> \abs(fl_rounds(a, gamma, x0, c, k)) <= 0x1p162;
    STEP(lemma rounds_bound_by: \forall real a, gamma, x0, c, integer k; 0 <= k ==>
      rounds_close(a, gamma, x0, c, k) ==> magnitude_covers(x0, c) ==> memory_next(gamma, k) ==>
      homogeneous_bound(gamma, x0, c, k, magnitude(x0, c)) ==>
      drift_range(memory(gamma, k), magnitude(x0, c)) ==> rounds_bound(a, gamma, x0, c, k);)
    lemma rounds_bounds: \forall real a, gamma, x0, c, integer k; 0 <= k ==>
      rounds_bound(a, gamma, x0, c, k);

    predicate converged(real x, real gamma, real x0, real c, integer k) =
      \abs(x - c) <=
        power(1.0 - gamma, k) * \abs(x0 - c) + drift(memory(gamma, k), magnitude(x0, c));
    predicate rounds_converge(real a, real gamma, real x0, real c, integer k) =
      step(a, gamma) ==> \abs(x0) <= 0x1p161 ==> \abs(c) <= 0x1p161 ==>
      memory(gamma, k) <= 0x1p47 ==>
      converged(fl_rounds(a, gamma, x0, c, k), gamma, x0, c, k);
    STEP(lemma rounds_converge_by: \forall real a, gamma, x0, c, integer k;
      rounds_close(a, gamma, x0, c, k) ==> power_unit(1.0 - gamma, k) ==>
      blend_distance(power(1.0 - gamma, k), x0, c) ==> rounds_converge(a, gamma, x0, c, k);)
    lemma rounds_converging: \forall real a, gamma, x0, c, integer k; 0 <= k ==>
      rounds_converge(a, gamma, x0, c, k);
*/

/*@ predicate fl_power_next(real a, integer k) = fl_power(a, k + 1) == fl_mul(a, fl_power(a, k));
    lemma fl_power_unfold: \forall real a, integer k; 0 <= k ==> fl_power_next(a, k);
    predicate power_near(real a, real gamma, real v, real w, real E) =
      step(a, gamma) ==> 0 <= w <= 1 ==> \abs(v - w) <= E <= 0x1p-4 ==>
      \abs(fl_mul(a, v) - (1.0 - gamma) * w) <= (1.0 - gamma) * E + 0x1p-51 * 0.75;
    STEP(lemma power_near_by: \forall real a, gamma, v, w, E;
      products_size(a, gamma, v, 0.0, 0x1.1p0) ==> product_drift(a, gamma, v, w, 0x1.1p0, E) ==>
      power_near(a, gamma, v, w, E);)
    STEP(lemma powers_near: \forall real a, gamma, v, w, E; power_near(a, gamma, v, w, E);)

    // a^k: 3 u min(k, 1 / gamma).
    predicate power_close(real a, real gamma, integer k) =
      step(a, gamma) ==> memory(gamma, k) <= 0x1p47 ==>
      \abs(fl_power(a, k) - power(1.0 - gamma, k)) <= drift(memory(gamma, k), 0.75);
    STEP(lemma power_close_start_by: \forall real a, gamma;
      memory_next(gamma, 0) ==> drift_range(memory(gamma, 0), 0.75) ==> power_close(a, gamma, 0);)
    STEP(lemma power_close_start: \forall real a, gamma; power_close(a, gamma, 0);)
    STEP(lemma power_close_step_by: \forall real a, gamma, integer k; 0 <= k ==>
      fl_power_next(a, k) ==> power_next(1.0 - gamma, k) ==> power_unit(1.0 - gamma, k) ==>
      memory_next(gamma, k) ==> drift_range(memory(gamma, k), 0.75) ==>
      drift_next(gamma, memory(gamma, k), memory(gamma, k + 1), 0.75) ==>
      power_near(a, gamma, fl_power(a, k), power(1.0 - gamma, k),
                 drift(memory(gamma, k), 0.75)) ==>
      power_close(a, gamma, k) ==> power_close(a, gamma, k + 1);)
    STEP(lemma power_close_step: \forall real a, gamma, integer k; 0 <= k ==>
      power_close(a, gamma, k) ==> power_close(a, gamma, k + 1);)
    STEP(lemma power_close_all: \forall real a, gamma, integer k;
      0 <= k ==> power_close(a, gamma, k);)

    predicate power_bound(real a, real gamma, integer k) =
      step(a, gamma) ==> memory(gamma, k) <= 0x1p47 ==> \abs(fl_power(a, k)) <= 2;
    STEP(lemma power_bound_by: \forall real a, gamma, integer k; 0 <= k ==>
      power_close(a, gamma, k) ==> memory_next(gamma, k) ==> power_unit(1.0 - gamma, k) ==>
      drift_range(memory(gamma, k), 0.75) ==> power_bound(a, gamma, k);)
    lemma power_bounds: \forall real a, gamma, integer k; 0 <= k ==> power_bound(a, gamma, k);
*/

/*@ // Eq. (28) from a power p within E of the exact one w: 2 E M + 4 u M.
    predicate blend_near(real p, real w, real x, real c, real M, real E) =
      0 <= w <= 1 ==> \abs(p - w) <= E <= 0x1p-4 ==> \abs(x) <= M ==> \abs(c) <= M ==>
      0x1p-1000 <= M <= 0x1p162 ==>
      \abs(fl_blend(p, x, c) - blend(w, x, c)) <= 2 * (E * M) + 0x1p-51 * M;
    predicate blend_terms(real p, real q, real w, real x, real c, real M, real E) =
      0 <= w <= 1 ==> \abs(p - w) <= E <= 0x1p-4 ==> \abs(q - (1.0 - p)) <= 0x1.2p-53 ==>
      \abs(x) <= M ==> \abs(c) <= M ==>
      \abs(p * x) + \abs(q * c) <= 0x1.3p0 * M &&
      \abs(p * x + q * c - blend(w, x, c)) <= 2 * (E * M) + 0x1.2p-53 * M;
    STEP(lemma blend_terms_by: \forall real p, q, w, x, c, M, E;
      product_bound(w, x, w, M) ==> product_bound(1.0 - w, c, 1.0 - w, M) ==>
      product_bound(p - w, x, E, M) ==>
      product_bound(q - (1.0 - w), c, E + 0x1.2p-53, M) ==>
      product_sign(0x1p-4 - E, M) ==> blend_terms(p, q, w, x, c, M, E);)
    STEP(lemma blends_terms: \forall real p, q, w, x, c, M, E; blend_terms(p, q, w, x, c, M, E);)
    predicate remainder_near(real p) = \abs(p) <= 2 ==> -0x1p-4 <= p ==>
      \abs(fl_sub(1.0, p) - (1.0 - p)) <= 0x1.2p-53;
    STEP(lemma remainders_near: \forall real p; remainder_near(p);)
    STEP(lemma blend_near_by: \forall real p, w, x, c, M, E;
      remainder_near(p) ==> blend_terms(p, fl_sub(1.0, p), w, x, c, M, E) ==>
      sum_near(p * x, fl_sub(1.0, p) * c, 0x1.3p0 * M) ==> blend_near(p, w, x, c, M, E);)
    STEP(lemma blends_near: \forall real p, w, x, c, M, E; blend_near(p, w, x, c, M, E);)

    predicate blend_drifts(real m, real M) =
      2 * (drift(m, 0.75) * M) + 0x1p-51 * M == blend_drift(m, M);
    STEP(lemma blends_drift: \forall real m, M; blend_drifts(m, M);)
    predicate closed_near(real y, real gamma, real x, real c, integer k) =
      \abs(y - homogeneous(gamma, x, c, k)) <= blend_drift(memory(gamma, k), magnitude(x, c));
    predicate blend_close(real a, real gamma, real x, real c, integer k) =
      step(a, gamma) ==> \abs(x) <= 0x1p161 ==> \abs(c) <= 0x1p161 ==>
      memory(gamma, k) <= 0x1p47 ==>
      closed_near(fl_blend(fl_power(a, k), x, c), gamma, x, c, k);
    STEP(lemma blend_close_by: \forall real a, gamma, x, c, integer k; 0 <= k ==>
      power_close(a, gamma, k) ==> power_unit(1.0 - gamma, k) ==> magnitude_covers(x, c) ==>
      memory_next(gamma, k) ==> drift_range(memory(gamma, k), 0.75) ==>
      blend_drifts(memory(gamma, k), magnitude(x, c)) ==>
      blend_near(fl_power(a, k), power(1.0 - gamma, k), x, c, magnitude(x, c),
                 drift(memory(gamma, k), 0.75)) ==> blend_close(a, gamma, x, c, k);)
    lemma blends_close: \forall real a, gamma, x, c, integer k; 0 <= k ==>
      blend_close(a, gamma, x, c, k);
*/

/*@ // 1 <= sqrt(n) <= 2^10, and what rounding does to it.
    predicate square_range(real r, real n) =
      0 <= r ==> r * r == n ==> 1 <= n <= 0x1p20 ==> 1 <= r <= 0x1p10;
    STEP(lemma square_ranges: \forall real r, n; square_range(r, n);)
    predicate root_square(real n) = 0 <= n ==> 0 <= \sqrt(n) && \sqrt(n) * \sqrt(n) == n;
    STEP(lemma root_squares: \forall real n; root_square(n);)
    predicate root_range(real n) = 1 <= n <= 0x1p20 ==> 1 <= \sqrt(n) <= 0x1p10;
    STEP(lemma root_range_by: \forall real n;
      root_square(n) ==> square_range(\sqrt(n), n) ==> root_range(n);)
    lemma root_ranges: \forall real n; root_range(n);
    predicate root_near(real y) =
      1 <= y <= 0x1p10 ==> \abs(rnd(y) - y) <= 0x1.001p-53 * y && 0.5 <= rnd(y);
    lemma roots_near: \forall real y; root_near(y);

    // A divisor y off by u |y| moves the quotient t = b / y to s = b / r, off by u |t|.
    predicate division(real b, real r) = 0 < r ==> (b / r) * r == b;
    STEP(lemma divisions: \forall real b, r; division(b, r);)
    predicate cancel(real a, real b, real y) = 0 < y ==> a * y <= b * y ==> a <= b;
    STEP(lemma cancels: \forall real a, b, y; cancel(a, b, y);)
    predicate quotient_moves(real s, real t, real r, real y) =
      1 <= y ==> \abs(r - y) <= 0x1.001p-53 * y ==> s * r == t * y ==>
      \abs(s - t) <= 0x1.002p-53 * \abs(t);
    STEP(lemma quotient_moves_by: \forall real s, t, r, y;
      product_bound(t, r - y, \abs(t), 0x1.001p-53 * y) ==>
      product_bound(s - t, r - y, \abs(s - t), 0x1.001p-53 * y) ==>
      \abs((s - t) * y) == \abs(s - t) * y ==>
      cancel((1 - 0x1.001p-53) * \abs(s - t), 0x1.001p-53 * \abs(t), y) ==>
      quotient_moves(s, t, r, y);)
    predicate abs_scaled(real a, real y) = 0 <= y ==> \abs(a * y) == \abs(a) * y;
    STEP(lemma abs_scales: \forall real a, y; abs_scaled(a, y);)
    STEP(lemma quotients_move: \forall real s, t, r, y;
      abs_scaled(s - t, y) ==> quotient_moves(s, t, r, y);)

    // b / sqrt(n): two roundings, a little over 2 u |b| / sqrt(n).
    predicate quotient_close(real c, real b, real y) =
      \abs(c - b / y) <= 0x1.01p-52 * \abs(b / y) + 0x1p-1074;
    predicate quotient_near(real b, real r, real y) =
      1 <= y <= 0x1p10 ==> r == rnd(y) ==> \abs(b) <= 0x1p160 ==>
      \abs(b / r) <= 0x1.1p160 && \abs(fl_div(b, r)) <= 0x1p161 &&
      quotient_close(fl_div(b, r), b, y);
    STEP(lemma quotient_near_by: \forall real b, r, y;
      root_near(y) ==> division(b, y) ==> division(b, r) ==> quotient_bound(b, y, 0x1p160) ==>
      quotient_moves(b / r, b / y, r, y) ==> quotient_near(b, r, y);)
    lemma quotients_near: \forall real b, r, y; quotient_near(b, r, y);
*/

#endif
