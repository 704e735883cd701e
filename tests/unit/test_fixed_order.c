/** Linear algebra whose bits do not depend on the processor: against the same sums written plainly,
 *  and its refusals and bounds. */
#include <criterion/criterion.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../support/reference.h"
#include "run/cholesky.h"
#include "run/inverse.h"
#include "run/system.h"

#define MOST 200

static ist_status status;
static gsl_rng *rng;

static void open_rng(void) { rng = gsl_rng_alloc(gsl_rng_mt19937); }

static void close_rng(void) { gsl_rng_free(rng); }

TestSuite(fixed_order, .init = open_rng, .fini = close_rng);

/** The factorisation entry by entry, each sum from its first term on. */
static bool plain_cholesky(double *A, size_t d) {
  for (size_t i = 0; i < d; i++)
    for (size_t j = 0; j <= i; j++) {
      double s = A[i * d + j];
      for (size_t k = 0; k < j; k++)
        s -= A[i * d + k] * A[j * d + k];
      if (j == i && !(s > 0))
        return false;
      A[i * d + j] = j < i ? s / A[j * d + j] : sqrt(s);
    }
  return true;
}

/** Lower triangles and verdicts are the same. */
static void assert_same_factor(const double *A, size_t d) {
  double *found = malloc(2 * d * d * sizeof *found), *expected = found + d * d;
  size_t *first = malloc(d * sizeof *first);
  memcpy(found, A, d * d * sizeof *A);
  memcpy(expected, A, d * d * sizeof *A);
  const bool definite = plain_cholesky(expected, d);
  cr_expect_eq(ist_cholesky(found, d, first), definite, "d = %zu", d);
  for (size_t i = 0; i < d && definite; i++)
    for (size_t j = 0; j <= i; j++)
      cr_assert_eq(found[i * d + j], expected[i * d + j], "d = %zu, (%zu,%zu)", d, i, j);
  free(found);
  free(first);
}

Test(fixed_order, cholesky_of_full_matrices) {
  static const size_t sizes[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 63, 64, 65, 66, 67, 129, 130, MOST};
  double *A = malloc(MOST * MOST * sizeof *A);
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    const size_t d = sizes[i];
    test_fill_positive_definite(rng, A, d);
    assert_same_factor(A, d);
    A[(d - 1) * d + d - 1] = -1; /* the last pivot is negative */
    assert_same_factor(A, d);
  }
  free(A);
}

/** Rows that begin late: bands, arrows, a diagonal. */
Test(fixed_order, cholesky_of_sparse_matrices) {
  double *A = malloc(MOST * MOST * sizeof *A);
  for (size_t kind = 0; kind < 4; kind++)
    for (size_t d = 1; d <= MOST; d += 33) {
      for (size_t i = 0; i < d; i++)
        for (size_t j = 0; j < d; j++) {
          const size_t away = i > j ? i - j : j - i;
          const bool kept[] = {away == 0, away <= 1, away <= 7, i % 10 == 0 || j % 10 == 0};
          A[i * d + j] = away == 0 ? 4 * (double)d : kept[kind] ? 1.0 / (double)(1 + i + j) : 0;
        }
      assert_same_factor(A, d);
    }
  free(A);
}

