/* Least squares split among workers, against sums written out naively. */
#include "problem/regression.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../support/scratch.h"
#include "kernel/range.h"
#include "problem/matrix_market.h"

#define LONGLEY_A "tests/data/longley/A.mtx"
#define LONGLEY_Y "tests/data/longley/target.mtx"
#define ARRAY "%%MatrixMarket matrix array real general\n"
#define ROWS 16
#define COLUMNS 6

static void begin(void) { scratch_open(); }

TestSuite(problem_regression, .init = begin, .fini = scratch_close);

static ist_problem longley(size_t n, double ridge, bool standardize) {
  ist_problem p;
  ist_status s = {0};
  cr_assert_eq(ist_problem_regression(LONGLEY_A, LONGLEY_Y, n, ridge, standardize, &p, &s), IST_OK,
               "%s", s.text);
  return p;
}

static void read(const char *path, size_t rows, size_t cols, double *x) {
  ist_matrix m;
  ist_status s = {0};
  cr_assert_eq(ist_mm_read(path, ROWS, &m, &s), IST_OK, "%s", s.text);
  cr_assert_eq(m.rows * m.cols, rows * cols);
  memcpy(x, m.x, rows * cols * sizeof(double));
  free(m.x);
}

/** Standardised column j of an m x cols matrix, in extended precision. */
static void standardise(double *x, size_t cols) {
  for (size_t j = 0; j < cols; j++) {
    long double sum = 0.0L;
    long double squares = 0.0L;
    for (size_t r = 0; r < ROWS; r++)
      sum += (long double)x[r * cols + j];
    long double mean = sum / ROWS;
    for (size_t r = 0; r < ROWS; r++)
      squares += ((long double)x[r * cols + j] - mean) * ((long double)x[r * cols + j] - mean);
    for (size_t r = 0; r < ROWS; r++)
      x[r * cols + j] = (double)(((long double)x[r * cols + j] - mean) / sqrtl(squares / ROWS));
  }
}

/** Row r belongs to the worker whose range [ceil-split] contains it: sizes from the definition. */
static size_t first_row(size_t i, size_t n) {
  size_t start = 0;
  for (size_t k = 0; k < i; k++)
    start += ROWS / n + (k < ROWS % n);
  return start;
}

static void expect_formula(size_t n, double ridge, bool standardize) {
  ist_problem p = longley(n, ridge, standardize);
  cr_assert_eq(p.d, COLUMNS);
  cr_assert_eq(p.n, n);
  double A[ROWS * COLUMNS];
  double y[ROWS];
  read(LONGLEY_A, ROWS, COLUMNS, A);
  read(LONGLEY_Y, ROWS, 1, y);
  if (standardize) {
    standardise(A, COLUMNS);
    standardise(y, 1);
  }
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < COLUMNS; j++)
      for (size_t k = 0; k <= COLUMNS; k++) {
        long double sum = 0.0L;
        long double size = 0.0L;
        for (size_t r = first_row(i, n); r < first_row(i + 1, n); r++) {
          long double other = k < COLUMNS ? (long double)A[r * COLUMNS + k] : (long double)y[r];
          sum += (long double)A[r * COLUMNS + j] * other;
          size += fabsl((long double)A[r * COLUMNS + j] * other);
        }
        long double scale = (long double)n / ROWS;
        long double expected = scale * sum + (j == k ? (long double)ridge : 0.0L);
        double actual =
            k < COLUMNS ? ist_problem_L(&p, i)[j * COLUMNS + k] : ist_problem_b(&p, i)[j];
        cr_expect_leq(fabsl((long double)actual - expected), 1e-13L * (scale * size + 1.0L));
      }
  ist_problem_free(&p);
}

Test(problem_regression, longley_standardised_matches_the_formula) {
  expect_formula(2, 0.1, true);
  expect_formula(3, 0.1, true);
  expect_formula(6, 0.1, true);
}

Test(problem_regression, longley_raw_matches_the_formula) {
  expect_formula(1, 0.0, false);
  expect_formula(2, 0.5, false);
  expect_formula(5, 10.0, false);
}

