/* Eigenvalues proved in double precision: what is proved, what must not be, and the residuals. */
#include <arb_mat.h>
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../support/exact_constants.h"
#include "../support/reference.h"
#include "moments/majorant.h"
#include "moments/rounding.h"
#include "spectral/pair.h"
#include "spectral/proved.h"
#include "spectral/sharpen.h"

#define D 20

/* The second difference matrix: eigenvalues 2 - 2 cos(k pi / (D+1)). */
static void second_difference(double *T) {
  memset(T, 0, D * D * sizeof *T);
  for (size_t j = 0; j < D; j++) {
    T[j * D + j] = 2;
    if (j > 0)
      T[j * D + j - 1] = T[(j - 1) * D + j] = -1;
  }
}

static void exact_end(arb_t x, slong k) {
  arb_set_si(x, k);
  arb_div_si(x, x, D + 1, 300);
  arb_cos_pi(x, x, 300);
  arb_sub_si(x, x, 1, 300);
  arb_mul_si(x, x, -2, 300);
}

Test(proved, known_ends) {
  double T[D * D], vector[D];
  arb_t exact;
  arb_init(exact);
  second_difference(T);
  const ist_inexact A = {.mid = T}, identity = {0};
  const ist_pair_matrix P = {.d = D, .hi = T};
  for (int end = 0; end < 2; end++) {
    const double sign = end == 0 ? 1 : -1;
    exact_end(exact, end == 0 ? 1 : D);
    const double about = sign * arf_get_d(arb_midref(exact), ARF_RND_NEAR);
    ist_proved x = ist_prove_smallest(D, sign, A, identity, about * (1 + 1e-9), vector);
    cr_assert(x.exists);
    cr_expect_leq(exact_distance(sign * x.value, exact), ist_proved_error(&x));
    cr_expect_leq(ist_proved_error(&x), 1e-12);
    ist_sharpen(sign, &P, A, vector, &x);
    cr_expect_leq(exact_distance(sign * x.value, exact), ist_proved_error(&x));
    cr_expect_leq(ist_proved_error(&x), 8 * IST_UNIT * fabs(x.value));
  }
  arb_clear(exact);
}

/* No t above the smallest eigenvalue passes, by however little it is above. */
Test(proved, nothing_above_the_eigenvalue) {
  double T[D * D], work[D * D + 2 * D];
  arb_t exact;
  arb_init(exact);
  second_difference(T);
  const ist_inexact A = {.mid = T}, identity = {0};
  exact_end(exact, 1);
  const double lambda = arf_get_d(arb_midref(exact), ARF_RND_CEIL);
  for (int e = -52; e < 0; e += 2)
    cr_expect(!ist_proved_above(D, 1, A, identity, lambda * (1 + ldexp(1, e)), work), "2^%d", e);
  cr_expect(!ist_proved_above(D, 1, A, identity, lambda, work));
  cr_expect(ist_proved_above(D, 1, A, identity, lambda * (1 - 1e-10), work));
  cr_expect(!ist_proved_above(D, 1, A, identity, NAN, work));
  cr_expect(!ist_proved_above(D, 1, A, identity, -INFINITY, work));
  arb_clear(exact);
}

/* |exact - I| <= delta everywhere allows I - delta 1 1', whose smallest eigenvalue is 1 - D delta.
 */
Test(proved, errors_of_the_matrix_are_allowed_for) {
  double I[D * D] = {0}, err[D * D], work[D * D + 2 * D];
  for (size_t j = 0; j < D * D; j++) {
    I[j] = j % (D + 1) == 0;
    err[j] = 1;
  }
  const ist_inexact identity = {0};
  for (int e = -40; e <= -6; e++) {
    const double delta = ldexp(1, e), least = 1 - D * delta;
    const ist_inexact A = {I, err, delta};
    cr_expect(!ist_proved_above(D, 1, A, identity, least, work), "2^%d", e);
    cr_expect(ist_proved_above(D, 1, A, identity, least - 1e-3 * delta - 1e-12, work), "2^%d", e);
    const ist_proved x = ist_prove_smallest(D, 1, A, identity, 1, NULL);
    cr_expect(x.exists && x.lo <= least && x.hi >= 1 + D * delta * 0.9, "[%g, %g]", x.lo, x.hi);
  }
}

/* The same of the other matrix of a pencil: A = I, |B - I| <= delta. */
Test(proved, errors_of_the_pencils_second_matrix) {
  double I[D * D] = {0}, err[D * D];
  for (size_t j = 0; j < D * D; j++) {
    I[j] = j % (D + 1) == 0;
    err[j] = 1;
  }
  const ist_inexact A = {.mid = I}, B = {I, err, 1e-6};
  const ist_proved x = ist_prove_smallest(D, 1, A, B, 1, NULL);
  cr_expect(x.exists && x.lo <= 1 / (1 + D * 1e-6) && x.lo >= 1 - 1.3 * D * 1e-6, "%.17g", x.lo);
  cr_expect_geq(x.hi, 1.0);
}

