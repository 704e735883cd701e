/* Every moment and the exact dynamics against exhaustive enumeration of all outcomes of a round. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../support/outcomes.h"
#include "../support/random_problem.h"
#include "moments/dynamics.h"
#include "moments/first.h"
#include "moments/linear.h"
#include "moments/noise.h"
#include "moments/second.h"
#include "spectral/constants.h"

#define MOST_ENTRIES 36
#define SEEDS 3
#define TOLERANCE 1e-12

typedef struct {
  ist_sketch_kind kind;
  size_t d, n, q;
} shape;

static const shape shapes[] = {
    {IST_IDENTITY, 1, 1, 1},    {IST_IDENTITY, 4, 3, 4},    {IST_PERM, 1, 1, 1},
    {IST_PERM, 5, 1, 5},        {IST_PERM, 2, 2, 1},        {IST_PERM, 3, 3, 1},
    {IST_PERM, 4, 4, 1},        {IST_PERM, 6, 6, 1},        {IST_PERM, 4, 2, 2},
    {IST_PERM, 6, 2, 3},        {IST_PERM, 6, 3, 2},        {IST_SCALED_PERM, 1, 1, 1},
    {IST_SCALED_PERM, 4, 1, 4}, {IST_SCALED_PERM, 2, 2, 1}, {IST_SCALED_PERM, 4, 4, 1},
    {IST_SCALED_PERM, 6, 6, 1}, {IST_SCALED_PERM, 4, 2, 2}, {IST_SCALED_PERM, 6, 2, 3},
    {IST_SCALED_PERM, 6, 3, 2}, {IST_RAND, 1, 1, 1},        {IST_RAND, 1, 3, 1},
    {IST_RAND, 4, 1, 1},        {IST_RAND, 4, 1, 2},        {IST_RAND, 5, 1, 4},
    {IST_RAND, 3, 2, 3},        {IST_RAND, 2, 3, 1},        {IST_RAND, 3, 3, 2},
    {IST_RAND, 4, 2, 2},        {IST_RAND, 6, 2, 3},        {IST_RAND, 5, 2, 4},
    {IST_RAND, 4, 3, 1},        {IST_RAND, 4, 4, 1},
};

typedef void problem_test(const ist_problem *p, ist_sketch sk, unsigned long seed);

/* Runs test on a problem, and where matrices differ on one with the same mean whose matrices are
 * indefinite, those of all but the scaled sketch with a zero and a negative number on the diagonal.
 */
static void with_both_kinds_of_workers(problem_test *test, const shape *s, unsigned long seed,
                                       size_t L_count, size_t b_count) {
  const ist_sketch sk = {s->kind, s->q};
  ist_problem p = random_problem(seed, s->d, s->n, L_count, b_count, false);
  test(&p, sk, seed);
  if (p.L_stride != 0) {
    random_unsettle(seed + 600, s->kind != IST_SCALED_PERM, &p);
    test(&p, sk, seed);
  }
  ist_problem_free(&p);
}

/* On problems of every shape, with shared and with different matrices and vectors. */
static void for_every_problem(problem_test *test) {
  for (size_t t = 0; t < sizeof shapes / sizeof shapes[0]; t++)
    for (unsigned long seed = 1; seed <= SEEDS; seed++)
      for (unsigned shared = 0; shared < 4; shared++)
        with_both_kinds_of_workers(test, &shapes[t], seed, shared & 1 ? 1 : shapes[t].n,
                                   shared & 2 ? 1 : shapes[t].n);
}

#define assert_close(actual, expected, count, what)                                                \
  do {                                                                                             \
    const double distance = relative_distance(actual, expected, count);                            \
    cr_assert(distance <= TOLERANCE, "%s, d %zu, n %zu, q %zu, seed %lu: %s is off by %g",         \
              ist_sketch_name(sk.kind), p->d, p->n, sk.q, seed, what, distance);                   \
  } while (0)

/* E[B] and E[v] by averaging. */
static void average_first(const outcomes *o, double *EB, double *Ev) {
  const size_t d = o->d;
  memset(EB, 0, d * d * sizeof *EB);
  memset(Ev, 0, d * sizeof *Ev);
  for (size_t k = 0; k < o->count; k++) {
    for (size_t j = 0; j < d * d; j++)
      EB[j] += o->B[k * d * d + j] / (double)o->count;
    for (size_t j = 0; j < d; j++)
      Ev[j] += o->v[k * d + j] / (double)o->count;
  }
}

static void check_first(const ist_problem *p, ist_sketch sk, unsigned long seed) {
  double EB[MOST_ENTRIES], Ev[MOST_ENTRIES], EB_exact[MOST_ENTRIES], Ev_exact[MOST_ENTRIES];
  outcomes o = outcomes_enumerate(p, sk);
  average_first(&o, EB_exact, Ev_exact);
  outcomes_free(&o);
  cr_assert(ist_expected_B(p, sk, EB) && ist_expected_v(p, sk, Ev));
  assert_close(EB, EB_exact, p->d * p->d, "E[B]");
  assert_close(Ev, Ev_exact, p->d, "E[v]");
}

