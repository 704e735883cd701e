/* The error clauses of the contracts: that they hold, evaluated as stated against exact results,
   and that none is vacuous: for each there are inputs whose error comes close to its bound. */
#include "../support/adversarial.h"
#include "../support/error_ratios.h"
#include "../support/reference.h"
#include "kernel/block_product.h"
#include "kernel/linear.h"
#include "kernel/local.h"
#include "kernel/merge.h"
#include "kernel/quadratic.h"
#include "kernel/sketch.h"
#include "kernel/submodel.h"

#include <criterion/criterion.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST = 200, TRIALS = 12 };

static const size_t SIZES[] = {1, 2, 3, 8, 31, LARGEST};
enum { SIZE_COUNT = sizeof SIZES / sizeof *SIZES };

static gsl_rng *rng;
static arb_t value, bound, absolute;
static error_ratios ratios;
static double A[LARGEST * LARGEST], b[LARGEST], s[LARGEST], x[LARGEST], y[LARGEST];
static size_t S[LARGEST];

static void setup(void) {
  rng = test_generator(20);
  arb_init(value);
  arb_init(bound);
  arb_init(absolute);
}

static void teardown(void) {
  gsl_rng_free(rng);
  arb_clear(value);
  arb_clear(bound);
  arb_clear(absolute);
  flint_cleanup();
}

TestSuite(error_bounds, .init = setup, .fini = teardown);

/* A symmetric d x d matrix. */
static void fill_symmetric(test_kind kind, double limit, size_t d) {
  for (size_t i = 0; i < d; i++)
    for (size_t j = 0; j <= i; j++)
      A[i * d + j] = A[j * d + i] = test_adversarial(rng, kind, limit);
}

/* The Hilbert matrix: condition number e^{3.5 d}. */
static void fill_hilbert(size_t d) {
  for (size_t i = 0; i < d; i++)
    for (size_t j = 0; j < d; j++)
      A[i * d + j] = 1 / (double)(i + j + 1);
}

Test(error_bounds, are_checked_to_the_last_bit) {
  double ratio;
  arb_one(value);
  arb_mul_2exp_si(absolute, value, -2000);
  arb_add(value, value, absolute, EXACT_BITS);
  arb_set_d(bound, 0);
  cr_assert_not(exact_within(1, value, bound, &ratio, EXACT_BITS));
  arb_set(bound, absolute);
  cr_assert(exact_within(1, value, bound, &ratio, EXACT_BITS) && ratio == 1);
  arb_mul_2exp_si(absolute, absolute, -1000);
  arb_sub(bound, bound, absolute, EXACT_BITS);
  cr_assert_not(exact_within(1, value, bound, &ratio, EXACT_BITS));
  cr_assert(exact_within(1, value, bound, &ratio, 64) == false, "an error that is not known");
}

/* --- dot product --- */

static double add_dot(const double *a, const double *v, size_t d) {
  exact_dot(value, absolute, a, v, d, EXACT_BITS);
  exact_sum_error(bound, (double)d, absolute, EXACT_BITS);
  return error_ratios_add(&ratios, ist_dot(a, v, d), value, bound);
}

static void dots_of_kind(test_kind kind) {
  for (size_t k = 0; k < SIZE_COUNT; k++)
    for (int trial = 0; trial < TRIALS; trial++) {
      test_fill_adversarial(rng, kind, 0x1p160, A, SIZES[k]);
      test_fill_adversarial(rng, kind, 0x1p400, x, SIZES[k]);
      add_dot(A, x, SIZES[k]);
      test_cancel(rng, A, x, SIZES[k]);
      add_dot(A, x, SIZES[k]);
    }
}

Test(error_bounds, dot) {
  dots_of_kind(TEST_NORMAL);
  error_ratios_headline(&ratios, "dot");
  for (test_kind kind = TEST_NORMAL + 1; kind < TEST_KINDS; kind++)
    dots_of_kind(kind);
  error_ratios_report(&ratios, "dot, adversarial");
  cr_assert(isinf(add_dot(A, x, 0)), "an empty sum is exact");
}

