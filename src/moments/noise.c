/* The noise of the estimator at a point. */
#include "noise.h"

#include <stdlib.h>

#include "dense.h"
#include "effective.h"
#include "first.h"
#include "linear.h"
#include "machine/memory.h"
#include "second.h"

/* x'E[B]A(E[B]x - 2E[v]), what the mean takes off. */
static double mean_part(const ist_noise_moments *m, size_t d, const double *A, const double *x,
                        double *EBx, double *rest) {
  ist_apply(d, m->EB, x, EBx);
  for (size_t j = 0; j < d; j++)
    rest[j] = EBx[j] - 2 * m->Ev[j];
  return ist_bilinear(d, A, EBx, rest);
}

bool ist_noise_from(const ist_noise_moments *m, size_t d, const double *A, const double *x,
                    double *out) {
  double *work = ist_memory_doubles(2, d, 1);
  if (work == NULL)
    return false;
  double cross = 0;
  for (size_t j = 0; j < d; j++)
    cross += x[j] * m->EBAv[j];
  *out = ist_bilinear(d, m->EBAB, x, x) - 2 * cross - mean_part(m, d, A, x, work, work + d) +
         ist_inner(d, A, m->cov_v);
  free(work);
  return true;
}

/* <A, Cov v>, the whole noise where B is the same in every round. */
static bool constant_noise(const ist_problem *p, ist_sketch sk, const double *A, double *out) {
  double *cov_v = ist_memory_doubles(1, p->d, p->d);
  if (cov_v == NULL)
    return false;
  const bool ok = ist_linear_covariance(p, sk, cov_v);
  if (ok)
    *out = ist_inner(p->d, A, cov_v);
  free(cov_v);
  return ok;
}

static bool general_noise(const ist_problem *p, ist_sketch sk, const double *A, const double *x,
                          double *out) {
  const size_t d = p->d;
  double *EB = ist_memory_doubles(3, d, d);
  double *Ev = ist_memory_doubles(2, d, 1);
  bool ok = EB != NULL && Ev != NULL;
  if (ok) {
    double *EBAB = EB + d * d, *cov_v = EB + 2 * d * d, *EBAv = Ev + d;
    const ist_noise_moments m = {EB, Ev, EBAB, EBAv, cov_v};
    ok = ist_expected_B(p, sk, EB) && ist_expected_v(p, sk, Ev) &&
         ist_second_moment(p, sk, A, EBAB) && ist_cross_moment(p, sk, A, EBAv) &&
         ist_linear_covariance(p, sk, cov_v) && ist_noise_from(&m, d, A, x, out);
  }
  free(EB);
  free(Ev);
  return ok;
}

bool ist_noise(const ist_problem *p, ist_sketch sk, const double *A, const double *x, double *out) {
  return ist_same_B(p, sk) ? constant_noise(p, sk, A, out) : general_noise(p, sk, A, x, out);
}
