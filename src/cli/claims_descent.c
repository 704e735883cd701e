/** Claims of Theorem 1 and around it: P06-P12, E4, N7, N14. */
#include <math.h>
#include <stdlib.h>

#include "claims.h"
#include "moments/dense.h"
#include "problem/memory.h"
#include "spectral/bounds.h"
#include "spectral/eigen.h"
#include "vectors.h"

/** The exact expectations for Theorem 1's step; NULL with *f or *s filled in otherwise. */
static const ist_trajectory *theorem_1(ist_subject *u, ist_finding *f, ist_status *s) {
  double gamma = ist_step_theorem_1(u);
  if (gamma > u->c.step_max.value) {
    ist_find_nothing(f, "the step %.6g exceeds 1/theta = %.6g", gamma, u->c.step_max.value);
    return NULL;
  }
  return ist_subject_trajectory(u, gamma, s);
}

/** (15): (1/K) sum_{k<K} E||grad f(x_k)||^2_{L^-1 W L^-1} <= 2 (f(x_0) - E f(x_K)) / (gamma K). */
static ist_code average_gradient(ist_subject *u, ist_finding *f, ist_status *s) {
  const ist_trajectory *t = theorem_1(u, f, s);
  if (t == NULL)
    return s->code;
  size_t K = t->rounds;
  double span = t->gamma * (double)K;
  double drop = (t->star_sq[0] - t->star_sq[K]) / 2;
  ist_find_at_most(f, ist_trajectory_average(t->star_W_sq, K),
                   ist_theorem1_average_bound(drop, t->gamma, K),
                   (t->star_sq[0] + t->star_sq[K]) / span * ist_condition_scale(u));
  return IST_OK;
}

/** (16): E||x_k - x*||^2_L <= (1 - gamma rho)^k ||x_0 - x*||^2_L, k <= K, rho the contraction. */
static ist_code linear_rate(ist_subject *u, ist_finding *f, ist_status *s) {
  const ist_trajectory *t = theorem_1(u, f, s);
  if (t == NULL)
    return s->code;
  double start = t->star_sq[0], scale = start * ist_condition_scale(u);
  f->verdict = IST_CLAIM_HOLDS;
  for (size_t k = 1; k <= t->rounds && f->verdict == IST_CLAIM_HOLDS; k++)
    ist_find_at_most(f, t->star_sq[k],
                     ist_theorem1_distance_bound(u->c.contraction.value, t->gamma, k, start),
                     scale);
  return IST_OK;
}

/** An eigenvalue of a pencil against what it should be. */
static ist_code expect_eigenvalue(const ist_subject *u, ist_finding *f, double value,
                                  double expected) {
  ist_find_equal(f, value, expected, expected * ist_condition_scale(u));
  return IST_OK;
}

static ist_code identity_theta(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  return expect_eigenvalue(u, f, u->c.theta.value, u->c.lambda_max);
}

/** lambda_max(L) is the least theta of (14): the largest eigenvalue of the pencil (E[B L B], W). */
static ist_code least_theta(ist_subject *u, ist_finding *f, ist_status *s) {
  double min, max;
  ist_code code = ist_pencil_eigenvalues(u->c.second_moment, u->c.W, u->p->d, &min, &max, s);
  if (code == IST_OK)
    ist_find_equal(f, max, u->c.lambda_max, u->c.lambda_max * ist_condition_scale_of_W(u));
  return code;
}

/** theta, computed, lies in the interval that is proved to contain it, in ball arithmetic. */
static ist_code certified_theta(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  const ist_enclosure *e = &u->proof.theta;
  double theta = u->c.theta.value;
  if (!u->certified)
    ist_find_nothing(f, "no certificate was asked for (--certify)");
  else if (!e->exists)
    ist_find_nothing(f, "nothing is proved: %.180s", e->reason);
  else
    ist_find_equal(f, theta, fmin(fmax(theta, e->lo), e->hi), e->hi * ist_condition_scale_of_W(u));
  return IST_OK;
}

/** The rate of gradient descent: in (16) it is lambda_min(L). */
static ist_code identity_rate(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  return expect_eigenvalue(u, f, u->c.contraction.value, u->c.lambda_min);
}

static ist_code identity_B(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  ist_find_same(f, u->c.expected_B, u->c.L_bar, u->p->d * u->p->d);
  return IST_OK;
}

