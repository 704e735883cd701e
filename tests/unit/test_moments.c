/* Weights, the effective sketches, and moments beyond the reach of enumeration. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../support/random_problem.h"
#include "kernel/range.h"
#include "moments/dense.h"
#include "moments/dynamics.h"
#include "moments/effective.h"
#include "moments/first.h"
#include "moments/linear.h"
#include "moments/noise.h"
#include "moments/second.h"
#include "moments/weights.h"

#define DIM 12
#define ENTRIES (DIM * DIM)

static const ist_sketch perm1 = {IST_PERM, 1}, scaled1 = {IST_SCALED_PERM, 1};

Test(moments, weights_vanish_with_their_numerators) {
  const ist_weights one = ist_sketch_weights(1, 1, perm1);
  cr_assert(one.p[0] == 1 && one.p[1] == 0 && one.p[2] == 0 && one.p[3] == 0);
  cr_assert(one.r11 == 0 && one.r12 == 0 && one.r22 == 0);
  const ist_weights two = ist_sketch_weights(2, 2, perm1);
  cr_assert(two.p[0] == 0.5 && two.p[1] == 0 && two.r11 == 0.5 && two.r12 == 0 && two.r22 == 0);
  const ist_weights all = ist_sketch_weights(3, 2, (ist_sketch){IST_RAND, 3});
  for (size_t k = 0; k < 3; k++)
    cr_assert_eq(all.p[k], 1);
  cr_assert(all.p[3] == 0 && all.r11 == 1 && all.r12 == 1 && all.r22 == 1);
}

/* Two coordinates share a block or lie in two; one coordinate lies in exactly one block. */
Test(moments, weights_are_probabilities) {
  for (size_t n = 2; n <= 5; n++)
    for (size_t q = 1; q <= 5; q++) {
      const double N = (double)n;
      const ist_sketch perm = {IST_PERM, q}, rand = {IST_RAND, q};
      double same[IST_QUADRATIC_TERMS], other[IST_QUADRATIC_TERMS], total[3] = {0};
      const ist_weights w = ist_sketch_weights(n * q, n, perm);
      cr_assert_float_eq(N * w.p[0], 1, 1e-15);
      cr_assert_float_eq(N * w.p[1] + N * (N - 1) * w.r11, 1, 1e-14);
      ist_quadratic_weights(&w, perm, same, other);
      for (size_t t = 0; t < IST_QUADRATIC_TERMS; t++) {
        total[0] += same[t];
        total[1] += other[t];
      }
      const ist_weights independent = ist_sketch_weights(n * q, n, rand);
      ist_quadratic_weights(&independent, rand, same, other);
      for (size_t t = 0; t < IST_QUADRATIC_TERMS; t++)
        total[2] += other[t];
      cr_assert_float_eq(total[0], w.p[0], 1e-14, "all indices equal, one worker");
      cr_assert_float_eq(total[1], 0, 1e-14, "all indices equal, two disjoint blocks");
      cr_assert_float_eq(total[2], w.p[0] * w.p[0], 1e-14, "the same, independent blocks");
    }
}

