#include "mean_errors.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "machine/memory.h"
#include "moments/effective.h"
#include "system.h"
#include "upward.h"

static ist_code no_memory(size_t d, ist_status *s) {
  return ist_fail(s, IST_MACHINE, "no memory for the errors of means of dimension %zu", d);
}

ist_code ist_mean_errors_open(ist_mean_errors *m, size_t d, ist_status *s) {
  double *all = ist_memory_doubles(4, d, 1);
  if (all == NULL)
    return no_memory(d, s);
  *m = (ist_mean_errors){all, all + d, all + 2 * d, all + 3 * d};
  return IST_OK;
}

/** Adds sum_k |L_jk| S_k. */
static void add_L(const double *L, const double *S, size_t d, double *sum) {
  for (size_t j = 0; j < d; j++) {
    double row = 0;
    for (size_t k = 0; k < d; k++)
      row += fabs(L[j * d + k]) * S[k];
    sum[j] += row;
  }
}

/** Adds sum_k |L_jk| / sqrt(L_jj L_kk). */
static void add_scaled(const double *L, size_t d, double *sum, double *work) {
  for (size_t k = 0; k < d; k++)
    work[k] = 1 / sqrt(L[k * d + k]);
  for (size_t j = 0; j < d; j++) {
    double row = 0;
    for (size_t k = 0; k < d; k++)
      row += fabs(L[j * d + k]) * work[k];
    sum[j] += row * work[j];
  }
}

void ist_mean_errors_add(ist_mean_errors *m, const ist_problem *p, ist_sketch sk, size_t i,
                         size_t number, const double *S, double *work) {
  const size_t d = p->d;
  const double *L = ist_problem_L(p, i), *b = ist_problem_b(p, i);
  if (p->L_stride != 0)
    add_L(L, S, d, m->L);
  if (sk.kind == IST_SCALED_PERM && (p->L_stride != 0 || number == 0))
    add_scaled(L, d, m->B, work);
  if (p->b_stride != 0)
    for (size_t j = 0; j < d; j++)
      m->b[j] += fabs(b[j]);
  /* The mean of u is u_0 and the mean excess over it, which is at most |u_i| + |u_0|. */
  ist_effective_u(p, sk, i, work);
  const double weight = number == 0 ? 1 + 2 * (double)p->n : 1;
  for (size_t j = 0; j < d; j++)
    m->v[j] += weight * fabs(work[j]);
}

static void multiply(double *v, size_t d, double factor) {
  for (size_t j = 0; j < d; j++)
    v[j] *= IST_UPWARD * factor;
}

/** Entries of the scaled matrices and vectors take four roundings, the others of u_i two; E[B] and
 *  E[v] weigh the means with a factor that takes two, and the product. */
void ist_mean_errors_conclude(ist_mean_errors *m, const ist_problem *p, ist_sketch sk) {
  const size_t d = p->d;
  const double n = (double)p->n, matrices = p->L_stride != 0 ? n : 1;
  const double weight = n * (double)sk.q / (double)d;
  const double rho = d > 1 ? (double)(sk.q - 1) / (double)(d - 1) : 0;
  multiply(m->L, d, IST_UNIT);
  multiply(m->B, d, (matrices + 8) * IST_UNIT / matrices * rho);
  multiply(m->b, d, IST_UNIT);
  multiply(m->v, d, (n + 10) * IST_UNIT / n * weight);
}

ist_code ist_mean_errors_find(ist_mean_errors *m, const ist_problem *p, ist_sketch sk,
                              const double *L_bar, ist_status *s) {
  double *S = ist_memory_doubles(2, p->d, 1);
  if (S == NULL)
    return no_memory(p->d, s);
  double *work = S + p->d;
  ist_system_scale(L_bar, p->d, S);
  ist_code code = ist_mean_errors_open(m, p->d, s);
  if (code == IST_OK) {
    for (size_t i = 0; i < p->n; i++)
      ist_mean_errors_add(m, p, sk, i, i, S, work);
    ist_mean_errors_conclude(m, p, sk);
  }
  free(S);
  return code;
}

/** s of E[B] = s [D + rho (L_bar - D)]. */
static double weight_of_B(size_t d, size_t n, ist_sketch sk) {
  return sk.kind == IST_PERM ? (double)n : (double)d / (double)sk.q;
}

/** Likewise without the scaled sketch. */
static void rows_from_L(const ist_mean_errors *m, size_t d, double weight, const double *EB,
                        const double *S, const double *T, double *row) {
  double ratio = 0;
  for (size_t k = 0; k < d; k++)
    ratio = fmax(ratio, T[k] / S[k]);
  for (size_t j = 0; j < d; j++) {
    double rounded = 0;
    for (size_t k = 0; k < d; k++)
      rounded += fabs(EB[j * d + k]) * T[k];
    row[j] = IST_UPWARD * (weight * ratio * m->L[j] + 4.02 * IST_UNIT * rounded);
  }
}

void ist_mean_errors_of_B(const ist_mean_errors *m, size_t d, size_t n, ist_sketch sk,
                          const double *EB, const double *S, const double *T, double *row) {
  if (sk.kind == IST_SCALED_PERM) /* T is 1, as the diagonal of E[B] */
    memcpy(row, m->B, d * sizeof *row);
  else
    rows_from_L(m, d, weight_of_B(d, n, sk), EB, S, T, row);
}
