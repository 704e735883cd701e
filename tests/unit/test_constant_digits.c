/* Every digit that ist constants shows, and every bound, against 60-digit arithmetic. */
#include <criterion/criterion.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>

#include "../support/digits.h"
#include "../support/exact_constants.h"
#include "../support/reference.h"
#include "spectral/constants_bound.h"

/** The numbers of the table, and the entries that --full adds. */
typedef struct {
  digits_tally table, full;
  long problems;
} tallies;

static void check_entries(digits_tally *t, const char *name, const double *v, size_t count,
                          ist_error error, const arb_mat_t exact) {
  for (size_t j = 0; v != NULL && j < count; j++)
    digits_check(
        t, name, v[j], error,
        arb_mat_entry(exact, (slong)j / arb_mat_ncols(exact), (slong)j % arb_mat_ncols(exact)));
}

static void check_inverse(digits_tally *t, const ist_constants *c, const ist_errors *e,
                          const exact_constants *x) {
  arb_t y;
  arb_init(y);
  arb_inv(y, x->theta, EXACT_BITS);
  digits_check(t, "step_max", c->step_max.value, e->step_max, y);
  arb_mul(y, y, x->contraction, EXACT_BITS);
  digits_check(t, "rate_max", c->rate_max.value, e->rate_max, y);
  arb_clear(y);
}

static void check_all(tallies *all, const ist_constants *c, const ist_errors *e,
                      const exact_constants *x) {
  digits_tally *t = &all->table, *full = &all->full;
  const size_t d = c->d, entries = d * d;
  digits_check(t, "lambda_min", c->lambda_min, e->lambda_min, x->lambda_min);
  digits_check(t, "lambda_max", c->lambda_max, e->lambda_max, x->lambda_max);
  digits_check(t, "w_lambda_min", c->w_lambda_min, e->w_lambda_min, x->w_lambda_min);
  if (c->theta.exists) {
    digits_check(t, "theta", c->theta.value, e->theta, x->theta);
    check_inverse(t, c, e, x);
    cr_expect_leq(exact_distance(0, x->theta), e->theta_upper);
  }
  digits_check(t, "contraction", c->contraction.value, e->contraction, x->contraction);
  check_entries(full, "x_star", c->x_star, d, e->x_star, x->x_star);
  check_entries(full, "x_fixed", c->x_fixed, d, e->x_fixed, x->x_fixed);
  check_entries(full, "h", c->h, d, e->h, x->h);
  if (c->h_norm_sq.exists)
    digits_check(t, "h_norm_sq", c->h_norm_sq.value, e->h_norm_sq, x->h_norm_sq);
  if (c->sigma_sq.exists)
    digits_check(t, "sigma_sq", c->sigma_sq.value, e->sigma_sq, x->sigma_sq_star);
  digits_check(t, "sigma_sq_star", c->sigma_sq_star, e->sigma_sq_star, x->sigma_sq_star);
  digits_check(t, "f_star", c->f_star, e->f_star, x->f_star);
  check_entries(full, "expected_B", c->expected_B, entries, e->expected_B, x->EB);
  check_entries(full, "expected_v", c->expected_v, d, e->expected_v, x->Ev);
  check_entries(full, "second_moment", c->second_moment, entries, e->second_moment, x->second);
  check_entries(full, "W", c->W, entries, e->W, x->W);
  check_entries(full, "cov_v", c->cov_v, entries, e->cov_v, x->cov_v);
}

static void check_sketch(tallies *t, const ist_problem *p, ist_sketch_kind kind, size_t block) {
  ist_status s;
  ist_sketch sk;
  ist_constants c;
  ist_errors e;
  exact_constants x;
  cr_assert_eq(ist_sketch_resolve(p, kind, block, &sk, &s), IST_OK, "%s", s.text);
  if (ist_constants_compute(p, sk, &c, &s) != IST_OK) /* the mean is too close to singular */
    return;
  t->problems++;
  ist_constants_bound(p, &c, &e);
  exact_constants_init(p, sk, &x);
  check_all(t, &c, &e, &x);
  exact_constants_clear(&x);
  ist_constants_free(&c);
}

static void check_problem(tallies *t, const ist_problem *p) {
  check_sketch(t, p, IST_IDENTITY, 0);
  check_sketch(t, p, IST_PERM, 0);
  check_sketch(t, p, IST_SCALED_PERM, 0);
  check_sketch(t, p, IST_RAND, p->d > 2 ? 2 : 1);
}

