/* Rounds: the error clauses of the homogeneous dynamics and of its closed form, the composed bound
   of one general round with every sketch, and how close errors come to them. */
#include "../support/adversarial.h"
#include "../support/error_ratios.h"
#include "../support/exact_round.h"
#include "../support/random_round.h"
#include "kernel/homogeneous.h"
#include "kernel/round.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LARGEST = TEST_ROUND_LARGEST, TRIALS = 300 };

static gsl_rng *rng;
static arb_t value, bound;
static error_ratios ratios;

static void setup(void) {
  rng = test_generator(21);
  arb_init(value);
  arb_init(bound);
}

static void teardown(void) {
  gsl_rng_free(rng);
  arb_clear(value);
  arb_clear(bound);
  flint_cleanup();
}

TestSuite(error_rounds, .init = setup, .fini = teardown);

/* --- fixed point, homogeneous rounds and closed form --- */

static double add_fixed_point(double b, size_t n) {
  double c;
  ist_fixed_point(&b, 1, n, &c);
  exact_quotient(value, bound, b, n, EXACT_BITS);
  return error_ratios_add(&ratios, c, value, bound);
}

Test(error_rounds, fixed_point) {
  const size_t workers[] = {1, 2, 3, 4, 5, 50, 1000, IST_DIM_MAX - 1, IST_DIM_MAX};
  double least = INFINITY;
  for (size_t k = 0; k < 9; k++)
    for (test_kind kind = 0; kind < TEST_KINDS; kind++)
      for (int trial = 0; trial < 100; trial++)
        least = fmin(least, add_fixed_point(test_adversarial(rng, kind, 0x1p160), workers[k]));
  /* Two roundings of at most u each, and 2.01 u stated. */
  cr_assert(least >= 1 && least <= 1.5, "least ratio %g", least);
  error_ratios_report(&ratios, "fixed point");
}

/* |x - c| <= power(1 - gamma, K) |x0 - c| + drift, the clause `convergence`. */
static void check_convergence(double x, double x0, double c, double gamma, size_t K) {
  arb_t start, target, power, distance, limit;
  arb_init(start);
  arb_init(target);
  arb_init(power);
  arb_init(distance);
  arb_init(limit);
  arb_set_d(start, x0);
  arb_set_d(target, c);
  exact_homogeneous(power, value, gamma, start, target, K, EXACT_BITS);
  arb_sub(start, start, target, EXACT_BITS);
  arb_abs(start, start);
  exact_drift(limit, gamma, K, x0, c, EXACT_BITS);
  arb_addmul(limit, power, start, EXACT_BITS);
  arb_set_d(distance, x);
  arb_sub(distance, distance, target, EXACT_BITS);
  arb_abs(distance, distance);
  cr_assert(arb_le(distance, limit), "x0 %a, c %a, gamma %a, K %zu", x0, c, gamma, K);
  arb_clear(start);
  arb_clear(target);
  arb_clear(power);
  arb_clear(distance);
  arb_clear(limit);
}

static void set_exact_iterate(double x0, double c, double gamma, size_t K) {
  arb_t start, target, power;
  arb_init(start);
  arb_init(target);
  arb_init(power);
  arb_set_d(start, x0);
  arb_set_d(target, c);
  exact_homogeneous(power, value, gamma, start, target, K, EXACT_BITS);
  arb_clear(start);
  arb_clear(target);
  arb_clear(power);
}

static double add_rounds(double x0, double c, double gamma, size_t K) {
  double x = x0;
  ist_homogeneous_rounds(&x, &c, 1, gamma, K);
  check_convergence(x, x0, c, gamma, K);
  set_exact_iterate(x0, c, gamma, K);
  exact_drift(bound, gamma, K, x0, c, EXACT_BITS);
  return error_ratios_add(&ratios, x, value, bound);
}

static double add_closed_form(double x0, double c, double gamma, size_t K) {
  double x;
  ist_closed_form(&x0, &c, 1, gamma, K, &x);
  set_exact_iterate(x0, c, gamma, K);
  exact_blend_drift(bound, gamma, K, x0, c, EXACT_BITS);
  return error_ratios_add(&ratios, x, value, bound);
}

/* Adds the result of a run to the ratios. */
typedef double (*run_entry)(double x0, double c, double gamma, size_t K);

/* A step size in [low, high]. */
static double step_between(double low, double high) {
  for (;;) {
    const double gamma = test_adversarial_step(rng);
    if (low <= gamma && gamma <= high)
      return gamma;
  }
}

/* Starts and targets of one kind: any, neighbours, opposite; K up to 1000. */
static void runs_of_kind(test_kind kind, run_entry add, double low, double high) {
  for (int trial = 0; trial < TRIALS; trial++) {
    const double x0 = test_adversarial(rng, kind, 0x1p161), gamma = step_between(low, high);
    const size_t K = (size_t)exp2(10 * gsl_rng_uniform(rng)) - (trial % 10 == 0);
    add(x0, test_adversarial(rng, kind, 0x1p161), gamma, K);
    add(x0, nextafter(x0, 0), gamma, K);
    add(x0, -x0, gamma, K);
  }
}

static void every_run(run_entry add, double low, double high) {
  for (test_kind kind = 0; kind < TEST_KINDS; kind++)
    runs_of_kind(kind, add, low, high);
}

