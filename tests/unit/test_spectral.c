/* Eigenvalues, linear systems and the constants, at the edges of what exists. */
#include <criterion/criterion.h>
#include <float.h>
#include <math.h>
#include <string.h>

#include "../support/random_problem.h"
#include "kernel/range.h"
#include "spectral/constants.h"
#include "spectral/definite.h"
#include "spectral/eigen.h"

static ist_status status;
static ist_spectrum full = IST_SPECTRUM_FULL;

Test(spectral, extreme_eigenvalues_of_known_matrices) {
  double min, max;
  const double one[] = {-3};
  cr_assert_eq(ist_extreme_eigenvalues(one, 1, &min, &max, &status), IST_OK);
  cr_assert(min == -3 && max == -3);
  const double zero[] = {0, 0, 0, 0};
  cr_assert_eq(ist_extreme_eigenvalues(zero, 2, &min, &max, &status), IST_OK);
  cr_assert(min == 0 && max == 0);
  /* The second difference matrix: 2 - 2 cos(k pi / (d+1)). */
  enum { d = 20 };
  double T[d * d] = {0};
  for (size_t j = 0; j < d; j++) {
    T[j * d + j] = 2;
    if (j > 0)
      T[j * d + j - 1] = T[(j - 1) * d + j] = -1;
  }
  cr_assert_eq(ist_extreme_eigenvalues(T, d, &min, &max, &status), IST_OK);
  cr_assert_float_eq(min, 2 - 2 * cos(acos(-1) / (d + 1)), 1e-14);
  cr_assert_float_eq(max, 2 + 2 * cos(acos(-1) / (d + 1)), 1e-14);
  /* The same far from 1, where squares of entries overflow. */
  for (size_t j = 0; j < d * d; j++)
    T[j] *= 0x1p900;
  cr_assert_eq(ist_extreme_eigenvalues(T, d, &min, &max, &status), IST_OK);
  cr_assert_float_eq(max * 0x1p-900, 2 + 2 * cos(acos(-1) / (d + 1)), 1e-14);
}

Test(spectral, what_is_not_finite_has_no_eigenvalues) {
  double min, max, x[2];
  ist_definiteness kind;
  const double identity[] = {1, 0, 0, 1}, b[] = {1, 1};
  const double bad[][4] = {{1, NAN, NAN, 1}, {INFINITY, 0, 0, 1}};
  for (size_t t = 0; t < 2; t++) {
    cr_assert_eq(ist_extreme_eigenvalues(bad[t], 2, &min, &max, &status), IST_NOT_EXIST);
    cr_assert_eq(ist_pencil_eigenvalues(bad[t], identity, 2, &min, &max, &status), IST_NOT_EXIST);
    cr_assert_eq(ist_pencil_eigenvalues(identity, bad[t], 2, &min, &max, &status), IST_NOT_EXIST);
    cr_assert_eq(ist_classify(&full, bad[t], 2, &kind, &status), IST_NOT_EXIST);
    cr_assert_eq(ist_solve(bad[t], 2, b, x, &status), IST_NOT_EXIST);
    cr_assert_eq(ist_solve_indefinite(bad[t], 2, b, x, &status), IST_NOT_EXIST);
    cr_assert_eq(ist_contraction(&full, bad[t], identity, 2, &min, &status), IST_NOT_EXIST);
  }
  const double huge[] = {1e308, 1e308, 1e308, 1e308}; /* its largest eigenvalue is 2e308 */
  cr_assert_eq(ist_extreme_eigenvalues(huge, 2, &min, &max, &status), IST_NOT_EXIST);
  cr_assert_not_null(strstr(status.text, "overflow"), "%s", status.text);
  const double tiny[] = {1e-300}, large[] = {1e300};
  cr_assert_eq(ist_solve(tiny, 1, large, x, &status), IST_NOT_EXIST);
}

