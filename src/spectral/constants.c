#include "constants.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "definite.h"
#include "eigen.h"
#include "factor.h"
#include "machine/memory.h"
#include "moments/dense.h"
#include "moments/effective.h"
#include "moments/first.h"
#include "moments/linear.h"
#include "moments/noise.h"
#include "moments/second.h"

static ist_code out_of_memory(ist_status *s) {
  return ist_fail(s, IST_MACHINE, "not enough memory");
}

static ist_code out_of_precision(ist_status *s) {
  return ist_fail(s, IST_NOT_EXIST, "the moments of the estimator exceed double precision");
}

static ist_scalar known(double value) { return (ist_scalar){.exists = true, .value = value}; }

static ist_scalar missing(const char *reason) { return (ist_scalar){.reason = reason}; }

static bool reserve(double **const *arrays, size_t count, size_t rows, size_t cols) {
  bool ok = true;
  for (size_t k = 0; k < count; k++)
    ok = (*arrays[k] = ist_memory_doubles(1, rows, cols)) != NULL && ok;
  return ok;
}

ist_code ist_constants_reserve(ist_constants *c, size_t d, size_t n, ist_sketch sk, bool step,
                               ist_status *s) {
  *c = (ist_constants){.d = d, .n = n, .q = sk.q, .sketch = sk, .eigenvalues = ist_spectrum_for(d)};
  double **const first[] = {&c->L_bar, &c->expected_B};
  double **const second[] = {&c->second_moment, &c->W};
  double **const vectors[] = {&c->b_bar, &c->expected_v, &c->x_star, &c->x_fixed, &c->h};
  if (reserve(first, 2, d, d) && reserve(vectors, 5, d, 1) && (!step || reserve(second, 2, d, d)))
    return IST_OK;
  ist_constants_free(c);
  return out_of_memory(s);
}

void ist_constants_free(ist_constants *c) {
  free(c->L_bar);
  free(c->expected_B);
  free(c->second_moment);
  free(c->W);
  free(c->cov_v);
  free(c->b_bar);
  free(c->expected_v);
  free(c->x_star);
  free(c->x_fixed);
  free(c->h);
  *c = (ist_constants){0};
}

/* W = (L_bar E[B] + E[B] L_bar) / 2, Theorem 1. */
static void fill_W(ist_constants *c) {
  ist_multiply(c->d, c->L_bar, c->expected_B, c->W);
  ist_symmetrise(c->d, c->W);
}

static ist_code fill_moments(const ist_problem *p, ist_constants *c, ist_status *s) {
  ist_problem_mean(p, c->L_bar, c->b_bar);
  if (!ist_expected_B(p, c->sketch, c->expected_B) ||
      !ist_expected_v(p, c->sketch, c->expected_v) ||
      (c->second_moment != NULL && !ist_second_moment(p, c->sketch, c->L_bar, c->second_moment)))
    return out_of_memory(s);
  return IST_OK;
}

/* Cov v, which only the noise needs. */
static ist_code fill_covariance(const ist_problem *p, ist_constants *c, ist_status *s) {
  c->cov_v = ist_memory_doubles(1, c->d, c->d);
  if (c->cov_v == NULL || !ist_linear_covariance(p, c->sketch, c->cov_v))
    return out_of_memory(s);
  if (!ist_all_finite(c->cov_v, c->d * c->d))
    return out_of_precision(s);
  return IST_OK;
}

static ist_code check_moments(const ist_constants *c, ist_status *s) {
  const size_t d = c->d;
  const bool finite = ist_all_finite(c->expected_B, d * d) && ist_all_finite(c->expected_v, d) &&
                      (c->second_moment == NULL ||
                       (ist_all_finite(c->second_moment, d * d) && ist_all_finite(c->W, d * d)));
  return finite ? IST_OK : out_of_precision(s);
}

/** Of a matrix whose smallest eigenvalue is lost among the rounding errors of its largest, as where
 *  rows differ by orders of magnitude: the factorisation knows that it is positive, and inverse
 *  iteration how large. 0 if there is no factor; -1 if memory runs out. */
static double smallest_by_factor(const double *A, size_t d) {
  enum { steps = 60 };
  double *R = ist_memory_doubles(d + 1, d, 1), lambda = 0;
  if (R == NULL)
    return -1;
  double *x = R + d * d;
  memcpy(R, A, d * d * sizeof *A);
  const bool definite = ist_factorise(R, d);
  for (size_t j = 0; j < d; j++)
    x[j] = 1 / A[j * d + j];
  for (int step = 0; definite && step < steps; step++) {
    double norm = 0, next = 0;
    for (size_t j = 0; j < d; j++)
      norm = fmax(norm, fabs(x[j]));
    for (size_t j = 0; j < d; j++)
      x[j] /= norm;
    ist_solve_with_factor(R, d, x);
    for (size_t j = 0; j < d; j++)
      next = fmax(next, fabs(x[j]));
    lambda = 1 / next;
  }
  free(R);
  return isfinite(lambda) ? lambda : 0;
}

