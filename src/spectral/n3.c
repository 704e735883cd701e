/* The closed forms of scaled Perm-1, N3. */
#include <math.h>
#include <stdlib.h>

#include "n3.h"
#include "machine/memory.h"
#include "moments/dense.h"

/* beta_i = D_i^{-1/2} b_i at coordinate j. */
static double beta(const ist_problem *p, size_t i, size_t j) {
  return ist_problem_b(p, i)[j] / sqrt(ist_problem_L(p, i)[j * p->d + j]);
}

/* beta_i - beta_bar into row i of e (n x d), exactly zero if all workers agree. */
static void deviations(const ist_problem *p, double *e) {
  const size_t d = p->d, n = p->n;
  for (size_t j = 0; j < d; j++) {
    double mean = 0; /* of beta_i - beta_0 */
    for (size_t i = 0; i < n; i++) {
      e[i * d + j] = beta(p, i, j) - beta(p, 0, j);
      mean += e[i * d + j] / (double)n;
    }
    for (size_t i = 0; i < n; i++)
      e[i * d + j] -= mean;
  }
}

/* S into S (d*d) from the deviations. */
static void scatter(size_t d, size_t n, const double *e, double *S) {
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < d; j++)
      for (size_t k = 0; k < d; k++)
        S[j * d + k] += e[i * d + j] * e[i * d + k] / (double)n;
}

bool ist_n3_init(const ist_problem *p, const ist_constants *c, ist_n3 *m) {
  const size_t d = p->d, n = p->n;
  double *S = ist_memory_doubles(1, d, d), *e = ist_memory_doubles(n, d, 1);
  *m = (ist_n3){.c = c, .cov_v = ist_memory_doubles(1, d, d)};
  const bool ok = S != NULL && e != NULL && m->cov_v != NULL;
  if (!ok) {
    ist_n3_free(m);
  } else if (n > 1) {
    deviations(p, e);
    scatter(d, n, e, S);
    const double N = (double)n;
    for (size_t j = 0; j < d; j++) {
      for (size_t k = 0; k < d; k++)
        m->cov_v[j * d + k] = (j == k ? S[j * d + k] / (N - 1) : 0) - S[j * d + k] / (N * (N - 1));
      m->sigma_sq += c->L_bar[j * d + j] * S[j * d + j] / (N - 1);
      m->trace_cov_v += m->cov_v[j * d + j];
    }
    m->sigma_sq -= ist_inner(d, c->L_bar, S) / (N * (N - 1));
  }
  free(S);
  free(e);
  return ok;
}

void ist_n3_free(ist_n3 *m) {
  free(m->cov_v);
  *m = (ist_n3){0};
}

/* ||a^k (x0 - z) - (1 - a^k) (z - x_inf)||^2_L_bar: the squared distance of E x_k from z. */
static double mean_distance_sq(const ist_n3 *m, const double *x0, double ak, const double *z) {
  const size_t d = m->c->d;
  const double *fixed = m->c->x_fixed;
  double sum = 0;
  for (size_t j = 0; j < d; j++) {
    double row = 0;
    for (size_t k = 0; k < d; k++)
      row += m->c->L_bar[j * d + k] * (ak * (x0[k] - z[k]) - (1 - ak) * (z[k] - fixed[k]));
    sum += (ak * (x0[j] - z[j]) - (1 - ak) * (z[j] - fixed[j])) * row;
  }
  return sum;
}

ist_n3_values ist_n3_round(const ist_n3 *m, const double *x0, double gamma, size_t k) {
  const size_t d = m->c->d;
  const double ak = pow(1 - gamma, (double)k);
  const double growth = gamma / (2 - gamma) * (1 - ak * ak); /* Cov x_k = growth Cov v */
  double start = 0;
  for (size_t j = 0; j < d; j++)
    start += (x0[j] - m->c->x_fixed[j]) * (x0[j] - m->c->x_fixed[j]);
  const double grad = mean_distance_sq(m, x0, ak, m->c->x_star) + growth * m->sigma_sq;
  return (ist_n3_values){
      .f_gap = grad / 2,
      .grad_norm_sq = grad,
      .dist_fixed_sq = ak * ak * start + growth * m->trace_cov_v,
      .dist_fixed_L_sq = mean_distance_sq(m, x0, ak, m->c->x_fixed) + growth * m->sigma_sq,
  };
}

ist_n3_values ist_n3_average(const ist_n3 *m, const double *x0, double gamma, size_t K) {
  ist_n3_values sum = {0};
  for (size_t k = 0; k < K; k++) {
    const ist_n3_values v = ist_n3_round(m, x0, gamma, k);
    sum.f_gap += v.f_gap / (double)K;
    sum.grad_norm_sq += v.grad_norm_sq / (double)K;
    sum.dist_fixed_sq += v.dist_fixed_sq / (double)K;
    sum.dist_fixed_L_sq += v.dist_fixed_L_sq / (double)K;
  }
  return sum;
}