Test(moments, effective_sketches_reproduce_the_table) {
  ist_problem p = random_problem(7, 4, 2, 2, 2, false);
  double M[16], u[4];
  const ist_sketch identity = {IST_IDENTITY, 4}, perm = {IST_PERM, 2}, rand = {IST_RAND, 3};
  const ist_sketch scaled = {IST_SCALED_PERM, 2};
  cr_assert_eq(ist_effective_c(&p, identity), 0.5);
  cr_assert_eq(ist_effective_c(&p, perm), 2);
  cr_assert_eq(ist_effective_c(&p, scaled), 1);
  cr_assert_float_eq(ist_effective_c(&p, rand), 8.0 / 9, 1e-15);
  const double *L = ist_problem_L(&p, 1), *b = ist_problem_b(&p, 1);
  ist_effective_M(&p, rand, 1, M);
  cr_assert_arr_eq(M, L, sizeof M);
  ist_effective_M(&p, scaled, 1, M);
  for (size_t j = 0; j < 4; j++)
    for (size_t k = 0; k < 4; k++)
      cr_assert_float_eq(M[4 * j + k], L[4 * j + k] / sqrt(L[5 * j] * L[5 * k]), 1e-15);
  for (size_t j = 0; j < 4; j++) {
    cr_assert_eq(M[5 * j], 1);
    ist_effective_u(&p, identity, 1, u);
    cr_assert_float_eq(u[j], b[j] / 2, 1e-15);
    ist_effective_u(&p, perm, 1, u);
    cr_assert_eq(u[j], b[j]);
    ist_effective_u(&p, rand, 1, u);
    cr_assert_float_eq(u[j], 2 * b[j] / 3, 1e-15);
    ist_effective_u(&p, scaled, 1, u);
    cr_assert_float_eq(u[j], b[j] / sqrt(2 * L[5 * j]), 1e-15);
  }
  ist_problem_free(&p);
}

/* P09: E[B] = n D_bar. */
Test(moments, perm_1_expectation_is_the_diagonal) {
  ist_problem p = random_problem(3, DIM, DIM, DIM, 1, true);
  double EB[ENTRIES], L_bar[ENTRIES], b_bar[DIM];
  ist_problem_mean(&p, L_bar, b_bar);
  cr_assert(ist_expected_B(&p, perm1, EB));
  for (size_t j = 0; j < DIM; j++)
    for (size_t k = 0; k < DIM; k++)
      cr_assert_eq(EB[j * DIM + k], j == k ? DIM * L_bar[j * DIM + k] : 0);
  ist_problem_free(&p);
}

/* N4's special case: E[BAB] = n^2 { A o (m m' - V/(n-1)) + n/(n-1) D_A Diag(V) }. */
Test(moments, perm_1_second_moment_has_its_closed_form) {
  ist_problem p = random_problem(4, DIM, DIM, DIM, 1, true);
  const double n = DIM;
  double A[ENTRIES], EBAB[ENTRIES], expected[ENTRIES], m[DIM] = {0};
  random_symmetric(5, DIM, A);
  for (size_t i = 0; i < DIM; i++)
    for (size_t j = 0; j < DIM; j++)
      m[j] += ist_problem_L(&p, i)[j * DIM + j] / n;
  for (size_t j = 0; j < DIM; j++)
    for (size_t k = 0; k < DIM; k++) {
      double V = 0;
      for (size_t i = 0; i < DIM; i++) {
        const double *L = ist_problem_L(&p, i);
        V += (L[j * DIM + j] - m[j]) * (L[k * DIM + k] - m[k]) / n;
      }
      const double a = A[j * DIM + k];
      expected[j * DIM + k] =
          n * n * (a * (m[j] * m[k] - V / (n - 1)) + (j == k ? n / (n - 1) * a * V : 0));
    }
  cr_assert(ist_second_moment(&p, perm1, A, EBAB));
  cr_assert_lt(relative_distance(EBAB, expected, ENTRIES), 1e-13);
  ist_problem_free(&p);
}

/* A shared matrix or vector is the same problem as n copies of it. */
Test(moments, shared_storage_changes_nothing) {
  const ist_sketch sketches[] = {
      {IST_IDENTITY, DIM}, {IST_PERM, 3}, {IST_SCALED_PERM, 3}, {IST_RAND, 5}};
  ist_problem shared = random_problem(6, DIM, 4, 1, 1, false), copies;
  cr_assert(ist_problem_alloc(&copies, DIM, 4, 4, 4));
  for (size_t i = 0; i < 4; i++) {
    memcpy(copies.L + i * ENTRIES, shared.L, ENTRIES * sizeof(double));
    memcpy(copies.b + i * DIM, shared.b, DIM * sizeof(double));
  }
  double A[ENTRIES], z[DIM], a[ENTRIES], b[ENTRIES];
  random_symmetric(7, DIM, A);
  random_vector(8, DIM, z);
  for (size_t t = 0; t < 4; t++) {
    const ist_sketch sk = sketches[t];
    cr_assert(ist_second_moment(&shared, sk, A, a) && ist_second_moment(&copies, sk, A, b));
    cr_assert_lt(relative_distance(a, b, ENTRIES), 1e-13);
    cr_assert(ist_cross_moment(&shared, sk, A, a) && ist_cross_moment(&copies, sk, A, b));
    cr_assert_lt(relative_distance(a, b, DIM), 1e-13);
    cr_assert(ist_mixed_moment(&shared, sk, z, a) && ist_mixed_moment(&copies, sk, z, b));
    cr_assert_lt(relative_distance(a, b, ENTRIES), 1e-13);
    cr_assert(ist_linear_covariance(&shared, sk, a) && ist_linear_covariance(&copies, sk, b));
    cr_assert_lt(relative_distance(a, b, ENTRIES), 1e-13);
  }
  ist_problem_free(&shared);
  ist_problem_free(&copies);
}