static void report(const char *what, const tallies *t) {
  char text[100];
  snprintf(text, sizeof text, "%s (%ld constants), table", what, t->problems);
  digits_report(text, &t->table);
  snprintf(text, sizeof text, "%s, --full", what);
  digits_report(text, &t->full);
}

static ist_problem hilbert(size_t d, size_t n, bool with_b) {
  ist_problem p;
  cr_assert(ist_problem_alloc(&p, d, n, 1, 1));
  for (size_t j = 0; j < d; j++) {
    for (size_t k = 0; k < d; k++)
      p.L[j * d + k] = 1 / (double)(j + k + 1);
    p.b[j] = with_b ? 1 / (double)(j + 1) - 0.3 : 0;
  }
  ist_problem_note_interpolation(&p);
  return p;
}

Test(constant_digits, hilbert_matrices, .timeout = 600) {
  tallies t = {0};
  for (size_t d = 4; d <= 12; d++)
    for (int with_b = 0; with_b < 2; with_b++) {
      ist_problem p = hilbert(d, d, with_b);
      check_problem(&t, &p);
      ist_problem_free(&p);
      if (d % 2 == 0) { /* q = 2 */
        p = hilbert(d, d / 2, with_b);
        check_problem(&t, &p);
        ist_problem_free(&p);
      }
    }
  report("Hilbert 4 to 12", &t);
  cr_expect_geq(t.problems, 60);
  cr_expect_geq(t.full.shown, t.full.numbers / 2);
}

/* L = sum_k lambda_k w_k w_k' for the orthonormal columns of a product of reflections that leave u
 * alone: u is an eigenvector to the eigenvalue lambda[0]. */
static void spectrum(gsl_rng *rng, const double *lambda, size_t d, const double *u, double *L) {
  double Q[12 * 12] = {0}, w[12];
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++)
      Q[j * d + k] = j == k;
  for (size_t step = 0; step <= d; step++) {
    double along = 0, norm = 0;
    test_fill_normal(rng, w, d, 1);
    if (step == d) /* last: e_1 to u */
      for (size_t j = 0; j < d; j++)
        w[j] = (double)(j == 0) - u[j];
    else
      w[0] = 0;
    for (size_t j = 0; j < d; j++)
      norm += w[j] * w[j];
    if (norm == 0)
      continue;
    for (size_t k = 0; k < d; k++) {
      along = 0;
      for (size_t j = 0; j < d; j++)
        along += w[j] * Q[j * d + k];
      for (size_t j = 0; j < d; j++)
        Q[j * d + k] -= 2 * along / norm * w[j];
    }
  }
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k <= j; k++) {
      double sum = 0;
      for (size_t i = 0; i < d; i++)
        sum += lambda[i] * Q[j * d + i] * Q[k * d + i];
      L[j * d + k] = L[k * d + j] = sum;
    }
}

/* Condition number 10^decades; workers share the direction u of the smallest eigenvalue if there
 * are several matrices. */
static ist_problem conditioned(gsl_rng *rng, size_t d, size_t n, bool shared, double decades) {
  ist_problem p;
  double u[12], lambda[12], norm = 0;
  cr_assert(ist_problem_alloc(&p, d, n, shared ? 1 : n, shared ? 1 : n));
  test_fill_normal(rng, u, d, 1);
  for (size_t j = 0; j < d; j++)
    norm += u[j] * u[j];
  for (size_t j = 0; j < d; j++)
    u[j] /= sqrt(norm);
  for (size_t i = 0; i < ist_problem_L_count(&p); i++) {
    lambda[0] = pow(10, -decades);
    for (size_t k = 1; k < d; k++)
      lambda[k] = shared ? pow(10, -decades * gsl_rng_uniform(rng)) : 0.1 + gsl_rng_uniform(rng);
    lambda[d - 1] = 1;
    spectrum(rng, lambda, d, u, p.L + i * p.L_stride);
    test_fill_normal(rng, p.b + i * p.b_stride, d, 1);
  }
  return p;
}