Test(spectral, indefinite_systems) {
  double x[3];
  const double swap[] = {0, 1, 1, 0}, b[] = {5, -7, 9};
  cr_assert_eq(ist_solve(swap, 2, b, x, &status), IST_NOT_EXIST);
  cr_assert_eq(ist_solve_indefinite(swap, 2, b, x, &status), IST_OK, "%s", status.text);
  cr_expect_float_eq(x[0], -7, 1e-14);
  cr_expect_float_eq(x[1], 5, 1e-14);
  /* [[1,2,0],[2,1,0],[0,0,-4]]: eigenvalues 3, -1, -4. */
  const double A[] = {1, 2, 0, 2, 1, 0, 0, 0, -4};
  cr_assert_eq(ist_solve_indefinite(A, 3, b, x, &status), IST_OK, "%s", status.text);
  cr_expect_float_eq(x[0], -19.0 / 3, 1e-14);
  cr_expect_float_eq(x[1], 17.0 / 3, 1e-14);
  cr_expect_float_eq(x[2], -2.25, 1e-14);
  const double singular[] = {1, 1, 1, 1}, zero[] = {0, 0, 0, 0};
  cr_expect_eq(ist_solve_indefinite(singular, 2, b, x, &status), IST_NOT_EXIST);
  cr_expect_str_eq(status.text, "a matrix is singular to working precision");
  cr_expect_eq(ist_solve_indefinite(zero, 2, b, x, &status), IST_NOT_EXIST);
  const double tiny[] = {0, 1e-300, 1e-300, 0}, large[] = {1e300, 1e300};
  cr_expect_eq(ist_solve_indefinite(tiny, 2, large, x, &status), IST_NOT_EXIST);
  cr_expect_str_eq(status.text, "the solution of a linear system exceeds double precision");
}

/* Scaled Perm-2 of d = 4: workers with unit diagonal and 9 beside it, and with 100 and -9, have a
 * positive definite mean, but E[B] = I + (1/3)(mean of L~_i - I) has the eigenvalue 1 - 1.485. */
Test(spectral, the_fixed_point_of_an_indefinite_mean_round) {
  ist_problem p;
  ist_constants c;
  cr_assert(ist_problem_alloc(&p, 4, 2, 2, 2));
  for (size_t j = 0; j < 4; j++) {
    p.L[j * 5] = 1;
    p.L[16 + j * 5] = 100;
    p.b[j] = (double)j - 1;
    p.b[4 + j] = 10;
  }
  p.L[1] = p.L[4] = 9;
  p.L[17] = p.L[20] = -9;
  ist_problem_note_interpolation(&p);
  cr_assert_eq(ist_constants_compute(&p, (ist_sketch){IST_SCALED_PERM, 2}, &c, &status), IST_OK,
               "%s", status.text);
  cr_expect_float_eq(c.expected_B[1], 1.485, 1e-15);
  cr_assert_not_null(c.x_fixed);
  /* E[v]_j = (1/2)(b_1j / sqrt 2 + b_2j / (10 sqrt 2)); the first two coordinates mix. */
  double v[4];
  for (size_t j = 0; j < 4; j++)
    v[j] = ((double)j - 1 + 1) / (2 * sqrt(2));
  cr_expect_float_eq(c.x_fixed[0], (v[0] - 1.485 * v[1]) / (1 - 1.485 * 1.485), 1e-14);
  cr_expect_float_eq(c.x_fixed[1], (v[1] - 1.485 * v[0]) / (1 - 1.485 * 1.485), 1e-14);
  cr_expect_float_eq(c.x_fixed[2], v[2], 1e-14);
  cr_expect_float_eq(c.x_fixed[3], v[3], 1e-14);
  ist_constants_free(&c);
  ist_problem_free(&p);
}

