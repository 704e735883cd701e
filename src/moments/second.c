/* The second moment E[BAB]. */
#include <stdlib.h>
#include <string.h>

#include "../problem/memory.h"
#include "dense.h"
#include "effective.h"
#include "moments.h"
#include "terms.h"

/* E[B] A E[B], for a B that is the same in every round. */
static bool fixed_product(const ist_problem *p, ist_sketch sk, const double *A, double *out) {
  const size_t d = p->d;
  double *work = ist_memory_doubles(2, d, d);
  if (work == NULL)
    return false;
  double *EB = work, *EBA = work + d * d;
  const bool ok = ist_expected_B(p, sk, EB);
  if (ok) {
    ist_multiply(d, EB, A, EBA);
    ist_multiply(d, EBA, EB, out);
    ist_symmetrise(d, out);
  }
  free(work);
  return ok;
}

/* c^2 { sum_i T^{kappa_s - kappa_d}(M_i) + T^{kappa_d}(sum_i M_i) }. */
static bool all_pairs(const ist_problem *p, ist_sketch sk, const double *A, double *out) {
  const size_t d = p->d, entries = d * d, count = ist_problem_L_count(p);
  double *M = ist_memory_doubles(4, d, d);
  if (M == NULL)
    return false;
  double *sum = M + entries, *work = M + 2 * entries;
  double same[IST_QUADRATIC_TERMS], other[IST_QUADRATIC_TERMS];
  const ist_weights w = ist_sketch_weights(d, p->n, sk);
  ist_quadratic_weights(&w, sk, same, other);
  const double copies = (double)(p->n / count); /* of each M_i */
  for (size_t t = 0; t < IST_QUADRATIC_TERMS; t++)
    same[t] = copies * (same[t] - other[t]);

  memset(out, 0, entries * sizeof *out);
  for (size_t i = 0; i < count; i++) {
    ist_effective_M(p, sk, i, M);
    for (size_t j = 0; j < entries; j++)
      sum[j] += copies * M[j];
    ist_quadratic_terms(d, M, A, same, out, work);
  }
  ist_quadratic_terms(d, sum, A, other, out, work);
  free(M);

  const double c = ist_effective_c(p, sk);
  for (size_t j = 0; j < entries; j++)
    out[j] *= c * c;
  ist_symmetrise(d, out);
  return true;
}

bool ist_second_moment(const ist_problem *p, ist_sketch sk, const double *A, double *out) {
  return ist_fixed_B(p->d, sk) ? fixed_product(p, sk, A, out) : all_pairs(p, sk, A, out);
}
