/* Moments with the linear term: E[BAv], E[Bzv'], Cov v and E[vv']. */
#include "linear.h"

#include <stdlib.h>
#include <string.h>

#include "dense.h"
#include "effective.h"
#include "first.h"
#include "machine/memory.h"
#include "terms.h"

/* What E[BAv] and E[Bzv'] share: the weights, and the sums over workers as they grow. */
typedef struct {
  double same[IST_LINEAR_TERMS], other[IST_LINEAR_TERMS]; /* tau_s - tau_d and tau_d */
  double *M, *sum_M;                                      /* d*d */
  double *u, *sum_u, *work;                               /* d, d, 3*d */
} linear_sums;

static bool linear_sums_init(const ist_problem *p, ist_sketch sk, linear_sums *s) {
  const size_t d = p->d;
  s->M = ist_memory_doubles(2, d, d);
  s->u = ist_memory_doubles(5, d, 1);
  if (s->M == NULL || s->u == NULL) {
    free(s->M);
    free(s->u);
    return false;
  }
  s->sum_M = s->M + d * d;
  s->sum_u = s->u + d;
  s->work = s->u + 2 * d;
  const ist_weights w = ist_sketch_weights(d, p->n, sk);
  ist_linear_weights(&w, sk, s->same, s->other);
  for (size_t t = 0; t < IST_LINEAR_TERMS; t++)
    s->same[t] -= s->other[t];
  return true;
}

static void linear_sums_free(linear_sums *s) {
  free(s->M);
  free(s->u);
}

static void linear_sums_add(const ist_problem *p, ist_sketch sk, size_t i, linear_sums *s) {
  const size_t d = p->d;
  ist_effective_M(p, sk, i, s->M);
  ist_effective_u(p, sk, i, s->u);
  for (size_t j = 0; j < d * d; j++)
    s->sum_M[j] += s->M[j];
  for (size_t j = 0; j < d; j++)
    s->sum_u[j] += s->u[j];
}

static void scale(double *out, size_t entries, double c) {
  for (size_t j = 0; j < entries; j++)
    out[j] *= c;
}

/* E[B] and E[v], for a B that is the same in every round; work of d*d + 2*d entries, or NULL. */
static double *first_moments(const ist_problem *p, ist_sketch sk) {
  const size_t d = p->d;
  double *EB = ist_memory_doubles(d + 2, d, 1);
  if (EB == NULL)
    return NULL;
  if (ist_expected_B(p, sk, EB) && ist_expected_v(p, sk, EB + d * d))
    return EB;
  free(EB);
  return NULL;
}

/* E[B] A E[v]. */
static bool fixed_cross(const ist_problem *p, ist_sketch sk, const double *A, double *out) {
  const size_t d = p->d;
  double *EB = first_moments(p, sk);
  if (EB == NULL)
    return false;
  double *Ev = EB + d * d, *AEv = Ev + d;
  ist_apply(d, A, Ev, AEv);
  ist_apply(d, EB, AEv, out);
  free(EB);
  return true;
}

/* E[B] z E[v]'. */
static bool fixed_mixed(const ist_problem *p, ist_sketch sk, const double *z, double *out) {
  const size_t d = p->d;
  double *EB = first_moments(p, sk);
  if (EB == NULL)
    return false;
  double *Ev = EB + d * d, *EBz = Ev + d;
  ist_apply(d, EB, z, EBz);
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++)
      out[j * d + k] = EBz[j] * Ev[k];
  free(EB);
  return true;
}

bool ist_cross_moment(const ist_problem *p, ist_sketch sk, const double *A, double *out) {
  const size_t d = p->d;
  if (ist_fixed_B(d, sk))
    return fixed_cross(p, sk, A, out);
  linear_sums s;
  if (!linear_sums_init(p, sk, &s))
    return false;
  memset(out, 0, d * sizeof *out);
  for (size_t i = 0; i < p->n; i++) {
    linear_sums_add(p, sk, i, &s);
    ist_cross_terms(d, s.M, A, s.u, s.same, out, s.work);
  }
  ist_cross_terms(d, s.sum_M, A, s.sum_u, s.other, out, s.work);
  scale(out, d, ist_effective_c(p, sk));
  linear_sums_free(&s);
  return true;
}

bool ist_mixed_moment(const ist_problem *p, ist_sketch sk, const double *z, double *out) {
  const size_t d = p->d;
  if (ist_fixed_B(d, sk))
    return fixed_mixed(p, sk, z, out);
  linear_sums s;
  if (!linear_sums_init(p, sk, &s))
    return false;
  memset(out, 0, d * d * sizeof *out);
  for (size_t i = 0; i < p->n; i++) {
    linear_sums_add(p, sk, i, &s);
    ist_mixed_terms(d, s.M, z, s.u, s.same, out, s.work);
  }
  ist_mixed_terms(d, s.sum_M, z, s.sum_u, s.other, out, s.work);
  scale(out, d * d, ist_effective_c(p, sk));
  linear_sums_free(&s);
  return true;
}

/* out += diagonal * Diag(e^2) + rest * (e e' - Diag(e^2)). */
static void add_outer(size_t d, const double *e, double diagonal, double rest, double *out) {
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++)
      out[j * d + k] += (j == k ? diagonal : rest) * e[j] * e[k];
}

/* N4's E[vv'] without its mean. Independent blocks: the covariances of P_i u_i add up. Disjoint
 * blocks: since sum_i P_i = I, v - E[v] = sum_i P_i e_i with e_i = u_i - (1/n) sum u; the e_i add
 * up to zero, which turns the sum over two workers into minus the sum over one. */
bool ist_linear_covariance(const ist_problem *p, ist_sketch sk, double *out) {
  const size_t d = p->d;
  double *e = ist_memory_doubles(2, d, 1);
  if (e == NULL)
    return false;
  double *mean = e + d;
  const ist_weights w = ist_sketch_weights(d, p->n, sk);
  const double p1 = w.p[0], p2 = w.p[1];
  const bool disjoint = ist_disjoint_blocks(sk);
  if (disjoint)
    ist_effective_mean_u(p, sk, mean);
  memset(out, 0, d * d * sizeof *out);
  for (size_t i = 0; i < p->n; i++) {
    ist_effective_u(p, sk, i, e);
    for (size_t j = 0; j < d; j++)
      e[j] -= mean[j];
    if (disjoint)
      add_outer(d, e, p1, p2 - w.r11, out);
    else
      add_outer(d, e, p1 - p1 * p1, p2 - p1 * p1, out);
  }
  free(e);
  return true;
}

bool ist_linear_second_moment(const ist_problem *p, ist_sketch sk, double *out) {
  const size_t d = p->d;
  double *Ev = ist_memory_doubles(1, d, 1);
  if (Ev == NULL)
    return false;
  const bool ok = ist_linear_covariance(p, sk, out) && ist_expected_v(p, sk, Ev);
  if (ok)
    add_outer(d, Ev, 1, 1, out);
  free(Ev);
  return ok;
}