/* 1, and then u = 2^-53 in each further term: every sum is a tie that rounds back to 1, so that
   these terms are lost altogether. */
static void fill_lost(double *v, size_t d) {
  v[0] = 1;
  for (size_t j = 1; j < d; j++)
    v[j] = 0x1p-53;
}

static void fill_ones(double *v, size_t d) {
  for (size_t j = 0; j < d; j++)
    v[j] = 1;
}

Test(error_bounds, dot_attains_its_bound) {
  /* The error is (d - 1) u of (d + 1) u (1 + (d - 1) u), times 1.001. */
  fill_ones(A, LARGEST);
  fill_lost(x, LARGEST);
  cr_assert_leq(add_dot(A, x, LARGEST), 1.002 * (LARGEST + 1) / (LARGEST - 1));
  /* (1 + 2^-27)(1 + 2^-26) loses 2^-53, half a unit: u of 2 u. */
  const double left = 1 + 0x1p-27, right = 1 + 0x1p-26;
  cr_assert_leq(add_dot(&left, &right, 1), 2.01);
  /* Each product is half the smallest subnormal and rounds to 0: 2^-1075 of 4 2^-1074. */
  for (size_t j = 0; j < LARGEST; j++) {
    A[j] = 0x1p-1074;
    x[j] = 0.5;
  }
  cr_assert_leq(add_dot(A, x, LARGEST), 8.01);
}

/* --- matrix-vector product and gradient --- */

static double add_matvec(size_t d) {
  double least = INFINITY;
  ist_matvec(A, x, d, y);
  for (size_t j = 0; j < d; j++) {
    exact_dot(value, absolute, A + j * d, x, d, EXACT_BITS);
    exact_sum_error(bound, (double)d, absolute, EXACT_BITS);
    least = fmin(least, error_ratios_add(&ratios, y[j], value, bound));
  }
  return least;
}

static double add_gradient(size_t d) {
  double least = INFINITY;
  arb_t entry;
  arb_init(entry);
  ist_gradient(A, b, x, d, y);
  for (size_t j = 0; j < d; j++) {
    exact_dot(value, absolute, A + j * d, x, d, EXACT_BITS);
    arb_set_d(entry, b[j]);
    arb_sub(value, value, entry, EXACT_BITS);
    arb_abs(entry, entry);
    arb_add(absolute, absolute, entry, EXACT_BITS);
    exact_sum_error(bound, (double)d + 1, absolute, EXACT_BITS);
    least = fmin(least, error_ratios_add(&ratios, y[j], value, bound));
  }
  arb_clear(entry);
  return least;
}

static double add_value(size_t d) {
  arb_t form, norm, linear;
  arb_init(form);
  arb_init(norm);
  arb_init(linear);
  const double f = ist_value(A, b, x, d, y);
  exact_form(form, absolute, norm, A, x, d, EXACT_BITS);
  exact_dot(linear, value, b, x, d, EXACT_BITS);
  exact_value_error(bound, (double)d, absolute, norm, value, EXACT_BITS);
  arb_mul_2exp_si(value, form, -1);
  arb_sub(value, value, linear, EXACT_BITS);
  arb_clear(form);
  arb_clear(norm);
  arb_clear(linear);
  return error_ratios_add(&ratios, f, value, bound);
}

/* Matrices and vectors of every kind, and the Hilbert matrix. */
static void every_problem(double (*add)(size_t d)) {
  for (test_kind kind = 0; kind < TEST_KINDS; kind++)
    for (size_t d = 1; d <= 16; d++) {
      fill_symmetric(kind, 0x1p160, d);
      test_fill_adversarial(rng, kind, 0x1p160, b, d);
      test_fill_adversarial(rng, kind, 0x1p160, x, d);
      add(d);
      /* The gradient is all error: b is A x, rounded. */
      ist_matvec(A, x, d, b);
      if (ist_bounded(b, d, IST_ENTRY_MAX))
        add(d);
    }
  for (size_t d = 1; d <= 16; d++) {
    fill_hilbert(d);
    test_fill_normal(rng, x, d, 1);
    ist_matvec(A, x, d, b);
    add(d);
  }
}

