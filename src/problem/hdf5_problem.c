#include "hdf5_problem.h"

#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "child.h"
#include "hdf5_reader.h"
#include "input_file.h"
#include "kernel/range.h"

/** Whom messages name where the reading process does not survive. */
#define LIBRARY "the HDF5 library"

struct ist_hdf5_handles {
  char *path;
  ist_child child; /**< the process that reads the file */
};

/** Refuses what the system cannot read, or what is not a regular file. */
static ist_code check_readable(const char *path, ist_status *s) {
  FILE *file = ist_input_open(path, s);
  if (file == NULL)
    return s->code;
  fclose(file);
  return IST_OK;
}

/** Takes over what the reading process tells, which a damaged file may have spoilt. */
static ist_code accept(ist_hdf5_problem *f, const ist_hdf5_survey *v, ist_status *s) {
  if (v->d == 0 || v->d > IST_DIM_MAX || v->n > IST_DIM_MAX)
    return ist_fail(s, IST_BAD_INPUT, "%s: cannot be read", f->handles->path);
  f->d = v->d;
  f->n = v->n;
  f->has_b = v->has_b != 0;
  f->L_stride = v->L_shared ? 0 : v->d * v->d;
  f->b_stride = v->b_shared ? 0 : v->d;
  f->homogeneous = v->L_shared && v->b_shared;
  return IST_OK;
}

static ist_code survey(ist_hdf5_problem *f, ist_status *s) {
  struct ist_hdf5_handles *h = f->handles;
  ist_hdf5_survey found;
  if (check_readable(h->path, s) != IST_OK ||
      ist_child_start(&h->child, h->path, ist_hdf5_serve, h->path, s) != IST_OK ||
      ist_child_outcome(&h->child, h->path, LIBRARY, IST_BAD_INPUT, s) != IST_OK)
    return s->code;
  if (!ist_child_receive(h->child.channel, &found, sizeof found))
    return ist_child_fate(&h->child, h->path, LIBRARY, IST_BAD_INPUT, s);
  return accept(f, &found, s);
}

static ist_code settle_workers(ist_hdf5_problem *f, size_t workers, ist_status *s) {
  if (f->n != 0 && workers != 0 && f->n != workers)
    return ist_fail(s, IST_BAD_INPUT, "%s: for %zu workers, but %zu requested", f->handles->path,
                    f->n, workers);
  if (f->n == 0)
    f->n = workers != 0 ? workers : f->d;
  return IST_OK;
}

ist_code ist_hdf5_open(const char *path, size_t workers, ist_hdf5_problem *f, ist_status *s) {
  *f = (ist_hdf5_problem){0};
  if (workers > IST_DIM_MAX)
    return ist_fail(s, IST_USAGE, "%zu workers are more than the largest number, %d", workers,
                    IST_DIM_MAX);
  f->handles = calloc(1, sizeof *f->handles);
  if (f->handles != NULL)
    f->handles->path = strdup(path);
  ist_code code;
  if (f->handles == NULL || f->handles->path == NULL)
    code = ist_fail(s, IST_MACHINE, "%s: memory is exhausted", path);
  else if ((code = survey(f, s)) == IST_OK)
    code = settle_workers(f, workers, s);
  if (code != IST_OK)
    ist_hdf5_close(f);
  return code;
}

/** Receives a part of `wanted` bytes, piece by piece. name: what messages call it. */
static ist_code receive_part(ist_child *c, const char *name, char *out, size_t wanted,
                             ist_status *s) {
  while (wanted > 0) {
    size_t bytes;
    if (ist_child_outcome(c, name, LIBRARY, IST_BAD_INPUT, s) != IST_OK)
      return s->code;
    if (!ist_child_receive(c->channel, &bytes, sizeof bytes) || bytes == 0 || bytes > wanted ||
        !ist_child_receive(c->channel, out, bytes))
      return ist_child_fate(c, name, LIBRARY, IST_BAD_INPUT, s);
    out += bytes;
    wanted -= bytes;
  }
  return IST_OK;
}

/** Reads L_i or b_i of the given stride; *name: what messages call it. */
static ist_code read_part(const ist_hdf5_problem *f, bool is_L, size_t i, size_t stride,
                          double *out, char name[700], ist_status *s) {
  ist_child *child = &f->handles->child;
  const ist_hdf5_request request = {.is_L = is_L, .i = i};
  const size_t entries = is_L ? f->d * f->d : f->d;
  ist_hdf5_part_name(f->handles->path, is_L, stride == 0, i, name);
  // Where the process ended earlier, its fate is told, once.
  if (child->id == 0)
    return ist_fail(s, IST_BAD_INPUT, "%s: cannot be read", name);
  if (!ist_child_send(child->channel, &request, sizeof request))
    return ist_child_fate(child, name, LIBRARY, IST_BAD_INPUT, s);
  return receive_part(child, name, (char *)out, entries * sizeof *out, s);
}

ist_code ist_hdf5_read_L(const ist_hdf5_problem *f, size_t i, double *L, ist_status *s) {
  char name[700];
  if (read_part(f, true, i, f->L_stride, L, name, s) != IST_OK)
    return s->code;
  return ist_check_matrix(L, f->d, f->L_stride != 0 ? f->n : 1, name, s);
}

ist_code ist_hdf5_read_b(const ist_hdf5_problem *f, size_t i, double *b, ist_status *s) {
  if (!f->has_b) {
    memset(b, 0, f->d * sizeof *b);
    return IST_OK;
  }
  char name[700];
  if (read_part(f, false, i, f->b_stride, b, name, s) != IST_OK)
    return s->code;
  return ist_check_entries(b, f->d, 1, name, s);
}

void ist_hdf5_close(ist_hdf5_problem *f) {
  if (f->handles != NULL) {
    ist_child_end(&f->handles->child);
    free(f->handles->path);
    free(f->handles);
  }
  *f = (ist_hdf5_problem){0};
}