/** (1/2) factor (L D + D L) with D = Diag(L), L = L_bar. NULL: memory ran out. */
static double *half_LD_plus_DL(const ist_subject *u, double factor) {
  size_t d = u->p->d;
  const double *L = u->c.L_bar;
  double *out = ist_memory_doubles(1, d, d);
  for (size_t i = 0; out != NULL && i < d; i++)
    for (size_t j = 0; j < d; j++)
      out[i * d + j] = factor * L[i * d + j] * (L[i * d + i] + L[j * d + j]) / 2;
  return out;
}

static ist_code identity_W(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t d = u->p->d;
  double *square = ist_memory_doubles(1, d, d);
  if (square == NULL)
    return ist_claim_no_memory(s);
  ist_multiply(d, u->c.L_bar, u->c.L_bar, square);
  ist_find_same(f, u->c.W, square, d * d);
  free(square);
  return IST_OK;
}

/** E[B] = n D, D = Diag(L). */
static ist_code perm_B(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t d = u->p->d;
  double *nD = ist_memory_doubles(1, d, d);
  if (nD == NULL)
    return ist_claim_no_memory(s);
  for (size_t j = 0; j < d; j++)
    nD[j * d + j] = (double)u->p->n * u->c.L_bar[j * d + j];
  ist_find_same(f, u->c.expected_B, nD, d * d);
  free(nD);
  return IST_OK;
}

/** W = (n/2) (L D + D L): with the factor n that (19) leaves out. */
static ist_code perm_W(ist_subject *u, ist_finding *f, ist_status *s) {
  double *W = half_LD_plus_DL(u, (double)u->p->n);
  if (W == NULL)
    return ist_claim_no_memory(s);
  ist_find_same(f, u->c.W, W, u->p->d * u->p->d);
  free(W);
  return IST_OK;
}

/** The smallest theta of condition (17): n D L D <= (theta/2) (L D + D L). */
static ist_code theta_17(const ist_subject *u, double *theta, ist_status *s) {
  size_t d = u->p->d;
  const double *L = u->c.L_bar;
  double min, *right = half_LD_plus_DL(u, 1), *left = ist_memory_doubles(1, d, d);
  for (size_t i = 0; left != NULL && i < d; i++)
    for (size_t j = 0; j < d; j++)
      left[i * d + j] = (double)u->p->n * L[i * d + i] * L[i * d + j] * L[j * d + j];
  ist_code code = left == NULL || right == NULL
                      ? ist_claim_no_memory(s)
                      : ist_pencil_eigenvalues(left, right, d, &min, theta, s);
  free(left);
  free(right);
  return code;
}

/** Compares theta of (17) with that of (14). */
static ist_code against_17(const ist_subject *u, ist_finding *f,
                           void compare(ist_finding *, double value, double bound, double scale),
                           ist_status *s) {
  double theta;
  if (theta_17(u, &theta, s) != IST_OK)
    return s->code;
  compare(f, theta, u->c.theta.value, u->c.theta.value * ist_condition_scale_of_W(u));
  return IST_OK;
}

static ist_code condition_17_exact(ist_subject *u, ist_finding *f, ist_status *s) {
  return against_17(u, f, ist_find_equal, s);
}

static ist_code condition_17_necessary(ist_subject *u, ist_finding *f, ist_status *s) {
  return against_17(u, f, ist_find_at_most, s);
}

/** E[B L B] - n^2 D L D = n^2 [n/(n-1) Diag(L o V) - (L o V)/(n-1)], what (17) leaves out of (14):
 *  m_i = diag(L_i), V = (1/n) sum (m_i - m)(m_i - m)', o the entrywise product. It is positive
 *  semidefinite, so that (17) is necessary, and not 0 where the diagonals differ. */
static double omitted(const ist_problem *p, const double *L, size_t j, size_t k) {
  double n = (double)p->n, V = 0;
  size_t d = p->d, count = ist_problem_L_count(p);
  for (size_t i = 0; i < count; i++) {
    const double *L_i = ist_problem_L(p, i);
    V += (L_i[j * d + j] - L[j * d + j]) * (L_i[k * d + k] - L[k * d + k]) / (double)count;
  }
  return n * n * L[j * d + k] * V * (j == k ? 1 : -1 / (n - 1));
}

