/** Claims about scaled Perm-1: Theorem 2 and around it: P13-P16, P18, N1-N3, N15, E9. */
#include "claims.h"
#include "exact_bounds.h"
#include "exact_round.h"
#include "run/draw.h"
#include "spectral/theorems.h"
#include "verdict.h"

/** x_inf = (1/sqrt(n)) (1/n) sum_i D_i^{-1/2} b_i, as (28) states it. */
static ist_ball_matrix x_infinity(ist_exact *x) {
  ist_balls *e = &x->work;
  arb_mat_struct *b = ist_ball_matrix_new(e, x->d, 1), *sum = ist_ball_matrix_new(e, x->d, 1);
  for (size_t i = 0; i < x->n; i++) {
    ist_ball_worker_b(&x->m, i, b);
    for (size_t j = 0; j < x->d; j++) { /* s_i = sqrt(n) D_i^{-1/2} */
      arb_struct *entry = arb_mat_entry(sum, j, 0);
      arb_addmul(entry, ist_ball_entry(ist_exact_scale(x, i), j, 0), arb_mat_entry(b, j, 0),
                 e->precision);
    }
  }
  ist_ball n = ist_ball_count(e, x->n);
  return ist_ball_scale(e, ist_ball_div(e, ist_ball_of(e, 1), ist_ball_square(e, n)), sum);
}

static ist_code sure_B(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_balls *e = &u->x->work;
  (void)s;
  ist_verdict_same(e, f, ist_exact_EB(u->x), ist_ball_identity(e, u->p->d));
  return IST_OK;
}

static ist_code sure_W(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  ist_verdict_same(&u->x->work, f, ist_exact_W(u->x), ist_exact_L(u->x));
  return IST_OK;
}

/** E[B L B] = L: with E[B] = I it makes B = I surely. */
static ist_code sure_second_moment(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  ist_verdict_same(&u->x->work, f, ist_exact_EBLB(u->x), ist_exact_L(u->x));
  return IST_OK;
}

static ist_code unit_theta(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_balls *e = &u->x->work;
  ist_ball one = ist_ball_of(e, 1);
  (void)s;
  ist_verdict_equal(e, f, ist_exact_theta(u->x), one, one);
  return IST_OK;
}

/** (27): E g(x) = L^-1 grad f(x) + h, with h = x* - x_inf. */
static ist_code expected_estimator(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  ist_ball_matrix z = ist_exact_x0(x), L = ist_exact_L(x), star = ist_exact_x_star(x);
  ist_ball_matrix gradient = ist_ball_matrix_sub(e, ist_ball_product(e, L, z), ist_exact_b(x));
  (void)s;
  if (!ist_exact_afford(x, 2)) {
    ist_verdict_open(f, "too large");
    return IST_OK;
  }
  ist_ball_matrix newton = ist_ball_solve(e, L, gradient);
  ist_ball_matrix h = ist_ball_matrix_sub(e, star, x_infinity(x)), g = ist_expected_g(u, z);
  ist_ball size =
      ist_ball_add(e, ist_ball_largest_entry(e, newton), ist_ball_largest_entry(e, star));
  ist_verdict_equal(e, f, ist_ball_difference(e, g, ist_ball_matrix_add(e, newton, h)),
                    ist_ball_of(e, 0), ist_ball_add(e, size, ist_ball_largest_entry(e, g)));
  return IST_OK;
}

/** (28): E x_k = (1-gamma)^k x_0 + (1 - (1-gamma)^k) x_inf for k = 0..K. */
static ist_code expected_iterate(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  double gamma = ist_step_scaled(u);
  (void)s;
  if (gamma > 1) {
    ist_find_nothing(f, "stated for steps up to 1 (see N18)");
    return IST_OK;
  }
  const ist_exact_trajectory *t = ist_subject_trajectory(u, ist_ball_of(e, gamma));
  ist_ball_matrix limit = x_infinity(x), x0 = ist_exact_x0(x);
  ist_ball size = ist_ball_add(e, ist_ball_largest_entry(e, x0), ist_ball_largest_entry(e, limit));
  f->verdict = IST_CLAIM_HOLDS;
  for (size_t k = 0; k <= t->rounds && f->verdict == IST_CLAIM_HOLDS; k++) {
    ist_ball_matrix closed = ist_exact_closed_form(e, x0, limit, t->gamma, k);
    ist_verdict_equal(e, f, ist_ball_difference(e, t->mean[k], closed), ist_ball_of(e, 0), size);
  }
  return IST_OK;
}

