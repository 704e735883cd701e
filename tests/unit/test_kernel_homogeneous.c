#include "../support/reference.h"
#include "kernel/homogeneous.h"
#include "kernel/range.h"

#include <criterion/criterion.h>
#include <math.h>
#include <mpfr.h>
#include <string.h>

enum { D = 8 };

static const double STEPS[] = {1, 0.999, 0.5, 0.1, 1e-3, 1e-9, 0x1p-53, 0x1p-1074};
enum { STEP_COUNT = sizeof STEPS / sizeof *STEPS };

/* a^K x0 + (1 - a^K) c with a = 1 - gamma, to 1500 bits: 1 - 2^-1074 is exact. */
static long double exact_iterate(double x0, double c, double gamma, size_t K) {
  mpfr_t power, value;
  mpfr_init2(power, 1500);
  mpfr_init2(value, 1500);
  mpfr_set_d(power, gamma, MPFR_RNDN);
  mpfr_ui_sub(power, 1, power, MPFR_RNDN);
  mpfr_pow_ui(power, power, K, MPFR_RNDN);
  mpfr_set_d(value, x0, MPFR_RNDN);
  mpfr_sub_d(value, value, c, MPFR_RNDN);
  mpfr_mul(value, value, power, MPFR_RNDN);
  mpfr_add_d(value, value, c, MPFR_RNDN);
  long double result = mpfr_get_ld(value, MPFR_RNDN);
  mpfr_clear(power);
  mpfr_clear(value);
  return result;
}

static double largest(const double *v, size_t d) {
  double largest = 0;
  for (size_t j = 0; j < d; j++)
    largest = fmax(largest, fabs(v[j]));
  return largest;
}

Test(kernel_homogeneous, fixed_point_is_b_over_sqrt_n) {
  double b[D], c[D];
  const size_t workers[] = {1, 2, 3, 4, 50, IST_DIM_MAX};
  gsl_rng *rng = test_generator(8);
  test_fill_normal(rng, b, D, 1);
  b[0] = IST_ENTRY_MAX;
  b[1] = 0;
  for (size_t w = 0; w < 6; w++) {
    ist_fixed_point(b, D, workers[w], c);
    for (size_t j = 0; j < D; j++) {
      long double exact = (long double)b[j] / sqrtl((long double)workers[w]);
      cr_assert(fabsl(c[j] - exact) <= 2.01L * TEST_ROUNDOFF * fabsl(exact));
    }
  }
  gsl_rng_free(rng);
}

Test(kernel_homogeneous, rounds_and_closed_form_follow_equation_28) {
  double x0[D], c[D], x[D], closed[D];
  const size_t rounds[] = {0, 1, 2, 3, 10, 1000};
  gsl_rng *rng = test_generator(9);
  for (size_t g = 0; g < STEP_COUNT; g++)
    for (size_t r = 0; r < sizeof rounds / sizeof *rounds; r++) {
      size_t K = rounds[r];
      test_fill_normal(rng, x0, D, 1);
      test_fill_normal(rng, c, D, 1);
      memcpy(x, x0, sizeof x);
      ist_homogeneous_rounds(x, c, D, STEPS[g], K);
      ist_closed_form(x0, c, D, STEPS[g], K, closed);
      long double bound =
          (long double)(4 * K + 4) * TEST_ROUNDOFF * (largest(x0, D) + largest(c, D));
      for (size_t j = 0; j < D; j++) {
        long double exact = exact_iterate(x0[j], c[j], STEPS[g], K);
        cr_assert(fabsl(x[j] - exact) <= bound, "rounds: gamma %g, K %zu", STEPS[g], K);
        cr_assert(fabsl(closed[j] - exact) <= bound, "closed form: gamma %g, K %zu", STEPS[g], K);
      }
    }
  gsl_rng_free(rng);
}

Test(kernel_homogeneous, error_does_not_grow_with_the_rounds) {
  double x[] = {5, -3}, c[] = {1, 2};
  ist_homogeneous_rounds(x, c, 2, 0.25, 100000);
  /* 12 u M / gamma, M = 5 */
  cr_assert(fabs(x[0] - 1) <= 12 * TEST_ROUNDOFF * 5 / 0.25);
  cr_assert(fabs(x[1] - 2) <= 12 * TEST_ROUNDOFF * 5 / 0.25);
}

Test(kernel_homogeneous, no_round_changes_nothing) {
  double x[] = {5, -0.0}, c[] = {1, 2}, out[2], before[2];
  memcpy(before, x, sizeof x);
  ist_homogeneous_rounds(x, c, 2, 0.5, 0);
  cr_assert_arr_eq(x, before, sizeof x);
  ist_closed_form(x, c, 2, 0.5, 0, out);
  cr_assert(out[0] == 5 && out[1] == 0);
}

Test(kernel_homogeneous, a_full_step_lands_on_the_fixed_point) {
  double x[] = {5, IST_ENTRY_MAX}, c[] = {1.7, -IST_ENTRY_MAX}, out[2];
  ist_closed_form(x, c, 2, 1, 1, out);
  ist_homogeneous_rounds(x, c, 2, 1, 1);
  cr_assert_arr_eq(x, c, sizeof x);
  cr_assert_arr_eq(out, c, sizeof x);
}

Test(kernel_homogeneous, limits_of_the_range) {
  double x[] = {IST_ENTRY_MAX, -IST_ENTRY_MAX}, c[] = {-IST_ENTRY_MAX, -IST_ENTRY_MAX}, out[2];
  ist_closed_form(x, c, 2, 0.5, 1, out);
  ist_homogeneous_rounds(x, c, 2, 0.5, 1);
  cr_assert(x[0] == 0 && x[1] == -IST_ENTRY_MAX);
  cr_assert(out[0] == 0 && out[1] == -IST_ENTRY_MAX);
}