Test(constant_digits, fifty_random_problems, .timeout = 600) {
  tallies t = {0};
  gsl_rng *rng = test_generator(20);
  for (int k = 0; k < 50; k++) {
    static const size_t sizes[][2] = {{4, 4}, {6, 3}, {5, 5}, {8, 2}, {6, 6}};
    const size_t *size = sizes[k % 5];
    ist_problem p = conditioned(rng, size[0], size[1], k % 3 == 0, 2 + 13 * (double)k / 49);
    ist_problem_note_interpolation(&p);
    check_problem(&t, &p);
    ist_problem_free(&p);
  }
  gsl_rng_free(rng);
  report("50 random problems, condition numbers 1e2 to 1e15", &t);
  cr_expect_geq(t.problems, 180);
  cr_expect_geq(t.full.shown, t.full.numbers * 3 / 4);
}

/* Matrices whose rows differ by many orders of magnitude: L = S H S with powers of ten. */
Test(constant_digits, graded_matrices, .timeout = 600) {
  tallies t = {0};
  gsl_rng *rng = test_generator(21);
  for (int k = 0; k < 10; k++) {
    ist_problem p = conditioned(rng, 6, 3, k % 2 == 0, 1);
    for (size_t i = 0; i < ist_problem_L_count(&p); i++)
      for (size_t j = 0; j < 6; j++)
        for (size_t e = 0; e < 6; e++)
          p.L[i * p.L_stride + j * 6 + e] =
              ldexp(p.L[i * p.L_stride + j * 6 + e], (int)(4 * (j + e)) * (k + 1) / 4 - 20);
    ist_problem_note_interpolation(&p);
    check_problem(&t, &p);
    ist_problem_free(&p);
  }
  gsl_rng_free(rng);
  report("graded matrices", &t);
  cr_expect_geq(t.problems, 36);
}

/* E[B] of scaled Perm-q with negative eigenvalues at the larger shares, though L_bar is positive
 * definite: L_1 and L_2 have opposite large entries off their diagonals, and their diagonals weigh
 * them differently. At the last share the workers are nearly singular. */
Test(constant_digits, indefinite_mean_rounds) {
  static const double shares[] = {30, 10, 3, 1.9999};
  tallies t = {0};
  for (size_t d = 4; d <= 8; d += 2)
    for (size_t k = 0; k < 4; k++) {
      ist_status s;
      ist_constants c;
      ist_errors e;
      exact_constants x;
      gsl_rng *rng = test_generator(25 + k);
      ist_problem p = conditioned(rng, d, 2, false, 0.5);
      const ist_sketch sk = {IST_SCALED_PERM, d / 2};
      for (size_t j = 0; j < d; j++)
        for (size_t i = 0; i < d; i++) {
          const double off = shares[k] + (double)(j + i) / 70 * (k < 3);
          p.L[d * j + i] = j == i ? 1 + 1.0 / 3 : off;
          p.L[d * d + d * j + i] = j == i ? 301.0 / 3 : -off;
        }
      cr_assert_eq(ist_constants_compute(&p, sk, &c, &s), IST_OK, "%s", s.text);
      ist_constants_bound(&p, &c, &e);
      exact_constants_init(&p, sk, &x);
      cr_expect(isfinite(e.x_fixed.bound) && isfinite(e.h_norm_sq.bound), "%zu, %g", d, shares[k]);
      check_all(&t, &c, &e, &x);
      exact_constants_clear(&x);
      ist_constants_free(&c);
      ist_problem_free(&p);
      gsl_rng_free(rng);
    }
  report("indefinite E[B]", &t);
}

/* The computed eigenvalues only say where to look: perturbed ones are not believed. */
Test(constant_digits, spoiled_eigenvalues_are_refused) {
  static const double factor[] = {1 + 1e-9, 1 - 1e-6, 1.01, 0.5};
  gsl_rng *rng = test_generator(22);
  for (size_t k = 0; k < 4; k++) {
    ist_status s;
    ist_constants c;
    ist_errors e;
    exact_constants x;
    const ist_sketch sk = {IST_PERM, 2};
    tallies t = {0};
    ist_problem p = conditioned(rng, 6, 3, false, 1);
    cr_assert_eq(ist_constants_compute(&p, sk, &c, &s), IST_OK);
    double *spoiled[] = {&c.lambda_min, &c.lambda_max, &c.w_lambda_min, &c.theta.value,
                         &c.contraction.value};
    for (size_t j = 0; j < 5; j++)
      *spoiled[j] *= factor[k];
    const double theta = c.theta.value, lambda = c.lambda_min, contraction = c.contraction.value;
    ist_constants_bound(&p, &c, &e);
    exact_constants_init(&p, sk, &x);
    check_all(&t, &c, &e, &x);
    cr_expect(!isfinite(e.theta.bound) || fabs(theta - c.theta.value) > e.theta.bound);
    cr_expect(!isfinite(e.lambda_min.bound) || fabs(lambda - c.lambda_min) > e.lambda_min.bound);
    cr_expect(!isfinite(e.contraction.bound) ||
              fabs(contraction - c.contraction.value) > e.contraction.bound);
    exact_constants_clear(&x);
    ist_constants_free(&c);
    ist_problem_free(&p);
  }
  gsl_rng_free(rng);
}

