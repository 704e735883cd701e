/* A worker without D_i^{-1/2}: every function that takes a sketch says so for the scaled one, and
 * serves the others. */
#include <criterion/criterion.h>
#include <math.h>

#include "moments/dynamics.h"
#include "moments/expectations.h"
#include "moments/local_problem.h"
#include "run/rounds.h"
#include "spectral/constants.h"

/* L_1 = [[0,1],[1,4]], L_2 = [[3,-1],[-1,-2]]: the mean is Diag(3/2, 1). */
static double L[] = {0, 1, 1, 4, 3, -1, -1, -2}, b[] = {1, 2, 3, 4};
static const ist_problem p = {.d = 2, .n = 2, .L = L, .b = b, .L_stride = 4, .b_stride = 2};
static const double x0[] = {1, -1};
static ist_status s;

#define REASON "D_i^{-1/2} does not exist: diagonal entry (1,1) of L_1 is 0"

static void expect_reason(ist_code code) {
  cr_expect_eq(code, IST_NOT_EXIST);
  cr_expect_eq(s.code, IST_NOT_EXIST);
  cr_expect_str_eq(s.text, REASON);
  s = (ist_status){IST_OK, ""};
}

Test(scales_missing, the_scaled_sketch_is_refused) {
  const ist_sketch sk = {IST_SCALED_PERM, 1};
  ist_constants c;
  ist_dynamics y;
  ist_problem local;
  ist_sketch local_sk;
  ist_local_errors errors;
  ist_rounds m;
  ist_expectation rows[2];
  const ist_targets t = {L, x0, NULL};
  expect_reason(ist_constants_compute(&p, sk, &c, &s));
  expect_reason(ist_constants_for_run(&p, sk, false, &c, &s));
  expect_reason(ist_dynamics_init(&p, sk, x0, &y, &s));
  expect_reason(ist_local_problem(&p, sk, 0.1, 2, &local, &local_sk, &errors, &s));
  expect_reason(ist_rounds_open(&m, &p, sk, 0.1, 0, 1, &s));
  for (size_t T = 0; T < 2; T++) {
    const ist_method method = {&p, sk, 0.1, T};
    expect_reason(ist_expect(&method, &t, x0, 1, rows, NULL, NULL, &s));
  }
}

/* One round of Perm-1 from x: the two outcomes are B = 2 Diag(0,-2), v = (1,4) and
 * B = 2 Diag(3,4), v = (3,2). */
Test(scales_missing, the_others_are_served) {
  const ist_sketch sk = {IST_PERM, 1};
  const double gamma = 0.1,
               outcome[2][2] = {{x0[0] - gamma * (0 * x0[0] - 1), x0[1] - gamma * (-4 * x0[1] - 4)},
                                {x0[0] - gamma * (6 * x0[0] - 3), x0[1] - gamma * (8 * x0[1] - 2)}};
  ist_constants c;
  ist_expectation rows[2];
  cr_assert_eq(ist_constants_compute(&p, sk, &c, &s), IST_OK, "%s", s.text);
  const ist_method method = {&p, sk, gamma, 0};
  const ist_targets t = {c.L_bar, c.x_star, c.x_fixed};
  cr_assert_eq(ist_expect(&method, &t, x0, 1, rows, NULL, NULL, &s), IST_OK, "%s", s.text);
  /* x* = L_bar^{-1} (2,3) = (4/3, 3) */
  double expected = 0;
  for (size_t k = 0; k < 2; k++)
    expected += 0.5 * (1.5 * pow(outcome[k][0] - 4.0 / 3, 2) + pow(outcome[k][1] - 3, 2));
  cr_expect_float_eq(rows[1].dist_star_sq, expected, 1e-13 * expected);
  ist_constants_free(&c);
  ist_rounds m;
  double x[] = {x0[0], x0[1]};
  cr_assert_eq(ist_rounds_open(&m, &p, sk, gamma, 0, 1, &s), IST_OK, "%s", s.text);
  cr_assert_eq(ist_rounds_take(&m, x, 1, &s), IST_OK, "%s", s.text);
  const size_t k = m.draws.block[0] == 0 ? 0 : 1;
  cr_expect_float_eq(x[0], outcome[k][0], 1e-15);
  cr_expect_float_eq(x[1], outcome[k][1], 1e-15);
  ist_rounds_close(&m);
}
