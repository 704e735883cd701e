#include "hdf5_write.h"

#include <errno.h>
#include <hdf5.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "atomic_file.h"
#include "child.h"
#include "hdf5_error.h"
#include "kernel/range.h"
#include "machine/memory.h"

/** HDF5 admits chunks up to 4 GiB. */
#define CHUNK_BYTES ((hsize_t)1 << 30)

/** A file being written. */
typedef struct {
  const ist_problem_source *from;
  const char *path;      /**< the target, for messages */
  const char *temporary; /**< where the file is written */
  hid_t file;
  double *part; /**< one matrix or vector */
  double *mean; /**< of the matrices so far, their sum; NULL if there is only one */
} writer;

/** A dataset of count parts, each d x d (rank 2) or of d entries (rank 1). */
typedef struct {
  hid_t set;
  int rank;     /**< of one part */
  bool stacked; /**< whether there is a leading dimension */
  hsize_t d, count;
} dataset;

static ist_code fail(const writer *w, ist_status *s) {
  // The error is the system's if it left one: HDF5 does not hand it on.
  const int error = errno;
  char reason[160];
  ist_hdf5_reason(reason, sizeof reason);
  if (ist_child_exhausted())
    return ist_fail_system(s, IST_MACHINE, w->path, ENOMEM);
  if (error != 0)
    return ist_fail_system(s, IST_OUTPUT_FAILED, w->path, error);
  return ist_fail(s, IST_OUTPUT_FAILED, "%s: %s", w->path, reason);
}

/** Chunks of one part, or of as many of its rows as CHUNK_BYTES hold; no time stamps. */
static hid_t layout(const dataset *t) {
  hsize_t chunk[3] = {1, t->d, t->d};
  hsize_t *part = t->stacked ? chunk + 1 : chunk;
  part[0] = t->d;
  const hsize_t rows = CHUNK_BYTES / (t->d * sizeof(double));
  if (t->rank == 2 && rows < t->d)
    part[0] = rows;
  const hid_t list = H5Pcreate(H5P_DATASET_CREATE);
  // Vectors are all zero from the start, so that none that is zero has to be written.
  if (H5Pset_chunk(list, t->rank + t->stacked, chunk) < 0 || H5Pset_obj_track_times(list, 0) < 0 ||
      (t->rank == 1 && H5Pset_alloc_time(list, H5D_ALLOC_TIME_EARLY) < 0)) {
    H5Pclose(list);
    return H5I_INVALID_HID;
  }
  return list;
}

static ist_code create(const writer *w, const char *name, dataset *t, ist_status *s) {
  const hsize_t sizes[3] = {t->stacked ? t->count : t->d, t->d, t->d};
  const hid_t space = H5Screate_simple(t->rank + t->stacked, sizes, NULL);
  const hid_t list = layout(t);
  ist_child_clear_errno();
  t->set = H5Dcreate2(w->file, name, H5T_IEEE_F64LE, space, H5P_DEFAULT, list, H5P_DEFAULT);
  ist_code code = t->set >= 0 ? IST_OK : fail(w, s);
  H5Pclose(list);
  H5Sclose(space);
  return code;
}

static ist_code write_part(const writer *w, const dataset *t, size_t i, ist_status *s) {
  const hsize_t start[3] = {i, 0, 0}, part[3] = {1, t->d, t->d}, sizes[2] = {t->d, t->d};
  const hid_t file_space = H5Dget_space(t->set);
  const hid_t memory_space = H5Screate_simple(t->rank, sizes, NULL);
  ist_code code = IST_OK;
  ist_child_clear_errno();
  if ((t->stacked &&
       H5Sselect_hyperslab(file_space, H5S_SELECT_SET, start, NULL, part, NULL) < 0) ||
      H5Dwrite(t->set, H5T_NATIVE_DOUBLE, memory_space, file_space, H5P_DEFAULT, w->part) < 0)
    code = fail(w, s);
  H5Sclose(memory_space);
  H5Sclose(file_space);
  return code;
}

/** Closes the dataset; the code so far, or that of closing if it is the first to fail. */
static ist_code close_dataset(const writer *w, const dataset *t, ist_code code, ist_status *s) {
  ist_child_clear_errno();
  if (t->set >= 0 && H5Dclose(t->set) < 0 && code == IST_OK)
    return fail(w, s);
  return code;
}

/** Adds the i-th matrix, in the order of operations of ist_problem_mean. */
static void add_to_mean(const writer *w, size_t i) {
  const size_t d = w->from->d, count = w->from->L_count;
  for (size_t j = 0; j < d * d; j++) {
    w->mean[j] = i == 0 ? w->part[j] : w->mean[j] + w->part[j];
    if (i + 1 == count)
      w->mean[j] /= (double)count;
  }
}