Test(proved, indefinite_and_singular_matrices) {
  double work[4 + 4];
  const double indefinite[] = {1, 2, 2, 1}, singular[] = {1, 1, 1, 1};
  const ist_inexact A = {.mid = indefinite}, S = {.mid = singular}, identity = {0};
  cr_expect(!ist_proved_above(2, 1, A, identity, 0, work));
  cr_expect(!ist_proved_above(2, 1, S, identity, 0, work));
  ist_proved x = ist_prove_smallest(2, 1, A, identity, -0.9, NULL);
  cr_expect(x.exists && x.lo <= -1 && x.hi >= -1 && x.hi - x.lo <= 1e-12);
  x = ist_prove_smallest(2, 1, S, identity, 1e-17, NULL);
  cr_expect(x.exists && x.lo <= 0 && x.hi >= 0 && x.hi - x.lo <= 1e-12);
}

/* Temple's inequality needs a gap: with a double eigenvalue nothing is narrowed, nothing is wrong.
 */
Test(proved, a_double_eigenvalue) {
  double A[] = {1, 0, 0, 0, 1, 0, 0, 0, 3}, vector[3];
  const ist_inexact X = {.mid = A}, identity = {0};
  const ist_pair_matrix P = {.d = 3, .hi = A};
  ist_proved x = ist_prove_smallest(3, 1, X, identity, 1, vector);
  const ist_proved before = x;
  ist_sharpen(1, &P, X, vector, &x);
  cr_expect(x.exists && x.lo <= 1 && x.hi >= 1);
  cr_expect_eq(x.lo, before.lo);
}

Test(proved, residuals_to_twice_the_precision) {
  gsl_rng *rng = test_generator(7);
  double A[D * D], abs[D * D], v[9 * D];
  ist_pairs x = {v, v + D}, b = {v + 2 * D, v + 3 * D}, r = {v + 4 * D, v + 5 * D};
  double *bound = v + 6 * D, largest = 0;
  arb_t sum, term, factor;
  arb_init(sum);
  arb_init(term);
  arb_init(factor);
  for (int trial = 0; trial < 50; trial++) {
    test_fill_normal(rng, A, D * D, 1);
    test_fill_normal(rng, x.hi, D, 1);
    test_fill_normal(rng, b.hi, D, 1);
    for (size_t j = 0; j < D; j++) {
      x.lo[j] = x.hi[j] * 0x1p-55;
      b.lo[j] = 0;
      double row = 0;
      for (size_t k = 0; k < D; k++)
        row += A[j * D + k] * x.hi[k];
      b.hi[j] = row; /* so that almost everything cancels */
    }
    for (size_t j = 0; j < D * D; j++)
      abs[j] = fabs(A[j]);
    const ist_pair_matrix P = {D, A, NULL, abs, 0};
    ist_pair_residual(&P, x, b, r, bound);
    for (size_t j = 0; j < D; j++) {
      arb_set_d(sum, b.hi[j]);
      for (size_t k = 0; k < D; k++) {
        arb_set_d(term, x.hi[k]);
        arb_set_d(factor, x.lo[k]);
        arb_add(term, term, factor, 300);
        arb_set_d(factor, A[j * D + k]);
        arb_submul(sum, factor, term, 300);
      }
      arb_set_d(term, r.lo[j]);
      arb_sub(sum, sum, term, 300);
      cr_expect_leq(exact_distance(r.hi[j], sum), bound[j]);
      largest = fmax(largest, bound[j]);
    }
  }
  cr_expect_leq(largest, 1e-26);
  arb_clear(sum);
  arb_clear(term);
  arb_clear(factor);
  gsl_rng_free(rng);
}

Test(proved, the_norm_of_a_nonnegative_matrix) {
  double ones[D * D], T[D * D];
  for (size_t j = 0; j < D * D; j++)
    ones[j] = 1;
  cr_expect(ist_norm_above(D, ones) >= D && ist_norm_above(D, ones) <= D * (1 + 1e-5));
  second_difference(T);
  for (size_t j = 0; j < D * D; j++)
    T[j] = fabs(T[j]);
  cr_expect(ist_norm_above(D, T) >= 2 + 2 * cos(acos(-1) / (D + 1)));
  memset(T, 0, sizeof T);
  cr_expect_leq(ist_norm_above(D, T), 1e-100);
}
