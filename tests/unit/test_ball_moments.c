/** The moments in balls against those in double precision, for every sketch, and a round of N5. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "../support/random_problem.h"
#include "moments/ball_dynamics.h"
#include "moments/ball_linear.h"
#include "moments/dynamics.h"
#include "moments/first.h"
#include "moments/linear.h"
#include "moments/second.h"

#define D 6

static ist_balls arena, *e = &arena;

static void open(void) { ist_balls_open(e, 192); }
static void close(void) { ist_balls_clear(e); }

TestSuite(ball_moments, .init = open, .fini = close);

/** Entries that agree to within rounding of the doubles, in units of size or of the largest one;
 *  their balls are far narrower. */
static void expect_same(ist_ball_matrix balls, const double *doubles, double size,
                        const char *what) {
  const size_t rows = (size_t)arb_mat_nrows(balls), columns = (size_t)arb_mat_ncols(balls);
  double worst = 0, width = 0;
  for (size_t j = 0; j < rows * columns; j++) {
    ist_ball entry = ist_ball_entry(balls, j / columns, j % columns);
    size = fmax(size, fabs(doubles[j]));
    worst = fmax(worst, fabs(ist_ball_double(entry) - doubles[j]));
    width = fmax(width, mag_get_d(arb_radref(entry)));
  }
  cr_expect_leq(worst, 1e-12 * size, "%s: %g of %g", what, worst, size);
  cr_expect_leq(width, 1e-40 * size, "%s", what);
}

static void compare(const ist_problem *p, ist_sketch sk) {
  const ist_ball_method m = {.p = p, .sk = sk, .precision = e->precision};
  double A[D * D], z[D], square[D * D], vector[D];
  for (size_t j = 0; j < D; j++) {
    z[j] = 1 + 0.5 * (double)j;
    for (size_t k = 0; k < D; k++)
      A[j * D + k] = 1 / (double)(j + k + 1) - (j == k ? 0 : 0.25);
  }
  ist_ball_matrix A_balls = ist_ball_matrix_of(e, A, D, D),
                  z_balls = ist_ball_matrix_of(e, z, D, 1);
  arb_mat_struct *out = ist_ball_matrix_new(e, D, D), *v = ist_ball_matrix_new(e, D, 1);
  cr_assert(ist_expected_B(p, sk, square));
  ist_ball_expected_B(&m, out);
  expect_same(out, square, 1, "E[B]");
  cr_assert(ist_expected_v(p, sk, vector));
  ist_ball_expected_v(&m, v);
  expect_same(v, vector, 1, "E[v]");
  cr_assert(ist_second_moment(p, sk, A, square));
  ist_ball_second_moment(&m, A_balls, out);
  expect_same(out, square, 1, "E[BAB]");
  cr_assert(ist_cross_moment(p, sk, A, vector));
  ist_ball_cross_moment(&m, A_balls, v);
  expect_same(v, vector, 1, "E[BAv]");
  cr_assert(ist_mixed_moment(p, sk, z, square));
  ist_ball_mixed_moment(&m, z_balls, out);
  expect_same(out, square, 1, "E[Bzv']");
  cr_assert(ist_linear_covariance(p, sk, square));
  ist_ball_covariance_v(&m, out);
  expect_same(out, square, 1, "Cov v");
}

/** Three rounds of both recursions. */
static void compare_rounds(const ist_problem *p, ist_sketch sk) {
  const ist_ball_method m = {.p = p, .sk = sk, .precision = e->precision};
  const double x0[D] = {1, -2, 0.5, 3, -1, 2}, gamma = 1.0 / 64;
  ist_dynamics y;
  ist_ball_dynamics balls;
  ist_status s;
  cr_assert_eq(ist_dynamics_init(p, sk, x0, &y, &s), IST_OK);
  ist_ball_dynamics_init(&balls, &m, ist_ball_matrix_of(e, x0, D, 1));
  for (int k = 0; k < 3; k++) {
    cr_assert_eq(ist_dynamics_step(&y, gamma, &s), IST_OK);
    ist_ball_dynamics_step(&balls, ist_ball_of(e, gamma));
  }
  const double mean_sq = ist_ball_double(ist_ball_inner(e, balls.mean, balls.mean));
  expect_same(balls.mean, y.mean, 1, "E x_3");
  expect_same(balls.cov, y.cov, 1 + mean_sq, "Cov x_3");
  ist_ball_dynamics_clear(&balls);
  ist_dynamics_free(&y);
}

static void compare_sketches(size_t n, size_t L_count, size_t b_count, unsigned long seed) {
  static const ist_sketch_kind kinds[] = {IST_IDENTITY, IST_PERM, IST_SCALED_PERM, IST_RAND};
  ist_problem p = random_problem(seed, D, n, L_count, b_count, false);
  for (size_t k = 0; k < 4; k++) {
    ist_sketch sk = {kinds[k], kinds[k] == IST_IDENTITY ? D : kinds[k] == IST_RAND ? 2 : D / n};
    compare(&p, sk);
    compare_rounds(&p, sk);
  }
  compare(&p, (ist_sketch){IST_RAND, 1});
  compare_rounds(&p, (ist_sketch){IST_RAND, 1});
  ist_problem_free(&p);
}

Test(ball_moments, every_sketch) {
  static const size_t workers[] = {1, 2, 3, 6};
  for (size_t k = 0; k < 4; k++) {
    compare_sketches(workers[k], workers[k], workers[k], 1 + k);
    compare_sketches(workers[k], 1, 1, 5 + k);
    compare_sketches(workers[k], 1, workers[k], 9 + k);
    compare_sketches(workers[k], workers[k], 1, 13 + k);
  }
}

/** The preconditioned problem is enclosed, not rounded: D^{1/2} L~ D^{1/2} = L to 50 digits, where
 *  its doubles have 16. */
Test(ball_moments, preconditioned) {
  ist_problem p = random_problem(17, D, D, 1, 1, false);
  const ist_ball_method m = {
      .p = &p, .sk = {IST_PERM, 1}, .preconditioned = true, .precision = e->precision};
  arb_mat_struct *L = ist_ball_matrix_new(e, D, D), *b = ist_ball_matrix_new(e, D, 1);
  ist_ball_worker_L(&m, 0, L);
  ist_ball_worker_b(&m, 0, b);
  for (size_t j = 0; j < D; j++) {
    ist_ball root = ist_ball_root(e, ist_ball_of(e, p.L[j * D + j]));
    cr_expect(arb_is_one(arb_mat_entry(L, j, j)));
    for (size_t k = 0; k < D; k++) {
      ist_ball other = ist_ball_root(e, ist_ball_of(e, p.L[k * D + k]));
      ist_ball back = ist_ball_mul(e, ist_ball_mul(e, root, other), ist_ball_entry(L, j, k));
      ist_ball rest = ist_ball_sub(e, back, ist_ball_of(e, p.L[j * D + k]));
      cr_expect(ist_ball_above(ist_ball_abs(e, rest)) < 1e-50);
    }
    ist_ball back = ist_ball_mul(e, root, ist_ball_entry(b, j, 0));
    ist_ball rest = ist_ball_sub(e, back, ist_ball_of(e, p.b[j]));
    cr_expect(ist_ball_above(ist_ball_abs(e, rest)) < 1e-50);
  }
  ist_problem_free(&p);
}
