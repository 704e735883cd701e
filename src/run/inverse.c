#include "inverse.h"

#include <math.h>

#include "upward.h"

static void swap(double *a, double *b) {
  const double kept = *a;
  *a = *b;
  *b = kept;
}

/** The row from k on with the largest entry in column k. */
static size_t find_pivot(const double *A, size_t d, size_t k) {
  size_t best = k;
  for (size_t i = k + 1; i < d; i++)
    if (fabs(A[i * d + k]) > fabs(A[best * d + k]))
      best = i;
  return best;
}

/** Step k: column k of the inverse takes the place of that of the matrix. */
static void eliminate(double *A, size_t d, size_t k) {
  double *pivot = A + k * d;
  const double reciprocal = 1 / pivot[k];
  pivot[k] = 1;
  for (size_t j = 0; j < d; j++)
    pivot[j] *= reciprocal;
  for (size_t i = 0; i < d; i++) {
    if (i == k)
      continue;
    const double factor = A[i * d + k];
    A[i * d + k] = 0;
    for (size_t j = 0; j < d; j++)
      A[i * d + j] -= factor * pivot[j];
  }
}

bool ist_invert(double *A, size_t d, size_t *row) {
  for (size_t k = 0; k < d; k++) {
    row[k] = find_pivot(A, d, k);
    if (!(fabs(A[row[k] * d + k]) > 0))
      return false;
    for (size_t j = 0; j < d; j++)
      swap(&A[k * d + j], &A[row[k] * d + j]);
    eliminate(A, d, k);
  }
  for (size_t k = d; k-- > 0;) /* the columns, in the order that the rows were exchanged in */
    for (size_t i = 0; i < d; i++)
      swap(&A[i * d + k], &A[i * d + row[k]]);
  return true;
}

static double norm(const double *v, size_t d) {
  double sum = 0;
  for (size_t k = 0; k < d; k++)
    sum += fabs(v[k]);
  return sum;
}

/** At least sum_k |I - X (exact A)|_ik. sums: the row sums of |A|; rest: d entries of work space.
 */
static double row_of_rest(const double *A, const double *X, size_t d, size_t i, double error,
                          const double *sums, double *rest) {
  double size = 1;
  for (size_t k = 0; k < d; k++)
    rest[k] = i == k;
  for (size_t l = 0; l < d; l++) {
    const double factor = X[i * d + l];
    size += fabs(factor) * sums[l];
    for (size_t k = 0; k < d; k++)
      rest[k] -= factor * A[l * d + k];
  }
  return norm(rest, d) + IST_SUM_ERROR(d + 1, size) + error * norm(X + i * d, d) +
         IST_UNDERFLOW * size;
}

double ist_inverse_bound(const double *A, const double *X, size_t d, double error, double *work) {
  double rest = 0, size = 0;
  for (size_t l = 0; l < d; l++)
    work[l] = norm(A + l * d, d);
  for (size_t i = 0; i < d; i++) {
    rest = fmax(rest, IST_UPWARD * row_of_rest(A, X, d, i, error, work, work + d));
    size = fmax(size, IST_UPWARD * norm(X + i * d, d));
  }
  return rest < 1 ? 0.99 * (1 - rest) / size : 0;
}
