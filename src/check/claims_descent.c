/** Claims of Theorem 1 and around it: P06-P12, E4, N7, N14. */
#include <stdio.h>

#include "claims.h"
#include "exact_bounds.h"
#include "machine/progress.h"
#include "spectral/ball_eigen.h"
#include "spectral/certify.h"
#include "verdict.h"

/** The exact expectations for Theorem 1's step; NULL with *f filled in otherwise. */
static const ist_exact_trajectory *theorem_1(ist_subject *u, ist_finding *f) {
  ist_truth admitted = ist_step_admitted(u);
  if (admitted == IST_TRUTH_YES)
    return ist_subject_trajectory(u, ist_ball_of(&u->x->work, ist_step_theorem_1(u)));
  double theta = ist_ball_double(ist_exact_theta(u->x));
  if (admitted == IST_TRUTH_NO)
    ist_find_nothing(f, "the step %.6g exceeds 1/theta = %.6g", u->step, 1 / theta);
  else
    ist_verdict_open(f, "whether the step is at most 1/theta is not decided with %ld bits",
                     (long)u->x->m.precision);
  return NULL;
}

/** (15): (1/K) sum_{k<K} E||grad f(x_k)||^2_{L^-1 W L^-1} <= 2 (f(x_0) - E f(x_K)) / (gamma K). */
static ist_code average_gradient(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_balls *e = &u->x->work;
  const ist_exact_trajectory *t = theorem_1(u, f);
  (void)s;
  if (t == NULL)
    return IST_OK;
  size_t K = t->rounds;
  ist_ball first = t->star_sq[0], last = t->star_sq[K];
  ist_ball drop = ist_ball_times(e, ist_ball_sub(e, first, last), 0.5);
  ist_ball size = ist_ball_div(e, ist_ball_add(e, first, last),
                               ist_ball_mul(e, t->gamma, ist_ball_count(e, K)));
  ist_verdict_at_most(e, f, ist_exact_average(e, t->star_W_sq, K),
                      ist_exact_bound_15(e, drop, t->gamma, K), size);
  return IST_OK;
}

/** (16): E||x_k - x*||^2_L <= (1 - gamma rho)^k ||x_0 - x*||^2_L, k <= K, rho the contraction. */
static ist_code linear_rate(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_balls *e = &u->x->work;
  const ist_exact_trajectory *t = theorem_1(u, f);
  (void)s;
  if (t == NULL)
    return IST_OK;
  ist_ball start = t->star_sq[0];
  f->verdict = IST_CLAIM_HOLDS;
  for (size_t k = 1; k <= t->rounds && f->verdict == IST_CLAIM_HOLDS; k++)
    ist_verdict_at_most(e, f, t->star_sq[k],
                        ist_exact_bound_16(e, ist_exact_contraction(u->x), t->gamma, k, start),
                        start);
  return IST_OK;
}

/** An eigenvalue against what it should be. */
static ist_code expect_eigenvalue(ist_subject *u, ist_finding *f, ist_ball value,
                                  ist_ball expected) {
  ist_verdict_equal(&u->x->work, f, value, expected, expected);
  return IST_OK;
}

static ist_code identity_theta(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  return expect_eigenvalue(u, f, ist_exact_theta(u->x), ist_exact_lambda_max(u->x));
}

/** lambda_max(L) is the least theta of (14): the largest eigenvalue of the pencil (L^3, L^2), which
 *  E[B L B] and W are. */
static ist_code least_theta(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_balls *e = &u->x->work;
  ist_ball_matrix L = ist_exact_L(u->x);
  (void)s;
  if (!ist_exact_afford(u->x, 2 + IST_EIGENVALUE_PRODUCTS)) {
    ist_verdict_open(f, "too large");
    return IST_OK;
  }
  ist_ball_matrix square = ist_ball_symmetric_part(e, ist_ball_product(e, L, L));
  ist_ball_matrix cube = ist_ball_symmetric_part(e, ist_ball_product(e, square, L));
  ist_verdict_same(e, f, ist_exact_EBLB(u->x), cube);
  if (f->verdict != IST_CLAIM_HOLDS)
    return IST_OK;
  return expect_eigenvalue(u, f, ist_ball_largest_of_pencil(e, cube, square),
                           ist_exact_lambda_max(u->x));
}

