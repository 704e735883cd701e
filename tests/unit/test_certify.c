/* Certificates: moments in balls against exact rationals, known eigenvalues, wrong proposals, the
 * edges of what can be decided, and Theorem 1 under certified steps. */
#include <criterion/criterion.h>
#include <flint/fmpq.h>
#include <math.h>
#include <string.h>

#include "../support/golden.h"
#include "../support/random_problem.h"
#include "moments/ball_moments.h"
#include "moments/expectations.h"
#include "spectral/certify.h"
#include "spectral/eigen.h"
#include "spectral/theorems.h"

static ist_status status;

static bool contains(const ist_enclosure *e, double value) {
  return e->exists && e->lo <= value && value <= e->hi;
}

static double width(const ist_enclosure *e) { return (e->hi - e->lo) / fabs(e->lo); }

/* The exact rational of golden.json. */
static void rational(fmpq_t x, const json_t *value) {
  if (json_is_integer(value))
    fmpq_set_si(x, json_integer_value(value), 1);
  else
    cr_assert_eq(fmpq_set_str(x, json_string_value(value), 10), 0);
}

static void assert_contains(const json_t *c, const char *key, const arb_mat_t A) {
  const json_t *rows = golden_member(c, key);
  fmpq_t exact;
  fmpq_init(exact);
  for (slong j = 0; j < arb_mat_nrows(A); j++)
    for (slong k = 0; k < arb_mat_ncols(A); k++) {
      rational(exact, json_array_get(json_array_get(rows, (size_t)j), (size_t)k));
      cr_expect(arb_contains_fmpq(arb_mat_entry(A, j, k), exact), "%s[%ld][%ld]", key, (long)j,
                (long)k);
      cr_expect_geq(arb_rel_accuracy_bits(arb_mat_entry(A, j, k)), fmpq_is_zero(exact) ? -9 : 100,
                    "%s[%ld][%ld] is wide", key, (long)j, (long)k);
    }
  fmpq_clear(exact);
}

static ist_sketch_kind kind_of(const char *name) {
  ist_sketch_kind kind;
  cr_assert(ist_sketch_parse(strcmp(name, "scaled") == 0 ? "scaled-perm" : name, &kind));
  return kind;
}

Test(certify, moments_contain_the_golden_rationals) {
  json_t *root = golden_load(), *c;
  size_t index;
  json_array_foreach(golden_member(root, "sketch_cases"), index, c) {
    ist_problem p;
    ist_ball_moments m;
    golden_problem(c, &p);
    const ist_sketch sk = {kind_of(json_string_value(golden_member(c, "kind"))),
                           (size_t)golden_number(golden_member(c, "q"))};
    ist_ball_moments_init(&p, sk, 128, &m);
    assert_contains(c, "W", m.W);
    assert_contains(c, "E_B_Lbar_B", m.EBLB);
    ist_ball_moments_clear(&m);
    ist_problem_free(&p);
  }
  cr_assert_eq(index, 5);
  json_decref(root);
}

static void assert_near(const arb_mat_t A, const double *expected, const ist_problem *p,
                        ist_sketch sk, const char *what) {
  double middle[64];
  for (slong j = 0; j < arb_mat_nrows(A); j++)
    for (slong k = 0; k < arb_mat_ncols(A); k++)
      middle[j * arb_mat_ncols(A) + k] =
          arf_get_d(arb_midref(arb_mat_entry(A, j, k)), ARF_RND_NEAR);
  double distance = relative_distance(middle, expected, p->d * p->d);
  cr_expect_leq(distance, 1e-13, "%s, d %zu, n %zu, q %zu: %s is off by %g",
                ist_sketch_name(sk.kind), p->d, p->n, sk.q, what, distance);
}

static const struct {
  size_t d, n;
  ist_sketch sk;
} shapes[] = {
    {1, 1, {IST_PERM, 1}},        {1, 3, {IST_RAND, 1}},        {1, 1, {IST_SCALED_PERM, 1}},
    {4, 3, {IST_IDENTITY, 4}},    {4, 1, {IST_PERM, 4}},        {4, 4, {IST_PERM, 1}},
    {6, 3, {IST_PERM, 2}},        {6, 2, {IST_PERM, 3}},        {8, 2, {IST_PERM, 4}},
    {4, 1, {IST_SCALED_PERM, 4}}, {4, 4, {IST_SCALED_PERM, 1}}, {6, 3, {IST_SCALED_PERM, 2}},
    {8, 2, {IST_SCALED_PERM, 4}}, {5, 3, {IST_RAND, 1}},        {5, 3, {IST_RAND, 2}},
    {5, 3, {IST_RAND, 4}},        {5, 3, {IST_RAND, 5}},        {5, 1, {IST_RAND, 3}},
};

