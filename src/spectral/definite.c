#include "definite.h"

#include <float.h>
#include <gsl/gsl_cblas.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "factor.h"
#include "machine/memory.h"
#include "moments/dense.h"

static ist_code out_of_memory(ist_status *s) {
  return ist_fail(s, IST_MACHINE, "not enough memory");
}

/* The factor of A = R R' into the lower triangle of R; IST_NOT_EXIST if there is none. */
static ist_code factorise(const double *A, size_t d, double *R, ist_status *s) {
  if (!ist_all_finite(A, d * d))
    return ist_fail(s, IST_NOT_EXIST, "a matrix exceeds double precision");
  memcpy(R, A, d * d * sizeof *A);
  if (!ist_factorise(R, d))
    return ist_fail(s, IST_NOT_EXIST, "a matrix is not positive definite to working precision");
  return IST_OK;
}

static bool positive_diagonal(const double *A, size_t d) {
  for (size_t j = 0; j < d; j++)
    if (!(A[j * d + j] > 0))
      return false;
  return true;
}

ist_code ist_classify(ist_spectrum *how, const double *A, size_t d, ist_definiteness *kind,
                      ist_status *s) {
  if (!ist_all_finite(A, d * d))
    return ist_fail(s, IST_NOT_EXIST, "a matrix exceeds double precision");
  *kind = IST_NOT_POSITIVE_DEFINITE;
  if (!positive_diagonal(A, d))
    return IST_OK;
  double *unit = ist_memory_doubles(2, d, d);
  if (unit == NULL)
    return out_of_memory(s);
  ist_equilibrate(A, A, d, unit);
  double min, max;
  ist_status ignored;
  const ist_code code = ist_extreme_eigenvalues_by(how, unit, d, &min, &max, s);
  if (code == IST_OK && min > -4 * (double)d * DBL_EPSILON * max) {
    const bool clear = min > 4 * (double)d * DBL_EPSILON * max &&
                       factorise(unit, d, unit + d * d, &ignored) == IST_OK;
    *kind = clear ? IST_POSITIVE_DEFINITE : IST_NEARLY_SINGULAR;
  }
  free(unit);
  return code;
}

/* Solves with A scaled to unit diagonal: S A S (S^{-1} x) = S b, S = Diag(A)^{-1/2}. */
static ist_code solve_scaled(const double *A, size_t d, const double *b, double *x, double *unit,
                             double *R, ist_status *s) {
  ist_equilibrate(A, A, d, unit);
  const ist_code code = factorise(unit, d, R, s);
  if (code != IST_OK)
    return code;
  for (size_t j = 0; j < d; j++)
    x[j] = b[j] / sqrt(A[j * d + j]);
  gsl_matrix_const_view view = gsl_matrix_const_view_array(R, d, d);
  gsl_vector_view solution = gsl_vector_view_array(x, d);
  gsl_error_handler_t *handler = gsl_set_error_handler_off();
  const int error = gsl_linalg_cholesky_svx(&view.matrix, &solution.vector);
  gsl_set_error_handler(handler);
  for (size_t j = 0; j < d; j++)
    x[j] /= sqrt(A[j * d + j]);
  if (error != GSL_SUCCESS || !ist_all_finite(x, d))
    return ist_fail(s, IST_NOT_EXIST, "the solution of a linear system exceeds double precision");
  return IST_OK;
}

ist_code ist_solve(const double *A, size_t d, const double *b, double *x, ist_status *s) {
  if (!positive_diagonal(A, d))
    return ist_fail(s, IST_NOT_EXIST, "a matrix is not positive definite to working precision");
  double *work = ist_memory_doubles(2, d, d);
  if (work == NULL)
    return out_of_memory(s);
  const ist_code code = solve_scaled(A, d, b, x, work, work + d * d, s);
  free(work);
  return code;
}

/* x = V Diag(1/lambda) V'b. */
static ist_code divide_by_eigenvalues(const double *V, const double *lambda, size_t d,
                                      const double *b, double *x, ist_status *s) {
  double smallest = INFINITY, largest = 0;
  for (size_t k = 0; k < d; k++) {
    smallest = fmin(smallest, fabs(lambda[k]));
    largest = fmax(largest, fabs(lambda[k]));
  }
  if (!(smallest > 4 * (double)d * DBL_EPSILON * largest))
    return ist_fail(s, IST_NOT_EXIST, "a matrix is singular to working precision");
  memset(x, 0, d * sizeof *x);
  for (size_t k = 0; k < d; k++) {
    double along = 0;
    for (size_t j = 0; j < d; j++)
      along += V[j * d + k] * b[j];
    for (size_t j = 0; j < d; j++)
      x[j] += V[j * d + k] * along / lambda[k];
  }
  if (!ist_all_finite(x, d))
    return ist_fail(s, IST_NOT_EXIST, "the solution of a linear system exceeds double precision");
  return IST_OK;
}

static ist_code solve_by_eigenvalues(const double *A, size_t d, const double *b, double *x,
                                     ist_status *s) {
  double *copy = ist_memory_doubles(2, d, d), *lambda = ist_memory_doubles(1, d, 1);
  gsl_eigen_symmv_workspace *space = gsl_eigen_symmv_alloc(d);
  ist_code code = IST_OK;
  if (copy == NULL || lambda == NULL || space == NULL) {
    code = out_of_memory(s);
  } else {
    double *V = copy + d * d;
    memcpy(copy, A, d * d * sizeof *A);
    gsl_matrix_view view = gsl_matrix_view_array(copy, d, d),
                    vectors = gsl_matrix_view_array(V, d, d);
    gsl_vector_view values = gsl_vector_view_array(lambda, d);
    gsl_error_handler_t *handler = gsl_set_error_handler_off();
    const int error = gsl_eigen_symmv(&view.matrix, &values.vector, &vectors.matrix, space);
    gsl_set_error_handler(handler);
    code = error == GSL_SUCCESS
               ? divide_by_eigenvalues(V, lambda, d, b, x, s)
               : ist_fail(s, IST_NOT_EXIST, "the eigenvalues cannot be computed: %s",
                          gsl_strerror(error));
  }
  gsl_eigen_symmv_free(space);
  free(copy);
  free(lambda);
  return code;
}

ist_code ist_solve_indefinite(const double *A, size_t d, const double *b, double *x,
                              ist_status *s) {
  if (!ist_all_finite(A, d * d))
    return ist_fail(s, IST_NOT_EXIST, "a matrix exceeds double precision");
  const ist_code code = ist_solve(A, d, b, x, s);
  return code == IST_NOT_EXIST ? solve_by_eigenvalues(A, d, b, x, s) : code;
}

ist_code ist_contraction(ist_spectrum *how, const double *A, const double *B, size_t d,
                         double *lambda, ist_status *s) {
  double *R = ist_memory_doubles(2, d, d);
  if (R == NULL)
    return out_of_memory(s);
  double *F = R + d * d, max;
  ist_code code = factorise(A, d, R, s);
  if (code == IST_OK) {
    memcpy(F, B, d * d * sizeof *B);
    const int m = (int)d;
    cblas_dtrmm(CblasRowMajor, CblasLeft, CblasLower, CblasTrans, CblasNonUnit, m, m, 1, R, m, F,
                m);
    cblas_dtrsm(CblasRowMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, m, m, 1, R, m, F,
                m);
    ist_symmetrise(d, F);
    code = ist_extreme_eigenvalues_by(how, F, d, lambda, &max, s);
  }
  free(R);
  return code;
}
