/* Reading a problem directory: what is accepted, and every refusal with its exact text. */
#include "problem/load.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/scratch.h"
#include "kernel/range.h"

#define BAD "tests/data/bad/"
#define ARRAY "%%MatrixMarket matrix array real general\n"
#define IDENTITY ARRAY "2 2\n1\n0\n0\n1\n"
#define TWICE_IDENTITY ARRAY "2 2\n2\n0\n0\n2\n"
#define VECTOR_34 ARRAY "2 1\n3\n4\n"
#define VECTOR_56 ARRAY "2 1\n5\n6\n"

static const char *directory;

static void begin(void) { directory = scratch_open(); }

TestSuite(problem_load, .init = begin, .fini = scratch_close);

/** tests/data/bad/NAME is refused as tests/data/bad/NAME followed by reason. */
static const struct {
  const char *name;
  const char *reason;
} bad[] = {
    {"asymmetric", "/L.mtx: not symmetric: entry (2,1) = 0.5, entry (1,2) = 0.25"},
    {"asymmetric-slightly",
     "/L.mtx: not symmetric: entry (2,1) = 0.5, entry (1,2) = 0.50000000001"},
    {"blank-first-line",
     "/L.mtx:1: not a Matrix Market file: the first line must begin with %%MatrixMarket"},
    {"byte-order-mark", "/L.mtx:1: begins with a byte-order mark (UTF-8), which is invisible in an "
                        "editor; the first line must begin with %%MatrixMarket"},
    {"byte-order-mark-16",
     "/L.mtx:1: begins with a byte-order mark (UTF-16), which is invisible in "
     "an editor; the first line must begin with %%MatrixMarket"},
    {"carriage-returns", "/L.mtx:1: carriage return (CR) within a line; lines must end in LF or CR "
                         "LF, not in CR alone"},
    {"both-matrix", ": both L.mtx and L-1.mtx; which one is meant?"},
    {"both-vector", ": both b.mtx and b-1.mtx; which one is meant?"},
    {"counts-differ", ": L files for 2 workers, but b files for 3"},
    {"diagonal-below-minimum", "/L.mtx: diagonal entry (2,2) = 1e-300 is below 1.00208e-292"},
    {"diagonal-negative", "/L.mtx: not positive definite: diagonal entry (2,2) = -3"},
    {"diagonal-zero", "/L.mtx: not positive definite: diagonal entry (2,2) = 0"},
    {"dimensions-differ", "/L-2.mtx:2: 3 x 3, while L-1.mtx is 2 x 2"},
    {"directory-for-file", "/L.mtx: is a directory, not a file"},
    {"empty-file", "/L.mtx: the file is empty"},
    {"entries-missing", "/L.mtx:5: the file ends after 3 of 4 entries"},
    {"entries-trailing", "/L.mtx:7: more data after the last of 4 entries"},
    {"entry-beyond-maximum", "/L.mtx: entry (1,2) = 1e+60 is not within +-1.4615e+48"},
    {"entry-extra-value", "/L.mtx:4: 2 values where one number is expected"},
    {"entry-hexadecimal", "/L.mtx:6: '0x1p0' is not a decimal number"},
    {"entry-infinite", "/L.mtx:3: '-inf' is not a finite number"},
    {"entry-nan", "/L.mtx:6: 'NaN' is not a finite number"},
    {"entry-near-overflow", "/L.mtx: entry (1,1) = inf is not within +-1.4615e+48"},
    {"entry-overflow", "/L.mtx:6: '1e400' is not a finite number"},
    {"entry-partly-number", "/L.mtx:4: '0.5d0' is not a number"},
    {"entry-repeated", "/L.mtx:5: entry (2,2) repeats that of line 4"},
    {"entry-text", "/L.mtx:4: 'zero' is not a number"},
    {"entry-without-value", "/L.mtx:4: 2 values where row, column, value are expected"},
    {"escape-sequence", "/L.mtx:3: '?[31mred' is not a number"},
    {"field-complex", "/L.mtx:1: field 'complex' is not supported; it must be real or integer"},
    {"field-pattern", "/L.mtx:1: field 'pattern' is not supported; it must be real or integer"},
    {"file-for-directory", ": not an HDF5 file; a problem is a directory of Matrix Market files or "
                           "one HDF5 file"},
    {"format", "/L.mtx:1: format 'elemental' is not supported; it must be array or coordinate"},
    {"gap-matrix", "/L-2.mtx: missing, while L-3.mtx is there"},
    {"gap-vector", "/b-1.mtx: missing, while b-2.mtx is there"},
    {"header-indented", "/L.mtx:1: not a Matrix Market file: the first line must begin with "
                        "%%MatrixMarket"},
    {"header-long", "/L.mtx:1: the header must read %%MatrixMarket matrix FORMAT FIELD SYMMETRY"},
    {"header-short", "/L.mtx:1: the header must read %%MatrixMarket matrix FORMAT FIELD SYMMETRY"},
    {"indefinite", "/L.mtx: not positive definite: the leading minor of order 3 is not positive"},
    {"index-above-diagonal", "/L.mtx:4: entry (1,2) is above the diagonal of a symmetric file"},
    {"index-beyond", "/L.mtx:4: column 3 is outside 1..2"},
    {"index-fraction", "/L.mtx:4: '2.5' is not an index"},
    {"index-zero", "/L.mtx:3: row 0 is outside 1..2"},
    {"line-long", "/L.mtx:2: line longer than 1024 characters"},
    {"no-matrix", ": holds neither L.mtx nor L-1.mtx"},
    {"not-matrix-market",
     "/L.mtx:1: not a Matrix Market file: the first line must begin with %%MatrixMarket"},
    {"nul-byte", "/L.mtx:3: NUL byte; this is not a text file"},
    {"number-endless",
     "/L-99999999999999999999999.mtx: workers are numbered 1, 2, ..., at most 1048576"},
    {"name-capital", "/B.mtx: differs from b.mtx in upper and lower case only; rename it if it is "
                     "meant"},
    {"name-extension",
     "/L-2.MTX: differs from L-2.mtx in upper and lower case only; rename it if it "
     "is meant"},
    {"number-leading-zero",
     "/L-01.mtx: the number begins with 0; workers are numbered 1, 2, ..., so "
     "rename it to L-1.mtx if it is meant"},
    {"number-text", "/L-one.mtx: workers are numbered 1, 2, ..., at most 1048576"},
    {"number-too-large", "/L-1048577.mtx: workers are numbered 1, 2, ..., at most 1048576"},
    {"number-vector", "/b-0.mtx: workers are numbered 1, 2, ..., at most 1048576"},
    {"number-zero", "/L-0.mtx: workers are numbered 1, 2, ..., at most 1048576"},
    {"object", "/L.mtx:1: object 'vector' is not supported; it must be matrix"},
    {"rectangular", "/L.mtx:2: 2 x 3 is not square"},
    {"semidefinite", "/L.mtx: not positive definite: the leading minor of order 2 is not positive"},
    {"singular-to-rounding",
     "/L.mtx: not positive definite: the leading minor of order 2 is not positive"},
    {"size-beyond-maximum", "/L.mtx:2: 1048577 x 1048577 is beyond the largest dimension, 1048576"},
    {"size-beyond-memory", "/L.mtx:2: 1048576 x 1048576 does not fit in memory"},
    {"size-fraction", "/L.mtx:2: '2.0' is not a size"},
    {"size-long", "/L.mtx:2: the size line must hold 2 numbers: rows, columns"},
    {"size-missing", "/L.mtx:2: the file ends before its size line"},
    {"size-negative", "/L.mtx:2: '-2' is not a size"},
    {"size-no-entries", "/L.mtx:2: the size line must hold 3 numbers: rows, columns, entries"},
    {"size-overflow", "/L.mtx:2: '99999999999999999999999' is not a size"},
    {"size-short", "/L.mtx:2: the size line must hold 2 numbers: rows, columns"},
    {"size-symmetric-not-square", "/L.mtx:2: 2 x 3 is not square, yet declared symmetric"},
    {"size-text", "/L.mtx:2: 'two' is not a size"},
    {"size-too-many-entries", "/L.mtx:2: 4 entries are more than a 2 x 2 matrix has"},
    {"size-zero", "/L.mtx:2: the matrix is empty: 0 x 0"},
    {"symmetry-hermitian",
     "/L.mtx:1: symmetry 'hermitian' is not supported; it must be general or symmetric"},
    {"symmetry-skew",
     "/L.mtx:1: symmetry 'skew-symmetric' is not supported; it must be general or symmetric"},
    {"text-trailing", "/L.mtx:8: more data after the last of 4 entries"},
    {"vector-beyond-maximum", "/b.mtx: entry (2,1) = -1e+60 is not within +-1.4615e+48"},
    {"vector-length", "/b.mtx:2: 3 x 1, but must be 2 x 1 to match L"},
    {"vector-second", "/b-2.mtx:4: 'nan' is not a finite number"},
    {"vector-wide", "/b.mtx:2: 2 x 2, but must be 2 x 1 to match L"},
};