#define SHAPES (sizeof shapes / sizeof *shapes)

typedef void problem_test(const ist_problem *p, const ist_constants *c);

static void on_problem(const ist_problem *p, ist_sketch sk, problem_test *test) {
  ist_constants c;
  cr_assert_eq(ist_constants_compute(p, sk, &c, &status), IST_OK, "%s", status.text);
  test(p, &c);
  ist_constants_free(&c);
}

/* Runs test on problems of every shape, with shared and with different matrices, these also
 * indefinite. */
static void for_every_problem(unsigned long seeds, bool interpolation, problem_test *test) {
  for (size_t t = 0; t < SHAPES; t++)
    for (unsigned long seed = 1; seed <= seeds; seed++)
      for (size_t shared = 0; shared < 2; shared++) {
        const size_t n = shapes[t].n;
        const ist_sketch sk = shapes[t].sk;
        ist_problem p = random_problem(seed, shapes[t].d, n, shared ? 1 : n, n, interpolation);
        on_problem(&p, sk, test);
        if (p.L_stride != 0) {
          random_unsettle(seed, sk.kind != IST_SCALED_PERM, &p);
          on_problem(&p, sk, test);
        }
        ist_problem_free(&p);
      }
}

static void compare_moments(const ist_problem *p, const ist_constants *c) {
  ist_ball_moments m;
  ist_ball_moments_init(p, c->sketch, 128, &m);
  assert_near(m.L_bar, c->L_bar, p, c->sketch, "the mean matrix");
  assert_near(m.W, c->W, p, c->sketch, "W");
  assert_near(m.EBLB, c->second_moment, p, c->sketch, "E[BLB]");
  ist_ball_moments_clear(&m);
}

Test(certify, moments_in_balls_are_those_in_doubles) {
  for_every_problem(3, false, compare_moments);
}

static void diagonal(arb_mat_t A, const double *entries, slong d) {
  arb_mat_init(A, d, d);
  for (slong j = 0; j < d; j++)
    arb_set_d(arb_mat_entry(A, j, j), entries[j]);
}

Test(certify, enclosures_of_known_eigenvalues) {
  arb_mat_t A, B;
  ist_enclosure e;
  diagonal(A, (double[]){3, 0, 8}, 3);
  diagonal(B, (double[]){2, 1, 16}, 3);
  ist_enclose_largest(A, B, 1.5, 128, &e);
  cr_expect(contains(&e, 1.5) && width(&e) <= 1e-11, "[%.17g, %.17g]", e.lo, e.hi);
  ist_enclose_largest(A, NULL, 8 - 1e-9, 128, &e);
  cr_expect(contains(&e, 8) && width(&e) <= 1e-11, "[%.17g, %.17g]", e.lo, e.hi);
  ist_enclose_smallest(B, 1 + 1e-7, 128, &e);
  cr_expect(contains(&e, 1) && width(&e) <= 1e-11, "[%.17g, %.17g]", e.lo, e.hi);
  ist_enclose_smallest(A, 1e-20, 128, &e);
  cr_expect(contains(&e, 0) && e.hi - e.lo <= 1e-28, "[%.17g, %.17g]", e.lo, e.hi);
  /* A double eigenvalue, and one far below the others. */
  arb_mat_clear(B);
  diagonal(B, (double[]){5, 5, 0x1p-60}, 3);
  ist_enclose_largest(B, NULL, 5, 128, &e);
  cr_expect(contains(&e, 5) && width(&e) <= 1e-11);
  ist_enclose_smallest(B, 1e-17, 128, &e);
  cr_expect(contains(&e, 0x1p-60) && width(&e) <= 1e-11, "[%.17g, %.17g]", e.lo, e.hi);
  arb_mat_clear(A);
  arb_mat_clear(B);
}