/** What the theorems on scaled Perm-1 are made of, at one step size. */
typedef struct {
  ist_ball average; /**< (1/K) sum_{k<K} E||grad f(x_k)||^2_{L^-1} */
  ist_ball drop;    /**< f(x_0) - E f(x_K) */
  ist_ball bound;   /**< right side of N2 */
  ist_ball slack;   /**< what N1 takes off it */
  ist_ball scale;   /**< sum of the magnitudes of the terms */
} theorem_2;

static theorem_2 evaluate_theorem_2(ist_subject *u, double step) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  const ist_exact_trajectory *t = ist_subject_trajectory(u, ist_ball_of(e, step));
  const size_t K = t->rounds;
  ist_ball h_sq = ist_exact_h_sq(x), sigma_sq = ist_exact_sigma_sq(x);
  ist_ball sum = ist_ball_add(e, t->star_sq[0], t->star_sq[K]);
  theorem_2 v = {.average = ist_exact_average(e, t->star_sq, K)};
  v.drop = ist_ball_times(e, ist_ball_sub(e, t->star_sq[0], t->star_sq[K]), 0.5);
  v.bound = ist_exact_bound_N2(e, v.drop, t->gamma, K, h_sq, sigma_sq);
  v.slack = ist_exact_slack_N1(e, t->gamma, ist_exact_average(e, t->fixed_L_sq, K));
  v.scale = ist_ball_add(e, v.average, ist_ball_abs(e, v.slack));
  v.scale = ist_ball_add(e, v.scale,
                         ist_ball_div(e, sum, ist_ball_mul(e, t->gamma, ist_ball_count(e, K))));
  v.scale = ist_ball_add(e, v.scale, ist_ball_add(e, h_sq, ist_ball_times(e, sigma_sq, step)));
  return v;
}

/** Whether (29) admits some beta > 0 for the step; otherwise *f says so. */
static bool beta_exists(double gamma, ist_finding *f) {
  if (ist_theorem2_beta(gamma) > 0)
    return true;
  ist_find_nothing(f, "(29) leaves no beta > 0 for the step %.6g", gamma);
  return false;
}

/** (30) with ||h|| weighted by L, at its best admissible beta. */
static ist_code corrected_theorem_2(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_balls *e = &u->x->work;
  double gamma = ist_step_scaled(u);
  (void)s;
  if (!beta_exists(gamma, f))
    return IST_OK;
  theorem_2 v = evaluate_theorem_2(u, gamma);
  ist_verdict_at_most(e, f, v.average,
                      ist_exact_bound_30(e, v.drop, ist_ball_of(e, gamma), u->rounds,
                                         ist_exact_h_sq(u->x), ist_exact_sigma_sq(u->x)),
                      v.scale);
  return IST_OK;
}

/** ||h||^2_{L^2} = ||L h||^2, which (30) displays. */
static ist_ball displayed_h_sq(ist_exact *x) {
  ist_balls *e = &x->work;
  ist_ball_matrix Lh = ist_ball_product(e, ist_exact_L(x), ist_exact_h(x));
  return ist_ball_inner(e, Lh, Lh);
}

/** (30) as displayed, with ||h|| weighted by L^2. Where its right side is exceeded, the average is
 *  what N1 says that it is. */
static ist_code displayed_theorem_2(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_balls *e = &u->x->work;
  double gamma = ist_step_scaled(u);
  (void)s;
  if (!beta_exists(gamma, f))
    return IST_OK;
  theorem_2 v = evaluate_theorem_2(u, gamma);
  ist_verdict_equal(e, f, v.average, ist_ball_sub(e, v.bound, v.slack), v.scale);
  if (f->verdict != IST_CLAIM_HOLDS)
    return IST_OK;
  ist_ball h_sq = displayed_h_sq(u->x);
  ist_ball displayed = ist_exact_bound_30(e, v.drop, ist_ball_of(e, gamma), u->rounds, h_sq,
                                          ist_exact_sigma_sq(u->x));
  ist_verdict_at_most(e, f, v.average, displayed, ist_ball_add(e, v.scale, h_sq));
  if (f->verdict == IST_CLAIM_HOLDS)
    ist_find_nothing(f, "as displayed it is met on this problem");
  else if (f->verdict == IST_CLAIM_VIOLATED)
    ist_find_refuted(f, ist_ball_double(displayed),
                     "correction: |h| in the norm of L, as the prose after (30) has it");
  return IST_OK;
}