/* Every row of the product is 1 + u + ... + u. */
static void fill_lost_rows(size_t d) {
  fill_ones(A, d * d);
  fill_lost(x, d);
}

Test(error_bounds, matvec) {
  every_problem(add_matvec);
  fill_lost_rows(LARGEST);
  cr_assert_leq(add_matvec(LARGEST), 1.002 * (LARGEST + 1) / (LARGEST - 1));
  error_ratios_report(&ratios, "matvec");
}

Test(error_bounds, gradient) {
  every_problem(add_gradient);
  /* b loses another u: d u of (d + 2) u. */
  fill_lost_rows(LARGEST);
  for (size_t j = 0; j < LARGEST; j++)
    b[j] = -0x1p-53;
  cr_assert_leq(add_gradient(LARGEST), 1.002 * (LARGEST + 2) / LARGEST);
  error_ratios_report(&ratios, "gradient");
}

Test(error_bounds, value) {
  every_problem(add_value);
  /* f is all error: x'Ax / 2 and b'x cancel. */
  for (size_t d = 1; d <= 16; d++) {
    fill_symmetric(TEST_KINDS - 1, 0x1p100, d);
    test_fill_normal(rng, x, d, 1);
    ist_matvec(A, x, d, b);
    for (size_t j = 0; j < d; j++)
      b[j] /= 2;
    add_value(d);
  }
  /* A x loses (d - 1) u, and x'(A x) as much again: half of both, of (d + 2) u. */
  fill_lost_rows(LARGEST);
  memset(b, 0, sizeof b);
  cr_assert_leq(add_value(LARGEST), 1.002 * (LARGEST + 2) / (LARGEST - 1));
  error_ratios_report(&ratios, "value");
}

/* --- sketch scales --- */

Test(error_bounds, scale_identity_and_perm) {
  const size_t workers[] = {1, 2, 3, 1000, IST_DIM_MAX};
  ist_scale_identity(s, LARGEST);
  for (size_t j = 0; j < LARGEST; j++)
    cr_assert_eq(s[j], 1);
  for (size_t k = 0; k < 5; k++) {
    ist_scale_perm(s, LARGEST, workers[k]);
    for (size_t j = 0; j < LARGEST; j++)
      cr_assert(s[j] == (double)workers[k] && (size_t)s[j] == workers[k]);
  }
}

Test(error_bounds, scale_rand) {
  double least = INFINITY;
  for (size_t d = 1; d <= LARGEST; d++)
    for (size_t q = 1; q <= d; q++) {
      ist_scale_rand(s, d, q);
      arb_set_ui(value, d);
      arb_div_ui(value, value, q, EXACT_BITS);
      exact_rounding(bound, value, EXACT_BITS);
      least = fmin(least, error_ratios_add(&ratios, s[0], value, bound));
      for (size_t j = 1; j < d; j++)
        cr_assert_eq(s[j], s[0]);
    }
  /* Among 20000 quotients some lie just above a power of 2 and near half a unit. */
  cr_assert_leq(least, 1.1);
  error_ratios_report(&ratios, "scale rand");
}

static double add_scales(size_t d, size_t n) {
  double least = INFINITY;
  ist_scale_diagonal(s, d, n, A);
  for (size_t j = 0; j < d; j++) {
    exact_scale(value, bound, n, A[j * d + j], EXACT_BITS);
    least = fmin(least, error_ratios_add(&ratios, s[j], value, bound));
  }
  return least;
}

