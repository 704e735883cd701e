#include "cholesky.h"

#include <math.h>

/** Rows and columns that are worked on together, so that no sum waits for its last term. */
enum { ROWS = 4, COLUMNS = 2 };

/** Where each row of the lower triangle begins: G has no entry before. */
static void find_first(const double *A, size_t d, size_t *first) {
  for (size_t i = 0; i < d; i++) {
    first[i] = 0;
    while (first[i] < i && A[i * d + first[i]] == 0)
      first[i]++;
  }
}

static size_t least(const size_t *first, size_t count) {
  size_t smallest = first[0];
  for (size_t k = 1; k < count; k++)
    if (first[k] < smallest)
      smallest = first[k];
  return smallest;
}

/** G_ij, j < i, or the i-th pivot before its root. */
static double remainder_of(const double *A, size_t d, size_t i, size_t j, size_t from) {
  double s = A[i * d + j];
  for (size_t k = from; k < j; k++)
    s -= A[i * d + k] * A[j * d + k];
  return s;
}

/** Rows i.. and columns j.. of G, all before the diagonal: the terms before column j. */
static void subtract(double *A, size_t d, size_t i, size_t j, size_t from) {
  const double *a = A + i * d, *b = A + (i + 1) * d, *c = A + (i + 2) * d, *e = A + (i + 3) * d;
  const double *y = A + j * d, *z = A + (j + 1) * d;
  double ay = a[j], by = b[j], cy = c[j], ey = e[j];
  double az = a[j + 1], bz = b[j + 1], cz = c[j + 1], ez = e[j + 1];
  for (size_t k = from; k < j; k++) {
    ay -= a[k] * y[k];
    by -= b[k] * y[k];
    cy -= c[k] * y[k];
    ey -= e[k] * y[k];
    az -= a[k] * z[k];
    bz -= b[k] * z[k];
    cz -= c[k] * z[k];
    ez -= e[k] * z[k];
  }
  double *out = A + i * d + j;
  out[0] = ay, out[d] = by, out[2 * d] = cy, out[3 * d] = ey;
  out[1] = az, out[d + 1] = bz, out[2 * d + 1] = cz, out[3 * d + 1] = ez;
}

/** Rows i.. and columns j.. of G. */
static void tile(double *A, size_t d, size_t i, size_t j, size_t from) {
  subtract(A, d, i, j, from);
  const double *y = A + j * d, *z = A + (j + 1) * d;
  for (size_t r = i; r < i + ROWS; r++) {
    double *row = A + r * d;
    row[j] /= y[j];
    row[j + 1] = (row[j + 1] - row[j] * z[j]) / z[j + 1];
  }
}

/** Row i of G from column j on. */
static bool finish_row(double *A, size_t d, size_t i, size_t j, const size_t *first) {
  for (; j < i; j++) {
    const size_t from = first[i] > first[j] ? first[i] : first[j];
    A[i * d + j] = remainder_of(A, d, i, j, from) / A[j * d + j];
  }
  const double pivot = remainder_of(A, d, i, i, first[i]);
  if (!(pivot > 0))
    return false;
  A[i * d + i] = sqrt(pivot);
  return true;
}

bool ist_cholesky(double *A, size_t d, size_t *first) {
  find_first(A, d, first);
  size_t i = 0;
  for (; i + ROWS <= d; i += ROWS) {
    const size_t begin = least(first + i, ROWS);
    size_t j = begin - begin % COLUMNS;
    for (; j + COLUMNS <= i; j += COLUMNS) {
      const size_t other = least(first + j, COLUMNS);
      tile(A, d, i, j, begin > other ? begin : other);
    }
    for (size_t r = i; r < i + ROWS; r++)
      if (!finish_row(A, d, r, j, first))
        return false;
  }
  for (; i < d; i++)
    if (!finish_row(A, d, i, first[i], first))
      return false;
  return true;
}

void ist_cholesky_solve(const double *G, size_t d, double *x) {
  for (size_t i = 0; i < d; i++) {
    double s = x[i];
    for (size_t k = 0; k < i; k++)
      s -= G[i * d + k] * x[k];
    x[i] = s / G[i * d + i];
  }
  for (size_t i = d; i-- > 0;) {
    x[i] /= G[i * d + i];
    for (size_t k = 0; k < i; k++)
      x[k] -= G[i * d + k] * x[i];
  }
}