Test(spectral, pencils) {
  double min, max;
  const double A[] = {2, 0, 0, 3}, B[] = {1, 0, 0, 4}, indefinite[] = {1, 2, 2, 1};
  cr_assert_eq(ist_pencil_eigenvalues(A, B, 2, &min, &max, &status), IST_OK);
  cr_assert_float_eq(min, 0.75, 1e-15);
  cr_assert_float_eq(max, 2, 1e-15);
  cr_assert_eq(ist_pencil_eigenvalues(A, indefinite, 2, &min, &max, &status), IST_NOT_EXIST);
  cr_assert_not_null(strstr(status.text, "eigenvalues cannot be computed"));
}

Test(spectral, definiteness_is_judged_relative_to_the_diagonal) {
  ist_definiteness kind;
  const struct {
    double A[4];
    ist_definiteness kind;
  } cases[] = {
      {{1, 0, 0, 1e-40}, IST_POSITIVE_DEFINITE},
      {{1, 1e-20, 1e-20, 1e-38}, IST_POSITIVE_DEFINITE},
      {{1, 1, 1, 1}, IST_NEARLY_SINGULAR},
      {{1, 1 - DBL_EPSILON, 1 - DBL_EPSILON, 1}, IST_NEARLY_SINGULAR},
      {{1, 1 + DBL_EPSILON, 1 + DBL_EPSILON, 1}, IST_NEARLY_SINGULAR},
      {{1, 1 - 1e-12, 1 - 1e-12, 1}, IST_POSITIVE_DEFINITE},
      {{1, 1 + 1e-12, 1 + 1e-12, 1}, IST_NOT_POSITIVE_DEFINITE},
      {{1, 2, 2, 1}, IST_NOT_POSITIVE_DEFINITE},
      {{0, 0, 0, 1}, IST_NOT_POSITIVE_DEFINITE},
      {{-1, 0, 0, -1}, IST_NOT_POSITIVE_DEFINITE},
  };
  for (size_t t = 0; t < sizeof cases / sizeof cases[0]; t++) {
    cr_assert_eq(ist_classify(&full, cases[t].A, 2, &kind, &status), IST_OK);
    cr_assert_eq(kind, cases[t].kind, "case %zu", t);
  }
}

Test(spectral, solving) {
  const double A[] = {1e20, 1, 1, 4e-20}, b[] = {1e10, 1e-10}, singular[] = {1, 1, 1, 1};
  double x[2];
  cr_assert_eq(ist_solve(A, 2, b, x, &status), IST_OK);
  cr_assert_float_eq(x[0] * 1e10, 1, 1e-14);
  cr_assert_float_eq(x[1] * 1e-10, 0, 1e-14);
  cr_assert_eq(ist_solve(singular, 2, b, x, &status), IST_NOT_EXIST);
  cr_assert_eq(ist_solve((double[]){0}, 1, b, x, &status), IST_NOT_EXIST);
}

/* lambda_min(A^{-1/2} W A^{-1/2}) is also the smallest eigenvalue of the pencil (W, A). */
Test(spectral, contraction_agrees_with_the_pencil) {
  for (unsigned long seed = 1; seed <= 20; seed++) {
    ist_problem p = random_problem(seed, 5, 2, 2, 1, true);
    const double *A = ist_problem_L(&p, 0), *B = ist_problem_L(&p, 1);
    double W[25] = {0}, lambda, min, max;
    for (size_t j = 0; j < 5; j++)
      for (size_t k = 0; k < 5; k++)
        for (size_t e = 0; e < 5; e++)
          W[5 * j + k] += (A[5 * j + e] * B[5 * e + k] + B[5 * j + e] * A[5 * e + k]) / 2;
    cr_assert_eq(ist_contraction(&full, A, B, 5, &lambda, &status), IST_OK);
    cr_assert_eq(ist_pencil_eigenvalues(W, A, 5, &min, &max, &status), IST_OK);
    cr_assert_float_eq(lambda, min, 1e-11 * max);
    ist_problem_free(&p);
  }
}

