/** Claims that compare methods, or follow one run: P19, P20, P21, N19. */
#include "claims.h"
#include "exact_bounds.h"
#include "exact_round.h"
#include "run/draw.h"
#include "spectral/ball_eigen.h"
#include "verdict.h"

/** E||C x - x||^2 / ||x||^2 of the unbiased sketches: n - 1 or d/q - 1. */
static ist_ball omega(ist_exact *x) {
  ist_balls *e = &x->work;
  ist_ball ratio = x->m.sk.kind == IST_PERM
                       ? ist_ball_count(e, x->n)
                       : ist_ball_div(e, ist_ball_count(e, x->d), ist_ball_count(e, x->q));
  return ist_ball_sub(e, ratio, ist_ball_of(e, 1));
}

/** (33): compressed gradient descent, x - gamma C grad f(x), does not move x*, where the gradient
 *  is 0; nor, by (34), has its estimator a variance there. */
static ist_code compressed_at_star(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  (void)s;
  ist_verdict_same(&x->work, f, ist_ball_product(&x->work, ist_exact_L(x), ist_exact_x_star(x)),
                   ist_exact_b(x));
  return IST_OK;
}

/** E||g(x*)||^2_L by E[B L B], E[B L v] and E[v v']; its size into *size. */
static ist_ball square_at_star(ist_exact *x, ist_ball *size) {
  ist_balls *e = &x->work;
  ist_ball_matrix L = ist_exact_L(x), star = ist_exact_x_star(x);
  ist_ball quadratic = ist_ball_quadratic(e, ist_exact_EBLB(x), star);
  ist_ball cross = ist_ball_times(e, ist_ball_inner(e, star, ist_exact_EBLv(x)), 2);
  ist_ball constant = ist_ball_add(e, ist_ball_inner(e, L, ist_exact_cov_v(x)),
                                   ist_ball_quadratic(e, L, ist_exact_Ev(x)));
  *size = ist_ball_add(e, ist_ball_add(e, quadratic, ist_ball_abs(e, cross)), constant);
  return ist_ball_add(e, ist_ball_sub(e, quadratic, cross), constant);
}

/** (35): IST moves away from x*: E||g(x*)||^2_L = ||E[B] h||^2_L + sigma_*^2, which is not 0. */
static ist_code ist_at_star(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  ist_ball size, square = square_at_star(x, &size);
  ist_ball_matrix Bh = ist_ball_product(e, ist_exact_EB(x), ist_exact_h(x));
  ist_ball split =
      ist_ball_add(e, ist_ball_quadratic(e, ist_exact_L(x), Bh), ist_exact_sigma_sq_star(x));
  (void)s;
  ist_verdict_equal(e, f, square, split, size);
  if (f->verdict == IST_CLAIM_HOLDS && ist_verdict_zero(e, split, size))
    ist_find_nothing(f, "x* is a fixed point of IST on this problem");
  return IST_OK;
}

/** A = (I - gamma L) E[C^2] (I - gamma L), E[C^2] by the scales: E||x+||^2 = x'A x for compressed
 *  iterates, x+ = C (x - gamma L x). */
static ist_ball_matrix compressed_factor(ist_exact *x, ist_ball gamma) {
  ist_balls *e = &x->work;
  ist_ball_matrix step =
      ist_ball_matrix_sub(e, ist_ball_identity(e, x->d), ist_ball_scale(e, gamma, ist_exact_L(x)));
  ist_ball chance = ist_ball_div(e, ist_ball_count(e, x->q), ist_ball_count(e, x->d));
  ist_ball_matrix s = ist_exact_scale(x, 0);
  ist_ball_matrix C_sq = ist_ball_scale(e, chance, ist_ball_entrywise(e, s, s));
  return ist_ball_symmetric_part(
      e, ist_ball_product(e, step, ist_ball_product(e, ist_ball_diag(e, C_sq), step)));
}

