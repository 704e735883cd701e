/** ist check: claims and verdicts on real and on random problems; a violated claim. */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <criterion/redirect.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"
#include "../support/golden.h"
#include "../support/scratch.h"
#include "check/verdict.h"
#include "cli/report.h"
#include "problem/save.h"

static void open_scratch(void) { scratch_open(); }

TestSuite(check, .init = open_scratch, .fini = scratch_close);

#define LONGLEY "--data tests/data/longley/A.mtx --target tests/data/longley/target.mtx"

static json_t *claims_of(json_t *answer) {
  json_t *claims = json_object_get(answer, "claims");
  cr_assert_eq(json_object_size(answer), 2);
  cr_assert_str_eq(json_string_value(json_object_get(answer, "schema")), "ist.check/1");
  cr_assert(json_is_array(claims));
  return claims;
}

static const json_t *claim(json_t *answer, const char *id) {
  size_t index;
  json_t *c;
  json_array_foreach(claims_of(answer), index,
                     c) if (strcmp(json_string_value(json_object_get(c, "id")), id) == 0) return c;
  cr_assert_fail("no claim %s", id);
  return NULL;
}

static const char *verdict(json_t *answer, const char *id) {
  return json_string_value(json_object_get(claim(answer, id), "verdict"));
}

static void assert_number(json_t *answer, const char *id, const char *key, double expected) {
  double value = command_number(claim(answer, id), key);
  cr_expect_float_eq(value, expected, 1e-12 * (1 + fabs(expected)), "%s %s: %.17g, not %.17g", id,
                     key, value, expected);
}

/** How many claims of the answer have the verdict. */
static size_t count(json_t *answer, const char *wanted) {
  size_t index, found = 0;
  json_t *c;
  json_array_foreach(claims_of(answer), index, c) found +=
      strcmp(json_string_value(json_object_get(c, "verdict")), wanted) == 0;
  return found;
}

Test(check, longley) {
  static const int workers[] = {2, 3, 6};
  static const size_t holding[] = {26, 26, 51};
  for (size_t i = 0; i < 3; i++) {
    const char *dir = scratch_path("longley");
    json_decref(command_json("problem regression " LONGLEY " --workers %d --ridge 0.1 "
                             "--standardize -o %s --json",
                             workers[i], dir));
    json_t *answer = command_json("check %s --json", dir);
    cr_expect_eq(count(answer, "violated"), 0);
    cr_expect_geq(count(answer, "holds"), holding[i], "n = %d: %zu", workers[i],
                  count(answer, "holds"));
    cr_expect_str_eq(verdict(answer, "P02"), "holds");
    cr_expect_str_eq(verdict(answer, "P16"), workers[i] == 6 ? "holds" : "not-applicable");
    json_decref(answer);
  }
}

Test(check, raw_longley_is_badly_conditioned_and_still_checked) {
  const char *dir = scratch_path("raw");
  json_decref(
      command_json("problem regression " LONGLEY " --workers 2 --ridge 0.001 -o %s --json", dir));
  json_t *answer = command_json("check %s --json", dir);
  cr_expect_eq(count(answer, "violated"), 0);
  json_decref(answer);
}

Test(check, keys_and_reasons) {
  json_decref(command_json("problem gaussian --dim 4 --workers 4 -o %s --json", scratch_path("p")));
  json_t *answer = command_json("check %s --json", scratch_path("p")), *c;
  size_t index;
  json_array_foreach(claims_of(answer), index, c) {
    bool applies = strcmp(json_string_value(json_object_get(c, "verdict")), "not-applicable") != 0;
    bool sampled = strstr(json_string_value(json_object_get(c, "id")), "-run") != NULL;
    cr_expect_eq(json_object_size(c), applies && sampled ? 7 : 6);
    cr_expect_eq(json_is_real(json_object_get(c, "standard_error")), applies && sampled);
    cr_expect(json_is_string(json_object_get(c, "id")));
    cr_expect(json_is_string(json_object_get(c, "statement")));
    cr_expect_eq(json_is_real(json_object_get(c, "bound")), applies);
    cr_expect_eq(json_is_real(json_object_get(c, "value")), applies);
    bool refuted = strcmp(json_string_value(json_object_get(c, "verdict")), "refuted") == 0;
    const char *reason = json_string_value(json_object_get(c, "reason"));
    if (applies && !refuted) /* an equation says how well it holds */
      cr_expect(reason == NULL || strstr(reason, "both sides") == reason, "%s", reason);
    else
      cr_expect_not_null(reason);
  }
  json_decref(answer);
}

Test(check, ids_are_unique) {
  json_decref(command_json("problem gaussian --dim 2 --workers 2 -o %s --json", scratch_path("p")));
  json_t *answer = command_json("check %s --json", scratch_path("p"));
  json_t *claims = claims_of(answer), *seen = json_object(), *c;
  size_t index;
  json_array_foreach(claims, index, c)
      json_object_set_new(seen, json_string_value(json_object_get(c, "id")), json_true());
  cr_expect_eq(json_object_size(seen), json_array_size(claims));
  json_decref(seen);
  json_decref(answer);
}

