/** Claims about scaled Perm-1: Theorem 2 and around it: P13-P16, P18, N1-N3, N15, E9. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "claims.h"
#include "draw.h"
#include "kernel/homogeneous.h"
#include "kernel/range.h"
#include "moments/dense.h"
#include "moments/moments.h"
#include "problem/memory.h"
#include "simulate.h"
#include "spectral/bounds.h"
#include "spectral/definite.h"
#include "spectral/eigen.h"
#include "vectors.h"

/** x_inf = (1/sqrt(n)) (1/n) sum_i D_i^{-1/2} b_i, as (28) states it. NULL: memory ran out. */
static double *x_infinity(const ist_problem *p) {
  size_t d = p->d;
  double n = (double)p->n, *x = ist_memory_doubles(1, d, 1);
  for (size_t i = 0; x != NULL && i < p->n; i++)
    for (size_t j = 0; j < d; j++)
      x[j] += ist_problem_b(p, i)[j] / sqrt(ist_problem_L(p, i)[j * d + j]) / n;
  for (size_t j = 0; x != NULL && j < d; j++)
    x[j] /= sqrt(n);
  return x;
}

static ist_code sure_B(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t d = u->p->d;
  double *identity = ist_memory_doubles(1, d, d);
  if (identity == NULL)
    return ist_claim_no_memory(s);
  for (size_t j = 0; j < d; j++)
    identity[j * d + j] = 1;
  ist_find_same(f, u->c.expected_B, identity, d * d);
  free(identity);
  return IST_OK;
}

static ist_code sure_W(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  ist_find_same(f, u->c.W, u->c.L_bar, u->p->d * u->p->d);
  return IST_OK;
}

/** E[B L B] = L: with E[B] = I it makes B = I surely. */
static ist_code sure_second_moment(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  ist_find_same(f, u->c.second_moment, u->c.L_bar, u->p->d * u->p->d);
  return IST_OK;
}

static ist_code unit_theta(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  ist_find_equal(f, u->c.theta.value, 1, ist_condition_scale(u));
  return IST_OK;
}

/** (27): E g(x) = L^-1 grad f(x) + h, with h = x* - x_inf. */
static ist_code expected_estimator(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t d = u->p->d;
  const double *x = u->x0;
  double *g = ist_memory_doubles(4, d, 1), *limit = x_infinity(u->p);
  if (g == NULL || limit == NULL) {
    free(g);
    free(limit);
    return ist_claim_no_memory(s);
  }
  double *gradient = g + d, *newton = g + 2 * d, *right = g + 3 * d;
  ist_expected_g(u, x, g);
  ist_apply(d, u->c.L_bar, x, gradient);
  for (size_t j = 0; j < d; j++)
    gradient[j] -= u->c.b_bar[j];
  ist_code code = ist_solve(u->c.L_bar, d, gradient, newton, s);
  double worst = 0;
  for (size_t j = 0; j < d; j++) {
    right[j] = newton[j] + (u->c.x_star[j] - limit[j]);
    worst = fmax(worst, fabs(g[j] - right[j]));
  }
  /* The solves for x* and for L^-1 grad f carry a relative error of kappa u. */
  double scale = ist_largest(g, d) + ist_largest(newton, d) + ist_largest(u->c.x_star, d) +
                 ist_largest(limit, d);
  if (code == IST_OK)
    ist_find_equal(f, worst, 0, scale * ist_condition_scale(u));
  free(g);
  free(limit);
  return code;
}

/** Compares E x_k with the closed form (28), in units of the terms of round k. */
static void compare_with_28(const ist_subject *u, const ist_trajectory *t, size_t k,
                            const double *limit, double *closed, ist_finding *f) {
  size_t d = u->p->d;
  const double *mean = t->mean + k * d, *before = k == 0 ? mean : mean - d;
  double worst = 0;
  ist_closed_form(u->x0, limit, d, t->gamma, k, closed);
  for (size_t j = 0; j < d; j++)
    worst = fmax(worst, fabs(mean[j] - closed[j]));
  ist_find_equal(f, worst, 0, ist_largest(before, d) + ist_largest(limit, d));
}