/** At the best step, 2/(L + mu): the largest eigenvalue of A is (1 + omega)((L - mu)/(L + mu))^2.
 */
static ist_code compressed_iterates(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  ist_ball max = ist_exact_lambda_max(x), min = ist_exact_lambda_min(x);
  ist_ball sum = ist_ball_add(e, max, min);
  ist_ball ratio = ist_ball_div(e, ist_ball_sub(e, max, min), sum);
  ist_ball growth = ist_ball_add(e, ist_ball_of(e, 1), omega(x));
  (void)s;
  if (!ist_exact_afford(x, 4 + IST_EIGENVALUE_PRODUCTS)) {
    ist_verdict_open(f, "too large");
    return IST_OK;
  }
  ist_ball_matrix A = compressed_factor(x, ist_ball_div(e, ist_ball_of(e, 2), sum));
  ist_verdict_equal(e, f, ist_ball_largest_eigenvalue(e, A),
                    ist_ball_mul(e, growth, ist_ball_square(e, ratio)), growth);
  return IST_OK;
}

/** n times an entry of L_bar, without rounding. */
static void exact_total(const ist_problem *p, size_t j, size_t k, arf_t total) {
  arf_t entry;
  arf_init(entry);
  arf_zero(total);
  for (size_t i = 0; i < p->n; i++) {
    arf_set_d(entry, ist_problem_L(p, i)[j * p->d + k]);
    arf_add(total, total, entry, ARF_PREC_EXACT, ARF_RND_DOWN);
  }
  arf_clear(entry);
}

/** n times the extreme entries of L_bar, without rounding. False if it is not diagonal. */
static bool exact_extremes(const ist_problem *p, arf_t min, arf_t max) {
  bool diagonal = true;
  arf_t total;
  arf_init(total);
  arf_pos_inf(min);
  arf_zero(max);
  for (size_t j = 0; j < p->d && diagonal; j++)
    for (size_t k = 0; k <= j && diagonal; k++) {
      exact_total(p, j, k, total);
      diagonal = j == k || arf_is_zero(total);
      if (j == k) {
        arf_min(min, min, total);
        arf_max(max, max, total);
      }
    }
  arf_clear(total);
  return diagonal;
}

/** Whether omega <= mu^2/L^2, where L_bar is diagonal: balls do not tell an equation of squares of
 *  entries and integers from an inequality; exact arithmetic does. */
static ist_truth is_small_exactly(const ist_exact *x) {
  const bool perm = x->m.sk.kind == IST_PERM;
  ist_truth small = IST_TRUTH_UNKNOWN;
  arf_t min, max;
  arf_init(min);
  arf_init(max);
  if (exact_extremes(x->m.p, min, max)) { /* omega = (n-1)/1 or (d-q)/q */
    arf_mul(max, max, max, ARF_PREC_EXACT, ARF_RND_DOWN);
    arf_mul_ui(max, max, perm ? x->n - 1 : x->d - x->q, ARF_PREC_EXACT, ARF_RND_DOWN);
    arf_mul(min, min, min, ARF_PREC_EXACT, ARF_RND_DOWN);
    arf_mul_ui(min, min, perm ? 1 : x->q, ARF_PREC_EXACT, ARF_RND_DOWN);
    small = arf_cmp(max, min) <= 0 ? IST_TRUTH_YES : IST_TRUTH_NO;
  }
  arf_clear(min);
  arf_clear(max);
  return small;
}

/** Whether omega is at most mu^2/L^2. */
static ist_truth is_small(ist_exact *x) {
  ist_balls *e = &x->work;
  ist_ball ratio = ist_ball_div(e, ist_exact_lambda_min(x), ist_exact_lambda_max(x));
  ist_ball above = ist_ball_sub(e, omega(x), ist_ball_square(e, ratio));
  if (arb_is_nonpositive(above))
    return IST_TRUTH_YES;
  return arb_is_positive(above) ? IST_TRUTH_NO : is_small_exactly(x);
}

