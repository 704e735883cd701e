/** Claims about where scaled Perm-q tends: P22, N8, E5, N16-N18. */
#include "claims.h"
#include "exact_bounds.h"
#include "exact_round.h"
#include "moments/ball_dynamics.h"
#include "moments/effective.h"
#include "run/draw.h"
#include "spectral/ball_eigen.h"
#include "spectral/enclosure.h"
#include "spectral/theorems.h"
#include "verdict.h"

/** The Euclidean distance. */
static ist_ball distance(ist_balls *e, ist_ball_matrix a, ist_ball_matrix b) {
  ist_ball_matrix way = ist_ball_matrix_sub(e, a, b);
  return ist_ball_root(e, ist_ball_inner(e, way, way));
}

/** The mean converges for steps in (0, 2): at 3/2, ||E x_K - x_inf||^2 = 4^-K ||x_0 - x_inf||^2. */
static ist_code full_step_range(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  const ist_exact_trajectory *t = ist_subject_trajectory(u, ist_ball_of(e, 1.5));
  ist_ball_matrix limit = ist_exact_x_fixed(x);
  ist_ball_matrix start = ist_ball_matrix_sub(e, ist_exact_x0(x), limit);
  ist_ball_matrix end = ist_ball_matrix_sub(e, t->mean[t->rounds], limit);
  ist_ball start_sq = ist_ball_inner(e, start, start), end_sq = ist_ball_inner(e, end, end);
  ist_ball factor = ist_ball_power(e, ist_ball_of(e, 0.25), t->rounds);
  ist_ball size = ist_ball_add(e, start_sq, ist_ball_inner(e, limit, limit));
  (void)s;
  ist_verdict_equal(e, f, end_sq, ist_ball_mul(e, factor, start_sq), ist_ball_mul(e, factor, size));
  return IST_OK;
}

/** E x_K = x_inf + (I - gamma M)^K (x_0 - x_inf), M = E[B]. */
static ist_code mean_recursion(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  ist_ball gamma = ist_ball_of(e, -ist_step_scaled(u));
  const ist_exact_trajectory *t = ist_subject_trajectory(u, ist_ball_of(e, ist_step_scaled(u)));
  ist_ball_matrix limit = ist_exact_x_fixed(x);
  ist_ball_matrix way = ist_ball_matrix_sub(e, ist_exact_x0(x), limit);
  ist_ball size = ist_ball_largest_entry(e, limit);
  (void)s;
  for (size_t k = 0; k < t->rounds; k++) {
    ist_ball_matrix step = ist_ball_product(e, ist_exact_EB(x), way);
    size = ist_ball_max(e, size, ist_ball_largest_entry(e, way));
    way = ist_ball_matrix_add(e, way, ist_ball_scale(e, gamma, step));
  }
  ist_verdict_equal(e, f,
                    ist_ball_difference(e, ist_ball_matrix_add(e, limit, way), t->mean[t->rounds]),
                    ist_ball_of(e, 0), size);
  return IST_OK;
}

/** Whether every entry of every L_i is within what positive semidefinite matrices allow:
 *  L_jk^2 <= L_jj L_kk. */
static bool could_be_semidefinite(const ist_problem *p, slong precision) {
  arb_t square, product;
  bool could = true;
  arb_init(square);
  arb_init(product);
  for (size_t i = 0; i < ist_problem_L_count(p) && could; i++) {
    const double *L = ist_problem_L(p, i);
    for (size_t j = 0; j < p->d && could; j++)
      for (size_t k = 0; k < j && could; k++) {
        arb_set_d(square, L[j * p->d + k]);
        arb_mul(square, square, square, precision);
        arb_set_d(product, L[j * p->d + j]);
        arb_t L_kk;
        arb_init(L_kk);
        arb_set_d(L_kk, L[k * p->d + k]);
        arb_mul(product, product, L_kk, precision);
        arb_clear(L_kk);
        could = arb_le(square, product);
      }
  }
  arb_clear(square);
  arb_clear(product);
  return could;
}

/** Whether all L_i are positive semidefinite: yes if proved positive definite, no if one is proved
 *  to have a negative eigenvalue. */
static ist_truth all_semidefinite(ist_exact *x) {
  ist_balls *e = &x->work;
  const size_t count = ist_problem_L_count(x->m.p);
  arb_mat_struct *L = ist_ball_matrix_new(e, x->d, x->d);
  ist_truth all = IST_TRUTH_YES;
  if (!ist_exact_afford(x, (double)count * IST_EIGENVALUE_PRODUCTS))
    return IST_TRUTH_UNKNOWN;
  for (size_t i = 0; i < count && all != IST_TRUTH_NO; i++) {
    ist_ball_worker_L(&x->m, i, L);
    if (ist_proved_positive_definite(L, e->precision))
      continue;
    ist_ball least = ist_ball_smallest_eigenvalue(e, L);
    all = ist_ball_known(least) && arb_is_negative(least) ? IST_TRUTH_NO : IST_TRUTH_UNKNOWN;
  }
  return all;
}

