#include "regular.h"

#include <gsl/gsl_cblas.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "eigen.h"
#include "machine/memory.h"
#include "moments/dense.h"
#include "moments/rounding.h"

/* The inverse of A into X by its eigenvalues, up to rounding; work: 2*d*d + d entries. */
static bool invert(size_t d, const double *A, double *work, double *X) {
  const int m = (int)d;
  double *copy = work, *V = work + d * d, *lambda = work + 2 * d * d;
  gsl_error_handler_t *handler = gsl_set_error_handler_off();
  gsl_eigen_symmv_workspace *space = gsl_eigen_symmv_alloc(d);
  memcpy(copy, A, d * d * sizeof *A);
  gsl_matrix_view from = gsl_matrix_view_array(copy, d, d), to = gsl_matrix_view_array(V, d, d);
  gsl_vector_view values = gsl_vector_view_array(lambda, d);
  const bool ok = space != NULL &&
                  gsl_eigen_symmv(&from.matrix, &values.vector, &to.matrix, space) == GSL_SUCCESS;
  gsl_eigen_symmv_free(space);
  gsl_set_error_handler(handler);
  if (!ok)
    return false;
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++)
      copy[j * d + k] = V[j * d + k] / lambda[k];
  cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, m, m, m, 1, copy, m, V, m, 0, X, m);
  return ist_all_finite(X, d * d);
}

static double row_sum(const double *A, size_t d, size_t j) {
  double sum = 0;
  for (size_t k = 0; k < d; k++)
    sum += fabs(A[j * d + k]);
  return sum;
}

/* What row l of A adds to a row of I - X A per unit of X: the roundings of the product, at most d
 * and the difference for each term, and the errors of A. */
static double inexactness(size_t d, ist_inexact A, size_t l) {
  const double errors = A.err == NULL ? 0 : A.scale * row_sum(A.err, d, l);
  return ist_outward(ist_gamma(d + 4) * row_sum(A.mid, d, l) + errors);
}

/* The bound from X and the computed product X A; rows: d entries of work space. */
static double conclude(size_t d, ist_inexact A, const double *X, const double *product,
                       double *rows) {
  double rest = 0, norm = 0;
  for (size_t l = 0; l < d; l++)
    rows[l] = inexactness(d, A, l);
  for (size_t j = 0; j < d; j++) {
    double sum = 0;
    for (size_t k = 0; k < d; k++)
      sum +=
          fabs((j == k) - product[j * d + k]) * (1 + 2 * IST_UNIT) + fabs(X[j * d + k]) * rows[k];
    rest = fmax(rest, ist_outward(sum));
    norm = fmax(norm, ist_outward(row_sum(X, d, j)));
  }
  return rest < 1 ? (1 - rest) / norm * (1 - 0x1p-20) : 0;
}

double ist_least_magnitude(size_t d, ist_inexact A) {
  double *X = ist_memory_doubles(1, d, d), *rows = ist_memory_doubles(1, d, 1), bound = 0;
  double *work = ist_memory_doubles(2 * d + 1, d, 1);
  if (X != NULL && rows != NULL && work != NULL && invert(d, A.mid, work, X)) {
    ist_multiply(d, X, A.mid, work);
    bound = conclude(d, A, X, work, rows);
  }
  free(X);
  free(work);
  free(rows);
  return bound;
}
