#include "eigen.h"

#include <gsl/gsl_cblas.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "extremal.h"
#include "machine/memory.h"
#include "moments/dense.h"

bool ist_all_finite(const double *v, size_t count) {
  for (size_t j = 0; j < count; j++)
    if (!isfinite(v[j]))
      return false;
  return true;
}

void ist_equilibrate(const double *A, const double *B, size_t d, double *out) {
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++)
      out[j * d + k] = A[j * d + k] / sqrt(B[j * d + j]) / sqrt(B[k * d + k]);
}

/* Divides A by the power of two that brings its largest entry below 1, and returns the exponent:
 * no intermediate result of the iteration can then overflow, and nothing is rounded. */
static int normalise(double *A, size_t d) {
  double largest = 0;
  for (size_t j = 0; j < d * d; j++)
    largest = fmax(largest, fabs(A[j]));
  int exponent;
  frexp(largest, &exponent);
  for (size_t j = 0; j < d * d; j++)
    A[j] = ldexp(A[j], -exponent);
  return exponent;
}

static ist_code failure(int error, ist_status *s) {
  if (error == GSL_ENOMEM)
    return ist_fail(s, IST_MACHINE, "not enough memory");
  return ist_fail(s, IST_NOT_EXIST, "the eigenvalues cannot be computed: %s", gsl_strerror(error));
}

/* The eigenvalues of A, which is destroyed, into lambda; returns GSL's error code. */
static int symmetric(double *A, size_t d, gsl_vector *lambda) {
  gsl_eigen_symm_workspace *space = gsl_eigen_symm_alloc(d);
  if (space == NULL)
    return GSL_ENOMEM;
  gsl_matrix_view view = gsl_matrix_view_array(A, d, d);
  const int error = gsl_eigen_symm(&view.matrix, lambda, space);
  gsl_eigen_symm_free(space);
  return error;
}

/* The eigenvalues of the pencil (A, B); both are destroyed. */
static int generalised(double *A, double *B, size_t d, gsl_vector *lambda) {
  gsl_eigen_gensymm_workspace *space = gsl_eigen_gensymm_alloc(d);
  if (space == NULL)
    return GSL_ENOMEM;
  gsl_matrix_view a = gsl_matrix_view_array(A, d, d), b = gsl_matrix_view_array(B, d, d);
  const int error = gsl_eigen_gensymm(&a.matrix, &b.matrix, lambda, space);
  gsl_eigen_gensymm_free(space);
  return error;
}

/* A <- R^{-1} A R^{-T}, B = R R', which has the eigenvalues of the pencil; B <- R. Returns GSL's
 * error code. */
static int reduce(double *A, double *B, size_t d) {
  gsl_matrix_view b = gsl_matrix_view_array(B, d, d);
  const int error = gsl_linalg_cholesky_decomp1(&b.matrix), m = (int)d;
  if (error != GSL_SUCCESS)
    return error;
  cblas_dtrsm(CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, m, m, 1, B, m, A,
              m);
  cblas_dtrsm(CblasRowMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, m, m, 1, B, m, A, m);
  ist_symmetrise(d, A);
  return ist_all_finite(A, d * d) ? GSL_SUCCESS : GSL_EOVRFLW;
}

/* Smallest and largest eigenvalue of A or, unless B is NULL, of (A, B), from all of them. */
static int among_all(double *A, double *B, size_t d, double *min, double *max) {
  gsl_vector *lambda = gsl_vector_alloc(d);
  if (lambda == NULL)
    return GSL_ENOMEM;
  const int error = B == NULL ? symmetric(A, d, lambda) : generalised(A, B, d, lambda);
  if (error == GSL_SUCCESS) {
    *min = gsl_vector_min(lambda);
    *max = gsl_vector_max(lambda);
  }
  gsl_vector_free(lambda);
  return error;
}

/* The same from the ends of the spectrum alone where *how says so and that succeeds. */
static int ends(ist_spectrum *how, double *A, double *B, size_t d, double *min, double *max) {
  if (*how == IST_SPECTRUM_FULL)
    return among_all(A, B, d, min, max);
  int error = GSL_SUCCESS, exponent = 0;
  if (B != NULL) {
    error = reduce(A, B, d);
    exponent = error == GSL_SUCCESS ? normalise(A, d) : 0;
  }
  if (error == GSL_SUCCESS && !ist_extremal(A, d, min, max)) {
    *how = IST_SPECTRUM_FULL;
    error = among_all(A, NULL, d, min, max);
  }
  *min = ldexp(*min, exponent);
  *max = ldexp(*max, exponent);
  return error;
}

/* Smallest and largest eigenvalue of A, or of (A, B) unless B is NULL; both are destroyed. */
static ist_code extremes(ist_spectrum *how, double *A, double *B, size_t d, double *min,
                         double *max, ist_status *s) {
  if (!ist_all_finite(A, d * d) || (B != NULL && !ist_all_finite(B, d * d)))
    return ist_fail(s, IST_NOT_EXIST, "a matrix exceeds double precision");
  gsl_error_handler_t *handler = gsl_set_error_handler_off();
  double low = 0, high = 0;
  const int exponent = normalise(A, d);
  int error = ends(how, A, B, d, &low, &high);
  if (error == GSL_SUCCESS) {
    *min = ldexp(low, exponent);
    *max = ldexp(high, exponent);
    if (!isfinite(*min) || !isfinite(*max))
      error = GSL_EOVRFLW;
  }
  gsl_set_error_handler(handler);
  return error == GSL_SUCCESS ? IST_OK : failure(error, s);
}

ist_code ist_extreme_eigenvalues_by(ist_spectrum *how, const double *A, size_t d, double *min,
                                    double *max, ist_status *s) {
  double *copy = ist_memory_doubles(1, d, d);
  if (copy == NULL)
    return failure(GSL_ENOMEM, s);
  memcpy(copy, A, d * d * sizeof *A);
  const ist_code code = extremes(how, copy, NULL, d, min, max, s);
  free(copy);
  return code;
}

ist_code ist_extreme_eigenvalues(const double *A, size_t d, double *min, double *max,
                                 ist_status *s) {
  ist_spectrum how = ist_spectrum_for(d);
  return ist_extreme_eigenvalues_by(&how, A, d, min, max, s);
}

ist_code ist_pencil_eigenvalues_by(ist_spectrum *how, const double *A, const double *B, size_t d,
                                   double *min, double *max, ist_status *s) {
  double *copy = ist_memory_doubles(2, d, d);
  if (copy == NULL)
    return failure(GSL_ENOMEM, s);
  ist_equilibrate(A, B, d, copy);
  ist_equilibrate(B, B, d, copy + d * d);
  const ist_code code = extremes(how, copy, copy + d * d, d, min, max, s);
  free(copy);
  return code;
}

ist_code ist_pencil_eigenvalues(const double *A, const double *B, size_t d, double *min,
                                double *max, ist_status *s) {
  ist_spectrum how = ist_spectrum_for(d);
  return ist_pencil_eigenvalues_by(&how, A, B, d, min, max, s);
}
