#include "start.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/range.h"
#include "problem/matrix_market.h"

static ist_code gaussian(unsigned long seed, double *x, size_t d, ist_status *s) {
  gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
  if (rng == NULL)
    return ist_fail(s, IST_MACHINE, "no memory for the random number generator");
  gsl_rng_set(rng, ~seed & 0xfffffffful);
  for (size_t j = 0; j < d; j++)
    x[j] = gsl_ran_gaussian_ziggurat(rng, 1.0);
  gsl_rng_free(rng);
  return IST_OK;
}

static ist_code accept(const char *path, const ist_matrix *m, double *x, size_t d, ist_status *s) {
  if (m->rows != d || m->cols != 1)
    return ist_fail(s, IST_BAD_INPUT, "%s:%zu: a start of size %zu x 1 is needed, not %zu x %zu",
                    path, m->line, d, m->rows, m->cols);
  if (!ist_bounded(m->x, d, IST_ENTRY_MAX))
    return ist_fail(s, IST_BAD_INPUT, "%s: an entry exceeds %.4g in magnitude", path,
                    IST_ENTRY_MAX);
  memcpy(x, m->x, d * sizeof *x);
  return IST_OK;
}

static ist_code from_file(const char *path, double *x, size_t d, ist_status *s) {
  ist_matrix m;
  if (ist_mm_read(path, IST_DIM_MAX, &m, s) != IST_OK)
    return s->code;
  ist_code code = accept(path, &m, x, d, s);
  free(m.x);
  return code;
}

ist_code ist_start(const char *start, unsigned long seed, double *x, size_t d, ist_status *s) {
  if (strcmp(start, "gaussian") == 0)
    return gaussian(seed, x, d, s);
  if (strcmp(start, "zero") != 0)
    return from_file(start, x, d, s);
  for (size_t j = 0; j < d; j++)
    x[j] = 0;
  return IST_OK;
}