/** theta, enclosed for its own claims, lies in the interval that a certificate gives for it. */
static ist_code certified_theta(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_constants c;
  ist_certificate proof;
  ist_balls *e = &u->x->work;
  if (!u->certify) {
    ist_find_nothing(f, "no certificate was asked for (--certify)");
    return IST_OK;
  }
  if (!ist_claim_has_theta(u, f))
    return IST_OK;
  if (ist_constants_compute(u->p, u->sketch, &c, s) != IST_OK)
    return s->code;
  ist_progress_announce("certifying in multiple precision", ist_certify_seconds(u->p, u->sketch));
  ist_code code = ist_certify(u->p, &c, &proof, s);
  ist_constants_free(&c);
  if (code != IST_OK)
    return code;
  if (!proof.theta.exists) {
    ist_find_nothing(f, "nothing is proved: %.180s", proof.theta.reason);
    return IST_OK;
  }
  ist_ball theta = ist_exact_theta(u->x);
  ist_ball low = ist_ball_of(e, proof.theta.lo), high = ist_ball_of(e, proof.theta.hi);
  ist_verdict_at_most(e, f, theta, high, high);
  if (f->verdict == IST_CLAIM_HOLDS)
    ist_verdict_at_least(e, f, theta, low, high);
  return IST_OK;
}

/** The rate of gradient descent: in (16) it is lambda_min(L). */
static ist_code identity_rate(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  return expect_eigenvalue(u, f, ist_exact_contraction(u->x), ist_exact_lambda_min(u->x));
}

static ist_code identity_B(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  ist_verdict_same(&u->x->work, f, ist_exact_EB(u->x), ist_exact_L(u->x));
  return IST_OK;
}

/** D = Diag(L). */
static ist_ball_matrix diagonal_of_L(ist_exact *x) {
  return ist_ball_diag(&x->work, ist_ball_diagonal(&x->work, ist_exact_L(x)));
}

/** (1/2) factor (L D + D L). */
static ist_ball_matrix half_LD_plus_DL(ist_exact *x, double factor) {
  ist_balls *e = &x->work;
  ist_ball_matrix L = ist_exact_L(x);
  arb_mat_struct *out = ist_ball_matrix_new(e, x->d, x->d);
  ist_ball half = ist_ball_of(e, factor / 2);
  for (size_t j = 0; j < x->d; j++)
    for (size_t k = 0; k < x->d; k++) {
      arb_struct *entry = arb_mat_entry(out, j, k);
      arb_add(entry, ist_ball_entry(L, j, j), ist_ball_entry(L, k, k), e->precision);
      arb_mul(entry, entry, ist_ball_entry(L, j, k), e->precision);
      arb_mul(entry, entry, half, e->precision);
    }
  return out;
}

static ist_code identity_W(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_balls *e = &u->x->work;
  ist_ball_matrix L = ist_exact_L(u->x);
  (void)s;
  if (ist_exact_afford(u->x, 1))
    ist_verdict_same(e, f, ist_exact_W(u->x), ist_ball_product(e, L, L));
  else
    ist_verdict_open(f, "too large");
  return IST_OK;
}

/** E[B] = n D, D = Diag(L). */
static ist_code perm_B(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_balls *e = &u->x->work;
  (void)s;
  ist_verdict_same(e, f, ist_exact_EB(u->x),
                   ist_ball_scale(e, ist_ball_count(e, u->p->n), diagonal_of_L(u->x)));
  return IST_OK;
}

/** W = (n/2) (L D + D L): with the factor n that (19) leaves out. */
static ist_code perm_W(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  ist_verdict_same(&u->x->work, f, ist_exact_W(u->x), half_LD_plus_DL(u->x, (double)u->p->n));
  return IST_OK;
}