Test(spectral, refuses_what_does_not_fit) {
  const size_t d = IST_DIM_MAX;
  double entry = 1, out;
  ist_constants c;
  const ist_problem p = {.d = d, .n = 2, .L = &entry, .b = &entry};
  cr_assert_eq(ist_extreme_eigenvalues(&entry, d, &out, &out, &status), IST_MACHINE);
  cr_assert_eq(ist_pencil_eigenvalues(&entry, &entry, d, &out, &out, &status), IST_MACHINE);
  cr_assert_eq(ist_contraction(&full, &entry, &entry, d, &out, &status), IST_MACHINE);
  cr_assert_eq(ist_constants_compute(&p, (ist_sketch){IST_PERM, d / 2}, &c, &status), IST_MACHINE);
  cr_assert_not_null(strstr(status.text, "memory"));
}

/* P08: gradient descent has theta = lambda_max(L_bar) and contraction lambda_min(L_bar). */
Test(spectral, gradient_descent) {
  ist_problem p = random_problem(1, 5, 3, 3, 3, false);
  const ist_sketch sketches[] = {{IST_IDENTITY, 5}, {IST_RAND, 5}};
  for (size_t t = 0; t < 2; t++) {
    ist_constants c;
    cr_assert_eq(ist_constants_compute(&p, sketches[t], &c, &status), IST_OK);
    cr_assert(c.theta.exists && c.contraction.exists && c.sigma_sq.exists);
    cr_assert_eq(c.theta.value, c.lambda_max);
    cr_assert_eq(c.contraction.value, c.lambda_min);
    cr_assert(c.sigma_sq.value == 0 && c.sigma_sq_star == 0);
    cr_assert(c.h_norm_sq.exists && c.h_norm_sq.value == 0);
    cr_assert_arr_eq(c.x_fixed, c.x_star, 5 * sizeof(double));
    ist_constants_free(&c);
  }
  ist_problem_free(&p);
}

/* P12: preconditioned and homogeneous, Perm-1 has E[B] = nI and theta = n. */
Test(spectral, preconditioned_perm_1) {
  ist_problem p = random_problem(2, 6, 6, 1, 1, false);
  cr_assert(ist_problem_precondition(&p));
  ist_constants c;
  cr_assert_eq(ist_constants_compute(&p, (ist_sketch){IST_PERM, 1}, &c, &status), IST_OK);
  for (size_t j = 0; j < 6; j++)
    for (size_t k = 0; k < 6; k++)
      cr_assert_float_eq(c.expected_B[6 * j + k], j == k ? 6 : 0, 1e-14);
  cr_assert(c.theta.exists);
  cr_assert_float_eq(c.theta.value, 6, 1e-12);
  cr_assert_float_eq(c.contraction.value, 6, 1e-12);
  ist_constants_free(&c);
  ist_problem_free(&p);
}

/* theta is the smallest number with theta W - E[B L_bar B] positive semidefinite. */
Test(spectral, theta_is_smallest) {
  const struct {
    ist_sketch sk;
    size_t d, n;
  } shapes[] = {{{IST_PERM, 1}, 4, 4},
                {{IST_PERM, 2}, 6, 3},
                {{IST_RAND, 2}, 5, 3},
                {{IST_SCALED_PERM, 2}, 6, 3}};
  for (size_t t = 0; t < 4; t++) {
    size_t found = 0;
    for (unsigned long seed = 1; seed <= 20; seed++) {
      ist_problem p = random_problem(seed, shapes[t].d, shapes[t].n, shapes[t].n, 1, true);
      ist_constants c;
      cr_assert_eq(ist_constants_compute(&p, shapes[t].sk, &c, &status), IST_OK);
      if (c.theta.exists) {
        double gap[36], min, max;
        const size_t entries = c.d * c.d;
        for (size_t j = 0; j < entries; j++)
          gap[j] = c.theta.value * c.W[j] - c.second_moment[j];
        cr_assert_eq(ist_extreme_eigenvalues(gap, c.d, &min, &max, &status), IST_OK);
        cr_assert_float_eq(min, 0, 1e-10 * max);
        cr_assert_float_eq(c.step_max.value * c.theta.value, 1, 1e-15);
        found++;
      }
      ist_constants_free(&c);
      ist_problem_free(&p);
    }
    cr_assert_gt(found, 2, "shape %zu: only %zu problems have a theta", t, found);
  }
}

