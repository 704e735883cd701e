/* The Matrix Market reader and writer: what is accepted, and that every number survives. */
#include "problem/matrix_market.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <float.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../support/scratch.h"

static void begin(void) { scratch_open(); }

TestSuite(matrix_market, .init = begin, .fini = scratch_close);

/** Reads text and compares with the row-major entries expected. */
static void expect_matrix(const char *text, size_t rows, size_t cols, const double *expected) {
  ist_matrix m;
  ist_status s = {0};
  ist_code code = ist_mm_read(scratch_write("m.mtx", text), SIZE_MAX, &m, &s);
  cr_assert_eq(code, IST_OK, "%s", s.text);
  cr_expect_eq(m.rows, rows);
  cr_expect_eq(m.cols, cols);
  cr_expect_eq(memcmp(m.x, expected, rows * cols * sizeof(double)), 0);
  free(m.x);
}

static void expect_code(const char *text, size_t limit, ist_code code, const char *reason) {
  ist_matrix m;
  ist_status s = {0};
  const char *path = scratch_write("m.mtx", text);
  char expected[1024];
  snprintf(expected, sizeof expected, "%s%s", path, reason);
  cr_expect_eq(ist_mm_read(path, limit, &m, &s), code);
  cr_expect_eq(s.code, code);
  cr_expect_str_eq(s.text, expected);
  cr_expect_null(m.x);
}

static void expect_refusal(const char *text, size_t limit, const char *reason) {
  expect_code(text, limit, IST_BAD_INPUT, reason);
}

Test(matrix_market, array_general_is_stored_by_columns) {
  const double expected[] = {1, 3, 5, 2, 4, 6};
  expect_matrix("%%MatrixMarket matrix array real general\n2 3\n1\n2\n3\n4\n5\n6\n", 2, 3,
                expected);
}

Test(matrix_market, array_symmetric_stores_the_lower_triangle) {
  const double expected[] = {1, 2, 3, 2, 4, 5, 3, 5, 6};
  expect_matrix("%%MatrixMarket matrix array real symmetric\n3 3\n1\n2\n3\n4\n5\n6\n", 3, 3,
                expected);
}

Test(matrix_market, coordinate_general_leaves_the_rest_zero) {
  const double expected[] = {0, 0, 7, -1.5, 0, 0};
  expect_matrix("%%MatrixMarket matrix coordinate real general\n2 3 2\n1 3 7\n2 1 -1.5\n", 2, 3,
                expected);
}

Test(matrix_market, coordinate_general_lower_triangular_stays_so) {
  const double expected[] = {1, 0, 2, 3};
  expect_matrix("%%MatrixMarket matrix coordinate real general\n2 2 3\n1 1 1\n2 1 2\n2 2 3\n", 2, 2,
                expected);
}

Test(matrix_market, coordinate_symmetric_is_mirrored) {
  const double expected[] = {4, -1, 0, -1, 4, -1, 0, -1, 4};
  expect_matrix("%%MatrixMarket matrix coordinate real symmetric\n3 3 5\n"
                "3 2 -1\n1 1 4\n2 2 4\n3 3 4\n2 1 -1\n",
                3, 3, expected);
}

Test(matrix_market, coordinate_without_entries_is_zero) {
  const double expected[] = {0, 0};
  expect_matrix("%%MatrixMarket matrix coordinate real general\n2 1 0\n", 2, 1, expected);
}

Test(matrix_market, integer_field_is_read_as_numbers) {
  const double expected[] = {4, -1, -1, 4};
  expect_matrix("%%MatrixMarket matrix coordinate integer symmetric\n2 2 3\n1 1 4\n2 1 -1\n2 2 4\n",
                2, 2, expected);
}

Test(matrix_market, comments_blank_lines_and_windows_line_ends_are_skipped) {
  const double expected[] = {1e-3, 2.5e10};
  expect_matrix("%%MatrixMarket MATRIX Array Real GENERAL\r\n% a comment\r\n\r\n2 1\r\n"
                "% another\r\n 1e-3 \r\n\t\r\n+2.5E+10\r\n\r\n% the end",
                2, 1, expected);
}

Test(matrix_market, a_line_of_1024_characters_is_accepted) {
  char text[2048];
  int length = snprintf(text, sizeof text, "%%%%MatrixMarket matrix array real general\n%%");
  memset(text + length, 'x', 1023);
  snprintf(text + length + 1023, sizeof text - (size_t)length - 1023, "\n1 1\n7\n");
  const double expected[] = {7};
  expect_matrix(text, 1, 1, expected);
}

