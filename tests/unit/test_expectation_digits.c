/* Expectations round by round and their bounds against Arb, outcome by outcome. */
#include <arb_mat.h>
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../support/digits.h"
#include "../support/exact_constants.h"
#include "../support/outcomes.h"
#include "../support/random_problem.h"
#include "spectral/expectation_errors.h"

#define BITS EXACT_BITS
#define ROUNDS 12

/* Exact expectations: m = E x and X = E x x' over all outcomes of each round, x <- T x + c. */
typedef struct {
  slong d, count;
  arb_mat_struct *T, *c; /* of every outcome */
  arb_mat_t m, X;
} enumeration;

/* Entry (j,k) of C_i's scale on both sides, as a ball. */
static void scale(const ist_problem *p, ist_sketch sk, size_t i, size_t j, arb_t s) {
  arb_set_ui(s, sk.kind == IST_PERM ? p->n : 1);
  if (sk.kind == IST_RAND) {
    arb_set_ui(s, p->d);
    arb_div_ui(s, s, sk.q, BITS);
  }
  if (sk.kind == IST_SCALED_PERM) {
    arb_set_d(s, ist_problem_L(p, i)[j * p->d + j]);
    arb_rsqrt(s, s, BITS);
    arb_t root;
    arb_init(root);
    arb_sqrt_ui(root, p->n, BITS);
    arb_mul(s, s, root, BITS);
    arb_clear(root);
  }
}

/* C_i, a diagonal matrix as a vector. */
static void sketch_of(const ist_problem *p, ist_sketch sk, size_t i, unsigned block, arb_mat_t C) {
  for (size_t j = 0; j < p->d; j++) {
    arb_zero(arb_mat_entry(C, (slong)j, 0));
    if (block >> j & 1)
      scale(p, sk, i, j, arb_mat_entry(C, (slong)j, 0));
  }
}

/* H = I - g C_i L_i and h = g C_i b_i: one local step is z <- H z + h. */
static void local_step(const ist_problem *p, size_t i, arb_mat_t C, double gamma, arb_mat_t H,
                       arb_mat_t h) {
  arb_t entry;
  arb_init(entry);
  for (size_t j = 0; j < p->d; j++) {
    for (size_t k = 0; k <= p->d; k++) {
      arb_ptr at = k < p->d ? arb_mat_entry(H, (slong)j, (slong)k) : arb_mat_entry(h, (slong)j, 0);
      arb_set_d(entry, k < p->d ? ist_problem_L(p, i)[j * p->d + k] : ist_problem_b(p, i)[j]);
      arb_set_d(at, k < p->d ? -gamma : gamma);
      arb_mul(at, at, entry, BITS);
      arb_mul(at, at, arb_mat_entry(C, (slong)j, 0), BITS);
      if (k == j)
        arb_add_ui(at, at, 1, BITS);
    }
  }
  arb_clear(entry);
}

/* Adds worker i's share of T and c: without local steps that of I - g B and g v, else the mean of
 * what steps from C_i x lead to. */
static void add_worker(const ist_problem *p, ist_sketch sk, size_t i, unsigned block, double gamma,
                       size_t steps, arb_mat_t T, arb_mat_t c) {
  const slong d = (slong)p->d;
  arb_mat_t C, H, h, A, a;
  arb_mat_init(C, d, 1);
  arb_mat_init(H, d, d);
  arb_mat_init(h, d, 1);
  arb_mat_init(A, d, d);
  arb_mat_init(a, d, 1);
  sketch_of(p, sk, i, block, C);
  local_step(p, i, C, gamma, H, h);
  for (slong j = 0; j < d; j++)
    arb_set(arb_mat_entry(A, j, j), arb_mat_entry(C, j, 0));
  for (size_t t = 0; t < (steps > 0 ? steps : 1); t++) {
    arb_mat_mul(A, H, A, BITS);
    arb_mat_mul(a, H, a, BITS);
    arb_mat_add(a, a, h, BITS);
  }
  /* z_1 - C_i x is -g C_i (L_i C_i x - b_i); I is what sums to the mean of I. */
  for (slong j = 0; steps == 0 && j < d; j++) {
    arb_sub(arb_mat_entry(A, j, j), arb_mat_entry(A, j, j), arb_mat_entry(C, j, 0), BITS);
    arb_add_ui(arb_mat_entry(A, j, j), arb_mat_entry(A, j, j), 1, BITS);
  }
  arb_mat_scalar_div_si(A, A, (slong)p->n, BITS);
  arb_mat_scalar_div_si(a, a, (slong)p->n, BITS);
  arb_mat_add(T, T, A, BITS);
  arb_mat_add(c, c, a, BITS);
  arb_mat_clear(C);
  arb_mat_clear(H);
  arb_mat_clear(h);
  arb_mat_clear(A);
  arb_mat_clear(a);
}