typedef struct {
  char problem[80], options[80];
} setting;

ParameterizedTestParameters(check, no_claim_is_violated) {
  static setting cases[] = {
      {"--dim 1 --workers 1", ""},
      {"--dim 2 --workers 2 --interpolation", ""},
      {"--dim 2 --workers 2 --homogeneous", "--precondition"},
      {"--dim 5 --workers 5 --homogeneous", ""},
      {"--dim 5 --workers 5 --homogeneous --interpolation", "--precondition"},
      {"--dim 6 --workers 6", "--step 1.7"},
      {"--dim 6 --workers 6", "--step 0.99 --rounds 200"},
      {"--dim 6 --workers 6", "--step 1e-6 --start zero"},
      {"--dim 6 --workers 3 --interpolation", "--sketch perm"},
      {"--dim 6 --workers 3", "--sketch scaled-perm"},
      {"--dim 7 --workers 3 --interpolation", "--sketch rand --block 2"},
      {"--dim 7 --workers 3 --interpolation", "--sketch rand --block 7"},
      {"--dim 7 --workers 3 --interpolation", "--sketch identity"},
      {"--dim 7 --workers 3", ""},
      {"--dim 12 --workers 12 --interpolation", "--rounds 3"},
  };
  return cr_make_param_array(setting, cases, sizeof cases / sizeof *cases);
}

ParameterizedTest(setting *t, check, no_claim_is_violated, .init = open_scratch,
                  .fini = scratch_close) {
  for (int seed = 1; seed <= 5; seed++) {
    const char *dir = scratch_path("p");
    json_decref(command_json("problem gaussian %s --seed %d -o %s --json", t->problem, seed, dir));
    json_t *answer = command_json("check %s %s --seed %d --json", dir, t->options, seed);
    cr_expect_eq(count(answer, "violated"), 0);
    cr_expect_geq(count(answer, "holds"), 3);
    json_decref(answer);
  }
}

/** Writes shared L = entries (d x d) for n workers, b = 0, and returns its directory. */
static const char *save(const double *L, size_t d, size_t n, size_t count) {
  ist_problem p;
  ist_status s;
  const char *dir = scratch_path("p");
  cr_assert(ist_problem_alloc(&p, d, n, count, 1));
  memcpy(p.L, L, count * d * d * sizeof *L);
  cr_assert_eq(ist_problem_save(&p, dir, &s), IST_OK);
  ist_problem_free(&p);
  return dir;
}

/** Workers that cancel in the mean, the first pair singular, the second indefinite with a zero on a
 *  diagonal: rounding errors are of the workers' size, not of the mean's. */
Test(check, workers_that_cancel) {
  static const double pairs[][8] = {{1, 1, 1, 1, 1, -1, -1, 1},
                                    {0, 1e4, 1e4, -999, 2, -1e4, -1e4, 1001}};
  static const char *const sketches[] = {"identity", "perm", "rand"};
  for (size_t i = 0; i < 2; i++)
    for (size_t k = 0; k < 3; k++) {
      json_t *answer =
          command_json("check %s --sketch %s --json", save(pairs[i], 2, 2, 2), sketches[k]);
      cr_expect_eq(count(answer, "violated"), 0, "pair %zu, %s", i, sketches[k]);
      cr_expect_geq(count(answer, "holds"), 5);
      json_decref(answer);
    }
}

/** E2: L~ = [[1, 1/2], [1/2, 1]]: lambda_min of the inverse is 2/3. */
Test(check, correction_2) {
  const double L[] = {1, 0.5, 0.5, 1};
  json_t *answer = command_json("check %s --json", save(L, 2, 2, 1));
  assert_number(answer, "E2", "value", 4.0 / 3);
  assert_number(answer, "E2", "bound", 4.0 / 3);
  cr_expect_str_eq(verdict(answer, "E2"), "holds");
  json_decref(answer);
}

/** P10: theta of (17) is 30 (and 2), the least one of (14) 393/5 (and 23/2): what (17) leaves out,
 *  N14, is not 0. With one L for all workers both are the same. */
Test(check, condition_17) {
  const double L[] = {28, 0, 0, 0, 28, 0, 0, 0, 28, 1, 0, 0, 0, 1,
                      0,  0, 0, 1, 1,  0, 0, 0, 1,  0, 0, 0, 1};
  json_t *answer = command_json("check %s --json", save(L, 3, 3, 3));
  assert_number(answer, "P10", "value", 30);
  assert_number(answer, "P10", "bound", 393.0 / 5);
  cr_expect_str_eq(verdict(answer, "P10"), "holds");
  cr_expect_str_eq(verdict(answer, "P10-equal"), "not-applicable");
  cr_expect_str_eq(verdict(answer, "N14"), "holds");
  json_decref(answer);
  const double K[] = {1.5, 1.35, 1.35, 1.5, 0.5, 0.45, 0.45, 0.5};
  answer = command_json("check %s --json", save(K, 2, 2, 2));
  assert_number(answer, "P10", "value", 2);
  assert_number(answer, "P10", "bound", 23.0 / 2);
  json_decref(answer);
  answer = command_json("check %s --json", save(L, 3, 3, 1));
  cr_expect_str_eq(verdict(answer, "P10-equal"), "holds");
  cr_expect_str_eq(verdict(answer, "N14"), "not-applicable");
  json_decref(answer);
}

