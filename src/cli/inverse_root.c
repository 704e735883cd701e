#include "inverse_root.h"

#include <gsl/gsl_eigen.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "problem/memory.h"

/** out[j] = sum_k V_jk^2 / sqrt(lambda_k). */
static ist_code combine(const double *V, const double *lambda, size_t d, double *out,
                        ist_status *s) {
  for (size_t k = 0; k < d; k++)
    if (!(lambda[k] > 0))
      return ist_fail(s, IST_NOT_EXIST, "L is not positive definite to working precision");
  for (size_t j = 0; j < d; j++) {
    out[j] = 0;
    for (size_t k = 0; k < d; k++)
      out[j] += V[j * d + k] * V[j * d + k] / sqrt(lambda[k]);
  }
  return IST_OK;
}

ist_code ist_inverse_root_diagonal(const double *L, size_t d, double *out, ist_status *s) {
  double *A = ist_memory_doubles(2 * d + 1, d, 1);
  gsl_eigen_symmv_workspace *work = gsl_eigen_symmv_alloc(d);
  ist_code code = IST_OK;
  if (A == NULL || work == NULL)
    code = ist_fail(s, IST_MACHINE, "no memory for the eigenvectors of a %zu x %zu matrix", d, d);
  else {
    double *V = A + d * d, *lambda = V + d * d;
    gsl_matrix_view view = gsl_matrix_view_array(A, d, d), vectors = gsl_matrix_view_array(V, d, d);
    gsl_vector_view values = gsl_vector_view_array(lambda, d);
    memcpy(A, L, d * d * sizeof *A);
    gsl_eigen_symmv(&view.matrix, &values.vector, &vectors.matrix, work);
    code = combine(V, lambda, d, out, s);
  }
  gsl_eigen_symmv_free(work);
  free(A);
  return code;
}
