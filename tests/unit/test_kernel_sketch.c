#include "../support/reference.h"
#include "kernel/range.h"
#include "kernel/sketch.h"

#include <criterion/criterion.h>
#include <math.h>

Test(kernel_sketch, identity_perm_and_rand_scales) {
  double s[4] = {0, 0, 0, -7};
  ist_scale_identity(s, 3);
  cr_assert(s[0] == 1 && s[1] == 1 && s[2] == 1 && s[3] == -7);
  ist_scale_perm(s, 3, 5);
  cr_assert(s[0] == 5 && s[1] == 5 && s[2] == 5 && s[3] == -7);
  ist_scale_rand(s, 3, 2);
  cr_assert(s[0] == 1.5 && s[1] == 1.5 && s[2] == 1.5 && s[3] == -7);
}

Test(kernel_sketch, largest_number_of_workers) {
  double s = 0;
  ist_scale_perm(&s, 1, IST_DIM_MAX);
  cr_assert_eq(s, 1048576.0);
}

Test(kernel_sketch, rand_scale_is_correctly_rounded) {
  double s[50];
  for (size_t d = 1; d <= 50; d++)
    for (size_t q = 1; q <= d; q++) {
      ist_scale_rand(s, d, q);
      for (size_t j = 0; j < d; j++)
        cr_assert_eq(s[j], (double)((long double)d / (long double)q));
    }
}

Test(kernel_sketch, diagonal_scale_is_sqrt_n_over_diagonal) {
  enum { D = 12 };
  double L[D * D], s[D];
  const size_t workers[] = {1, 2, 3, 1000, IST_DIM_MAX};
  const double extremes[] = {IST_DIAGONAL_MIN, IST_ENTRY_MAX, 1, 2, 0.1};
  gsl_rng *rng = test_generator(2);
  for (size_t w = 0; w < 5; w++)
    for (int trial = 0; trial < 20; trial++) {
      test_fill_normal(rng, L, (size_t)D * D, 1);
      for (size_t j = 0; j < D; j++)
        L[j * D + j] = j < 5 ? extremes[j] : exp(gsl_rng_uniform(rng) * 200 - 100);
      ist_scale_diagonal(s, D, workers[w], L);
      for (size_t j = 0; j < D; j++) {
        long double exact = sqrtl((long double)workers[w] / (long double)L[j * D + j]);
        cr_assert(fabsl(s[j] - exact) <= 3 * TEST_ROUNDOFF * exact, "n = %zu, L_jj = %a",
                  workers[w], L[j * D + j]);
      }
    }
  gsl_rng_free(rng);
}
