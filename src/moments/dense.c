#include "dense.h"

#include <gsl/gsl_cblas.h>

static void product(size_t d, const double *A, const double *B, double beta, double *C) {
  const int m = (int)d;
  cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, m, m, m, 1, A, m, B, m, beta, C, m);
}

void ist_multiply(size_t d, const double *A, const double *B, double *C) { product(d, A, B, 0, C); }

void ist_multiply_add(size_t d, const double *A, const double *B, double *C) {
  product(d, A, B, 1, C);
}

void ist_apply(size_t d, const double *A, const double *x, double *y) {
  const int m = (int)d;
  cblas_dgemv(CblasRowMajor, CblasNoTrans, m, m, 1, A, m, x, 1, 0, y, 1);
}

double ist_bilinear(size_t d, const double *A, const double *x, const double *y) {
  double sum = 0;
  for (size_t j = 0; j < d; j++) {
    double row = 0;
    for (size_t k = 0; k < d; k++)
      row += A[j * d + k] * y[k];
    sum += x[j] * row;
  }
  return sum;
}

double ist_inner(size_t d, const double *A, const double *B) {
  double sum = 0;
  for (size_t j = 0; j < d; j++) {
    double row = 0;
    for (size_t k = 0; k < d; k++)
      row += A[j * d + k] * B[j * d + k];
    sum += row;
  }
  return sum;
}

void ist_symmetrise(size_t d, double *A) {
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < j; k++)
      A[j * d + k] = A[k * d + j] = 0.5 * (A[j * d + k] + A[k * d + j]);
}