Test(problem_regression, uneven_rows_go_to_the_first_workers) {
  cr_expect_eq(first_row(1, 5), 4);
  cr_expect_eq(first_row(2, 5), 7);
  cr_expect_eq(first_row(5, 5), 16);
  ist_problem p;
  ist_status s = {0};
  const char *A = scratch_write("A.mtx", ARRAY "5 1\n1\n2\n3\n4\n5\n");
  const char *y = scratch_write("y.mtx", ARRAY "5 1\n1\n1\n1\n1\n1\n");
  cr_assert_eq(ist_problem_regression(A, y, 3, 0.0, false, &p, &s), IST_OK, "%s", s.text);
  // Rows {1,2}, {3,4}, {5}; n/m = 3/5.
  const double L[] = {0.6 * 5, 0.6 * 25, 0.6 * 25};
  const double b[] = {0.6 * 3, 0.6 * 7, 0.6 * 5};
  for (size_t i = 0; i < 3; i++) {
    cr_expect_float_eq(p.L[i], L[i], 1e-14);
    cr_expect_float_eq(p.b[i], b[i], 1e-14);
  }
  ist_problem_free(&p);
}

Test(problem_regression, the_mean_is_the_whole_regression) {
  ist_problem whole = longley(1, 0.1, true);
  ist_problem split = longley(3, 0.1, true);
  double L_bar[COLUMNS * COLUMNS];
  double b_bar[COLUMNS];
  ist_problem_mean(&split, L_bar, b_bar);
  for (size_t k = 0; k < COLUMNS * COLUMNS; k++)
    cr_expect_float_eq(L_bar[k], whole.L[k], 1e-14);
  for (size_t j = 0; j < COLUMNS; j++) {
    cr_expect_float_eq(b_bar[j], whole.b[j], 1e-14);
    // Standardised columns have unit variance.
    cr_expect_float_eq(whole.L[j * COLUMNS + j], 1.1, 1e-14);
  }
  ist_problem_free(&whole);
  ist_problem_free(&split);
}

Test(problem_regression, a_target_of_zeros_is_interpolation) {
  ist_problem p;
  ist_status s = {0};
  const char *A = scratch_write("A.mtx", ARRAY "2 1\n1\n2\n");
  const char *y = scratch_write("y.mtx", ARRAY "2 1\n0\n0\n");
  cr_assert_eq(ist_problem_regression(A, y, 2, 0.0, false, &p, &s), IST_OK, "%s", s.text);
  cr_expect(p.interpolation);
  ist_problem_free(&p);
}

/** Refusal text: the path given by prefix, then reason. */
static void expect_refusal(const char *A, const char *y, size_t n, double ridge, bool standardize,
                           ist_code code, const char *prefix, const char *reason) {
  ist_problem p;
  ist_status s = {0};
  char text[1024];
  snprintf(text, sizeof text, "%s%s", prefix, reason);
  cr_expect_eq(ist_problem_regression(A, y, n, ridge, standardize, &p, &s), code);
  cr_expect_str_eq(s.text, text);
  cr_expect_null(p.L);
}

Test(problem_regression, arguments_out_of_range_are_refused) {
  expect_refusal(LONGLEY_A, LONGLEY_Y, 0, 0.1, true, IST_USAGE, "", "n = 0 must lie in 1..1048576");
  expect_refusal(LONGLEY_A, LONGLEY_Y, IST_DIM_MAX + 1, 0.1, true, IST_USAGE, "",
                 "n = 1048577 must lie in 1..1048576");
  expect_refusal(LONGLEY_A, LONGLEY_Y, 2, -0.5, true, IST_USAGE, "",
                 "ridge = -0.5 must be a finite number >= 0");
  expect_refusal(LONGLEY_A, LONGLEY_Y, 2, (double)INFINITY, true, IST_USAGE, "",
                 "ridge = inf must be a finite number >= 0");
  expect_refusal(LONGLEY_A, LONGLEY_Y, 2, (double)NAN, true, IST_USAGE, "",
                 "ridge = nan must be a finite number >= 0");
}

Test(problem_regression, more_workers_than_rows_are_refused) {
  expect_refusal(LONGLEY_A, LONGLEY_Y, 17, 0.1, true, IST_BAD_INPUT, LONGLEY_A,
                 ":4: 16 rows cannot be split among 17 workers");
}

/** Each worker's matrix is singular, their mean is not. */
Test(problem_regression, workers_may_have_fewer_rows_than_columns) {
  expect_formula(3, 0.0, true);
  expect_formula(6, 0.0, true);
  expect_formula(6, 0.0, false);
  expect_formula(16, 0.0, false);
}

Test(problem_regression, fewer_rows_than_columns_in_all_need_a_ridge) {
  const char *A = scratch_write("A.mtx", ARRAY "2 3\n1\n2\n3\n4\n5\n7\n");
  const char *y = scratch_write("y.mtx", ARRAY "2 1\n1\n2\n");
  expect_refusal(A, y, 2, 0.0, false, IST_BAD_INPUT, A,
                 ":2: 2 rows for 3 columns, so that the mean matrix is not positive definite; "
                 "--ridge would help");
  ist_problem p;
  ist_status s = {0};
  cr_assert_eq(ist_problem_regression(A, y, 2, 0.5, false, &p, &s), IST_OK, "%s", s.text);
  ist_problem_free(&p);
}

