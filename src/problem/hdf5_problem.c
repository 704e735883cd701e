#include "hdf5_problem.h"

#include <errno.h>
#include <fcntl.h>
#include <hdf5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../kernel/range.h"
#include "check.h"
#include "hdf5_error.h"

struct ist_hdf5_handles {
  char *path;
  hid_t file, L, b; /**< H5I_INVALID_HID where there is none */
};

/** The extent of a dataset. */
typedef struct {
  int rank;
  hsize_t size[3]; /**< rank of them */
} shape;

/** "FILE: DATASET: what: HDF5's reason". */
static ist_code refuse(const char *path, const char *name, const char *what, ist_status *s) {
  char reason[160];
  ist_hdf5_reason(reason, sizeof reason);
  return ist_fail(s, IST_BAD_INPUT, "%s%s%s: %s%s%s", path, name != NULL ? ": " : "",
                  name != NULL ? name : "", what, reason[0] != '\0' ? ": " : "", reason);
}

/** Refuses what the system cannot read, or what is not a regular file. */
static ist_code check_readable(const char *path, ist_status *s) {
  // O_NONBLOCK: opening a FIFO must not wait for its writer.
  int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  struct stat info;
  ist_code code = IST_OK;
  if (descriptor < 0 || fstat(descriptor, &info) != 0)
    code = ist_fail(s, IST_BAD_INPUT, "%s: %s", path, strerror(errno));
  else if (!S_ISREG(info.st_mode))
    code = ist_fail(s, IST_BAD_INPUT, "%s: not a regular file", path);
  if (descriptor >= 0)
    close(descriptor);
  return code;
}

static ist_code open_file(struct ist_hdf5_handles *h, ist_status *s) {
  if (check_readable(h->path, s) != IST_OK)
    return s->code;
  if (H5Fis_hdf5(h->path) <= 0)
    return ist_fail(s, IST_BAD_INPUT,
                    "%s: not an HDF5 file; a problem is a directory of Matrix Market files or one "
                    "HDF5 file",
                    h->path);
  h->file = H5Fopen(h->path, H5F_ACC_RDONLY, H5P_DEFAULT);
  return h->file >= 0 ? IST_OK : refuse(h->path, NULL, "cannot be read as HDF5", s);
}

/** Says what type a dataset has instead of float64. */
static ist_code refuse_type(const char *path, const char *name, hid_t type, ist_status *s) {
  const unsigned bits = (unsigned)(8 * H5Tget_size(type));
  switch (H5Tget_class(type)) {
  case H5T_FLOAT:
    if (bits == 64)
      return ist_fail(s, IST_BAD_INPUT, "%s: %s: float64 of another layout, but must be IEEE 754's",
                      path, name);
    return ist_fail(s, IST_BAD_INPUT, "%s: %s: float%u, but must be float64", path, name, bits);
  case H5T_INTEGER:
    return ist_fail(s, IST_BAD_INPUT, "%s: %s: %u-bit integers, but must be float64", path, name,
                    bits);
  default:
    return ist_fail(s, IST_BAD_INPUT, "%s: %s: no real numbers, but must be float64", path, name);
  }
}

static ist_code check_type(const char *path, const char *name, hid_t set, ist_status *s) {
  const hid_t type = H5Dget_type(set);
  ist_code code = IST_OK;
  if (type < 0)
    code = refuse(path, name, "cannot be read", s);
  else if (H5Tequal(type, H5T_IEEE_F64LE) <= 0 && H5Tequal(type, H5T_IEEE_F64BE) <= 0)
    code = refuse_type(path, name, type, s);
  if (type >= 0)
    H5Tclose(type);
  return code;
}

