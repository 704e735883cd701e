#include "directory.h"

#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "kernel/range.h"

size_t ist_directory_L_count(const ist_directory *f) { return f->L.count > 0 ? f->L.count : 1; }

size_t ist_directory_b_count(const ist_directory *f) { return f->b.count > 0 ? f->b.count : 1; }

/** Reads file LETTER of worker i (from 0) or the shared one; *name is its path, to be freed. */
static ist_code read_file(const ist_directory *from, char letter, size_t i, ist_matrix *m,
                          char **name, ist_status *s) {
  const ist_family *family = letter == 'L' ? &from->L : &from->b;
  *m = (ist_matrix){0};
  *name = ist_file_path(from->path, letter, family->count > 0 ? i + 1 : 0);
  if (*name == NULL)
    return ist_fail(s, IST_MACHINE, "%s: memory is exhausted", from->path);
  return ist_mm_read(*name, IST_DIM_MAX, m, s);
}

ist_code ist_directory_read_L(const ist_directory *f, size_t i, size_t d, ist_matrix *m,
                              ist_status *s) {
  char *name = NULL;
  ist_code code = read_file(f, 'L', i, m, &name, s);
  if (code == IST_OK && m->rows != m->cols)
    code = ist_fail(s, IST_BAD_INPUT, "%s:%zu: %zu x %zu is not square", name, m->line, m->rows,
                    m->cols);
  if (code == IST_OK && d != 0 && m->rows != d)
    code = ist_fail(s, IST_BAD_INPUT, "%s:%zu: %zu x %zu, while L-1.mtx is %zu x %zu", name,
                    m->line, m->rows, m->cols, d, d);
  if (code == IST_OK)
    code = ist_check_matrix(m->x, m->rows, ist_directory_L_count(f), name, s);
  if (code != IST_OK)
    free(m->x);
  free(name);
  return code;
}

ist_code ist_directory_read_b(const ist_directory *f, size_t i, size_t d, double *b,
                              ist_status *s) {
  memset(b, 0, d * sizeof *b);
  if (!f->b.shared && f->b.count == 0)
    return IST_OK;
  ist_matrix m;
  char *name = NULL;
  ist_code code = read_file(f, 'b', i, &m, &name, s);
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

ist_code ist_directory_open(const char *path, size_t workers, ist_directory *f, ist_status *s) {
  *f = (ist_directory){.path = path, .n = workers};
  if (workers > IST_DIM_MAX)
    return ist_fail(s, IST_USAGE, "%zu workers are more than the largest number, %d", workers,
                    IST_DIM_MAX);
  ist_code code = ist_family_list(path, 'L', &f->L, s);
  if (code == IST_OK)
    code = ist_family_list(path, 'b', &f->b, s);
  if (code != IST_OK)
    return code;
  if (!f->L.shared && f->L.count == 0)
    return ist_fail(s, IST_BAD_INPUT, "%s: holds neither L.mtx nor L-1.mtx", path);
  if (f->L.count > 0 && f->b.count > 0 && f->L.count != f->b.count)
    return ist_fail(s, IST_BAD_INPUT, "%s: L files for %zu workers, but b files for %zu", path,
                    f->L.count, f->b.count);
  size_t files = f->L.count > 0 ? f->L.count : f->b.count;
  if (files > 0 && workers > 0 && files != workers)
    return ist_fail(s, IST_BAD_INPUT, "%s: files for %zu workers, but %zu requested", path, files,
                    workers);
  if (files > 0)
    f->n = files;
  return IST_OK;
}