/* Whatever is proposed: the enclosure contains the eigenvalue, or there is none. */
Test(certify, wrong_proposals_are_never_believed) {
  arb_mat_t A, B;
  diagonal(A, (double[]){3, 7, 8}, 3);
  diagonal(B, (double[]){2, 1, 16}, 3);
  static const double wrong[] = {0,    -7,  1e-300, 1,   3.5,   6,   6.9999,   7 - 1e-12, 7 + 1e-12,
                                 7.01, 9.5, 14,     1e6, 1e300, NAN, INFINITY, -INFINITY};
  for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
    ist_enclosure e;
    ist_enclose_largest(A, B, wrong[k], 128, &e);
    cr_expect(e.exists ? contains(&e, 7) : e.reason[0] != '\0', "%g: [%.17g, %.17g]", wrong[k],
              e.lo, e.hi);
    if (e.exists && fabs(wrong[k] - 7) > 1e-3)
      cr_expect_not(contains(&e, wrong[k]) && width(&e) < 1e-6, "%g", wrong[k]);
    ist_enclose_smallest(A, wrong[k], 128, &e);
    cr_expect(e.exists ? contains(&e, 3) : e.reason[0] != '\0', "%g: [%.17g, %.17g]", wrong[k],
              e.lo, e.hi);
  }
  arb_mat_clear(A);
  arb_mat_clear(B);
}

Test(certify, the_pencil_of_an_indefinite_matrix_has_no_enclosure) {
  arb_mat_t A, B;
  ist_enclosure e;
  diagonal(A, (double[]){1, 1}, 2);
  diagonal(B, (double[]){1, -1}, 2);
  cr_expect_not(ist_proved_positive_definite(B, 128));
  for (double proposal = 1e-3; proposal < 1e6; proposal *= 10) {
    ist_enclose_largest(A, B, proposal, 128, &e);
    cr_expect_not(e.exists);
    ist_enclose_largest(A, B, -proposal, 128, &e);
    cr_expect_not(e.exists);
  }
  arb_mat_clear(A);
  arb_mat_clear(B);
}

/* N14: L = factor (28 I, I, I), and factor (3/2 K, 1/2 K), K = [[10, 9], [9, 10]]. */
static ist_problem N14_divergence(void) {
  ist_problem p;
  cr_assert(ist_problem_alloc(&p, 3, 3, 3, 1));
  for (size_t i = 0; i < 3; i++)
    for (size_t j = 0; j < 3; j++)
      p.L[i * 9 + j * 4] = i == 0 ? 28 : 1;
  return p;
}

static ist_problem N14_ascent(double factor) {
  ist_problem p;
  cr_assert(ist_problem_alloc(&p, 2, 2, 2, 1));
  const double K[] = {10, 9, 9, 10};
  for (size_t j = 0; j < 4; j++) {
    p.L[j] = 1.5 * factor * K[j];
    p.L[4 + j] = 0.5 * factor * K[j];
  }
  return p;
}

static ist_certificate certificate(const ist_problem *p, ist_sketch sk) {
  ist_constants c;
  ist_certificate proof;
  cr_assert_eq(ist_constants_compute(p, sk, &c, &status), IST_OK, "%s", status.text);
  cr_assert_eq(ist_certify(p, &c, &proof, &status), IST_OK, "%s", status.text);
  ist_constants_free(&c);
  return proof;
}

Test(certify, N14_theta) {
  ist_problem p = N14_divergence();
  ist_certificate proof = certificate(&p, (ist_sketch){IST_PERM, 1});
  cr_expect(contains(&proof.theta, 393.0 / 5));
  cr_expect_leq(proof.theta.hi - proof.theta.lo, 1e-9);
  cr_expect(contains(&proof.lambda_min, 10) && contains(&proof.lambda_max, 10));
  cr_expect_eq(proof.w_psd, IST_PSD_PROVED);
  ist_problem_free(&p);
  /* Exactly representable, theta = 10 * 23/2; and as usually written, rounded to binary. */
  p = N14_ascent(1);
  proof = certificate(&p, (ist_sketch){IST_PERM, 1});
  cr_expect(contains(&proof.theta, 115));
  ist_problem_free(&p);
  p = N14_ascent(0.1);
  proof = certificate(&p, (ist_sketch){IST_PERM, 1});
  cr_expect(contains(&proof.theta, 23.0 / 2));
  cr_expect_leq(proof.theta.hi - proof.theta.lo, 1e-9);
  ist_problem_free(&p);
}

