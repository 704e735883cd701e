/** ist run --error-bound: it covers the run in real arithmetic, changes nothing else, and is null
 *  where it does not exist. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"
#include "../support/exact_round.h"
#include "../support/files.h"
#include "../support/scratch.h"
#include "problem/load.h"
#include "run/draw.h"

#define LONGLEY "--data tests/data/longley/A.mtx --target tests/data/longley/target.mtx"
#define REASON "the error bound left the range of the kernel's contracts"

static void open_scratch(void) { scratch_open(); }

TestSuite(error_bound, .init = open_scratch, .fini = scratch_close, .timeout = 300);

static const char *gaussian(const char *options) {
  const char *dir = scratch_path("p");
  json_decref(command_json("problem gaussian %s -o %s --json", options, dir));
  return dir;
}

static double entry(const json_t *object, const char *key, size_t j) {
  return json_number_value(json_array_get(json_object_get(object, key), j));
}

/* --- the run in real arithmetic --- */

typedef struct {
  const char *options; /**< with the sketch, a step, a seed */
  ist_sketch sketch;
  double gamma;
  unsigned long seed;
} trial;

/** The scales that the sketch has over the reals, one for each entry of every L_i's diagonal. */
static void real_scales(arb_ptr scale, const ist_problem *p, ist_sketch sketch) {
  arb_t allowance;
  arb_init(allowance);
  for (size_t i = 0; i < p->n; i++)
    for (size_t j = 0; j < p->d; j++) {
      arb_ptr s = scale + i * p->d + j;
      if (sketch.kind == IST_SCALED_PERM) {
        exact_scale(s, allowance, p->n, ist_problem_L(p, i)[j * p->d + j], EXACT_BITS);
      } else {
        arb_set_ui(s, sketch.kind == IST_IDENTITY ? 1 : p->d);
        arb_div_ui(s, s, sketch.kind == IST_IDENTITY ? 1 : sketch.q, EXACT_BITS);
      }
    }
  arb_clear(allowance);
}

/** X_K from X_0 = 0, with the blocks that the program draws. */
static void real_run(arb_ptr X, const ist_problem *p, const trial *t, size_t K) {
  const size_t d = p->d, entries = p->n * d;
  arb_ptr scale = _arb_vec_init((slong)entries);
  ist_draws draws;
  cr_assert(ist_draws_open(&draws, d, p->n, t->sketch, t->seed));
  real_scales(scale, p, t->sketch);
  const ist_team round = {.d = d,
                          .n = p->n,
                          .q = t->sketch.q,
                          .L = p->L,
                          .b = p->b,
                          .L_stride = p->L_stride,
                          .b_stride = p->b_stride,
                          .s_stride = d,
                          .block = draws.block};
  for (size_t k = 0; k < K; k++) {
    ist_draws_next(&draws);
    exact_round_real(X, scale, &round, t->gamma, EXACT_BITS);
  }
  ist_draws_close(&draws);
  _arb_vec_clear(scale, (slong)entries);
}

/** Whether |x_j - X_j| <= bound for every entry of x. */
static bool covers(const json_t *run, arb_srcptr X, size_t d) {
  bool within = true;
  arb_t bound;
  arb_init(bound);
  arb_set_d(bound, command_number(run, "error_bound"));
  for (size_t j = 0; j < d; j++) {
    double ratio;
    within = within && exact_within(entry(run, "x", j), X + j, bound, &ratio, EXACT_BITS);
  }
  arb_clear(bound);
  return within;
}

static void check_covered(const char *dir, const trial *t, size_t K) {
  ist_problem p;
  ist_status s;
  json_t *run = command_json("run %s %s --step %.17g --seed %lu --rounds %zu --error-bound --json",
                             dir, t->options, t->gamma, t->seed, K);
  cr_assert_eq(ist_problem_load(dir, 0, &p, &s), IST_OK, "%s", s.text);
  arb_ptr X = _arb_vec_init((slong)p.d);
  real_run(X, &p, t, K);
  cr_expect(covers(run, X, p.d), "%s, %zu rounds", t->options, K);
  cr_expect_lt(command_number(run, "error_bound"), 1e-11, "%s, %zu rounds", t->options, K);
  _arb_vec_clear(X, (slong)p.d);
  ist_problem_free(&p);
  json_decref(run);
}