Test(problem_regression, dependent_columns_are_refused) {
  const char *A = scratch_write("A.mtx", ARRAY "4 2\n0.1\n0.2\n0.3\n0.7\n0.3\n0.6\n0.9\n2.1\n");
  const char *y = scratch_write("y.mtx", ARRAY "4 1\n1\n2\n3\n4\n");
  expect_refusal(A, y, 1, 0.0, false, IST_BAD_INPUT, A,
                 ": L_1: not positive definite: the leading minor of order 2 is not positive; a "
                 "larger --ridge may help");
  expect_refusal(
      A, y, 2, 0.0, false, IST_BAD_INPUT, A,
      ": the mean of the 2 matrices: not positive definite: the leading minor of order 2 "
      "is not positive; a larger --ridge may help");
}

Test(problem_regression, constant_columns_cannot_be_standardised) {
  const char *A = scratch_write("A.mtx", ARRAY "3 2\n1\n2\n3\n0.1\n0.1\n0.1\n");
  const char *y = scratch_write("y.mtx", ARRAY "3 1\n1\n2\n4\n");
  const char *constant = scratch_write("constant.mtx", ARRAY
                                       "16 1\n"
                                       "0.1\n0.1\n0.1\n0.1\n0.1\n"
                                       "0.1\n0.1\n0.1\n0.1\n0.1\n0.1\n0.1\n0.1\n0.1\n0.1\n0.1\n");
  expect_refusal(A, y, 1, 0.1, true, IST_BAD_INPUT, A,
                 ": column 2 is constant and cannot be standardised");
  expect_refusal(LONGLEY_A, constant, 2, 0.1, true, IST_BAD_INPUT, constant,
                 ": column 1 is constant and cannot be standardised");
}

Test(problem_regression, files_that_do_not_fit_are_refused) {
  expect_refusal(LONGLEY_A, LONGLEY_A, 2, 0.1, true, IST_BAD_INPUT, LONGLEY_A,
                 ":4: 16 x 6, but must be 16 x 1 to match " LONGLEY_A);
  expect_refusal(LONGLEY_A, "tests/data/absent", 2, 0.1, true, IST_BAD_INPUT, "tests/data/absent",
                 ": No such file or directory");
  expect_refusal("tests/data/longley", LONGLEY_Y, 2, 0.1, true, IST_BAD_INPUT, "tests/data/longley",
                 ": is a directory, not a file");
  const char *wide =
      scratch_write("wide.mtx", "%%MatrixMarket matrix coordinate real general\n1 1048577 0\n");
  expect_refusal(wide, LONGLEY_Y, 1, 0.1, false, IST_BAD_INPUT, wide,
                 ":2: 1048577 columns are more than 1048576");
  const char *large =
      scratch_write("large.mtx", "%%MatrixMarket matrix coordinate real general\n1 1048576 0\n");
  const char *y = scratch_write("y.mtx", ARRAY "1 1\n1\n");
  expect_refusal(large, y, 1, 0.1, false, IST_MACHINE, large,
                 ": d = 1048576, n = 1 does not fit in memory");
}

Test(problem_regression, entries_out_of_range_are_refused) {
  const char *A = scratch_write("A.mtx", ARRAY "2 1\n1\n1e100\n");
  const char *y = scratch_write("y.mtx", ARRAY "2 1\n1\n-1e100\n");
  const char *large = scratch_write("large.mtx", ARRAY "2 1\n1e40\n1\n");
  expect_refusal(A, y, 1, 0.0, false, IST_BAD_INPUT, A,
                 ": entry (2,1) = 1e+100 is not within +-1.4615e+48");
  expect_refusal(large, y, 1, 0.0, false, IST_BAD_INPUT, y,
                 ": entry (2,1) = -1e+100 is not within +-1.4615e+48");
  expect_refusal(
      large, large, 2, 0.0, false, IST_BAD_INPUT, large,
      ": L_1: entry (1,1) = 1e+80 is not within +-1.4615e+48; a larger --ridge may help");
}

Test(problem_regression, products_with_the_target_out_of_range_are_refused) {
  const char *A = scratch_write("A.mtx", ARRAY "1 1\n1e10\n");
  const char *y = scratch_write("y.mtx", ARRAY "1 1\n1e45\n");
  expect_refusal(A, y, 1, 0.0, false, IST_BAD_INPUT, A,
                 ": b_1: entry (1,1) = 1e+55 is not within +-1.4615e+48");
}
