#include "random_quadratic.h"

#include <gsl/gsl_rng.h>
#include <math.h>

static void fill_matrix(gsl_rng *rng, size_t d, double *L) {
  for (size_t j = 0; j < d; j++) {
    for (size_t k = 0; k < j; k++)
      L[j * d + k] = L[k * d + j] = gsl_rng_uniform(rng) - 0.5;
    L[j * d + j] = gsl_rng_uniform(rng) - 0.5 + sqrt((double)d);
  }
}

ist_code bench_random_quadratic(size_t n, size_t d, ist_problem *p, ist_status *s) {
  gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
  if (rng == NULL || !ist_problem_alloc(p, d, n, n, n)) {
    gsl_rng_free(rng);
    return ist_fail(s, IST_MACHINE, "d = %zu, n = %zu does not fit in memory", d, n);
  }
  for (size_t i = 0; i < n; i++)
    fill_matrix(rng, d, p->L + i * p->L_stride);
  for (size_t j = 0; j < n * d; j++)
    p->b[j] = gsl_rng_uniform(rng) - 0.5;
  gsl_rng_free(rng);
  ist_problem_note_interpolation(p);
  return IST_OK;
}
