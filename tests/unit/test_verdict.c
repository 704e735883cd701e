/** Verdicts on enclosed numbers, and the enclosures of eigenvalues and roots that they rest on. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "check/verdict.h"
#include "spectral/ball_eigen.h"

static ist_balls arena, *e = &arena;

static void open(void) { ist_balls_open(e, 256); }
static void close(void) { ist_balls_clear(e); }

TestSuite(verdict, .init = open, .fini = close);

static ist_ball number(double value) { return ist_ball_of(e, value); }

/** A ball of the given radius. */
static ist_ball around(double value, double radius) {
  arb_struct *out = ist_ball_new(e);
  arb_set_d(out, value);
  mag_set_d(arb_radref(out), radius);
  return out;
}

static ist_verdict equal(ist_ball value, ist_ball bound) {
  ist_finding f;
  ist_verdict_equal(e, &f, value, bound, number(1));
  return f.verdict;
}

static ist_verdict at_most(ist_ball value, ist_ball bound) {
  ist_finding f;
  ist_verdict_at_most(e, &f, value, bound, number(1));
  return f.verdict;
}

Test(verdict, equations) {
  ist_finding f;
  cr_expect_eq(equal(number(2), number(2)), IST_CLAIM_HOLDS);
  cr_expect_eq(equal(around(2, 1e-31), number(2)), IST_CLAIM_HOLDS);
  cr_expect_eq(equal(around(2, 1e-29), number(2)), IST_CLAIM_UNDECIDED);
  cr_expect_eq(equal(around(2 + 0x1p-51, 1e-17), number(2)), IST_CLAIM_VIOLATED);
  cr_expect_eq(equal(number(2), number(2 + 0x1p-51)), IST_CLAIM_VIOLATED);
  cr_expect_eq(equal(number(NAN), number(2)), IST_CLAIM_UNDECIDED);
  cr_expect_eq(equal(number(INFINITY), number(2)), IST_CLAIM_UNDECIDED);
  cr_expect_eq(equal(ist_ball_unknown(e), ist_ball_unknown(e)), IST_CLAIM_UNDECIDED);
  ist_verdict_equal(e, &f, around(2, 1e-40), number(2), number(10));
  cr_expect(f.digits == 40 || f.digits == 41, "%d", f.digits);
  ist_verdict_equal(e, &f, number(2), number(2), number(10));
  cr_expect_eq(f.digits, IST_DIGITS_EXACT);
}

Test(verdict, inequalities) {
  cr_expect_eq(at_most(number(1), number(1 + 0x1p-52)), IST_CLAIM_HOLDS);
  cr_expect_eq(at_most(number(1 + 0x1p-52), number(1)), IST_CLAIM_VIOLATED);
  cr_expect_eq(at_most(around(1, 1e-31), number(1)), IST_CLAIM_HOLDS);
  cr_expect_eq(at_most(around(1, 1e-20), number(1)), IST_CLAIM_UNDECIDED);
  ist_finding f;
  ist_verdict_at_least(e, &f, number(1), number(2), number(1));
  cr_expect_eq(f.verdict, IST_CLAIM_VIOLATED);
  cr_expect_str_eq(f.reason, "proved: exceeded by about 1");
}

