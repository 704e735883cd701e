#include "gram.h"

/** Blocks of out this wide and high stay in the first-level cache while A passes by. */
#define TILE 48

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

/** lower[j] += sum of A_ri A_rj over four rows r in turn, j < width; a, b, c, e: the rows from the
 *  first column of lower on, and *_i their entries in column i. */
static inline void add_four(double *restrict lower, size_t width, const double *a, const double *b,
                            const double *c, const double *e, double a_i, double b_i, double c_i,
                            double e_i) {
  for (size_t j = 0; j < width; j++)
    lower[j] = lower[j] + a_i * a[j] + b_i * b[j] + c_i * c[j] + e_i * e[j];
}

/** Adds the first four rows of A to rows first_row.. and columns first.. of out's lower triangle.
 */
static void add_four_to_tile(const double *A, size_t cols, size_t first_row, size_t first,
                             double *out) {
  const double *a = A, *b = a + cols, *c = b + cols, *e = c + cols;
  for (size_t i = first_row; i < smaller(first_row + TILE, cols); i++) {
    double *lower = out + i * cols + first;
    const size_t width = smaller(TILE, i + 1 - first);
    // A width known to the compiler makes it use vector instructions.
    if (width == TILE)
      add_four(lower, TILE, a + first, b + first, c + first, e + first, a[i], b[i], c[i], e[i]);
    else
      add_four(lower, width, a + first, b + first, c + first, e + first, a[i], b[i], c[i], e[i]);
  }
}

/** Adds A's first row to the lower triangle of out. */
static void add_one(const double *A, size_t cols, double *out) {
  for (size_t i = 0; i < cols; i++)
    for (size_t j = 0; j <= i; j++)
      out[i * cols + j] += A[i] * A[j];
}

void ist_gram(const double *A, size_t rows, size_t cols, double scale, double *out) {
  const size_t fours = rows - rows % 4;
  for (size_t k = 0; k < cols * cols; k++)
    out[k] = 0.0;
  for (size_t i = 0; i < cols; i += TILE)
    for (size_t j = 0; j <= i; j += TILE)
      for (size_t r = 0; r < fours; r += 4)
        add_four_to_tile(A + r * cols, cols, i, j, out);
  for (size_t r = fours; r < rows; r++)
    add_one(A + r * cols, cols, out);
  for (size_t i = 0; i < cols; i++)
    for (size_t j = 0; j <= i; j++) {
      double entry = out[i * cols + j] * scale;
      out[i * cols + j] = entry;
      out[j * cols + i] = entry;
    }
}