/** E4 as printed: W would be (LD + DL)/2, without the factor n. */
Test(check, correction_4_as_printed) {
  const double L[] = {28, 0, 0, 0, 28, 0, 0, 0, 28, 1, 0, 0, 0, 1,
                      0,  0, 0, 1, 1,  0, 0, 0, 1,  0, 0, 0, 1};
  json_t *answer = command_json("check %s --json", save(L, 3, 3, 3));
  assert_number(answer, "E4-print", "value", 200); /* (3 - 1) 10^2: L is 10 I */
  cr_expect_str_eq(verdict(answer, "E4-print"), "refuted");
  cr_expect_str_eq(verdict(answer, "E4"), "holds");
  json_decref(answer);
  answer = command_json("check %s --json", save(L, 1, 1, 1)); /* n = 1 */
  cr_expect_str_eq(verdict(answer, "E4-print"), "not-applicable");
  json_decref(answer);
}

/** E1: L = [[5,4],[4,5]], [L^{-1/2}]_jj = 2/3: (4/9) 5. For diagonal matrices both are one. */
Test(check, correction_1_as_printed) {
  const double L[] = {5, 4, 4, 5}, diagonal[] = {5, 0, 0, 7};
  json_t *answer = command_json("check %s --json", save(L, 2, 2, 1));
  assert_number(answer, "E1-print", "value", 20.0 / 9);
  assert_number(answer, "E1-print", "bound", 1);
  cr_expect_str_eq(verdict(answer, "E1-print"), "refuted");
  cr_expect_str_eq(json_string_value(json_object_get(claim(answer, "E1-print"), "reason")),
                   "correction: the diagonal of D_i^{-1/2}, not that of L_i^{-1/2}");
  json_decref(answer);
  answer = command_json("check %s --json", save(diagonal, 2, 2, 1));
  cr_expect_str_eq(verdict(answer, "E1-print"), "not-applicable");
  cr_expect_str_eq(verdict(answer, "E1"), "holds");
  json_decref(answer);
}

/** E2 as printed: 3/2 for 2/3, times n = 2. It is right for L = I. */
Test(check, correction_2_as_printed) {
  const double L[] = {1, 0.5, 0.5, 1}, identity[] = {3, 0, 0, 7};
  json_t *answer = command_json("check %s --json", save(L, 2, 2, 1));
  assert_number(answer, "E2-print", "value", 4.0 / 3);
  assert_number(answer, "E2-print", "bound", 3);
  cr_expect_str_eq(verdict(answer, "E2-print"), "refuted");
  json_decref(answer);
  answer = command_json("check %s --json", save(identity, 2, 2, 1)); /* preconditioned: I */
  cr_expect_str_eq(verdict(answer, "E2-print"), "not-applicable");
  json_decref(answer);
}

/** N16: n = 1, d = 3, off-diagonal 19/20, b = 0, x_0 = 1, step 9/10, K = 2. */
Test(check, theorem_2_for_larger_blocks) {
  const double L[] = {1, 0.95, 0.95, 0.95, 1, 0.95, 0.95, 0.95, 1};
  const char *dir = save(L, 3, 1, 1);
  const char *x =
      scratch_write("x.mtx", "%%MatrixMarket matrix array real general\n3 1\n1\n1\n1\n");
  json_t *answer =
      command_json("check %s --workers 1 --start %s --step 0.9 --rounds 2 --json", dir, x);
  assert_number(answer, "N16", "value", 3125127.0 / 200000);
  assert_number(answer, "N16", "bound", -5528349663.0 / 200000000);
  cr_expect_str_eq(verdict(answer, "N16"), "holds");
  cr_expect_str_eq(verdict(answer, "P16"), "not-applicable");
  json_decref(answer);
  const double unit[] = {1, 0, 0, 1};
  answer =
      command_json("check %s --workers 1 --json", save(unit, 2, 1, 1)); /* B = I all the same */
  cr_expect_str_eq(verdict(answer, "N16"), "not-applicable");
  json_decref(answer);
}

