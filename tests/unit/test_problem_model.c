/* The problem in memory: allocation, means, preconditioning; memory, Gram matrix, definiteness. */
#include "problem/problem.h"

#include <criterion/criterion.h>
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/range.h"
#include "machine/memory.h"
#include "problem/gaussian.h"
#include "problem/gram.h"
#include "problem/spd.h"

Test(problem, allocation_gives_zeros_and_strides) {
  ist_problem p;
  cr_assert(ist_problem_alloc(&p, 3, 4, 4, 1));
  cr_expect_eq(p.d, 3);
  cr_expect_eq(p.n, 4);
  cr_expect_eq(p.L_stride, 9);
  cr_expect_eq(p.b_stride, 0);
  cr_expect_eq(ist_problem_L_count(&p), 4);
  cr_expect_eq(ist_problem_b_count(&p), 1);
  cr_expect_not(p.homogeneous);
  cr_expect(p.interpolation);
  for (size_t k = 0; k < 36; k++)
    cr_expect_eq(p.L[k], 0.0);
  cr_expect_eq(ist_problem_L(&p, 3), p.L + 27);
  cr_expect_eq(ist_problem_b(&p, 3), p.b);
  ist_problem_free(&p);
  ist_problem_free(&p);
  cr_expect_null(p.L);
}

Test(problem, allocation_beyond_memory_leaves_an_empty_problem) {
  ist_problem p;
  cr_expect_not(ist_problem_alloc(&p, SIZE_MAX / 2, 2, 2, 2));
  cr_expect_null(p.L);
  cr_expect_not(ist_problem_alloc(&p, 1, SIZE_MAX, 1, SIZE_MAX));
  cr_expect_null(p.L);
  cr_expect_eq(p.d, 0);
}

Test(problem, memory_is_bounded_and_its_size_cannot_overflow) {
  cr_expect(ist_memory_fits(1, 1000, 1000));
  cr_expect(ist_memory_fits(0, SIZE_MAX, 1));
  cr_expect_not(ist_memory_fits(1, SIZE_MAX, 2));
  cr_expect_not(ist_memory_fits(SIZE_MAX, 2, 1));
  cr_expect_not(ist_memory_fits(1, SIZE_MAX / 4, 1));
  cr_expect_not(ist_memory_fits(1, SIZE_MAX / 16, 1));
  double *empty = ist_memory_doubles(0, 5, 5);
  cr_expect_not_null(empty);
  free(empty);
}

Test(problem, interpolation_is_read_off_the_vectors) {
  ist_problem p;
  cr_assert(ist_problem_alloc(&p, 2, 3, 1, 3));
  ist_problem_note_interpolation(&p);
  cr_expect(p.interpolation);
  p.b[5] = 5e-324;
  ist_problem_note_interpolation(&p);
  cr_expect_not(p.interpolation);
  ist_problem_free(&p);
}

Test(problem, the_mean_of_shared_data_is_the_data) {
  ist_problem p;
  ist_status s = {0};
  cr_assert_eq(ist_problem_gaussian(4, 3, true, false, 1, &p, &s), IST_OK);
  double L_bar[16];
  double b_bar[4];
  ist_problem_mean(&p, L_bar, b_bar);
  cr_expect_eq(memcmp(L_bar, p.L, sizeof L_bar), 0);
  cr_expect_eq(memcmp(b_bar, p.b, sizeof b_bar), 0);
  ist_problem_free(&p);
}

Test(problem, the_mean_of_several_is_their_average) {
  ist_problem p;
  cr_assert(ist_problem_alloc(&p, 2, 4, 4, 4));
  for (size_t k = 0; k < 16; k++)
    p.L[k] = (double)(k * k);
  for (size_t k = 0; k < 8; k++)
    p.b[k] = -(double)k;
  double L_bar[4];
  double b_bar[2];
  ist_problem_mean(&p, L_bar, b_bar);
  for (size_t k = 0; k < 4; k++) {
    double sum = 0.0;
    for (size_t i = 0; i < 4; i++)
      sum += (double)((4 * i + k) * (4 * i + k));
    cr_expect_eq(L_bar[k], sum / 4.0);
  }
  cr_expect_eq(b_bar[0], -3.0);
  cr_expect_eq(b_bar[1], -4.0);
  ist_problem_free(&p);
}

