/* Problems in HDF5 files: what is written reads back bit for bit, and every refusal with its text.
 */
#include "problem/hdf5_problem.h"

#include <criterion/criterion.h>
#include <hdf5.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../support/scratch.h"
#include "kernel/range.h"
#include "problem/gaussian.h"
#include "problem/hdf5_error.h"
#include "problem/hdf5_write.h"
#include "problem/load.h"
#include "problem/regression.h"

static void begin(void) {
  scratch_open();
  ist_hdf5_begin();
}

TestSuite(hdf5, .init = begin, .fini = scratch_close);

/** A dataset of the file that add_dataset writes. */
typedef struct {
  const char *name;
  int rank;
  hsize_t size[4];
  const double *x;
} content;

/** Adds the dataset with the given type in the file and creation properties. */
static void add_dataset(hid_t file, const content *c, hid_t type, hid_t properties) {
  hid_t space = H5Screate_simple(c->rank, c->size, NULL);
  hid_t set = H5Dcreate2(file, c->name, type, space, H5P_DEFAULT, properties, H5P_DEFAULT);
  cr_assert_geq(set, 0);
  if (c->x != NULL)
    cr_assert_geq(H5Dwrite(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, c->x), 0);
  H5Dclose(set);
  H5Sclose(space);
}

static const char *write_as(hid_t type, hid_t properties, const content *sets, size_t count) {
  const char *path = scratch_path("p.h5");
  hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  cr_assert_geq(file, 0);
  for (size_t k = 0; k < count; k++)
    add_dataset(file, &sets[k], type, properties);
  H5Fclose(file);
  return path;
}

#define WRITE(...)                                                                                 \
  write_as(H5T_IEEE_F64LE, H5P_DEFAULT, (const content[]){__VA_ARGS__},                            \
           sizeof((const content[]){__VA_ARGS__}) / sizeof(content))

static const double two[] = {2, 1, 1, 3, 5, -1, -1, 4};
static const double vectors[] = {1, -2, 3, 0.1};
static const content L_two = {"L", 3, {2, 2, 2}, two};
static const content L_shared = {"L", 2, {2, 2}, two};
static const content b_two = {"b", 2, {2, 2}, vectors};
static const content b_shared = {"b", 1, {2}, vectors};

static ist_problem load(const char *path, size_t workers) {
  ist_problem p;
  ist_status s = {0};
  cr_assert_eq(ist_problem_load(path, workers, &p, &s), IST_OK, "%s", s.text);
  return p;
}

static void assert_same(const ist_problem *p, const ist_problem *q) {
  cr_assert_eq(p->d, q->d);
  cr_assert_eq(p->n, q->n);
  cr_assert_eq(p->L_stride, q->L_stride);
  cr_assert_eq(p->b_stride, q->b_stride);
  cr_assert_eq(p->homogeneous, q->homogeneous);
  cr_assert_eq(p->interpolation, q->interpolation);
  cr_assert_arr_eq(p->L, q->L, ist_problem_L_count(p) * p->d * p->d * sizeof(double));
  cr_assert_arr_eq(p->b, q->b, ist_problem_b_count(p) * p->d * sizeof(double));
}

static void expect_gaussian(size_t d, size_t n, bool homogeneous, bool interpolation) {
  ist_problem_source from;
  ist_problem direct;
  ist_status s = {0};
  const char *path = scratch_path("p.hdf5");
  cr_assert_eq(ist_problem_gaussian(d, n, homogeneous, interpolation, 7, &direct, &s), IST_OK);
  cr_assert_eq(ist_gaussian_source(d, n, homogeneous, interpolation, 7, &from, &s), IST_OK);
  cr_assert_eq(ist_hdf5_write(&from, path, &s), IST_OK, "%s", s.text);
  ist_source_close(&from);
  ist_problem p = load(path, homogeneous && n > 1 ? n : 0);
  assert_same(&p, &direct);
  ist_problem_free(&p);
  ist_problem_free(&direct);
}