/** n D L D, D = Diag(L). */
static ist_ball_matrix n_DLD(ist_exact *x) {
  ist_balls *e = &x->work;
  ist_ball_matrix L = ist_exact_L(x);
  arb_mat_struct *out = ist_ball_matrix_new(e, x->d, x->d);
  for (size_t j = 0; j < x->d; j++)
    for (size_t k = 0; k < x->d; k++) {
      arb_struct *entry = arb_mat_entry(out, j, k);
      arb_mul(entry, ist_ball_entry(L, j, j), ist_ball_entry(L, k, k), e->precision);
      arb_mul(entry, entry, ist_ball_entry(L, j, k), e->precision);
      arb_mul_ui(entry, entry, x->n, e->precision);
    }
  return out;
}

/** The smallest theta of condition (17): n D L D <= (theta/2) (L D + D L). */
static ist_ball theta_17(ist_exact *x) {
  if (!ist_exact_afford(x, IST_EIGENVALUE_PRODUCTS))
    return ist_ball_unknown(&x->work);
  return ist_ball_largest_of_pencil(&x->work, n_DLD(x), half_LD_plus_DL(x, 1));
}

static ist_code condition_17_exact(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  return expect_eigenvalue(u, f, theta_17(u->x), ist_exact_theta(u->x));
}

static ist_code condition_17_necessary(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_ball theta = ist_exact_theta(u->x);
  (void)s;
  ist_verdict_at_most(&u->x->work, f, theta_17(u->x), theta, theta);
  return IST_OK;
}

/** Whether the diagonals of all L_i are the same, entry by entry. */
static bool one_diagonal(const ist_problem *p) {
  for (size_t i = 1; i < ist_problem_L_count(p); i++)
    for (size_t j = 0; j < p->d; j++)
      if (ist_problem_L(p, i)[j * p->d + j] != p->L[j * p->d + j])
        return false;
  return true;
}

/** V = (1/n) sum (m_i - m)(m_i - m)', m_i = diag(L_i). */
static ist_ball_matrix spread_of_diagonals(ist_exact *x) {
  ist_balls *e = &x->work;
  const size_t count = ist_problem_L_count(x->m.p), d = x->d;
  arb_mat_struct *columns = ist_ball_matrix_new(e, d, count);
  for (size_t i = 0; i < count; i++)
    for (size_t j = 0; j < d; j++) {
      arb_struct *entry = arb_mat_entry(columns, j, i);
      arb_set_d(entry, ist_problem_L(x->m.p, i)[j * d + j]);
      arb_sub(entry, entry, ist_ball_entry(ist_exact_L(x), j, j), e->precision);
    }
  ist_ball share = ist_ball_div(e, ist_ball_of(e, 1), ist_ball_count(e, count));
  return ist_ball_scale(e, share, ist_ball_product(e, columns, ist_ball_transpose(e, columns)));
}

/** E[B L B] - n^2 D L D = n^2 [n/(n-1) Diag(L o V) - (L o V)/(n-1)], what (17) leaves out of (14).
 *  It is positive semidefinite, so that (17) is necessary, and not 0 where the diagonals differ. */
static ist_ball_matrix omitted(ist_exact *x) {
  ist_balls *e = &x->work;
  const double n = (double)x->n;
  ist_ball_matrix LV = ist_ball_entrywise(e, ist_exact_L(x), spread_of_diagonals(x));
  ist_ball_matrix diagonal = ist_ball_diag(e, ist_ball_diagonal(e, LV));
  ist_ball_matrix sum = ist_ball_matrix_sub(e, ist_ball_scale(e, ist_ball_of(e, n), diagonal), LV);
  return ist_ball_scale(e, ist_ball_div(e, ist_ball_of(e, n * n), ist_ball_of(e, n - 1)), sum);
}