/** The extent, of which each size must lie in 1..IST_DIM_MAX. expected: the ranks, in words. */
static ist_code read_shape(const char *path, const char *name, hid_t set, int min_rank,
                           int max_rank, const char *expected, shape *out, ist_status *s) {
  const hid_t space = H5Dget_space(set);
  *out = (shape){.rank = H5Sget_simple_extent_ndims(space)};
  const bool fits = out->rank >= min_rank && out->rank <= max_rank;
  if (fits)
    H5Sget_simple_extent_dims(space, out->size, NULL);
  if (space >= 0)
    H5Sclose(space);
  if (!fits)
    return ist_fail(s, IST_BAD_INPUT, "%s: %s: %d dimensions, but must be %s", path, name,
                    out->rank, expected);
  for (int k = 0; k < out->rank; k++)
    if (out->size[k] == 0 || out->size[k] > IST_DIM_MAX)
      return ist_fail(s, IST_BAD_INPUT, "%s: %s: dimension %d is %llu, outside 1..%d", path, name,
                      k + 1, (unsigned long long)out->size[k], IST_DIM_MAX);
  return IST_OK;
}

static ist_code open_dataset(const struct ist_hdf5_handles *h, const char *name, hid_t *set,
                             ist_status *s) {
  *set = H5Dopen2(h->file, name, H5P_DEFAULT);
  if (*set < 0)
    return refuse(h->path, name, "cannot be read as a dataset", s);
  return check_type(h->path, name, *set, s);
}

/** Opens L and finds d, and n unless L is shared. */
static ist_code survey_L(ist_hdf5_problem *f, ist_status *s) {
  struct ist_hdf5_handles *h = f->handles;
  shape L;
  if (H5Lexists(h->file, "L", H5P_DEFAULT) <= 0)
    return ist_fail(s, IST_BAD_INPUT, "%s: holds no dataset L", h->path);
  if (open_dataset(h, "L", &h->L, s) != IST_OK ||
      read_shape(h->path, "L", h->L, 2, 3, "n x d x d, or d x d if shared", &L, s) != IST_OK)
    return s->code;
  const hsize_t rows = L.size[L.rank - 2], cols = L.size[L.rank - 1];
  if (rows != cols)
    return ist_fail(s, IST_BAD_INPUT, "%s: L: %zu x %zu is not square", h->path, (size_t)rows,
                    (size_t)cols);
  f->d = (size_t)cols;
  f->n = L.rank == 3 ? (size_t)L.size[0] : 0;
  f->L_stride = f->n > 1 ? f->d * f->d : 0;
  return IST_OK;
}

/** Opens b, if there is one, and matches it with L. */
static ist_code survey_b(ist_hdf5_problem *f, ist_status *s) {
  struct ist_hdf5_handles *h = f->handles;
  shape b;
  if (H5Lexists(h->file, "b", H5P_DEFAULT) <= 0)
    return IST_OK;
  if (open_dataset(h, "b", &h->b, s) != IST_OK ||
      read_shape(h->path, "b", h->b, 1, 2, "n x d, or d if shared", &b, s) != IST_OK)
    return s->code;
  f->has_b = true;
  if (b.size[b.rank - 1] != f->d)
    return ist_fail(s, IST_BAD_INPUT, "%s: b: vectors of %zu entries, but L is %zu x %zu", h->path,
                    (size_t)b.size[b.rank - 1], f->d, f->d);
  if (b.rank == 1)
    return IST_OK;
  const size_t n = (size_t)b.size[0];
  if (f->n != 0 && f->n != n)
    return ist_fail(s, IST_BAD_INPUT, "%s: b: for %zu workers, but L is for %zu", h->path, n, f->n);
  f->n = n;
  f->b_stride = n > 1 ? f->d : 0;
  return IST_OK;
}

static ist_code settle_workers(ist_hdf5_problem *f, size_t workers, ist_status *s) {
  if (f->n != 0 && workers != 0 && f->n != workers)
    return ist_fail(s, IST_BAD_INPUT, "%s: for %zu workers, but %zu requested", f->handles->path,
                    f->n, workers);
  if (f->n == 0)
    f->n = workers != 0 ? workers : f->d;
  f->homogeneous = f->L_stride == 0 && f->b_stride == 0;
  return IST_OK;
}