/* A wrong constant, as if GSL had gone wrong, does not get through. */
Test(certify, injected_errors_are_caught) {
  ist_problem p = N14_divergence();
  static const double factors[] = {0.1, 0.5, 0.999, 1 - 1e-6, 1 + 1e-6, 1.001, 2, 1e3, -1};
  for (size_t k = 0; k < sizeof factors / sizeof *factors; k++) {
    ist_constants c;
    ist_certificate proof;
    cr_assert_eq(ist_constants_compute(&p, (ist_sketch){IST_PERM, 1}, &c, &status), IST_OK);
    c.theta.value *= factors[k];
    c.lambda_min *= factors[k];
    c.lambda_max *= factors[k];
    c.w_lambda_min *= factors[k];
    cr_assert_eq(ist_certify(&p, &c, &proof, &status), IST_OK);
    cr_expect_eq(proof.w_psd, IST_PSD_PROVED);
    cr_expect(proof.theta.exists ? contains(&proof.theta, 393.0 / 5)
                                 : proof.theta.reason[0] != '\0');
    cr_expect_not(contains(&proof.theta, c.theta.value), "factor %g", factors[k]);
    cr_expect_not(contains(&proof.lambda_min, c.lambda_min), "factor %g", factors[k]);
    cr_expect_not(contains(&proof.lambda_max, c.lambda_max), "factor %g", factors[k]);
    const ist_scalar step = ist_certified_step(&proof.theta);
    cr_expect(!step.exists || step.value <= 5.0 / 393);
    ist_constants_free(&c);
  }
  ist_problem_free(&p);
}

static ist_problem two_by_two(double a, double c, double b) {
  ist_problem p;
  cr_assert(ist_problem_alloc(&p, 2, 2, 1, 1));
  memcpy(p.L, (double[]){a, c, c, b}, 4 * sizeof *p.L);
  return p;
}

/* Remark 1, at and around the singular W of c = 2ab/(a+b): a = 1, b = 3, c = 3/2. */
Test(certify, near_singular_W) {
  const double u = 0x1p-52;
  ist_problem p = two_by_two(1, 1.5, 3);
  ist_certificate proof = certificate(&p, (ist_sketch){IST_PERM, 1});
  cr_expect_eq(proof.w_psd, IST_PSD_UNDECIDED);
  cr_expect(contains(&proof.w_lambda_min, 0) &&
                proof.w_lambda_min.hi - proof.w_lambda_min.lo < 1e-28,
            "[%g, %g]", proof.w_lambda_min.lo, proof.w_lambda_min.hi);
  cr_expect(!proof.theta.exists && proof.theta.reason[0] != '\0');
  cr_expect_not(ist_certified_step(&proof.theta).exists);
  ist_problem_free(&p);
  p = two_by_two(1, 1.5 * (1 + u), 3); /* det W < 0 */
  proof = certificate(&p, (ist_sketch){IST_PERM, 1});
  cr_expect_eq(proof.w_psd, IST_PSD_REFUTED);
  cr_expect_lt(proof.w_lambda_min.hi, 0);
  ist_problem_free(&p);
  p = two_by_two(1, 1.5 * (1 - u), 3);
  proof = certificate(&p, (ist_sketch){IST_PERM, 1});
  cr_expect_eq(proof.w_psd, IST_PSD_PROVED);
  ist_problem_free(&p);
}

/* Condition numbers up to 1e12: [[1, r], [r, r^2 + e]] with small e; theta = lambda_max. */
Test(certify, ill_conditioned) {
  for (double e = 1e-2; e >= 1e-12; e /= 10) {
    ist_problem p = two_by_two(1, 0.25, 0.0625 + e);
    const double trace = 1.0625 + e, exact = (trace + sqrt(trace * trace - 4 * e)) / 2;
    const ist_sketch identity = {IST_IDENTITY, 2};
    ist_certificate proof = certificate(&p, identity);
    cr_expect(contains(&proof.lambda_max, exact) && width(&proof.lambda_max) < 1e-11);
    cr_expect(proof.lambda_min.exists && width(&proof.lambda_min) < 1e-11);
    cr_expect_float_eq(proof.lambda_min.lo * exact / (p.L[3] - 0.0625), 1, 1e-9);
    cr_expect_eq(proof.w_psd, IST_PSD_PROVED);
    cr_expect(contains(&proof.theta, exact), "e = %g: [%.17g, %.17g] %s", e, proof.theta.lo,
              proof.theta.hi, proof.theta.reason);
    ist_problem_free(&p);
  }
}