/** Saves n = d = 4, L = multiple I, b given, and returns its directory. */
static const char *save_multiple(double multiple, const double *b) {
  ist_problem p;
  ist_status s;
  cr_assert(ist_problem_alloc(&p, 4, 4, 1, 1));
  for (size_t j = 0; j < 4; j++) {
    p.L[j * 5] = multiple;
    p.b[j] = b[j];
  }
  ist_problem_note_interpolation(&p);
  cr_assert_eq(ist_problem_save(&p, scratch_path("p"), &s), IST_OK);
  ist_problem_free(&p);
  return scratch_path("p");
}

static const double ascending[] = {1, 2, 3, 4};

/** E9: L = I/100, b = 1, G = 2/3, from x_inf = 5: 361/4 a coordinate, above 3971/600 as displayed,
 *  below 3971/6 as corrected. With L = I both weights are one. */
Test(check, correction_9_as_displayed) {
  const double ones[] = {1, 1, 1, 1};
  const char *dir = save_multiple(0.01, ones);
  const char *x =
      scratch_write("x.mtx", "%%MatrixMarket matrix array real general\n4 1\n5\n5\n5\n5\n");
  json_t *answer = command_json("check %s --start %s --step %.17g --json", dir, x, 2.0 / 3);
  assert_number(answer, "E9-print", "value", 361);
  assert_number(answer, "E9-print", "bound", 4 * 3971.0 / 600);
  cr_expect_str_eq(verdict(answer, "E9-print"), "refuted");
  assert_number(answer, "P16", "value", 361);
  assert_number(answer, "P16", "bound", 4 * 3971.0 / 6);
  cr_expect_str_eq(verdict(answer, "P16"), "holds");
  cr_expect_str_eq(verdict(answer, "N2-equal"), "holds");
  cr_expect_eq(count(answer, "violated"), 0);
  json_decref(answer);
  answer = command_json("check %s --step %.17g --json", save_multiple(1, ones), 2.0 / 3);
  cr_expect_str_eq(verdict(answer, "E9-print"), "not-applicable");
  json_decref(answer);
}

/** N17: one round at G = 1 leads to x_inf in the mean, off x* by h. */
Test(check, one_round_at_step_1) {
  json_t *answer = command_json("check %s --json", save_multiple(1, ascending));
  cr_expect_str_eq(verdict(answer, "N17"), "holds");
  cr_expect_str_eq(verdict(answer, "N17-star"), "holds");
  json_decref(answer);
  answer = command_json("check %s --json", save_multiple(4, ascending)); /* x_inf = x* */
  cr_expect_str_eq(verdict(answer, "P19-ist"), "holds");                 /* perm still moves it */
  json_decref(answer);
}

/** P11, E4: a = 1, b = 4, c = 9/5. */
Test(check, indefinite_W) {
  const double L[] = {1, 1.8, 1.8, 4};
  json_t *answer = command_json("check %s --json", save(L, 2, 2, 1));
  /* det W = n^2 (-17/4), n = 2, negative as |c| > 2ab/(a+b) = 8/5. */
  assert_number(answer, "P11", "value", -17);
  assert_number(answer, "P11", "bound", -17);
  cr_expect_str_eq(verdict(answer, "P06"), "not-applicable");
  json_decref(answer);
}

/** N7: kappa = 3 is within 3 + 2 sqrt 2; the smallest eigenvalue of LD is that of L. */
Test(check, small_condition_number) {
  const double L[] = {2, 1, 1, 2};
  json_t *answer = command_json("check %s --json", save(L, 2, 2, 1));
  assert_number(answer, "N7", "value", 2);
  cr_expect_str_eq(verdict(answer, "N7"), "holds");
  json_decref(answer);
}

/** c = 2ab/(a+b) = 3/2, a = 1, b = 3: W is singular, which no precision tells from definite.
 *  Nothing is violated, and the reason says what is known. */
Test(check, singular_W_is_undecided) {
  const double L[] = {1, 1.5, 1.5, 3};
  json_t *answer = command_json("check %s --json", save(L, 2, 2, 1));
  cr_expect_str_eq(verdict(answer, "P06"), "undecided");
  cr_expect_str_eq(verdict(answer, "P07-cert"), "not-applicable");
  const char *reason = json_string_value(json_object_get(claim(answer, "P06"), "reason"));
  cr_expect_eq(strstr(reason, "lambda_min(W) in ["), reason, "%s", reason);
  cr_expect_not_null(strstr(reason, "with 4096 bits"));
  cr_expect(json_is_null(json_object_get(claim(answer, "P06"), "value")));
  assert_number(answer, "P11", "value", 0);
  cr_expect_eq(count(answer, "violated"), 0);
  json_decref(answer);
  command_result r = command_run("check %s", scratch_path("p"));
  cr_expect_eq(r.code, 0);
  cr_expect_not_null(strstr(r.out, " undecided"));
  command_free(&r);
}

/** E5: L = I, n = 4: half of x* is missing at the fixed point. */
Test(check, correction_5) {
  json_t *answer = command_json("check %s --json", save_multiple(1, ascending));
  assert_number(answer, "E5", "value", 0.5);
  assert_number(answer, "E5", "bound", 0.5);
  json_decref(answer);
}

