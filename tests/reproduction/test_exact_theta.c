/* theta as the program prints it, against the rational problem in the files that it reads: every
 * outcome of a round enumerated in integers, definiteness decided by exact elimination. */
#include <criterion/criterion.h>
#include <flint/fmpq_mat.h>
#include <flint/fmpz_mat.h>
#include <math.h>
#include <stdlib.h>

#include "../support/command.h"
#include "../support/outcomes.h"
#include "../support/scratch.h"
#include "problem/load.h"
#include "problem/regression.h"
#include "problem/save.h"

/** Entries are multiples of 2^-SHIFT. */
#define SHIFT 200

/** How far the printed theta may be from the exact one. */
#define RELATIVE 1e-10

static void begin(void) { scratch_open(); }

TestSuite(exact_theta, .init = begin, .fini = scratch_close, .timeout = 120);

/** W and E[B L_bar B] up to one positive factor each: t W - E[B L_bar B] is a multiple of
 *  t twice_W - second. */
typedef struct {
  fmpq_mat_t twice_W, second;
} pencil;

/** out += 2^SHIFT times the entries of L with both indices in the block, a set of bits. */
static void add_block(fmpz_mat_t out, const double *L, unsigned block) {
  const slong d = fmpz_mat_nrows(out);
  fmpz_t x;
  fmpz_init(x);
  for (slong j = 0; j < d; j++)
    for (slong k = 0; k < d; k++) {
      if (!(block >> j & 1) || !(block >> k & 1))
        continue;
      const double entry = ldexp(L[j * d + k], SHIFT);
      cr_assert_eq(entry, floor(entry));
      fmpz_set_d(x, entry);
      fmpz_add(fmpz_mat_entry(out, j, k), fmpz_mat_entry(out, j, k), x);
    }
  fmpz_clear(x);
}

/** sum += G, and second += G A G, for the G = sum_i P_i L_i P_i of every outcome. */
static void add_outcomes(const ist_problem *p, const outcomes *o, const fmpz_mat_t A,
                         fmpz_mat_t sum, fmpz_mat_t second) {
  const slong d = (slong)p->d;
  fmpz_mat_t G, GA;
  fmpz_mat_init(G, d, d);
  fmpz_mat_init(GA, d, d);
  for (size_t k = 0; k < o->count; k++) {
    fmpz_mat_zero(G);
    for (size_t i = 0; i < p->n; i++)
      add_block(G, ist_problem_L(p, i), o->blocks[k * p->n + i]);
    fmpz_mat_add(sum, sum, G);
    fmpz_mat_mul(GA, G, A);
    fmpz_mat_mul(GA, GA, G);
    fmpz_mat_add(second, second, GA);
  }
  fmpz_mat_clear(G);
  fmpz_mat_clear(GA);
}

/** c of B = c sum_i P_i L_i P_i, eqs. (5), (7), (4). */
static void factor(const ist_problem *p, ist_sketch sk, fmpq_t c) {
  cr_assert_neq(sk.kind, IST_SCALED_PERM, "its scales are not rational");
  if (sk.kind == IST_PERM) {
    fmpq_set_si(c, (slong)p->n, 1);
    return;
  }
  fmpq_set_si(c, (slong)(p->d * p->d), (ulong)(sk.q * sk.q * p->n));
}

/** With A = 2^SHIFT n L_bar, G = 2^SHIFT sum_i P_i L_i P_i and N outcomes:
 *  W = c/(2^(2 SHIFT) n N) (A sum G + sum G A)/2 and
 *  E[B L_bar B] = c^2/(2^(3 SHIFT) n N) sum G A G. */
