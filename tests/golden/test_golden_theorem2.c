/* Every key of every Theorem 2 case of golden.json: by the closed forms N3 and by the dynamics N5.
 */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../support/golden.h"
#include "moments/dynamics.h"
#include "spectral/n3.h"
#include "spectral/theorems.h"

#define MOST_ROUNDS 16

typedef struct {
  const json_t *object;
  ist_problem p;
  ist_constants c;
  double x0[MOST_ROUNDS], gamma;
  size_t K;
} theorem2_case;

typedef void case_test(const theorem2_case *t);

static void for_every_case(case_test *test) {
  json_t *root = golden_load();
  const json_t *cases = golden_member(root, "theorem2_cases");
  cr_assert_eq(json_array_size(cases), 3);
  for (size_t i = 0; i < json_array_size(cases); i++) {
    theorem2_case t = {.object = json_array_get(cases, i)};
    ist_status s;
    golden_problem(t.object, &t.p);
    golden_numbers(golden_member(t.object, "x0"), t.x0);
    t.gamma = golden_number(golden_member(t.object, "gamma"));
    t.K = (size_t)golden_number(golden_member(t.object, "K"));
    cr_assert_eq(golden_number(golden_member(t.object, "q")), 1);
    cr_assert_eq(ist_constants_compute(&t.p, (ist_sketch){IST_SCALED_PERM, 1}, &t.c, &s), IST_OK);
    test(&t);
    ist_constants_free(&t.c);
    ist_problem_free(&t.p);
  }
  json_decref(root);
}

static void check_constants(const theorem2_case *t) {
  const json_t *object = t->object;
  golden_assert(object, "x_star", t->c.x_star, 0);
  golden_assert(object, "x_inf", t->c.x_fixed, 0);
  golden_assert(object, "h", t->c.h, 0);
  golden_assert(object, "f_star", &t->c.f_star, 0);
  cr_assert(t->c.h_norm_sq.exists && t->c.sigma_sq.exists);
  golden_assert(object, "h_Lbar_sq", &t->c.h_norm_sq.value, 0);
  golden_assert(object, "sigma2", &t->c.sigma_sq.value, 0);
  cr_assert_eq(t->c.sigma_sq.value, t->c.sigma_sq_star);
  cr_assert(t->c.theta.exists && t->c.theta.value == 1 && t->c.contraction.value == 1);
}

Test(golden_theorem2, constants) { for_every_case(check_constants); }

static void check_closed_forms(const theorem2_case *t) {
  ist_n3 m;
  double gap[MOST_ROUNDS], grad[MOST_ROUNDS], dist[MOST_ROUNDS];
  cr_assert(ist_n3_init(&t->p, &t->c, &m));
  golden_assert(t->object, "sigma2", &m.sigma_sq, 0);
  golden_assert(t->object, "tr_cov_v", &m.trace_cov_v, 0);
  for (size_t k = 0; k <= t->K; k++) {
    const ist_n3_values v = ist_n3_round(&m, t->x0, t->gamma, k);
    gap[k] = v.f_gap;
    grad[k] = v.grad_norm_sq;
    dist[k] = v.dist_fixed_sq;
  }
  golden_assert(t->object, "E_f_minus_fstar", gap, 0);
  golden_assert(t->object, "E_gradnorm_Lbarinv_sq", grad, 0);
  golden_assert(t->object, "E_dist_xinf_sq", dist, 0);
  const ist_n3_values late = ist_n3_round(&m, t->x0, t->gamma, 1000);
  golden_assert(t->object, "limit_Ef_minus_fstar", &late.f_gap, 0);
  ist_n3_free(&m);
}

Test(golden_theorem2, closed_forms) { for_every_case(check_closed_forms); }

static void check_dynamics(const theorem2_case *t) {
  ist_dynamics dynamics;
  ist_status s;
  double gap[MOST_ROUNDS], grad[MOST_ROUNDS], dist[MOST_ROUNDS];
  cr_assert_eq(ist_dynamics_init(&t->p, t->c.sketch, t->x0, &dynamics, &s), IST_OK);
  for (size_t k = 0; k <= t->K; k++) {
    if (k > 0)
      cr_assert_eq(ist_dynamics_step(&dynamics, t->gamma, &s), IST_OK);
    grad[k] = ist_dynamics_distance_sq(&dynamics, t->c.L_bar, t->c.x_star);
    gap[k] = grad[k] / 2;
    dist[k] = ist_dynamics_distance_sq(&dynamics, NULL, t->c.x_fixed);
  }
  golden_assert(t->object, "E_f_minus_fstar", gap, 0);
  golden_assert(t->object, "E_gradnorm_Lbarinv_sq", grad, 0);
  golden_assert(t->object, "E_dist_xinf_sq", dist, 0);
  ist_dynamics_free(&dynamics);
}

Test(golden_theorem2, exact_dynamics) { for_every_case(check_dynamics); }

static void check_bounds(const theorem2_case *t) {
  ist_n3 m;
  cr_assert(ist_n3_init(&t->p, &t->c, &m));
  const ist_n3_values average = ist_n3_average(&m, t->x0, t->gamma, t->K);
  const double drop =
      ist_n3_round(&m, t->x0, t->gamma, 0).f_gap - ist_n3_round(&m, t->x0, t->gamma, t->K).f_gap;
  const double h_sq = t->c.h_norm_sq.value, beta = ist_theorem2_beta(t->gamma);
  const double sharpened = ist_theorem2_sharpened(drop, t->gamma, t->K, h_sq, m.sigma_sq);
  const double slack = ist_theorem2_slack(t->gamma, average.dist_fixed_L_sq);
  const ist_scalar printed = ist_theorem2_printed(drop, t->gamma, t->K, h_sq, m.sigma_sq);
  golden_assert(t->object, "avg_gradnorm", &average.grad_norm_sq, 0);
  golden_assert(t->object, "sharpened_rhs", &sharpened, 0);
  golden_assert(t->object, "slack_identity", &slack, 0);
  golden_assert(t->object, "printed_beta", &beta, 0);
  cr_assert_eq(average.grad_norm_sq <= sharpened,
               json_is_true(golden_member(t->object, "sharpened_holds")));
  cr_assert_float_eq(sharpened - slack, average.grad_norm_sq, 1e-12 * sharpened, "N1");
  cr_assert_eq(printed.exists, !json_is_null(golden_member(t->object, "printed_rhs")));
  if (printed.exists)
    golden_assert(t->object, "printed_rhs", &printed.value, 0);
  else
    cr_assert_not_null(printed.reason);
  ist_n3_free(&m);
}

Test(golden_theorem2, bounds) { for_every_case(check_bounds); }