/** Theorem 2 of the golden file: averages, printed and sharpened right sides. */
Test(check, golden_theorem_2) {
  json_t *root = golden_load(), *c;
  size_t index;
  json_array_foreach(golden_member(root, "theorem2_cases"), index, c) {
    ist_problem p;
    ist_status s;
    double x0[8], gamma = golden_number(golden_member(c, "gamma"));
    golden_problem(c, &p);
    cr_assert_eq(ist_problem_save(&p, scratch_path("p"), &s), IST_OK);
    golden_numbers(golden_member(c, "x0"), x0);
    char text[300] = "%%MatrixMarket matrix array real general\n";
    snprintf(text + strlen(text), 20, "%zu 1\n", p.d);
    for (size_t j = 0; j < p.d; j++)
      snprintf(text + strlen(text), 30, "%.17g\n", x0[j]);
    ist_problem_free(&p);
    json_t *answer = command_json("check %s --start %s --step %.17g --rounds %d --json",
                                  scratch_path("p"), scratch_write("x.mtx", text), gamma,
                                  (int)golden_number(golden_member(c, "K")));
    double average = golden_number(golden_member(c, "avg_gradnorm"));
    assert_number(answer, "N1", "value", average);
    assert_number(answer, "N1", "bound", average);
    assert_number(answer, "N2", "bound", golden_number(golden_member(c, "sharpened_rhs")));
    if (gamma < 1)
      assert_number(answer, "P16", "bound", golden_number(golden_member(c, "printed_rhs")));
    else
      cr_expect_str_eq(verdict(answer, "P16"), "not-applicable");
    cr_expect_eq(count(answer, "violated"), 0);
    json_decref(answer);
  }
  json_decref(root);
}

Test(check, steps_beyond_the_hypotheses_do_not_apply) {
  json_decref(command_json("problem gaussian --dim 4 --workers 4 --interpolation -o %s --json",
                           scratch_path("p")));
  json_t *answer = command_json("check %s --sketch identity --step 50 --json", scratch_path("p"));
  cr_expect_str_eq(verdict(answer, "P06"), "not-applicable");
  json_decref(answer);
  answer = command_json("check %s --sketch scaled-perm --step 2 --json", scratch_path("p"));
  cr_expect_str_eq(verdict(answer, "N1"), "not-applicable");
  cr_expect_str_eq(verdict(answer, "N2"), "not-applicable");
  cr_expect_str_eq(verdict(answer, "P15"), "not-applicable");
  json_decref(answer);
}

/** Moments beyond the range of doubles are enclosed like others; no double is printed for them. */
Test(check, moments_beyond_the_range_of_doubles) {
  json_decref(command_json("problem gaussian --dim 6 --workers 3 -o %s --json", scratch_path("p")));
  json_t *answer = command_json("check %s --sketch scaled-perm --step 1e30 --rounds 50 --json",
                                scratch_path("p"));
  cr_expect_str_eq(verdict(answer, "N8"), "holds");
  cr_expect_str_eq(verdict(answer, "N8-run"), "not-applicable");
  json_decref(answer);
  command_result r =
      command_run("check %s --sketch scaled-perm --step 1e30 --rounds 50", scratch_path("p"));
  cr_expect_null(strstr(r.out, " inf "));
  cr_expect_null(strstr(r.out, " nan "));
  command_free(&r);
}

/** One step of gradient descent by hand: L = [[2,1],[1,2]], x_0 = (1, 2), theta = 3, so that
 *  x_1 = (-1/3, 1/3), f(x_0) = 7, f(x_1) = 1/9, ||grad f(x_0)||^2 = 41, and the rate is 1 - 1/3. */
Test(check, theorem_1_by_hand) {
  const double L[] = {2, 1, 1, 2};
  const char *dir = save(L, 2, 1, 1);
  const char *x = scratch_write("x.mtx", "%%MatrixMarket matrix array real general\n2 1\n1\n2\n");
  json_t *answer = command_json("check %s --sketch identity --rounds 1 --start %s --json", dir, x);
  assert_number(answer, "P06", "value", 41);
  assert_number(answer, "P06", "bound", 6 * (7 - 1.0 / 9));
  assert_number(answer, "P07", "value", 2.0 / 9);
  assert_number(answer, "P07", "bound", 28.0 / 3);
  json_decref(answer);
}

/** N14's problem once more: theta, 393/5, in the interval that is proved, and Theorem 1 on a step
 *  that is proved to be at most 1/theta. */