Test(matrix_market, the_limit_is_the_largest_dimension_accepted) {
  const char *text = "%%MatrixMarket matrix array real general\n3 1\n1\n2\n3\n";
  const double expected[] = {1, 2, 3};
  expect_matrix(text, 3, 1, expected);
  expect_refusal(text, 2, ":2: 3 x 1 is beyond the largest dimension, 2");
}

Test(matrix_market, a_size_that_overflows_is_refused) {
  expect_code("%%MatrixMarket matrix array real general\n"
              "18446744073709551615 18446744073709551615\n",
              SIZE_MAX, IST_MACHINE,
              ":2: 18446744073709551615 x 18446744073709551615 does not fit in memory");
}

Test(matrix_market, an_announced_size_is_not_allocated_before_its_entries_are_seen) {
  expect_refusal("%%MatrixMarket matrix array real general\n5000 5000\n1\n", SIZE_MAX,
                 ":3: the file ends after 1 of 25000000 entries");
}

Test(matrix_market, a_missing_file_is_refused) {
  ist_matrix m;
  ist_status s = {0};
  cr_expect_eq(ist_mm_read("tests/data/absent.mtx", SIZE_MAX, &m, &s), IST_BAD_INPUT);
  cr_expect_str_eq(s.text, "tests/data/absent.mtx: No such file or directory");
}

Test(matrix_market, a_fifo_is_refused_without_waiting, .timeout = 20) {
  ist_matrix m;
  ist_status s = {0};
  const char *path = scratch_path("fifo");
  cr_assert_eq(mkfifo(path, 0600), 0);
  cr_expect_eq(ist_mm_read(path, SIZE_MAX, &m, &s), IST_BAD_INPUT);
  char expected[1024];
  snprintf(expected, sizeof expected, "%s: not a regular file", path);
  cr_expect_str_eq(s.text, expected);
}

Test(matrix_market, a_failing_read_is_reported) {
  ist_matrix m;
  ist_status s = {0};
  FILE *write_only = fopen(scratch_path("write-only"), "w");
  cr_assert_not_null(write_only);
  cr_expect_eq(ist_mm_parse(write_only, "NAME", SIZE_MAX, &m, &s), IST_BAD_INPUT);
  cr_expect_str_eq(s.text, "NAME: Bad file descriptor");
  fclose(write_only);
}

static void redirect(void) {
  cr_redirect_stdout();
  cr_redirect_stderr();
}

Test(matrix_market, refusals_print_nothing, .init = redirect) {
  expect_refusal("%%MatrixMarket matrix coordinate real general\n2 2 1\n3 1 1\n", SIZE_MAX,
                 ":3: row 3 is outside 1..2");
  expect_refusal("%%MatrixMarket matrix coordinate real general\n2 2 2\n2 1 1\n2 1 1\n", SIZE_MAX,
                 ":4: entry (2,1) repeats that of line 3");
  fflush(NULL);
  cr_expect_stdout_eq_str("");
  cr_expect_stderr_eq_str("");
}

Test(matrix_market, numbers_survive_writing_and_reading_bit_for_bit) {
  const double x[] = {0.1,           -0.0,          1.0 / 3.0, 5e-324,
                      DBL_MIN,       0x1p160,       -0x1p160,  DBL_EPSILON,
                      123456789.125, -2.0 / 3e-200, 1e22,      0x1.fffffffffffffp-1};
  const size_t d = sizeof x / sizeof x[0];
  FILE *file = fopen(scratch_path("v.mtx"), "w");
  cr_assert_not_null(file);
  ist_mm_write_vector(file, x, d);
  fclose(file);
  ist_matrix m;
  ist_status s = {0};
  cr_assert_eq(ist_mm_read(scratch_path("v.mtx"), SIZE_MAX, &m, &s), IST_OK, "%s", s.text);
  cr_expect_eq(m.rows, d);
  cr_expect_eq(m.cols, 1);
  cr_expect_eq(memcmp(m.x, x, sizeof x), 0);
  free(m.x);
}

Test(matrix_market, a_symmetric_matrix_survives_bit_for_bit) {
  const double x[] = {0.1, -0.0, 1.0 / 3.0, -0.0, 5e-324, 0.7, 1.0 / 3.0, 0.7, 0x1p160};
  FILE *file = fopen(scratch_path("m.mtx"), "w");
  cr_assert_not_null(file);
  ist_mm_write_symmetric(file, x, 3);
  fclose(file);
  ist_matrix m;
  ist_status s = {0};
  cr_assert_eq(ist_mm_read(scratch_path("m.mtx"), SIZE_MAX, &m, &s), IST_OK, "%s", s.text);
  cr_expect_eq(memcmp(m.x, x, sizeof x), 0);
  free(m.x);
}
