#include "extremal.h"

#include <arpack/arpack.h>
#include <float.h>
#include <gsl/gsl_cblas.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "factor.h"
#include "machine/memory.h"

/** Vectors that ARPACK keeps, and how often it may restart from the best of them. */
#define KRYLOV 40
#define RESTARTS 3000

/** ARPACK's bound on the residual of an eigenpair, relative to the eigenvalue. */
#define TOLERANCE 1e-13

/** What Lanczos iterations multiply with. */
typedef struct product product;
struct product {
  void (*apply)(const product *o, const double *x, double *y);
  int d;
  const double *A; /**< d*d */
  const double *R; /**< the factor of A, d*d */
  double shift;
};

/** Work space for Lanczos iterations, and what they find. */
typedef struct {
  double *residual, *basis, *swap, *small; /**< ARPACK's: d, d*KRYLOV, 3*d, KRYLOV*(KRYLOV+8) */
  double *z;                               /**< the eigenvector, d entries, of length 1 */
  double *Az;                              /**< d entries */
} space;

static void multiply(const product *o, const double *x, double *y) {
  cblas_dsymv(CblasRowMajor, CblasLower, o->d, 1, o->A, o->d, x, 1, 0, y, 1);
}

/* y = A^{-1} x. */
static void solve(const product *o, const double *x, double *y) {
  memcpy(y, x, (size_t)o->d * sizeof *y);
  ist_solve_with_factor(o->R, (size_t)o->d, y);
}

/* y = shift x - A x. */
static void reflect(const product *o, const double *x, double *y) {
  memcpy(y, x, (size_t)o->d * sizeof *y);
  cblas_dsymv(CblasRowMajor, CblasLower, o->d, -1, o->A, o->d, x, 1, o->shift, y, 1);
}

/* The first vector: normal entries, so that it is orthogonal to no eigenvector but by accident. */
static bool start(double *x, int d) {
  gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
  if (rng == NULL)
    return false;
  gsl_rng_set(rng, 1);
  for (int j = 0; j < d; j++)
    x[j] = gsl_ran_gaussian_ziggurat(rng, 1);
  gsl_rng_free(rng);
  return true;
}

/* The largest eigenvalue of o and its vector w->z. True if ARPACK says that it converged. */
static bool largest(const product *o, const space *w, double *lambda) {
  const int d = o->d, kept = d < KRYLOV ? d : KRYLOV, size = kept * (kept + 8);
  const int chosen[KRYLOV] = {0};
  int parameters[11] = {1, 0, RESTARTS, 1, 0, 0, 1}, places[11] = {0};
  int task = 0, info = 1; /* info = 1: residual holds the first vector */
  if (!start(w->residual, d))
    return false;
  do {
    dsaupd_c(&task, "I", d, "LA", 1, TOLERANCE, w->residual, kept, w->basis, d, parameters, places,
             w->swap, w->small, size, &info);
    if (task == 1 || task == -1)
      o->apply(o, w->swap + places[0] - 1, w->swap + places[1] - 1);
  } while (task == 1 || task == -1);
  /* info = 1: not converged; what dseupd then returns is arbitrary. */
  if (info != 0 || parameters[4] < 1)
    return false;
  dseupd_c(1, "A", chosen, lambda, w->z, d, 0, "I", d, "LA", 1, TOLERANCE, w->residual, kept,
           w->basis, d, parameters, places, w->swap, w->small, size, &info);
  return info == 0;
}

/* ||A z - lambda z|| / ||z||. */
static double residual(const product *o, const space *w, double lambda) {
  multiply(o, w->z, w->Az);
  cblas_daxpy(o->d, -lambda, w->z, 1, w->Az, 1);
  return cblas_dnrm2(o->d, w->Az, 1) / cblas_dnrm2(o->d, w->z, 1);
}

/* Whether sign (A - bound I) is positive definite; R: work space. */
static bool beyond(const double *A, size_t d, double sign, double bound, double *R) {
  for (size_t j = 0; j < d * d; j++)
    R[j] = sign * A[j];
  for (size_t j = 0; j < d; j++)
    R[j * d + j] -= sign * bound;
  return ist_factorise(R, d);
}

/* The smallest eigenvalue of o->A, given the largest, and its residual. R: work space. */
static bool smallest(product *o, const space *w, double *R, double max, double *min,
                     double *error) {
  const size_t d = (size_t)o->d;
  memcpy(R, o->A, d * d * sizeof *R);
  const bool definite = ist_factorise(R, d);
  o->R = R;
  o->shift = max;
  o->apply = definite ? solve : reflect;
  if (!largest(o, w, min))
    return false;
  *min = definite ? 1 / *min : max - *min;
  *error = residual(o, w, *min);
  return true;
}

static bool both(const double *A, size_t d, const space *w, double *R, double *min, double *max) {
  product o = {.apply = multiply, .d = (int)d, .A = A};
  double min_error = 0, max_error = 0;
  if (!largest(&o, w, max))
    return false;
  max_error = residual(&o, w, *max);
  if (!smallest(&o, w, R, *max, min, &min_error))
    return false;
  const double slack = fmax(8 * (double)d * DBL_EPSILON, 1e-12) * fmax(fabs(*min), fabs(*max));
  return min_error <= slack && max_error <= slack && beyond(A, d, 1, *min - slack, R) &&
         beyond(A, d, -1, *max + slack, R);
}

bool ist_extremal(const double *A, size_t d, double *min, double *max) {
  const size_t vectors = KRYLOV + 6;
  if (d < 3)
    return false;
  double *R = ist_memory_doubles(1, d, d);
  double *work = ist_memory_doubles(1, vectors * d + KRYLOV * (KRYLOV + 8), 1);
  const space w = {.residual = work,
                   .swap = work + d,
                   .z = work + 4 * d,
                   .Az = work + 5 * d,
                   .basis = work + 6 * d,
                   .small = work + vectors * d};
  const bool found = R != NULL && work != NULL && both(A, d, &w, R, min, max);
  free(R);
  free(work);
  return found;
}