Test(check, certified_step) {
  const double L[] = {28, 0, 0, 0, 28, 0, 0, 0, 28, 1, 0, 0, 0, 1,
                      0,  0, 0, 1, 1,  0, 0, 0, 1,  0, 0, 0, 1};
  const char *dir = save(L, 3, 3, 3);
  json_t *answer = command_json("check %s --certify --json", dir);
  cr_expect_str_eq(verdict(answer, "P07-cert"), "holds");
  assert_number(answer, "P07-cert", "value", 393.0 / 5);
  cr_expect_str_eq(verdict(answer, "P06"), "holds");
  cr_expect_str_eq(verdict(answer, "P07-run"), "holds");
  cr_expect_eq(count(answer, "violated"), 0);
  json_decref(answer);
  answer = command_json("check %s --json", dir);
  cr_expect_str_eq(verdict(answer, "P07-cert"), "not-applicable");
  json_decref(answer);
}

/** P19-P21, P23, P24, N19, P13-step, P05: where other methods stay, IST moves. */
Test(check, other_methods) {
  json_decref(command_json("problem gaussian --dim 6 --workers 6 --homogeneous -o %s --json",
                           scratch_path("p")));
  json_t *answer = command_json("check %s --json", scratch_path("p"));
  cr_expect_str_eq(verdict(answer, "P05"), "holds");
  cr_expect_str_eq(verdict(answer, "P05-far"), "holds");
  cr_expect_str_eq(verdict(answer, "P18-star"), "holds");
  cr_expect_str_eq(verdict(answer, "P19"), "holds");
  cr_expect_str_eq(verdict(answer, "P19-var"), "holds");
  cr_expect_str_eq(verdict(answer, "P19-ist"), "holds");
  cr_expect_str_eq(verdict(answer, "P21"), "holds");
  cr_expect_str_eq(verdict(answer, "P23"), "holds");
  cr_expect_str_eq(verdict(answer, "N2-equal"), "holds");
  cr_expect_str_eq(verdict(answer, "P20"), "not-applicable");
  json_decref(answer);
  json_decref(command_json("problem gaussian --dim 6 --workers 6 --interpolation -o %s --json",
                           scratch_path("q")));
  answer = command_json("check %s --json", scratch_path("q"));
  cr_expect_str_eq(verdict(answer, "P13-step"), "holds");
  cr_expect_str_eq(verdict(answer, "P19-ist"), "not-applicable");
  cr_expect_str_eq(verdict(answer, "P20"), "holds");
  cr_expect_str_eq(verdict(answer, "P24"), "holds");
  cr_expect_str_eq(verdict(answer, "P24-scale"), "holds");
  cr_expect_str_eq(verdict(answer, "N19"), "holds");
  cr_expect_str_eq(verdict(answer, "P06-run"), "holds");
  cr_expect_str_eq(verdict(answer, "P07-run"), "holds");
  json_decref(answer);
}

/** P20 at and near the border omega = mu^2/L^2, with a mean that is diagonal though no worker is. */
Test(check, compressed_iterates_at_the_border) {
  static const struct {
    const char *diagonal, *verdict;
  } border[] = {{"1", "not-applicable"}, {"0.99999999999999989", "holds"}, {"3", "holds"}};
  for (size_t k = 0; k < 3; k++) {
    char text[200];
    for (int i = 1; i <= 2; i++) {
      snprintf(text, sizeof text, "%%%%MatrixMarket matrix array real symmetric\n2 2\n1\n%s\n%s\n",
               i == 1 ? "1" : "-1", border[k].diagonal);
      scratch_write(i == 1 ? "L-1.mtx" : "L-2.mtx", text);
    }
    json_t *answer = command_json("check %s --sketch rand --json", scratch_path(""));
    cr_expect_str_eq(verdict(answer, "P20"), border[k].verdict, "%s", border[k].diagonal);
    json_decref(answer);
  }
}

/** (28) along x_0 - x_inf, by hand: L = I, b = 0, n = d = 2, step 1/2, K = 2, so that every run is
 *  x_2 = x_0/4 with x_0 = (3, 4): 25/4. Its averages: (25 + 25/4)/2. */
Test(check, runs_by_hand) {
  const double L[] = {1, 0, 0, 1};
  const char *dir = save(L, 2, 2, 1);
  const char *x = scratch_write("x.mtx", "%%MatrixMarket matrix array real general\n2 1\n3\n4\n");
  json_t *answer =
      command_json("check %s --sketch scaled-perm --rounds 2 --start %s --json", dir, x);
  assert_number(answer, "P15-run", "value", 25.0 / 4);
  assert_number(answer, "P15-run", "bound", 25.0 / 4);
  assert_number(answer, "N1-run", "value", 125.0 / 8);
  assert_number(answer, "N1-run", "bound", 125.0 / 8);
  assert_number(answer, "N5-run", "value", 25.0 / 16);
  assert_number(answer, "N5-run", "bound", 25.0 / 16);
  assert_number(answer, "N5-x-run", "value", 25.0 / 16);
  assert_number(answer, "N4-run", "value", 1);
  assert_number(answer, "N1-run", "standard_error", 0);
  json_decref(answer);
}