/** That the largest eigenvalue of M is at most q. Where it is not, that is a violation only if the
 *  hypothesis holds. */
static void compare_spectrum(ist_exact *x, ist_finding *f) {
  ist_balls *e = &x->work;
  ist_ball q = ist_ball_count(e, x->q);
  if (!ist_exact_afford(x, IST_EIGENVALUE_PRODUCTS)) {
    ist_verdict_open(f, "too large");
    return;
  }
  ist_verdict_at_most(e, f, ist_ball_largest_eigenvalue(e, ist_exact_EB(x)), q, q);
  if (f->verdict != IST_CLAIM_VIOLATED)
    return;
  ist_truth hypothesis = all_semidefinite(x);
  if (hypothesis == IST_TRUTH_NO)
    ist_find_nothing(f, "stated for positive semidefinite L_i");
  else if (hypothesis == IST_TRUTH_UNKNOWN)
    ist_verdict_open(f, "whether all L_i are positive semidefinite is not decided with %ld bits",
                     (long)e->precision);
}

/** M has unit diagonal, hence tr M = d; for positive semidefinite L_i, lambda_max(M) <= q, so that
 *  the mean converges for every step below 2/q. */
static ist_code mean_spectrum(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  arb_struct *trace = ist_ball_new(e);
  ist_ball d = ist_ball_count(e, x->d);
  (void)s;
  if (!could_be_semidefinite(u->p, e->precision)) {
    ist_find_nothing(f, "stated for positive semidefinite L_i");
    return IST_OK;
  }
  arb_mat_trace(trace, ist_exact_EB(x), e->precision);
  ist_verdict_equal(e, f, trace, d, d);
  if (f->verdict == IST_CLAIM_HOLDS)
    compare_spectrum(x, f);
  return IST_OK;
}

/** Whether L is a multiple of I, entry by entry. */
static bool is_multiple(const ist_problem *p) {
  for (size_t i = 0; i < p->d; i++)
    for (size_t j = 0; j < p->d; j++)
      if (p->L[i * p->d + j] != (i == j ? p->L[0] : 0))
        return false;
  return true;
}

/** L = c I: ||x_inf - x*|| / ||x*|| = |1 - sqrt(c/n)|, which does not vanish as n grows. */
static ist_code persistent_bias(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  (void)s;
  if (u->p->interpolation || !is_multiple(u->p)) {
    ist_find_nothing(f, "stated for L = c I and b other than 0");
    return IST_OK;
  }
  ist_ball_matrix star = ist_exact_x_star(x), zero = ist_ball_matrix_new(e, x->d, 1);
  ist_ball ratio =
      ist_ball_div(e, distance(e, ist_exact_x_fixed(x), star), distance(e, star, zero));
  ist_ball root =
      ist_ball_root(e, ist_ball_div(e, ist_ball_of(e, u->p->L[0]), ist_ball_count(e, x->n)));
  ist_ball one = ist_ball_of(e, 1);
  ist_verdict_equal(e, f, ratio, ist_ball_abs(e, ist_ball_sub(e, one, root)),
                    ist_ball_add(e, one, root));
  return IST_OK;
}

/** E x_1 at step 1. */
static ist_ball_matrix after_unit_step(ist_subject *u) {
  ist_ball_matrix x0 = ist_exact_x0(u->x);
  return ist_ball_matrix_sub(&u->x->work, x0, ist_expected_g(u, x0));
}

/** That E x_1 at step 1 is target. */
static void reaches(ist_subject *u, ist_ball_matrix target, ist_finding *f) {
  ist_balls *e = &u->x->work;
  ist_ball size = ist_ball_add(e, ist_ball_largest_entry(e, ist_exact_x0(u->x)),
                               ist_ball_largest_entry(e, target));
  ist_verdict_equal(e, f, ist_ball_difference(e, after_unit_step(u), target), ist_ball_of(e, 0),
                    size);
}

/** One step of size 1 leads, in expectation, to x_inf. */
static ist_code one_step(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  reaches(u, ist_exact_x_fixed(u->x), f);
  return IST_OK;
}

/** It misses x* by h: E x_1 - x* = -h, so that x* is reached iff h = 0. */
static ist_code one_step_misses(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  (void)s;
  reaches(u, ist_ball_matrix_sub(&x->work, ist_exact_x_star(x), ist_exact_h(x)), f);
  return IST_OK;
}