/* P18: v is the same in every round of a homogeneous problem, and B = I under scaled Perm-1. */
Test(moments, nothing_random_leaves_nothing_of_rounding) {
  double A[ENTRIES], x[DIM], cov[ENTRIES], noise;
  random_symmetric(9, DIM, A);
  random_vector(10, DIM, x);
  ist_problem p = random_problem(11, DIM, DIM, 1, 1, false);
  for (size_t j = 0; j < DIM; j++)
    p.b[j] /= 7;
  cr_assert(ist_linear_covariance(&p, scaled1, cov) && ist_noise(&p, scaled1, A, x, &noise));
  cr_assert_eq(noise, 0);
  for (size_t j = 0; j < ENTRIES; j++)
    cr_assert_eq(cov[j], 0);
  cr_assert(ist_linear_covariance(&p, perm1, cov));
  for (size_t j = 0; j < ENTRIES; j++)
    cr_assert_eq(cov[j], 0);
  ist_problem_free(&p);

  p = random_problem(12, DIM, 3, 3, 3, false);
  const ist_sketch all[] = {{IST_IDENTITY, DIM}, {IST_RAND, DIM}};
  for (size_t t = 0; t < 2; t++) {
    cr_assert(ist_noise(&p, all[t], A, x, &noise));
    cr_assert_eq(noise, 0);
  }
  ist_problem_free(&p);
}

Test(moments, scaled_perm_1_is_the_identity_surely) {
  ist_problem p = random_problem(13, DIM, DIM, DIM, DIM, false);
  double A[ENTRIES], EBAB[ENTRIES], EB[ENTRIES];
  random_symmetric(14, DIM, A);
  cr_assert(ist_expected_B(&p, scaled1, EB) && ist_second_moment(&p, scaled1, A, EBAB));
  for (size_t j = 0; j < DIM; j++)
    for (size_t k = 0; k < DIM; k++)
      cr_assert_eq(EB[j * DIM + k], j == k ? 1 : 0);
  cr_assert_arr_eq(EBAB, A, sizeof A);
  ist_problem_free(&p);
}

/* Gradient descent from x0 has no randomness: the dynamics are its iterates, to full accuracy. */
Test(moments, dynamics_of_gradient_descent) {
  ist_problem p = random_problem(15, 3, 2, 2, 2, false);
  double L_bar[9], b_bar[3], x[3] = {1, -2, 3}, g[3];
  ist_dynamics s;
  ist_status status;
  ist_problem_mean(&p, L_bar, b_bar);
  cr_assert_eq(ist_dynamics_init(&p, (ist_sketch){IST_IDENTITY, 3}, x, &s, &status), IST_OK);
  for (size_t k = 0; k < 50; k++) {
    ist_apply(3, L_bar, x, g);
    for (size_t j = 0; j < 3; j++)
      x[j] -= 0.02 * (g[j] - b_bar[j]);
    cr_assert_eq(ist_dynamics_step(&s, 0.02, &status), IST_OK);
  }
  cr_assert_eq(s.k, 50);
  for (size_t j = 0; j < 3; j++)
    cr_assert_float_eq(s.mean[j], x[j], 1e-14);
  for (size_t j = 0; j < 9; j++)
    cr_assert_eq(s.cov[j], 0);
  ist_dynamics_free(&s);
  ist_dynamics_free(&s);
  ist_problem_free(&p);
}