#define BAD_COUNT (sizeof bad / sizeof bad[0])

static void expect_refusal(const char *path, size_t workers, ist_code code, const char *text) {
  ist_problem p;
  ist_status s = {0};
  cr_expect_eq(ist_problem_load(path, workers, &p, &s), code, "%s", path);
  cr_expect_eq(s.code, code, "%s", path);
  cr_expect_str_eq(s.text, text);
  cr_expect_null(p.L, "%s", path);
  ist_problem_free(&p);
}

static ist_problem load(const char *path, size_t workers) {
  ist_problem p;
  ist_status s = {0};
  cr_assert_eq(ist_problem_load(path, workers, &p, &s), IST_OK, "%s", s.text);
  return p;
}

Test(problem_load, every_bad_problem_is_refused_for_its_own_reason) {
  for (size_t k = 0; k < BAD_COUNT; k++) {
    char path[128];
    char text[1024];
    snprintf(path, sizeof path, BAD "%s", bad[k].name);
    snprintf(text, sizeof text, "%s%s", path, bad[k].reason);
    const bool too_large = strstr(bad[k].reason, "does not fit in memory") != NULL;
    expect_refusal(path, 0, too_large ? IST_MACHINE : IST_BAD_INPUT, text);
  }
}

Test(problem_load, every_stored_bad_problem_is_tested) {
  size_t stored = 0;
  DIR *stream = opendir(BAD);
  cr_assert_not_null(stream);
  for (struct dirent *entry = readdir(stream); entry != NULL; entry = readdir(stream)) {
    if (entry->d_name[0] == '.')
      continue;
    stored++;
    bool tested = false;
    for (size_t k = 0; k < BAD_COUNT; k++)
      tested = tested || strcmp(entry->d_name, bad[k].name) == 0;
    cr_expect(tested, "%s", entry->d_name);
  }
  closedir(stream);
  cr_expect_eq(stored, BAD_COUNT);
}

