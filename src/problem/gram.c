#include "gram.h"

void ist_gram(const double *A, size_t rows, size_t cols, double scale, double *out) {
  for (size_t i = 0; i < cols; i++) {
    double *restrict lower = out + i * cols;
    for (size_t j = 0; j <= i; j++)
      lower[j] = 0.0;
    for (size_t r = 0; r < rows; r++) {
      const double *row = A + r * cols;
      for (size_t j = 0; j <= i; j++)
        lower[j] += row[i] * row[j];
    }
    for (size_t j = 0; j <= i; j++)
      lower[j] *= scale;
    for (size_t j = 0; j < i; j++)
      out[j * cols + i] = lower[j];
  }
}
