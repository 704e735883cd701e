/** Claims about scaled Perm-q: Theorem 2 and around it: P13-P18, N1-N3, N8, E5-E8. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "claims.h"
#include "draw.h"
#include "kernel/homogeneous.h"
#include "kernel/range.h"
#include "moments/dense.h"
#include "problem/memory.h"
#include "simulate.h"
#include "spectral/bounds.h"
#include "spectral/definite.h"
#include "spectral/eigen.h"

static double largest(const double *v, size_t d) {
  double max = 0;
  for (size_t j = 0; j < d; j++)
    max = fmax(max, fabs(v[j]));
  return max;
}

static double norm(const double *a, const double *b, size_t d) {
  double sum = 0;
  for (size_t j = 0; j < d; j++)
    sum += (a[j] - b[j]) * (a[j] - b[j]);
  return sqrt(sum);
}

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

/** E g(x) = E[B] x - E[v] into g. */
static void expected_g(const ist_subject *u, const double *x, double *g) {
  ist_apply(u->p->d, u->c.expected_B, x, g);
  for (size_t j = 0; j < u->p->d; j++)
    g[j] -= u->c.expected_v[j];
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
  expected_g(u, x, g);
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
  double scale = largest(g, d) + largest(newton, d) + largest(u->c.x_star, d) + largest(limit, d);
  if (code == IST_OK)
    ist_find_equal(f, worst, 0, scale * ist_condition_scale(u));
  free(g);
  free(limit);
  return code;
}