Test(enumeration, first_moments) { for_every_problem(check_first); }

/* E[BAB], column by column, and E[BAv]. */
static void average_second(const outcomes *o, const double *A, double *EBAB, double *EBAv) {
  const size_t d = o->d;
  double column[MOST_ENTRIES], left[MOST_ENTRIES];
  memset(EBAB, 0, d * d * sizeof *EBAB);
  memset(EBAv, 0, d * sizeof *EBAv);
  for (size_t k = 0; k < o->count; k++) {
    const double *B = o->B + k * d * d;
    for (size_t e = 0; e < d; e++) {
      outcomes_apply(d, A, B + e * d, column); /* B is symmetric: its row e is its column e */
      outcomes_apply(d, B, column, left);
      for (size_t j = 0; j < d; j++)
        EBAB[j * d + e] += left[j] / (double)o->count;
    }
    outcomes_apply(d, A, o->v + k * d, column);
    outcomes_apply(d, B, column, left);
    for (size_t j = 0; j < d; j++)
      EBAv[j] += left[j] / (double)o->count;
  }
}

static void check_second(const ist_problem *p, ist_sketch sk, unsigned long seed) {
  double A[MOST_ENTRIES], EBAB[MOST_ENTRIES], EBAv[MOST_ENTRIES];
  double EBAB_exact[MOST_ENTRIES], EBAv_exact[MOST_ENTRIES];
  random_symmetric(seed + 100, p->d, A);
  outcomes o = outcomes_enumerate(p, sk);
  average_second(&o, A, EBAB_exact, EBAv_exact);
  outcomes_free(&o);
  cr_assert(ist_second_moment(p, sk, A, EBAB) && ist_cross_moment(p, sk, A, EBAv));
  assert_close(EBAB, EBAB_exact, p->d * p->d, "E[BAB]");
  assert_close(EBAv, EBAv_exact, p->d, "E[BAv]");
}

Test(enumeration, second_moment_and_cross_moment) { for_every_problem(check_second); }

/* E[vv'], Cov v and E[Bzv']. */
static void average_linear(const outcomes *o, const double *z, double *Evv, double *cov,
                           double *mixed) {
  const size_t d = o->d;
  double EB[MOST_ENTRIES], Ev[MOST_ENTRIES], Bz[MOST_ENTRIES];
  average_first(o, EB, Ev);
  memset(Evv, 0, d * d * sizeof *Evv);
  memset(cov, 0, d * d * sizeof *cov);
  memset(mixed, 0, d * d * sizeof *mixed);
  for (size_t k = 0; k < o->count; k++) {
    const double *v = o->v + k * d;
    outcomes_apply(d, o->B + k * d * d, z, Bz);
    for (size_t j = 0; j < d; j++)
      for (size_t e = 0; e < d; e++) {
        Evv[j * d + e] += v[j] * v[e] / (double)o->count;
        cov[j * d + e] += (v[j] - Ev[j]) * (v[e] - Ev[e]) / (double)o->count;
        mixed[j * d + e] += Bz[j] * v[e] / (double)o->count;
      }
  }
}

static void check_linear(const ist_problem *p, ist_sketch sk, unsigned long seed) {
  const size_t d = p->d;
  double z[MOST_ENTRIES], Evv[MOST_ENTRIES], cov[MOST_ENTRIES], mixed[MOST_ENTRIES];
  double Evv_exact[MOST_ENTRIES], cov_exact[MOST_ENTRIES], mixed_exact[MOST_ENTRIES];
  random_vector(seed + 200, d, z);
  outcomes o = outcomes_enumerate(p, sk);
  average_linear(&o, z, Evv_exact, cov_exact, mixed_exact);
  outcomes_free(&o);
  cr_assert(ist_linear_second_moment(p, sk, Evv) && ist_linear_covariance(p, sk, cov) &&
            ist_mixed_moment(p, sk, z, mixed));
  assert_close(Evv, Evv_exact, d * d, "E[vv']");
  assert_close(mixed, mixed_exact, d * d, "E[Bzv']");
  assert_close(cov, cov_exact, d * d, "Cov v");
}

Test(enumeration, moments_of_the_linear_term) { for_every_problem(check_linear); }

/* E||g - Eg||^2_A at x. */
static double average_noise(const outcomes *o, const double *A, const double *x) {
  const size_t d = o->d;
  double EB[MOST_ENTRIES], Ev[MOST_ENTRIES], mean[MOST_ENTRIES], g[MOST_ENTRIES], Ag[MOST_ENTRIES];
  double noise = 0;
  average_first(o, EB, Ev);
  outcomes_apply(d, EB, x, mean);
  for (size_t k = 0; k < o->count; k++) {
    outcomes_apply(d, o->B + k * d * d, x, g);
    for (size_t j = 0; j < d; j++)
      g[j] -= o->v[k * d + j] + mean[j] - Ev[j];
    outcomes_apply(d, A, g, Ag);
    for (size_t j = 0; j < d; j++)
      noise += g[j] * Ag[j] / (double)o->count;
  }
  return noise;
}