/* N7: kappa(L) <= 3 + 2 sqrt(2) makes W positive definite in every dimension. */
Test(spectral, small_condition_numbers_have_a_theta) {
  const double kappa = 0.999 * (3 + 2 * sqrt(2));
  for (size_t d = 2; d <= 8; d++)
    for (unsigned long seed = 1; seed <= 20; seed++) {
      ist_problem p = random_problem(seed, d, d, 1, 1, true);
      double min, max;
      cr_assert_eq(ist_extreme_eigenvalues(p.L, d, &min, &max, &status), IST_OK);
      const double shift = fmax(0, (max - kappa * min) / (kappa - 1));
      for (size_t j = 0; j < d; j++)
        p.L[j * d + j] += shift;
      ist_constants c;
      cr_assert_eq(ist_constants_compute(&p, (ist_sketch){IST_PERM, 1}, &c, &status), IST_OK);
      cr_assert(c.theta.exists && c.w_lambda_min > 0, "d %zu, seed %lu", d, seed);
      ist_constants_free(&c);
      ist_problem_free(&p);
    }
}

Test(spectral, constant_noise_exists_exactly_where_B_is_fixed) {
  ist_problem p = random_problem(3, 4, 2, 2, 2, false), q = random_problem(3, 4, 4, 4, 4, false);
  const struct {
    const ist_problem *p;
    ist_sketch sk;
    bool exists;
  } cases[] = {{&p, {IST_IDENTITY, 4}, true},     {&p, {IST_RAND, 4}, true},
               {&q, {IST_SCALED_PERM, 1}, true},  {&p, {IST_PERM, 2}, false},
               {&p, {IST_SCALED_PERM, 2}, false}, {&q, {IST_PERM, 1}, false},
               {&p, {IST_RAND, 3}, false}};
  for (size_t t = 0; t < sizeof cases / sizeof cases[0]; t++) {
    ist_constants c;
    cr_assert_eq(ist_constants_compute(cases[t].p, cases[t].sk, &c, &status), IST_OK);
    cr_assert_eq(c.sigma_sq.exists, cases[t].exists, "case %zu", t);
    cr_assert_eq(c.sigma_sq.reason == NULL, cases[t].exists);
    cr_assert_geq(c.sigma_sq_star, 0);
    ist_constants_free(&c);
  }
  ist_problem_free(&p);
  ist_problem_free(&q);
}

static bool scalar_is_sound(const ist_scalar *v) {
  return v->exists ? isfinite(v->value) && v->reason == NULL
                   : v->reason != NULL && strlen(v->reason) > 0;
}

static void assert_every_number_is_finite(const ist_constants *c) {
  const size_t d = c->d;
  const ist_scalar *scalars[] = {&c->theta, &c->step_max, &c->contraction, &c->h_norm_sq,
                                 &c->sigma_sq};
  const double plain[] = {c->lambda_min, c->lambda_max, c->w_lambda_min, c->sigma_sq_star,
                          c->f_star};
  for (size_t t = 0; t < 5; t++)
    cr_assert(scalar_is_sound(scalars[t]), "scalar %zu", t);
  cr_assert(ist_all_finite(plain, 5) && ist_all_finite(c->x_star, d));
  cr_assert(c->x_fixed == NULL || (ist_all_finite(c->x_fixed, d) && ist_all_finite(c->h, d)));
  cr_assert_eq(c->x_fixed != NULL, c->h_norm_sq.exists);
  cr_assert(ist_all_finite(c->second_moment, d * d) && ist_all_finite(c->cov_v, d * d));
  cr_assert_gt(c->lambda_min, 0);
}

