/* The running error bound: the trajectory over the reals stays within it of the computed one, for
   every sketch, over one round and over many; it forgets where the method does, and is attained. */
#include "../support/error_ratios.h"
#include "../support/exact_round.h"
#include "../support/random_round.h"
#include "kernel/range.h"
#include "kernel/round.h"
#include "kernel/running_bound.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { N = TEST_ROUND_LARGEST };

static gsl_rng *rng;
static error_ratios ratios;
static arb_t bound;
static arb_ptr X, scale; /* the real iterate and the scales */
static double x[N], e[N];

static void setup(void) {
  rng = test_generator(22);
  arb_init(bound);
  X = _arb_vec_init(N);
  scale = _arb_vec_init(N * N);
}

static void teardown(void) {
  gsl_rng_free(rng);
  arb_clear(bound);
  _arb_vec_clear(X, N);
  _arb_vec_clear(scale, N * N);
  flint_cleanup();
}

TestSuite(running_bound, .init = setup, .fini = teardown, .timeout = 900);

/* A round of x, and its bound e. */
static void take_round(const ist_team *r, double gamma) {
  static double before[N], w[N * N], g[N * N], sum[N];
  static double own[N], whole[N], radius[N * N], coefficient[N * N], merged_radius[N];
  static double merged_coefficient[N], next[N];
  static size_t count[N];
  memcpy(before, x, sizeof before);
  const ist_round_work work = {w, g, sum};
  ist_round(x, *r, gamma, work);
  ist_count_members(count, r->d, r->block, r->n * r->q);
  ist_round_error(next, e, before, *r, gamma, work, count,
                  (ist_radii){own, whole, radius, coefficient},
                  (ist_merged_radii){merged_radius, merged_coefficient});
  memcpy(e, next, r->d * sizeof *e);
}

/* Asserts |x_j - X_j| <= e_j for every j. */
static void check_within(const ist_team *r) {
  for (size_t j = 0; j < r->d; j++) {
    cr_assert(isfinite(e[j]) && e[j] >= 0, "e = %a", e[j]);
    arb_set_d(bound, e[j]);
    error_ratios_add(&ratios, x[j], X + j, bound);
  }
}

/* Whether another round may follow. */
static bool in_range(const ist_team *r) {
  return ist_bounded(x, r->d, IST_ENTRY_MAX) && ist_bounded(e, r->d, IST_ENTRY_MAX);
}

/* Starts the computed and the real trajectory at x_0. */
static void start(const test_random_round *r, slong prec) {
  memcpy(x, r->x, sizeof x);
  memset(e, 0, sizeof e);
  for (size_t j = 0; j < r->round.d; j++)
    arb_set_d(X + j, r->x[j]);
  test_round_exact_scales(scale, r, prec);
}

/* Both trajectories over some rounds, with new blocks for each, while they stay in the range.
   Checked after rounds 1, 2, 3 and then after every tenth and the last. */
static void run(test_random_round *r, double gamma, size_t rounds, slong prec) {
  start(r, prec);
  for (size_t k = 1; k <= rounds && in_range(&r->round); k++) {
    if (k > 1)
      test_round_draw(r, rng);
    take_round(&r->round, gamma);
    exact_round_real(X, scale, &r->round, gamma, prec);
    if (k <= 3 || k % 10 == 0 || k == rounds)
      check_within(&r->round);
  }
}

/* --- random and adversarial rounds --- */

static void visit_one(test_random_round *r, double gamma) { run(r, gamma, 1, EXACT_BITS); }
static void visit_few(test_random_round *r, double gamma) { run(r, gamma, 12, EXACT_BITS); }

static void report(const char *rounds, test_sketch k, const char *kind) {
  char name[80];
  snprintf(name, sizeof name, "running, %s, %s%s", rounds, TEST_SKETCH_NAMES[k], kind);
  error_ratios_report(&ratios, name);
}

static void report_visits(const char *rounds, test_sketch k, test_round_visit *visit) {
  test_round_visit_all(rng, k, TEST_NORMAL, visit);
  report(rounds, k, "");
  for (test_kind kind = TEST_NORMAL + 1; kind < TEST_KINDS; kind++)
    test_round_visit_all(rng, k, kind, visit);
  report(rounds, k, ", adversarial");
}

static void report_sketch(test_sketch k) {
  report_visits("1 round", k, visit_one);
  report_visits("12 rounds", k, visit_few);
}