Test(hdf5, what_is_written_reads_back_bit_for_bit) {
  expect_gaussian(5, 3, false, false);
  expect_gaussian(5, 3, false, true);
  expect_gaussian(4, 2, true, false);
  expect_gaussian(4, 4, true, true);
  expect_gaussian(3, 1, false, false);
  expect_gaussian(3, 1, true, true);
  expect_gaussian(1, 1, false, false);
}

/** The first worker's target is zero: b begins with a vector that is not written. */
Test(hdf5, vectors_that_begin_with_zeros) {
  const char *A =
      scratch_write("A.mtx", "%%MatrixMarket matrix array real general\n3 1\n1\n2\n3\n");
  const char *y =
      scratch_write("y.mtx", "%%MatrixMarket matrix array real general\n3 1\n0\n0\n5\n");
  ist_problem_source from;
  ist_problem direct;
  ist_status s = {0};
  cr_assert_eq(ist_problem_regression(A, y, 3, 0, false, &direct, &s), IST_OK);
  cr_assert_eq(ist_regression_source(A, y, 3, 0, false, &from, &s), IST_OK);
  cr_assert_eq(ist_hdf5_write(&from, scratch_path("p.h5"), &s), IST_OK);
  ist_source_close(&from);
  ist_problem p = load(scratch_path("p.h5"), 0);
  assert_same(&p, &direct);
  cr_assert_gt(p.b[2], 0);
  ist_problem_free(&p);
  ist_problem_free(&direct);
}

/** L and b of loaded against what the file holds. */
static void expect_content(const char *path, size_t workers, size_t n, size_t L_stride,
                           size_t b_stride) {
  ist_problem p = load(path, workers);
  cr_expect_eq(p.d, 2);
  cr_expect_eq(p.n, n);
  cr_expect_eq(p.L_stride, L_stride);
  cr_expect_eq(p.b_stride, b_stride);
  cr_expect_eq(p.homogeneous, L_stride == 0 && b_stride == 0);
  cr_expect_arr_eq(p.L, two, (L_stride != 0 ? 8 : 4) * sizeof(double));
  if (!p.interpolation)
    cr_expect_arr_eq(p.b, vectors, (b_stride != 0 ? 4 : 2) * sizeof(double));
  ist_problem_free(&p);
}

Test(hdf5, matrices_and_vectors_may_be_shared) {
  expect_content(WRITE(L_two, b_two), 0, 2, 4, 2);
  expect_content(WRITE(L_two, b_shared), 2, 2, 4, 0);
  expect_content(WRITE(L_shared, b_two), 0, 2, 0, 2);
  expect_content(WRITE(L_shared, b_shared), 0, 2, 0, 0);
  expect_content(WRITE(L_shared, b_shared), 7, 7, 0, 0);
  expect_content(WRITE(L_two), 0, 2, 4, 0);
  expect_content(WRITE({"L", 3, {1, 2, 2}, two}, {"b", 2, {1, 2}, vectors}), 0, 1, 0, 0);
  expect_content(WRITE({"other", 1, {2}, two}, L_two), 0, 2, 4, 0);
}

/** MATLAB has no one-dimensional arrays. */
Test(hdf5, a_shared_vector_may_be_a_row_or_a_column) {
  expect_content(WRITE(L_two, {"b", 2, {1, 2}, vectors}), 0, 2, 4, 0);
  expect_content(WRITE(L_two, {"b", 2, {2, 1}, vectors}), 0, 2, 4, 0);
  expect_content(WRITE(L_shared, {"b", 2, {1, 2}, vectors}), 0, 2, 0, 0);
  expect_content(WRITE(L_shared, {"b", 2, {2, 1}, vectors}), 3, 3, 0, 0);
}