static ist_code write_matrix(const writer *w, const dataset *L, size_t i, ist_status *s) {
  if (w->from->take_L(w->from->context, i, w->part, s) != IST_OK)
    return s->code;
  if (w->mean != NULL)
    add_to_mean(w, i);
  return write_part(w, L, i, s);
}

static ist_code write_matrices(const writer *w, ist_status *s) {
  const ist_problem_source *from = w->from;
  dataset L = {H5I_INVALID_HID, 2, from->L_count > 1 || from->n == 1, from->d, from->L_count};
  ist_code code = create(w, "L", &L, s);
  for (size_t i = 0; i < from->L_count && code == IST_OK; i++)
    code = write_matrix(w, &L, i, s);
  if (code == IST_OK && w->mean != NULL)
    code = ist_source_check_mean(from, w->mean, s);
  return close_dataset(w, &L, code, s);
}

/** Writes b from its first part that is not zero on. */
static ist_code write_vectors(const writer *w, ist_status *s) {
  const ist_problem_source *from = w->from;
  dataset b = {H5I_INVALID_HID, 1, from->b_count > 1 || from->n == 1, from->d, from->b_count};
  ist_code code = IST_OK;
  for (size_t i = 0; i < from->b_count && code == IST_OK; i++) {
    code = from->take_b(from->context, i, w->part, s);
    if (code != IST_OK || (b.set < 0 && ist_bounded(w->part, from->d, 0.0)))
      continue;
    if (b.set < 0)
      code = create(w, "b", &b, s);
    if (code == IST_OK)
      code = write_part(w, &b, i, s);
  }
  return close_dataset(w, &b, code, s);
}

/** Writes everything into the temporary file, which is closed again. */
static ist_code write_file(writer *w, ist_status *s) {
  ist_hdf5_begin();
  ist_child_clear_errno();
  w->file = H5Fcreate(w->temporary, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  if (w->file < 0)
    return fail(w, s);
  ist_code code = write_matrices(w, s);
  if (code == IST_OK)
    code = write_vectors(w, s);
  ist_child_clear_errno();
  if (H5Fclose(w->file) < 0 && code == IST_OK)
    code = fail(w, s);
  return code;
}

/** The work of the process that writes: an ist_child_work. */
static void write_and_report(void *context, int channel) {
  writer *w = context;
  ist_status s = {IST_OK, ""};
  const size_t matrices = w->from->L_count > 1 ? 2 : 1;
  w->part = ist_memory_doubles(matrices, w->from->d, w->from->d);
  if (w->part != NULL && matrices == 2)
    w->mean = w->part + w->from->d * w->from->d;
  if (w->part == NULL)
    ist_fail(&s, IST_MACHINE, "%s: d = %zu does not fit in memory", w->path, w->from->d);
  else
    (void)write_file(w, &s);
  free(w->part);
  (void)ist_child_report(channel, &s);
}

/** Writes the temporary file in a child process. */
static ist_code write_apart(writer *w, ist_status *s) {
  ist_child child;
  if (ist_child_start(&child, w->path, write_and_report, w, s) != IST_OK)
    return s->code;
  const ist_code code =
      ist_child_outcome(&child, w->path, "the HDF5 library", IST_OUTPUT_FAILED, s);
  ist_child_end(&child);
  return code;
}

/** Refuses a device or a pipe: HDF5 writes out of order. */
static ist_code check_target(const char *path, ist_status *s) {
  struct stat info;
  if (stat(path, &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode))
    return ist_fail(s, IST_OUTPUT_FAILED, "%s: exists and is not a regular file", path);
  return IST_OK;
}

bool ist_hdf5_named(const char *path) {
  const char *dot = strrchr(path, '.');
  return dot != NULL && (strcmp(dot, ".h5") == 0 || strcmp(dot, ".hdf5") == 0);
}

ist_code ist_hdf5_write(const ist_problem_source *from, const char *path, ist_status *s) {
  ist_atomic_file file;
  if (check_target(path, s) != IST_OK || ist_atomic_open(path, &file, s) != IST_OK ||
      ist_atomic_seal(&file, s) != IST_OK)
    return s->code;
  writer w = {.from = from, .path = path, .temporary = file.temporary, .file = H5I_INVALID_HID};
  if (write_apart(&w, s) == IST_OK)
    return ist_atomic_commit(&file, s);
  ist_atomic_abort(&file);
  return s->code;
}