Test(error_bound, covers_the_run_in_real_arithmetic) {
  static const trial trials[] = {{"--sketch identity", {IST_IDENTITY, 6}, 0.001, 1},
                                 {"--sketch perm", {IST_PERM, 2}, 0.01, 2},
                                 {"--sketch scaled-perm", {IST_SCALED_PERM, 2}, 0.3, 3},
                                 {"--sketch rand --block 4", {IST_RAND, 4}, 0.01, 4}};
  static const size_t rounds[] = {1, 7, 60};
  const char *dir = gaussian("--dim 6 --workers 3");
  for (size_t i = 0; i < 4; i++)
    for (size_t k = 0; k < 3; k++)
      check_covered(dir, &trials[i], rounds[k]);
  flint_cleanup();
}

/** Where the rounds are sure they are drawn all the same; X_K is eq. (28), L_jj not quite 1. */
Test(error_bound, covers_the_closed_form_of_sure_rounds) {
  const char *dir = gaussian("--dim 6 --workers 6 --homogeneous");
  ist_problem p;
  ist_status s;
  cr_assert_eq(ist_problem_load(dir, 0, &p, &s), IST_OK);
  cr_assert(ist_problem_precondition(&p));
  for (size_t K = 1; K <= 10000; K *= 100) {
    json_t *run = command_json("run %s --precondition --sketch scaled-perm --step 0.25 --rounds "
                               "%zu --error-bound --json",
                               dir, K);
    const double bound = command_number(run, "error_bound");
    for (size_t j = 0; j < 6; j++) {
      const long double c = p.b[j] / sqrtl(6 * (long double)p.L[7 * j]);
      const long double exact = (1 - powl(0.75L, (long double)K)) * c;
      cr_expect_leq((double)fabsl(entry(run, "x", j) - exact), bound, "K = %zu", K);
    }
    cr_expect_leq(bound, 1e-13);
    json_decref(run);
  }
  ist_problem_free(&p);
}

/* --- Longley's data --- */

static const char *longley(int workers) {
  const char *dir = scratch_path("longley");
  command_result r = command_run(
      "problem regression " LONGLEY " --workers %d --ridge 0.1 --standardize -o %s", workers, dir);
  cr_assert_eq(r.code, 0, "%s", r.err);
  command_free(&r);
  return dir;
}

Test(error_bound, is_tiny_on_longley_for_any_number_of_rounds) {
  const char *dir = longley(6);
  double last = 0;
  for (size_t K = 100; K <= 10000; K *= 10) {
    json_t *run = command_json(
        "run %s --sketch scaled-perm --step 0.5 --rounds %zu --error-bound --json", dir, K);
    const double bound = command_number(run, "error_bound");
    cr_expect(bound > 0 && bound < 1e-14, "K = %zu: %g", K, bound);
    cr_expect(last == 0 || bound < 3 * last, "K = %zu: %g after %g", K, bound, last);
    last = bound;
    json_decref(run);
  }
}

/** The README says so. */
Test(error_bound, is_tiny_on_longley_with_larger_blocks) {
  json_t *run = command_json("run %s --rounds 100 --error-bound --json", longley(3));
  const double bound = command_number(run, "error_bound");
  cr_expect(bound > 0 && bound < 1e-14, "%g", bound);
  json_decref(run);
}

Test(error_bound, no_round_makes_no_error) {
  json_t *run = command_json("run %s --rounds 0 --start gaussian --error-bound --json", longley(3));
  cr_expect_eq(command_number(run, "error_bound"), 0);
  json_decref(run);
}

/* --- everything else stays as it is --- */

static void assert_only_adds(const char *options) {
  const char *dir = scratch_path("p"), *one = scratch_path("1.csv"), *two = scratch_path("2.csv");
  json_t *plain = command_json("run %s %s --trace %s --json", dir, options, one);
  json_t *bounded = command_json("run %s %s --trace %s --error-bound --json", dir, options, two);
  file_expect_same(one, two);
  cr_expect_gt(command_number(bounded, "error_bound"), 0);
  json_object_del(bounded, "error_bound");
  cr_expect(json_equal(plain, bounded), "%s", options);
  json_decref(plain);
  json_decref(bounded);
}

