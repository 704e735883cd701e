#include "../support/reference.h"
#include "kernel/homogeneous.h"
#include "kernel/local.h"
#include "kernel/permutation.h"
#include "kernel/range.h"
#include "kernel/round.h"
#include "kernel/sketch.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { LARGEST = 6 };

static gsl_rng *rng;
static double L[LARGEST * LARGEST * LARGEST], b[LARGEST * LARGEST], s[LARGEST * LARGEST];
static double x[LARGEST], w[LARGEST * LARGEST], g[LARGEST * LARGEST], sum[LARGEST];
static size_t draw[LARGEST], p[LARGEST], owner[LARGEST], block[LARGEST * LARGEST], fill[LARGEST];

static void setup(void) { rng = test_generator(10); }
static void teardown(void) { gsl_rng_free(rng); }
TestSuite(kernel_round, .init = setup, .fini = teardown);

typedef enum { IDENTITY, PERM, SCALED_PERM, RAND } kind;

/* A random problem with n workers, their matrices, vectors and scales shared or not, and the scales
 * of a sketch; the blocks remain to be drawn. */
static ist_team random_round(kind k, size_t d, size_t n, size_t q, bool shared) {
  ist_team r = {.L = L,
                .b = b,
                .s = s,
                .L_stride = shared ? 0 : d * d,
                .b_stride = shared ? 0 : d,
                .s_stride = shared ? 0 : d,
                .block = block,
                .d = d,
                .n = n,
                .q = q};
  for (size_t i = 0; i < (shared ? 1 : n); i++) {
    test_fill_positive_definite(rng, L + i * d * d, d);
    test_fill_normal(rng, b + i * d, d, 1);
    if (k == IDENTITY)
      ist_scale_identity(s + i * d, d);
    else if (k == PERM)
      ist_scale_perm(s + i * d, d, n);
    else if (k == RAND)
      ist_scale_rand(s + i * d, d, q);
    else
      ist_scale_diagonal(s + i * d, d, n, L + i * d * d);
  }
  test_fill_normal(rng, x, d, 1);
  return r;
}

/* The blocks of one permutation. */
static void permutation_blocks(const ist_team *r, const size_t *draws) {
  ist_shuffle(p, r->d, draws);
  ist_owner(p, r->d, r->q, owner);
  ist_blocks(owner, r->d, r->n, r->q, block, fill);
}

/* One block of q of the d coordinates for each worker, independently. */
static void independent_blocks(const ist_team *r) {
  for (size_t i = 0; i < r->n; i++) {
    for (size_t k = 0; k < r->d; k++)
      draw[k] = gsl_rng_uniform_int(rng, k + 1);
    ist_shuffle(p, r->d, draw);
    ist_owner(p, r->d, r->q, owner);
    ist_blocks(owner, r->d, 1, r->q, block + i * r->q, fill);
  }
}

static void run(const ist_team *r, double *iterate, double gamma) {
  ist_round(iterate, *r, gamma, (ist_round_work){w, g, sum});
}

static bool run_local(const ist_team *r, double *iterate, double gamma, size_t T) {
  return ist_local_round(iterate, *r, gamma, T, (ist_round_work){w, g, sum});
}

static long double scale_of(const long double *v, size_t d) {
  long double largest = 1;
  for (size_t j = 0; j < d; j++)
    largest = fmaxl(largest, fabsl(v[j]));
  return largest;
}

/* Both rounds on the blocks drawn, against dense arithmetic. */
static void compare(const ist_team *r) {
  const double gamma = 0.01;
  long double exact[LARGEST];
  double iterate[LARGEST];
  memcpy(iterate, x, sizeof x);
  test_reference_round(r, x, gamma, exact);
  run(r, iterate, gamma);
  cr_assert(test_distance(iterate, exact, r->d) <= 1e-13L * scale_of(exact, r->d),
            "d = %zu, n = %zu, q = %zu", r->d, r->n, r->q);
  for (size_t T = 1; T <= 4; T++) {
    memcpy(iterate, x, sizeof x);
    test_reference_local_round(r, x, gamma, T, exact);
    cr_assert(run_local(r, iterate, gamma, T));
    cr_assert(test_distance(iterate, exact, r->d) <= 1e-12L * scale_of(exact, r->d),
              "d = %zu, n = %zu, q = %zu, T = %zu", r->d, r->n, r->q, T);
  }
}

static void compare_on_every_permutation(kind k, size_t d, size_t n, bool shared) {
  ist_team r = random_round(k, d, n, d / n, shared);
  memset(draw, 0, sizeof draw);
  do {
    permutation_blocks(&r, draw);
    compare(&r);
  } while (test_next_draws(draw, d));
}

Test(kernel_round, perm_and_scaled_perm_on_every_permutation) {
  for (size_t d = 1; d <= 5; d++)
    for (size_t n = 1; n <= d; n++)
      for (int shared = 0; shared <= 1 && d % n == 0; shared++) {
        compare_on_every_permutation(PERM, d, n, shared);
        compare_on_every_permutation(SCALED_PERM, d, n, shared);
      }
}