/** Where d = 1, a column holds the vectors of as many workers. */
Test(hdf5, columns_of_dimension_one_belong_to_workers) {
  ist_problem p = load(WRITE({"L", 2, {1, 1}, two}, {"b", 2, {3, 1}, vectors}), 0);
  cr_expect_eq(p.n, 3);
  cr_expect_eq(p.b_stride, 1);
  cr_expect_arr_eq(p.b, vectors, 3 * sizeof(double));
  ist_problem_free(&p);
  p = load(WRITE({"L", 3, {2, 1, 1}, two}, {"b", 2, {1, 1}, vectors}), 0);
  cr_expect_eq(p.n, 2);
  cr_expect_eq(p.b_stride, 0);
  ist_problem_free(&p);
}

Test(hdf5, any_layout_and_byte_order_is_read) {
  const content both[] = {L_two, {"b", 3, {2, 1, 2}, vectors}};
  hid_t list = H5Pcreate(H5P_DATASET_CREATE);
  H5Pset_chunk(list, 3, (hsize_t[]){2, 1, 2}); /* chunks across workers */
  H5Pset_shuffle(list);
  H5Pset_deflate(list, 6);
  H5Pset_fletcher32(list);
  expect_content(write_as(H5T_IEEE_F64LE, list, both, 1), 0, 2, 4, 0);
  expect_content(write_as(H5T_IEEE_F64BE, H5P_DEFAULT, (content[]){L_two, b_two}, 2), 0, 2, 4, 2);
  H5Pclose(list);
}

/** A worker is read and checked without the others. */
Test(hdf5, workers_are_read_one_by_one) {
  const double x[] = {1, 2, 2, 1, 5, -1, -1, 4};
  const char *path = WRITE({"L", 3, {2, 2, 2}, x}, {"b", 2, {2, 2}, vectors});
  ist_hdf5_problem f;
  ist_status s = {0};
  double L[4], b[2];
  cr_assert_eq(ist_hdf5_open(path, 2, &f, &s), IST_OK);
  cr_assert_eq(f.d, 2);
  cr_assert_eq(f.n, 2);
  cr_assert_eq(ist_hdf5_read_L(&f, 1, L, &s), IST_OK);
  cr_assert_arr_eq(L, x + 4, sizeof L);
  cr_assert_eq(ist_hdf5_read_b(&f, 1, b, &s), IST_OK);
  cr_assert_arr_eq(b, vectors + 2, sizeof b);
  /* Indefinite, which one of several may be. */
  cr_assert_eq(ist_hdf5_read_L(&f, 0, L, &s), IST_OK);
  cr_assert_arr_eq(L, x, sizeof L);
  ist_hdf5_close(&f);
  ist_hdf5_close(&f);
  cr_assert_eq(ist_hdf5_open(WRITE({"L", 2, {2, 2}, x}), 2, &f, &s), IST_OK);
  cr_assert_eq(ist_hdf5_read_L(&f, 1, L, &s), IST_BAD_INPUT);
  cr_assert(strstr(s.text, "p.h5: L: not positive definite: the leading minor of order 2"));
  ist_hdf5_close(&f);
}

/** The file is refused as PATH followed by reason. */
static void expect_refusal(const char *path, size_t workers, const char *reason) {
  ist_problem p;
  ist_status s = {0};
  char text[1400];
  snprintf(text, sizeof text, "%s%s", path, reason);
  cr_expect_eq(ist_problem_load(path, workers, &p, &s), IST_BAD_INPUT, "%s", reason);
  cr_expect_str_eq(s.text, text);
  cr_expect_null(p.L);
}