static void open_enumeration(const ist_problem *p, ist_sketch sk, double gamma, size_t steps,
                             const double *x0, enumeration *e) {
  outcomes o = outcomes_enumerate(p, sk);
  const slong d = (slong)p->d;
  *e = (enumeration){.d = d, .count = (slong)o.count};
  e->T = calloc(o.count, sizeof *e->T);
  e->c = calloc(o.count, sizeof *e->c);
  for (size_t k = 0; k < o.count; k++) {
    arb_mat_init(e->T + k, d, d);
    arb_mat_init(e->c + k, d, 1);
    for (size_t i = 0; i < p->n; i++)
      add_worker(p, sk, i, o.blocks[k * p->n + i], gamma, steps, e->T + k, e->c + k);
  }
  arb_mat_init(e->m, d, 1);
  arb_mat_init(e->X, d, d);
  for (slong j = 0; j < d; j++)
    arb_set_d(arb_mat_entry(e->m, j, 0), x0[j]);
  for (slong j = 0; j < d; j++)
    for (slong k = 0; k < d; k++)
      arb_mul(arb_mat_entry(e->X, j, k), arb_mat_entry(e->m, j, 0), arb_mat_entry(e->m, k, 0),
              BITS);
  outcomes_free(&o);
}

static void close_enumeration(enumeration *e) {
  for (slong k = 0; k < e->count; k++) {
    arb_mat_clear(e->T + k);
    arb_mat_clear(e->c + k);
  }
  free(e->T);
  free(e->c);
  arb_mat_clear(e->m);
  arb_mat_clear(e->X);
}

/* x <- T x + c for each outcome, and the mean of x and x x'. */
static void one_round(enumeration *e) {
  const slong d = e->d;
  arb_mat_t m, X, TX, Tm, Y;
  arb_mat_init(m, d, 1);
  arb_mat_init(X, d, d);
  arb_mat_init(TX, d, d);
  arb_mat_init(Tm, d, 1);
  arb_mat_init(Y, d, d);
  for (slong k = 0; k < e->count; k++) {
    const arb_mat_struct *T = e->T + k, *c = e->c + k;
    arb_mat_mul(Tm, T, e->m, BITS);
    arb_mat_mul(TX, T, e->X, BITS);
    arb_mat_transpose(Y, T);
    arb_mat_mul(TX, TX, Y, BITS);
    for (slong j = 0; j < d; j++)
      for (slong i = 0; i < d; i++) {
        arb_ptr entry = arb_mat_entry(TX, j, i);
        arb_addmul(entry, arb_mat_entry(Tm, j, 0), arb_mat_entry(c, i, 0), BITS);
        arb_addmul(entry, arb_mat_entry(c, j, 0), arb_mat_entry(Tm, i, 0), BITS);
        arb_addmul(entry, arb_mat_entry(c, j, 0), arb_mat_entry(c, i, 0), BITS);
      }
    arb_mat_add(m, m, Tm, BITS);
    arb_mat_add(m, m, c, BITS);
    arb_mat_add(X, X, TX, BITS);
  }
  arb_mat_scalar_div_si(e->m, m, e->count, BITS);
  arb_mat_scalar_div_si(e->X, X, e->count, BITS);
  arb_mat_clear(m);
  arb_mat_clear(X);
  arb_mat_clear(TX);
  arb_mat_clear(Tm);
  arb_mat_clear(Y);
}

/* <A, X - z m' - m z' + z z'>; A = NULL: the identity. */
static void distance_sq(const enumeration *e, const arb_mat_struct *A, const arb_mat_t z,
                        arb_t out) {
  arb_t entry;
  arb_init(entry);
  arb_zero(out);
  for (slong j = 0; j < e->d; j++)
    for (slong k = 0; k < e->d; k++) {
      if (A == NULL && j != k)
        continue;
      arb_set(entry, arb_mat_entry(e->X, j, k));
      arb_submul(entry, arb_mat_entry(z, j, 0), arb_mat_entry(e->m, k, 0), BITS);
      arb_submul(entry, arb_mat_entry(e->m, j, 0), arb_mat_entry(z, k, 0), BITS);
      arb_addmul(entry, arb_mat_entry(z, j, 0), arb_mat_entry(z, k, 0), BITS);
      if (A != NULL)
        arb_mul(entry, entry, arb_mat_entry(A, j, k), BITS);
      arb_add(out, out, entry, BITS);
    }
  arb_clear(entry);
}

