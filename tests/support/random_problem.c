#include "random_problem.h"

#include <criterion/criterion.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>

static gsl_rng *generator(unsigned long seed) {
  gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
  gsl_rng_set(rng, seed);
  return rng;
}

static double integer(gsl_rng *rng, int bound) {
  return (double)gsl_rng_uniform_int(rng, 2 * (unsigned long)bound + 1) - bound;
}

static void gram_plus_identity(gsl_rng *rng, size_t d, double *L) {
  double *G = calloc(d * d, sizeof *G);
  for (size_t j = 0; j < d * d; j++)
    G[j] = integer(rng, 2);
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++) {
      L[j * d + k] = j == k;
      for (size_t e = 0; e < d; e++)
        L[j * d + k] += G[e * d + j] * G[e * d + k];
    }
  free(G);
}

ist_problem random_problem(unsigned long seed, size_t d, size_t n, size_t L_count, size_t b_count,
                           bool interpolation) {
  ist_problem p;
  cr_assert(ist_problem_alloc(&p, d, n, L_count, b_count));
  gsl_rng *rng = generator(seed);
  for (size_t i = 0; i < L_count; i++)
    gram_plus_identity(rng, d, p.L + i * d * d);
  for (size_t j = 0; j < b_count * d; j++)
    p.b[j] = interpolation ? 0 : integer(rng, 3);
  gsl_rng_free(rng);
  ist_problem_note_interpolation(&p);
  return p;
}

void random_unsettle(unsigned long seed, bool diagonal, ist_problem *p) {
  const size_t d = p->d;
  double *first = p->L, *second = p->L + p->L_stride;
  cr_assert(p->L_stride != 0);
  gsl_rng *rng = generator(seed);
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < j; k++) {
      const double S = integer(rng, 9);
      first[j * d + k] += S;
      second[j * d + k] -= S;
      first[k * d + j] += S;
      second[k * d + j] -= S;
    }
  gsl_rng_free(rng);
  for (size_t j = 0; j < d && j < 2 && diagonal; j++) {
    const double S = (j == 0 ? 0 : -3) - first[j * d + j];
    first[j * d + j] += S;
    second[j * d + j] -= S;
  }
}

void random_symmetric(unsigned long seed, size_t d, double *A) {
  gsl_rng *rng = generator(seed);
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k <= j; k++)
      A[j * d + k] = A[k * d + j] = integer(rng, 4);
  gsl_rng_free(rng);
}

void random_vector(unsigned long seed, size_t count, double *x) {
  gsl_rng *rng = generator(seed);
  for (size_t j = 0; j < count; j++)
    x[j] = integer(rng, 3);
  gsl_rng_free(rng);
}

double relative_distance(const double *a, const double *b, size_t count) {
  double distance = 0, size = 1;
  for (size_t j = 0; j < count; j++) {
    distance = fmax(distance, fabs(a[j] - b[j]));
    size = fmax(size, fabs(b[j]));
  }
  return distance / size;
}