/** (28): E x_k = (1-gamma)^k x_0 + (1 - (1-gamma)^k) x_inf for k = 0..K. */
static ist_code expected_iterate(ist_subject *u, ist_finding *f, ist_status *s) {
  double gamma = ist_step_scaled(u);
  size_t d = u->p->d;
  if (gamma > 1) {
    ist_find_nothing(f, "stated for steps up to 1 (see N18)");
    return IST_OK;
  }
  const ist_trajectory *t = ist_subject_trajectory(u, gamma, s);
  if (t == NULL)
    return s->code;
  double *limit = x_infinity(u->p), *closed = ist_memory_doubles(1, d, 1);
  ist_code code = IST_OK;
  if (limit == NULL || closed == NULL)
    code = ist_claim_no_memory(s);
  else if (!ist_bounded(limit, d, IST_ENTRY_MAX))
    code = ist_fail(s, IST_NOT_EXIST, "x_inf leaves the range of iterates");
  f->verdict = IST_CLAIM_HOLDS;
  for (size_t k = 0; code == IST_OK && k <= t->rounds && f->verdict == IST_CLAIM_HOLDS; k++)
    compare_with_28(u, t, k, limit, closed, f);
  free(limit);
  free(closed);
  return code;
}

/** What the theorems on scaled Perm-1 are made of, at one step size. */
typedef struct {
  const ist_trajectory *t;
  size_t K;
  double average; /**< (1/K) sum_{k<K} E||grad f(x_k)||^2_{L^-1} */
  double drop;    /**< f(x_0) - E f(x_K) */
  double bound;   /**< right side of N2 */
  double slack;   /**< what N1 takes off it */
  double scale;   /**< sum of the magnitudes of the terms */
} theorem_2;

static ist_code evaluate_theorem_2(ist_subject *u, double gamma, theorem_2 *v, ist_status *s) {
  const ist_trajectory *t = ist_subject_trajectory(u, gamma, s);
  if (t == NULL)
    return s->code;
  size_t K = t->rounds;
  double h_sq = u->c.h_norm_sq.value, sigma_sq = u->c.sigma_sq.value;
  *v = (theorem_2){.t = t, .K = K};
  v->average = ist_trajectory_average(t->star_sq, K);
  v->drop = (t->star_sq[0] - t->star_sq[K]) / 2;
  v->bound = ist_theorem2_sharpened(v->drop, gamma, K, h_sq, sigma_sq);
  v->slack = ist_theorem2_slack(gamma, ist_trajectory_average(t->fixed_L_sq, K));
  v->scale = v->average + (t->star_sq[0] + t->star_sq[K]) / (gamma * (double)K) + h_sq +
             gamma * sigma_sq + fabs(v->slack);
  return IST_OK;
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
  double gamma = ist_step_scaled(u);
  theorem_2 v;
  if (!beta_exists(gamma, f))
    return IST_OK;
  if (evaluate_theorem_2(u, gamma, &v, s) != IST_OK)
    return s->code;
  ist_scalar bound =
      ist_theorem2_printed(v.drop, gamma, v.K, u->c.h_norm_sq.value, u->c.sigma_sq.value);
  ist_find_at_most(f, v.average, bound.value, v.scale);
  return IST_OK;
}

/** ||h||^2_{L^2} = ||L h||^2, which (30) displays. NaN: memory ran out. */
static double displayed_h_sq(const ist_subject *u) {
  size_t d = u->p->d;
  double *Lh = ist_memory_doubles(1, d, 1), square = NAN;
  if (Lh != NULL) {
    ist_apply(d, u->c.L_bar, u->c.h, Lh);
    square = ist_scalar_product(Lh, Lh, d);
  }
  free(Lh);
  return square;
}

/** (30) as displayed, with ||h|| weighted by L^2. Where its right side is exceeded, the average is
 *  what N1 says that it is. */
