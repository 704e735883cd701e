#include "load.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "check.h"
#include "directory.h"
#include "hdf5_problem.h"
#include "source.h"

static ist_code load_rest(const ist_directory *from, ist_problem *p, ist_status *s) {
  for (size_t i = 1; i < ist_directory_L_count(from); i++) {
    ist_matrix m;
    ist_code code = ist_directory_read_L(from, i, p->d, &m, s);
    if (code != IST_OK)
      return code;
    memcpy(p->L + i * p->L_stride, m.x, p->d * p->d * sizeof(double));
    free(m.x);
  }
  for (size_t i = 0; i < ist_directory_b_count(from); i++) {
    ist_code code = ist_directory_read_b(from, i, p->d, p->b + i * p->b_stride, s);
    if (code != IST_OK)
      return code;
  }
  return IST_OK;
}

static ist_code load_directory(const char *path, size_t workers, ist_problem *p, ist_status *s) {
  ist_directory from;
  ist_code code = ist_directory_open(path, workers, &from, s);
  if (code != IST_OK)
    return code;
  ist_matrix first;
  code = ist_directory_read_L(&from, 0, 0, &first, s);
  if (code != IST_OK)
    return code;
  size_t d = first.rows;
  size_t n = from.n > 0 ? from.n : d;
  if (ist_problem_alloc(p, d, n, ist_directory_L_count(&from), ist_directory_b_count(&from))) {
    memcpy(p->L, first.x, d * d * sizeof(double));
    free(first.x);
    first.x = NULL;
    code = load_rest(&from, p, s);
    if (code == IST_OK)
      code = ist_check_problem(p, path, s);
    ist_problem_note_interpolation(p);
  } else {
    code = ist_fail(s, IST_MACHINE, "%s: d = %zu, n = %zu does not fit in memory", path, d, n);
  }
  free(first.x);
  if (code != IST_OK)
    ist_problem_free(p);
  return code;
}

static ist_code take_L(void *context, size_t i, double *L, ist_status *s) {
  return ist_hdf5_read_L(context, i, L, s);
}

static ist_code take_b(void *context, size_t i, double *b, ist_status *s) {
  return ist_hdf5_read_b(context, i, b, s);
}

static ist_code load_hdf5(const char *path, size_t workers, ist_problem *p, ist_status *s) {
  ist_hdf5_problem f;
  if (ist_hdf5_open(path, workers, &f, s) != IST_OK)
    return s->code;
  const ist_problem_source from = {.d = f.d,
                                   .n = f.n,
                                   .L_count = f.L_stride != 0 ? f.n : 1,
                                   .b_count = f.b_stride != 0 ? f.n : 1,
                                   .name = path,
                                   .take_L = take_L,
                                   .take_b = take_b,
                                   .context = &f};
  ist_code code = ist_source_collect(&from, p, s);
  ist_hdf5_close(&f);
  return code;
}

ist_code ist_problem_load(const char *path, size_t workers, ist_problem *p, ist_status *s) {
  struct stat info;
  *p = (ist_problem){0};
  if (stat(path, &info) == 0 && S_ISREG(info.st_mode))
    return load_hdf5(path, workers, p, s);
  return load_directory(path, workers, p, s);
}