Test(error_rounds, homogeneous_rounds) {
  runs_of_kind(TEST_NORMAL, add_rounds, 0x1p-53, 1);
  error_ratios_headline(&ratios, "headline");
  every_run(add_rounds, 0x1p-53, 1);
  error_ratios_report(&ratios, "headline, adversarial");
  every_run(add_rounds, 0, 0x1p-53);
  error_ratios_report(&ratios, "headline, gamma < u");
  cr_assert(isinf(add_rounds(3, 5, 0.3, 0)), "no round is exact");
}

Test(error_rounds, homogeneous_rounds_that_stall) {
  /* gamma (x - c) is less than half a unit of x in [1, 2): no round moves x, while the exact
     iterate goes on to c = 1. Rounds stall (2^k - 4) u from c, of 4 u / gamma = 4 2^k u: the bound
     is as tight for every gamma. */
  for (int k = 3; k <= 16; k++) {
    const double gamma = ldexp(1, -k), x0 = 1 + ldexp(1, k - 53) - 0x1p-52;
    cr_assert_leq(add_rounds(x0, 1, gamma, (size_t)16 << k), 4.001 / (1 - ldexp(4, -k)));
  }
  error_ratios_report(&ratios, "headline, stalled");
}

Test(error_rounds, closed_form) {
  runs_of_kind(TEST_NORMAL, add_closed_form, 0x1p-53, 1);
  error_ratios_report(&ratios, "closed form");
  every_run(add_closed_form, 0x1p-53, 1);
  error_ratios_report(&ratios, "closed form, adversarial");
  every_run(add_closed_form, 0, 0x1p-53);
  error_ratios_report(&ratios, "closed form, gamma < u");
}

Test(error_rounds, closed_form_of_a_step_that_rounds) {
  /* 1 - gamma rounds by u / 2, nearly, for gamma = 2^-k + u / 2: in 2^k rounds the power differs by
     u 2^k / (2 e), and x0 = -c doubles it: u / e of 6 u for each round. The other roundings go
     either way: their sum is of the order of 2^(k / 2) u, for which there is twice that. */
  for (int k = 4; k <= 16; k++) {
    const double gamma = nextafter(ldexp(1, -k) + 0x1p-54, 0);
    cr_assert_leq(add_closed_form(1, -1, gamma, (size_t)1 << k),
                  6 * exp(1) * (1 + exp2(1 - 0.5 * k)));
  }
  error_ratios_report(&ratios, "closed form, step rounds");
}

/* --- one general round --- */

static double w[LARGEST * LARGEST], g[LARGEST * LARGEST], sum[LARGEST];

static double add_round(const test_random_round *random, double gamma) {
  const ist_team *r = &random->round;
  double after[LARGEST], least = INFINITY;
  memcpy(after, random->x, sizeof after);
  ist_round(after, *r, gamma, (ist_round_work){w, g, sum});
  for (size_t j = 0; j < r->d; j++) {
    exact_round_entry(value, bound, r, random->x, gamma, j, EXACT_BITS);
    least = fmin(least, error_ratios_add(&ratios, after[j], value, bound));
  }
  return least;
}

static void visit(test_random_round *r, double gamma) { add_round(r, gamma); }

static void report_sketch(test_sketch k) {
  char name[64];
  snprintf(name, sizeof name, "round, %s", TEST_SKETCH_NAMES[k]);
  test_round_visit_all(rng, k, TEST_NORMAL, visit);
  error_ratios_report(&ratios, name);
  for (test_kind kind = TEST_NORMAL + 1; kind < TEST_KINDS; kind++)
    test_round_visit_all(rng, k, kind, visit);
  snprintf(name, sizeof name, "round, %s, adversarial", TEST_SKETCH_NAMES[k]);
  error_ratios_report(&ratios, name);
}

Test(error_rounds, round_with_the_identity) { report_sketch(TEST_IDENTITY); }
Test(error_rounds, round_with_perm) { report_sketch(TEST_PERM); }
Test(error_rounds, round_with_scaled_perm) { report_sketch(TEST_SCALED_PERM); }
Test(error_rounds, round_with_rand) { report_sketch(TEST_RAND); }

Test(error_rounds, round_with_every_sketch) {
  for (test_sketch k = 0; k < TEST_SKETCHES; k++)
    test_round_visit_all(rng, k, TEST_NORMAL, visit);
  error_ratios_headline(&ratios, "round");
}

Test(error_rounds, round_that_attains_its_bound) {
  /* The identity, one worker, L = 1 in every entry, x = (1, u, ..., u), b = -u, gamma = 1: each
     term of the gradient but the first is lost, d u in all. The bound allows u for the submodel,
     (d + 3) u for the gradient, 2 u for the merge and 3 u for the step. */
  const size_t d = LARGEST;
  static test_random_round r;
  test_round_shape(&r, TEST_IDENTITY, d, 1, d, true);
  test_round_scales(&r);
  for (size_t j = 0; j < d; j++) {
    r.block[j] = j;
    r.x[j] = j == 0 ? 1 : 0x1p-53;
    r.b[j] = -0x1p-53;
    for (size_t k = 0; k < d; k++)
      r.L[j * d + k] = 1;
  }
  cr_assert_leq(add_round(&r, 1), 1.01 * (double)(d + 9) / (double)d);
}
