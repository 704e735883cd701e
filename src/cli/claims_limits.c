/** Claims about where scaled Perm-q tends: P22, N8, E5, N16-N18. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "claims.h"
#include "follow.h"
#include "kernel/range.h"
#include "moments/dense.h"
#include "moments/dynamics.h"
#include "problem/memory.h"
#include "spectral/bounds.h"
#include "spectral/eigen.h"
#include "vectors.h"

/** The mean converges for steps in (0, 2): at 3/2, ||E x_K - x_inf|| = 2^-K ||x_0 - x_inf||. */
static ist_code full_step_range(ist_subject *u, ist_finding *f, ist_status *s) {
  const ist_trajectory *t = ist_subject_trajectory(u, 1.5, s);
  if (t == NULL)
    return s->code;
  size_t d = u->p->d, K = t->rounds;
  const double *limit = u->c.x_fixed;
  double start = ist_distance(u->x0, limit, d);
  ist_find_equal(f, ist_distance(t->mean + K * d, limit, d),
                 ldexp(start, K < 2000 ? -(int)K : -2000),
                 (double)d * (ist_largest(u->x0, d) + ist_largest(limit, d)));
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
  double size = ist_largest(e, d) + ist_largest(u->c.x_fixed, d);
  for (size_t k = 0; k < t->rounds; k++) {
    ist_apply(d, u->c.expected_B, e, Me);
    for (size_t j = 0; j < d; j++)
      e[j] -= gamma * Me[j];
    size = fmax(size, ist_largest(e, d));
  }
  double worst = 0;
  for (size_t j = 0; j < d; j++)
    worst = fmax(worst, fabs(u->c.x_fixed[j] + e[j] - t->mean[t->rounds * d + j]));
  ist_find_equal(f, worst, 0, size * ist_condition_scale(u));
  free(e);
  return IST_OK;
}

/** Whether every entry of every L_i is within what positive semidefinite matrices allow. */
static bool could_be_semidefinite(const ist_problem *p) {
  for (size_t i = 0; i < ist_problem_L_count(p); i++) {
    const double *L = ist_problem_L(p, i);
    for (size_t j = 0; j < p->d; j++)
      for (size_t k = 0; k < j; k++)
        if (fabs(L[j * p->d + k]) >
            (1 + IST_CLAIM_TOLERANCE) * sqrt(L[j * p->d + j]) * sqrt(L[k * p->d + k]))
          return false;
  }
  return true;
}

/** M has unit diagonal, hence tr M = d; for positive semidefinite L_i, lambda_max(M) <= q, so that
 *  the mean converges for every step below 2/q. */
static ist_code mean_spectrum(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t d = u->p->d;
  const double *M = u->c.expected_B;
  double min, max, trace = 0, q = (double)u->sketch.q;
  if (!could_be_semidefinite(u->p)) {
    ist_find_nothing(f, "stated for positive semidefinite L_i");
    return IST_OK;
  }
  for (size_t j = 0; j < d; j++)
    trace += M[j * d + j];
  ist_find_equal(f, trace, (double)d, (double)d);
  if (f->verdict == IST_CLAIM_VIOLATED)
    return IST_OK;
  if (ist_extreme_eigenvalues(M, d, &min, &max, s) != IST_OK)
    return s->code;
  ist_find_at_most(f, max, q, q);
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
  double ratio = ist_distance(u->c.x_fixed, u->c.x_star, d) / ist_distance(u->c.x_star, zero, d);
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
  ist_expected_g(u, u->x0, g);
  double worst = 0;
  for (size_t j = 0; j < d; j++)
    worst = fmax(worst, fabs(u->x0[j] - g[j] - u->c.x_fixed[j]));
  ist_find_equal(f, worst, 0, ist_largest(u->x0, d) + ist_largest(u->c.x_fixed, d));
  free(g);
  return IST_OK;
}

/** It misses x* by h: E x_1 - x* = -h, so that x* is reached iff h = 0. */
static ist_code one_step_misses(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t d = u->p->d;
  double *g = ist_memory_doubles(1, d, 1);
  if (g == NULL)
    return ist_claim_no_memory(s);
  ist_expected_g(u, u->x0, g);
  double worst = 0;
  for (size_t j = 0; j < d; j++)
    worst = fmax(worst, fabs(u->x0[j] - g[j] - u->c.x_star[j] + u->c.h[j]));
  ist_find_equal(f, worst, 0, ist_largest(u->x0, d) + ist_largest(u->c.x_star, d));
  free(g);
  return IST_OK;
}

/** (1/K) sum_{k<K} ||x_k - x*||^2_L of a run. */
typedef struct {
  const ist_subject *u;
  double *away; /**< d entries of work space */
  double average;
} measured;

static void observe(void *context, size_t k, const double *x) {
  measured *m = context;
  const ist_subject *u = m->u;
  size_t d = u->p->d;
  if (k == u->rounds)
    return;
  for (size_t j = 0; j < d; j++)
    m->away[j] = x[j] - u->c.x_star[j];
  m->average += ist_bilinear(d, u->c.L_bar, m->away, m->away) / (double)u->rounds;
}

