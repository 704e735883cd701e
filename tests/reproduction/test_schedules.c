/* N11: scaled Perm-1 with a step of its own in every round, against exhaustive enumeration and
 * against the exact recursion. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../support/outcomes.h"
#include "../support/random_problem.h"
#include "moments/dynamics.h"
#include "spectral/constants.h"

#define DIM 4
#define ROUNDS 400
#define SEEDS 5
#define ENUMERATED 3

typedef double schedule(size_t k);

static double harmonic(size_t k) { return 1 / (double)(k + 1); }
static double root(size_t k) { return 1 / sqrt((double)(k + 1)); }
static double constant(size_t k) {
  (void)k;
  return 0.3;
}
static double by_turns(size_t k) { return k % 2 == 0 ? 0.1 : 1.3; }

static double gap(const ist_constants *c, const double *x) {
  double sum = 0;
  for (size_t j = 0; j < DIM; j++)
    for (size_t k = 0; k < DIM; k++)
      sum += c->L_bar[j * DIM + k] * (x[j] - c->x_star[j]) * (x[k] - c->x_star[k]);
  return sum / 2;
}

/* E f(x_rounds) - f* over all outcomes of all rounds from round k on. */
static double enumerate(const outcomes *o, const ist_constants *c, schedule *gamma, size_t k,
                        const double *x) {
  if (k == ENUMERATED)
    return gap(c, x);
  double sum = 0;
  for (size_t e = 0; e < o->count; e++) {
    double next[DIM];
    for (size_t j = 0; j < DIM; j++) {
      double g = -o->v[e * DIM + j];
      for (size_t l = 0; l < DIM; l++)
        g += o->B[(e * DIM + j) * DIM + l] * x[l];
      next[j] = x[j] - gamma(k) * g;
    }
    sum += enumerate(o, c, gamma, k + 1, next);
  }
  return sum / (double)o->count;
}

/* What N11 says of round k, with Pi and V of the steps before it: the mean on the line through x_0
 * and the fixed point, and its objective with V sigma^2/2 above it, so never below it. */
static void check_round(const ist_dynamics *y, const ist_constants *c, const double *x0, double Pi,
                        double V, double gap0) {
  double mean[DIM];
  for (size_t j = 0; j < DIM; j++) {
    mean[j] = c->x_fixed[j] + Pi * (x0[j] - c->x_fixed[j]);
    cr_assert_float_eq(y->mean[j], mean[j], 1e-12 * (1 + fabs(x0[j])), "round %zu", y->k);
  }
  const double f = ist_dynamics_distance_sq(y, c->L_bar, c->x_star) / 2, floor = gap(c, mean);
  cr_assert_float_eq(f, floor + V * c->sigma_sq.value / 2, 1e-12 * gap0, "round %zu", y->k);
  cr_assert_geq(f, floor - 1e-12 * gap0, "round %zu: the bias is not removed", y->k);
}

static void follow(schedule *gamma, unsigned long seed) {
  const ist_sketch sk = {IST_SCALED_PERM, 1};
  ist_problem p = random_problem(seed, DIM, DIM, DIM, DIM, false);
  ist_constants c;
  ist_dynamics y;
  ist_status s;
  double x0[DIM], Pi = 1, V = 0;
  random_vector(seed + 500, DIM, x0);
  cr_assert_eq(ist_constants_compute(&p, sk, &c, &s), IST_OK, "%s", s.text);
  cr_assert_gt(c.sigma_sq.value, 1e-3);
  cr_assert_gt(c.h_norm_sq.value, 1e-3);
  cr_assert_eq(ist_dynamics_init(&p, sk, x0, &y, &s), IST_OK);
  outcomes o = outcomes_enumerate(&p, sk);
  const double exact = enumerate(&o, &c, gamma, 0, x0), gap0 = gap(&c, x0) + c.h_norm_sq.value;
  outcomes_free(&o);
  for (size_t k = 0; k < ROUNDS; k++) {
    check_round(&y, &c, x0, Pi, V, gap0);
    if (k == ENUMERATED)
      cr_assert_float_eq(ist_dynamics_distance_sq(&y, c.L_bar, c.x_star) / 2, exact, 1e-12 * gap0);
    if (gamma == harmonic && k >= 1) {
      const double f = ist_dynamics_distance_sq(&y, c.L_bar, c.x_star) / 2;
      cr_assert_float_eq(f, (c.h_norm_sq.value + c.sigma_sq.value / (double)k) / 2, 1e-12 * gap0);
    }
    const double stays = 1 - gamma(k);
    V = stays * stays * V + gamma(k) * gamma(k);
    Pi *= stays;
    cr_assert_eq(ist_dynamics_step(&y, gamma(k), &s), IST_OK);
  }
  ist_dynamics_free(&y);
  ist_constants_free(&c);
  ist_problem_free(&p);
}

Test(schedules, constant_harmonic_and_others) {
  schedule *const all[] = {constant, harmonic, root, by_turns};
  for (size_t t = 0; t < sizeof all / sizeof all[0]; t++)
    for (unsigned long seed = 1; seed <= SEEDS; seed++)
      follow(all[t], seed);
}
