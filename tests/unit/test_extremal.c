/* Extremal eigenvalues by ARPACK against the full spectrum, and the refusals of its checks. */
#include "spectral/extremal.h"

#include <criterion/criterion.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../support/random_problem.h"
#include "problem/gaussian.h"
#include "spectral/constants.h"
#include "spectral/definite.h"
#include "spectral/eigen.h"

static ist_status status;

/** Both ends of A by both ways agree to 1e-11 of the larger one. */
static void expect_agreement(const double *A, size_t d) {
  ist_spectrum full = IST_SPECTRUM_FULL, extremal = IST_SPECTRUM_EXTREMAL;
  double min, max, low, high;
  cr_assert_eq(ist_extreme_eigenvalues_by(&full, A, d, &min, &max, &status), IST_OK);
  cr_assert_eq(ist_extreme_eigenvalues_by(&extremal, A, d, &low, &high, &status), IST_OK);
  cr_expect_eq(extremal, IST_SPECTRUM_EXTREMAL, "d = %zu", d);
  const double scale = fmax(fabs(min), fabs(max));
  cr_expect_leq(fabs(low - min), 1e-11 * scale, "d = %zu: %.17g, %.17g", d, low, min);
  cr_expect_leq(fabs(high - max), 1e-11 * scale, "d = %zu: %.17g, %.17g", d, high, max);
}

static double *zeros(size_t d) {
  double *A = calloc(d * d, sizeof *A);
  cr_assert_not_null(A);
  return A;
}

Test(extremal, wishart_matrices) {
  for (size_t d = 3; d <= 300; d = 2 * d + 1) {
    ist_problem p;
    cr_assert_eq(ist_problem_gaussian(d, 1, true, true, d, &p, &status), IST_OK);
    expect_agreement(p.L, d);
    ist_problem_free(&p);
  }
}

/** Symmetric matrices with eigenvalues of both signs: no factorisation to invert with. */
Test(extremal, indefinite_matrices) {
  gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
  for (size_t d = 4; d <= 256; d *= 4) {
    double *A = zeros(d);
    for (size_t j = 0; j < d; j++)
      for (size_t k = 0; k <= j; k++)
        A[j * d + k] = A[k * d + j] = gsl_ran_gaussian(rng, 1);
    expect_agreement(A, d);
    free(A);
  }
  gsl_rng_free(rng);
}

/** The second difference matrix: its ends are clusters, 2 - 2 cos(k pi / (d+1)). */
Test(extremal, clustered_ends) {
  enum { d = 400 };
  double *A = zeros(d), min, max;
  for (size_t j = 0; j < d; j++) {
    A[j * d + j] = 2;
    if (j > 0)
      A[j * d + j - 1] = A[(j - 1) * d + j] = -1;
  }
  ist_spectrum how = IST_SPECTRUM_EXTREMAL;
  cr_assert_eq(ist_extreme_eigenvalues_by(&how, A, d, &min, &max, &status), IST_OK);
  cr_expect_eq(how, IST_SPECTRUM_EXTREMAL);
  cr_expect_float_eq(min, 2 - 2 * cos(acos(-1) / (d + 1)), 1e-14);
  cr_expect_float_eq(max, 2 + 2 * cos(acos(-1) / (d + 1)), 1e-12);
  free(A);
}

/** Every vector is an eigenvector of a multiple of I; of I + 3 e e', d - 1 dimensions are. */
Test(extremal, multiple_eigenvalues) {
  enum { d = 60 };
  double *A = zeros(d);
  for (size_t j = 0; j < d; j++)
    A[j * d + j] = 0.7;
  expect_agreement(A, d);
  A[7 * d + 7] = 3.7;
  expect_agreement(A, d);
  A[9 * d + 9] = -0.2;
  expect_agreement(A, d);
  free(A);
}

/** An outlier at either end in a coordinate of its own. */
Test(extremal, wide_spectra) {
  enum { d = 80 };
  double *A = zeros(d), min, max;
  for (size_t j = 0; j < d; j++)
    A[j * d + j] = pow(10, -10 * (double)j / (d - 1));
  expect_agreement(A, d);
  /* The smallest keeps its digits: it comes from the inverse. */
  cr_assert(ist_extremal(A, d, &min, &max));
  cr_expect_float_eq(min / 1e-10, 1, 1e-12);
  free(A);
}

