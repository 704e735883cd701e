#include "vectors.h"

#include <math.h>

double ist_scalar_product(const double *a, const double *b, size_t d) {
  double sum = 0;
  for (size_t j = 0; j < d; j++)
    sum += a[j] * b[j];
  return sum;
}

double ist_largest(const double *v, size_t d) {
  double max = 0;
  for (size_t j = 0; j < d; j++)
    max = fmax(max, fabs(v[j]));
  return max;
}

double ist_distance(const double *a, const double *b, size_t d) {
  double sum = 0;
  for (size_t j = 0; j < d; j++)
    sum += (a[j] - b[j]) * (a[j] - b[j]);
  return sqrt(sum);
}