/* ||m - z||^2_A / 2. */
static void mean_gap(const enumeration *e, const arb_mat_struct *A, const arb_mat_t z, arb_t out) {
  arb_t entry, other;
  arb_init(entry);
  arb_init(other);
  arb_zero(out);
  for (slong j = 0; j < e->d; j++)
    for (slong k = 0; k < e->d; k++) {
      arb_sub(entry, arb_mat_entry(e->m, j, 0), arb_mat_entry(z, j, 0), BITS);
      arb_sub(other, arb_mat_entry(e->m, k, 0), arb_mat_entry(z, k, 0), BITS);
      arb_mul(entry, entry, other, BITS);
      arb_addmul(out, entry, arb_mat_entry(A, j, k), BITS);
    }
  arb_mul_2exp_si(out, out, -1);
  arb_clear(entry);
  arb_clear(other);
}

static void check_rows(digits_tally *t, const ist_bounded_expectation *rows, enumeration *e,
                       const exact_constants *x) {
  arb_t exact, half;
  arb_init(exact);
  arb_init(half);
  for (int k = 0; k <= ROUNDS; k++) {
    if (k > 0)
      one_round(e);
    distance_sq(e, x->L_bar, x->x_star, exact);
    arb_mul_2exp_si(half, exact, -1);
    digits_check(t, "f_gap", rows[k].value.f_gap, (ist_error){.bound = rows[k].error.f_gap}, half);
    digits_check(t, "grad_norm_sq", rows[k].value.grad_norm_sq,
                 (ist_error){.bound = rows[k].error.grad_norm_sq}, exact);
    digits_check(t, "dist_star_sq", rows[k].value.dist_star_sq,
                 (ist_error){.bound = rows[k].error.dist_star_sq}, exact);
    mean_gap(e, x->L_bar, x->x_star, exact);
    digits_check(t, "mean_gap", rows[k].value.mean_gap,
                 (ist_error){.bound = rows[k].error.mean_gap}, exact);
    distance_sq(e, NULL, x->x_fixed, exact);
    digits_check(t, "dist_fixed_sq", rows[k].value.dist_fixed_sq,
                 (ist_error){.bound = rows[k].error.dist_fixed_sq}, exact);
  }
  arb_clear(exact);
  arb_clear(half);
}

static void check_local(digits_tally *t, const ist_problem *p, ist_sketch sk, double gamma,
                        size_t steps, const double *x0) {
  ist_status s;
  ist_constants c;
  ist_errors errors;
  ist_bounded_expectation rows[ROUNDS + 1];
  exact_constants x;
  enumeration e;
  const char *reason;
  cr_assert_eq(ist_constants_compute(p, sk, &c, &s), IST_OK, "%s", s.text);
  ist_constants_bound(p, &c, &errors);
  if (gamma == 0)
    gamma = c.step_max.exists ? c.step_max.value : 0.1;
  const ist_method m = {p, sk, gamma, steps};
  cr_assert_eq(ist_expect_bounded(&m, &c, &errors, x0, ROUNDS, rows, &reason, NULL, NULL, &s),
               IST_OK, "%s", s.text);
  cr_expect_null(reason, "%s", reason);
  exact_constants_init(p, sk, &x);
  open_enumeration(p, sk, gamma, steps, x0, &e);
  check_rows(t, rows, &e, &x);
  close_enumeration(&e);
  exact_constants_clear(&x);
  ist_constants_free(&c);
}

static void check_method(digits_tally *t, const ist_problem *p, ist_sketch sk, double gamma,
                         const double *x0) {
  check_local(t, p, sk, gamma, 0, x0);
}

static const struct {
  size_t d, n;
  ist_sketch sk;
} shapes[] = {
    {4, 4, {IST_PERM, 1}},        {4, 2, {IST_PERM, 2}},        {4, 4, {IST_SCALED_PERM, 1}},
    {4, 2, {IST_SCALED_PERM, 2}}, {4, 2, {IST_RAND, 2}},        {3, 2, {IST_RAND, 1}},
    {4, 3, {IST_IDENTITY, 4}},    {4, 1, {IST_SCALED_PERM, 4}}, {1, 1, {IST_PERM, 1}},
};