/** Far from 1, where squares of entries overflow. */
Test(extremal, scale_is_immaterial) {
  double A[25], scaled[25], low, high, min, max;
  random_symmetric(3, 5, A);
  for (size_t j = 0; j < 25; j++)
    scaled[j] = A[j] * 0x1p900;
  ist_spectrum how = IST_SPECTRUM_EXTREMAL;
  cr_assert_eq(ist_extreme_eigenvalues_by(&how, A, 5, &min, &max, &status), IST_OK);
  cr_assert_eq(ist_extreme_eigenvalues_by(&how, scaled, 5, &low, &high, &status), IST_OK);
  cr_assert_eq(how, IST_SPECTRUM_EXTREMAL);
  cr_assert_eq(low, min * 0x1p900);
  cr_assert_eq(high, max * 0x1p900);
}

/** The same bits every time, whatever ARPACK did before. */
Test(extremal, results_are_repeatable) {
  ist_problem p;
  double min, max, low, high;
  cr_assert_eq(ist_problem_gaussian(100, 1, true, true, 5, &p, &status), IST_OK);
  for (size_t j = 0; j < 100 * 100; j++)
    p.L[j] /= 1024;
  cr_assert(ist_extremal(p.L, 100, &min, &max));
  cr_assert(ist_extremal(p.L, 100, &low, &high));
  cr_assert_eq(min, low);
  cr_assert_eq(max, high);
  ist_problem_free(&p);
}

/** What ARPACK cannot do is left to the full spectrum, and said. */
Test(extremal, falls_back_on_the_full_spectrum) {
  const double two[] = {2, 1, 1, 2}, nothing[16] = {0};
  double min, max;
  cr_assert_not(ist_extremal(two, 2, &min, &max));
  ist_spectrum how = IST_SPECTRUM_EXTREMAL;
  cr_assert_eq(ist_extreme_eigenvalues_by(&how, two, 2, &min, &max, &status), IST_OK);
  cr_assert_eq(how, IST_SPECTRUM_FULL);
  cr_assert_float_eq(min, 1, 1e-15);
  cr_assert_float_eq(max, 3, 1e-15);
  how = IST_SPECTRUM_EXTREMAL;
  cr_assert_eq(ist_extreme_eigenvalues_by(&how, nothing, 4, &min, &max, &status), IST_OK);
  cr_assert(min == 0 && max == 0);
}

/** Pencils (A, B) by their reduction, of full rank and not; an indefinite B has none. */
Test(extremal, pencils) {
  for (size_t d = 5; d <= 80; d *= 2) {
    ist_problem p;
    ist_spectrum full = IST_SPECTRUM_FULL, extremal = IST_SPECTRUM_EXTREMAL;
    double min, max, low, high;
    cr_assert_eq(ist_problem_gaussian(d, 2, false, true, d, &p, &status), IST_OK);
    double *A = p.L, *B = p.L + d * d;
    for (size_t j = 0; j < d; j++)
      B[j * d + j] += (double)d / 4;
    for (int singular = 0; singular < 2; singular++) {
      for (size_t j = 0; singular && j < d; j++)
        A[j * d + 2] = A[2 * d + j] = 0;
      cr_assert_eq(ist_pencil_eigenvalues_by(&full, A, B, d, &min, &max, &status), IST_OK);
      cr_assert_eq(ist_pencil_eigenvalues_by(&extremal, A, B, d, &low, &high, &status), IST_OK);
      cr_expect_eq(extremal, IST_SPECTRUM_EXTREMAL);
      cr_expect_leq(fabs(low - min), 1e-11 * max);
      cr_expect_leq(fabs(high - max), 1e-11 * max);
    }
    memset(B, 0, sizeof *B * d * d);
    for (size_t j = 0; j < d; j++)
      B[j * d + j] = 1;
    B[1] = B[d] = 2;
    cr_expect_eq(ist_pencil_eigenvalues_by(&extremal, A, B, d, &low, &high, &status),
                 IST_NOT_EXIST);
    ist_problem_free(&p);
  }
}