/* Every sketch that applies to p, on p. */
static void compute_all(const ist_problem *p) {
  for (ist_sketch_kind kind = IST_IDENTITY; kind <= IST_RAND; kind++) {
    ist_sketch sk;
    ist_constants c;
    if (ist_sketch_resolve(p, kind, 0, &sk, &status) != IST_OK)
      continue;
    cr_assert_eq(ist_constants_compute(p, sk, &c, &status), IST_OK, "%s: %s", ist_sketch_name(kind),
                 status.text);
    assert_every_number_is_finite(&c);
    ist_constants_free(&c);
  }
}

/* What a run needs, with and without a step, bit for bit as among all constants. What depends on
 * the processor is there only with a step. */
static void assert_run_agrees(const ist_problem *p, const ist_constants *all, bool step) {
  const size_t d = p->d;
  ist_constants c;
  cr_assert_eq(ist_constants_for_run(p, all->sketch, step, &c, &status), IST_OK);
  cr_assert_arr_eq(c.L_bar, all->L_bar, d * d * sizeof *c.L_bar);
  cr_assert_arr_eq(c.b_bar, all->b_bar, d * sizeof *c.b_bar);
  cr_assert_arr_eq(c.expected_B, all->expected_B, d * d * sizeof *c.expected_B);
  cr_assert_arr_eq(c.expected_v, all->expected_v, d * sizeof *c.expected_v);
  cr_assert_eq(c.step_max.exists, step && all->step_max.exists);
  cr_assert_eq(c.f_star, step ? all->f_star : 0);
  if (step) {
    cr_assert_arr_eq(c.x_star, all->x_star, d * sizeof *c.x_star);
    cr_assert_eq(c.x_fixed == NULL, all->x_fixed == NULL);
    cr_assert_eq(c.step_max.value, all->step_max.value);
    if (c.x_fixed != NULL)
      cr_assert_arr_eq(c.x_fixed, all->x_fixed, d * sizeof *c.x_fixed);
  }
  ist_constants_free(&c);
}

Test(spectral, constants_of_a_run_are_those_of_the_analysis) {
  ist_problem p = random_problem(4, 6, 3, 3, 3, false);
  for (ist_sketch_kind kind = IST_IDENTITY; kind <= IST_RAND; kind++) {
    ist_constants c;
    ist_sketch sk;
    cr_assert_eq(ist_sketch_resolve(&p, kind, 0, &sk, &status), IST_OK);
    cr_assert_eq(ist_constants_compute(&p, sk, &c, &status), IST_OK);
    assert_run_agrees(&p, &c, false);
    assert_run_agrees(&p, &c, true);
    ist_constants_free(&c);
  }
  ist_problem_free(&p);
}

Test(spectral, one_dimension_and_one_worker) {
  for (size_t n = 1; n <= 3; n++) {
    ist_problem p = random_problem(n, 1, n, n, n, false);
    compute_all(&p);
    ist_problem_free(&p);
  }
  ist_problem p = random_problem(5, 6, 1, 1, 1, false);
  compute_all(&p);
  ist_problem_free(&p);
}

/* Condition numbers up to 1e12, from bad scaling and from near dependence, and extreme magnitudes.
 */
Test(spectral, ill_conditioned_problems_stay_finite) {
  enum { d = 6 };
  for (int exponent = 0; exponent <= 12; exponent += 2)
    for (int magnitude = -40; magnitude <= 40; magnitude += 40)
      for (size_t n = 1; n <= d; n++) {
        if (d % n != 0)
          continue;
        ist_problem p;
        cr_assert(ist_problem_alloc(&p, d, n, n, n));
        const double small = pow(10, -exponent);
        for (size_t i = 0; i < n; i++)
          for (size_t j = 0; j < d; j++) {
            p.b[i * d + j] = (double)(i + j) - 2;
            for (size_t k = 0; k < d; k++) {
              const double dependent = 1 + (j == k ? d * small : 0);
              const double graded = j == k ? pow(small, (double)j / (d - 1)) : 0;
              p.L[i * d * d + j * d + k] = pow(10, magnitude) * (i % 2 == 0 ? dependent : graded);
            }
          }
        ist_problem_note_interpolation(&p);
        compute_all(&p);
        ist_problem_free(&p);
      }
}

