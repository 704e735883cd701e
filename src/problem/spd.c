#include "spd.h"

#include <float.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <stdlib.h>

#include "machine/memory.h"

/** Restores the leading k x k block from its upper triangle and its diagonal. */
static void restore(double *L, size_t d, size_t k, const double *diagonal) {
  for (size_t i = 0; i < k; i++) {
    for (size_t j = 0; j < i; j++)
      L[i * d + j] = L[j * d + i];
    L[i * d + i] = diagonal[i];
  }
}

/** Whether the leading k x k block of L is positive definite; L is left as it is. */
static bool leading_block(double *L, size_t d, size_t k, const double *diagonal) {
  gsl_matrix_view block = gsl_matrix_view_array_with_tda(L, k, k, d);
  bool definite = gsl_linalg_cholesky_decomp1(&block.matrix) == GSL_SUCCESS;
  for (size_t j = 0; j < k && definite; j++) {
    double root = L[j * d + j];
    definite = root * root > (double)d * DBL_EPSILON * diagonal[j];
  }
  restore(L, d, k, diagonal);
  return definite;
}

/** Leading blocks are positive definite up to some order and not beyond: bisection finds it. */
static size_t smallest_failure(double *L, size_t d, const double *diagonal) {
  size_t definite = 0;
  size_t failing = d;
  while (failing - definite > 1) {
    size_t middle = definite + (failing - definite) / 2;
    if (leading_block(L, d, middle, diagonal))
      definite = middle;
    else
      failing = middle;
  }
  return failing;
}

bool ist_spd_check(double *L, size_t d, size_t *order) {
  double *diagonal = ist_memory_doubles(1, d, 1);
  if (diagonal == NULL)
    return false;
  for (size_t j = 0; j < d; j++)
    diagonal[j] = L[j * d + j];
  gsl_error_handler_t *handler = gsl_set_error_handler_off();
  *order = leading_block(L, d, d, diagonal) ? 0 : smallest_failure(L, d, diagonal);
  gsl_set_error_handler(handler);
  free(diagonal);
  return true;
}