static pencil make_pencil(const ist_problem *p, ist_sketch sk) {
  const slong d = (slong)p->d;
  fmpz_mat_t A, sum, second, product;
  fmpq_t c;
  pencil e;
  fmpz_mat_init(A, d, d);
  fmpz_mat_init(sum, d, d);
  fmpz_mat_init(second, d, d);
  fmpz_mat_init(product, d, d);
  fmpq_init(c);
  fmpq_mat_init(e.twice_W, d, d);
  fmpq_mat_init(e.second, d, d);
  for (size_t i = 0; i < p->n; i++)
    add_block(A, ist_problem_L(p, i), ~0u);
  outcomes o = outcomes_enumerate(p, sk);
  add_outcomes(p, &o, A, sum, second);
  outcomes_free(&o);
  fmpz_mat_mul(product, A, sum);
  fmpz_mat_mul(sum, sum, A);
  fmpz_mat_add(product, product, sum);
  fmpq_mat_set_fmpz_mat(e.twice_W, product);
  factor(p, sk, c);
  fmpq_mul_si(c, c, 2);
  fmpq_div_2exp(c, c, SHIFT);
  fmpq_mat_set_fmpz_mat(e.second, second);
  for (slong j = 0; j < d; j++)
    for (slong k = 0; k < d; k++)
      fmpq_mul(fmpq_mat_entry(e.second, j, k), fmpq_mat_entry(e.second, j, k), c);
  fmpz_mat_clear(A);
  fmpz_mat_clear(sum);
  fmpz_mat_clear(second);
  fmpz_mat_clear(product);
  fmpq_clear(c);
  return e;
}

static void pencil_clear(pencil *e) {
  fmpq_mat_clear(e->twice_W);
  fmpq_mat_clear(e->second);
}

/** Whether M, which is destroyed, is positive definite: elimination meets positive pivots only. */
static bool definite(fmpq_mat_t M) {
  const slong d = fmpq_mat_nrows(M);
  fmpq_t ratio;
  fmpq_init(ratio);
  bool positive = true;
  for (slong k = 0; k < d && positive; k++) {
    positive = fmpq_sgn(fmpq_mat_entry(M, k, k)) > 0;
    for (slong i = k + 1; i < d && positive; i++) {
      fmpq_div(ratio, fmpq_mat_entry(M, i, k), fmpq_mat_entry(M, k, k));
      for (slong j = k; j < d; j++)
        fmpq_submul(fmpq_mat_entry(M, i, j), ratio, fmpq_mat_entry(M, k, j));
    }
  }
  fmpq_clear(ratio);
  return positive;
}

static bool W_definite(const pencil *e) {
  fmpq_mat_t M;
  fmpq_mat_init_set(M, e->twice_W);
  const bool result = definite(M);
  fmpq_mat_clear(M);
  return result;
}

/** Whether theta < t, for a definite W: whether t W - E[B L_bar B] is positive definite. */
static bool theta_below(const pencil *e, double t) {
  const slong d = fmpq_mat_nrows(e->second);
  int exponent;
  const double mantissa = ldexp(frexp(t, &exponent), 53);
  fmpq_t x;
  fmpq_mat_t M;
  fmpq_init(x);
  fmpq_mat_init(M, d, d);
  fmpq_set_si(x, (slong)mantissa, 1);
  if (exponent >= 53)
    fmpq_mul_2exp(x, x, (ulong)(exponent - 53));
  else
    fmpq_div_2exp(x, x, (ulong)(53 - exponent));
  for (slong j = 0; j < d; j++)
    for (slong k = 0; k < d; k++)
      fmpq_mul(fmpq_mat_entry(M, j, k), fmpq_mat_entry(e->twice_W, j, k), x);
  fmpq_mat_sub(M, M, e->second);
  const bool result = definite(M);
  fmpq_mat_clear(M);
  fmpq_clear(x);
  return result;
}

