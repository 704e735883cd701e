#include "factor.h"

#include <gsl/gsl_cblas.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <math.h>

bool ist_factorise(double *A, size_t d) {
  gsl_matrix_view view = gsl_matrix_view_array(A, d, d);
  gsl_error_handler_t *handler = gsl_set_error_handler_off();
  const int error = gsl_linalg_cholesky_decomp1(&view.matrix);
  gsl_set_error_handler(handler);
  if (error != GSL_SUCCESS)
    return false;
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k <= j; k++)
      if (!isfinite(A[j * d + k]) || (j == k && !(A[j * d + k] > 0)))
        return false;
  return true;
}

void ist_solve_with_factor(const double *R, size_t d, double *x) {
  const int m = (int)d;
  cblas_dtrsv(CblasRowMajor, CblasLower, CblasNoTrans, CblasNonUnit, m, R, m, x, 1);
  cblas_dtrsv(CblasRowMajor, CblasLower, CblasTrans, CblasNonUnit, m, R, m, x, 1);
}