/** (16) at k = K, the step being 1/theta rounded down, where omega exceeds mu^2/L^2, the most that
 *  the earlier theory, of gradient descent with compressed iterates, admits. */
static ist_code large_omega(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  const ist_truth small = is_small(x);
  (void)s;
  if (small == IST_TRUTH_YES) {
    ist_find_nothing(f, "omega = %.6g is at most mu^2/L^2", ist_ball_double(omega(x)));
    return IST_OK;
  }
  if (small == IST_TRUTH_UNKNOWN) {
    ist_verdict_open(f, "mu^2/L^2 is not enclosed with %ld bits", (long)e->precision);
    return IST_OK;
  }
  const ist_exact_trajectory *t = ist_subject_trajectory(u, ist_ball_of(e, ist_step_proved(u)));
  ist_ball start = t->star_sq[0];
  ist_verdict_at_most(e, f, t->star_sq[t->rounds],
                      ist_exact_bound_16(e, ist_exact_contraction(x), t->gamma, t->rounds, start),
                      start);
  return IST_OK;
}

/** ||x_K - b/sqrt(n)||^2 = (1 - gamma)^{2K} ||x_0 - b/sqrt(n)||^2 in a run of drawn blocks. */
static ist_code linear_decrease(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  ist_draws r;
  if (!(ist_step_scaled(u) < 2)) {
    ist_find_nothing(f, "stated for steps below 2; the step is %.6g", ist_step_scaled(u));
    return IST_OK;
  }
  if (!ist_draws_open(&r, u->p->d, u->p->n, u->sketch, u->seed))
    return ist_claim_no_memory(s);
  ist_ball gamma = ist_ball_of(e, ist_step_scaled(u)), one = ist_ball_of(e, 1);
  ist_ball root = ist_ball_root(e, ist_ball_count(e, x->n));
  ist_ball_matrix fixed = ist_ball_scale(e, ist_ball_div(e, one, root), ist_exact_b(x));
  ist_ball_matrix z = ist_exact_x0(x), start = ist_ball_matrix_sub(e, z, fixed);
  for (size_t k = 0; k < u->rounds; k++) {
    ist_draws_next(&r);
    z = ist_exact_round(e, x, r.block, gamma, z);
  }
  ist_draws_close(&r);
  ist_ball_matrix end = ist_ball_matrix_sub(e, z, fixed);
  ist_ball first = ist_ball_inner(e, start, start);
  ist_ball factor = ist_ball_power(e, ist_ball_sub(e, one, gamma), 2 * u->rounds);
  ist_ball size = ist_ball_add(e, first, ist_ball_inner(e, fixed, fixed));
  ist_verdict_equal(e, f, ist_ball_inner(e, end, end), ist_ball_mul(e, factor, first), size);
  return IST_OK;
}

#define UNBIASED (IST_ABOUT(IST_PERM) | IST_ABOUT(IST_RAND))

const ist_claim ist_claims_methods[] = {
    {"P19", "grad f(x*) = 0, (33)", UNBIASED, 0, compressed_at_star},
    {"P19-ist", "E|g(x*)|^2_L=|E[B]h|^2_L+sigma*^2", UNBIASED | IST_ABOUT(IST_SCALED_PERM),
     IST_ASSUME_LIMIT, ist_at_star},
    {"P20", "(16) though omega > mu^2/L^2", UNBIASED, IST_ASSUME_INTERPOLATION | IST_ASSUME_THETA,
     large_omega},
    {"P21", "|x_K - b/sqrt(n)|^2 of (31)", IST_ABOUT(IST_SCALED_PERM),
     IST_ASSUME_PRECONDITIONED | IST_ASSUME_Q1, linear_decrease},
    {"N19", "best factor, compressed iterates", UNBIASED, IST_ASSUME_INTERPOLATION,
     compressed_iterates},
    {0},
};
