/* The second moment E[BAB]. */
#include "second.h"

#include <stdlib.h>
#include <string.h>

#include "dense.h"
#include "effective.h"
#include "first.h"
#include "machine/memory.h"
#include "terms.h"

bool ist_second_moment_fixed(size_t d, const double *EB, const double *A, double *out) {
  double *EBA = ist_memory_doubles(1, d, d);
  if (EBA == NULL)
    return false;
  ist_multiply(d, EB, A, EBA);
  ist_multiply(d, EBA, EB, out);
  ist_symmetrise(d, out);
  free(EBA);
  return true;
}

/* E[B] A E[B], for a B that is the same in every round. */
static bool fixed_product(const ist_problem *p, ist_sketch sk, const double *A, double *out) {
  double *EB = ist_memory_doubles(1, p->d, p->d);
  const bool ok =
      EB != NULL && ist_expected_B(p, sk, EB) && ist_second_moment_fixed(p->d, EB, A, out);
  free(EB);
  return ok;
}

void ist_second_moment_begin(size_t d, size_t n, size_t L_count, ist_sketch sk,
                             ist_pairs_of_workers *w) {
  *w = (ist_pairs_of_workers){.d = d,
                              .copies = (double)(n / L_count),
                              .c = ist_effective_c(&(ist_problem){.d = d, .n = n}, sk)};
  const ist_weights weights = ist_sketch_weights(d, n, sk);
  ist_quadratic_weights(&weights, sk, w->same, w->other);
  for (size_t t = 0; t < IST_QUADRATIC_TERMS; t++)
    w->same[t] = w->copies * (w->same[t] - w->other[t]);
}

void ist_second_moment_add(const ist_pairs_of_workers *w, const double *M, const double *A,
                           double *sum, double *out, double *work) {
  for (size_t j = 0; j < w->d * w->d; j++)
    sum[j] += w->copies * M[j];
  ist_quadratic_terms(w->d, M, A, w->same, out, work);
}

void ist_second_moment_conclude(const ist_pairs_of_workers *w, const double *A, const double *sum,
                                double *out, double *work) {
  ist_quadratic_terms(w->d, sum, A, w->other, out, work);
  for (size_t j = 0; j < w->d * w->d; j++)
    out[j] *= w->c * w->c;
  ist_symmetrise(w->d, out);
}

/* c^2 { sum_i T^{kappa_s - kappa_d}(M_i) + T^{kappa_d}(sum_i M_i) }. */
static bool all_pairs(const ist_problem *p, ist_sketch sk, const double *A, double *out) {
  const size_t d = p->d, entries = d * d, count = ist_problem_L_count(p);
  double *M = ist_memory_doubles(4, d, d);
  if (M == NULL)
    return false;
  double *sum = M + entries, *work = M + 2 * entries;
  ist_pairs_of_workers w;
  ist_second_moment_begin(d, p->n, count, sk, &w);
  memset(out, 0, entries * sizeof *out);
  for (size_t i = 0; i < count; i++) {
    ist_effective_M(p, sk, i, M);
    ist_second_moment_add(&w, M, A, sum, out, work);
  }
  ist_second_moment_conclude(&w, A, sum, out, work);
  free(M);
  return true;
}

bool ist_second_moment(const ist_problem *p, ist_sketch sk, const double *A, double *out) {
  return ist_fixed_B(p->d, sk) ? fixed_product(p, sk, A, out) : all_pairs(p, sk, A, out);
}
