/* First moments: E[B] = s [D + rho (M - D)], M = (1/n) sum M_i, D = Diag(M), and E[v] = p_1 sum
 * u_i. */
#include "first.h"

#include <stdlib.h>

#include "dense.h"
#include "effective.h"
#include "machine/memory.h"

/* s = c n p_1: n (Perm-q), 1 (scaled Perm-q), d/q (Rand-q), 1 (identity), each without rounding
 * where it is an integer. */
static double scale(size_t d, size_t n, ist_sketch sk) {
  switch (sk.kind) {
  case IST_PERM:
    return (double)n;
  case IST_RAND:
    return (double)d / (double)sk.q;
  default:
    return 1;
  }
}

void ist_expected_B_from_mean(size_t d, size_t n, ist_sketch sk, double *EB) {
  const double s = scale(d, n, sk);
  const double rho = d == 1 ? 0 : (double)(sk.q - 1) / (double)(d - 1);
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++)
      EB[j * d + k] *= j == k ? s : s * rho;
}

void ist_expected_v_from_mean(size_t d, size_t n, ist_sketch sk, double *Ev) {
  const double weight = (double)n * (double)sk.q / (double)d; /* n p_1 */
  for (size_t j = 0; j < d; j++)
    Ev[j] *= weight;
}

bool ist_expected_B(const ist_problem *p, ist_sketch sk, double *EB) {
  double *work = ist_memory_doubles(1, p->d, p->d);
  if (work == NULL)
    return false;
  ist_effective_mean_M(p, sk, EB, work);
  free(work);
  ist_expected_B_from_mean(p->d, p->n, sk, EB);
  return true;
}

bool ist_expected_v(const ist_problem *p, ist_sketch sk, double *Ev) {
  ist_effective_mean_u(p, sk, Ev);
  ist_expected_v_from_mean(p->d, p->n, sk, Ev);
  return true;
}