/** Whether the step lies in (0, 2), where scaled Perm-1 converges; otherwise *f says so. */
static bool in_step_range(double gamma, ist_finding *f) {
  if (gamma < 2)
    return true;
  ist_find_nothing(f, "stated for steps below 2; the step is %.6g", gamma);
  return false;
}

static ist_code exact_identity(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_balls *e = &u->x->work;
  (void)s;
  if (!in_step_range(ist_step_scaled(u), f))
    return IST_OK;
  theorem_2 v = evaluate_theorem_2(u, ist_step_scaled(u));
  ist_verdict_equal(e, f, v.average, ist_ball_sub(e, v.bound, v.slack), v.scale);
  return IST_OK;
}

/** N2, which turns round for steps in (1, 2). */
static ist_code sharpened_theorem_2(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_balls *e = &u->x->work;
  double gamma = ist_step_scaled(u);
  (void)s;
  if (!in_step_range(gamma, f))
    return IST_OK;
  theorem_2 v = evaluate_theorem_2(u, gamma);
  if (gamma <= 1)
    ist_verdict_at_most(e, f, v.average, v.bound, v.scale);
  else
    ist_verdict_at_least(e, f, v.average, v.bound, v.scale);
  return IST_OK;
}

/** N2 with equality where nothing is noisy, from x_0 = x_inf: the average is ||h||^2_L. */
static ist_code tight_at_limit(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  double gamma = ist_step_scaled(u);
  ist_exact_trajectory t;
  (void)s;
  if (!in_step_range(gamma, f))
    return IST_OK;
  const size_t K = u->rounds;
  ist_ball step = ist_ball_of(e, gamma), h_sq = ist_exact_h_sq(x);
  ist_exact_trajectory_open(&t, x, ist_exact_x_fixed(x), step, K);
  ist_ball drop = ist_ball_times(e, ist_ball_sub(e, t.star_sq[0], t.star_sq[K]), 0.5);
  ist_ball size = ist_ball_quadratic(e, ist_exact_L(x), ist_exact_x_star(x));
  size = ist_ball_add(e, size, ist_ball_quadratic(e, ist_exact_L(x), ist_exact_x_fixed(x)));
  ist_verdict_equal(e, f, ist_exact_average(e, t.star_sq, K),
                    ist_exact_bound_N2(e, drop, step, K, h_sq, ist_exact_sigma_sq(x)), size);
  ist_exact_trajectory_close(&t);
  return IST_OK;
}

/** At step 1, which (29) excludes and N2 does not need, N2 holds with equality. */
static ist_code unit_step(ist_subject *u, ist_finding *f, ist_status *s) {
  theorem_2 v = evaluate_theorem_2(u, 1);
  (void)s;
  ist_verdict_equal(&u->x->work, f, v.average, v.bound, v.scale);
  return IST_OK;
}

/** gamma/(2-gamma) (1 - (1-gamma)^{2k}), by which N3 multiplies Cov v. */
static ist_ball growth(ist_balls *e, ist_ball gamma, ist_ball power) {
  ist_ball weight = ist_ball_div(e, gamma, ist_ball_sub(e, ist_ball_of(e, 2), gamma));
  return ist_ball_mul(e, weight, ist_ball_sub(e, ist_ball_of(e, 1), ist_ball_square(e, power)));
}

/** N3 at round K: ||a^K (x_0 - x*) - (1 - a^K) h||^2_L, or a^{2K} ||x_0 - x_inf||^2, and the noise.
 */