static void check_noise(const ist_problem *p, ist_sketch sk, unsigned long seed) {
  double A[MOST_ENTRIES], x[MOST_ENTRIES], EBAB[MOST_ENTRIES], EBAv[MOST_ENTRIES], noise;
  random_symmetric(seed + 300, p->d, A);
  random_vector(seed + 400, p->d, x);
  outcomes o = outcomes_enumerate(p, sk);
  const double exact = average_noise(&o, A, x);
  average_second(&o, A, EBAB, EBAv);
  outcomes_free(&o);
  double size = 1; /* of the terms whose difference the noise is */
  for (size_t j = 0; j < p->d * p->d; j++)
    size += 9 * fabs(EBAB[j]);
  cr_assert(ist_noise(p, sk, A, x, &noise));
  cr_assert_float_eq(noise, exact, 1e-13 * size,
                     "%s, d %zu, n %zu, q %zu: noise is %.17g, not %.17g", ist_sketch_name(sk.kind),
                     p->d, p->n, sk.q, noise, exact);
}

Test(enumeration, noise_at_a_point) { for_every_problem(check_noise); }

/* Mean, second moment about z in the norm of A, and Euclidean one about w, of x_2. */
typedef struct {
  double mean[MOST_ENTRIES], gap, euclidean;
} two_rounds;

static double distance_sq(size_t d, const double *A, const double *x, const double *z) {
  double sum = 0;
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++)
      sum += (A == NULL ? j == k : A[j * d + k]) * (x[j] - z[j]) * (x[k] - z[k]);
  return sum;
}

static void round_of(const outcomes *o, size_t k, double gamma, const double *x, double *next) {
  outcomes_apply(o->d, o->B + k * o->d * o->d, x, next);
  for (size_t j = 0; j < o->d; j++)
    next[j] = x[j] - gamma * (next[j] - o->v[k * o->d + j]);
}

/* The averages over the second round alone, from x1. */
static two_rounds all_continuations(const outcomes *o, double gamma, const double *x1,
                                    const ist_constants *c) {
  two_rounds r = {0};
  double x2[MOST_ENTRIES];
  for (size_t k = 0; k < o->count; k++) {
    round_of(o, k, gamma, x1, x2);
    for (size_t j = 0; j < o->d; j++)
      r.mean[j] += x2[j] / (double)o->count;
    r.gap += distance_sq(o->d, c->L_bar, x2, c->x_star) / (double)o->count;
    r.euclidean += distance_sq(o->d, NULL, x2, c->x_fixed) / (double)o->count;
  }
  return r;
}

static two_rounds all_trajectories(const outcomes *o, double gamma, const double *x0,
                                   const ist_constants *c) {
  two_rounds r = {0};
  double x1[MOST_ENTRIES];
  for (size_t k = 0; k < o->count; k++) {
    round_of(o, k, gamma, x0, x1);
    const two_rounds after = all_continuations(o, gamma, x1, c);
    for (size_t j = 0; j < o->d; j++)
      r.mean[j] += after.mean[j] / (double)o->count;
    r.gap += after.gap / (double)o->count;
    r.euclidean += after.euclidean / (double)o->count;
  }
  return r;
}

static void check_dynamics(const ist_problem *p, ist_sketch sk, unsigned long seed) {
  const double gamma = 0.1;
  double x0[MOST_ENTRIES];
  random_vector(seed + 500, p->d, x0);
  ist_constants c;
  ist_status status;
  ist_dynamics dynamics;
  cr_assert_eq(ist_constants_compute(p, sk, &c, &status), IST_OK, "%s", status.text);
  cr_assert_eq(ist_dynamics_init(p, sk, x0, &dynamics, &status), IST_OK);
  const double start = distance_sq(p->d, c.L_bar, x0, c.x_star);
  cr_assert_float_eq(ist_dynamics_distance_sq(&dynamics, c.L_bar, c.x_star), start, 1e-12 * start);
  for (size_t k = 0; k < 2; k++)
    cr_assert_eq(ist_dynamics_step(&dynamics, gamma, &status), IST_OK);

  outcomes o = outcomes_enumerate(p, sk);
  const two_rounds exact = all_trajectories(&o, gamma, x0, &c);
  outcomes_free(&o);
  const double gap = ist_dynamics_distance_sq(&dynamics, c.L_bar, c.x_star);
  const double euclidean = ist_dynamics_distance_sq(&dynamics, NULL, c.x_fixed);
  assert_close(dynamics.mean, exact.mean, p->d, "E x_2");
  assert_close(&gap, &exact.gap, 1, "E||x_2 - x*||^2");
  assert_close(&euclidean, &exact.euclidean, 1, "E||x_2 - x_fixed||^2");
  ist_dynamics_free(&dynamics);
  ist_constants_free(&c);
}

Test(enumeration, two_rounds_of_the_exact_dynamics) { for_every_problem(check_dynamics); }