Test(kernel_round, rand_with_overlapping_blocks) {
  for (size_t d = 1; d <= LARGEST; d++)
    for (size_t n = 1; n <= LARGEST; n++)
      for (size_t q = 1; q <= d; q++) {
        ist_team r = random_round(RAND, d, n, q, n % 2);
        independent_blocks(&r);
        compare(&r);
      }
}

Test(kernel_round, identity_is_gradient_descent) {
  for (size_t d = 1; d <= LARGEST; d++)
    for (size_t n = 1; n <= LARGEST; n++) {
      ist_team r = random_round(IDENTITY, d, n, d, n % 2);
      independent_blocks(&r);
      compare(&r);
    }
}

Test(kernel_round, mean_over_all_permutations_is_the_first_moment) {
  /* E[B] = n (D + rho (L - D)), rho = (q - 1)/(d - 1), and b = 0: Section 3 with shared L. */
  const size_t d = 6, n = 2, q = 3;
  ist_team r = random_round(PERM, d, n, q, true);
  memset(b, 0, sizeof b);
  long double mean[LARGEST] = {0};
  memset(draw, 0, sizeof draw);
  do {
    permutation_blocks(&r, draw);
    double iterate[LARGEST];
    memcpy(iterate, x, sizeof x);
    run(&r, iterate, 1);
    for (size_t j = 0; j < d; j++)
      mean[j] += ((long double)x[j] - (long double)iterate[j]) / (long double)test_factorial(d);
  } while (test_next_draws(draw, d));
  for (size_t j = 0; j < d; j++) {
    long double expected = 0;
    for (size_t k = 0; k < d; k++) {
      long double weight = k == j ? 1 : (long double)(q - 1) / (long double)(d - 1);
      expected += (long double)n * weight * (long double)L[j * d + k] * (long double)x[k];
    }
    cr_assert(fabsl(mean[j] - expected) <= 1e-12L * (1 + fabsl(expected)));
  }
}

Test(kernel_round, homogeneous_scaled_perm_1_does_not_depend_on_the_permutation) {
  /* eq. (31): with unit diagonal every round is x <- (1 - gamma) x + gamma b / sqrt(n). */
  const size_t d = 5;
  ist_team r = random_round(SCALED_PERM, d, d, 1, true);
  for (size_t j = 0; j < d; j++)
    L[j * d + j] = 1;
  ist_scale_diagonal(s, d, d, L);
  double expected[LARGEST], c[LARGEST];
  memcpy(expected, x, sizeof x);
  ist_fixed_point(b, d, d, c);
  ist_homogeneous_rounds(expected, c, d, 0.3, 1);
  do {
    permutation_blocks(&r, draw);
    double iterate[LARGEST];
    memcpy(iterate, x, sizeof x);
    run(&r, iterate, 0.3);
    for (size_t j = 0; j < d; j++)
      cr_assert(fabs(iterate[j] - expected[j]) <= 16 * TEST_ROUNDOFF * (1 + fabs(expected[j])));
  } while (test_next_draws(draw, d));
}

/* d = n = 1, L = (curvature), b = 0, s = 1. */
static ist_team scalar_round(double curvature, double start) {
  static double zero, one = 1;
  static size_t only;
  L[0] = curvature;
  x[0] = start;
  return (ist_team){.L = L, .b = &zero, .s = &one, .block = &only, .d = 1, .n = 1, .q = 1};
}

Test(kernel_round, local_steps_that_diverge_leave_the_iterate_alone) {
  /* |1 - 1e20| multiplies z at each step: 1e80 leaves |z| <= 2^260 in the fourth. */
  ist_team r = scalar_round(1e20, 1);
  cr_assert(run_local(&r, x, 1, 2));
  cr_assert(fabs(x[0] - 1e40) <= 1e25);
  x[0] = 1;
  cr_assert_not(run_local(&r, x, 1, 4));
  cr_assert_eq(x[0], 1);
  cr_assert_not(run_local(&r, x, 1, 1000));
  cr_assert_eq(x[0], 1);
}

Test(kernel_round, divergence_of_the_last_worker_leaves_the_iterate_alone) {
  const size_t d = 4;
  ist_team r = random_round(PERM, d, d, 1, false);
  memset(draw, 0, sizeof draw);
  permutation_blocks(&r, draw);
  for (size_t j = 0; j < d; j++)
    L[(d - 1) * d * d + j * d + j] = 1e45;
  double before[LARGEST];
  memcpy(before, x, sizeof x);
  cr_assert_not(run_local(&r, x, 1, 2));
  cr_assert_arr_eq(x, before, sizeof x);
}

Test(kernel_round, entries_at_the_limits_stay_finite) {
  ist_team r = scalar_round(IST_ENTRY_MAX, IST_ENTRY_MAX);
  run(&r, x, IST_SCALE_MAX);
  cr_assert(isfinite(x[0]));
  double expected = IST_ENTRY_MAX - IST_SCALE_MAX * (IST_ENTRY_MAX * IST_ENTRY_MAX);
  cr_assert(fabs(x[0] - expected) <= 1e-15 * fabs(expected));
}
