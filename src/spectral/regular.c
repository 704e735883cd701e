#include "regular.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "eigen.h"
#include "machine/memory.h"
#include "moments/dense.h"
#include "moments/rounding.h"

/* The inverse of A into X, up to rounding; LU: d*d entries of work space. */
static bool invert(size_t d, const double *A, double *LU, double *X) {
  gsl_permutation *rows = gsl_permutation_alloc(d);
  if (rows == NULL)
    return false;
  memcpy(LU, A, d * d * sizeof *A);
  gsl_matrix_view factor = gsl_matrix_view_array(LU, d, d), out = gsl_matrix_view_array(X, d, d);
  gsl_error_handler_t *handler = gsl_set_error_handler_off();
  int sign;
  const bool ok = gsl_linalg_LU_decomp(&factor.matrix, rows, &sign) == GSL_SUCCESS &&
                  gsl_linalg_LU_invert(&factor.matrix, rows, &out.matrix) == GSL_SUCCESS;
  gsl_set_error_handler(handler);
  gsl_permutation_free(rows);
  return ok && ist_all_finite(X, d * d);
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
  double *X = ist_memory_doubles(2, d, d), *rows = ist_memory_doubles(1, d, 1), bound = 0;
  if (X != NULL && rows != NULL && invert(d, A.mid, X + d * d, X)) {
    ist_multiply(d, X, A.mid, X + d * d);
    bound = conclude(d, A, X, X + d * d, rows);
  }
  free(X);
  free(rows);
  return bound;
}
