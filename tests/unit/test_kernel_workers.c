#include "../support/reference.h"
#include "kernel/submodel.h"
#include "kernel/workers.h"

#include <criterion/criterion.h>

enum { D = 6, N = 4, MARK = 42 };

static double L[N * D * D], b[N * D], s[N * D], x[D];
static size_t block[N * D];

static void setup(void) {
  gsl_rng *rng = test_generator(11);
  for (size_t i = 0; i < N; i++)
    test_fill_positive_definite(rng, L + i * D * D, D);
  test_fill_normal(rng, b, (size_t)N * D, 1);
  test_fill_normal(rng, s, (size_t)N * D, 1);
  test_fill_normal(rng, x, D, 1);
  gsl_rng_free(rng);
}

TestSuite(kernel_workers, .init = setup);

/* q increasing coordinates for each worker, overlapping between workers. */
static void choose_blocks(size_t n, size_t q) {
  for (size_t i = 0; i < n; i++)
    for (size_t a = 0; a < q; a++)
      block[i * q + a] = a + i % (D - q + 1);
}

/* Every worker's part is what the one-worker functions give, whatever is shared. */
static void compare(size_t n, size_t q, size_t L_stride, size_t b_stride, size_t s_stride) {
  double w[N * D + 1], g[N * D + 1], one[D];
  choose_blocks(n, q);
  w[n * q] = g[n * q] = MARK;
  const ist_team team = {.L = L,
                         .b = b,
                         .s = s,
                         .L_stride = L_stride,
                         .b_stride = b_stride,
                         .s_stride = s_stride,
                         .block = block,
                         .d = D,
                         .n = n,
                         .q = q};
  ist_submodels(x, team, w);
  ist_block_gradients(team, w, g);
  for (size_t i = 0; i < n; i++) {
    const ist_worker_view v = {.L = L + i * L_stride,
                               .b = b + i * b_stride,
                               .s = s + i * s_stride,
                               .S = block + i * q,
                               .d = D,
                               .q = q};
    ist_submodel(x, v, one);
    cr_assert_arr_eq(w + i * q, one, q * sizeof *one);
    ist_block_gradient(v, w + i * q, one);
    cr_assert_arr_eq(g + i * q, one, q * sizeof *one);
  }
  cr_assert(w[n * q] == MARK && g[n * q] == MARK);
}

Test(kernel_workers, each_worker_as_alone) {
  for (size_t n = 1; n <= N; n++)
    for (size_t q = 1; q <= D; q++)
      for (unsigned shared = 0; shared < 8; shared++)
        compare(n, q, shared & 1 ? 0 : D * D, shared & 2 ? 0 : D, shared & 4 ? 0 : D);
}