static ist_ball closed_form_n3(ist_subject *u, ist_ball gamma, bool fixed) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  ist_ball one = ist_ball_of(e, 1);
  ist_ball power = ist_ball_power(e, ist_ball_sub(e, one, gamma), u->rounds);
  ist_ball weight = growth(e, gamma, power);
  if (fixed) {
    ist_ball_matrix start = ist_ball_matrix_sub(e, ist_exact_x0(x), ist_exact_x_fixed(x));
    arb_struct *trace = ist_ball_new(e);
    arb_mat_trace(trace, ist_exact_n3_cov(x), e->precision);
    return ist_ball_add(e,
                        ist_ball_mul(e, ist_ball_square(e, power), ist_ball_inner(e, start, start)),
                        ist_ball_mul(e, weight, trace));
  }
  ist_ball_matrix start = ist_ball_matrix_sub(e, ist_exact_x0(x), ist_exact_x_star(x));
  ist_ball_matrix way =
      ist_ball_matrix_sub(e, ist_ball_scale(e, power, start),
                          ist_ball_scale(e, ist_ball_sub(e, one, power), ist_exact_h(x)));
  return ist_ball_add(e, ist_ball_quadratic(e, ist_exact_L(x), way),
                      ist_ball_mul(e, weight, ist_exact_n3_sigma_sq(x)));
}

/** Compares a closed form of N3 with the exact recursion N5, at round K. */
static ist_code against_n3(ist_subject *u, ist_finding *f, bool fixed) {
  ist_balls *e = &u->x->work;
  double gamma = ist_step_scaled(u);
  if (!in_step_range(gamma, f))
    return IST_OK;
  const ist_exact_trajectory *t = ist_subject_trajectory(u, ist_ball_of(e, gamma));
  ist_ball const *exact = fixed ? t->fixed_sq : t->star_sq;
  ist_verdict_equal(e, f, exact[t->rounds], closed_form_n3(u, t->gamma, fixed),
                    ist_ball_add(e, exact[0], exact[t->rounds]));
  return IST_OK;
}

static ist_code closed_gradient(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  return against_n3(u, f, false);
}

static ist_code closed_distance(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  return against_n3(u, f, true);
}

/** sigma^2 = [tr(D S) - tr(L S)/n]/(n-1) against the noise of N4's moments. */
static ist_code closed_noise(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  ist_ball closed = ist_exact_n3_sigma_sq(x);
  /* ||E v||^2_L: the size of what the noise is a difference of */
  ist_ball v_sq = ist_ball_quadratic(e, ist_exact_L(x), ist_exact_Ev(x));
  (void)s;
  ist_verdict_equal(e, f, ist_exact_sigma_sq(x), closed, ist_ball_add(e, closed, v_sq));
  return IST_OK;
}

/** One drawn round of step 1 from x_0 leads to target, whatever the blocks. */
static ist_code reach_surely(ist_subject *u, ist_ball_matrix target, ist_finding *f,
                             ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  ist_draws r;
  if (!ist_draws_open(&r, u->p->d, u->p->n, u->sketch, u->seed))
    return ist_claim_no_memory(s);
  ist_ball one = ist_ball_of(e, 1), size = ist_ball_largest_entry(e, ist_exact_x0(x));
  size = ist_ball_add(e, size, ist_ball_largest_entry(e, target));
  f->verdict = IST_CLAIM_HOLDS;
  for (size_t k = 0; k < IST_CLAIM_DRAWS && f->verdict == IST_CLAIM_HOLDS; k++) {
    ist_draws_next(&r);
    ist_ball_matrix reached = ist_exact_round(e, x, r.block, one, ist_exact_x0(x));
    ist_verdict_equal(e, f, ist_ball_difference(e, reached, target), ist_ball_of(e, 0), size);
  }
  ist_draws_close(&r);
  return IST_OK;
}

/** b/sqrt(n). */
static ist_ball_matrix b_over_root(ist_exact *x) {
  ist_balls *e = &x->work;
  ist_ball root = ist_ball_root(e, ist_ball_count(e, x->n));
  return ist_ball_scale(e, ist_ball_div(e, ist_ball_of(e, 1), root), ist_exact_b(x));
}

/** (31) in every round: x - g = b/sqrt(n). */
static ist_code sure_round(ist_subject *u, ist_finding *f, ist_status *s) {
  return reach_surely(u, b_over_root(u->x), f, s);
}

/** (25): in interpolation one round of step 1 leads to the minimiser 0. */
static ist_code one_round(ist_subject *u, ist_finding *f, ist_status *s) {
  return reach_surely(u, ist_ball_matrix_new(&u->x->work, u->p->d, 1), f, s);
}

