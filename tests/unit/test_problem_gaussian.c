/* The synthetic problems: determined by their arguments, and distributed as stated. */
#include "problem/gaussian.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/range.h"
#include "problem/spd.h"

static ist_problem make(size_t d, size_t n, bool homogeneous, bool interpolation, uint64_t seed) {
  ist_problem p;
  ist_status s = {0};
  cr_assert_eq(ist_problem_gaussian(d, n, homogeneous, interpolation, seed, &p, &s), IST_OK, "%s",
               s.text);
  return p;
}

static void expect_refusal(size_t d, size_t n, uint64_t seed, ist_code code, const char *text) {
  ist_problem p;
  ist_status s = {0};
  cr_expect_eq(ist_problem_gaussian(d, n, false, false, seed, &p, &s), code);
  cr_expect_str_eq(s.text, text);
  cr_expect_null(p.L);
}

static bool same_bits(const double *a, const double *b, size_t size) {
  return memcmp(a, b, size * sizeof(double)) == 0;
}

Test(problem_gaussian, the_same_seed_gives_the_same_bits) {
  ist_problem a = make(12, 4, false, false, 42);
  ist_problem b = make(12, 4, false, false, 42);
  ist_problem c = make(12, 4, false, false, 43);
  cr_expect(same_bits(a.L, b.L, 4 * 144));
  cr_expect(same_bits(a.b, b.b, 4 * 12));
  cr_expect_not(same_bits(a.L, c.L, 144));
  cr_expect_not(same_bits(a.b, c.b, 12));
  cr_expect_not(same_bits(a.L, a.L + 144, 144));
  ist_problem_free(&a);
  ist_problem_free(&b);
  ist_problem_free(&c);
}

Test(problem_gaussian, matrices_do_not_depend_on_interpolation) {
  ist_problem a = make(5, 3, false, false, 7);
  ist_problem b = make(5, 3, false, true, 7);
  cr_expect(same_bits(a.L, b.L, 3 * 25));
  cr_expect_not(a.interpolation);
  cr_expect(b.interpolation);
  for (size_t j = 0; j < 5; j++)
    cr_expect_eq(b.b[j], 0.0);
  ist_problem_free(&a);
  ist_problem_free(&b);
}

Test(problem_gaussian, homogeneous_problems_share_the_first_matrix) {
  ist_problem a = make(6, 3, true, false, 9);
  ist_problem b = make(6, 3, false, false, 9);
  cr_expect(a.homogeneous);
  cr_expect_eq(a.n, 3);
  cr_expect_eq(ist_problem_L(&a, 2), a.L);
  cr_expect(same_bits(a.L, b.L, 36));
  ist_problem_free(&a);
  ist_problem_free(&b);
}

Test(problem_gaussian, matrices_are_symmetric_and_positive_definite) {
  ist_problem p = make(20, 3, false, false, 3);
  for (size_t i = 0; i < 3; i++) {
    double *L = p.L + i * p.L_stride;
    size_t order = 1;
    cr_assert(ist_spd_check(L, 20, &order));
    cr_expect_eq(order, 0);
    for (size_t j = 0; j < 20; j++)
      for (size_t k = 0; k < j; k++)
        cr_expect_eq(L[j * 20 + k], L[k * 20 + j]);
  }
  ist_problem_free(&p);
}

Test(problem_gaussian, moments_are_those_of_the_wishart_distribution) {
  // E L_jj = d, Var L_jj = 2d; E L_jk = 0, Var L_jk = d; six standard errors each.
  const size_t d = 40;
  const size_t n = 25;
  ist_problem p = make(d, n, false, false, 5);
  double diagonal = 0.0;
  double off_diagonal = 0.0;
  double square = 0.0;
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < d; j++) {
      diagonal += ist_problem_L(&p, i)[j * d + j];
      square += ist_problem_b(&p, i)[j] * ist_problem_b(&p, i)[j];
      for (size_t k = 0; k < j; k++)
        off_diagonal += ist_problem_L(&p, i)[j * d + k];
    }
  double entries = (double)(n * d);
  double pairs = entries * (double)(d - 1) / 2.0;
  cr_expect_float_eq(diagonal / entries, (double)d, 6.0 * sqrt(2.0 * (double)d / entries));
  cr_expect_float_eq(off_diagonal / pairs, 0.0, 6.0 * sqrt((double)d / pairs));
  cr_expect_float_eq(square / entries, 1.0, 6.0 * sqrt(2.0 / entries));
  ist_problem_free(&p);
}

Test(problem_gaussian, arguments_out_of_range_are_refused) {
  expect_refusal(0, 1, 1, IST_USAGE, "d = 0 and n = 1 must lie in 1..1048576");
  expect_refusal(1, 0, 1, IST_USAGE, "d = 1 and n = 0 must lie in 1..1048576");
  expect_refusal(IST_DIM_MAX + 1, 1, 1, IST_USAGE, "d = 1048577 and n = 1 must lie in 1..1048576");
  expect_refusal(1, IST_DIM_MAX + 1, 1, IST_USAGE, "d = 1 and n = 1048577 must lie in 1..1048576");
  expect_refusal(2, 2, UINT64_C(4294967296), IST_USAGE,
                 "seed 4294967296 exceeds 32 bits (4294967295)");
}

Test(problem_gaussian, the_largest_seed_is_accepted) {
  ist_problem p = make(2, 2, false, false, UINT32_MAX);
  ist_problem_free(&p);
}

Test(problem_gaussian, what_does_not_fit_in_memory_is_refused) {
  expect_refusal(IST_DIM_MAX, IST_DIM_MAX, 1, IST_MACHINE,
                 "d = 1048576, n = 1048576 does not fit in memory");
  expect_refusal(IST_DIM_MAX, 1, 1, IST_MACHINE, "d = 1048576, n = 1 does not fit in memory");
}