static ist_code displayed_theorem_2(ist_subject *u, ist_finding *f, ist_status *s) {
  double gamma = ist_step_scaled(u), h_sq = displayed_h_sq(u);
  theorem_2 v;
  if (!beta_exists(gamma, f))
    return IST_OK;
  if (isnan(h_sq))
    return ist_claim_no_memory(s);
  if (evaluate_theorem_2(u, gamma, &v, s) != IST_OK)
    return s->code;
  double displayed = ist_theorem2_printed(v.drop, gamma, v.K, h_sq, u->c.sigma_sq.value).value;
  ist_find_equal(f, v.average, v.bound - v.slack, v.scale);
  if (f->verdict == IST_CLAIM_VIOLATED)
    return IST_OK;
  if (v.average - displayed <= IST_CLAIM_TOLERANCE * (v.scale + h_sq))
    ist_find_nothing(f, "as displayed it is met on this problem");
  else
    ist_find_refuted(f, displayed,
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
  theorem_2 v;
  if (!in_step_range(ist_step_scaled(u), f))
    return IST_OK;
  if (evaluate_theorem_2(u, ist_step_scaled(u), &v, s) != IST_OK)
    return s->code;
  ist_find_equal(f, v.average, v.bound - v.slack, v.scale);
  return IST_OK;
}

/** N2, which turns round for steps in (1, 2). */
static ist_code sharpened_theorem_2(ist_subject *u, ist_finding *f, ist_status *s) {
  theorem_2 v;
  double gamma = ist_step_scaled(u);
  if (!in_step_range(gamma, f))
    return IST_OK;
  if (evaluate_theorem_2(u, gamma, &v, s) != IST_OK)
    return s->code;
  if (gamma <= 1)
    ist_find_at_most(f, v.average, v.bound, v.scale);
  else
    ist_find_at_least(f, v.average, v.bound, v.scale);
  return IST_OK;
}

/** N2 with equality where nothing is noisy, from x_0 = x_inf: the average is ||h||^2_L. */
static ist_code tight_at_limit(ist_subject *u, ist_finding *f, ist_status *s) {
  double gamma = ist_step_scaled(u), h_sq = u->c.h_norm_sq.value;
  ist_trajectory t;
  if (!in_step_range(gamma, f))
    return IST_OK;
  if (ist_trajectory_compute(&t, u->p, &u->c, u->c.x_fixed, gamma, u->rounds, s) != IST_OK)
    return s->code;
  size_t K = u->rounds;
  double drop = (t.star_sq[0] - t.star_sq[K]) / 2;
  double size = ist_bilinear(u->p->d, u->c.L_bar, u->c.x_fixed, u->c.x_fixed) +
                ist_bilinear(u->p->d, u->c.L_bar, u->c.x_star, u->c.x_star);
  ist_find_equal(f, ist_trajectory_average(t.star_sq, K),
                 ist_theorem2_sharpened(drop, gamma, K, h_sq, u->c.sigma_sq.value),
                 size * ist_condition_scale(u));
  ist_trajectory_free(&t);
  return IST_OK;
}

/** At step 1, which (29) excludes and N2 does not need, N2 holds with equality. */
static ist_code unit_step(ist_subject *u, ist_finding *f, ist_status *s) {
  theorem_2 v;
  if (evaluate_theorem_2(u, 1, &v, s) != IST_OK)
    return s->code;
  ist_find_equal(f, v.average, v.bound, v.scale);
  return IST_OK;
}

/** Compares what pick chooses of N3's closed forms with the exact recursion N5, at round K. */
static ist_code against_n3(ist_subject *u, ist_finding *f, ist_status *s, bool fixed) {
  double gamma = ist_step_scaled(u);
  if (!in_step_range(gamma, f))
    return IST_OK;
  const ist_trajectory *t = ist_subject_trajectory(u, gamma, s);
  ist_n3 m;
  if (t == NULL)
    return s->code;
  if (!ist_n3_init(u->p, &u->c, &m))
    return ist_claim_no_memory(s);
  ist_n3_values closed = ist_n3_round(&m, u->x0, gamma, t->rounds);
  const double *exact = fixed ? t->fixed_sq : t->star_sq;
  ist_find_equal(f, exact[t->rounds], fixed ? closed.dist_fixed_sq : closed.grad_norm_sq,
                 exact[0] + exact[t->rounds]);
  ist_n3_free(&m);
  return IST_OK;
}

static ist_code closed_gradient(ist_subject *u, ist_finding *f, ist_status *s) {
  return against_n3(u, f, s, false);
}

static ist_code closed_distance(ist_subject *u, ist_finding *f, ist_status *s) {
  return against_n3(u, f, s, true);
}

/** sigma^2 = [tr(D S) - tr(L S)/n]/(n-1) against the noise of N4's moments. */
static ist_code closed_noise(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_n3 m;
  if (!ist_n3_init(u->p, &u->c, &m))
    return ist_claim_no_memory(s);
  size_t d = u->p->d;
  /* ||E v||^2_L: the noise is a difference of terms of this size */
  double v_sq = ist_bilinear(d, u->c.L_bar, u->c.expected_v, u->c.expected_v);
  ist_find_equal(f, u->c.sigma_sq.value, m.sigma_sq, m.sigma_sq + v_sq);
  ist_n3_free(&m);
  return IST_OK;
}

/** One drawn round of step 1 from x_0 leads to target (d entries), whatever the blocks. */
static ist_code reach_surely(ist_subject *u, const double *target, ist_finding *f, ist_status *s) {
  size_t d = u->p->d;
  ist_simulation m;
  if (ist_simulation_open(&m, u->p, u->sketch, 1, 0, u->seed, s) != IST_OK)
    return s->code;
  double *x = ist_memory_doubles(1, d, 1);
  ist_code code = x == NULL ? ist_claim_no_memory(s) : IST_OK;
  f->verdict = IST_CLAIM_HOLDS;
  for (size_t k = 0; code == IST_OK && k < IST_CLAIM_DRAWS && f->verdict == IST_CLAIM_HOLDS; k++) {
    memcpy(x, u->x0, d * sizeof *x);
    code = ist_simulation_drawn_round(&m, x, 1, s);
    ist_find_equal(f, ist_distance(x, target, d), 0,
                   (double)d * (ist_largest(u->x0, d) + ist_largest(target, d)));
  }
  free(x);
  ist_simulation_close(&m);
  return code;
}

/** (31) in every round: x - g = b/sqrt(n). */
static ist_code sure_round(ist_subject *u, ist_finding *f, ist_status *s) {
  double *target = ist_memory_doubles(1, u->p->d, 1);
  if (target == NULL)
    return ist_claim_no_memory(s);
  ist_fixed_point(u->p->b, u->p->d, u->p->n, target);
  ist_code code = reach_surely(u, target, f, s);
  free(target);
  return code;
}

/** (25): in interpolation one round of step 1 leads to the minimiser 0. */
static ist_code one_round(ist_subject *u, ist_finding *f, ist_status *s) {
  double *zero = ist_memory_doubles(1, u->p->d, 1);
  if (zero == NULL)
    return ist_claim_no_memory(s);
  ist_code code = reach_surely(u, zero, f, s);
  free(zero);
  return code;
}

/** L h = b - L b/sqrt(n): x_inf = b/sqrt(n) is x* iff L^-1 b = b/sqrt(n). */
static ist_code shared_fixed_point(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t d = u->p->d;
  const double *b = u->p->b;
  double *left = ist_memory_doubles(2, d, 1), worst = 0, size = 0;
  if (left == NULL)
    return ist_claim_no_memory(s);
  double *Lb = left + d;
  ist_apply(d, u->c.L_bar, u->c.h, left);
  ist_apply(d, u->c.L_bar, b, Lb);
  for (size_t j = 0; j < d; j++) {
    Lb[j] /= sqrt((double)u->p->n);
    worst = fmax(worst, fabs(left[j] - (b[j] - Lb[j])));
    size = fmax(size, fabs(left[j]) + fabs(b[j]) + fabs(Lb[j]));
  }
  ist_find_equal(f, worst, 0, size * ist_condition_scale(u));
  free(left);
  return IST_OK;
}

/** sigma^2 = E||v||^2_L - ||E v||^2_L = 0, where v is b/sqrt(n) in every round. */
static ist_code no_noise(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t d = u->p->d;
  double *vv = ist_memory_doubles(1, d, d);
  if (vv == NULL || !ist_linear_second_moment(u->p, u->sketch, vv)) {
    free(vv);
    return ist_claim_no_memory(s);
  }
  double mean_sq = ist_bilinear(d, u->c.L_bar, u->c.expected_v, u->c.expected_v);
  ist_find_equal(f, ist_inner(d, u->c.L_bar, vv), mean_sq + u->c.sigma_sq.value, mean_sq);
  free(vv);
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