Test(running_bound, identity) { report_sketch(TEST_IDENTITY); }
Test(running_bound, perm) { report_sketch(TEST_PERM); }
Test(running_bound, scaled_perm) { report_sketch(TEST_SCALED_PERM); }
Test(running_bound, rand) { report_sketch(TEST_RAND); }

/* Opposite coordinates, j and j + h, with equal rows and columns: the products of a gradient
   cancel, up to a rounding. */
static void cancel(test_random_round *r) {
  const size_t d = r->round.d, h = d / 2;
  for (size_t i = 0; i < (r->round.L_stride == 0 ? 1 : r->round.n); i++) {
    double *A = r->L + i * d * d;
    for (size_t j = 0; j < 2 * h; j++)
      for (size_t k = 0; k < 2 * h; k++)
        A[j * d + k] = A[j % h * d + k % h];
  }
  test_round_scales(r);
  for (size_t j = 0; j < h; j++)
    r->x[j + h] = j % 2 == 0 ? -r->x[j] : -nextafter(r->x[j], 0);
}

static void visit_cancelled(test_random_round *r, double gamma) {
  cancel(r);
  run(r, gamma, 3, EXACT_BITS);
}

Test(running_bound, cancellation) {
  for (test_sketch k = 0; k < TEST_SKETCHES; k++) {
    test_round_visit_all(rng, k, TEST_NORMAL, visit_cancelled);
    test_round_visit_all(rng, k, TEST_WIDE, visit_cancelled);
    report("cancelling", k, "");
  }
}

/* --- runs that descend --- */

/* Blocks of q of 6 coordinates on 3 workers, or a worker for each coordinate. */
static size_t shape(test_random_round *r, test_sketch k, size_t n, bool shared) {
  const size_t d = 6, q = k == TEST_IDENTITY ? d : d / n;
  test_round_shape(r, k, d, n, q, shared);
  test_round_fill_definite(r, rng);
  return q;
}

/* gamma times the largest row of the matrices, scaled, is at most this. */
static double step_for(const test_random_round *r, double size) {
  const size_t d = r->round.d;
  double largest = 0;
  for (size_t i = 0; i < (r->round.L_stride == 0 ? 1 : r->round.n); i++)
    for (size_t j = 0; j < d; j++) {
      double row = 0;
      for (size_t k = 0; k < d; k++)
        row += fabs(r->s[i * d + j] * r->L[(i * d + j) * d + k] * r->s[i * d + k]);
      largest = fmax(largest, row);
    }
  return size / largest;
}

static void run_200(test_sketch k, size_t n, bool shared) {
  static const double sizes[] = {1, 0.5, 0.1, 1e-3, 1e-9};
  static test_random_round r;
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    shape(&r, k, n, shared);
    run(&r, step_for(&r, sizes[i]), 200, 2048);
    cr_assert(in_range(&r.round), "%s: no end of the range in 200 rounds", TEST_SKETCH_NAMES[k]);
  }
}

Test(running_bound, two_hundred_rounds) {
  for (test_sketch k = 0; k < TEST_SKETCHES; k++) {
    for (int shared = 0; shared <= 1; shared++) {
      run_200(k, 3, shared);
      run_200(k, 6, shared);
    }
    report("200 rounds", k, "");
  }
}

Test(running_bound, two_hundred_rounds_of_every_sketch) {
  for (test_sketch k = 0; k < TEST_SKETCHES; k++)
    for (int shared = 0; shared <= 1; shared++)
      run_200(k, 3, shared);
  error_ratios_headline(&ratios, "running");
}

/* The largest e_j after 100 and after 10^4 rounds of scaled Perm-1. */
static void run_long(double gamma, bool shared, double *after_100, double *after_10000) {
  static test_random_round r;
  shape(&r, TEST_SCALED_PERM, 6, shared);
  start(&r, 53);
  for (size_t k = 1; k <= 10000; k++) {
    test_round_draw(&r, rng);
    take_round(&r.round, gamma);
    double *largest = k <= 100 ? after_100 : after_10000;
    *largest = 0;
    for (size_t j = 0; j < r.round.d; j++)
      *largest = fmax(*largest, e[j]);
  }
}