Test(expectation_digits, every_sketch, .timeout = 600) {
  digits_tally t = {0};
  for (size_t k = 0; k < sizeof shapes / sizeof *shapes; k++)
    for (unsigned long seed = 1; seed <= 3; seed++)
      for (size_t shared = 0; shared < 2; shared++)
        for (size_t interpolation = 0; interpolation < 2; interpolation++) {
          const size_t d = shapes[k].d, n = shapes[k].n;
          ist_problem p = random_problem(seed, d, n, shared ? 1 : n, shared ? 1 : n, interpolation);
          double x0[4];
          random_vector(seed + 40, d, x0);
          x0[0] += 1;
          check_method(&t, &p, shapes[k].sk, 0, x0);
          check_method(&t, &p, shapes[k].sk, 0.3 / 16, x0);
          check_method(&t, &p, shapes[k].sk, 1.5, x0); /* mostly divergent */
          ist_problem_free(&p);
        }
  digits_report("expectations", &t);
  cr_expect_eq(t.unbounded, 0);
  cr_expect_geq(t.shown, t.numbers * 4 / 5);
}

/* Nearly singular workers: the bounds grow, and hold. */
Test(expectation_digits, ill_conditioned, .timeout = 600) {
  digits_tally t = {0};
  for (int decade = 2; decade <= 12; decade += 2) {
    ist_problem p = random_problem(3, 4, 2, 2, 2, false);
    const double x0[] = {1, -1, 2, 0.5}, tiny = pow(10, -decade);
    for (size_t i = 0; i < 2; i++)
      for (size_t j = 0; j < 4; j++)
        for (size_t k = 0; k < 4; k++)
          p.L[i * 16 + j * 4 + k] =
              (1 + (double)i) + (j == k ? tiny * (1 + (double)j) : 0); /* near (1+i) 1 1' */
    check_method(&t, &p, (ist_sketch){IST_PERM, 2}, 0.05, x0);
    check_method(&t, &p, (ist_sketch){IST_RAND, 2}, 0.05, x0);
    check_method(&t, &p, (ist_sketch){IST_IDENTITY, 4}, 0.05, x0);
    ist_problem_free(&p);
  }
  digits_report("expectations, ill-conditioned", &t);
  cr_expect_eq(t.unbounded, 0);
  cr_expect_eq(t.limits, 0);
}

/* Workers that share a nearly singular L under Perm-1: W is indefinite, and x_k may grow in the norm
 * of L_bar in a round; in the Euclidean norm it does not. */
Test(expectation_digits, indefinite_W, .timeout = 600) {
  digits_tally t = {0};
  for (int decade = 2; decade <= 10; decade += 4) {
    ist_problem p = random_problem(3, 4, 4, 1, 4, false);
    const double x0[] = {1, -1, 2, 0.5}, tiny = pow(10, -decade);
    for (size_t j = 0; j < 4; j++)
      for (size_t k = 0; k < 4; k++)
        p.L[j * 4 + k] = (double)((j + 1) * (k + 1)) + (j == k ? tiny : 0);
    check_local(&t, &p, (ist_sketch){IST_PERM, 1}, 0.01, 0, x0);
    check_local(&t, &p, (ist_sketch){IST_PERM, 1}, 0.01, 5, x0);
    ist_problem_free(&p);
  }
  digits_report("expectations, W indefinite", &t);
  cr_expect_eq(t.unbounded, 0);
  cr_expect_eq(t.limits, 0);
}

/* Workers that agree, but are stored apart: the covariance is 0, and what is computed for it is
 * what rounding leaves of E[Bmm'B] - E[B]mm'E[B]. As the mean goes to x_fixed, no other error is
 * left. */