/** Only the identity sketch leaves nothing to chance. */
Test(check, runs_of_every_sketch) {
  static const char *const sketches[] = {"identity", "perm", "scaled-perm", "rand"};
  json_decref(command_json("problem gaussian --dim 6 --workers 3 -o %s --json", scratch_path("p")));
  for (size_t i = 0; i < 4; i++) {
    json_t *answer =
        command_json("check %s --sketch %s --step 0.01 --json", scratch_path("p"), sketches[i]);
    cr_expect_str_eq(verdict(answer, "N4-run"), "holds");
    double error = command_number(claim(answer, "N4-run"), "standard_error");
    cr_expect(i == 0 ? error < 1e-12 : error > 1e-6 && error < 0.1, "%s: %g", sketches[i], error);
    json_decref(answer);
  }
}

/** Steps that sampling cannot follow, or that nothing chooses, are reasons. */
Test(check, runs_that_do_not_apply) {
  json_decref(command_json("problem gaussian --dim 6 --workers 3 -o %s --json", scratch_path("p")));
  json_t *answer = command_json("check %s --sketch scaled-perm --step 9 --json", scratch_path("p"));
  cr_expect_str_eq(verdict(answer, "N5-run"), "not-applicable");
  json_decref(answer);
  const double L[] = {1, 1.8, 1.8, 4};
  answer = command_json("check %s --json", save(L, 2, 2, 1)); /* no theta */
  cr_expect_str_eq(verdict(answer, "N4-run"), "not-applicable");
  json_decref(answer);
  answer = command_json("check %s --step 0.1 --json", scratch_path("p"));
  cr_expect_str_eq(verdict(answer, "N4-run"), "holds");
  json_decref(answer);
  answer = command_json("check %s --sketch scaled-perm --workers 2 --step 2.5 --json",
                        scratch_path("p"));
  cr_expect_str_eq(verdict(answer, "N1-run"), "not-applicable");
  cr_expect_str_eq(verdict(answer, "P21"), "not-applicable");
  cr_expect_str_eq(verdict(answer, "P22"), "not-applicable");
  json_decref(answer);
}

/** Starts at the edge of the kernel's range are in no range of the enclosures. */
Test(check, start_at_the_edge_of_the_range) {
  const double L[] = {2, 1, 1, 2};
  const char *dir = save(L, 2, 2, 1);
  const char *x =
      scratch_write("x.mtx", "%%MatrixMarket matrix array real general\n2 1\n1e48\n1e48\n");
  json_t *answer = command_json("check %s --start %s --json", dir, x);
  cr_expect_str_eq(verdict(answer, "P04"), "holds");
  cr_expect_eq(count(answer, "violated"), 0);
  json_decref(answer);
}

/** How many lines of text begin with a claim's id. */
static size_t count_rows(const char *text) {
  size_t found = 0;
  for (const char *line = text; *line != '\0'; line += strcspn(line, "\n") + 1)
    found += strchr("PNE", line[0]) != NULL;
  return found;
}

Test(check, table_fits_100_columns) {
  json_decref(command_json("problem gaussian --dim 6 --workers 6 -o %s --json", scratch_path("p")));
  command_result r = command_run("check %s --all", scratch_path("p"));
  cr_assert_eq(r.code, 0);
  for (const char *line = r.out; *line != '\0'; line += strcspn(line, "\n") + 1)
    cr_expect_leq(strcspn(line, "\n"), 100, "%.110s", line);
  cr_expect_not_null(strstr(r.out, "\nP16       scaled-perm holds "));
  cr_expect_not_null(strstr(r.out, "\nE1-print  scaled-perm printed: fails "));
  cr_expect_not_null(strstr(r.out, "\nP18       scaled-perm not-applicable the problem is not "));
  command_free(&r);
}

/** The table shows the rows that apply, and the last line counts the others; --all shows them. */
Test(check, table_without_rows_that_do_not_apply) {
  json_decref(command_json("problem gaussian --dim 6 --workers 6 -o %s --json", scratch_path("p")));
  json_t *answer = command_json("check %s --json", scratch_path("p"));
  size_t refuted = count(answer, "refuted"), absent = count(answer, "not-applicable");
  char last[120];
  cr_assert_gt(refuted, 1);
  snprintf(last, sizeof last,
           "\n%zu hold, %zu do not apply, 0 violated, 0 undecided; %zu printed formulas fail as "
           "their corrections "
           "say\n",
           count(answer, "holds"), absent, refuted);
  command_result r = command_run("check %s", scratch_path("p"));
  command_result all = command_run("check %s --all", scratch_path("p"));
  cr_expect_str_eq(r.out + strlen(r.out) - strlen(last), last);
  cr_expect_eq(count_rows(r.out), count(answer, "holds") + refuted);
  cr_expect_eq(count_rows(all.out), json_array_size(claims_of(answer)));
  cr_expect_null(strstr(r.out, "not-applicable"));
  command_free(&r);
  command_free(&all);
  json_decref(answer);
}

