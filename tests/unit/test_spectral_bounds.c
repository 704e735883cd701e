/* Theorems 1 and 2, N1, N2 and N3 on random problems, by the exact dynamics. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "../support/random_problem.h"
#include "kernel/range.h"
#include "moments/dynamics.h"
#include "spectral/n3.h"
#include "spectral/theorems.h"

#define SEEDS 12
#define ROUNDS 10
#define DIM 4

static ist_status status;

/* Exact expectations along the rounds. */
typedef struct {
  double f_gap[ROUNDS + 1], dist_W[ROUNDS + 1], dist_fixed[ROUNDS + 1], dist_fixed_L[ROUNDS + 1];
} trajectory;

static trajectory follow(const ist_problem *p, const ist_constants *c, const double *x0,
                         double gamma) {
  trajectory t;
  ist_dynamics s;
  cr_assert_eq(ist_dynamics_init(p, c->sketch, x0, &s, &status), IST_OK);
  for (size_t k = 0; k <= ROUNDS; k++) {
    if (k > 0)
      cr_assert_eq(ist_dynamics_step(&s, gamma, &status), IST_OK);
    t.f_gap[k] = ist_dynamics_distance_sq(&s, c->L_bar, c->x_star) / 2;
    t.dist_W[k] = ist_dynamics_distance_sq(&s, c->W, c->x_star);
    t.dist_fixed[k] = ist_dynamics_distance_sq(&s, NULL, c->x_fixed);
    t.dist_fixed_L[k] = ist_dynamics_distance_sq(&s, c->L_bar, c->x_fixed);
  }
  ist_dynamics_free(&s);
  return t;
}

static double average(const double *v, size_t K) {
  double sum = 0;
  for (size_t k = 0; k < K; k++)
    sum += v[k];
  return sum / (double)K;
}

/* (15) and (16) for every K and k, at gamma = part/theta. */
static void check_theorem1(const ist_problem *p, const ist_constants *c, const double *x0,
                           double part) {
  const double gamma = part * c->step_max.value;
  const trajectory t = follow(p, c, x0, gamma);
  for (size_t K = 1; K <= ROUNDS; K++) {
    const double left = average(t.dist_W, K);
    const double right = ist_theorem1_average_bound(t.f_gap[0] - t.f_gap[K], gamma, K);
    cr_assert(left <= right * (1 + 1e-10), "(15), K %zu: %g > %g", K, left, right);
    const double bound =
        ist_theorem1_distance_bound(c->contraction.value, gamma, K, 2 * t.f_gap[0]);
    cr_assert(2 * t.f_gap[K] <= bound * (1 + 1e-10), "(16), k %zu: %g > %g", K, 2 * t.f_gap[K],
              bound);
  }
}

Test(bounds, theorem_1) {
  const struct {
    ist_sketch sk;
    size_t d, n;
  } shapes[] = {{{IST_IDENTITY, 4}, 4, 3},    {{IST_PERM, 1}, 4, 4},       {{IST_PERM, 2}, 4, 2},
                {{IST_PERM, 4}, 4, 1},        {{IST_RAND, 1}, 4, 3},       {{IST_RAND, 3}, 4, 2},
                {{IST_SCALED_PERM, 1}, 4, 4}, {{IST_SCALED_PERM, 2}, 4, 2}};
  for (size_t t = 0; t < sizeof shapes / sizeof shapes[0]; t++) {
    size_t found = 0;
    for (unsigned long seed = 1; seed <= SEEDS; seed++) {
      ist_problem p = random_problem(seed, shapes[t].d, shapes[t].n, shapes[t].n, 1, true);
      ist_constants c;
      double x0[DIM];
      random_vector(seed + 50, DIM, x0);
      cr_assert_eq(ist_constants_compute(&p, shapes[t].sk, &c, &status), IST_OK);
      if (c.theta.exists) {
        check_theorem1(&p, &c, x0, 1);
        check_theorem1(&p, &c, x0, 0.3);
        found++;
      }
      ist_constants_free(&c);
      ist_problem_free(&p);
    }
    cr_assert_gt(found, 0, "no problem of shape %zu has a theta", t);
  }
}

typedef void perm1_test(const ist_problem *p, const ist_constants *c, const double *x0);

/* Scaled Perm-1 on heterogeneous and on homogeneous problems. */
static void for_every_scaled_perm1(perm1_test *test) {
  for (size_t d = 1; d <= DIM; d++)
    for (unsigned long seed = 1; seed <= SEEDS; seed++) {
      const size_t count = seed % 3 == 0 ? 1 : d;
      ist_problem p = random_problem(seed, d, d, count, count, false);
      ist_constants c;
      double x0[DIM];
      random_vector(seed + 60, d, x0);
      cr_assert_eq(ist_constants_compute(&p, (ist_sketch){IST_SCALED_PERM, 1}, &c, &status),
                   IST_OK);
      test(&p, &c, x0);
      ist_constants_free(&c);
      ist_problem_free(&p);
    }
}

static const double steps[] = {0.1, 0.5, 0.9, 1, 1.1, 1.5, 1.9};

static void assert_near(double a, double b, const char *what) {
  cr_assert_float_eq(a, b, 1e-12 * (1 + fabs(b)), "%s: %.17g against %.17g", what, a, b);
}