Test(error_bounds, scale_diagonal) {
  enum { D = 8 };
  const size_t workers[] = {1, 2, 3, 10, 1000, IST_DIM_MAX};
  double least = INFINITY;
  for (size_t k = 0; k < 6; k++)
    for (int trial = 0; trial < 200; trial++) {
      test_fill_adversarial(rng, TEST_NORMAL, 1024, A, (size_t)D * D);
      for (size_t j = 0; j < D; j++)
        A[j * D + j] = j == 0   ? IST_DIAGONAL_MIN
                       : j == 1 ? IST_ENTRY_MAX
                       : j == 2 ? (double)workers[k]
                                : exp2(320 * gsl_rng_uniform(rng) - 160);
      least = fmin(least, add_scales(D, workers[k]));
    }
  /* Two roundings: the quotient's moves the root by u / 2, the root's by u; 3/2 u of 2 u. */
  cr_assert(least >= 4.0 / 3 && least <= 2, "least ratio %g", least);
  error_ratios_report(&ratios, "scale diagonal");
}

/* --- submodel and submodel gradient --- */

static ist_worker_view worker(size_t q, size_t d) {
  return (ist_worker_view){.L = A, .b = b, .s = s, .S = S, .d = d, .q = q};
}

static double add_submodel(size_t q, size_t d) {
  double least = INFINITY;
  arb_t entry;
  arb_init(entry);
  ist_submodel(x, worker(q, d), y);
  for (size_t a = 0; a < q; a++) {
    arb_set_d(value, s[S[a]]);
    arb_set_d(entry, x[S[a]]);
    arb_mul(value, value, entry, EXACT_BITS);
    exact_rounding(bound, value, EXACT_BITS);
    least = fmin(least, error_ratios_add(&ratios, y[a], value, bound));
  }
  arb_clear(entry);
  return least;
}

/* A random block of q of the d coordinates, in any order. */
static void draw_block(size_t q, size_t d) {
  size_t p[LARGEST];
  for (size_t j = 0; j < d; j++)
    p[j] = j;
  gsl_ran_shuffle(rng, p, d, sizeof *p);
  memcpy(S, p, q * sizeof *S);
}

Test(error_bounds, submodel) {
  for (test_kind kind = 0; kind < TEST_KINDS; kind++)
    for (size_t d = 1; d <= 20; d++)
      for (size_t q = 1; q <= d; q++) {
        draw_block(q, d);
        test_fill_adversarial(rng, kind, 0x1p160, x, d);
        test_fill_adversarial(rng, kind, 0x1p100, s, d);
        add_submodel(q, d);
      }
  draw_block(1, 1);
  x[0] = 1 + 0x1p-27;
  s[0] = 1 + 0x1p-26;
  cr_assert_leq(add_submodel(1, 1), 1.001);
  x[0] = 0x1p-1074;
  s[0] = 0.5;
  cr_assert_leq(add_submodel(1, 1), 2.001);
  error_ratios_report(&ratios, "submodel");
}

static double w[LARGEST], g[LARGEST];

/* Adds to the ratios for random blocks of random symmetric matrices, with submodels w. */
static void add_random_blocks(void (*add)(test_kind kind, size_t q, size_t d)) {
  for (test_kind kind = 0; kind < TEST_KINDS; kind++)
    for (size_t d = 1; d <= 12; d++)
      for (size_t q = 1; q <= d; q++) {
        draw_block(q, d);
        fill_symmetric(kind, 0x1p160, d);
        test_fill_adversarial(rng, kind, 0x1p261, w, q);
        add(kind, q, d);
      }
}

static void fill_linear_and_scales(test_kind kind, size_t d) {
  test_fill_adversarial(rng, kind, 0x1p160, b, d);
  test_fill_adversarial(rng, kind, 0x1p100, s, d);
}