static void assert_consistent(const ist_problem *p, const ist_constants *c) {
  ist_certificate proof;
  cr_assert_eq(ist_certify(p, c, &proof, &status), IST_OK);
  cr_expect(contains(&proof.lambda_min, c->lambda_min), "%.17g in [%.17g, %.17g]", c->lambda_min,
            proof.lambda_min.lo, proof.lambda_min.hi);
  cr_expect(contains(&proof.lambda_max, c->lambda_max));
  cr_expect_eq(proof.theta.exists, c->theta.exists, "%s", proof.theta.reason);
  cr_expect_eq(proof.w_psd == IST_PSD_PROVED, c->theta.exists);
  cr_expect_eq(proof.w_psd == IST_PSD_REFUTED, !c->theta.exists);
  if (c->theta.exists)
    cr_expect(fabs(c->theta.value - proof.theta.hi) <= 1e-10 * proof.theta.hi);
  else
    cr_expect(contains(&proof.w_lambda_min, c->w_lambda_min));
}

Test(certify, certificates_confirm_the_constants) {
  for_every_problem(4, false, assert_consistent);
}

#define ROUNDS 20

/* (15) and (16) with the certified step, from exact expectations. */
static void assert_theorem_1(const ist_problem *p, const ist_constants *c) {
  ist_certificate proof;
  cr_assert_eq(ist_certify(p, c, &proof, &status), IST_OK);
  const ist_scalar step = ist_certified_step(&proof.theta);
  if (!step.exists)
    return;
  double x0[8], average = 0, star[ROUNDS + 1];
  ist_expectation rows[ROUNDS + 1], rows_W[ROUNDS + 1];
  random_vector(p->d + p->n, p->d, x0);
  const ist_method m = {p, c->sketch, step.value, 0};
  const ist_targets by_L = {c->L_bar, c->x_star, NULL}, by_W = {c->W, c->x_star, NULL};
  cr_assert_eq(ist_expect(&m, &by_L, x0, ROUNDS, rows, NULL, NULL, &status), IST_OK);
  cr_assert_eq(ist_expect(&m, &by_W, x0, ROUNDS, rows_W, NULL, NULL, &status), IST_OK);
  for (size_t k = 0; k <= ROUNDS; k++)
    star[k] = rows[k].dist_star_sq;
  for (size_t k = 0; k < ROUNDS; k++)
    average += rows_W[k].dist_star_sq / ROUNDS;
  const double drop = (star[0] - star[ROUNDS]) / 2;
  cr_expect_leq(average, ist_theorem1_average_bound(drop, step.value, ROUNDS) * (1 + 1e-9));
  for (size_t k = 0; k <= ROUNDS; k++)
    cr_expect_leq(star[k],
                  ist_theorem1_distance_bound(c->contraction.value, step.value, k, star[0]) +
                      1e-9 * star[0]);
}

Test(certify, theorem_1_holds_at_every_certified_step) {
  for_every_problem(6, true, assert_theorem_1);
}

Test(certify, the_certified_step_is_below_the_exact_quotient) {
  for (double hi = 1; hi < 3; hi += 0.0371) {
    const ist_enclosure theta = {.exists = true, .lo = hi / 2, .hi = hi};
    const double step = ist_certified_step(&theta).value;
    cr_expect_leq(fma(step, hi, -1), 0);
    cr_expect_gt(fma(nextafter(nextafter(step, 2), 2), hi, -1), 0);
  }
  const ist_enclosure one = {.exists = true, .lo = 1, .hi = 1};
  cr_expect_eq(ist_certified_step(&one).value, 1);
}

Test(certify, refuses_what_does_not_fit) {
  double entry = 1;
  const ist_problem p = {.d = 1048576, .n = 2, .L = &entry, .b = &entry};
  const ist_constants c = {.d = p.d, .n = 2, .sketch = {IST_PERM, p.d / 2}};
  ist_certificate proof;
  cr_assert_eq(ist_certify(&p, &c, &proof, &status), IST_MACHINE);
  cr_assert_not_null(strstr(status.text, "not enough memory to certify"), "%s", status.text);
  cr_assert_gt(ist_certify_seconds(&p, c.sketch), 1e6);
}
