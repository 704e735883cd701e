#include "../support/reference.h"
#include "kernel/merge.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

Test(kernel_merge, merge_adds_what_falls_on_each_coordinate) {
  double sum[] = {NAN, -2, 3, 4, 5, 6}, g[] = {10, 20, 300, 4000};
  size_t block[] = {1, 4, 4, 0};
  ist_merge(sum, 5, g, block, 4);
  double expected[] = {4000, 10, 0, 0, 320, 6};
  cr_assert_arr_eq(sum, expected, sizeof sum);
}

Test(kernel_merge, merge_adds_in_the_order_of_the_blocks) {
  /* From the other end the small terms would both be absorbed. */
  double sum, g[] = {1e16, 1, -1e16, 1};
  size_t block[] = {0, 0, 0, 0};
  ist_merge(&sum, 1, g, block, 4);
  cr_assert_eq(sum, 1);
}

Test(kernel_merge, nothing_to_merge) {
  double sum[] = {1, 2}, g = 7;
  size_t block = 0;
  ist_merge(sum, 2, &g, &block, 0);
  cr_assert(sum[0] == 0 && sum[1] == 0);
}

Test(kernel_merge, step_subtracts_gamma_times_the_mean) {
  double x[] = {1, 2, 3}, sum[] = {6, -6, 0};
  ist_step(x, sum, 3, 3, 0.5);
  cr_assert(x[0] == 0 && x[1] == 3 && x[2] == 3);
}

Test(kernel_merge, average_divides_by_the_workers) {
  double x[] = {7, 7, 7, 7}, sum[] = {6, -6, 0, 1};
  ist_average(x, sum, 3, 4);
  cr_assert(x[0] == 1.5 && x[1] == -1.5 && x[2] == 0 && x[3] == 7);
}

Test(kernel_merge, random_steps_and_averages_within_their_error) {
  enum { D = 50 };
  double x[D], y[D], sum[D], average[D];
  gsl_rng *rng = test_generator(7);
  for (size_t n = 1; n <= 1000; n += 37) {
    test_fill_normal(rng, x, D, 1);
    test_fill_normal(rng, sum, D, 100);
    double gamma = gsl_rng_uniform(rng);
    memcpy(y, x, sizeof x);
    ist_step(y, sum, D, n, gamma);
    ist_average(average, sum, D, n);
    for (size_t j = 0; j < D; j++) {
      long double mean = (long double)sum[j] / (long double)n, move = (long double)gamma * mean;
      cr_assert_eq(average[j], (double)mean);
      long double bound = 3 * TEST_ROUNDOFF * (fabsl((long double)x[j]) + fabsl(move));
      cr_assert(fabsl(y[j] - ((long double)x[j] - move)) <= bound);
    }
  }
  gsl_rng_free(rng);
}