Test(problem, preconditioning_gives_a_unit_diagonal_and_keeps_symmetry) {
  const size_t d = 9;
  ist_problem p;
  ist_problem original;
  ist_status s = {0};
  cr_assert_eq(ist_problem_gaussian(d, 3, true, false, 11, &p, &s), IST_OK);
  cr_assert_eq(ist_problem_gaussian(d, 3, true, false, 11, &original, &s), IST_OK);
  cr_assert(ist_problem_precondition(&p));
  for (size_t j = 0; j < d; j++) {
    cr_expect_eq(p.L[j * d + j], 1.0);
    double root_j = sqrt(original.L[j * d + j]);
    cr_expect_float_eq(p.b[j] * root_j, original.b[j], 4.0 * DBL_EPSILON * fabs(original.b[j]));
    for (size_t k = 0; k < j; k++) {
      double root = root_j * sqrt(original.L[k * d + k]);
      double expected = original.L[j * d + k];
      cr_expect_eq(p.L[j * d + k], p.L[k * d + j]);
      cr_expect_float_eq(p.L[j * d + k] * root, expected, 8.0 * DBL_EPSILON * fabs(expected));
    }
  }
  ist_problem_free(&p);
  ist_problem_free(&original);
}

Test(problem, preconditioning_refuses_a_vector_that_would_leave_the_range) {
  ist_problem p;
  cr_assert(ist_problem_alloc(&p, 2, 2, 1, 1));
  p.L[0] = 4.0;
  p.L[3] = IST_DIAGONAL_MIN;
  p.b[0] = 2.0;
  p.b[1] = IST_ENTRY_MAX;
  cr_expect_not(ist_problem_precondition(&p));
  cr_expect_eq(p.L[0], 4.0);
  cr_expect_eq(p.b[0], 2.0);
  ist_problem_free(&p);
}

Test(problem, preconditioning_survives_the_extremes_of_the_range) {
  ist_problem p;
  cr_assert(ist_problem_alloc(&p, 2, 2, 1, 1));
  p.L[0] = IST_ENTRY_MAX;
  p.L[1] = p.L[2] = 0.5;
  p.L[3] = IST_DIAGONAL_MIN;
  p.b[1] = 3.0;
  cr_expect(ist_problem_precondition(&p));
  cr_expect_eq(p.L[1], 0.5);
  cr_expect_eq(p.b[1], 3.0 * 0x1p80);
  ist_problem_free(&p);
}

Test(problem, gram_equals_the_sums_written_out) {
  const double A[] = {1, 2, 3, 4, 5, 6, 0.1, -0.2, 0.3, 7, -8, 9, 1e-3, 2e-3, -3e-3};
  double out[9];
  ist_gram(A, 5, 3, 0.7, out);
  for (size_t i = 0; i < 3; i++)
    for (size_t j = 0; j < 3; j++) {
      double sum = 0.0;
      for (size_t r = 0; r < 5; r++)
        sum += A[r * 3 + i] * A[r * 3 + j];
      cr_expect_eq(out[i * 3 + j], sum * 0.7);
    }
}

/** The same bits however rows and columns are split into blocks. */
Test(problem, large_gram_matrices_equal_the_sums_written_out) {
  enum { rows = 7, most = 101 };
  static double A[rows * most], out[most * most];
  for (size_t k = 0; k < rows * most; k++)
    A[k] = sin((double)k);
  for (size_t cols = 40; cols <= most; cols++) {
    ist_gram(A, rows, cols, 0.3, out);
    for (size_t i = 0; i < cols; i++)
      for (size_t j = 0; j < cols; j++) {
        double sum = 0.0;
        for (size_t r = 0; r < rows; r++)
          sum += A[r * cols + i] * A[r * cols + j];
        cr_assert_eq(out[i * cols + j], sum * 0.3, "(%zu,%zu) of %zu", i, j, cols);
      }
  }
}

/** Diagonal matrix of ones with -1 at the entry given: the minor of that order is the first to
 *  fail. */
Test(problem, the_smallest_failing_minor_is_found_at_every_position) {
  const size_t d = 13;
  double L[169];
  for (size_t failing = 1; failing <= d; failing++) {
    memset(L, 0, sizeof L);
    for (size_t j = 0; j < d; j++)
      L[j * d + j] = j + 1 == failing ? -1.0 : 1.0;
    size_t order = 0;
    cr_assert(ist_spd_check(L, d, &order));
    cr_expect_eq(order, failing);
  }
}

Test(problem, definiteness_of_a_huge_matrix_is_not_attempted) {
  size_t order = 0;
  double entry = 1.0;
  cr_expect_not(ist_spd_check(&entry, SIZE_MAX, &order));
}
