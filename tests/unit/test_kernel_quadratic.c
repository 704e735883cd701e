#include "../support/reference.h"
#include "kernel/quadratic.h"

#include <criterion/criterion.h>
#include <math.h>

enum { LARGEST = 25 };

/* Row j of Lx - b and the sum of the magnitudes of its terms. */
static long double gradient_entry(const double *L, const double *b, const double *x, size_t d,
                                  size_t j, long double *magnitude) {
  *magnitude = fabsl((long double)b[j]);
  for (size_t k = 0; k < d; k++)
    *magnitude += fabsl((long double)L[j * d + k] * (long double)x[k]);
  return test_exact_dot(L + j * d, x, d) - (long double)b[j];
}

Test(kernel_quadratic, gradient_and_value_within_their_error) {
  double L[LARGEST * LARGEST], b[LARGEST], x[LARGEST], g[LARGEST], work[LARGEST];
  gsl_rng *rng = test_generator(5);
  for (size_t d = 1; d <= LARGEST; d++) {
    test_fill_positive_definite(rng, L, d);
    test_fill_normal(rng, b, d, 1);
    test_fill_normal(rng, x, d, 1);
    ist_gradient(L, b, x, d, g);
    long double value = 0, scale = 0;
    for (size_t j = 0; j < d; j++) {
      long double magnitude, exact = gradient_entry(L, b, x, d, j, &magnitude);
      cr_assert(fabsl(g[j] - exact) <= (long double)(d + 1) * TEST_ROUNDOFF * magnitude);
      value += (long double)x[j] * (exact - (long double)b[j]) / 2;
      scale += fabsl((long double)x[j]) * magnitude;
    }
    long double error = ist_value(L, b, x, d, work) - value;
    cr_assert(fabsl(error) <= (long double)(2 * d + 2) * TEST_ROUNDOFF * scale);
  }
  gsl_rng_free(rng);
}

Test(kernel_quadratic, small_integers_are_exact) {
  double L[] = {2, 1, 1, 4}, b[] = {3, -5}, x[] = {7, 2}, g[2], work[2];
  ist_gradient(L, b, x, 2, g);
  cr_assert(g[0] == 13 && g[1] == 20);
  /* (1/2)(7 * 16 + 2 * 15) - (21 - 10) */
  cr_assert_eq(ist_value(L, b, x, 2, work), 60);
}

Test(kernel_quadratic, gradient_vanishes_at_the_minimiser) {
  double L[] = {2, 1, 1, 4}, x[] = {7, 2}, b[] = {16, 15}, g[2], work[2];
  ist_gradient(L, b, x, 2, g);
  cr_assert(g[0] == 0 && g[1] == 0);
  cr_assert_eq(ist_value(L, b, x, 2, work), -71);
}