Test(problem_load, a_missing_directory_is_refused) {
  expect_refusal(BAD "absent", 0, IST_BAD_INPUT, BAD "absent: No such file or directory");
}

Test(problem_load, the_second_workers_file_is_named) {
  scratch_write("L-1.mtx", IDENTITY);
  scratch_write("L-2.mtx", "");
  char text[512];
  snprintf(text, sizeof text, "%s/L-2.mtx: the file is empty", directory);
  expect_refusal(directory, 0, IST_BAD_INPUT, text);
}

Test(problem_load, control_characters_of_a_path_are_not_repeated) {
  expect_refusal("no\nsuch\033[31m", 0, IST_BAD_INPUT, "no?such?[31m: No such file or directory");
}

Test(problem_load, a_long_path_gives_a_cut_text_and_not_a_crash) {
  char path[3000];
  memset(path, 'x', sizeof path - 1);
  path[sizeof path - 1] = '\0';
  ist_problem p;
  ist_status s = {0};
  cr_expect_eq(ist_problem_load(path, 0, &p, &s), IST_BAD_INPUT);
  cr_expect_eq(strlen(s.text), sizeof s.text - 1);
}

Test(problem_load, shared_files_make_a_homogeneous_problem_with_n_equal_to_d) {
  scratch_write("L.mtx", TWICE_IDENTITY);
  scratch_write("b.mtx", VECTOR_34);
  ist_problem p = load(directory, 0);
  cr_expect_eq(p.d, 2);
  cr_expect_eq(p.n, 2);
  cr_expect(p.homogeneous);
  cr_expect_not(p.interpolation);
  cr_expect_eq(p.L_stride, 0);
  cr_expect_eq(p.b_stride, 0);
  cr_expect_eq(ist_problem_L(&p, 1)[3], 2.0);
  cr_expect_eq(ist_problem_b(&p, 1)[1], 4.0);
  ist_problem_free(&p);
}