Test(running_bound, does_not_grow_for_scaled_perm_1) {
  static const double steps[] = {1.5, 1, 0.9, 0.5, 0.1, 0.01};
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
    for (int shared = 0; shared <= 1; shared++) {
      double early, late;
      run_long(steps[i], shared, &early, &late);
      fprintf(stderr, "running bound, gamma %g: %g after 100 rounds, %g after 10^4\n", steps[i],
              early, late);
      cr_assert_leq(late, 10 * early);
      cr_assert_leq(late, 1e-12);
    }
}

/* --- a bound to start from --- */

/* A round from the corner of x +- e whose signs are the bits of corner. */
static void corner_round(const test_random_round *r, const double *radius, size_t corner,
                         double gamma, slong prec) {
  start(r, prec);
  for (size_t j = 0; j < r->round.d; j++) {
    arb_set_d(bound, corner >> j & 1 ? radius[j] : -radius[j]);
    arb_add(X + j, X + j, bound, prec);
    e[j] = radius[j];
  }
  take_round(&r->round, gamma);
  exact_round_real(X, scale, &r->round, gamma, prec);
  check_within(&r->round);
}

/* Some corners of x +- e, with e of the same kind. */
static void visit_corners(test_kind kind, test_random_round *r, double gamma) {
  double radius[N];
  for (size_t j = 0; j < r->round.d; j++)
    radius[j] = fabs(test_adversarial(rng, kind, IST_ENTRY_MAX));
  for (int trial = 0; trial < 4; trial++)
    corner_round(r, radius, gsl_rng_uniform_int(rng, 1UL << r->round.d), gamma, EXACT_BITS);
}

static void visit_corners_normal(test_random_round *r, double gamma) {
  visit_corners(TEST_NORMAL, r, gamma);
}
static void visit_corners_wide(test_random_round *r, double gamma) {
  visit_corners(TEST_WIDE, r, gamma);
}
static void visit_corners_tiny(test_random_round *r, double gamma) {
  visit_corners(TEST_TINY, r, gamma);
}
static void visit_corners_limit(test_random_round *r, double gamma) {
  visit_corners(TEST_LIMIT, r, gamma);
}

Test(running_bound, covers_the_corners_of_its_start) {
  for (test_sketch k = 0; k < TEST_SKETCHES; k++) {
    test_round_visit_all(rng, k, TEST_NORMAL, visit_corners_normal);
    test_round_visit_all(rng, k, TEST_SPARSE, visit_corners_wide);
    test_round_visit_all(rng, k, TEST_WIDE, visit_corners_wide);
    test_round_visit_all(rng, k, TEST_WIDE, visit_corners_tiny);
    test_round_visit_all(rng, k, TEST_LIMIT, visit_corners_limit);
    report("corners", k, "");
  }
}

/* How close the error of coordinate j comes to its bound at some corner: the part attained. */
static double attained(const test_random_round *r, const double *radius, size_t j, double gamma) {
  double most = 0;
  arb_t error;
  arb_init(error);
  for (size_t corner = 0; corner < (size_t)1 << r->round.d; corner++) {
    corner_round(r, radius, corner, gamma, 1024);
    arb_set_d(error, x[j]);
    arb_sub(error, error, X + j, 1024);
    most = fmax(most, fabs(arf_get_d(arb_midref(error), ARF_RND_NEAR)) / e[j]);
  }
  arb_clear(error);
  return most;
}

static void check_attained(test_sketch k, size_t n, double gamma, double part) {
  static test_random_round r;
  double radius[N];
  shape(&r, k, n, false);
  for (size_t j = 0; j < r.round.d; j++)
    radius[j] = ldexp(1 + gsl_rng_uniform(rng), -20);
  for (size_t j = 0; j < r.round.d; j++)
    cr_assert_geq(attained(&r, radius, j, gamma), part, "%s", TEST_SKETCH_NAMES[k]);
}

Test(running_bound, is_attained_where_a_coordinate_has_one_worker) {
  /* With e far above the roundings some corner attains it: the error of a coordinate's own
     coefficient, and the errors of the others with the signs of their coefficients. */
  static const double steps[] = {1, 0.5, 0.01, 1e-3};
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    check_attained(TEST_IDENTITY, 1, steps[i], 0.9999);
    check_attained(TEST_PERM, 3, steps[i], 0.9999);
    check_attained(TEST_SCALED_PERM, 3, steps[i], 0.9999);
    check_attained(TEST_SCALED_PERM, 2, steps[i], 0.9999);
  }
  report("attained", TEST_PERM, "");
}