static double add_block_gradient(size_t q, size_t d) {
  double least = INFINITY;
  arb_t entry;
  arb_init(entry);
  ist_block_gradient(worker(q, d), w, g);
  for (size_t a = 0; a < q; a++) {
    const size_t j = S[a];
    exact_block_dot(value, absolute, A + j * d, S, w, q, EXACT_BITS);
    arb_set_d(entry, b[j]);
    arb_sub(value, value, entry, EXACT_BITS);
    arb_set_d(entry, s[j]);
    arb_mul(value, value, entry, EXACT_BITS);
    exact_scaled_error(bound, (double)q, absolute, b[j], s[j], EXACT_BITS);
    least = fmin(least, error_ratios_add(&ratios, g[a], value, bound));
  }
  arb_clear(entry);
  return least;
}

static void add_random_gradient(test_kind kind, size_t q, size_t d) {
  fill_linear_and_scales(kind, d);
  add_block_gradient(q, d);
}

Test(error_bounds, submodel_gradient) {
  add_random_blocks(add_random_gradient);
  /* u for each term but the first and for b, none for the factor 1: q u of (q + 3) u. */
  draw_block(LARGEST, LARGEST);
  fill_lost_rows(LARGEST);
  fill_lost(w, LARGEST);
  fill_ones(s, LARGEST);
  for (size_t j = 0; j < LARGEST; j++)
    b[j] = -0x1p-53;
  cr_assert_leq(add_block_gradient(LARGEST, LARGEST), 1.002 * (LARGEST + 3) / LARGEST);
  error_ratios_report(&ratios, "submodel gradient");
}

/* --- merge, step and average --- */

static size_t block[LARGEST];

static double add_merge(size_t m, size_t d) {
  double least = INFINITY;
  ist_merge(y, d, A, block, m);
  for (size_t j = 0; j < d; j++) {
    const size_t members = exact_merged(value, absolute, A, block, m, j, EXACT_BITS);
    exact_sum_error(bound, (double)members, absolute, EXACT_BITS);
    least = fmin(least, error_ratios_add(&ratios, y[j], value, bound));
  }
  return least;
}

Test(error_bounds, merge) {
  for (test_kind kind = 0; kind < TEST_KINDS; kind++)
    for (size_t d = 1; d <= 8; d++)
      for (size_t m = 0; m <= LARGEST; m = 3 * m + 1) {
        test_fill_adversarial(rng, kind, 0x1p550, A, m);
        for (size_t k = 0; k < m; k++)
          block[k] = gsl_rng_uniform_int(rng, d);
        add_merge(m, d);
      }
  /* (m - 1) u of (m + 1) u. */
  memset(block, 0, sizeof block);
  fill_lost(A, LARGEST);
  cr_assert_leq(add_merge(LARGEST, 1), 1.002 * (LARGEST + 1) / (LARGEST - 1));
  error_ratios_report(&ratios, "merge");
}

/* after = start - gamma mean as computed; mean is in absolute. */
static double add_stepped(double after, double start, double gamma) {
  arb_t move;
  arb_init(move);
  exact_step_error(bound, start, gamma, absolute, EXACT_BITS);
  arb_set_d(move, gamma);
  arb_mul(move, move, absolute, EXACT_BITS);
  arb_set_d(value, start);
  arb_sub(value, value, move, EXACT_BITS);
  arb_clear(move);
  return error_ratios_add(&ratios, after, value, bound);
}

static double add_step(double start, double total, size_t n, double gamma) {
  double after = start;
  ist_step(&after, &total, 1, n, gamma);
  arb_set_d(absolute, total);
  arb_div_ui(absolute, absolute, n, EXACT_BITS);
  return add_stepped(after, start, gamma);
}

static size_t any_workers(void) {
  const size_t special[] = {1, 2, 3, IST_DIM_MAX};
  return gsl_rng_uniform_int(rng, 2) == 0 ? special[gsl_rng_uniform_int(rng, 4)]
                                          : 1 + gsl_rng_uniform_int(rng, IST_DIM_MAX);
}

