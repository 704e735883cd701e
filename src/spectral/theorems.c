/* The right sides of Theorems 1 and 2. */
#include "theorems.h"

#include <math.h>

double ist_theorem1_average_bound(double drop, double gamma, size_t K) {
  return 2 * drop / (gamma * (double)K);
}

double ist_theorem1_distance_bound(double contraction, double gamma, size_t k, double start) {
  return pow(1 - gamma * contraction, (double)k) * start;
}

double ist_theorem2_beta(double gamma) { return (1 - gamma) / (2 * (1 + gamma)); }

ist_scalar ist_theorem2_printed(double drop, double gamma, size_t K, double h_sq, double sigma_sq) {
  const double beta = ist_theorem2_beta(gamma);
  if (!(beta > 0))
    return (ist_scalar){.reason = "(29) of Theorem 2 admits no step size of 1 or more"};
  const double bias = (2 * (1 - gamma) / beta + gamma) * h_sq;
  return (ist_scalar){.exists = true,
                      .value = 2 * drop / (gamma * (double)K) + bias + gamma * sigma_sq};
}

double ist_theorem2_sharpened(double drop, double gamma, size_t K, double h_sq, double sigma_sq) {
  return 2 * drop / (gamma * (double)K) + h_sq + gamma * sigma_sq;
}

double ist_theorem2_slack(double gamma, double average_dist_fixed_L_sq) {
  return (1 - gamma) * average_dist_fixed_L_sq;
}