ist_code ist_hdf5_open(const char *path, size_t workers, ist_hdf5_problem *f, ist_status *s) {
  *f = (ist_hdf5_problem){0};
  if (workers > IST_DIM_MAX)
    return ist_fail(s, IST_USAGE, "%zu workers are more than the largest number, %d", workers,
                    IST_DIM_MAX);
  f->handles = calloc(1, sizeof *f->handles);
  if (f->handles == NULL)
    return ist_fail(s, IST_BAD_INPUT, "%s: memory is exhausted", path);
  *f->handles =
      (struct ist_hdf5_handles){strdup(path), H5I_INVALID_HID, H5I_INVALID_HID, H5I_INVALID_HID};
  ist_hdf5_begin();
  ist_code code = IST_OK;
  if (f->handles->path == NULL)
    code = ist_fail(s, IST_BAD_INPUT, "%s: memory is exhausted", path);
  else if (open_file(f->handles, s) != IST_OK || survey_L(f, s) != IST_OK ||
           survey_b(f, s) != IST_OK)
    code = s->code;
  else
    code = settle_workers(f, workers, s);
  if (code != IST_OK)
    ist_hdf5_close(f);
  return code;
}

/** Reads worker i's part, of the given rank, or all of the dataset if stride is 0. */
static ist_code read_part(hid_t set, size_t i, size_t stride, int rank, size_t d, const char *name,
                          double *out, ist_status *s) {
  const hid_t file_space = H5Dget_space(set);
  const hsize_t start[3] = {stride != 0 ? i : 0}, sizes[2] = {d, d};
  hsize_t count[3] = {d, d, d};
  if (H5Sget_simple_extent_ndims(file_space) > rank)
    count[0] = 1;
  const hid_t memory_space = H5Screate_simple(rank, sizes, NULL);
  ist_code code = IST_OK;
  if (H5Sselect_hyperslab(file_space, H5S_SELECT_SET, start, NULL, count, NULL) < 0 ||
      H5Dread(set, H5T_NATIVE_DOUBLE, memory_space, file_space, H5P_DEFAULT, out) < 0)
    code = refuse(name, NULL, "cannot be read", s);
  H5Sclose(file_space);
  H5Sclose(memory_space);
  return code;
}

/** "FILE: L" or "FILE: L, worker 3", into name. */
static void part_name(const ist_hdf5_problem *f, const char *set, size_t i, size_t stride,
                      char name[700]) {
  if (stride == 0)
    snprintf(name, 700, "%.600s: %s", f->handles->path, set);
  else
    snprintf(name, 700, "%.600s: %s, worker %zu", f->handles->path, set, i + 1);
}

ist_code ist_hdf5_read_L(const ist_hdf5_problem *f, size_t i, double *L, ist_status *s) {
  char name[700];
  part_name(f, "L", i, f->L_stride, name);
  if (read_part(f->handles->L, i, f->L_stride, 2, f->d, name, L, s) != IST_OK)
    return s->code;
  return ist_check_matrix(L, f->d, f->L_stride != 0 ? f->n : 1, name, s);
}

ist_code ist_hdf5_read_b(const ist_hdf5_problem *f, size_t i, double *b, ist_status *s) {
  if (!f->has_b) {
    memset(b, 0, f->d * sizeof *b);
    return IST_OK;
  }
  char name[700];
  part_name(f, "b", i, f->b_stride, name);
  if (read_part(f->handles->b, i, f->b_stride, 1, f->d, name, b, s) != IST_OK)
    return s->code;
  return ist_check_entries(b, f->d, 1, name, s);
}

void ist_hdf5_close(ist_hdf5_problem *f) {
  struct ist_hdf5_handles *h = f->handles;
  if (h != NULL) {
    if (h->L >= 0)
      H5Dclose(h->L);
    if (h->b >= 0)
      H5Dclose(h->b);
    if (h->file >= 0)
      H5Fclose(h->file);
    free(h->path);
    free(h);
  }
  *f = (ist_hdf5_problem){0};
}
