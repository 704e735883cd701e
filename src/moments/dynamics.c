#include "dynamics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../problem/memory.h"
#include "dense.h"
#include "effective.h"
#include "moments.h"

static ist_code out_of_memory(ist_status *status) {
  return ist_fail(status, IST_BAD_INPUT, "not enough memory");
}

ist_code ist_dynamics_init(const ist_problem *p, ist_sketch sk, const double *x0, ist_dynamics *s,
                           ist_status *status) {
  const size_t d = p->d;
  *s = (ist_dynamics){.p = p, .sk = sk};
  s->mean = ist_memory_doubles(2, d, 1);
  s->cov = ist_memory_doubles(7, d, d);
  if (s->mean == NULL || s->cov == NULL) {
    ist_dynamics_free(s);
    return out_of_memory(status);
  }
  s->Ev = s->mean + d;
  s->EB = s->cov + d * d;
  s->cov_v = s->EB + d * d;
  s->work = s->cov_v + d * d;
  memcpy(s->mean, x0, d * sizeof *x0);
  if (!ist_expected_B(p, sk, s->EB) || !ist_expected_v(p, sk, s->Ev) ||
      !ist_linear_covariance(p, sk, s->cov_v)) {
    ist_dynamics_free(s);
    return out_of_memory(status);
  }
  return IST_OK;
}

void ist_dynamics_free(ist_dynamics *s) {
  free(s->mean);
  free(s->cov);
  *s = (ist_dynamics){0};
}

/* E[BSB] + Cov(Bm - v) into noise, B the same in every round. */
static bool fixed_noise(const ist_dynamics *s, double *noise) {
  const size_t d = s->p->d;
  if (!ist_second_moment(s->p, s->sk, s->cov, noise))
    return false;
  for (size_t j = 0; j < d * d; j++)
    noise[j] += s->cov_v[j];
  return true;
}

/* E[BSB] + Cov(Bm - v) into noise. With X = S + mm', C = E[Bm v'] - E[B]m E[v]' and e = E[B]m it
 * is E[BXB] - ee' - C - C' + Cov v. EBm: e; X, C: d*d entries of work space. */
static bool random_noise(const ist_dynamics *s, const double *EBm, double *X, double *C,
                         double *noise) {
  const size_t d = s->p->d;
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++)
      X[j * d + k] = s->cov[j * d + k] + s->mean[j] * s->mean[k];
  if (!ist_second_moment(s->p, s->sk, X, noise) || !ist_mixed_moment(s->p, s->sk, s->mean, C))
    return false;
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++)
      noise[j * d + k] += s->cov_v[j * d + k] - EBm[j] * EBm[k] -
                          (C[j * d + k] - EBm[j] * s->Ev[k]) - (C[k * d + j] - EBm[k] * s->Ev[j]);
  return true;
}

static bool all_finite(const double *v, size_t entries) {
  for (size_t j = 0; j < entries; j++)
    if (!isfinite(v[j]))
      return false;
  return true;
}

ist_code ist_dynamics_step(ist_dynamics *s, double gamma, ist_status *status) {
  const size_t d = s->p->d, entries = d * d;
  double *noise = s->work, *X = noise + entries, *C = X + entries, *EBm = C + entries;
  ist_apply(d, s->EB, s->mean, EBm);
  const bool ok = ist_fixed_B(d, s->sk) ? fixed_noise(s, noise) : random_noise(s, EBm, X, C, noise);
  if (!ok)
    return out_of_memory(status);
  double *EBS = X;
  ist_multiply(d, s->EB, s->cov, EBS);
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++)
      s->cov[j * d + k] +=
          gamma * gamma * noise[j * d + k] - gamma * (EBS[j * d + k] + EBS[k * d + j]);
  ist_symmetrise(d, s->cov);
  for (size_t j = 0; j < d; j++)
    s->mean[j] -= gamma * (EBm[j] - s->Ev[j]);
  s->k++;
  if (!all_finite(s->mean, d) || !all_finite(s->cov, entries))
    return ist_fail(status, IST_NOT_EXIST,
                    "the expectations exceed double precision at round %zu: step size %g diverges",
                    s->k, gamma);
  return IST_OK;
}

double ist_dynamics_distance_sq(const ist_dynamics *s, const double *A, const double *z) {
  const size_t d = s->p->d;
  double sum = 0;
  for (size_t j = 0; j < d; j++) {
    const double e_j = s->mean[j] - z[j];
    if (A == NULL) {
      sum += e_j * e_j + s->cov[j * d + j];
      continue;
    }
    for (size_t k = 0; k < d; k++)
      sum += A[j * d + k] * (e_j * (s->mean[k] - z[k]) + s->cov[j * d + k]);
  }
  return sum;
}
