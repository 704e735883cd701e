#include "../support/reference.h"
#include "kernel/block_product.h"
#include "kernel/submodel.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { D = 9 };

static double L[D * D], b[D], x[D], s[D];

static void setup(void) {
  gsl_rng *rng = test_generator(6);
  test_fill_positive_definite(rng, L, D);
  test_fill_normal(rng, b, D, 1);
  test_fill_normal(rng, x, D, 1);
  test_fill_normal(rng, s, D, 1);
  gsl_rng_free(rng);
}

TestSuite(kernel_submodel, .init = setup);

/* The coordinates of the subset with bit mask subset, in increasing order; returns their number. */
static size_t members(unsigned subset, size_t *S) {
  size_t q = 0;
  for (size_t j = 0; j < D; j++)
    if (subset >> j & 1)
      S[q++] = j;
  return q;
}

static ist_worker_view worker(const size_t *S, size_t q) {
  return (ist_worker_view){.L = L, .b = b, .s = s, .S = S, .d = D, .q = q};
}

Test(kernel_submodel, every_block_of_the_submodel) {
  for (unsigned subset = 1; subset < 1U << D; subset++) {
    size_t S[D], q = members(subset, S);
    double w[D + 1];
    w[q] = 42;
    ist_submodel(x, worker(S, q), w);
    for (size_t a = 0; a < q; a++)
      cr_assert_eq(w[a], s[S[a]] * x[S[a]]);
    cr_assert_eq(w[q], 42);
  }
}

/* Every sum in order, though half of the block is never read. */
Test(kernel_submodel, every_block_of_the_product) {
  for (unsigned subset = 0; subset < 1U << D; subset++) {
    size_t S[D], q = members(subset, S);
    double half[D * D], y[D + 1];
    for (size_t j = 0; j < D * D; j++)
      half[j] = j % D < j / D ? NAN : L[j];
    y[q] = 42;
    ist_block_product(half, S, x, q, D, y);
    for (size_t a = 0; a < q; a++) {
      double sum = 0.0;
      for (size_t k = 0; k < q; k++)
        sum += L[S[a] * D + S[k]] * x[k];
      cr_assert_eq(y[a], sum);
    }
    cr_assert_eq(y[q], 42);
  }
}

Test(kernel_submodel, every_block_of_the_gradient) {
  for (unsigned subset = 1; subset < 1U << D; subset++) {
    size_t S[D], q = members(subset, S);
    double w[D], g[D + 1];
    ist_submodel(x, worker(S, q), w);
    g[q] = 42;
    ist_block_gradient(worker(S, q), w, g);
    for (size_t a = 0; a < q; a++) {
      size_t j = S[a];
      long double exact = -(long double)b[j], magnitude = fabsl((long double)b[j]);
      for (size_t k = 0; k < q; k++) {
        exact += (long double)L[j * D + S[k]] * (long double)w[k];
        magnitude += fabsl((long double)L[j * D + S[k]] * (long double)w[k]);
      }
      long double error = g[a] - (long double)s[j] * exact;
      cr_assert(fabsl(error) <= (D + 3) * TEST_ROUNDOFF * fabsl((long double)s[j]) * magnitude);
    }
    cr_assert_eq(g[q], 42);
  }
}
