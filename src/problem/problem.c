#include "problem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/range.h"
#include "machine/memory.h"

bool ist_problem_alloc(ist_problem *p, size_t d, size_t n, size_t L_count, size_t b_count) {
  *p = (ist_problem){0};
  double *L = ist_memory_doubles(L_count, d, d);
  double *b = ist_memory_doubles(b_count, d, 1);
  if (L == NULL || b == NULL) {
    free(L);
    free(b);
    return false;
  }
  *p = (ist_problem){
      .d = d,
      .n = n,
      .L = L,
      .b = b,
      .L_stride = L_count > 1 ? d * d : 0,
      .b_stride = b_count > 1 ? d : 0,
      .homogeneous = L_count == 1 && b_count == 1,
      .interpolation = true,
  };
  return true;
}

void ist_problem_free(ist_problem *p) {
  free(p->L);
  free(p->b);
  *p = (ist_problem){0};
}

const double *ist_problem_L(const ist_problem *p, size_t i) { return p->L + i * p->L_stride; }

const double *ist_problem_b(const ist_problem *p, size_t i) { return p->b + i * p->b_stride; }

ist_team ist_problem_team(const ist_problem *p, const double *s, size_t s_stride,
                          const size_t *block, size_t q) {
  return (ist_team){.L = p->L,
                    .b = p->b,
                    .s = s,
                    .L_stride = p->L_stride,
                    .b_stride = p->b_stride,
                    .s_stride = s_stride,
                    .block = block,
                    .d = p->d,
                    .n = p->n,
                    .q = q};
}

size_t ist_problem_L_count(const ist_problem *p) { return p->L_stride == 0 ? 1 : p->n; }

size_t ist_problem_b_count(const ist_problem *p) { return p->b_stride == 0 ? 1 : p->n; }

void ist_problem_note_interpolation(ist_problem *p) {
  p->interpolation = ist_bounded(p->b, p->d, 0.0);
  for (size_t i = 1; i < ist_problem_b_count(p); i++)
    p->interpolation = p->interpolation && ist_bounded(ist_problem_b(p, i), p->d, 0.0);
}

/** out = mean of count consecutive blocks of size entries, accumulated from the first upwards. */
static void mean(const double *blocks, size_t count, size_t size, double *out) {
  memcpy(out, blocks, size * sizeof(double));
  if (count == 1)
    return;
  for (size_t i = 1; i < count; i++)
    for (size_t k = 0; k < size; k++)
      out[k] += blocks[i * size + k];
  for (size_t k = 0; k < size; k++)
    out[k] /= (double)count;
}

void ist_problem_mean_L(const ist_problem *p, double *L_bar) {
  mean(p->L, ist_problem_L_count(p), p->d * p->d, L_bar);
}

void ist_problem_mean(const ist_problem *p, double *L_bar, double *b_bar) {
  ist_problem_mean_L(p, L_bar);
  mean(p->b, ist_problem_b_count(p), p->d, b_bar);
}

bool ist_problem_precondition(ist_problem *p) {
  size_t d = p->d;
  for (size_t j = 0; j < d; j++) {
    double b_j = p->b[j] / sqrt(p->L[j * d + j]);
    if (!ist_bounded(&b_j, 1, IST_ENTRY_MAX))
      return false;
  }
  for (size_t j = 0; j < d; j++)
    p->b[j] /= sqrt(p->L[j * d + j]);
  // Off-diagonal entries first: they read the diagonal that is then replaced.
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < j; k++) {
      double root = sqrt(p->L[j * d + j]) * sqrt(p->L[k * d + k]);
      double entry = p->L[j * d + k] / root;
      p->L[j * d + k] = entry;
      p->L[k * d + j] = entry;
    }
  for (size_t j = 0; j < d; j++)
    p->L[j * d + j] = 1.0;
  return true;
}