static ist_code fill_spectrum(ist_constants *c, ist_status *s) {
  ist_code code = ist_extreme_eigenvalues_by(&c->eigenvalues, c->L_bar, c->d, &c->lambda_min,
                                             &c->lambda_max, s);
  if (code != IST_OK)
    return code;
  const double computed = c->lambda_min;
  if (!(computed > 0))
    c->lambda_min = smallest_by_factor(c->L_bar, c->d);
  if (c->lambda_min < 0)
    return out_of_memory(s);
  if (!(c->lambda_min > 0))
    return ist_fail(
        s, IST_NOT_EXIST,
        "the mean matrix is not positive definite to working precision: its eigenvalues "
        "are computed between %g and %g",
        computed, c->lambda_max);
  return ist_extreme_eigenvalues_by(&c->eigenvalues, c->W, c->d, &c->w_lambda_min, &(double){0}, s);
}

/* x* = L_bar^{-1} b_bar and f* = -b_bar'x* / 2. */
static ist_code fill_minimum(ist_constants *c, ist_status *s) {
  const ist_code code = ist_solve(c->L_bar, c->d, c->b_bar, c->x_star, s);
  if (code != IST_OK)
    return code;
  for (size_t j = 0; j < c->d; j++)
    c->f_star -= 0.5 * c->b_bar[j] * c->x_star[j];
  return IST_OK;
}

static void no_fixed_point(ist_constants *c) {
  free(c->x_fixed);
  free(c->h);
  c->x_fixed = c->h = NULL;
  c->h_norm_sq = missing("E[B] is singular to working precision");
}

/* x_fixed = E[B]^{-1} E[v], h = x* - x_fixed and its norm. */
static ist_code fill_fixed_point(ist_constants *c, ist_status *s) {
  const size_t d = c->d;
  if (ist_full_gradient(d, c->sketch)) {
    memcpy(c->x_fixed, c->x_star, d * sizeof *c->x_star);
  } else {
    ist_status why = {0};
    /* Of scaled Perm-q, q > 1, E[B] may be indefinite. */
    const ist_code code = ist_solve_indefinite(c->expected_B, d, c->expected_v, c->x_fixed, &why);
    if (code == IST_NOT_EXIST) {
      no_fixed_point(c);
      return IST_OK;
    }
    if (code != IST_OK)
      return ist_fail(s, code, "%s", why.text);
  }
  for (size_t j = 0; j < d; j++)
    c->h[j] = c->x_star[j] - c->x_fixed[j];
  c->h_norm_sq = known(ist_bilinear(d, c->L_bar, c->h, c->h));
  return IST_OK;
}

/* theta and the contraction where B is L_bar or I in every round: the eigenvalues of B. */
static ist_code fill_commuting(ist_constants *c, ist_status *s) {
  const ist_code code = ist_extreme_eigenvalues_by(&c->eigenvalues, c->expected_B, c->d,
                                                   &c->contraction.value, &c->theta.value, s);
  c->contraction.exists = c->theta.exists = code == IST_OK;
  if (code == IST_OK)
    c->w_lambda_min = c->lambda_min * c->contraction.value;
  return code;
}

/* theta, the largest eigenvalue of the pencil (E[B L_bar B], W), (14), where W is positive
 * definite. */
static ist_code fill_theta(ist_constants *c, ist_status *s) {
  ist_definiteness kind;
  const ist_code code = ist_classify(&c->eigenvalues, c->W, c->d, &kind, s);
  if (code != IST_OK)
    return code;
  if (kind == IST_NOT_POSITIVE_DEFINITE) {
    c->theta = missing("W is not positive definite, so no theta satisfies (14)");
    return IST_OK;
  }
  if (kind == IST_NEARLY_SINGULAR) {
    c->theta = missing("W is singular to working precision: scaled to unit diagonal, its smallest "
                       "eigenvalue is within 4 d 2^-52 of zero relative to the largest");
    return IST_OK;
  }
  c->theta.exists = true;
  return ist_pencil_eigenvalues_by(&c->eigenvalues, c->second_moment, c->W, c->d, &(double){0},
                                   &c->theta.value, s);
}

