#include "part.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "machine/memory.h"
#include "problem/directory.h"
#include "problem/hdf5_problem.h"

/** An open problem of either kind. d is 0 in a directory until a matrix was read, n where it is d.
 */
typedef struct {
  const char *path;
  bool is_file;
  ist_directory directory;
  ist_hdf5_problem file;
  size_t d, n;
  bool L_shared, b_shared;
} reader;

static ist_code open_reader(const char *path, size_t workers, reader *r, ist_status *s) {
  struct stat info;
  *r = (reader){.path = path};
  r->is_file = stat(path, &info) == 0 && S_ISREG(info.st_mode);
  if (r->is_file) {
    if (ist_hdf5_open(path, workers, &r->file, s) != IST_OK)
      return s->code;
    r->d = r->file.d;
    r->n = r->file.n;
    r->L_shared = r->file.L_stride == 0;
    r->b_shared = r->file.b_stride == 0;
    return IST_OK;
  }
  if (ist_directory_open(path, workers, &r->directory, s) != IST_OK)
    return s->code;
  r->n = r->directory.n;
  r->L_shared = r->directory.L.count == 0;
  r->b_shared = r->directory.b.count == 0;
  return IST_OK;
}

static void close_reader(reader *r) {
  if (r->is_file)
    ist_hdf5_close(&r->file);
}

static ist_code read_L(const reader *r, size_t i, double *L, ist_status *s) {
  if (r->is_file)
    return ist_hdf5_read_L(&r->file, i, L, s);
  ist_matrix m;
  if (ist_directory_read_L(&r->directory, i, r->d, &m, s) != IST_OK)
    return s->code;
  memcpy(L, m.x, r->d * r->d * sizeof *L);
  free(m.x);
  return IST_OK;
}

static ist_code read_b(const reader *r, size_t i, double *b, ist_status *s) {
  return r->is_file ? ist_hdf5_read_b(&r->file, i, b, s)
                    : ist_directory_read_b(&r->directory, i, r->d, b, s);
}

/** All ranks: settles d and n. The owner of worker 0 reads the first matrix of a directory for it,
 *  into *first. */
static ist_code settle_size(ist_ranks *t, reader *r, ist_matrix *first, ist_status *s) {
  const int owner = t->ranks > 1 ? 1 : 0;
  ist_code code = IST_OK;
  *first = (ist_matrix){0};
  if (r->d == 0 && t->rank == owner) {
    code = ist_directory_read_L(&r->directory, 0, 0, first, s);
    if (code != IST_OK)
      first->x = NULL;
    else
      r->d = first->rows;
  }
  if (ist_agree(t, code, s) != IST_OK)
    return s->code;
  if (!r->is_file)
    ist_share(t, &r->d, sizeof r->d, owner);
  t->n = r->n > 0 ? r->n : r->d;
  if ((size_t)t->ranks > t->n + 1)
    return ist_fail(s, IST_USAGE, "%d ranks, but with %zu workers there is use for %zu at most",
                    t->ranks, t->n, t->n + 1);
  return IST_OK;
}

size_t ist_part_L_count(const ist_part *part) {
  return part->p.L_stride != 0 || part->count == 0 ? part->count : 1;
}

size_t ist_part_b_count(const ist_part *part) {
  return part->p.b_stride != 0 || part->count == 0 ? part->count : 1;
}

static ist_code allocate(const reader *r, ist_part *part, ist_status *s) {
  const size_t d = r->d;
  part->p.L = ist_memory_doubles(ist_part_L_count(part), d, d);
  part->p.b = ist_memory_doubles(ist_part_b_count(part), d, 1);
  if (part->p.L != NULL && part->p.b != NULL)
    return IST_OK;
  return ist_fail(s, IST_MACHINE, "%s: d = %zu, n = %zu does not fit in memory", r->path, d,
                  part->p.n);
}

/** Reads this rank's part; first: its first matrix, if that was read. */
static ist_code read_part(const reader *r, const ist_matrix *first, ist_part *part, ist_status *s) {
  const size_t d = r->d;
  if (allocate(r, part, s) != IST_OK)
    return s->code;
  size_t done = 0;
  if (first->x != NULL) {
    memcpy(part->p.L, first->x, d * d * sizeof *first->x);
    done = 1;
  }
  for (size_t i = done; i < ist_part_L_count(part); i++)
    if (read_L(r, part->first + i, part->p.L + i * d * d, s) != IST_OK)
      return s->code;
  for (size_t i = 0; i < ist_part_b_count(part); i++)
    if (read_b(r, part->first + i, part->p.b + i * d, s) != IST_OK)
      return s->code;
  return IST_OK;
}

static ist_code open_part(ist_ranks *t, reader *r, ist_part *part, ist_status *s) {
  ist_matrix first;
  if (settle_size(t, r, &first, s) != IST_OK) {
    free(first.x);
    return s->code;
  }
  *part = (ist_part){.p = {.d = r->d,
                           .n = t->n,
                           .L_stride = r->L_shared ? 0 : r->d * r->d,
                           .b_stride = r->b_shared ? 0 : r->d,
                           .homogeneous = r->L_shared && r->b_shared},
                     .first = ist_ranks_first(t, t->rank),
                     .count = ist_ranks_count(t, t->rank)};
  ist_code code = ist_agree(t, read_part(r, &first, part, s), s);
  free(first.x);
  return code;
}

ist_code ist_part_open(ist_ranks *t, const char *path, size_t workers, ist_part *part,
                       ist_status *s) {
  reader r;
  *part = (ist_part){0};
  ist_code mine = open_reader(path, workers, &r, s), code = ist_agree(t, mine, s);
  if (code == IST_OK)
    code = open_part(t, &r, part, s);
  if (mine == IST_OK)
    close_reader(&r);
  if (code != IST_OK)
    ist_part_close(part);
  return code;
}

void ist_part_close(ist_part *part) {
  ist_problem_free(&part->p);
  free(part->mean);
  part->mean = NULL;
}
