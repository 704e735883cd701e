#include "outcomes.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define MOST_WORKERS 8

/* Scale s_ij of the sketch C_i = Diag(s_i) P_{S_i}. */
static double scale(const ist_problem *p, ist_sketch sk, size_t i, size_t j) {
  switch (sk.kind) {
  case IST_PERM:
    return (double)p->n;
  case IST_SCALED_PERM:
    return sqrt((double)p->n / ist_problem_L(p, i)[j * p->d + j]);
  case IST_RAND:
    return (double)p->d / (double)sk.q;
  default:
    return 1;
  }
}

/* B = (1/n) sum C_i L_i C_i and v = (1/n) sum C_i b_i for the given blocks. */
static void append(const ist_problem *p, ist_sketch sk, const unsigned *block, outcomes *o) {
  const size_t d = p->d;
  if ((o->count & (o->count + 1)) == 0) { /* grow at 0, 1, 3, 7, ... */
    const size_t capacity = 2 * o->count + 1;
    o->B = realloc(o->B, capacity * d * d * sizeof *o->B);
    o->v = realloc(o->v, capacity * d * sizeof *o->v);
    o->blocks = realloc(o->blocks, capacity * p->n * sizeof *o->blocks);
    cr_assert(o->B != NULL && o->v != NULL && o->blocks != NULL);
  }
  memcpy(o->blocks + o->count * p->n, block, p->n * sizeof *block);
  o->count++;
  double *B = o->B + (o->count - 1) * d * d, *v = o->v + (o->count - 1) * d;
  memset(B, 0, d * d * sizeof *B);
  memset(v, 0, d * sizeof *v);
  for (size_t i = 0; i < p->n; i++)
    for (size_t j = 0; j < d; j++) {
      if (!(block[i] >> j & 1))
        continue;
      const double s = scale(p, sk, i, j) / (double)p->n;
      v[j] += s * ist_problem_b(p, i)[j];
      for (size_t k = 0; k < d; k++)
        if (block[i] >> k & 1)
          B[j * d + k] += s * ist_problem_L(p, i)[j * d + k] * scale(p, sk, i, k);
    }
}

/* Chooses the blocks of workers i, i+1, ... in every way; taken: coordinates no longer free. */
static void extend(const ist_problem *p, ist_sketch sk, size_t i, unsigned taken, unsigned *block,
                   outcomes *o) {
  if (i == p->n) {
    append(p, sk, block, o);
    return;
  }
  const bool disjoint = sk.kind == IST_PERM || sk.kind == IST_SCALED_PERM;
  for (unsigned set = 0; set < 1u << p->d; set++) {
    if ((size_t)__builtin_popcount(set) != sk.q || (disjoint && (set & taken)))
      continue;
    block[i] = set;
    extend(p, sk, i + 1, taken | set, block, o);
  }
}

outcomes outcomes_enumerate(const ist_problem *p, ist_sketch sk) {
  unsigned block[MOST_WORKERS];
  cr_assert(p->n <= MOST_WORKERS && p->d <= 8);
  outcomes o = {.d = p->d};
  extend(p, sk, 0, 0, block, &o);
  return o;
}

outcomes outcomes_participating(const ist_problem *p, ist_sketch sk, size_t m) {
  outcomes all = outcomes_enumerate(p, sk), o = {.d = p->d};
  unsigned block[MOST_WORKERS];
  for (size_t k = 0; k < all.count; k++)
    for (unsigned here = 0; here < 1u << p->n; here++) {
      if ((size_t)__builtin_popcount(here) != m)
        continue;
      for (size_t i = 0; i < p->n; i++)
        block[i] = here >> i & 1 ? all.blocks[k * p->n + i] : 0;
      append(p, sk, block, &o);
    }
  outcomes_free(&all);
  return o;
}

void outcomes_free(outcomes *o) {
  free(o->B);
  free(o->v);
  free(o->blocks);
}

void outcomes_apply(size_t d, const double *A, const double *x, double *y) {
  for (size_t j = 0; j < d; j++) {
    y[j] = 0;
    for (size_t k = 0; k < d; k++)
      y[j] += A[j * d + k] * x[k];
  }
}
