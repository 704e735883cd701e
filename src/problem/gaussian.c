#include "gaussian.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "gram.h"
#include "kernel/range.h"
#include "machine/memory.h"

static void draw(gsl_rng *rng, double *v, size_t size) {
  for (size_t k = 0; k < size; k++)
    v[k] = gsl_ran_gaussian_ziggurat(rng, 1.0);
}

/** A source in the making. */
typedef struct {
  gsl_rng *rng;
  size_t d, L_count;
  double *G; /**< d*d entries */
} generator;

static ist_code take_L(void *context, size_t i, double *L, ist_status *s) {
  const generator *g = context;
  char name[32];
  draw(g->rng, g->G, g->d * g->d);
  ist_gram(g->G, g->d, g->d, 1.0, L);
  snprintf(name, sizeof name, "L_%zu", i + 1);
  return ist_check_matrix(L, g->d, g->L_count, name, s);
}

static ist_code take_b(void *context, size_t i, double *b, ist_status *s) {
  const generator *g = context;
  (void)i;
  (void)s;
  draw(g->rng, b, g->d);
  return IST_OK;
}

static ist_code take_zeros(void *context, size_t i, double *b, ist_status *s) {
  const generator *g = context;
  (void)i;
  (void)s;
  memset(b, 0, g->d * sizeof *b);
  return IST_OK;
}

static void release(void *context) {
  generator *g = context;
  if (g->rng != NULL)
    gsl_rng_free(g->rng);
  free(g->G);
  free(g);
}

static generator *prepare(size_t d, size_t L_count, uint64_t seed) {
  generator *g = calloc(1, sizeof *g);
  if (g == NULL)
    return NULL;
  *g = (generator){gsl_rng_alloc(gsl_rng_mt19937), d, L_count, ist_memory_doubles(1, d, d)};
  if (g->rng == NULL || g->G == NULL) {
    release(g);
    return NULL;
  }
  gsl_rng_set(g->rng, (unsigned long)seed);
  return g;
}

ist_code ist_gaussian_source(size_t d, size_t n, bool homogeneous, bool interpolation,
                             uint64_t seed, ist_problem_source *from, ist_status *s) {
  *from = (ist_problem_source){0};
  if (d == 0 || d > IST_DIM_MAX || n == 0 || n > IST_DIM_MAX)
    return ist_fail(s, IST_USAGE, "d = %zu and n = %zu must lie in 1..%d", d, n, IST_DIM_MAX);
  if (seed > UINT32_MAX)
    return ist_fail(s, IST_USAGE, "seed %" PRIu64 " exceeds 32 bits (%" PRIu32 ")", seed,
                    UINT32_MAX);
  const size_t L_count = homogeneous ? 1 : n;
  generator *g = prepare(d, L_count, seed);
  if (g == NULL)
    return ist_fail(s, IST_MACHINE, "d = %zu, n = %zu does not fit in memory", d, n);
  *from = (ist_problem_source){.d = d,
                               .n = n,
                               .L_count = L_count,
                               .b_count = homogeneous || interpolation ? 1 : n,
                               .take_L = take_L,
                               .take_b = interpolation ? take_zeros : take_b,
                               .close = release,
                               .context = g};
  return IST_OK;
}

ist_code ist_problem_gaussian(size_t d, size_t n, bool homogeneous, bool interpolation,
                              uint64_t seed, ist_problem *p, ist_status *s) {
  *p = (ist_problem){0};
  ist_problem_source from;
  if (ist_gaussian_source(d, n, homogeneous, interpolation, seed, &from, s) != IST_OK)
    return s->code;
  ist_code code = ist_source_collect(&from, p, s);
  ist_source_close(&from);
  return code;
}
