#include "reference.h"

#include <float.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <mpfr.h>
#include <stdlib.h>

gsl_rng *test_generator(unsigned long seed) {
  gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
  gsl_rng_set(rng, seed);
  return rng;
}

void test_fill_normal(gsl_rng *rng, double *v, size_t count, double scale) {
  for (size_t k = 0; k < count; k++)
    v[k] = gsl_ran_gaussian(rng, scale);
}

void test_fill_positive_definite(gsl_rng *rng, double *L, size_t d) {
  double *G = malloc(d * d * sizeof *G);
  test_fill_normal(rng, G, d * d, 1);
  for (size_t i = 0; i < d; i++)
    for (size_t j = 0; j <= i; j++) {
      double sum = i == j ? 1 : 0;
      for (size_t k = 0; k < d; k++)
        sum += G[k * d + i] * G[k * d + j];
      L[i * d + j] = L[j * d + i] = sum;
    }
  free(G);
}

bool test_next_draws(size_t *draw, size_t d) {
  for (size_t k = 0; k < d; k++) {
    if (draw[k] < k) {
      draw[k]++;
      return true;
    }
    draw[k] = 0;
  }
  return false;
}

size_t test_factorial(size_t d) { return d < 2 ? 1 : d * test_factorial(d - 1); }

size_t test_rank(const size_t *p, size_t d) {
  size_t rank = 0;
  for (size_t i = 0; i < d; i++) {
    size_t smaller = 0;
    for (size_t j = i + 1; j < d; j++) {
      if (p[j] == p[i])
        return test_factorial(d);
      smaller += p[j] < p[i];
    }
    if (p[i] >= d)
      return test_factorial(d);
    rank += smaller * test_factorial(d - 1 - i);
  }
  return rank;
}

long double test_exact_dot(const double *a, const double *x, size_t d) {
  /* Products of doubles are multiples of 2^-2148 below 2^2048: 4400 bits hold every partial sum. */
  mpfr_t sum, product;
  mpfr_init2(sum, 4400);
  mpfr_init2(product, 106);
  mpfr_set_zero(sum, 1);
  for (size_t j = 0; j < d; j++) {
    mpfr_set_d(product, a[j], MPFR_RNDN);
    mpfr_mul_d(product, product, x[j], MPFR_RNDN);
    mpfr_add(sum, sum, product, MPFR_RNDN);
  }
  long double result = mpfr_get_ld(sum, MPFR_RNDN);
  mpfr_clear(sum);
  mpfr_clear(product);
  return result;
}

/* C_i v, C_i = Diag(s_i) P_{S_i}. */
static void apply_sketch(const ist_team *r, size_t i, const long double *v, long double *out) {
  for (size_t j = 0; j < r->d; j++)
    out[j] = 0;
  for (size_t a = 0; a < r->q; a++) {
    size_t j = r->block[i * r->q + a];
    out[j] = (long double)r->s[i * r->s_stride + j] * v[j];
  }
}

/* C_i (L_i z - b_i). */
static void sketched_gradient(const ist_team *r, size_t i, const long double *z, long double *out) {
  long double *gradient = malloc(r->d * sizeof *gradient);
  for (size_t j = 0; j < r->d; j++) {
    gradient[j] = -(long double)r->b[i * r->b_stride + j];
    for (size_t k = 0; k < r->d; k++)
      gradient[j] += (long double)r->L[i * r->L_stride + j * r->d + k] * z[k];
  }
  apply_sketch(r, i, gradient, out);
  free(gradient);
}

static void widen(const double *v, size_t d, long double *out) {
  for (size_t j = 0; j < d; j++)
    out[j] = v[j];
}

void test_reference_round(const ist_team *r, const double *x, double gamma, long double *out) {
  long double *wide = malloc(3 * r->d * sizeof *wide), *z = wide + r->d, *g = z + r->d;
  widen(x, r->d, wide);
  widen(x, r->d, out);
  for (size_t i = 0; i < r->n; i++) {
    apply_sketch(r, i, wide, z);
    sketched_gradient(r, i, z, g);
    for (size_t j = 0; j < r->d; j++)
      out[j] -= (long double)gamma * g[j] / (long double)r->n;
  }
  free(wide);
}

void test_reference_local_round(const ist_team *r, const double *x, double gamma, size_t T,
                                long double *out) {
  long double *wide = malloc(3 * r->d * sizeof *wide), *z = wide + r->d, *g = z + r->d;
  widen(x, r->d, wide);
  for (size_t j = 0; j < r->d; j++)
    out[j] = 0;
  for (size_t i = 0; i < r->n; i++) {
    apply_sketch(r, i, wide, z);
    for (size_t t = 0; t < T; t++) {
      sketched_gradient(r, i, z, g);
      for (size_t j = 0; j < r->d; j++)
        z[j] -= (long double)gamma * g[j];
    }
    for (size_t j = 0; j < r->d; j++)
      out[j] += z[j] / (long double)r->n;
  }
  free(wide);
}

long double test_distance(const double *v, const long double *w, size_t d) {
  long double largest = 0;
  for (size_t j = 0; j < d; j++)
    largest = fmaxl(largest, fabsl((long double)v[j] - w[j]));
  return largest;
}
