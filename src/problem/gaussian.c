#include "gaussian.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "../kernel/range.h"
#include "check.h"
#include "gram.h"
#include "memory.h"

static void draw(gsl_rng *rng, double *v, size_t size) {
  for (size_t k = 0; k < size; k++)
    v[k] = gsl_ran_gaussian_ziggurat(rng, 1.0);
}

static ist_code fill(ist_problem *p, gsl_rng *rng, double *G, bool interpolation, ist_status *s) {
  size_t d = p->d;
  for (size_t i = 0; i < ist_problem_L_count(p); i++) {
    double *L = p->L + i * p->L_stride;
    draw(rng, G, d * d);
    ist_gram(G, d, d, 1.0, L);
    char name[32];
    snprintf(name, sizeof name, "L_%zu", i + 1);
    ist_code code = ist_check_matrix(L, d, name, s);
    if (code != IST_OK)
      return code;
  }
  if (!interpolation)
    draw(rng, p->b, ist_problem_b_count(p) * d);
  ist_problem_note_interpolation(p);
  return IST_OK;
}

ist_code ist_problem_gaussian(size_t d, size_t n, bool homogeneous, bool interpolation,
                              uint64_t seed, ist_problem *p, ist_status *s) {
  *p = (ist_problem){0};
  if (d == 0 || d > IST_DIM_MAX || n == 0 || n > IST_DIM_MAX)
    return ist_fail(s, IST_USAGE, "d = %zu and n = %zu must lie in 1..%d", d, n, IST_DIM_MAX);
  if (seed > UINT32_MAX)
    return ist_fail(s, IST_USAGE, "seed %" PRIu64 " exceeds 32 bits (%" PRIu32 ")", seed,
                    UINT32_MAX);
  size_t L_count = homogeneous ? 1 : n;
  size_t b_count = homogeneous || interpolation ? 1 : n;
  bool allocated = ist_problem_alloc(p, d, n, L_count, b_count);
  double *G = allocated ? ist_memory_doubles(1, d, d) : NULL;
  gsl_rng *rng = G != NULL ? gsl_rng_alloc(gsl_rng_mt19937) : NULL;
  ist_code code = IST_OK;
  if (rng != NULL) {
    gsl_rng_set(rng, (unsigned long)seed);
    code = fill(p, rng, G, interpolation, s);
    gsl_rng_free(rng);
  } else {
    code = ist_fail(s, IST_BAD_INPUT, "d = %zu, n = %zu does not fit in memory", d, n);
  }
  free(G);
  if (code != IST_OK)
    ist_problem_free(p);
  return code;
}