/** What --help says of the problem to which most claims apply. */
Test(check, problem_of_the_help) {
  json_decref(command_json("problem gaussian --dim 2 --workers 2 --homogeneous --interpolation "
                           "--seed 2 -o %s --json",
                           scratch_path("tiny")));
  json_t *answer = command_json("check %s --certify --json", scratch_path("tiny"));
  char text[40];
  snprintf(text, sizeof text, "All but %zu of them apply", count(answer, "not-applicable"));
  command_result r = command_run("check --help");
  cr_expect_not_null(strstr(r.out, text), "%s", text);
  cr_expect_eq(count(answer, "violated"), 0);
  command_free(&r);
  json_decref(answer);
}

/** The column "se" has the standard errors of means of runs, and how equal both sides of an
 *  equation are; of an inequality it is empty. */
Test(check, standard_errors_have_a_column) {
  json_decref(command_json("problem gaussian --dim 6 --workers 6 -o %s --json", scratch_path("p")));
  command_result r = command_run("check %s", scratch_path("p"));
  const char *heading = strstr(r.out, " se ");
  cr_assert_not_null(heading);
  size_t column = (size_t)(heading - r.out) + 2;
  const char *equation = strstr(r.out, "\nN1 ") + 1, *inequality = strstr(r.out, "\nN2 ") + 1;
  const char *sampled = strstr(r.out, "\nN1-run ") + 1;
  cr_expect_eq(equation[column - 2], '=');
  cr_expect(equation[column - 1] >= '3', "%.80s", equation); /* at least 30 digits */
  cr_expect_eq(inequality[column], ' ');
  cr_expect_neq(sampled[column], ' ');
  command_free(&r);
}

/** With a sketch, the table leaves out the claims about others; JSON gives the reason. */
Test(check, claims_about_other_sketches) {
  json_decref(command_json("problem gaussian --dim 6 --workers 6 -o %s --json", scratch_path("p")));
  command_result r = command_run("check %s --sketch perm", scratch_path("p"));
  cr_expect_null(strstr(r.out, "\nP16 "));
  command_free(&r);
  json_t *answer = command_json("check %s --sketch perm --json", scratch_path("p"));
  cr_expect_str_eq(json_string_value(json_object_get(claim(answer, "P16"), "reason")),
                   "not about the perm sketch");
  json_decref(answer);
}

/** A claim that is false, n/lambda_max = n lambda_max, as a row of its own. */
static ist_code false_claim(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  ist_balls *e = &u->x->work;
  ist_ball n = ist_ball_count(e, u->p->n), max = ist_exact_lambda_max(u->x);
  ist_ball product = ist_ball_mul(e, n, max);
  ist_verdict_equal(e, f, ist_ball_div(e, n, max), product, product);
  return IST_OK;
}

static ist_code report_false_claims(bool json, ist_status *s) {
  static const ist_claim table[] = {
      {"E2-false", "n/lambda_max = n lambda_max", IST_ABOUT_ANY, IST_ASSUME_PRECONDITIONED,
       false_claim},
      {"E2-again", "n/lambda_max = n lambda_max", IST_ABOUT_ANY, 0, false_claim},
      {0}};
  static const ist_claim *const tables[] = {table, NULL};
  const double L[] = {1, 0.5, 0.5, 1}, x0[] = {1, 2};
  ist_problem p;
  cr_assert(ist_problem_alloc(&p, 2, 2, 1, 1));
  memcpy(p.L, L, sizeof L);
  ist_check k = {.p = &p, .x0 = x0, .rounds = 3};
  ist_code code = ist_report(&k, tables, (ist_report_style){.json = json}, s);
  ist_check_close(&k);
  ist_problem_free(&p);
  return code;
}

Test(check, a_violated_claim) {
  ist_status s;
  cr_redirect_stdout();
  cr_assert_eq(report_false_claims(false, &s), IST_VIOLATED);
  cr_assert_str_eq(s.text, "2 claims violated: E2-false, E2-again");
  fflush(stdout);
  cr_assert_stdout_eq_str(
      "claim     sketch      verdict             value      bound      se statement\n"
      "E2-false  perm        violated           1.3333          3         n/lambda_max = n "
      "lambda_max\n"
      "                                     proved: exceeded by about 1.67\n"
      "E2-again  perm        violated           1.3333          3         n/lambda_max = n "
      "lambda_max\n"
      "                                     proved: exceeded by about 1.67\n"
      "0 hold, 0 do not apply, 2 violated, 0 undecided\n");
}

Test(check, a_violated_claim_as_json) {
  ist_status s;
  cr_redirect_stdout();
  cr_assert_eq(report_false_claims(true, &s), IST_VIOLATED);
  fflush(stdout);
  char text[2000];
  FILE *out = cr_get_redirected_stdout();
  text[fread(text, 1, sizeof text - 1, out)] = '\0';
  cr_assert_not_null(strstr(text, "\"verdict\": \"violated\""), "%s", text);
  cr_assert_not_null(strstr(text, "\"reason\": \"proved: exceeded by about 1.67\""));
}
