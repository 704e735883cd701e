/* First moments: E[B] = s [D + rho (M - D)], M = (1/n) sum M_i, D = Diag(M), and E[v] = p_1 sum
 * u_i. */
#include <stdlib.h>

#include "../problem/memory.h"
#include "dense.h"
#include "effective.h"
#include "moments.h"

/* s = c n p_1: n (Perm-q), 1 (scaled Perm-q), d/q (Rand-q), 1 (identity), each without rounding
 * where it is an integer. */
static double scale(const ist_problem *p, ist_sketch sk) {
  switch (sk.kind) {
  case IST_PERM:
    return (double)p->n;
  case IST_RAND:
    return (double)p->d / (double)sk.q;
  default:
    return 1;
  }
}

bool ist_expected_B(const ist_problem *p, ist_sketch sk, double *EB) {
  const size_t d = p->d;
  double *work = ist_memory_doubles(1, d, d);
  if (work == NULL)
    return false;
  ist_effective_mean_M(p, sk, EB, work);
  free(work);
  const double s = scale(p, sk);
  const double rho = d == 1 ? 0 : (double)(sk.q - 1) / (double)(d - 1);
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++)
      EB[j * d + k] *= j == k ? s : s * rho;
  return true;
}

bool ist_expected_v(const ist_problem *p, ist_sketch sk, double *Ev) {
  ist_effective_mean_u(p, sk, Ev);
  const double weight = (double)p->n * (double)sk.q / (double)p->d; /* n p_1 */
  for (size_t j = 0; j < p->d; j++)
    Ev[j] *= weight;
  return true;
}
