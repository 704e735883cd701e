#include "effective.h"

#include <math.h>
#include <string.h>

double ist_effective_c(const ist_problem *p, ist_sketch sk) {
  const double d = (double)p->d, n = (double)p->n, q = (double)sk.q;
  switch (sk.kind) {
  case IST_PERM:
    return n;
  case IST_SCALED_PERM:
    return 1;
  default: /* the identity is Rand-q with q = d */
    return (d / q) * (d / q) / n;
  }
}

void ist_effective_M(const ist_problem *p, ist_sketch sk, size_t i, double *M) {
  const size_t d = p->d;
  const double *L = ist_problem_L(p, i);
  memcpy(M, L, d * d * sizeof *M);
  if (sk.kind != IST_SCALED_PERM)
    return;
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++)
      M[j * d + k] = j == k ? 1 : L[j * d + k] / (sqrt(L[j * d + j]) * sqrt(L[k * d + k]));
}

static double effective_u_entry(const ist_problem *p, ist_sketch sk, size_t i, size_t j) {
  const double n = (double)p->n, b = ist_problem_b(p, i)[j];
  switch (sk.kind) {
  case IST_PERM:
    return b;
  case IST_SCALED_PERM:
    return b / (sqrt(n) * sqrt(ist_problem_L(p, i)[j * p->d + j]));
  default:
    return (double)p->d * b / ((double)sk.q * n);
  }
}

void ist_effective_u(const ist_problem *p, ist_sketch sk, size_t i, double *u) {
  for (size_t j = 0; j < p->d; j++)
    u[j] = effective_u_entry(p, sk, i, j);
}

void ist_effective_add_M(size_t d, bool begin, const double *M, double *sum) {
  if (begin)
    memcpy(sum, M, d * d * sizeof *sum);
  else
    for (size_t j = 0; j < d * d; j++)
      sum[j] += M[j];
}

/** Over the first worker, so that equal workers have their mean exactly. */
static void add_entry(double u, bool begin, double *first, double *excess) {
  if (begin) {
    *first = u;
    *excess = 0;
  } else
    *excess += u - *first;
}

void ist_effective_add_u(size_t d, bool begin, const double *u, double *state) {
  for (size_t j = 0; j < d; j++)
    add_entry(u[j], begin, &state[j], &state[d + j]);
}

void ist_effective_conclude_u(size_t d, size_t n, const double *state, double *mean) {
  for (size_t j = 0; j < d; j++)
    mean[j] = state[j] + state[d + j] / (double)n;
}

void ist_effective_mean_M(const ist_problem *p, ist_sketch sk, double *mean, double *work) {
  const size_t entries = p->d * p->d, count = ist_problem_L_count(p);
  ist_effective_M(p, sk, 0, mean);
  for (size_t i = 1; i < count; i++) {
    ist_effective_M(p, sk, i, work);
    ist_effective_add_M(p->d, false, work, mean);
  }
  for (size_t j = 0; j < entries; j++)
    mean[j] /= (double)count;
}

void ist_effective_mean_u(const ist_problem *p, ist_sketch sk, double *mean) {
  for (size_t j = 0; j < p->d; j++) {
    double first = 0, excess = 0;
    for (size_t i = 0; i < p->n; i++)
      add_entry(effective_u_entry(p, sk, i, j), i == 0, &first, &excess);
    mean[j] = first + excess / (double)p->n;
  }
}

bool ist_disjoint_blocks(ist_sketch sk) {
  return sk.kind == IST_PERM || sk.kind == IST_SCALED_PERM;
}

bool ist_fixed_B(size_t d, ist_sketch sk) {
  return sk.q == d || (sk.kind == IST_SCALED_PERM && sk.q == 1);
}

bool ist_same_B(const ist_problem *p, ist_sketch sk) {
  const bool shared = ist_problem_L_count(p) == 1;
  return ist_fixed_B(p->d, sk) || (sk.kind == IST_PERM && sk.q == 1 && shared);
}

bool ist_full_gradient(size_t d, ist_sketch sk) { return sk.q == d && sk.kind != IST_SCALED_PERM; }