Test(spectral, gradient_descent_is_exact_on_ill_conditioned_problems) {
  ist_problem p;
  cr_assert(ist_problem_alloc(&p, 2, 2, 1, 1));
  memcpy(p.L, (double[]){1, 0, 0, 1e-12}, 4 * sizeof(double));
  memcpy(p.b, (double[]){1, 1}, 2 * sizeof(double));
  ist_problem_note_interpolation(&p);
  ist_constants c;
  cr_assert_eq(ist_constants_compute(&p, (ist_sketch){IST_IDENTITY, 2}, &c, &status), IST_OK);
  cr_assert(c.theta.exists && c.theta.value == 1 && c.contraction.value == 1e-12);
  cr_assert_float_eq(c.w_lambda_min, 1e-24, 1e-39);
  cr_assert_float_eq(c.x_star[1], 1e12, 1e-3);
  ist_constants_free(&c);
  cr_assert_eq(ist_constants_compute(&p, (ist_sketch){IST_PERM, 1}, &c, &status), IST_OK);
  cr_assert(c.theta.exists);
  cr_assert_float_eq(c.theta.value, 2, 1e-15);
  ist_constants_free(&c);
  ist_problem_free(&p);
}

/* At c = 2ab/(a+b) exactly, W of Perm-1 is singular: no number is given for theta. */
Test(spectral, singular_W_has_no_theta) {
  ist_problem p;
  cr_assert(ist_problem_alloc(&p, 2, 2, 1, 1));
  /* LD + DL = [[2, 5c], [5c, 32]] with a = 1, b = 4: singular at c = 8/5. */
  memcpy(p.L, (double[]){1, 1.6, 1.6, 4}, 4 * sizeof(double));
  ist_problem_note_interpolation(&p);
  ist_constants c;
  cr_assert_eq(ist_constants_compute(&p, (ist_sketch){IST_PERM, 1}, &c, &status), IST_OK);
  cr_assert_not(c.theta.exists);
  cr_assert_not_null(strstr(c.theta.reason, "singular to working precision"), "%s", c.theta.reason);
  cr_assert_float_eq(c.w_lambda_min, 0, 1e-14);
  ist_constants_free(&c);
  ist_problem_free(&p);
}

Test(spectral, constants_beyond_double_precision_do_not_exist) {
  ist_problem p;
  ist_constants c;
  cr_assert(ist_problem_alloc(&p, 2, 2, 1, 1));
  memcpy(p.L, (double[]){1e200, 0, 0, 1e200}, 4 * sizeof(double));
  cr_assert_eq(ist_constants_compute(&p, (ist_sketch){IST_PERM, 1}, &c, &status), IST_NOT_EXIST);
  cr_assert_not_null(strstr(status.text, "moments of the estimator"));
  memcpy(p.L, (double[]){1, 1, 1, 1}, 4 * sizeof(double));
  cr_assert_eq(ist_constants_compute(&p, (ist_sketch){IST_PERM, 1}, &c, &status), IST_NOT_EXIST);
  memcpy(p.L, (double[]){1e-200, 0, 0, 1e-200}, 4 * sizeof(double));
  memcpy(p.b, (double[]){1e100, 1e100}, 2 * sizeof(double));
  cr_assert_eq(ist_constants_compute(&p, (ist_sketch){IST_PERM, 1}, &c, &status), IST_NOT_EXIST);
  cr_assert_gt(strlen(status.text), 0);
  ist_problem_free(&p);
}