Test(problem_load, workers_of_a_homogeneous_problem_are_free) {
  scratch_write("L.mtx", IDENTITY);
  ist_problem p = load(directory, 7);
  cr_expect_eq(p.n, 7);
  cr_expect(p.homogeneous);
  ist_problem_free(&p);
}

Test(problem_load, no_vector_means_interpolation) {
  scratch_write("L-1.mtx", IDENTITY);
  scratch_write("L-2.mtx", TWICE_IDENTITY);
  ist_problem p = load(directory, 0);
  cr_expect_eq(p.n, 2);
  cr_expect(p.interpolation);
  cr_expect_not(p.homogeneous);
  cr_expect_eq(p.L_stride, 4);
  cr_expect_eq(ist_problem_L(&p, 0)[0], 1.0);
  cr_expect_eq(ist_problem_L(&p, 1)[0], 2.0);
  cr_expect_eq(ist_problem_b(&p, 1)[1], 0.0);
  ist_problem_free(&p);
}

Test(problem_load, vectors_of_zeros_mean_interpolation_too) {
  scratch_write("L.mtx", IDENTITY);
  scratch_write("b-1.mtx", ARRAY "2 1\n0\n0\n");
  scratch_write("b-2.mtx", ARRAY "2 1\n0\n-0\n");
  ist_problem p = load(directory, 0);
  cr_expect(p.interpolation);
  ist_problem_free(&p);
}

Test(problem_load, one_matrix_may_serve_several_vectors) {
  scratch_write("L.mtx", IDENTITY);
  scratch_write("b-1.mtx", VECTOR_34);
  scratch_write("b-2.mtx", VECTOR_56);
  scratch_write("b-3.mtx", VECTOR_34);
  ist_problem p = load(directory, 3);
  cr_expect_eq(p.n, 3);
  cr_expect_not(p.homogeneous);
  cr_expect_eq(p.L_stride, 0);
  cr_expect_eq(p.b_stride, 2);
  cr_expect_eq(ist_problem_b(&p, 1)[0], 5.0);
  ist_problem_free(&p);
}

Test(problem_load, several_matrices_may_share_one_vector) {
  scratch_write("L-1.mtx", IDENTITY);
  scratch_write("L-2.mtx", TWICE_IDENTITY);
  scratch_write("b.mtx", VECTOR_56);
  ist_problem p = load(directory, 0);
  cr_expect_eq(p.n, 2);
  cr_expect_not(p.homogeneous);
  cr_expect_eq(p.b_stride, 0);
  cr_expect_eq(ist_problem_b(&p, 1)[1], 6.0);
  ist_problem_free(&p);
}

