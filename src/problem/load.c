#include "load.h"

#include <stdlib.h>
#include <string.h>

#include "directory.h"

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

ist_code ist_problem_load(const char *path, size_t workers, ist_problem *p, ist_status *s) {
  *p = (ist_problem){0};
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
