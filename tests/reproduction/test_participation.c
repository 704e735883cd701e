/* N12: where m of n workers answer, every moment of the estimator, by exhaustive enumeration of who
 * answers and of all outcomes, is made of those of the full round. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../support/outcomes.h"
#include "../support/random_problem.h"
#include "moments/first.h"
#include "moments/linear.h"
#include "moments/second.h"

#define MOST_ENTRIES 16
#define SEEDS 3
#define TOLERANCE 1e-12

typedef struct {
  ist_sketch_kind kind;
  size_t d, n, q;
} shape;

static const shape shapes[] = {
    {IST_IDENTITY, 3, 1, 3},    {IST_IDENTITY, 3, 3, 3},    {IST_PERM, 2, 2, 1},
    {IST_PERM, 4, 4, 1},        {IST_PERM, 4, 2, 2},        {IST_SCALED_PERM, 3, 3, 1},
    {IST_SCALED_PERM, 4, 4, 1}, {IST_SCALED_PERM, 4, 2, 2}, {IST_RAND, 4, 1, 2},
    {IST_RAND, 3, 3, 1},        {IST_RAND, 3, 3, 2},
};

/* The moments of g = B x - v that the theorem is about. */
typedef struct {
  double EB[MOST_ENTRIES], Ev[MOST_ENTRIES];
  double EBAB[MOST_ENTRIES], EBAv[MOST_ENTRIES], EBzv[MOST_ENTRIES], Evv[MOST_ENTRIES];
} moments;

static moments average(const outcomes *o, const double *A, const double *z) {
  const size_t d = o->d;
  const double share = 1 / (double)o->count;
  moments m = {0};
  for (size_t k = 0; k < o->count; k++) {
    const double *B = o->B + k * d * d, *v = o->v + k * d;
    double Av[MOST_ENTRIES], BAv[MOST_ENTRIES], Bz[MOST_ENTRIES];
    outcomes_apply(d, A, v, Av);
    outcomes_apply(d, B, Av, BAv);
    outcomes_apply(d, B, z, Bz);
    for (size_t j = 0; j < d; j++) {
      double column[MOST_ENTRIES], left[MOST_ENTRIES];
      outcomes_apply(d, A, B + j * d, column); /* B is symmetric: its row j is its column j */
      outcomes_apply(d, B, column, left);
      m.Ev[j] += share * v[j];
      m.EBAv[j] += share * BAv[j];
      for (size_t e = 0; e < d; e++) {
        m.EB[j * d + e] += share * B[j * d + e];
        m.EBAB[e * d + j] += share * left[e];
        m.EBzv[j * d + e] += share * Bz[j] * v[e];
        m.Evv[j * d + e] += share * v[j] * v[e];
      }
    }
  }
  return m;
}

static moments closed(const ist_problem *p, ist_sketch sk, const double *A, const double *z) {
  moments m = {0};
  cr_assert(ist_expected_B(p, sk, m.EB) && ist_expected_v(p, sk, m.Ev) &&
            ist_second_moment(p, sk, A, m.EBAB) && ist_cross_moment(p, sk, A, m.EBAv) &&
            ist_mixed_moment(p, sk, z, m.EBzv) && ist_linear_second_moment(p, sk, m.Evv));
  return m;
}

/* *out += factor * m, first and second moments with factors of their own. */
static void add(size_t d, double first, double second, const moments *m, moments *out) {
  for (size_t j = 0; j < d * d; j++) {
    out->EB[j] += first * m->EB[j];
    out->EBAB[j] += second * m->EBAB[j];
    out->EBzv[j] += second * m->EBzv[j];
    out->Evv[j] += second * m->Evv[j];
  }
  for (size_t j = 0; j < d; j++) {
    out->Ev[j] += first * m->Ev[j];
    out->EBAv[j] += second * m->EBAv[j];
  }
}

/* The problem on which Perm-q has the estimator that the scaled sketch has on p:
 * L_i' = D_i^{-1/2} L_i D_i^{-1/2}/n, b_i' = D_i^{-1/2} b_i/sqrt(n). */