/** (1/K) sum_{k<K} ||x_k - x*||^2_L of rounds that nothing makes random, as q = d. */
static ist_code run_average(ist_subject *u, double step, ist_ball *average, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  ist_draws r;
  if (!ist_draws_open(&r, u->p->d, u->p->n, u->sketch, u->seed))
    return ist_claim_no_memory(s);
  ist_ball gamma = ist_ball_of(e, step), sum = ist_ball_of(e, 0);
  ist_ball_matrix z = ist_exact_x0(x);
  for (size_t k = 0; k < u->rounds; k++) {
    ist_ball_matrix way = ist_ball_matrix_sub(e, z, ist_exact_x_star(x));
    sum = ist_ball_add(e, sum, ist_ball_quadratic(e, ist_exact_L(x), way));
    ist_draws_next(&r);
    z = ist_exact_round(e, x, r.block, gamma, z);
  }
  ist_draws_close(&r);
  *average = ist_ball_div(e, sum, ist_ball_count(e, u->rounds));
  return IST_OK;
}

/** (30) beyond q = 1, at q = d, where sigma^2 exists and is 0: outside (23), and it can fail. The
 *  average of N5 must be that of the rounds themselves, which nothing makes random. */
static ist_code larger_blocks(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  double gamma = ist_step_scaled(u);
  ist_ball average = NULL;
  if (u->sketch.q == 1 || !ist_fixed_B(x->d, u->sketch) || !(ist_theorem2_beta(gamma) > 0)) {
    ist_find_nothing(f, u->sketch.q == 1 ? "(30) holds for q = 1 (P16)"
                                         : "stated for q = d and steps below 1");
    return IST_OK;
  }
  const ist_exact_trajectory *t = ist_subject_trajectory(u, ist_ball_of(e, gamma));
  const size_t K = t->rounds;
  if (run_average(u, gamma, &average, s) != IST_OK)
    return s->code;
  ist_ball exact = ist_exact_average(e, t->star_sq, K);
  ist_ball size = ist_ball_add(e, exact, ist_ball_add(e, t->star_sq[0], t->star_sq[K]));
  ist_verdict_equal(e, f, exact, average, size);
  if (f->verdict != IST_CLAIM_HOLDS)
    return IST_OK;
  ist_ball drop = ist_ball_times(e, ist_ball_sub(e, t->star_sq[0], t->star_sq[K]), 0.5);
  ist_ball bound = ist_exact_bound_30(e, drop, t->gamma, K, ist_exact_h_sq(x), ist_ball_of(e, 0));
  ist_finding met;
  ist_verdict_at_most(e, &met, exact, bound, size);
  f->bound = ist_ball_double(bound);
  f->digits = 0; /* the value is above the bound, not equal to it */
  if (met.verdict == IST_CLAIM_HOLDS)
    ist_find_nothing(f, "(30) is met on this problem, though q > 1");
  else if (met.verdict == IST_CLAIM_UNDECIDED)
    *f = met;
  return IST_OK;
}

/** E||grad f||^2_{L^-1} tends to ||h||^2_L + gamma sigma^2/(2 - gamma), more for larger steps: a
 *  round of N5 from N3's limit, mean x_inf and Cov = gamma/(2-gamma) Cov v, leaves it there. */
static ist_code limit(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  ist_ball_dynamics y;
  (void)s;
  if (!(ist_step_scaled(u) < 2)) {
    ist_find_nothing(f, "stated for steps below 2; the step is %.6g", ist_step_scaled(u));
    return IST_OK;
  }
  if (!ist_exact_afford(x, 8)) {
    ist_verdict_open(f, "too large");
    return IST_OK;
  }
  ist_ball gamma = ist_ball_of(e, ist_step_scaled(u)), h_sq = ist_exact_h_sq(x);
  ist_ball weight = ist_ball_div(e, gamma, ist_ball_sub(e, ist_ball_of(e, 2), gamma));
  ist_ball bound = ist_ball_add(e, h_sq, ist_ball_mul(e, weight, ist_exact_sigma_sq(x)));
  ist_ball_dynamics_init(&y, &x->m, ist_exact_x_fixed(x));
  arb_mat_scalar_mul_arb(y.cov, ist_exact_n3_cov(x), weight, e->precision);
  ist_ball_dynamics_step(&y, gamma);
  ist_ball size =
      ist_ball_add(e, bound, ist_ball_quadratic(e, ist_exact_L(x), ist_exact_x_star(x)));
  ist_verdict_equal(e, f, ist_ball_dynamics_distance_sq(e, &y, ist_exact_L(x), ist_exact_x_star(x)),
                    bound, size);
  ist_ball_dynamics_clear(&y);
  return IST_OK;
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