/** Wide enclosures decide by the ends that are nearest to each other, and show them. */
Test(verdict, inequalities_between_ends) {
  ist_finding f;
  ist_verdict_ends_at_most(e, &f, ist_ball_within(e, 1, 0.25), ist_ball_between(e, 1.5, 3));
  cr_expect_eq(f.verdict, IST_CLAIM_HOLDS);
  cr_expect(f.value >= 1.25 && f.value < 1.25 + 1e-9 && f.bound <= 1.5 && f.bound > 1.5 - 1e-9);
  ist_verdict_ends_at_least(e, &f, ist_ball_within(e, 1, 0.25), ist_ball_between(e, 1.5, 3));
  cr_expect_eq(f.verdict, IST_CLAIM_VIOLATED);
  cr_expect(f.value >= 1.25 && f.value < 1.25 + 1e-9 && f.bound <= 1.5 && f.bound > 1.5 - 1e-9);
  ist_verdict_ends_at_least(e, &f, number(2), number(1));
  cr_expect_eq(f.verdict, IST_CLAIM_HOLDS);
  ist_verdict_ends_at_most(e, &f, number(2), number(1));
  cr_expect_eq(f.verdict, IST_CLAIM_VIOLATED);
  ist_verdict_ends_at_most(e, &f, ist_ball_within(e, 1, 0.5), ist_ball_within(e, 1.5, 0.25));
  cr_expect(f.verdict == IST_CLAIM_UNDECIDED && isnan(f.value) && isnan(f.bound));
  ist_verdict_ends_at_most(e, &f, ist_ball_within(e, 1, INFINITY), number(9));
  cr_expect_eq(f.verdict, IST_CLAIM_UNDECIDED);
  ist_verdict_ends_at_most(e, &f, ist_ball_between(e, -INFINITY, 1), number(9));
  cr_expect_eq(f.verdict, IST_CLAIM_UNDECIDED);
}

/** What is not decided has its enclosures in the reason, and no digits that are not known. */
Test(verdict, undecided_says_why) {
  ist_finding f;
  arb_struct *quarter = ist_ball_new(e);
  mag_set_ui_2exp_si(arb_radref(quarter), 1, -2);
  ist_verdict_equal(e, &f, ist_ball_add(e, number(2), quarter), number(2), number(1));
  cr_expect_str_eq(f.reason, "in [1.75, 2.25] and in [2, 2] with 256 bits");
  cr_expect(isnan(f.value) && f.bound == 2);
  cr_expect_str_eq(ist_verdict_name(f.verdict), "undecided");
  ist_verdict_equal(e, &f, ist_ball_unknown(e), number(2), number(1));
  cr_expect_str_eq(f.reason, "the value is not enclosed with 256 bits");
}

/** value = 2, printed 1: refuted if the correction says 2, violated if it says 3; right by accident
 *  if both say 2; undecided if the value is not known well enough. */
Test(verdict, printed_formulas_fail_as_corrected) {
  ist_finding f;
  ist_ball one = number(1), two = number(2), three = number(3);
  ist_verdict_printed(e, &f, two, one, two, one, "it is 2");
  cr_expect_eq(f.verdict, IST_CLAIM_REFUTED);
  cr_expect_str_eq(ist_verdict_name(f.verdict), "refuted");
  cr_expect_str_eq(f.reason, "it is 2");
  cr_expect(f.value == 2 && f.bound == 1);
  ist_verdict_printed(e, &f, two, one, three, one, "it is 3");
  cr_expect_eq(f.verdict, IST_CLAIM_VIOLATED);
  ist_verdict_printed(e, &f, two, two, three, one, "it is 3");
  cr_expect_eq(f.verdict, IST_CLAIM_VIOLATED);
  ist_verdict_printed(e, &f, two, two, two, one, "it is 2");
  cr_expect_eq(f.verdict, IST_CLAIM_NOT_APPLICABLE);
  ist_verdict_printed(e, &f, around(2, 2), one, two, one, "it is 2");
  cr_expect_eq(f.verdict, IST_CLAIM_UNDECIDED);
}

/** The path's Laplacian has the eigenvalues 2 - 2 cos(pi k/d), k < d: the smallest is 0. */
static ist_ball_matrix path(size_t d, double shift) {
  arb_mat_struct *A = ist_ball_matrix_new(e, d, d);
  for (size_t j = 0; j < d; j++)
    arb_set_d(arb_mat_entry(A, j, j), (j == 0 || j + 1 == d ? 1 : 2) + shift);
  for (size_t j = 0; j + 1 < d; j++) {
    arb_set_si(arb_mat_entry(A, j, j + 1), -1);
    arb_set_si(arb_mat_entry(A, j + 1, j), -1);
  }
  return A;
}