/** L h = b - L b/sqrt(n): x_inf = b/sqrt(n) is x* iff L^-1 b = b/sqrt(n). */
static ist_code shared_fixed_point(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  ist_ball_matrix L = ist_exact_L(x), b = ist_exact_b(x);
  ist_ball_matrix Lb = ist_ball_product(e, L, b_over_root(x));
  ist_ball size = ist_ball_add(e, ist_ball_largest_entry(e, b), ist_ball_largest_entry(e, Lb));
  (void)s;
  ist_verdict_equal(
      e, f,
      ist_ball_difference(e, ist_ball_product(e, L, ist_exact_h(x)), ist_ball_matrix_sub(e, b, Lb)),
      ist_ball_of(e, 0), size);
  return IST_OK;
}

/** sigma^2 = E||v||^2_L - ||E v||^2_L = 0, where v is b/sqrt(n) in every round: Cov v by N4, and
 *  E v. */
static ist_code no_noise(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  ist_ball_matrix L = ist_exact_L(x);
  ist_ball mean_sq = ist_ball_quadratic(e, L, ist_exact_Ev(x));
  ist_ball square = ist_ball_add(e, ist_exact_sigma_sq(x), mean_sq);
  (void)s;
  ist_verdict_equal(e, f, square, ist_ball_quadratic(e, L, b_over_root(x)), mean_sq);
  return IST_OK;
}

#define SCALED IST_ABOUT(IST_SCALED_PERM)

const ist_claim ist_claims_scaled[] = {
    {"P13", "theta = 1", SCALED, IST_ASSUME_Q1 | IST_ASSUME_THETA, unit_theta},
    {"P13-B", "E[B] = I", SCALED, IST_ASSUME_Q1, sure_B},
    {"P13-sure", "E[B L B] = L", SCALED, IST_ASSUME_Q1, sure_second_moment},
    {"P13-W", "W = L", SCALED, IST_ASSUME_Q1, sure_W},
    {"P13-step", "x_1 = 0 at G = 1, every round", SCALED, IST_ASSUME_Q1 | IST_ASSUME_INTERPOLATION,
     one_round},
    {"P14", "E g(x) = L^-1 grad f(x) + h, (27)", SCALED, IST_ASSUME_Q1, expected_estimator},
    {"P15", "E x_k of (28)", SCALED, IST_ASSUME_Q1, expected_iterate},
    {"P16", "Theorem 2, (30) with |h|^2_L", SCALED, IST_ASSUME_Q1 | IST_ASSUME_LIMIT,
     corrected_theorem_2},
    {"P18", "x - g = b/sqrt(n), every round", SCALED, IST_ASSUME_PRECONDITIONED | IST_ASSUME_Q1,
     sure_round},
    {"P18-noise", "E|v|^2_L = |E v|^2_L: sigma^2 = 0", SCALED,
     IST_ASSUME_PRECONDITIONED | IST_ASSUME_Q1, no_noise},
    {"P18-star", "L h = b - L b/sqrt(n)", SCALED,
     IST_ASSUME_PRECONDITIONED | IST_ASSUME_Q1 | IST_ASSUME_LIMIT, shared_fixed_point},
    {"E9-print", "(30), displayed with |h|^2_{L^2}", SCALED, IST_ASSUME_Q1 | IST_ASSUME_LIMIT,
     displayed_theorem_2},
    {"N1", "exact form of Theorem 2", SCALED, IST_ASSUME_Q1 | IST_ASSUME_LIMIT, exact_identity},
    {"N2", "sharp Theorem 2 (reversed: G > 1)", SCALED, IST_ASSUME_Q1 | IST_ASSUME_LIMIT,
     sharpened_theorem_2},
    {"N2-equal", "N2, equality at x_0 = x_inf", SCALED,
     IST_ASSUME_Q1 | IST_ASSUME_HOMOGENEOUS | IST_ASSUME_LIMIT, tight_at_limit},
    {"N3", "E|grad f(x_K)|^2_{L^-1}, closed", SCALED, IST_ASSUME_Q1 | IST_ASSUME_LIMIT,
     closed_gradient},
    {"N3-x", "E|x_K - x_inf|^2, closed form", SCALED, IST_ASSUME_Q1 | IST_ASSUME_LIMIT,
     closed_distance},
    {"N3-noise", "sigma^2, closed form", SCALED, IST_ASSUME_Q1 | IST_ASSUME_LIMIT, closed_noise},
    {"N15", "N2 with equality at G = 1", SCALED, IST_ASSUME_Q1 | IST_ASSUME_LIMIT, unit_step},
    {0},
};