Test(problem_load, more_than_nine_workers_are_read_in_numerical_order) {
  for (int i = 1; i <= 12; i++) {
    char name[16];
    char text[128];
    snprintf(name, sizeof name, "L-%d.mtx", i);
    snprintf(text, sizeof text, "%%%%MatrixMarket matrix array real general\n1 1\n%d\n", i);
    scratch_write(name, text);
  }
  ist_problem p = load(directory, 0);
  cr_expect_eq(p.n, 12);
  for (size_t i = 0; i < 12; i++)
    cr_expect_eq(ist_problem_L(&p, i)[0], (double)i + 1.0);
  ist_problem_free(&p);
}

Test(problem_load, files_of_other_names_are_ignored) {
  scratch_write("L.mtx", IDENTITY);
  scratch_write("L.mtx~", "rubbish");
  scratch_write("L-2.mtx.bak", "rubbish");
  scratch_write("Lx.mtx", "rubbish");
  scratch_write("README", "rubbish");
  ist_problem p = load(directory, 0);
  cr_expect_eq(p.n, 2);
  ist_problem_free(&p);
}

Test(problem_load, workers_must_equal_the_number_of_files) {
  scratch_write("L-1.mtx", IDENTITY);
  scratch_write("L-2.mtx", IDENTITY);
  char text[512];
  snprintf(text, sizeof text, "%s: files for 2 workers, but 3 requested", directory);
  expect_refusal(directory, 3, IST_BAD_INPUT, text);
  ist_problem p = load(directory, 2);
  cr_expect_eq(p.n, 2);
  ist_problem_free(&p);
}

Test(problem_load, workers_have_a_largest_number) {
  scratch_write("L.mtx", IDENTITY);
  expect_refusal(directory, IST_DIM_MAX + 1, IST_USAGE,
                 "1048577 workers are more than the largest number, 1048576");
  ist_problem p = load(directory, IST_DIM_MAX);
  cr_expect_eq(p.n, IST_DIM_MAX);
  ist_problem_free(&p);
}

Test(problem_load, rounding_asymmetry_is_averaged_away) {
  scratch_write("L.mtx", ARRAY "2 2\n1\n0.5\n0.50000000000004\n1\n");
  ist_problem p = load(directory, 0);
  cr_expect_eq(p.L[1], p.L[2]);
  cr_expect_float_eq(p.L[1], 0.50000000000002, 1e-16);
  ist_problem_free(&p);
}

Test(problem_load, asymmetry_is_judged_on_the_scale_of_the_diagonal) {
  // |difference| = 2e-13 against 1e-12 sqrt(1e6 * 1e-6).
  scratch_write("L.mtx", ARRAY "2 2\n1e6\n1e-13\n3e-13\n1e-6\n");
  ist_problem p = load(directory, 0);
  cr_expect_eq(p.L[1], p.L[2]);
  ist_problem_free(&p);
}

Test(problem_load, definiteness_does_not_depend_on_scaling) {
  // [[1, 0.5], [0.5, 1]] with rows and columns scaled by 1e12 and 1e-12.
  scratch_write("L.mtx", ARRAY "2 2\n1e24\n0.5\n0.5\n1e-24\n");
  ist_problem p = load(directory, 0);
  cr_expect_eq(p.L[0], 1e24);
  ist_problem_free(&p);
}

/** Expects the matrices L-1.mtx and L-2.mtx, each 2 x 2 by columns, to be read as they are. */
static void expect_workers(const double first[4], const double second[4]) {
  char text[2][200];
  const double *const L[] = {first, second};
  for (size_t i = 0; i < 2; i++)
    snprintf(text[i], sizeof text[i], "%s2 2\n%.17g\n%.17g\n%.17g\n%.17g\n", ARRAY, L[i][0],
             L[i][1], L[i][2], L[i][3]);
  scratch_write("L-1.mtx", text[0]);
  scratch_write("L-2.mtx", text[1]);
  ist_problem p = load(directory, 0);
  cr_expect_arr_eq(p.L, first, 4 * sizeof(double));
  cr_expect_arr_eq(p.L + 4, second, 4 * sizeof(double));
  ist_problem_free(&p);
}