/* The bound that a run's step rests on: above the exact theta, by little; a theta that is too small
 * by as much as the allowance does not pass for one. */
Test(constant_digits, theta_upper) {
  static const ist_sketch sketches[] = {
      {IST_PERM, 2}, {IST_RAND, 2}, {IST_IDENTITY, 6}, {IST_SCALED_PERM, 2}, {IST_SCALED_PERM, 1}};
  gsl_rng *rng = test_generator(24);
  for (size_t k = 0; k < 5; k++) {
    ist_status s;
    ist_constants c;
    exact_constants x;
    ist_problem p = conditioned(rng, 6, sketches[k].q == 1 ? 6 : 3, false, 0.5);
    cr_assert_eq(ist_constants_for_run(&p, sketches[k], true, &c, &s), IST_OK, "%s", s.text);
    cr_assert(c.theta.exists);
    exact_constants_init(&p, sketches[k], &x);
    const double exact = c.theta.value, upper = ist_theta_upper(&p, &c);
    cr_expect_leq(exact_distance(0, x.theta), upper);
    cr_expect_leq(upper, exact * (1 + 0x1p-26), "%s", ist_sketch_name(sketches[k].kind));
    c.theta.value = exact * (1 - 0x1p-20);
    cr_expect_leq(exact_distance(0, x.theta), ist_theta_upper(&p, &c));
    c.theta.value = exact / 2;
    cr_expect(sketches[k].q == 1 || isinf(ist_theta_upper(&p, &c)));
    exact_constants_clear(&x);
    ist_constants_free(&c);
    ist_problem_free(&p);
  }
  gsl_rng_free(rng);
}

/* Moments that were computed wrongly are outside their bounds, if only by 1e-10 of an entry. */
Test(constant_digits, spoiled_moments_are_out_of_bounds) {
  ist_status s;
  ist_constants c;
  ist_errors e;
  exact_constants x;
  const ist_sketch sk = {IST_PERM, 2};
  gsl_rng *rng = test_generator(23);
  ist_problem p = conditioned(rng, 6, 3, false, 1);
  cr_assert_eq(ist_constants_compute(&p, sk, &c, &s), IST_OK);
  ist_constants_bound(&p, &c, &e);
  exact_constants_init(&p, sk, &x);
  const struct {
    const double *value;
    ist_error error;
    const arb_mat_struct *exact;
  } moment[] = {{c.expected_B, e.expected_B, x.EB},
                {c.second_moment, e.second_moment, x.second},
                {c.W, e.W, x.W},
                {c.cov_v, e.cov_v, x.cov_v}};
  for (size_t k = 0; k < 4; k++)
    for (slong j = 0; j < 6; j++) {
      const double entry = moment[k].value[7 * j];
      cr_expect_gt(exact_distance(entry * (1 + 1e-10), arb_mat_entry(moment[k].exact, j, j)),
                   moment[k].error.bound, "moment %zu, entry %g, bound %g", k, entry,
                   moment[k].error.bound);
    }
  exact_constants_clear(&x);
  ist_constants_free(&c);
  ist_problem_free(&p);
  gsl_rng_free(rng);
}

/* All bounds are out of reach beyond 2^100, and say so. */
Test(constant_digits, out_of_range) {
  ist_status s;
  ist_constants c;
  ist_errors e;
  ist_problem p = hilbert(4, 2, true);
  for (size_t j = 0; j < 16; j++)
    p.L[j] *= 0x1p120;
  cr_assert_eq(ist_constants_compute(&p, (ist_sketch){IST_PERM, 2}, &c, &s), IST_OK);
  ist_constants_bound(&p, &c, &e);
  cr_expect(isinf(e.theta.bound) && isinf(e.x_star.bound) && isinf(ist_theta_upper(&p, &c)));
  cr_expect_str_eq(e.lambda_min.reason, "not bounded: a number of the problem exceeds 2^100");
  ist_constants_free(&c);
  ist_problem_free(&p);
}