/** (28): E x_k = (1-gamma)^k x_0 + (1 - (1-gamma)^k) x_inf for k = 0..K. */
static ist_code expected_iterate(ist_subject *u, ist_finding *f, ist_status *s) {
  double gamma = ist_step_scaled(u);
  size_t d = u->p->d;
  if (gamma > 1) {
    ist_find_nothing(f, "stated for steps up to 1 (see E8)");
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
  for (size_t k = 0; code == IST_OK && k <= t->rounds && f->verdict == IST_CLAIM_HOLDS; k++) {
    ist_closed_form(u->x0, limit, d, gamma, k, closed);
    ist_find_same(f, t->mean + k * d, closed, d);
  }
  free(limit);
  free(closed);
  return code;
}

/** The mean converges for steps in (0, 2): at 3/2, ||E x_K - x_inf|| = 2^-K ||x_0 - x_inf||. */
static ist_code full_step_range(ist_subject *u, ist_finding *f, ist_status *s) {
  const ist_trajectory *t = ist_subject_trajectory(u, 1.5, s);
  if (t == NULL)
    return s->code;
  size_t d = u->p->d, K = t->rounds;
  const double *limit = u->c.x_fixed;
  double start = norm(u->x0, limit, d);
  ist_find_equal(f, norm(t->mean + K * d, limit, d), ldexp(start, K < 2000 ? -(int)K : -2000),
                 (double)d * (largest(u->x0, d) + largest(limit, d)));
  return IST_OK;
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

/** (30) as printed, with its best admissible beta. */
static ist_code printed_theorem_2(ist_subject *u, ist_finding *f, ist_status *s) {
  double gamma = ist_step_scaled(u);
  if (!(ist_theorem2_beta(gamma) > 0)) {
    ist_find_nothing(f, "(29) leaves no beta > 0 for the step %.6g", gamma);
    return IST_OK;
  }
  theorem_2 v;
  if (evaluate_theorem_2(u, gamma, &v, s) != IST_OK)
    return s->code;
  ist_scalar bound =
      ist_theorem2_printed(v.drop, gamma, v.K, u->c.h_norm_sq.value, u->c.sigma_sq.value);
  ist_find_at_most(f, v.average, bound.value, v.scale);
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

/** At step 1, which (29) excludes, N2 holds with equality. */
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

/** E x_K = x_inf + (I - gamma M)^K (x_0 - x_inf), M = E[B]. */
static ist_code mean_recursion(ist_subject *u, ist_finding *f, ist_status *s) {
  double gamma = ist_step_scaled(u);
  const ist_trajectory *t = ist_subject_trajectory(u, gamma, s);
  if (t == NULL)
    return s->code;
  size_t d = u->p->d;
  double *e = ist_memory_doubles(2, d, 1);
  if (e == NULL)
    return ist_claim_no_memory(s);
  double *Me = e + d;
  for (size_t j = 0; j < d; j++)
    e[j] = u->x0[j] - u->c.x_fixed[j];
  double size = largest(e, d) + largest(u->c.x_fixed, d);
  for (size_t k = 0; k < t->rounds; k++) {
    ist_apply(d, u->c.expected_B, e, Me);
    for (size_t j = 0; j < d; j++)
      e[j] -= gamma * Me[j];
    size = fmax(size, largest(e, d));
  }
  double worst = 0;
  for (size_t j = 0; j < d; j++)
    worst = fmax(worst, fabs(u->c.x_fixed[j] + e[j] - t->mean[t->rounds * d + j]));
  ist_find_equal(f, worst, 0, size * ist_condition_scale(u));
  free(e);
  return IST_OK;
}

/** lambda_max(M) <= q, so that the mean converges for every step below 2/q. */
static ist_code mean_spectrum(ist_subject *u, ist_finding *f, ist_status *s) {
  double min, max;
  if (ist_extreme_eigenvalues(u->c.expected_B, u->p->d, &min, &max, s) != IST_OK)
    return s->code;
  ist_find_at_most(f, max, (double)u->sketch.q, (double)u->sketch.q);
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
    ist_find_equal(f, norm(x, target, d), 0, (double)d * (largest(u->x0, d) + largest(target, d)));
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

static ist_code no_noise(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  ist_find_equal(f, u->c.sigma_sq.value, 0,
                 ist_bilinear(u->p->d, u->c.L_bar, u->c.expected_v, u->c.expected_v));
  return IST_OK;
}

/** L = c I: ||x_inf - x*|| / ||x*|| = |1 - sqrt(c/n)|, which does not vanish as n grows. */
static ist_code persistent_bias(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  size_t d = u->p->d;
  const double *L = u->c.L_bar;
  bool multiple = !u->p->interpolation;
  for (size_t i = 0; i < d; i++)
    for (size_t j = 0; j < d; j++)
      multiple = multiple && L[i * d + j] == (i == j ? L[0] : 0);
  if (!multiple) {
    ist_find_nothing(f, "stated for L = c I and b other than 0");
    return IST_OK;
  }
  double *zero = ist_memory_doubles(1, d, 1);
  if (zero == NULL)
    return ist_claim_no_memory(s);
  double ratio = norm(u->c.x_fixed, u->c.x_star, d) / norm(u->c.x_star, zero, d);
  double root = sqrt(L[0] / (double)u->p->n);
  ist_find_equal(f, ratio, fabs(1 - root), 1 + root);
  free(zero);
  return IST_OK;
}

/** One step of size 1 leads, in expectation, to x_inf. */
static ist_code one_step(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t d = u->p->d;
  double *g = ist_memory_doubles(1, d, 1);
  if (g == NULL)
    return ist_claim_no_memory(s);
  expected_g(u, u->x0, g);
  double worst = 0;
  for (size_t j = 0; j < d; j++)
    worst = fmax(worst, fabs(u->x0[j] - g[j] - u->c.x_fixed[j]));
  ist_find_equal(f, worst, 0, largest(u->x0, d) + largest(u->c.x_fixed, d));
  free(g);
  return IST_OK;
}

/** As printed, one step of size 1 leads, in expectation, to x*: ||E x_1 - x*||_L = 0. */
static ist_code one_step_printed(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t d = u->p->d;
  double *miss = ist_memory_doubles(1, d, 1);
  if (miss == NULL)
    return ist_claim_no_memory(s);
  expected_g(u, u->x0, miss);
  for (size_t j = 0; j < d; j++)
    miss[j] = u->x0[j] - miss[j] - u->c.x_star[j];
  double scale = largest(u->x0, d) + largest(u->c.x_star, d);
  ist_find_erratum(f, largest(miss, d), 0, scale * ist_condition_scale(u),
                   u->c.h_norm_sq.value > 0);
  free(miss);
  return IST_OK;
}

/** (30) beyond q = 1, where sigma^2 exists (q = d): no theorem, and false in general. */
static ist_code printed_for_larger_blocks(ist_subject *u, ist_finding *f, ist_status *s) {
  if (u->sketch.q == 1 || !u->c.sigma_sq.exists) {
    ist_find_nothing(f, u->sketch.q == 1 ? "(30) holds for q = 1 (P16)"
                                         : "no sigma^2 bounds the noise for every x");
    return IST_OK;
  }
  ist_code code = printed_theorem_2(u, f, s);
  if (f->verdict == IST_CLAIM_VIOLATED) {
    f->verdict = IST_CLAIM_HOLDS;
    f->reason[0] = '\0';
  } else if (code == IST_OK && f->verdict == IST_CLAIM_HOLDS)
    ist_find_nothing(f, "(30) is met on this problem, though q > 1");
  return code;
}

/** The neighbourhood grows with the step: the limit of E||grad f||^2 at G and at G/2, by N3. */
static ist_code growing_limit(ist_subject *u, ist_finding *f, ist_status *s) {
  double gamma = ist_step_scaled(u), h_sq = u->c.h_norm_sq.value;
  ist_n3 m;
  if (!in_step_range(gamma, f))
    return IST_OK;
  if (!ist_n3_init(u->p, &u->c, &m))
    return ist_claim_no_memory(s);
  double value = h_sq + gamma * m.sigma_sq / (2 - gamma);
  double bound = h_sq + gamma / 2 * m.sigma_sq / (2 - gamma / 2);
  ist_find_at_least(f, value, bound, value);
  ist_n3_free(&m);
  return IST_OK;
}

#define SCALED IST_ABOUT(IST_SCALED_PERM)

const ist_claim ist_claims_scaled[] = {
    {"P13", "theta = 1", SCALED, IST_ASSUME_Q1 | IST_ASSUME_THETA, unit_theta},
    {"P13-B", "E[B] = I", SCALED, IST_ASSUME_Q1, sure_B},
    {"P13-sure", "E[B L B] = L", SCALED, IST_ASSUME_Q1, sure_second_moment},
    {"P13-W", "W = L", SCALED, IST_ASSUME_Q1, sure_W},
    {"P13-step", "x_1 = 0 at G = 1 in every round", SCALED,
     IST_ASSUME_Q1 | IST_ASSUME_INTERPOLATION, one_round},
    {"P14", "E g(x) = L^-1 grad f(x) + h, (27)", SCALED, IST_ASSUME_Q1, expected_estimator},
    {"P15", "E x_k of (28)", SCALED, IST_ASSUME_Q1, expected_iterate},
    {"P16", "Theorem 2, (30): mean gradient norm", SCALED, IST_ASSUME_Q1, printed_theorem_2},
    {"P18", "x - g = b/sqrt(n) in every round, (31)", SCALED,
     IST_ASSUME_PRECONDITIONED | IST_ASSUME_Q1, sure_round},
    {"P18-noise", "sigma^2 = 0", SCALED, IST_ASSUME_PRECONDITIONED | IST_ASSUME_Q1, no_noise},
    {"P18-star", "L h = b - L b/sqrt(n)", SCALED, IST_ASSUME_PRECONDITIONED | IST_ASSUME_Q1,
     shared_fixed_point},
    {"P22", "limit of E||grad f||^2: at G, at G/2", SCALED, IST_ASSUME_Q1, growing_limit},
    {"N1", "exact form of Theorem 2", SCALED, IST_ASSUME_Q1, exact_identity},
    {"N2", "sharp Theorem 2 (reversed for G > 1)", SCALED, IST_ASSUME_Q1, sharpened_theorem_2},
    {"N3", "E||grad f(x_K)||^2_{L^-1}, closed form", SCALED, IST_ASSUME_Q1, closed_gradient},
    {"N3-x", "E||x_K - x_inf||^2, closed form", SCALED, IST_ASSUME_Q1, closed_distance},
    {"N3-noise", "sigma^2, closed form", SCALED, IST_ASSUME_Q1, closed_noise},
    {"N8", "E x_K - x_inf = (I-GM)^K (x_0 - x_inf)", SCALED, 0, mean_recursion},
    {"N8-range", "lambda_max(M) <= q", SCALED, 0, mean_spectrum},
    {"E5", "||x_inf - x*||/||x*|| = |1 - sqrt(c/n)|", SCALED,
     IST_ASSUME_Q1 | IST_ASSUME_HOMOGENEOUS, persistent_bias},
    {"E6", "N2 with equality at G = 1", SCALED, IST_ASSUME_Q1, unit_step},
    {"E6-q", "not (30) for q > 1", SCALED, 0, printed_for_larger_blocks},
    {"E7", "E x_1 = x_inf at G = 1", SCALED, IST_ASSUME_Q1, one_step},
    {"E7-print", "not E x_1 = x* at G = 1", SCALED, IST_ASSUME_Q1, one_step_printed},
    {"E8", "E x_K converges at G = 3/2", SCALED, IST_ASSUME_Q1, full_step_range},
    {0},
};