static ist_code fill_rates(ist_constants *c, ist_status *s) {
  const bool commuting =
      ist_fixed_B(c->d, c->sketch) && (ist_full_gradient(c->d, c->sketch) || c->sketch.q == 1);
  ist_code code = commuting ? fill_commuting(c, s) : fill_theta(c, s);
  if (code == IST_OK && !commuting) {
    c->contraction.exists = true;
    code =
        ist_contraction(&c->eigenvalues, c->L_bar, c->expected_B, c->d, &c->contraction.value, s);
  }
  c->step_max = c->theta.exists ? known(1 / c->theta.value) : missing(c->theta.reason);
  c->rate_max =
      c->theta.exists ? known(c->contraction.value / c->theta.value) : missing(c->theta.reason);
  return code;
}

/* The noise at x* where it depends on x. */
static ist_code fill_noise_at_minimum(const ist_problem *p, ist_constants *c, ist_status *s) {
  double *EBLv = ist_memory_doubles(1, c->d, 1);
  const ist_noise_moments m = {c->expected_B, c->expected_v, c->second_moment, EBLv, c->cov_v};
  const bool ok = EBLv != NULL && ist_cross_moment(p, c->sketch, c->L_bar, EBLv) &&
                  ist_noise_from(&m, c->d, c->L_bar, c->x_star, &c->sigma_sq_star);
  free(EBLv);
  /* An expected square: rounding must not leave it negative. */
  c->sigma_sq_star = fmax(c->sigma_sq_star, 0);
  return ok ? IST_OK : out_of_memory(s);
}

static ist_code fill_noise(const ist_problem *p, ist_constants *c, ist_status *s) {
  if (!ist_same_B(p, c->sketch)) {
    c->sigma_sq = missing("the noise of the estimator depends on x");
    return fill_noise_at_minimum(p, c, s);
  }
  c->sigma_sq_star = fmax(ist_inner(c->d, c->L_bar, c->cov_v), 0);
  c->sigma_sq = known(c->sigma_sq_star);
  return IST_OK;
}

static ist_code check_finite(const ist_constants *c, ist_status *s) {
  const double scalars[] = {c->f_star,          c->theta.value,   c->step_max.value,
                            c->h_norm_sq.value, c->sigma_sq_star, c->contraction.value,
                            c->w_lambda_min,    c->rate_max.value};
  if (!ist_all_finite(scalars, sizeof scalars / sizeof scalars[0]))
    return ist_fail(s, IST_NOT_EXIST, "a constant of the analysis exceeds double precision");
  return IST_OK;
}

ist_code ist_constants_derive(ist_constants *c, ist_status *s) {
  if (c->second_moment == NULL)
    return check_moments(c, s);
  fill_W(c);
  ist_code code = check_moments(c, s);
  if (code == IST_OK)
    code = fill_spectrum(c, s);
  if (code == IST_OK)
    code = fill_minimum(c, s);
  if (code == IST_OK)
    code = fill_fixed_point(c, s);
  if (code == IST_OK)
    code = fill_rates(c, s);
  if (code == IST_OK)
    code = check_finite(c, s);
  return code;
}

static ist_code begin(const ist_problem *p, ist_sketch sk, bool step, ist_constants *c,
                      ist_status *s) {
  *c = (ist_constants){0};
  if (ist_sketch_exists(p, sk, s) != IST_OK ||
      ist_constants_reserve(c, p->d, p->n, sk, step, s) != IST_OK)
    return s->code;
  c->homogeneous = p->homogeneous;
  c->interpolation = p->interpolation;
  return fill_moments(p, c, s);
}

/** Frees *c unless code is IST_OK, which it returns. */
static ist_code conclude(ist_constants *c, ist_code code) {
  if (code != IST_OK)
    ist_constants_free(c);
  return code;
}

ist_code ist_constants_for_run(const ist_problem *p, ist_sketch sk, bool step, ist_constants *c,
                               ist_status *s) {
  ist_code code = begin(p, sk, step, c, s);
  if (code == IST_OK)
    code = ist_constants_derive(c, s);
  return conclude(c, code);
}

ist_code ist_constants_compute(const ist_problem *p, ist_sketch sk, ist_constants *c,
                               ist_status *s) {
  ist_code code = begin(p, sk, true, c, s);
  if (code == IST_OK)
    code = fill_covariance(p, c, s);
  if (code == IST_OK)
    code = ist_constants_derive(c, s);
  if (code == IST_OK)
    code = fill_noise(p, c, s);
  if (code == IST_OK)
    code = check_finite(c, s);
  return conclude(c, code);
}
