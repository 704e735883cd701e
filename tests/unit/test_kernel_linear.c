#include "../support/reference.h"
#include "kernel/linear.h"
#include "kernel/range.h"

#include <criterion/criterion.h>
#include <math.h>

enum { LARGEST = 60 };

/* |fl(sum) - sum| <= gamma_d sum |a_j x_j| + d 2^-1074, gamma_d = d u / (1 - d u). */
static long double error_bound(const double *a, const double *x, size_t d) {
  long double magnitude = 0;
  for (size_t j = 0; j < d; j++)
    magnitude += fabsl((long double)a[j] * (long double)x[j]);
  long double du = (long double)d * TEST_ROUNDOFF;
  return du / (1 - du) * magnitude + (long double)d * 0x1p-1074L;
}

static void check_dot(const double *a, const double *x, size_t d) {
  long double exact = test_exact_dot(a, x, d), error = ist_dot(a, x, d) - exact;
  cr_assert(fabsl(error) <= error_bound(a, x, d), "d = %zu: error %Lg", d, error);
}

Test(kernel_linear, dot_within_its_error_bound) {
  double a[LARGEST], x[LARGEST];
  gsl_rng *rng = test_generator(3);
  for (size_t d = 1; d <= LARGEST; d++)
    for (int exponent = -300; exponent <= 40; exponent += 20) {
      test_fill_normal(rng, a, d, 1);
      test_fill_normal(rng, x, d, pow(10, exponent));
      check_dot(a, x, d);
    }
  gsl_rng_free(rng);
}

Test(kernel_linear, dot_under_cancellation_and_at_the_limits) {
  double a[] = {IST_ENTRY_MAX, 1, -IST_ENTRY_MAX, 0x1p-1074};
  double x[] = {IST_ENTRY_MAX, 1e-3, IST_ENTRY_MAX, 1};
  check_dot(a, x, 4);
  check_dot(a, a, 4);
  cr_assert_eq(ist_dot(a, x, 1), IST_ENTRY_MAX * IST_ENTRY_MAX);
  double denormal[] = {0x1p-1074, 0x1.8p-1060}, half[] = {0.5, 0.5};
  check_dot(denormal, half, 2);
}

Test(kernel_linear, dot_accumulates_from_the_first_entry) {
  /* Left to right 1e16 absorbs the first 1 and not the last; from the other end, both. */
  double a[] = {1e16, 1, -1e16, 1}, ones[] = {1, 1, 1, 1};
  cr_assert_eq(ist_dot(a, ones, 4), 1);
}

Test(kernel_linear, matvec_is_the_dot_of_every_row) {
  double A[20 * 20], x[20], y[21];
  gsl_rng *rng = test_generator(4);
  for (size_t d = 1; d <= 20; d++) {
    test_fill_normal(rng, A, d * d, 1);
    test_fill_normal(rng, x, d, 1);
    y[d] = 42;
    ist_matvec(A, x, d, y);
    for (size_t i = 0; i < d; i++) {
      cr_assert_eq(y[i], ist_dot(A + i * d, x, d));
      cr_assert(fabsl(y[i] - test_exact_dot(A + i * d, x, d)) <= error_bound(A + i * d, x, d));
    }
    cr_assert_eq(y[d], 42);
  }
  gsl_rng_free(rng);
}

Test(kernel_linear, matvec_reads_every_entry) {
  double A[] = {1, 2, 3, 4}, x[] = {10, 100}, y[2];
  ist_matvec(A, x, 2, y);
  cr_assert(y[0] == 210 && y[1] == 430);
}