/** The average of a run of step gamma by the kernel. */
static ist_code run_average(const ist_subject *u, double gamma, double *average, ist_status *s) {
  measured m = {.u = u, .away = ist_memory_doubles(1, u->p->d, 1)};
  ist_setting g = {.p = u->p,
                   .sketch = u->sketch,
                   .x0 = u->x0,
                   .gamma = gamma,
                   .rounds = u->rounds,
                   .seed = u->seed};
  ist_code code = m.away == NULL ? ist_claim_no_memory(s) : ist_follow(&g, observe, &m, s);
  free(m.away);
  *average = m.average;
  return code;
}

/** (30) beyond q = 1, at q = d, where sigma^2 exists and is 0: outside (23), and it can fail. The
 *  average of N5 must be that of the run, which nothing makes random. */
static ist_code larger_blocks(ist_subject *u, ist_finding *f, ist_status *s) {
  double gamma = ist_step_scaled(u), average;
  if (u->sketch.q == 1 || !u->c.sigma_sq.exists || !(ist_theorem2_beta(gamma) > 0)) {
    ist_find_nothing(f, u->sketch.q == 1 ? "(30) holds for q = 1 (P16)"
                                         : "stated for q = d and steps below 1");
    return IST_OK;
  }
  const ist_trajectory *t = ist_subject_trajectory(u, gamma, s);
  if (t == NULL || run_average(u, gamma, &average, s) != IST_OK)
    return s->code;
  double drop = (t->star_sq[0] - t->star_sq[t->rounds]) / 2;
  double exact = ist_trajectory_average(t->star_sq, t->rounds);
  double bound = ist_theorem2_printed(drop, gamma, t->rounds, u->c.h_norm_sq.value, 0).value;
  double size = exact + t->star_sq[0] + t->star_sq[t->rounds];
  ist_find_equal(f, exact, average, size * ist_condition_scale(u));
  if (f->verdict == IST_CLAIM_VIOLATED)
    return IST_OK;
  if (exact - bound <= IST_CLAIM_TOLERANCE * size)
    ist_find_nothing(f, "(30) is met on this problem, though q > 1");
  f->bound = bound;
  return IST_OK;
}

/** Sets the recursion N5 to where N3 says that it tends: mean x_inf, Cov = gamma/(2-gamma) Cov v.
 */
static void set_to_limit(ist_dynamics *y, const ist_n3 *m, double gamma) {
  size_t d = m->c->d;
  memcpy(y->mean, m->c->x_fixed, d * sizeof *y->mean);
  for (size_t j = 0; j < d * d; j++)
    y->cov[j] = gamma / (2 - gamma) * m->cov_v[j];
}

/** E||grad f||^2_{L^-1} tends to ||h||^2_L + gamma sigma^2/(2 - gamma), more for larger steps: a
 *  round of N5 from N3's limit leaves it there. */
static ist_code limit(ist_subject *u, ist_finding *f, ist_status *s) {
  double gamma = ist_step_scaled(u), h_sq = u->c.h_norm_sq.value;
  ist_n3 m;
  ist_dynamics y;
  if (!(gamma < 2)) {
    ist_find_nothing(f, "stated for steps below 2; the step is %.6g", gamma);
    return IST_OK;
  }
  if (!ist_n3_init(u->p, &u->c, &m))
    return ist_claim_no_memory(s);
  ist_code code = ist_dynamics_init(u->p, u->sketch, u->x0, &y, s);
  if (code == IST_OK) {
    set_to_limit(&y, &m, gamma);
    code = ist_dynamics_step(&y, gamma, s);
    double bound = h_sq + gamma * u->c.sigma_sq.value / (2 - gamma);
    if (code == IST_OK)
      ist_find_equal(f, ist_dynamics_distance_sq(&y, u->c.L_bar, u->c.x_star), bound,
                     (bound + ist_bilinear(u->p->d, u->c.L_bar, u->c.x_star, u->c.x_star)) *
                         ist_condition_scale(u));
    ist_dynamics_free(&y);
  }
  ist_n3_free(&m);
  return code;
}

#define SCALED IST_ABOUT(IST_SCALED_PERM)

const ist_claim ist_claims_limits[] = {
    {"P22", "limit of E|grad f|^2_{L^-1}", SCALED, IST_ASSUME_Q1 | IST_ASSUME_LIMIT, limit},
    {"N8", "E x_K-x_inf = (I-GM)^K(x_0-x_inf)", SCALED, IST_ASSUME_LIMIT, mean_recursion},
    {"N8-range", "tr M = d, lambda_max(M) <= q", SCALED, 0, mean_spectrum},
    {"E5", "|x_inf - x*|/|x*| = |1-sqrt(c/n)|", SCALED,
     IST_ASSUME_Q1 | IST_ASSUME_HOMOGENEOUS | IST_ASSUME_LIMIT, persistent_bias},
    {"N16", "(30) can fail for q > 1", SCALED, IST_ASSUME_LIMIT, larger_blocks},
    {"N17", "E x_1 = x_inf at G = 1", SCALED, IST_ASSUME_Q1 | IST_ASSUME_LIMIT, one_step},
    {"N17-star", "E x_1 - x* = -h at G = 1", SCALED, IST_ASSUME_Q1 | IST_ASSUME_LIMIT,
     one_step_misses},
    {"N18", "E x_K converges at G = 3/2", SCALED, IST_ASSUME_Q1 | IST_ASSUME_LIMIT,
     full_step_range},
    {0},
};