Test(fixed_order, inverse) {
  double *A = malloc(3 * MOST * MOST * sizeof *A), *X = A + MOST * MOST, work[2 * MOST];
  size_t row[MOST];
  for (size_t d = 1; d <= 41; d += 8) {
    test_fill_positive_definite(rng, A, d);
    for (size_t j = 0; j + 1 < d; j += 2) /* indefinite, and pivots off the diagonal */
      A[j * d + j] = 0;
    memcpy(X, A, d * d * sizeof *A);
    cr_assert(ist_invert(X, d, row));
    for (size_t i = 0; i < d; i++)
      for (size_t k = 0; k < d; k++) {
        double sum = 0;
        for (size_t l = 0; l < d; l++)
          sum += X[i * d + l] * A[l * d + k];
        cr_expect_float_eq(sum, i == k, 1e-9);
      }
    cr_expect_gt(ist_inverse_bound(A, X, d, 0, work), 0);
    X[0] += 10; /* no inverse any more */
    cr_expect_eq(ist_inverse_bound(A, X, d, 0, work), 0);
  }
  double singular[] = {1, 2, 2, 4}, swap[] = {0, 2, 2, 0};
  cr_expect_not(ist_invert(singular, 2, row));
  /* Eigenvalues 2 and -2; an uncertainty of 1/2 leaves 3/2. */
  double half[] = {0, 0.5, 0.5, 0};
  cr_expect_leq(ist_inverse_bound(swap, half, 2, 0, work), 2);
  cr_expect_geq(ist_inverse_bound(swap, half, 2, 0, work), 1.9);
  cr_expect_leq(ist_inverse_bound(swap, half, 2, 0.5, work), 1.5);
  cr_expect_geq(ist_inverse_bound(swap, half, 2, 0.5, work), 1.4);
  cr_expect_eq(ist_inverse_bound(swap, half, 2, 2, work), 0);
  free(A);
}

static ist_code solve(const double *A, const double *b, size_t d, bool indefinite) {
  ist_system m;
  ist_code code = ist_system_solve(&m, A, b, d, indefinite, &status);
  ist_system_close(&m);
  return code;
}

Test(fixed_order, systems_without_a_solution) {
  const double b[] = {1, 2}, zero[] = {0, 1, 1, 1}, saddle[] = {1, 2, 2, 1}, flat[] = {1, 1, 1, 1};
  const double tiny[] = {0x1p-160, 0, 0, 1}, large[] = {0x1p160, 1};
  const double wild[] = {0x1p-160, 0x1p160, 0x1p160, 0x1p-160};
  cr_expect_eq(solve(zero, b, 2, true), IST_NOT_EXIST);
  cr_expect_eq(solve(saddle, b, 2, false), IST_NOT_EXIST);
  cr_expect_str_eq(status.text, "a matrix is not positive definite to working precision");
  cr_expect_eq(solve(saddle, b, 2, true), IST_OK);
  cr_expect_eq(solve(flat, b, 2, true), IST_NOT_EXIST);
  cr_expect_str_eq(status.text, "a matrix is singular to working precision");
  cr_expect_eq(solve(tiny, large, 2, false), IST_NOT_EXIST);
  cr_expect_eq(solve(wild, b, 2, true), IST_NOT_EXIST);
  cr_expect_not_null(strstr(status.text, "leaves the range"), "%s", status.text);
}

/** Diagonal systems, whose eigenvalues are known; also when A is only known up to something. */
Test(fixed_order, smallest_eigenvalue) {
  const double b[] = {1, 1, 1}, none[] = {0, 0, 0}, some[] = {0.25, 0.25, 0.25};
  const double A[] = {1, 0.5, 0, 0.5, 1, 0, 0, 0, 1.5}; /* eigenvalues 1/2, 3/2, 3/2 */
  ist_system m;
  ist_surrounding e;
  cr_assert_eq(ist_system_solve(&m, A, b, 3, false, &status), IST_OK);
  cr_expect(m.scale[0] == 1 && m.scale[2] == 1);
  cr_assert_eq(ist_system_enclose(&m, none, none, &e, &status), IST_OK);
  cr_expect(e.smallest > 0.2 && e.smallest < 0.5, "%g", e.smallest);
  cr_expect_leq(e.residual[0], 1e-14);
  free(e.residual);
  cr_assert_eq(ist_system_enclose(&m, some, none, &e, &status), IST_OK);
  cr_expect_leq(e.smallest, 0.25);
  cr_expect_geq(e.residual[0], 0.25 * 2.0 / 3);
  free(e.residual);
  ist_system_close(&m);
}