/* The preprint asks for a positive definite mean of symmetric matrices, and no more. */
Test(problem_load, workers_need_not_be_definite) {
  expect_workers((double[]){1, 1, 1, 1}, (double[]){1, -1, -1, 1});
  expect_workers((double[]){1, 0, 0, 0}, (double[]){0, 0, 0, 1});
  expect_workers((double[]){0, 3, 3, 0}, (double[]){2, -3, -3, 2});
  expect_workers((double[]){-1, 0, 0, 5}, (double[]){3, 1, 1, -2});
  expect_workers((double[]){0, 0, 0, 0}, (double[]){2, 1, 1, 2});
}

/** L-1.mtx and L-2.mtx are refused for their mean. */
static void expect_singular_mean(const char *first, const char *second, const char *reason) {
  char text[600];
  scratch_write("L-1.mtx", first);
  scratch_write("L-2.mtx", second);
  snprintf(text, sizeof text, "%s: the mean of the 2 matrices: not positive definite: %s",
           directory, reason);
  expect_refusal(directory, 0, IST_BAD_INPUT, text);
}

Test(problem_load, a_mean_that_is_not_definite_is_refused) {
  expect_singular_mean(ARRAY "2 2\n1\n0\n0\n0\n", ARRAY "2 2\n2\n0\n0\n0\n",
                       "diagonal entry (2,2) = 0");
  expect_singular_mean(ARRAY "2 2\n-3\n0\n0\n1\n", IDENTITY, "diagonal entry (1,1) = -1");
  expect_singular_mean(ARRAY "2 2\n1\n1\n1\n1\n", ARRAY "2 2\n4\n4\n4\n4\n",
                       "the leading minor of order 2 is not positive");
  expect_singular_mean(IDENTITY, ARRAY "2 2\n1\n5\n5\n1\n",
                       "the leading minor of order 2 is not positive");
}

/** What only D^{-1/2} could not bear. */
Test(problem_load, a_small_diagonal_is_read) {
  scratch_write("L.mtx", ARRAY "2 2\n1\n0\n0\n1e-60\n");
  ist_problem p = load(directory, 0);
  cr_expect_eq(p.L[3], 1e-60);
  ist_problem_free(&p);
}

Test(problem_load, asymmetry_beside_a_zero_diagonal_is_judged_by_the_entries) {
  scratch_write("L-1.mtx", ARRAY "2 2\n0\n1\n1.0000000000001\n0\n");
  scratch_write("L-2.mtx", TWICE_IDENTITY);
  ist_problem p = load(directory, 0);
  cr_expect_eq(p.L[1], p.L[2]);
  cr_expect_float_eq(p.L[1], 1.00000000000005, 1e-15);
  ist_problem_free(&p);
  scratch_write("L-1.mtx", ARRAY "2 2\n0\n1\n1.00000000001\n0\n");
  char text[512];
  snprintf(text, sizeof text,
           "%s/L-1.mtx: not symmetric: entry (2,1) = 1, entry (1,2) = 1.00000000001", directory);
  expect_refusal(directory, 0, IST_BAD_INPUT, text);
}

Test(problem_load, poisson_is_the_five_point_stencil) {
  ist_problem p = load("tests/data/poisson", 0);
  cr_expect_eq(p.d, 36);
  cr_expect_eq(p.n, 36);
  cr_expect(p.homogeneous);
  for (size_t j = 0; j < 36; j++) {
    cr_expect_eq(p.b[j], 1.0 / 49.0);
    for (size_t k = 0; k < 36; k++) {
      int distance = abs((int)(j / 6) - (int)(k / 6)) + abs((int)(j % 6) - (int)(k % 6));
      double expected = distance == 0 ? 4.0 : distance == 1 ? -1.0 : 0.0;
      cr_expect_eq(p.L[j * 36 + k], expected);
    }
  }
  ist_problem_free(&p);
}