Test(extremal, contractions_and_definiteness) {
  ist_problem p;
  ist_spectrum full = IST_SPECTRUM_FULL, extremal = IST_SPECTRUM_EXTREMAL;
  ist_definiteness kind;
  double a, b;
  cr_assert_eq(ist_problem_gaussian(40, 2, false, true, 1, &p, &status), IST_OK);
  cr_assert_eq(ist_contraction(&full, p.L, p.L + 1600, 40, &a, &status), IST_OK);
  cr_assert_eq(ist_contraction(&extremal, p.L, p.L + 1600, 40, &b, &status), IST_OK);
  cr_expect_eq(extremal, IST_SPECTRUM_EXTREMAL);
  cr_expect_float_eq(b / a, 1, 1e-10);
  cr_assert_eq(ist_classify(&extremal, p.L, 40, &kind, &status), IST_OK);
  cr_expect_eq(kind, IST_POSITIVE_DEFINITE);
  p.L[1] = p.L[40] = 1.01 * sqrt(p.L[0] * p.L[41]);
  cr_assert_eq(ist_classify(&extremal, p.L, 40, &kind, &status), IST_OK);
  cr_expect_eq(kind, IST_NOT_POSITIVE_DEFINITE);
  ist_problem_free(&p);
}

static void expect_close(double a, double b, const char *name) {
  cr_expect_leq(fabs(a - b), 1e-9 * fabs(b), "%s: %.17g, %.17g", name, a, b);
}

/** All constants of one problem by both ways. */
static void expect_same_constants(const ist_problem *p, ist_sketch_kind kind) {
  ist_constants c, e;
  ist_sketch sk;
  cr_assert_eq(ist_sketch_resolve(p, kind, 0, &sk, &status), IST_OK);
  cr_assert_eq(ist_constants_compute(p, sk, &c, &status), IST_OK);
  cr_expect_eq(c.eigenvalues, IST_SPECTRUM_FULL);
  cr_assert_eq(ist_constants_reserve(&e, p->d, p->n, sk, true, &status), IST_OK);
  memcpy(e.L_bar, c.L_bar, p->d * p->d * sizeof *c.L_bar);
  memcpy(e.expected_B, c.expected_B, p->d * p->d * sizeof *c.L_bar);
  memcpy(e.second_moment, c.second_moment, p->d * p->d * sizeof *c.L_bar);
  memcpy(e.b_bar, c.b_bar, p->d * sizeof *c.b_bar);
  memcpy(e.expected_v, c.expected_v, p->d * sizeof *c.b_bar);
  e.eigenvalues = IST_SPECTRUM_EXTREMAL;
  cr_assert_eq(ist_constants_derive(&e, &status), IST_OK);
  cr_expect_eq(e.eigenvalues, IST_SPECTRUM_EXTREMAL);
  expect_close(e.lambda_min, c.lambda_min, "lambda_min");
  expect_close(e.lambda_max, c.lambda_max, "lambda_max");
  expect_close(e.w_lambda_min, c.w_lambda_min, "w_lambda_min");
  expect_close(e.contraction.value, c.contraction.value, "contraction");
  cr_expect_eq(e.theta.exists, c.theta.exists);
  if (c.theta.exists)
    expect_close(e.theta.value, c.theta.value, "theta");
  ist_constants_free(&c);
  ist_constants_free(&e);
}

Test(extremal, constants) {
  ist_problem p = random_problem(3, 24, 4, 4, 4, false);
  for (ist_sketch_kind kind = IST_IDENTITY; kind <= IST_RAND; kind++)
    expect_same_constants(&p, kind);
  ist_problem_free(&p);
  /* scaled-perm with q = 1: the eigenvalues of I */
  p = random_problem(4, 12, 12, 12, 12, false);
  expect_same_constants(&p, IST_SCALED_PERM);
  expect_same_constants(&p, IST_PERM);
  ist_problem_free(&p);
}

Test(extremal, from_which_dimension) {
  cr_expect_eq(ist_spectrum_for(2000), IST_SPECTRUM_FULL);
  cr_expect_eq(ist_spectrum_for(2001), IST_SPECTRUM_EXTREMAL);
  cr_expect_str_eq(ist_spectrum_name(IST_SPECTRUM_FULL), "full");
  cr_expect_str_eq(ist_spectrum_name(IST_SPECTRUM_EXTREMAL), "extremal");
}
