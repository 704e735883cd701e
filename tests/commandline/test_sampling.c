/** The method as it runs, by sampling at a fixed seed, against exact expectations and theorems. A
 *  mean over N runs must lie within five standard errors of what it estimates. */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../support/random_problem.h"
#include "moments/dense.h"
#include "moments/dynamics.h"
#include "run/rounds.h"
#include "spectral/constants.h"
#include "spectral/theorems.h"

#define D 6
#define RUNS 20000
#define STANDARD_ERRORS 5

/** Running mean and sum of squared deviations (Welford). */
typedef struct {
  double count, mean, squares;
} sample;

static void add(sample *s, double x) {
  double before = x - s->mean;
  s->count++;
  s->mean += before / s->count;
  s->squares += before * (x - s->mean);
}

static double standard_error(const sample *s) {
  return sqrt(s->squares / (s->count - 1) / s->count);
}

static void assert_mean(const sample *s, double exact) {
  double allowed = STANDARD_ERRORS * standard_error(s) + 1e-12 * (1 + fabs(exact));
  cr_expect_leq(fabs(s->mean - exact), allowed, "mean %.6g, exact %.6g, allowed %.3g", s->mean,
                exact, allowed);
}

typedef struct {
  ist_sketch sketch;
  size_t n;
  double gamma;
} setting;

/** Gaussian-free start: 1, -2, 3, ... */
static void start(double *x) {
  for (size_t j = 0; j < D; j++)
    x[j] = (j % 2 == 0 ? 1.0 : -1.0) * ((double)j + 1);
}

ParameterizedTestParameters(sampling, expected_iterates) {
  static setting cases[] = {
      {{IST_PERM, 1}, 6, 0.002},      {{IST_PERM, 2}, 3, 0.005},
      {{IST_PERM, 6}, 1, 0.02},       {{IST_SCALED_PERM, 1}, 6, 0.6},
      {{IST_SCALED_PERM, 1}, 6, 1.5}, {{IST_SCALED_PERM, 3}, 2, 0.3},
      {{IST_RAND, 1}, 3, 0.002},      {{IST_RAND, 4}, 3, 0.01},
      {{IST_RAND, 6}, 2, 0.02},       {{IST_IDENTITY, 6}, 4, 0.02},
  };
  return cr_make_param_array(setting, cases, sizeof cases / sizeof *cases);
}

/** After three rounds: every entry of x, and ||x - x*||^2_L, against N5. */
ParameterizedTest(setting *t, sampling, expected_iterates) {
  ist_problem p = random_problem(11, D, t->n, t->n, t->n, false);
  ist_constants c;
  ist_dynamics exact;
  ist_rounds m;
  ist_status s;
  double x0[D], x[D];
  sample entries[D] = {{0}}, distance = {0};
  start(x0);
  cr_assert_eq(ist_constants_compute(&p, t->sketch, &c, &s), IST_OK, "%s", s.text);
  cr_assert_eq(ist_dynamics_init(&p, t->sketch, x0, &exact, &s), IST_OK);
  cr_assert_eq(ist_rounds_open(&m, &p, t->sketch, t->gamma, 0, 2024, &s), IST_OK);
  for (size_t run = 0; run < RUNS; run++) {
    memcpy(x, x0, sizeof x);
    for (size_t k = 1; k <= 3; k++)
      cr_assert_eq(ist_rounds_take(&m, x, k, &s), IST_OK);
    for (size_t j = 0; j < D; j++) {
      add(&entries[j], x[j]);
      x[j] -= c.x_star[j];
    }
    add(&distance, ist_bilinear(D, c.L_bar, x, x));
  }
  for (size_t k = 0; k < 3; k++)
    cr_assert_eq(ist_dynamics_step(&exact, t->gamma, &s), IST_OK);
  for (size_t j = 0; j < D; j++)
    assert_mean(&entries[j], exact.mean[j]);
  assert_mean(&distance, ist_dynamics_distance_sq(&exact, c.L_bar, c.x_star));
  ist_rounds_close(&m);
  ist_dynamics_free(&exact);
  ist_constants_free(&c);
  ist_problem_free(&p);
}

#define ROUNDS 10

/** One run of ROUNDS rounds: sum of ||x_k - x*||^2_A over k < ROUNDS, and ||x - x*||^2_L at both
 *  ends. */
static double run_sum(ist_rounds *m, const ist_constants *c, const double *A, double ends[2]) {
  double x[D], difference[D], sum = 0;
  ist_status s;
  start(x);
  for (size_t k = 0; k <= ROUNDS; k++) {
    for (size_t j = 0; j < D; j++)
      difference[j] = x[j] - c->x_star[j];
    if (k == 0 || k == ROUNDS)
      ends[k / ROUNDS] = ist_bilinear(D, c->L_bar, difference, difference);
    if (k < ROUNDS) {
      sum += ist_bilinear(D, A, difference, difference);
      cr_assert_eq(ist_rounds_take(m, x, k + 1, &s), IST_OK);
    }
  }
  return sum;
}

/** Left minus right side of (15), and of (16), over many runs: not above 0 in the mean. */
static void assert_theorem_1(ist_sketch sketch, size_t n) {
  ist_problem p = random_problem(12, D, n, n, 1, true);
  ist_constants c;
  ist_rounds m;
  ist_status s;
  sample average = {0}, distance = {0};
  cr_assert_eq(ist_constants_compute(&p, sketch, &c, &s), IST_OK);
  cr_assert(c.theta.exists, "%s", c.theta.reason);
  double gamma = c.step_max.value, ends[2];
  cr_assert_eq(ist_rounds_open(&m, &p, sketch, gamma, 0, 7, &s), IST_OK);
  for (size_t run = 0; run < RUNS / 10; run++) {
    double mean = run_sum(&m, &c, c.W, ends) / ROUNDS;
    add(&average, mean - ist_theorem1_average_bound((ends[0] - ends[1]) / 2, gamma, ROUNDS));
    add(&distance,
        ends[1] - ist_theorem1_distance_bound(c.contraction.value, gamma, ROUNDS, ends[0]));
  }
  cr_expect_leq(average.mean, STANDARD_ERRORS * standard_error(&average) + 1e-9);
  cr_expect_leq(distance.mean, STANDARD_ERRORS * standard_error(&distance) + 1e-9);
  ist_rounds_close(&m);
  ist_constants_free(&c);
  ist_problem_free(&p);
}

