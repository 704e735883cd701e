#include "dynamics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dense.h"
#include "effective.h"
#include "first.h"
#include "linear.h"
#include "machine/memory.h"
#include "second.h"

static ist_code out_of_memory(ist_status *status) {
  return ist_fail(status, IST_MACHINE, "not enough memory");
}

ist_code ist_dynamics_init(const ist_problem *p, ist_sketch sk, const double *x0, ist_dynamics *s,
                           ist_status *status) {
  const size_t d = p->d;
  *s = (ist_dynamics){.p = p, .sk = sk};
  if (ist_sketch_exists(p, sk, status) != IST_OK)
    return status->code;
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

/* A round of both kinds in its own terms. */
typedef struct {
  double *noise; /* E[BSB] + Cov(Bm - v), d*d */
  double *EBm;   /* E[B] m, d */
  double *EBS;   /* d*d entries for E[B] S */
} round_moments;

static bool fill_round(const ist_dynamics *s, round_moments *r) {
  const size_t d = s->p->d, entries = d * d;
  double *X = s->work + entries, *C = X + entries;
  *r = (round_moments){s->work, C + entries, X};
  ist_apply(d, s->EB, s->mean, r->EBm);
  return ist_same_B(s->p, s->sk) ? fixed_noise(s, r->noise)
                                 : random_noise(s, r->EBm, X, C, r->noise);
}

static ist_code finish_round(ist_dynamics *s, ist_status *status) {
  const size_t d = s->p->d;
  ist_symmetrise(d, s->cov);
  s->k++;
  if (!all_finite(s->mean, d) || !all_finite(s->cov, d * d))
    return ist_fail(status, IST_NOT_EXIST,
                    "the expectations exceed double precision in round %zu: the method diverges at "
                    "this step size",
                    s->k);
  return IST_OK;
}

ist_code ist_dynamics_step(ist_dynamics *s, double gamma, ist_status *status) {
  const size_t d = s->p->d;
  round_moments r;
  if (!fill_round(s, &r))
    return out_of_memory(status);
  ist_multiply(d, s->EB, s->cov, r.EBS);
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++)
      s->cov[j * d + k] +=
          gamma * gamma * r.noise[j * d + k] - gamma * (r.EBS[j * d + k] + r.EBS[k * d + j]);
  for (size_t j = 0; j < d; j++)
    s->mean[j] -= gamma * (r.EBm[j] - s->Ev[j]);
  return finish_round(s, status);
}

ist_code ist_dynamics_map(ist_dynamics *s, ist_status *status) {
  const size_t d = s->p->d;
  round_moments r;
  if (!fill_round(s, &r))
    return out_of_memory(status);
  memcpy(s->cov, r.noise, d * d * sizeof *s->cov);
  for (size_t j = 0; j < d; j++)
    s->mean[j] = r.EBm[j] - s->Ev[j];
  return finish_round(s, status);
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

double ist_dynamics_mean_distance_sq(const ist_dynamics *s, const double *A, const double *z) {
  const size_t d = s->p->d;
  double sum = 0;
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++)
      sum += A[j * d + k] * ((s->mean[j] - z[j]) * (s->mean[k] - z[k]));
  return sum;
}
