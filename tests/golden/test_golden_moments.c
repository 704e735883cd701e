/* Every key of every sketch case of golden.json. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../support/golden.h"
#include "../support/outcomes.h"
#include "moments/first.h"
#include "moments/linear.h"
#include "moments/noise.h"
#include "moments/second.h"
#include "spectral/constants.h"

#define MOST_ENTRIES 16

static ist_sketch sketch_of(const json_t *object) {
  const char *kind = json_string_value(golden_member(object, "kind"));
  const size_t q = (size_t)golden_number(golden_member(object, "q"));
  if (strcmp(kind, "perm") == 0)
    return (ist_sketch){IST_PERM, q};
  if (strcmp(kind, "rand") == 0)
    return (ist_sketch){IST_RAND, q};
  cr_assert_str_eq(kind, "scaled");
  return (ist_sketch){IST_SCALED_PERM, q};
}

typedef void case_test(const json_t *object, const ist_problem *p, ist_sketch sk);

static void for_every_case(case_test *test) {
  json_t *root = golden_load();
  const json_t *cases = golden_member(root, "sketch_cases");
  cr_assert_eq(json_array_size(cases), 5);
  for (size_t i = 0; i < json_array_size(cases); i++) {
    const json_t *object = json_array_get(cases, i);
    ist_problem p;
    golden_problem(object, &p);
    test(object, &p, sketch_of(object));
    ist_problem_free(&p);
  }
  json_decref(root);
}

static void check_moments(const json_t *object, const ist_problem *p, ist_sketch sk) {
  double A[MOST_ENTRIES], out[MOST_ENTRIES];
  golden_numbers(golden_member(object, "A"), A);
  cr_assert(ist_expected_B(p, sk, out));
  golden_assert(object, "E_B", out, 0);
  cr_assert(ist_expected_v(p, sk, out));
  golden_assert(object, "E_v", out, 0);
  cr_assert(ist_second_moment(p, sk, A, out));
  golden_assert(object, "E_BAB", out, 0);
  cr_assert(ist_cross_moment(p, sk, A, out));
  golden_assert(object, "E_B_A_v", out, 0);
  cr_assert(ist_linear_second_moment(p, sk, out));
  golden_assert(object, "E_vvT", out, 0);
  cr_assert(ist_linear_covariance(p, sk, out));
  golden_assert(object, "Cov_v", out, 0);
}

Test(golden_moments, moments) { for_every_case(check_moments); }

static void check_outcomes(const json_t *object, const ist_problem *p, ist_sketch sk) {
  outcomes o = outcomes_enumerate(p, sk);
  cr_assert_eq((double)o.count, golden_number(golden_member(object, "outcomes_enumerated")));
  outcomes_free(&o);
}

Test(golden_moments, outcomes_enumerated) { for_every_case(check_outcomes); }

/* h = x* - x_inf and its norm in L_bar, from the golden points. */
static void check_h(const json_t *object, const ist_constants *c) {
  double x_star[MOST_ENTRIES], x_inf[MOST_ENTRIES], norm_sq = 0;
  golden_numbers(golden_member(object, "x_star"), x_star);
  golden_numbers(golden_member(object, "x_inf"), x_inf);
  for (size_t j = 0; j < c->d; j++) {
    cr_assert_float_eq(c->h[j], x_star[j] - x_inf[j], 1e-12 * (1 + fabs(x_star[j])));
    for (size_t k = 0; k < c->d; k++)
      norm_sq += (x_star[j] - x_inf[j]) * c->L_bar[j * c->d + k] * (x_star[k] - x_inf[k]);
  }
  cr_assert(c->h_norm_sq.exists);
  cr_assert_float_eq(c->h_norm_sq.value, norm_sq, 1e-12 * norm_sq);
}

static void check_constants(const json_t *object, const ist_problem *p, ist_sketch sk) {
  double x[MOST_ENTRIES], noise;
  ist_constants c;
  ist_status s;
  cr_assert_eq(ist_constants_compute(p, sk, &c, &s), IST_OK, "%s", s.text);
  golden_assert(object, "E_B_Lbar_B", c.second_moment, 0);
  golden_assert(object, "W", c.W, 0);
  golden_assert(object, "E_B", c.expected_B, 0);
  golden_assert(object, "E_v", c.expected_v, 0);
  golden_assert(object, "Cov_v", c.cov_v, 0);
  golden_assert(object, "x_star", c.x_star, 0);
  golden_assert(object, "x_inf", c.x_fixed, 0);
  check_h(object, &c);
  golden_numbers(golden_member(object, "x"), x);
  cr_assert(ist_noise(p, sk, c.L_bar, x, &noise));
  golden_assert(object, "sigma2_Lbar_at_x", &noise, 0);
  if (json_object_get(object, "det_W") != NULL) {
    const double det = c.W[0] * c.W[3] - c.W[1] * c.W[2];
    golden_assert(object, "det_W", &det, 0);
  }
  ist_constants_free(&c);
}

Test(golden_moments, constants) { for_every_case(check_constants); }