Test(sampling, theorem_1) {
  assert_theorem_1((ist_sketch){IST_PERM, 3}, 2);
  assert_theorem_1((ist_sketch){IST_RAND, 3}, 4);
  assert_theorem_1((ist_sketch){IST_IDENTITY, D}, 3);
}

/** Theorem 2 as printed and N2 bound, and N1 equals, the mean over runs of scaled Perm-1. */
Test(sampling, theorem_2) {
  ist_sketch sketch = {IST_SCALED_PERM, 1};
  ist_problem p = random_problem(13, D, D, D, D, false);
  ist_constants c;
  ist_rounds m;
  ist_status s;
  sample printed = {0}, sharpened = {0};
  double gamma = 0.7, ends[2];
  cr_assert_eq(ist_constants_compute(&p, sketch, &c, &s), IST_OK);
  cr_assert_gt(c.sigma_sq.value, 0);
  cr_assert_eq(ist_rounds_open(&m, &p, sketch, gamma, 0, 7, &s), IST_OK);
  for (size_t run = 0; run < RUNS / 10; run++) {
    double mean = run_sum(&m, &c, c.L_bar, ends) / ROUNDS, drop = (ends[0] - ends[1]) / 2;
    ist_scalar right =
        ist_theorem2_printed(drop, gamma, ROUNDS, c.h_norm_sq.value, c.sigma_sq.value);
    cr_assert(right.exists);
    add(&printed, mean - right.value);
    add(&sharpened,
        mean - ist_theorem2_sharpened(drop, gamma, ROUNDS, c.h_norm_sq.value, c.sigma_sq.value));
  }
  cr_expect_leq(printed.mean, STANDARD_ERRORS * standard_error(&printed));
  cr_expect_leq(sharpened.mean, STANDARD_ERRORS * standard_error(&sharpened));
  ist_rounds_close(&m);
  ist_constants_free(&c);
  ist_problem_free(&p);
}

/** N14: L = (28 I, I, I), gamma = 1/30: E||x+||^2 = (81/50) ||x||^2, though (17), read as
 *  sufficient, admits the step. */
Test(sampling, divergence_where_17_is_read_as_sufficient) {
  ist_problem p;
  ist_rounds m;
  ist_status s;
  sample ratio = {0};
  cr_assert(ist_problem_alloc(&p, 3, 3, 3, 1));
  for (size_t i = 0; i < 3; i++)
    for (size_t j = 0; j < 3; j++)
      p.L[i * 9 + j * 4] = i == 0 ? 28 : 1;
  cr_assert_eq(ist_rounds_open(&m, &p, (ist_sketch){IST_PERM, 1}, 1.0 / 30, 0, 5, &s), IST_OK);
  for (size_t run = 0; run < RUNS; run++) {
    double x[3] = {1, -2, 3};
    cr_assert_eq(ist_rounds_take(&m, x, 1, &s), IST_OK);
    add(&ratio, (x[0] * x[0] + x[1] * x[1] + x[2] * x[2]) / 14);
  }
  assert_mean(&ratio, 81.0 / 50);
  ist_rounds_close(&m);
  ist_problem_free(&p);
}

/** The homogeneous shortcut draws nothing; the general round, one ulp of step above 1, agrees. */
Test(sampling, homogeneous_rounds_do_not_depend_on_the_permutation) {
  ist_problem p = random_problem(14, D, D, 1, 1, false);
  ist_sketch sketch = {IST_SCALED_PERM, 1};
  ist_rounds sure, general;
  ist_status s;
  double x[D], y[D];
  cr_assert_eq(ist_rounds_open(&sure, &p, sketch, 1, 0, 1, &s), IST_OK);
  cr_assert_eq(ist_rounds_open(&general, &p, sketch, nextafter(1, 2), 0, 1, &s), IST_OK);
  cr_assert_not_null(sure.fixed);
  cr_assert_null(general.fixed);
  start(x);
  start(y);
  for (size_t k = 1; k <= 20; k++) {
    cr_assert_eq(ist_rounds_take(&sure, x, k, &s), IST_OK);
    cr_assert_eq(ist_rounds_take(&general, y, k, &s), IST_OK);
    cr_expect_leq(relative_distance(y, x, D), 1e-14);
  }
  ist_rounds_close(&sure);
  ist_rounds_close(&general);
  ist_problem_free(&p);
}

/** c = s b / n of eq. (31) with s = 1e20, b = 1e40 is out of range. */
Test(sampling, a_problem_beyond_the_range_is_refused) {
  ist_problem p;
  ist_rounds m;
  ist_status s;
  cr_assert(ist_problem_alloc(&p, 1, 1, 1, 1));
  p.L[0] = 1e-40;
  p.b[0] = 1e40;
  cr_assert_eq(ist_rounds_open(&m, &p, (ist_sketch){IST_SCALED_PERM, 1}, 1, 0, 1, &s),
               IST_NOT_EXIST);
  cr_assert_eq(strncmp(s.text, "entries of the problem leave the range |x| <= ", 46), 0);
  ist_problem_free(&p);
}
