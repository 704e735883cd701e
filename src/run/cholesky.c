#include "cholesky.h"

#include <math.h>

/** Rows and columns that are worked on together, so that no sum waits for its last term. */
enum { ROWS = 4, COLUMNS = 2 };

/** Columns that are finished before the rest of the matrix sees them: few enough to stay in the
 *  cache. In whatever panels, an entry loses its terms one by one, in order. */
#define PANEL 64

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

/** Entry (i, j) without its terms from..to-1. */
static void subtract(double *A, size_t d, size_t i, size_t j, size_t from, size_t to) {
  double s = A[i * d + j];
  for (size_t k = from; k < to; k++)
    s -= A[i * d + k] * A[j * d + k];
  A[i * d + j] = s;
}

/** The same of ROWS rows from i and COLUMNS columns from j on. */
static void subtract_tile(double *A, size_t d, size_t i, size_t j, size_t from, size_t to) {
  const double *a = A + i * d, *b = A + (i + 1) * d, *c = A + (i + 2) * d, *e = A + (i + 3) * d;
  const double *y = A + j * d, *z = A + (j + 1) * d;
  double ay = a[j], by = b[j], cy = c[j], ey = e[j];
  double az = a[j + 1], bz = b[j + 1], cz = c[j + 1], ez = e[j + 1];
  for (size_t k = from; k < to; k++) {
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

/** Row i of G in the columns from..to-1, to <= i + 1; false if its pivot is among them and is not
 *  positive. */
static bool finish_row(double *A, size_t d, size_t i, size_t from, size_t to) {
  for (size_t j = from; j < to && j < i; j++) {
    subtract(A, d, i, j, from, j);
    A[i * d + j] /= A[j * d + j];
  }
  if (to <= i)
    return true;
  subtract(A, d, i, i, from, i);
  if (!(A[i * d + i] > 0))
    return false;
  A[i * d + i] = sqrt(A[i * d + i]);
  return true;
}

/** Rows i, ..., i + ROWS - 1 without their terms from..to-1, in the columns from to on. A tile on
 *  the diagonal reaches into the upper triangle, which nothing reads. */
static void update_rows(double *A, size_t d, size_t i, size_t from, size_t to,
                        const size_t *first) {
  size_t j = to;
  for (; j + COLUMNS <= i + ROWS; j += COLUMNS)
    if (least(first + j, COLUMNS) < to)
      subtract_tile(A, d, i, j, from, to);
  for (size_t r = i; r < i + ROWS; r++)
    for (size_t c = j; c <= r; c++)
      subtract(A, d, r, c, from, to);
}

/** All that follows the finished columns from..to-1. */
static void update(double *A, size_t d, size_t from, size_t to, const size_t *first) {
  size_t i = to;
  for (; i + ROWS <= d; i += ROWS)
    if (least(first + i, ROWS) < to)
      update_rows(A, d, i, from, to, first);
  for (; i < d; i++)
    for (size_t j = to; j <= i; j++)
      subtract(A, d, i, j, from, to);
}

bool ist_cholesky(double *A, size_t d, size_t *first) {
  find_first(A, d, first);
  for (size_t from = 0; from < d; from += PANEL) {
    const size_t to = from + PANEL < d ? from + PANEL : d;
    for (size_t i = from; i < d; i++)
      if (first[i] < to && !finish_row(A, d, i, from, i < to ? i + 1 : to))
        return false;
    update(A, d, from, to, first);
  }
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
