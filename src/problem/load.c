#include "load.h"

#include <stdlib.h>
#include <string.h>

#include "../kernel/range.h"
#include "check.h"
#include "inventory.h"
#include "matrix_market.h"

typedef struct {
  const char *path;
  ist_family L, b;
  size_t n; /**< 0 until d is known, if both L and b are shared */
} source;

static size_t distinct(const ist_family *family) { return family->count > 0 ? family->count : 1; }

/** Reads file LETTER of worker i (from 0) or the shared one; *name is its path, to be freed. */
static ist_code read_file(const source *from, char letter, size_t i, ist_matrix *m, char **name,
                          ist_status *s) {
  const ist_family *family = letter == 'L' ? &from->L : &from->b;
  *m = (ist_matrix){0};
  *name = ist_file_path(from->path, letter, family->count > 0 ? i + 1 : 0);
  if (*name == NULL)
    return ist_fail(s, IST_BAD_INPUT, "%s: memory is exhausted", from->path);
  return ist_mm_read(*name, IST_DIM_MAX, m, s);
}

/** Reads L_i. d: its required dimension, 0 if any. On IST_OK m->x is owned by the caller. */
static ist_code read_L(const source *from, size_t i, size_t d, ist_matrix *m, ist_status *s) {
  char *name = NULL;
  ist_code code = read_file(from, 'L', i, m, &name, s);
  if (code == IST_OK && m->rows != m->cols)
    code = ist_fail(s, IST_BAD_INPUT, "%s:%zu: %zu x %zu is not square", name, m->line, m->rows,
                    m->cols);
  if (code == IST_OK && d != 0 && m->rows != d)
    code = ist_fail(s, IST_BAD_INPUT, "%s:%zu: %zu x %zu, while L-1.mtx is %zu x %zu", name,
                    m->line, m->rows, m->cols, d, d);
  if (code == IST_OK)
    code = ist_check_matrix(m->x, m->rows, name, s);
  if (code != IST_OK)
    free(m->x);
  free(name);
  return code;
}

static ist_code load_b(const source *from, size_t i, size_t d, double *b, ist_status *s) {
  ist_matrix m;
  char *name = NULL;
  ist_code code = read_file(from, 'b', i, &m, &name, s);
  if (code == IST_OK && (m.rows != d || m.cols != 1))
    code = ist_fail(s, IST_BAD_INPUT, "%s:%zu: %zu x %zu, but must be %zu x 1 to match L", name,
                    m.line, m.rows, m.cols, d);
  if (code == IST_OK)
    code = ist_check_entries(m.x, d, 1, name, s);
  if (code == IST_OK)
    memcpy(b, m.x, d * sizeof(double));
  free(m.x);
  free(name);
  return code;
}

/** Lists the directory and settles n as far as the files do. */
static ist_code survey(const char *path, size_t workers, source *from, ist_status *s) {
  *from = (source){.path = path, .n = workers};
  if (workers > IST_DIM_MAX)
    return ist_fail(s, IST_USAGE, "%zu workers are more than the largest number, %d", workers,
                    IST_DIM_MAX);
  ist_code code = ist_family_list(path, 'L', &from->L, s);
  if (code == IST_OK)
    code = ist_family_list(path, 'b', &from->b, s);
  if (code != IST_OK)
    return code;
  if (!from->L.shared && from->L.count == 0)
    return ist_fail(s, IST_BAD_INPUT, "%s: holds neither L.mtx nor L-1.mtx", path);
  if (from->L.count > 0 && from->b.count > 0 && from->L.count != from->b.count)
    return ist_fail(s, IST_BAD_INPUT, "%s: L files for %zu workers, but b files for %zu", path,
                    from->L.count, from->b.count);
  size_t files = from->L.count > 0 ? from->L.count : from->b.count;
  if (files > 0 && workers > 0 && files != workers)
    return ist_fail(s, IST_BAD_INPUT, "%s: files for %zu workers, but %zu requested", path, files,
                    workers);
  if (files > 0)
    from->n = files;
  return IST_OK;
}

static ist_code load_rest(const source *from, ist_problem *p, ist_status *s) {
  for (size_t i = 1; i < distinct(&from->L); i++) {
    ist_matrix m;
    ist_code code = read_L(from, i, p->d, &m, s);
    if (code != IST_OK)
      return code;
    memcpy(p->L + i * p->L_stride, m.x, p->d * p->d * sizeof(double));
    free(m.x);
  }
  if (!from->b.shared && from->b.count == 0)
    return IST_OK;
  for (size_t i = 0; i < distinct(&from->b); i++) {
    ist_code code = load_b(from, i, p->d, p->b + i * p->b_stride, s);
    if (code != IST_OK)
      return code;
  }
  return IST_OK;
}

ist_code ist_problem_load(const char *path, size_t workers, ist_problem *p, ist_status *s) {
  *p = (ist_problem){0};
  source from;
  ist_code code = survey(path, workers, &from, s);
  if (code != IST_OK)
    return code;
  ist_matrix first;
  code = read_L(&from, 0, 0, &first, s);
  if (code != IST_OK)
    return code;
  size_t d = first.rows;
  size_t n = from.n > 0 ? from.n : d;
  if (ist_problem_alloc(p, d, n, distinct(&from.L), distinct(&from.b))) {
    memcpy(p->L, first.x, d * d * sizeof(double));
    code = load_rest(&from, p, s);
    ist_problem_note_interpolation(p);
  } else {
    code = ist_fail(s, IST_BAD_INPUT, "%s: d = %zu, n = %zu does not fit in memory", path, d, n);
  }
  free(first.x);
  if (code != IST_OK)
    ist_problem_free(p);
  return code;
}
