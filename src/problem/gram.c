#include "gram.h"

/** Adds A's first row to the lower triangle of out. */
static void add_one(const double *A, size_t cols, double *out) {
  for (size_t i = 0; i < cols; i++)
    for (size_t j = 0; j <= i; j++)
      out[i * cols + j] += A[i] * A[j];
}

/** Adds A's first four rows, in the order of four calls of add_one: one pass over out, whose
 *  traffic to memory is what costs, in place of four. */
static void add_four(const double *A, size_t cols, double *out) {
  const double *a = A;
  const double *b = a + cols;
  const double *c = b + cols;
  const double *e = c + cols;
  for (size_t i = 0; i < cols; i++) {
    double *restrict lower = out + i * cols;
    for (size_t j = 0; j <= i; j++)
      lower[j] = lower[j] + a[i] * a[j] + b[i] * b[j] + c[i] * c[j] + e[i] * e[j];
  }
}

void ist_gram(const double *A, size_t rows, size_t cols, double scale, double *out) {
  for (size_t k = 0; k < cols * cols; k++)
    out[k] = 0.0;
  size_t r = 0;
  for (; r + 4 <= rows; r += 4)
    add_four(A + r * cols, cols, out);
  for (; r < rows; r++)
    add_one(A + r * cols, cols, out);
  for (size_t i = 0; i < cols; i++)
    for (size_t j = 0; j <= i; j++) {
      double entry = out[i * cols + j] * scale;
      out[i * cols + j] = entry;
      out[j * cols + i] = entry;
    }
}