static ist_code omitted_by_17(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t d = u->p->d;
  const double *L = u->c.L_bar;
  double n = (double)u->p->n, worst = 0, size = 0, rest = 0;
  (void)s;
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++) {
      double moment = u->c.second_moment[j * d + k], left_out = omitted(u->p, L, j, k);
      double in_17 = n * n * L[j * d + j] * L[j * d + k] * L[k * d + k];
      worst = fmax(worst, fabs(moment - in_17 - left_out));
      size = fmax(size, fmax(fabs(moment), fabs(in_17) + fabs(left_out)));
      rest = fmax(rest, fabs(left_out));
    }
  ist_find_equal(f, worst, 0, size);
  if (f->verdict == IST_CLAIM_HOLDS && rest <= IST_CLAIM_TOLERANCE * size)
    ist_find_nothing(f, "the workers have one diagonal: (17) is equivalent to (14)");
  return IST_OK;
}

/** (19) as printed: W = (L D + D L)/2, without the factor n. By its correction the largest entry of
 *  the difference is n - 1 times that of the printed W. */
static ist_code printed_W(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t entries = u->p->d * u->p->d;
  double *W = half_LD_plus_DL(u, 1), worst = 0;
  if (W == NULL)
    return ist_claim_no_memory(s);
  for (size_t j = 0; j < entries; j++)
    worst = fmax(worst, fabs(W[j] - u->c.W[j]));
  double printed = ist_largest(W, entries), n = (double)u->p->n;
  ist_find_printed(f, worst, 0, (n - 1) * printed, n * printed,
                   "correction: W is n times that; its sign is as printed");
  free(W);
  return IST_OK;
}

/** L = [[a,c],[c,b]]: det W = n^2 [(ab)^2 - (c (a + b)/2)^2], negative iff |c| > 2ab/(a+b). */
static ist_code indefinite_W(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  if (u->p->d != 2) {
    ist_find_nothing(f, "stated for d = 2");
    return IST_OK;
  }
  const double *L = u->c.L_bar, *W = u->c.W;
  double n_sq = (double)(u->p->n * u->p->n), diagonal = L[0] * L[3];
  double mixed = L[1] * (L[0] + L[3]) / 2;
  ist_find_equal(f, W[0] * W[3] - W[1] * W[2], n_sq * (diagonal * diagonal - mixed * mixed),
                 n_sq * (diagonal * diagonal + mixed * mixed));
  return IST_OK;
}

static ist_code preconditioned_theta(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  return expect_eigenvalue(u, f, u->c.theta.value, (double)u->p->n);
}

static ist_code preconditioned_rate(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  return expect_eigenvalue(u, f, u->c.contraction.value, (double)u->p->n);
}

/** kappa(L) <= 3 + 2 sqrt(2), in the plane 7 + 4 sqrt(3), implies (1/2) (L D + D L) >= 0. */
static ist_code condition_number(ist_subject *u, ist_finding *f, ist_status *s) {
  double kappa = u->c.lambda_max / u->c.lambda_min;
  double limit = u->p->d == 2 ? 7 + 4 * sqrt(3) : 3 + 2 * sqrt(2);
  if (!(kappa <= limit)) {
    ist_find_nothing(f, "kappa(L) = %.6g exceeds %s", kappa,
                     u->p->d == 2 ? "7 + 4 sqrt(3)" : "3 + 2 sqrt(2)");
    return IST_OK;
  }
  double min, max, *W = half_LD_plus_DL(u, 1);
  ist_code code =
      W == NULL ? ist_claim_no_memory(s) : ist_extreme_eigenvalues(W, u->p->d, &min, &max, s);
  free(W);
  if (code == IST_OK)
    ist_find_at_least(f, min, 0, max);
  return code;
}

const ist_claim ist_claims_descent[] = {
    {"P06", "Theorem 1, (15): mean gradient", IST_ABOUT_ANY,
     IST_ASSUME_INTERPOLATION | IST_ASSUME_THETA, average_gradient},
    {"P07", "Theorem 1, (16): distance to x*", IST_ABOUT_ANY,
     IST_ASSUME_INTERPOLATION | IST_ASSUME_THETA, linear_rate},
    {"P07-cert", "theta, and the proved interval", IST_ABOUT_ANY, IST_ASSUME_THETA,
     certified_theta},
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