static void unscale(ist_problem *p) {
  const double n = (double)p->n;
  for (size_t i = 0; i < p->n; i++) {
    double *L = p->L + i * p->L_stride, *b = p->b + i * p->b_stride, root[MOST_ENTRIES];
    for (size_t j = 0; j < p->d; j++)
      root[j] = sqrt(n * L[j * (p->d + 1)]);
    for (size_t j = 0; j < p->d; j++) {
      b[j] /= root[j];
      for (size_t k = 0; k < p->d; k++)
        L[j * p->d + k] /= root[j] * root[k];
    }
  }
}

/* Sum over i of the moments of the round in which worker i alone has a function that is not 0. */
static moments same_worker(const ist_problem *p, ist_sketch sk, const double *A, const double *z,
                           unsigned long seed) {
  const size_t d = p->d;
  moments sum = {0};
  for (size_t i = 0; i < p->n; i++) {
    ist_problem alone = random_problem(seed, d, p->n, p->n, p->n, false);
    if (sk.kind == IST_SCALED_PERM)
      unscale(&alone);
    for (size_t k = 0; k < p->n; k++)
      if (k != i) {
        memset(alone.L + k * d * d, 0, d * d * sizeof(double));
        memset(alone.b + k * d, 0, d * sizeof(double));
      }
    const ist_sketch plain = {sk.kind == IST_SCALED_PERM ? IST_PERM : sk.kind, sk.q};
    const moments m = closed(&alone, plain, A, z);
    add(d, 1, 1, &m, &sum);
    ist_problem_free(&alone);
  }
  return sum;
}

static void check(const char *what, const double *actual, const double *expected, size_t count,
                  const shape *s, size_t m, unsigned long seed) {
  const double distance = relative_distance(actual, expected, count);
  cr_assert(distance <= TOLERANCE, "%s, d %zu, n %zu, q %zu, m %zu, seed %lu: %s differs by %g",
            ist_sketch_name(s->kind), s->d, s->n, s->q, m, seed, what, distance);
}

static void compare(const shape *s, size_t m, unsigned long seed) {
  const size_t d = s->d;
  const ist_sketch sk = {s->kind, s->q};
  const double n = (double)s->n, p1 = (double)m / n;
  const double p2 = s->n > 1 ? p1 * ((double)m - 1) / (n - 1) : 0;
  double A[MOST_ENTRIES], z[MOST_ENTRIES];
  random_symmetric(seed + 100, d, A);
  random_vector(seed + 200, d, z);
  ist_problem p = random_problem(seed, d, s->n, s->n, s->n, false);
  const moments full = closed(&p, sk, A, z), same = same_worker(&p, sk, A, z, seed);
  moments expected = {0};
  add(d, p1, p2, &full, &expected);
  add(d, 0, p1 - p2, &same, &expected);
  outcomes o = outcomes_participating(&p, sk, m);
  const moments exact = average(&o, A, z);
  outcomes_free(&o);
  ist_problem_free(&p);
  check("E[B]", expected.EB, exact.EB, d * d, s, m, seed);
  check("E[v]", expected.Ev, exact.Ev, d, s, m, seed);
  check("E[BAB]", expected.EBAB, exact.EBAB, d * d, s, m, seed);
  check("E[BAv]", expected.EBAv, exact.EBAv, d, s, m, seed);
  check("E[Bzv']", expected.EBzv, exact.EBzv, d * d, s, m, seed);
  check("E[vv']", expected.Evv, exact.Evv, d * d, s, m, seed);
}

Test(participation, moments_of_a_round_of_m_workers) {
  for (size_t t = 0; t < sizeof shapes / sizeof shapes[0]; t++)
    for (size_t m = 1; m <= shapes[t].n; m++)
      for (unsigned long seed = 1; seed <= SEEDS; seed++)
        compare(&shapes[t], m, seed);
}