Test(expectation_digits, rounds_without_noise, .timeout = 600) {
  digits_tally t = {0};
  const double L[] = {1, 0.3, 0.2, 0.3, 1.1, 0.1, 0.2, 0.1, 1.05}, b[] = {1e3, -3e3, 0.7e3};
  const double x0[] = {1, 2, 3};
  ist_problem p;
  cr_assert(ist_problem_alloc(&p, 3, 3, 3, 3));
  for (size_t i = 0; i < 3; i++) {
    memcpy(p.L + i * p.L_stride, L, sizeof L);
    memcpy(p.b + i * p.b_stride, b, sizeof b);
  }
  ist_problem_note_interpolation(&p);
  check_method(&t, &p, (ist_sketch){IST_PERM, 1}, 1 / 3.15, x0);
  digits_report("rounds without noise", &t);
  cr_expect_geq(t.limits, 1);
  ist_problem_free(&p);
}

/* A wrong expectation is outside the bound, if only by 1e-10 of it. */
Test(expectation_digits, spoiled) {
  ist_status s;
  ist_constants c;
  ist_errors e;
  ist_bounded_expectation rows[ROUNDS + 1];
  const char *reason;
  const double x0[] = {1, -1, 2, 0.5};
  ist_problem p = random_problem(5, 4, 2, 2, 2, false);
  const ist_sketch sk = {IST_PERM, 2};
  cr_assert_eq(ist_constants_compute(&p, sk, &c, &s), IST_OK);
  ist_constants_bound(&p, &c, &e);
  const ist_method m = {&p, sk, c.step_max.value, 0};
  cr_assert_eq(ist_expect_bounded(&m, &c, &e, x0, ROUNDS, rows, &reason, NULL, NULL, &s), IST_OK);
  for (int k = 0; k <= ROUNDS; k++)
    cr_expect_lt(rows[k].error.f_gap, 1e-10 * rows[k].value.f_gap);
  ist_constants_free(&c);
  ist_problem_free(&p);
}

/* One local step under every sketch, several where the expectation is known: q = 1 and q = d. */
Test(expectation_digits, local_steps, .timeout = 600) {
  static const size_t steps[] = {1, 2, 3, 7};
  digits_tally t = {0};
  for (size_t k = 0; k < sizeof shapes / sizeof *shapes; k++)
    for (size_t T = 0; T < 4; T++)
      for (unsigned long seed = 1; seed <= 2; seed++)
        for (size_t shared = 0; shared < 2; shared++) {
          const size_t d = shapes[k].d, n = shapes[k].n;
          if (T > 0 && shapes[k].sk.q != 1 && shapes[k].sk.q != d)
            continue;
          ist_problem p = random_problem(seed, d, n, shared ? 1 : n, shared ? 1 : n, seed == 2);
          double x0[4];
          random_vector(seed + 40, d, x0);
          x0[0] += 1;
          check_local(&t, &p, shapes[k].sk, 0.3 / 16, steps[T], x0);
          check_local(&t, &p, shapes[k].sk, 0.04, steps[T], x0); /* mostly divergent */
          ist_problem_free(&p);
        }
  digits_report("local steps", &t);
  cr_expect_eq(t.unbounded, 0);
  cr_expect_geq(t.shown, t.numbers * 4 / 5);
}

/* Diagonal matrices with steps that take 1 - gamma s L_jj near to 0 and to -1, where a power of it
 * or the sum of powers cancels, and far below the least double. */
Test(expectation_digits, local_steps_that_cancel, .timeout = 600) {
  static const size_t steps[] = {1, 2, 6, 1000};
  static const double entries[][2] = {{0.1, 0.2}, {0.05, 0.1}, {0.15, 0.19999}, {1e-4, 0.1}};
  digits_tally t = {0};
  const double x0[] = {1, -3, 2, 0.5};
  for (size_t k = 0; k < 4; k++)
    for (size_t T = 0; T < 4; T++)
      for (int q = 1; q <= 2; q++) {
        ist_problem p =
            random_problem(k + 1, 4, (size_t)(4 / q), (size_t)(4 / q), (size_t)(4 / q), false);
        for (size_t i = 0; i < p.n; i++)
          for (size_t j = 0; j < 16; j++)
            p.L[i * 16 + j] = j % 5 == 0 ? entries[k][(i + j / 5) % 2] : 0;
        check_local(&t, &p, (ist_sketch){IST_PERM, (size_t)q}, q == 1 ? 2.5 : 5, steps[T], x0);
        check_local(&t, &p, (ist_sketch){IST_SCALED_PERM, (size_t)q}, sqrt(2.5), steps[T], x0);
        ist_problem_free(&p);
      }
  digits_report("local steps that cancel", &t);
  cr_expect_eq(t.unbounded, 0);
  cr_expect_geq(t.shown, t.numbers / 2);
}