Test(error_bound, adds_a_key_and_changes_no_other) {
  gaussian("--dim 6 --workers 3");
  assert_only_adds("--sketch identity --start gaussian");
  assert_only_adds("--sketch perm --step 0.01");
  assert_only_adds("--sketch scaled-perm --step 0.3 --seed 7");
  assert_only_adds("--sketch rand --step 0.01 --certify");
}

Test(error_bound, adds_a_row_to_the_table) {
  const char *dir = gaussian("--dim 4 --workers 2");
  char *plain = command_output(command_run("run %s --step 0.01", dir));
  char *bounded = command_output(command_run("run %s --step 0.01 --error-bound", dir));
  json_t *json = command_json("run %s --step 0.01 --error-bound --json", dir);
  char row[120];
  snprintf(row, sizeof row, "error_bound    %-24.17g |x_j - X_j|",
           command_number(json, "error_bound"));
  char *found = strstr(bounded, row), *end = found != NULL ? strchr(found, '\n') : NULL;
  cr_assert_not_null(end, "%s", bounded);
  memmove(found, end + 1, strlen(end));
  cr_expect_str_eq(bounded, plain);
  json_decref(json);
  free(plain);
  free(bounded);
}

Test(error_bound, same_bytes_for_any_number_of_threads) {
  const char *dir = gaussian("--dim 400 --workers 4");
  setenv("OMP_NUM_THREADS", "1", 1);
  char *one =
      command_output(command_run("run %s --step 0.0001 --rounds 5 --error-bound --json", dir));
  setenv("OMP_NUM_THREADS", "3", 1);
  char *three =
      command_output(command_run("run %s --step 0.0001 --rounds 5 --error-bound --json", dir));
  cr_expect_str_eq(one, three);
  free(one);
  free(three);
}

Test(error_bound, a_checkpoint_may_be_written) {
  const char *dir = gaussian("--dim 4 --workers 2");
  json_t *whole = command_json("run %s --step 0.01 --rounds 20 --json", dir);
  json_decref(command_json("run %s --step 0.01 --rounds 9 --checkpoint %s --error-bound --json",
                           dir, scratch_path("c")));
  json_t *resumed =
      command_json("run %s --step 0.01 --rounds 20 --resume %s --json", dir, scratch_path("c"));
  cr_expect(json_equal(whole, resumed));
  json_decref(whole);
  json_decref(resumed);
}

/* --- where there is none --- */

/** Step 1e20 multiplies any error by about -1e20 in a round; the iterate stays at its fixed point.
 */
static const char *fixed_at_zero(void) {
  scratch_write("L.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n1\n0.5\n1\n");
  return scratch_path("");
}

Test(error_bound, is_null_beyond_the_range) {
  const char *dir = fixed_at_zero();
  for (int K = 1; K <= 100; K += 33) {
    json_t *run = command_json("run %s --sketch identity --workers 2 --step 1e20 --rounds %d "
                               "--error-bound --json",
                               dir, K);
    const json_t *reason = json_object_get(json_object_get(run, "reasons"), "error_bound");
    if (K == 1) {
      cr_expect_null(reason);
      cr_expect_gt(command_number(run, "error_bound"), 0);
    } else {
      cr_expect(json_is_null(json_object_get(run, "error_bound")), "K = %d", K);
      cr_expect_str_eq(json_string_value(reason), REASON);
    }
    cr_expect_eq(entry(run, "x", 0), 0);
    json_decref(run);
  }
}

Test(error_bound, the_table_says_why_it_is_missing) {
  char *text = command_output(command_run(
      "run %s --sketch identity --workers 2 --step 1e20 --error-bound", fixed_at_zero()));
  cr_expect_not_null(strstr(text, "\nerror_bound    does not exist           " REASON "\n"), "%s",
                     text);
  free(text);
}

Test(error_bound, divergence_is_refused_as_ever) {
  const char *dir = gaussian("--dim 4 --workers 2");
  command_result plain = command_run("run %s --step 1e10 --rounds 100", dir);
  command_result bounded = command_run("run %s --step 1e10 --rounds 100 --error-bound", dir);
  cr_expect_eq(bounded.code, 4);
  cr_expect_str_eq(bounded.err, plain.err);
  cr_expect_str_empty(bounded.out);
  command_free(&plain);
  command_free(&bounded);
}