static void check_closed_forms(const ist_problem *p, const ist_constants *c, const double *x0) {
  ist_n3 m;
  cr_assert(ist_n3_init(p, c, &m));
  assert_near(m.sigma_sq, c->sigma_sq.value, "sigma^2");
  cr_assert_lt(relative_distance(m.cov_v, c->cov_v, c->d * c->d), 1e-13);
  for (size_t t = 0; t < sizeof steps / sizeof steps[0]; t++) {
    const trajectory exact = follow(p, c, x0, steps[t]);
    for (size_t k = 0; k <= ROUNDS; k++) {
      const ist_n3_values v = ist_n3_round(&m, x0, steps[t], k);
      assert_near(v.f_gap, exact.f_gap[k], "E f(x_k) - f*");
      assert_near(v.grad_norm_sq, 2 * exact.f_gap[k], "E||grad f(x_k)||^2");
      assert_near(v.dist_fixed_sq, exact.dist_fixed[k], "E||x_k - x_inf||^2");
      assert_near(v.dist_fixed_L_sq, exact.dist_fixed_L[k], "E||x_k - x_inf||^2 in L_bar");
    }
    const ist_n3_values mean = ist_n3_average(&m, x0, steps[t], ROUNDS);
    assert_near(mean.grad_norm_sq, 2 * average(exact.f_gap, ROUNDS), "averaged gradient");
    assert_near(mean.f_gap, average(exact.f_gap, ROUNDS), "averaged f");
    assert_near(mean.dist_fixed_sq, average(exact.dist_fixed, ROUNDS), "averaged distance");
    assert_near(mean.dist_fixed_L_sq, average(exact.dist_fixed_L, ROUNDS), "the same in L_bar");
  }
  ist_n3_free(&m);
}

Test(bounds, closed_forms_N3_are_the_dynamics_N5) { for_every_scaled_perm1(check_closed_forms); }

static void check_theorem2(const ist_problem *p, const ist_constants *c, const double *x0) {
  const double h_sq = c->h_norm_sq.value, sigma_sq = c->sigma_sq.value;
  for (size_t t = 0; t < sizeof steps / sizeof steps[0]; t++) {
    const double gamma = steps[t];
    const trajectory exact = follow(p, c, x0, gamma);
    for (size_t K = 1; K <= ROUNDS; K++) {
      const double left = 2 * average(exact.f_gap, K), drop = exact.f_gap[0] - exact.f_gap[K];
      const double sharp = ist_theorem2_sharpened(drop, gamma, K, h_sq, sigma_sq);
      const double slack = ist_theorem2_slack(gamma, average(exact.dist_fixed_L, K));
      const ist_scalar printed = ist_theorem2_printed(drop, gamma, K, h_sq, sigma_sq);
      const double rounding = 1e-12 * (1 + left + fabs(drop) / gamma);
      cr_assert_float_eq(left, sharp - slack, rounding, "N1: %g against %g", left, sharp - slack);
      if (gamma <= 1)
        cr_assert(left <= sharp + rounding, "N2, gamma %g: %g > %g", gamma, left, sharp);
      if (gamma >= 1)
        cr_assert(left >= sharp - rounding, "N2 reversed, gamma %g: %g < %g", gamma, left, sharp);
      cr_assert_eq(printed.exists, gamma < 1);
      if (printed.exists)
        cr_assert(left <= printed.value + rounding, "(30): %g > %g", left, printed.value);
    }
  }
}

Test(bounds, theorem_2_as_printed_and_sharpened) { for_every_scaled_perm1(check_theorem2); }

/* N2 is strict away from its cases of equality, in both directions. */
Test(bounds, sharpened_theorem_2_is_strict) {
  ist_problem p = random_problem(2, DIM, DIM, DIM, DIM, false);
  const double x0[DIM] = {3, -3, 2, 1};
  ist_constants c;
  cr_assert_eq(ist_constants_compute(&p, (ist_sketch){IST_SCALED_PERM, 1}, &c, &status), IST_OK);
  for (int above = 0; above < 2; above++) {
    const double gamma = above ? 1.5 : 0.5;
    const trajectory exact = follow(&p, &c, x0, gamma);
    const double left = 2 * average(exact.f_gap, ROUNDS);
    const double right = ist_theorem2_sharpened(exact.f_gap[0] - exact.f_gap[ROUNDS], gamma, ROUNDS,
                                                c.h_norm_sq.value, c.sigma_sq.value);
    cr_assert(above ? left > 1.1 * right : 1.1 * left < right, "%g, %g", left, right);
  }
  ist_constants_free(&c);
  ist_problem_free(&p);
}

Test(bounds, best_beta_meets_the_step_condition_with_equality) {
  for (double gamma = 0.1; gamma < 1; gamma += 0.1) {
    const double beta = ist_theorem2_beta(gamma);
    cr_assert_float_eq((0.5 - beta) / (0.5 + beta), gamma, 1e-14);
  }
  cr_assert_eq(ist_theorem2_beta(1), 0);
  cr_assert_not(ist_theorem2_printed(1, 1, 1, 1, 1).exists);
}

Test(bounds, refuses_what_does_not_fit) {
  double entry = 1;
  const ist_problem p = {.d = IST_DIM_MAX, .n = 1, .L = &entry, .b = &entry};
  const ist_constants c = {.d = IST_DIM_MAX};
  ist_n3 m;
  cr_assert_not(ist_n3_init(&p, &c, &m));
}
