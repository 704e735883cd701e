#include "spd.h"

#include <float.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <stdlib.h>

#include "memory.h"

/** Whether the leading k x k block of L is positive definite; work: k*k entries. */
static bool leading_block(const double *L, size_t d, size_t k, double *work) {
  gsl_matrix_const_view block = gsl_matrix_const_view_array_with_tda(L, k, k, d);
  gsl_matrix_view factor = gsl_matrix_view_array(work, k, k);
  gsl_matrix_memcpy(&factor.matrix, &block.matrix);
  if (gsl_linalg_cholesky_decomp1(&factor.matrix) != GSL_SUCCESS)
    return false;
  for (size_t j = 0; j < k; j++) {
    double root = work[j * k + j];
    if (!(root * root > (double)d * DBL_EPSILON * L[j * d + j]))
      return false;
  }
  return true;
}

/** Leading blocks are positive definite up to some order and not beyond: bisection finds it. */
static size_t smallest_failure(const double *L, size_t d, double *work) {
  size_t definite = 0;
  size_t failing = d;
  while (failing - definite > 1) {
    size_t middle = definite + (failing - definite) / 2;
    if (leading_block(L, d, middle, work))
      definite = middle;
    else
      failing = middle;
  }
  return failing;
}

bool ist_spd_check(const double *L, size_t d, size_t *order) {
  double *work = ist_memory_doubles(1, d, d);
  if (work == NULL)
    return false;
  gsl_error_handler_t *handler = gsl_set_error_handler_off();
  *order = leading_block(L, d, d, work) ? 0 : smallest_failure(L, d, work);
  gsl_set_error_handler(handler);
  free(work);
  return true;
}