/* N8: the mean converges to x_inf = M^{-1} E[v], and the covariance stays positive. */
Test(moments, mean_of_scaled_perm_q_follows_N8) {
  ist_problem p = random_problem(16, 6, 3, 3, 3, false);
  const ist_sketch sk = {IST_SCALED_PERM, 2};
  const double gamma = 0.7;
  double M[36], Ev[6], e[6], x0[6] = {1, 2, 3, -1, -2, -3};
  ist_dynamics s;
  ist_status status;
  cr_assert(ist_expected_B(&p, sk, M) && ist_expected_v(&p, sk, Ev));
  cr_assert_eq(ist_dynamics_init(&p, sk, x0, &s, &status), IST_OK);
  for (size_t k = 0; k < 400; k++)
    cr_assert_eq(ist_dynamics_step(&s, gamma, &status), IST_OK);
  ist_apply(6, M, s.mean, e);
  cr_assert_lt(relative_distance(e, Ev, 6), 1e-14);
  for (size_t j = 0; j < 6; j++)
    cr_assert_gt(s.cov[7 * j], 0);
  ist_dynamics_free(&s);
  ist_problem_free(&p);
}

Test(moments, divergence_is_reported) {
  ist_problem p = random_problem(17, 4, 2, 2, 2, false);
  const ist_sketch sketches[] = {{IST_PERM, 2}, {IST_IDENTITY, 4}};
  const double x0[4] = {1, 1, 1, 1};
  for (size_t t = 0; t < 2; t++) {
    ist_dynamics s;
    ist_status status;
    ist_code code = ist_dynamics_init(&p, sketches[t], x0, &s, &status);
    for (size_t k = 0; k < 100 && code == IST_OK; k++)
      code = ist_dynamics_step(&s, 1e20, &status);
    cr_assert_eq(code, IST_NOT_EXIST);
    cr_assert_not_null(strstr(status.text, "diverges"));
    ist_dynamics_free(&s);
  }
  ist_problem_free(&p);
}

/* A problem whose d x d matrices no machine holds: refused before anything is read. */
Test(moments, refuses_what_does_not_fit) {
  double entry = 1;
  const ist_problem p = {.d = IST_DIM_MAX, .n = 2, .L = &entry, .b = &entry};
  const ist_sketch random = {IST_PERM, IST_DIM_MAX / 2}, fixed = {IST_IDENTITY, IST_DIM_MAX};
  ist_dynamics s;
  ist_status status;
  cr_assert_not(ist_expected_B(&p, random, &entry));
  cr_assert_not(ist_second_moment(&p, random, &entry, &entry));
  cr_assert_not(ist_second_moment(&p, fixed, &entry, &entry));
  cr_assert_not(ist_cross_moment(&p, random, &entry, &entry));
  cr_assert_not(ist_cross_moment(&p, fixed, &entry, &entry));
  cr_assert_not(ist_mixed_moment(&p, random, &entry, &entry));
  cr_assert_not(ist_mixed_moment(&p, fixed, &entry, &entry));
  cr_assert_not(ist_noise(&p, random, &entry, &entry, &entry));
  cr_assert_not(ist_noise(&p, fixed, &entry, &entry, &entry));
  cr_assert_eq(ist_dynamics_init(&p, random, &entry, &s, &status), IST_MACHINE);
  const ist_problem longer = {.d = (size_t)1 << 50, .n = 1, .L = &entry, .b = &entry};
  const ist_noise_moments none = {0};
  cr_assert_not(ist_linear_covariance(&longer, random, &entry));
  cr_assert_not(ist_linear_second_moment(&longer, random, &entry));
  cr_assert_not(ist_noise_from(&none, longer.d, &entry, &entry, &entry));
}