static ist_code omitted_by_17(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  (void)s;
  if (one_diagonal(u->p)) {
    ist_find_nothing(f, "the workers have one diagonal: (17) is equivalent to (14)");
    return IST_OK;
  }
  ist_ball_matrix in_17 = ist_ball_scale(e, ist_ball_count(e, x->n), n_DLD(x));
  ist_ball_matrix sum = ist_ball_matrix_add(e, in_17, omitted(x));
  ist_verdict_same(e, f, ist_exact_EBLB(x), sum);
  return IST_OK;
}

/** (19) as printed: W = (L D + D L)/2, without the factor n. By its correction the largest entry of
 *  the difference is n - 1 times that of the printed W. */
static ist_code printed_W(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_balls *e = &u->x->work;
  ist_ball_matrix printed = half_LD_plus_DL(u->x, 1);
  ist_ball largest = ist_ball_largest_entry(e, printed);
  const double n = (double)u->p->n;
  (void)s;
  ist_verdict_printed(e, f, ist_ball_difference(e, printed, ist_exact_W(u->x)), ist_ball_of(e, 0),
                      ist_ball_times(e, largest, n - 1), ist_ball_times(e, largest, n),
                      "correction: W is n times that; its sign is as printed");
  return IST_OK;
}

/** The determinant of a 2 x 2 matrix. */
static ist_ball determinant(ist_balls *e, ist_ball_matrix A) {
  return ist_ball_sub(e, ist_ball_mul(e, ist_ball_entry(A, 0, 0), ist_ball_entry(A, 1, 1)),
                      ist_ball_mul(e, ist_ball_entry(A, 0, 1), ist_ball_entry(A, 1, 0)));
}

/** L = [[a,c],[c,b]]: det W = n^2 [(ab)^2 - (c (a + b)/2)^2], negative iff |c| > 2ab/(a+b). */
static ist_code indefinite_W(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_balls *e = &u->x->work;
  (void)s;
  if (u->p->d != 2) {
    ist_find_nothing(f, "stated for d = 2");
    return IST_OK;
  }
  ist_ball_matrix L = ist_exact_L(u->x);
  ist_ball a = ist_ball_entry(L, 0, 0), b = ist_ball_entry(L, 1, 1), c = ist_ball_entry(L, 0, 1);
  ist_ball half = ist_ball_times(e, ist_ball_add(e, a, b), 0.5);
  ist_ball plus = ist_ball_square(e, ist_ball_mul(e, a, b));
  ist_ball minus = ist_ball_square(e, ist_ball_mul(e, c, half));
  ist_ball n_sq = ist_ball_square(e, ist_ball_count(e, u->p->n));
  ist_verdict_equal(e, f, determinant(e, ist_exact_W(u->x)),
                    ist_ball_mul(e, n_sq, ist_ball_sub(e, plus, minus)),
                    ist_ball_mul(e, n_sq, ist_ball_add(e, plus, minus)));
  return IST_OK;
}

static ist_code preconditioned_theta(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  return expect_eigenvalue(u, f, ist_exact_theta(u->x), ist_ball_count(&u->x->work, u->p->n));
}

static ist_code preconditioned_rate(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  return expect_eigenvalue(u, f, ist_exact_contraction(u->x), ist_ball_count(&u->x->work, u->p->n));
}

/** 3 + 2 sqrt(2), in the plane 7 + 4 sqrt(3). */
static ist_ball largest_condition(ist_balls *e, size_t d) {
  ist_ball root = ist_ball_root(e, ist_ball_of(e, d == 2 ? 3 : 2));
  return ist_ball_add(e, ist_ball_of(e, d == 2 ? 7 : 3), ist_ball_times(e, root, d == 2 ? 4 : 2));
}