Test(error_bounds, step) {
  for (test_kind kind = 0; kind < TEST_KINDS; kind++)
    for (int trial = 0; trial < 500; trial++) {
      const size_t n = any_workers();
      const double start = test_adversarial(rng, kind, 0x1p160);
      const double gamma =
          trial % 2 == 0 ? test_adversarial_step(rng) : test_adversarial(rng, kind, 0x1p100);
      add_step(start, test_adversarial(rng, kind, 0x1p592), n, gamma);
      add_step(start, (double)n * start, n, 1); /* x - x */
    }
  /* 1 + u is a tie that rounds to 1: u of u (1 + 3 u). */
  cr_assert_leq(add_step(1, -0x1p-53, 1, 1), 1.002);
  /* gamma S / n with x = 0: the product loses u, of 3 u. */
  cr_assert_leq(add_step(0, 1 + 0x1p-27, 1, 1 + 0x1p-26), 3.01);
  error_ratios_report(&ratios, "step");
}

static double add_average(double total, size_t n) {
  double mean = 42;
  ist_average(&mean, &total, 1, n);
  arb_set_d(value, total);
  arb_div_ui(value, value, n, EXACT_BITS);
  exact_rounding(bound, value, EXACT_BITS);
  return error_ratios_add(&ratios, mean, value, bound);
}

Test(error_bounds, average) {
  for (test_kind kind = 0; kind < TEST_KINDS; kind++)
    for (int trial = 0; trial < 500; trial++)
      add_average(test_adversarial(rng, kind, 0x1p592), any_workers());
  /* (n + 2^-13) / n = 1 + 2^-33 (1 + 2^-20 + ...): half a unit above a double, nearly. */
  const size_t n = IST_DIM_MAX - 1;
  cr_assert_leq(add_average((double)n + 0x1p-13, n), 1.001);
  error_ratios_report(&ratios, "average");
}

/* One local step from z: the gradient is a block gradient, tested above. */
static double add_local_step(size_t q, size_t d, double gamma) {
  double least = INFINITY;
  memcpy(y, w, q * sizeof *y);
  ist_local_step(y, worker(q, d), gamma, g);
  for (size_t a = 0; a < q; a++) {
    arb_set_d(absolute, g[a]);
    least = fmin(least, add_stepped(y[a], w[a], gamma));
  }
  return least;
}

static void add_random_local_steps(test_kind kind, size_t q, size_t d) {
  fill_linear_and_scales(kind, d);
  add_local_step(q, d, test_adversarial_step(rng));
  add_local_step(q, d, test_adversarial(rng, kind, 0x1p100));
}

Test(error_bounds, local_step) {
  add_random_blocks(add_random_local_steps);
  /* g = 1 + 2^-27 and z = 0: the product loses u, of 3 u. */
  draw_block(1, 1);
  A[0] = 0;
  b[0] = -(1 + 0x1p-27);
  s[0] = 1;
  w[0] = 0;
  cr_assert_leq(add_local_step(1, 1, 1 + 0x1p-26), 3.01);
  error_ratios_report(&ratios, "local step");
}

static double add_block_product(size_t q, size_t d) {
  double least = INFINITY;
  ist_block_product(A, S, w, q, d, g);
  for (size_t a = 0; a < q; a++) {
    exact_block_dot(value, absolute, A + S[a] * d, S, w, q, EXACT_BITS);
    exact_sum_error(bound, (double)q, absolute, EXACT_BITS);
    least = fmin(least, error_ratios_add(&ratios, g[a], value, bound));
  }
  return least;
}

static void add_random_product(test_kind kind, size_t q, size_t d) {
  (void)kind;
  add_block_product(q, d);
}

Test(error_bounds, block_product) {
  add_random_blocks(add_random_product);
  /* (q - 1) u of (q + 1) u. */
  draw_block(LARGEST, LARGEST);
  fill_lost_rows(LARGEST);
  fill_lost(w, LARGEST);
  cr_assert_leq(add_block_product(LARGEST, LARGEST), 1.002 * (LARGEST + 1) / (LARGEST - 1));
  error_ratios_report(&ratios, "block product");
}