/** theta of `ist constants dir --sketch ...` against the exact one, which exists as said. */
static void expect_theta(const char *dir, ist_sketch_kind kind, size_t block, bool exists) {
  ist_problem p;
  ist_sketch sk;
  ist_status s;
  char option[40] = "";
  if (block > 0)
    snprintf(option, sizeof option, "--block %zu", block);
  cr_assert_eq(ist_problem_load(dir, 0, &p, &s), IST_OK, "%s", s.text);
  cr_assert_eq(ist_sketch_resolve(&p, kind, block, &sk, &s), IST_OK, "%s", s.text);
  pencil e = make_pencil(&p, sk);
  json_t *answer =
      command_json("constants %s --sketch %s %s --json", dir, ist_sketch_name(kind), option);
  const json_t *theta = json_object_get(answer, "theta");
  cr_expect_eq(W_definite(&e), exists);
  cr_expect_eq(json_is_real(theta), exists);
  if (json_is_real(theta)) {
    const double t = json_real_value(theta);
    cr_expect(theta_below(&e, t * (1 + RELATIVE)) && !theta_below(&e, t * (1 - RELATIVE)),
              "%s, n = %zu: theta = %.17g", ist_sketch_name(kind), p.n, t);
  } else {
    cr_expect_str_eq(
        json_string_value(json_object_get(json_object_get(answer, "reasons"), "theta")),
        "W is not positive definite, so no theta satisfies (14)");
  }
  json_decref(answer);
  pencil_clear(&e);
  ist_problem_free(&p);
}

static void expect_check(const char *dir) {
  command_result r = command_run("check %s", dir);
  cr_expect_eq(r.code, 0, "%s", r.err);
  command_free(&r);
}

/** L_1 = [[1,1],[1,1]], L_2 = [[1,-1],[-1,1]]: each singular, their mean the identity. */
Test(exact_theta, of_two_singular_workers) {
  scratch_write("L-1.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n1\n1\n1\n");
  scratch_write("L-2.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n1\n-1\n1\n");
  for (int with_b = 0; with_b < 2; with_b++) {
    expect_theta(scratch_path(""), IST_PERM, 0, true);
    expect_theta(scratch_path(""), IST_RAND, 1, true);
    expect_theta(scratch_path(""), IST_IDENTITY, 0, true);
    expect_check(scratch_path(""));
    scratch_write("b-1.mtx", "%%MatrixMarket matrix array real general\n2 1\n1\n2\n");
    scratch_write("b-2.mtx", "%%MatrixMarket matrix array real general\n2 1\n3\n-1\n");
  }
}

/** Longley's 16 rows among n workers, most of which have fewer than its 6 columns, no ridge. */
static const char *save_longley(size_t n, bool standardize) {
  ist_problem p;
  ist_status s;
  const char *dir = scratch_path("longley");
  cr_assert_eq(ist_problem_regression("tests/data/longley/A.mtx", "tests/data/longley/target.mtx",
                                      n, 0, standardize, &p, &s),
               IST_OK, "%s", s.text);
  cr_assert_eq(ist_problem_save(&p, dir, &s), IST_OK, "%s", s.text);
  ist_problem_free(&p);
  return dir;
}

Test(exact_theta, of_longley_standardised) {
  const char *dir = save_longley(6, true);
  expect_theta(dir, IST_PERM, 0, true);
  expect_theta(dir, IST_IDENTITY, 0, true);
  expect_check(dir);
  dir = save_longley(3, true);
  expect_theta(dir, IST_PERM, 0, true);
  expect_check(dir);
  dir = save_longley(2, true);
  expect_theta(dir, IST_PERM, 0, true);
  expect_theta(dir, IST_RAND, 3, true);
  expect_theta(dir, IST_RAND, 1, true);
}

/** Not standardised, W is indefinite, in exact arithmetic too, but under the identity. */
Test(exact_theta, of_longley_as_it_is) {
  const char *dir = save_longley(6, false);
  expect_theta(dir, IST_PERM, 0, false);
  expect_theta(dir, IST_IDENTITY, 0, true);
  expect_check(dir);
  dir = save_longley(2, false);
  expect_theta(dir, IST_PERM, 0, false);
  expect_theta(dir, IST_RAND, 3, false);
}