/** kappa(L) <= 3 + 2 sqrt(2), in the plane 7 + 4 sqrt(3), implies (1/2) (L D + D L) >= 0. */
static ist_code condition_number(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  ist_ball kappa = ist_ball_div(e, ist_exact_lambda_max(x), ist_exact_lambda_min(x));
  ist_ball above = ist_ball_sub(e, kappa, largest_condition(e, x->d));
  (void)s;
  if (ist_ball_known(above) && arb_is_positive(above))
    ist_find_nothing(f, "kappa(L) = %.6g exceeds %s", ist_ball_double(kappa),
                     x->d == 2 ? "7 + 4 sqrt(3)" : "3 + 2 sqrt(2)");
  else if (!ist_ball_known(above) || arb_contains_zero(above) ||
           !ist_exact_afford(x, IST_EIGENVALUE_PRODUCTS))
    ist_verdict_open(f, "kappa(L) is not enclosed with %ld bits", (long)e->precision);
  else
    ist_verdict_at_least(e, f, ist_ball_smallest_eigenvalue(e, half_LD_plus_DL(x, 1)),
                         ist_ball_of(e, 0), ist_exact_lambda_max(x));
  return IST_OK;
}

const ist_claim ist_claims_descent[] = {
    {"P06", "Theorem 1, (15): mean gradient", IST_ABOUT_ANY,
     IST_ASSUME_INTERPOLATION | IST_ASSUME_THETA, average_gradient},
    {"P07", "Theorem 1, (16): distance to x*", IST_ABOUT_ANY,
     IST_ASSUME_INTERPOLATION | IST_ASSUME_THETA, linear_rate},
    {"P07-cert", "theta, and the proved interval", IST_ABOUT_ANY, 0, certified_theta},
    {"P08", "theta = lambda_max(L)", IST_ABOUT(IST_IDENTITY), IST_ASSUME_THETA, identity_theta},
    {"P08-least", "least theta = lambda_max(L)", IST_ABOUT(IST_IDENTITY), IST_ASSUME_THETA,
     least_theta},
    {"P08-rate", "contraction = lambda_min(L)", IST_ABOUT(IST_IDENTITY), 0, identity_rate},
    {"P08-B", "E[B] = L", IST_ABOUT(IST_IDENTITY), 0, identity_B},
    {"P08-W", "W = L^2", IST_ABOUT(IST_IDENTITY), 0, identity_W},
    {"P09", "E[B] = n D", IST_ABOUT(IST_PERM), IST_ASSUME_Q1, perm_B},
    {"P10", "theta of (17) <= theta of (14)", IST_ABOUT(IST_PERM), IST_ASSUME_Q1 | IST_ASSUME_THETA,
     condition_17_necessary},
    {"P10-equal", "theta of (17) = theta of (14)", IST_ABOUT(IST_PERM),
     IST_ASSUME_Q1 | IST_ASSUME_HOMOGENEOUS | IST_ASSUME_THETA, condition_17_exact},
    {"P11", "det W = n^2 [(ab)^2-(c(a+b)/2)^2]", IST_ABOUT(IST_PERM), IST_ASSUME_Q1, indefinite_W},
    {"P12", "theta = n", IST_ABOUT(IST_PERM),
     IST_ASSUME_PRECONDITIONED | IST_ASSUME_Q1 | IST_ASSUME_THETA, preconditioned_theta},
    {"P12-B", "E[B] = n I", IST_ABOUT(IST_PERM), IST_ASSUME_PRECONDITIONED | IST_ASSUME_Q1, perm_B},
    {"P12-rate", "contraction = n", IST_ABOUT(IST_PERM),
     IST_ASSUME_PRECONDITIONED | IST_ASSUME_Q1 | IST_ASSUME_THETA, preconditioned_rate},
    {"E4", "W = (n/2)(L D + D L)", IST_ABOUT(IST_PERM), IST_ASSUME_Q1, perm_W},
    {"E4-print", "W = (L D + D L)/2, (19)", IST_ABOUT(IST_PERM), IST_ASSUME_Q1, printed_W},
    {"N7", "kappa(L) small => LD + DL >= 0", IST_ABOUT_ANY, 0, condition_number},
    {"N14", "E[BLB] - n^2 DLD, not in (17)", IST_ABOUT(IST_PERM), IST_ASSUME_Q1, omitted_by_17},
    {0},
};
