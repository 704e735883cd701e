#include "eigen.h"

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../problem/memory.h"

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
    return ist_fail(s, IST_BAD_INPUT, "not enough memory");
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

/* Smallest and largest eigenvalue of A, or of (A, B) unless B is NULL; both are destroyed. */
static ist_code extremes(double *A, double *B, size_t d, double *min, double *max, ist_status *s) {
  if (!ist_all_finite(A, d * d) || (B != NULL && !ist_all_finite(B, d * d)))
    return ist_fail(s, IST_NOT_EXIST, "a matrix exceeds double precision");
  gsl_error_handler_t *handler = gsl_set_error_handler_off();
  gsl_vector *lambda = gsl_vector_alloc(d);
  int error = GSL_ENOMEM;
  if (lambda != NULL) {
    const int exponent = normalise(A, d);
    error = B == NULL ? symmetric(A, d, lambda) : generalised(A, B, d, lambda);
    if (error == GSL_SUCCESS) {
      *min = ldexp(gsl_vector_min(lambda), exponent);
      *max = ldexp(gsl_vector_max(lambda), exponent);
      if (!isfinite(*min) || !isfinite(*max))
        error = GSL_EOVRFLW;
    }
  }
  gsl_vector_free(lambda);
  gsl_set_error_handler(handler);
  return error == GSL_SUCCESS ? IST_OK : failure(error, s);
}

ist_code ist_extreme_eigenvalues(const double *A, size_t d, double *min, double *max,
                                 ist_status *s) {
  double *copy = ist_memory_doubles(1, d, d);
  if (copy == NULL)
    return failure(GSL_ENOMEM, s);
  memcpy(copy, A, d * d * sizeof *A);
  const ist_code code = extremes(copy, NULL, d, min, max, s);
  free(copy);
  return code;
}

ist_code ist_pencil_eigenvalues(const double *A, const double *B, size_t d, double *min,
                                double *max, ist_status *s) {
  double *copy = ist_memory_doubles(2, d, d);
  if (copy == NULL)
    return failure(GSL_ENOMEM, s);
  ist_equilibrate(A, B, d, copy);
  ist_equilibrate(B, B, d, copy + d * d);
  const ist_code code = extremes(copy, copy + d * d, d, min, max, s);
  free(copy);
  return code;
}