Test(hdf5, shapes_that_do_not_fit_are_refused) {
  expect_refusal(WRITE(b_two), 0, ": holds no dataset L");
  expect_refusal(WRITE({"L", 1, {4}, two}), 0,
                 ": L: 1 dimensions, but must be n x d x d, or d x d if shared");
  expect_refusal(WRITE({"L", 4, {1, 2, 2, 2}, two}), 0,
                 ": L: 4 dimensions, but must be n x d x d, or d x d if shared");
  expect_refusal(WRITE({"L", 3, {2, 1, 4}, two}), 0, ": L: 1 x 4 is not square");
  expect_refusal(WRITE({"L", 3, {0, 2, 2}, NULL}), 0, ": L: dimension 1 is 0, outside 1..1048576");
  expect_refusal(WRITE({"L", 2, {0, 0}, NULL}), 0, ": L: dimension 1 is 0, outside 1..1048576");
  expect_refusal(WRITE(L_two, {"b", 1, {3}, vectors}), 0,
                 ": b: vectors of 3 entries, but L is 2 x 2");
  expect_refusal(WRITE(L_two, {"b", 2, {3, 2}, two}), 0, ": b: for 3 workers, but L is for 2");
  expect_refusal(WRITE(L_two, {"b", 2, {4, 1}, two}), 0,
                 ": b: vectors of 1 entries, but L is 2 x 2");
  expect_refusal(WRITE(L_two, {"b", 3, {2, 2, 1}, vectors}), 0,
                 ": b: 3 dimensions, but must be n x d, or d if shared");
  expect_refusal(WRITE(L_two, b_two), 3, ": for 2 workers, but 3 requested");
}

/** Sizes whose product overflows, or exceeds any memory, in a file of a few kilobytes. */
Test(hdf5, sizes_beyond_memory_are_refused) {
  hid_t list = H5Pcreate(H5P_DATASET_CREATE);
  H5Pset_chunk(list, 3, (hsize_t[]){1, 1, 1});
  const content large = {"L", 3, {1 << 20, 1 << 20, 1 << 20}, NULL};
  ist_problem p;
  ist_status s = {0};
  cr_expect_eq(ist_problem_load(write_as(H5T_IEEE_F64LE, list, &large, 1), 0, &p, &s), IST_MACHINE);
  cr_expect(strstr(s.text, "p.h5: d = 1048576, n = 1048576 does not fit in memory"));
  const content beyond = {"L", 3, {1, (1 << 20) + 1, (1 << 20) + 1}, NULL};
  expect_refusal(write_as(H5T_IEEE_F64LE, list, &beyond, 1), 0,
                 ": L: dimension 2 is 1048577, outside 1..1048576");
  H5Pclose(list);
}

Test(hdf5, other_types_are_refused) {
  const content sets[] = {L_two, b_two};
  expect_refusal(write_as(H5T_IEEE_F32LE, H5P_DEFAULT, sets, 2), 0,
                 ": L: float32, but must be float64");
  expect_refusal(write_as(H5T_STD_I64BE, H5P_DEFAULT, sets, 2), 0,
                 ": L: 64-bit integers, but must be float64");
  hid_t text = H5Tcopy(H5T_C_S1);
  const content words = {"L", 2, {2, 2}, NULL};
  expect_refusal(write_as(text, H5P_DEFAULT, &words, 1), 0,
                 ": L: no real numbers, but must be float64");
  H5Tclose(text);
  /* float64 in another layout of bits */
  hid_t shifted = H5Tcopy(H5T_IEEE_F64LE);
  H5Tset_ebias(shifted, 1000);
  expect_refusal(write_as(shifted, H5P_DEFAULT, sets, 2), 0,
                 ": L: float64 of another layout, but must be IEEE 754's");
  H5Tclose(shifted);
}

