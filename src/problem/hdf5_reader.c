#include "hdf5_reader.h"

#include <hdf5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "child.h"
#include "hdf5_dataset.h"
#include "hdf5_error.h"
#include "kernel/range.h"
#include "machine/memory.h"

/** Parts are sent in pieces of about this size, so that they are not in memory twice. */
#define PIECE_BYTES ((size_t)8 << 20)

/** An open file. */
typedef struct {
  const char *path;
  hid_t file;
  ist_hdf5_dataset L, b; /**< b: closed where there is none */
  ist_hdf5_survey survey;
} reader;

void ist_hdf5_part_name(const char *path, bool is_L, bool shared, size_t i, char name[700]) {
  const char *set = is_L ? "L" : "b";
  if (shared)
    snprintf(name, 700, "%.600s: %s", path, set);
  else
    snprintf(name, 700, "%.600s: %s, worker %zu", path, set, i + 1);
}

static ist_code open_file(reader *r, ist_status *s) {
  if (H5Fis_hdf5(r->path) <= 0)
    return ist_fail(s, ist_child_exhausted() ? IST_MACHINE : IST_BAD_INPUT,
                    "%s: not an HDF5 file; a problem is a directory of Matrix Market files or one "
                    "HDF5 file",
                    r->path);
  r->file = H5Fopen(r->path, H5F_ACC_RDONLY, H5P_DEFAULT);
  return r->file >= 0 ? IST_OK : ist_hdf5_refuse(r->path, NULL, "cannot be read as HDF5", s);
}

/** Opens L and finds d, and n unless L is shared. */
static ist_code survey_L(reader *r, ist_status *s) {
  bool exists;
  ist_hdf5_dataset *L = &r->L;
  if (ist_hdf5_dataset_find(r->path, r->file, "L", "l", &exists, s) != IST_OK)
    return s->code;
  if (!exists)
    return ist_fail(s, IST_BAD_INPUT, "%s: holds no dataset L", r->path);
  if (ist_hdf5_dataset_open(r->path, r->file, "L", 2, 3, "n x d x d, or d x d if shared", L, s) !=
      IST_OK)
    return s->code;
  const hsize_t rows = L->size[L->rank - 2], cols = L->size[L->rank - 1];
  if (rows != cols)
    return ist_fail(s, IST_BAD_INPUT, "%s: L: %zu x %zu is not square", r->path, (size_t)rows,
                    (size_t)cols);
  r->survey.d = (size_t)cols;
  r->survey.n = L->rank == 3 ? (size_t)L->size[0] : 0;
  r->survey.L_shared = r->survey.n <= 1;
  L->stacked = r->survey.n > 1;
  L->row = L->rank - 2;
  return IST_OK;
}

/** Whether b, of the given extent, holds one vector: (d), or as MATLAB writes it, (1,d) or (d,1).
 *  For d = 1, (k,1) holds k vectors. */
static bool is_one_vector(const ist_hdf5_dataset *b, size_t d) {
  return b->rank == 1 || (b->size[0] == 1 && b->size[1] == d) ||
         (b->size[0] == d && b->size[1] == 1 && d > 1);
}

/** Opens b, if there is one, and matches it with L. */
static ist_code survey_b(reader *r, ist_status *s) {
  ist_hdf5_survey *v = &r->survey;
  ist_hdf5_dataset *b = &r->b;
  bool exists;
  v->b_shared = true;
  if (ist_hdf5_dataset_find(r->path, r->file, "b", "B", &exists, s) != IST_OK)
    return s->code;
  v->has_b = exists;
  if (!exists)
    return IST_OK;
  if (ist_hdf5_dataset_open(r->path, r->file, "b", 1, 2, "n x d, or d if shared", b, s) != IST_OK)
    return s->code;
  const bool one = is_one_vector(b, v->d);
  const size_t length = (size_t)b->size[b->rank - 1];
  if (length != v->d && !(one && b->rank == 2))
    return ist_fail(s, IST_BAD_INPUT, "%s: b: vectors of %zu entries, but L is %zu x %zu", r->path,
                    length, v->d, v->d);
  if (one)
    return IST_OK;
  const size_t n = (size_t)b->size[0];
  if (v->n != 0 && v->n != n)
    return ist_fail(s, IST_BAD_INPUT, "%s: b: for %zu workers, but L is for %zu", r->path, n, v->n);
  v->n = n;
  v->b_shared = false;
  b->stacked = true;
  return IST_OK;
}

static ist_code survey(reader *r, ist_status *s) {
  ist_hdf5_begin();
  if (open_file(r, s) == IST_OK && survey_L(r, s) == IST_OK)
    (void)survey_b(r, s);
  return s->code;
}

/** Sends the rows first.. of a part, read into buffer. */
static bool send_piece(reader *r, const ist_hdf5_request *q, size_t first, size_t rows,
                       double *buffer, int channel) {
  const ist_hdf5_dataset *t = q->is_L ? &r->L : &r->b;
  const size_t bytes = rows * (q->is_L ? r->survey.d : 1) * sizeof *buffer;
  char name[700];
  ist_status s = {IST_OK, ""};
  ist_hdf5_part_name(r->path, q->is_L, !t->stacked, q->i, name);
  (void)ist_hdf5_dataset_read(t, q->i, first, rows, name, buffer, &s);
  return ist_child_report(channel, &s) && s.code == IST_OK &&
         ist_child_send(channel, &bytes, sizeof bytes) && ist_child_send(channel, buffer, bytes);
}

/** As many rows of a part as are read at once: a little more than PIECE_BYTES hold, so that no
 *  chunk is read twice; all of a vector. */
static size_t rows_at_once(const reader *r, bool is_L) {
  const size_t d = r->survey.d, chunk = r->L.chunk_rows;
  if (!is_L)
    return d;
  const size_t wanted = PIECE_BYTES / (d * sizeof(double)) + 1;
  const size_t rows = (wanted + chunk - 1) / chunk * chunk;
  return rows < d ? rows : d;
}

/** Sends a part. */
static void answer(reader *r, const ist_hdf5_request *q, int channel) {
  const size_t d = r->survey.d, step = rows_at_once(r, q->is_L);
  ist_hdf5_dataset *t = q->is_L ? &r->L : &r->b;
  ist_status s = {IST_OK, ""};
  double *buffer = ist_memory_doubles(1, step, q->is_L ? d : 1);
  if (buffer == NULL)
    ist_fail(&s, IST_MACHINE, "%s: not enough memory to read it", r->path);
  else
    (void)ist_hdf5_dataset_check_written(r->path, t, &s);
  if (s.code != IST_OK)
    (void)ist_child_report(channel, &s);
  for (size_t first = 0; first < d && s.code == IST_OK; first += step)
    if (!send_piece(r, q, first, step < d - first ? step : d - first, buffer, channel))
      break;
  free(buffer);
}

void ist_hdf5_serve(void *path, int channel) {
  reader r = {
      .path = path, .file = H5I_INVALID_HID, .L = IST_HDF5_NO_DATASET, .b = IST_HDF5_NO_DATASET};
  ist_status s = {IST_OK, ""};
  ist_hdf5_request request;
  const ist_code code = survey(&r, &s);
  if (ist_child_report(channel, &s) && code == IST_OK &&
      ist_child_send(channel, &r.survey, sizeof r.survey))
    while (ist_child_receive(channel, &request, sizeof request))
      answer(&r, &request, channel);
  // Nothing is closed: the process ends, and closing after a failure is where HDF5 crashes.
}