/** That the ball contains the exact value, and is narrow. */
static void expect(ist_ball found, ist_ball exact, double width) {
  cr_expect(ist_ball_known(found) && arb_overlaps(found, exact), "%.17g, not %.17g",
            ist_ball_double(found), ist_ball_double(exact));
  cr_expect_leq(mag_get_d(arb_radref(found)), width);
}

Test(verdict, eigenvalues_of_a_path) {
  for (size_t d = 2; d <= 40; d += 19) {
    arb_struct *exact = ist_ball_new(e);
    fmpq_t part;
    fmpq_init(part);
    fmpq_set_si(part, (slong)d - 1, d);
    arb_cos_pi_fmpq(exact, part, e->precision);
    arb_mul_si(exact, exact, -2, e->precision);
    arb_add_si(exact, exact, 2, e->precision);
    fmpq_clear(part);
    expect(ist_ball_largest_eigenvalue(e, path(d, 0)), exact, 1e-30);
    expect(ist_ball_smallest_eigenvalue(e, path(d, 0x1p-48)), number(0x1p-48), 1e-45);
    ist_ball zero = ist_ball_smallest_eigenvalue(e, path(d, 0));
    cr_expect(arb_contains_zero(zero) && ist_ball_above(zero) < 1e-50);
  }
}

/** Multiple eigenvalues, clusters, zero, and what is not finite. */
Test(verdict, eigenvalues_without_gaps) {
  ist_ball_matrix I = ist_ball_identity(e, 5);
  expect(ist_ball_largest_eigenvalue(e, I), number(1), 1e-30);
  expect(ist_ball_smallest_eigenvalue(e, I), number(1), 1e-30);
  expect(ist_ball_largest_eigenvalue(e, ist_ball_matrix_new(e, 3, 3)), number(0), 0);
  arb_mat_struct *cluster = ist_ball_matrix_new(e, 3, 3);
  arb_set_d(arb_mat_entry(cluster, 0, 0), 1);
  arb_set_d(arb_mat_entry(cluster, 1, 1), 1 + 0x1p-50);
  arb_set_d(arb_mat_entry(cluster, 2, 2), -3);
  expect(ist_ball_largest_eigenvalue(e, cluster), number(1 + 0x1p-50), 1e-30);
  expect(ist_ball_smallest_eigenvalue(e, cluster), number(-3), 1e-30);
  cr_expect_not(ist_ball_known(ist_ball_largest_eigenvalue(e, ist_ball_matrix_unknown(e, 3, 3))));
}

/** (A, B) = (2 B, B) has the one eigenvalue 2; an indefinite B proves nothing. */
Test(verdict, pencils) {
  ist_ball_matrix B = path(6, 0x1p-40), A = ist_ball_scale(e, number(2), B);
  expect(ist_ball_largest_of_pencil(e, A, B), number(2), 1e-29);
  expect(ist_ball_smallest_of_pencil(e, A, B), number(2), 1e-29);
  cr_expect_not(ist_ball_known(ist_ball_largest_of_pencil(e, A, path(6, -1))));
}

/** [[5,4],[4,5]]^{-1/2} has the diagonal (1/3 + 1)/2 = 2/3; the inverse root of an indefinite
 *  matrix is unknown. */
Test(verdict, inverse_root) {
  const double L[] = {5, 4, 4, 5}, indefinite[] = {1, 2, 2, 1};
  ist_ball_matrix root = ist_ball_inverse_root_diagonal(e, ist_ball_matrix_of(e, L, 2, 2));
  ist_ball exact = ist_ball_div(e, number(2), number(3));
  for (size_t j = 0; j < 2; j++)
    expect(ist_ball_entry(root, j, 0), exact, 1e-15);
  cr_expect(arb_rel_accuracy_bits(ist_ball_entry(root, 0, 0)) > 200);
  root = ist_ball_inverse_root_diagonal(e, ist_ball_matrix_of(e, indefinite, 2, 2));
  cr_expect_not(ist_ball_matrix_known(root));
}