Test(hdf5, what_is_no_dataset_is_refused) {
  const char *path = scratch_path("p.h5");
  hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  H5Gclose(H5Gcreate2(file, "L", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  H5Fclose(file);
  expect_refusal(path, 0, ": L: cannot be read as a dataset: not a dataset");
  file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  H5Lcreate_soft("/nowhere", file, "L", H5P_DEFAULT, H5P_DEFAULT);
  H5Fclose(file);
  ist_problem p;
  ist_status s = {0};
  cr_expect_eq(ist_problem_load(path, 0, &p, &s), IST_BAD_INPUT);
  cr_expect(strstr(s.text, "p.h5: L: cannot be read as a dataset"), "%s", s.text);
}

/** The datasets L, as given by its creation properties, and b. */
static const char *write_special(hid_t properties, const double *x) {
  const char *path = scratch_path("p.h5");
  hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  add_dataset(file, &(content){"L", 3, {2, 2, 2}, x}, H5T_IEEE_F64LE, properties);
  add_dataset(file, &b_two, H5T_IEEE_F64LE, H5P_DEFAULT);
  H5Fclose(file);
  return path;
}

/** Nothing outside the file is opened: a FIFO there would be waited for. */
Test(hdf5, numbers_in_other_files_are_refused, .timeout = 20) {
  const char *fifo = scratch_path("fifo");
  cr_assert_eq(mkfifo(fifo, 0600), 0);
  hid_t list = H5Pcreate(H5P_DATASET_CREATE);
  H5Pset_external(list, fifo, 0, H5F_UNLIMITED);
  expect_refusal(
      write_special(list, NULL), 0,
      ": L: its numbers lie in another file (external storage); copy them into this one");
  H5Pclose(list);
  hid_t space = H5Screate_simple(3, (hsize_t[]){2, 2, 2}, NULL);
  list = H5Pcreate(H5P_DATASET_CREATE);
  H5Pset_virtual(list, space, fifo, "L", space);
  expect_refusal(
      write_special(list, NULL), 0,
      ": L: a virtual dataset, whose numbers lie in other datasets; copy them into this one");
  H5Pclose(list);
  H5Sclose(space);
  /* without end: its extent is that of the sources that are found */
  space = H5Screate_simple(1, (hsize_t[]){2}, (hsize_t[]){H5S_UNLIMITED});
  H5Sselect_hyperslab(space, H5S_SELECT_SET, (hsize_t[]){0}, NULL, (hsize_t[]){H5S_UNLIMITED},
                      (hsize_t[]){1});
  list = H5Pcreate(H5P_DATASET_CREATE);
  H5Pset_virtual(list, space, fifo, "b", space);
  hid_t file = H5Fcreate(scratch_path("p.h5"), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  add_dataset(file, &L_two, H5T_IEEE_F64LE, H5P_DEFAULT);
  H5Dclose(H5Dcreate2(file, "b", H5T_IEEE_F64LE, space, H5P_DEFAULT, list, H5P_DEFAULT));
  H5Fclose(file);
  expect_refusal(
      scratch_path("p.h5"), 0,
      ": b: a virtual dataset, whose numbers lie in other datasets; copy them into this one");
}

Test(hdf5, links_out_of_the_file_are_refused, .timeout = 20) {
  char reason[700];
  const char *fifo = scratch_path("fifo"), *path = scratch_path("p.h5");
  cr_assert_eq(mkfifo(fifo, 0600), 0);
  snprintf(reason, sizeof reason,
           ": L: leads to another file (external link to %s), but must lie in this one", fifo);
  hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  H5Lcreate_external(fifo, "/L", file, "L", H5P_DEFAULT, H5P_DEFAULT);
  H5Fclose(file);
  expect_refusal(path, 0, reason);
  /* a soft link that goes through an external one */
  file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  H5Lcreate_external(fifo, "/", file, "away", H5P_DEFAULT, H5P_DEFAULT);
  H5Lcreate_soft("/away/L", file, "L", H5P_DEFAULT, H5P_DEFAULT);
  H5Fclose(file);
  expect_refusal(path, 0, reason);
  expect_refusal(fifo, 0, ": neither a directory nor a regular file");
}

Test(hdf5, soft_links_within_the_file_are_followed) {
  const char *path = scratch_path("p.h5");
  hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  add_dataset(file, &(content){"data", 3, {2, 2, 2}, two}, H5T_IEEE_F64LE, H5P_DEFAULT);
  H5Lcreate_soft("/data", file, "L", H5P_DEFAULT, H5P_DEFAULT);
  H5Fclose(file);
  expect_content(path, 0, 2, 4, 0);
}

Test(hdf5, what_was_never_written_is_refused) {
  expect_refusal(WRITE({"L", 3, {2, 2, 2}, NULL}, b_two), 0,
                 ": L: was never written; HDF5 would read it as zeros");
  expect_refusal(WRITE(L_two, {"b", 1, {2}, NULL}), 0,
                 ": b: was never written; HDF5 would read it as zeros");
  /* one of two chunks */
  hid_t list = H5Pcreate(H5P_DATASET_CREATE);
  H5Pset_chunk(list, 3, (hsize_t[]){1, 2, 2});
  const char *path = write_special(list, NULL);
  hid_t file = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT), set = H5Dopen2(file, "L", H5P_DEFAULT);
  hid_t there = H5Dget_space(set), here = H5Screate_simple(1, (hsize_t[]){4}, NULL);
  H5Sselect_hyperslab(there, H5S_SELECT_SET, (hsize_t[]){0, 0, 0}, NULL, (hsize_t[]){1, 2, 2},
                      NULL);
  cr_assert_geq(H5Dwrite(set, H5T_NATIVE_DOUBLE, here, there, H5P_DEFAULT, two), 0);
  H5Dclose(set);
  H5Fclose(file);
  expect_refusal(path, 0, ": L: a part of it was never written; HDF5 would read that as zeros");
  H5Pclose(list);
}

Test(hdf5, names_in_the_other_case_are_refused) {
  expect_refusal(WRITE(L_two, {"B", 1, {2}, vectors}), 0,
                 ": holds no dataset b, but one named B; rename it if it is meant");
  expect_refusal(WRITE({"l", 3, {2, 2, 2}, two}), 0,
                 ": holds no dataset L, but one named l; rename it if it is meant");
  expect_content(WRITE(L_two, b_two, {"B", 1, {2}, two}, {"l", 1, {2}, two}), 0, 2, 4, 2);
}

/** A filter that stores numbers as they are, and that readers do not know. */
static size_t store(unsigned flags, size_t values, const unsigned value[], size_t bytes,
                    size_t *size, void **buffer) {
  (void)flags;
  (void)values;
  (void)value;
  (void)size;
  (void)buffer;
  return bytes;
}

Test(hdf5, filters_that_are_not_installed_are_named) {
  const H5Z_class2_t filter = {.version = H5Z_CLASS_T_VERS,
                               .id = 300,
                               .encoder_present = 1,
                               .decoder_present = 1,
                               .name = "own filter",
                               .filter = store};
  cr_assert_geq(H5Zregister(&filter), 0);
  hid_t list = H5Pcreate(H5P_DATASET_CREATE);
  H5Pset_chunk(list, 3, (hsize_t[]){1, 2, 2});
  H5Pset_filter(list, 300, H5Z_FLAG_OPTIONAL, 0, NULL);
  const char *path = write_special(list, two);
  H5Pclose(list);
  expect_content(path, 0, 2, 4, 2);
  cr_assert_geq(H5Zunregister(300), 0);
  expect_refusal(path, 0,
                 ": L, worker 1: compressed with the HDF5 filter 300 (own filter), which is not "
                 "installed; h5repack writes the file with another");
}

/** Pieces of several chunks, the last one smaller, across more than one piece. */
Test(hdf5, large_matrices_are_read_in_pieces) {
  const size_t d = 1500;
  ist_problem p = {.d = d, .n = 1};
  p.L = calloc(d * d, sizeof *p.L);
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++)
      p.L[j * d + k] = j == k ? 2 * (double)d : 1.0 / (double)(1 + j + k);
  hid_t list = H5Pcreate(H5P_DATASET_CREATE);
  H5Pset_chunk(list, 2, (hsize_t[]){400, 700});
  H5Pset_deflate(list, 1);
  const content large = {"L", 2, {d, d}, p.L};
  ist_problem q = load(write_as(H5T_IEEE_F64LE, list, &large, 1), 0);
  cr_expect_eq(memcmp(p.L, q.L, d * d * sizeof *p.L), 0);
  H5Pclose(list);
  ist_problem_free(&q);
  q = load(write_as(H5T_IEEE_F64BE, H5P_DEFAULT, &large, 1), 0);
  cr_expect_eq(memcmp(p.L, q.L, d * d * sizeof *p.L), 0);
  ist_problem_free(&q);
  free(p.L);
}

Test(hdf5, entries_that_are_no_problem_are_refused) {
  double x[8], v[4];
#define CHANGED(array, source, place, value)                                                       \
  (memcpy(array, source, sizeof array), array[place] = value, array)
  expect_refusal(WRITE({"L", 3, {2, 2, 2}, CHANGED(x, two, 6, (double)NAN)}), 0,
                 ": L, worker 2: entry (2,1) = nan is not within +-1.4615e+48");
  expect_refusal(WRITE({"L", 2, {2, 2}, CHANGED(x, two, 1, (double)INFINITY)}), 0,
                 ": L: entry (1,2) = inf is not within +-1.4615e+48");
  expect_refusal(WRITE({"L", 3, {2, 2, 2}, CHANGED(x, two, 5, -1 + 1e-11)}), 0,
                 ": L, worker 2: not symmetric: entry (2,1) = -1, entry (1,2) = -0.99999999999");
  expect_refusal(WRITE({"L", 3, {2, 2, 2}, CHANGED(x, two, 3, -4)}), 0,
                 ": the mean of the 2 matrices: not positive definite: diagonal entry (2,2) = 0");
  expect_refusal(
      WRITE({"L", 3, {2, 2, 2}, CHANGED(x, two, 4, -5)}), 0,
      ": the mean of the 2 matrices: not positive definite: diagonal entry (1,1) = -1.5");
  expect_refusal(WRITE({"L", 2, {2, 2}, CHANGED(x, two, 3, 0.5)}), 0,
                 ": L: not positive definite: the leading minor of order 2 is not positive");
  expect_refusal(WRITE(L_two, {"b", 2, {2, 2}, CHANGED(v, vectors, 3, (double)NAN)}), 0,
                 ": b, worker 2: entry (2,1) = nan is not within +-1.4615e+48");
  expect_refusal(WRITE(L_two, {"b", 1, {2}, CHANGED(v, vectors, 0, 1e49)}), 0,
                 ": b: entry (1,1) = 1e+49 is not within +-1.4615e+48");
}

/** An asymmetry within the tolerance is averaged away. */
Test(hdf5, small_asymmetries_are_averaged) {
  double x[8];
  ist_problem p = load(WRITE({"L", 3, {2, 2, 2}, CHANGED(x, two, 1, 1 + 0x1p-48)}), 0);
  cr_assert_eq(p.L[1], 1 + 0x1p-49);
  cr_assert_eq(p.L[2], 1 + 0x1p-49);
  ist_problem_free(&p);
}

static long size_of(const char *path) {
  FILE *file = fopen(path, "r");
  cr_assert_not_null(file);
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  fclose(file);
  return size;
}

Test(hdf5, truncated_files_are_refused) {
  const char *path = WRITE(L_two, b_two);
  for (long size = size_of(path) - 1; size >= 0; size -= size > 64 ? 61 : 1) {
    ist_problem p;
    ist_status s = {0};
    cr_assert_eq(truncate(path, size), 0);
    cr_assert_eq(ist_problem_load(path, 0, &p, &s), IST_BAD_INPUT, "%ld bytes", size);
    cr_assert(strstr(s.text, size < 8 ? "p.h5: not an HDF5 file" : "p.h5: "), "%s", s.text);
    cr_assert_null(strchr(s.text, '\n'));
  }
}

/** Replaces the first place in the file that holds the number before. */
static void replace_number(const char *path, double before, double after) {
  double entry = 0;
  FILE *file = fopen(path, "r+");
  cr_assert_not_null(file);
  for (long place = 0; entry != before; place++) {
    fseek(file, place, SEEK_SET);
    cr_assert_eq(fread(&entry, sizeof entry, 1, file), 1);
  }
  fseek(file, -(long)sizeof entry, SEEK_CUR);
  fwrite(&after, sizeof after, 1, file);
  fclose(file);
}

Test(hdf5, damaged_data_are_refused) {
  hid_t list = H5Pcreate(H5P_DATASET_CREATE);
  H5Pset_chunk(list, 3, (hsize_t[]){1, 2, 2});
  H5Pset_fletcher32(list);
  const char *path = write_as(H5T_IEEE_F64LE, list, &L_two, 1);
  H5Pclose(list);
  replace_number(path, 5, 6);
  expect_refusal(path, 0,
                 ": L, worker 2: cannot be read: data error detected by Fletcher32 checksum");
}

Test(hdf5, what_is_no_file_is_refused) {
  ist_hdf5_problem f;
  ist_status s = {0};
  cr_expect_eq(ist_hdf5_open(scratch_path("absent"), 0, &f, &s), IST_BAD_INPUT);
  cr_expect(strstr(s.text, "absent: No such file or directory"));
  cr_expect_eq(ist_hdf5_open("/dev/null", 0, &f, &s), IST_BAD_INPUT);
  cr_expect_str_eq(s.text, "/dev/null: not a regular file");
  cr_expect_eq(ist_hdf5_open(WRITE(L_two), IST_DIM_MAX + 1, &f, &s), IST_USAGE);
  expect_refusal("/dev/null", 0, ": neither a directory nor a regular file");
  expect_refusal(scratch_write("text.h5", "L = 1\n"), 0,
                 ": not an HDF5 file; a problem is a directory of Matrix Market files or one HDF5 "
                 "file");
}

Test(hdf5, names_that_stand_for_hdf5) {
  cr_expect(ist_hdf5_named("p.h5"));
  cr_expect(ist_hdf5_named("a.b/p.hdf5"));
  cr_expect_not(ist_hdf5_named("p"));
  cr_expect_not(ist_hdf5_named("p.h5/L"));
  cr_expect_not(ist_hdf5_named("p.H5"));
}

static ist_code refuse_second(void *context, size_t i, double *L, ist_status *s) {
  (void)context;
  if (i == 1)
    return ist_fail(s, IST_BAD_INPUT, "second");
  L[0] = 1;
  return IST_OK;
}

/** Worker i's row of dependent columns, as regression makes it. */
static ist_code dependent(void *context, size_t i, double *L, ist_status *s) {
  (void)context;
  (void)s;
  const double scale = (double)(i + 1);
  memcpy(L, (double[]){scale, 2 * scale, 2 * scale, 4 * scale}, 4 * sizeof *L);
  return IST_OK;
}

/** The mean is checked while matrices pass by: the earlier file is untouched. */
Test(hdf5, a_singular_mean_is_not_written) {
  const char *path = scratch_write("p.h5", "earlier");
  const ist_problem_source from = {.d = 2,
                                   .n = 3,
                                   .L_count = 3,
                                   .b_count = 1,
                                   .name = "A.mtx",
                                   .remedy = "a larger --ridge may help",
                                   .take_L = dependent};
  ist_status s = {0};
  cr_expect_eq(ist_hdf5_write(&from, path, &s), IST_BAD_INPUT);
  cr_expect_str_eq(s.text, "A.mtx: the mean of the 3 matrices: not positive definite: the leading "
                           "minor of order 2 is not positive; a larger --ridge may help");
  cr_expect(scratch_holds("p.h5", "earlier"));
  cr_expect_eq(scratch_count(), 1);
}

/** The source fails in the middle: the earlier file is untouched, no other one left. */
Test(hdf5, a_failing_source_leaves_the_file_as_it_was) {
  const char *path = scratch_write("p.h5", "earlier");
  const ist_problem_source from = {
      .d = 1, .n = 2, .L_count = 2, .b_count = 1, .take_L = refuse_second};
  ist_status s = {0};
  cr_expect_eq(ist_hdf5_write(&from, path, &s), IST_BAD_INPUT);
  cr_expect_str_eq(s.text, "second");
  cr_expect(scratch_holds("p.h5", "earlier"));
  cr_expect_eq(scratch_count(), 1);
}
