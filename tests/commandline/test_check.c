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
#include "cli/report.h"
#include "problem/load.h"

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
  static const size_t holding[] = {24, 24, 50};
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
    cr_expect_eq(json_is_string(json_object_get(c, "reason")), !applies);
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

/** E2: L~ = [[1, 1/2], [1/2, 1]]: lambda_min of the inverse is 2/3. */
Test(check, erratum_2) {
  const double L[] = {1, 0.5, 0.5, 1};
  json_t *answer = command_json("check %s --json", save(L, 2, 2, 1));
  assert_number(answer, "E2", "value", 4.0 / 3);
  assert_number(answer, "E2", "bound", 4.0 / 3);
  cr_expect_str_eq(verdict(answer, "E2"), "holds");
  json_decref(answer);
}

/** E3: theta of (17) is 30 (and 2), the true one 393/5 (and 23/2). */
Test(check, erratum_3) {
  const double L[] = {28, 0, 0, 0, 28, 0, 0, 0, 28, 1, 0, 0, 0, 1,
                      0,  0, 0, 1, 1,  0, 0, 0, 1,  0, 0, 0, 1};
  json_t *answer = command_json("check %s --json", save(L, 3, 3, 3));
  assert_number(answer, "E3", "value", 30);
  assert_number(answer, "E3", "bound", 393.0 / 5);
  json_decref(answer);
  const double K[] = {1.5, 1.35, 1.35, 1.5, 0.5, 0.45, 0.45, 0.5};
  answer = command_json("check %s --json", save(K, 2, 2, 2));
  assert_number(answer, "E3", "value", 2);
  assert_number(answer, "E3", "bound", 23.0 / 2);
  json_decref(answer);
}

/** The same as printed: (17) would suffice, and W would be (LD + DL)/2. */
Test(check, errata_3_and_4_as_printed) {
  const double L[] = {28, 0, 0, 0, 28, 0, 0, 0, 28, 1, 0, 0, 0, 1,
                      0,  0, 0, 1, 1,  0, 0, 0, 1,  0, 0, 0, 1};
  json_t *answer = command_json("check %s --json", save(L, 3, 3, 3));
  assert_number(answer, "E3-print", "value", 30);
  assert_number(answer, "E3-print", "bound", 393.0 / 5);
  cr_expect_str_eq(verdict(answer, "E3-print"), "holds");
  assert_number(answer, "E4-print", "value", 200); /* (3 - 1) 10^2: L is 10 I */
  cr_expect_str_eq(verdict(answer, "E4-print"), "holds");
  json_decref(answer);
  answer = command_json("check %s --json", save(L, 3, 1, 1)); /* n = 1: q = d */
  cr_expect_str_eq(verdict(answer, "E4-print"), "not-applicable");
  json_decref(answer);
}

/** E1: L = [[5,4],[4,5]], [L^{-1/2}]_jj = 2/3: (4/9) 5. Diagonal matrices hide the misprint. */
Test(check, erratum_1_as_printed) {
  const double L[] = {5, 4, 4, 5}, diagonal[] = {5, 0, 0, 7};
  json_t *answer = command_json("check %s --json", save(L, 2, 2, 1));
  assert_number(answer, "E1-print", "value", 20.0 / 9);
  assert_number(answer, "E1-print", "bound", 1);
  cr_expect_str_eq(verdict(answer, "E1-print"), "holds");
  json_decref(answer);
  answer = command_json("check %s --json", save(diagonal, 2, 2, 1));
  cr_expect_str_eq(verdict(answer, "E1-print"), "not-applicable");
  cr_expect_str_eq(verdict(answer, "E1"), "holds");
  json_decref(answer);
}

/** E2 as printed: 3/2 for 2/3, times n = 2. It is right for L = I. */
Test(check, erratum_2_as_printed) {
  const double L[] = {1, 0.5, 0.5, 1}, identity[] = {3, 0, 0, 7};
  json_t *answer = command_json("check %s --json", save(L, 2, 2, 1));
  assert_number(answer, "E2-print", "value", 4.0 / 3);
  assert_number(answer, "E2-print", "bound", 3);
  cr_expect_str_eq(verdict(answer, "E2-print"), "holds");
  json_decref(answer);
  answer = command_json("check %s --json", save(identity, 2, 2, 1)); /* preconditioned: I */
  cr_expect_str_eq(verdict(answer, "E2-print"), "not-applicable");
  json_decref(answer);
}

/** E6 beyond q = 1: n = 1, d = 3, off-diagonal 19/20, b = 0, x_0 = 1, step 9/10, K = 2. */
Test(check, erratum_6_for_larger_blocks) {
  const double L[] = {1, 0.95, 0.95, 0.95, 1, 0.95, 0.95, 0.95, 1};
  const char *dir = save(L, 3, 1, 1);
  const char *x =
      scratch_write("x.mtx", "%%MatrixMarket matrix array real general\n3 1\n1\n1\n1\n");
  json_t *answer =
      command_json("check %s --workers 1 --start %s --step 0.9 --rounds 2 --json", dir, x);
  assert_number(answer, "E6-q", "value", 3125127.0 / 200000);
  assert_number(answer, "E6-q", "bound", -5528349663.0 / 200000000);
  cr_expect_str_eq(verdict(answer, "E6-q"), "holds");
  cr_expect_str_eq(verdict(answer, "P16"), "not-applicable");
  json_decref(answer);
}

/** E7: L = I, n = 4: half of x* is missed; L = nI: x_inf = x*, and the preprint is right. */
Test(check, erratum_7_as_printed) {
  static const double multiples[] = {1, 4};
  for (size_t i = 0; i < 2; i++) {
    ist_problem p;
    ist_status s;
    cr_assert(ist_problem_alloc(&p, 4, 4, 1, 1));
    for (size_t j = 0; j < 4; j++) {
      p.L[j * 5] = multiples[i];
      p.b[j] = (double)j + 1;
    }
    ist_problem_note_interpolation(&p);
    cr_assert_eq(ist_problem_save(&p, scratch_path("p"), &s), IST_OK);
    ist_problem_free(&p);
    json_t *answer = command_json("check %s --json", scratch_path("p"));
    cr_expect_str_eq(verdict(answer, "E7-print"), i == 0 ? "holds" : "not-applicable");
    if (i == 0)
      assert_number(answer, "E7-print", "value", 2);
    else
      cr_expect_str_eq(verdict(answer, "P19-ist"), "holds"); /* perm still moves it */
    json_decref(answer);
  }
}

/** P11, E4: a = 1, b = 4, c = 9/5. */
Test(check, indefinite_W) {
  const double L[] = {1, 1.8, 1.8, 4};
  json_t *answer = command_json("check %s --json", save(L, 2, 2, 1));
  /* det W = n^2 (-17/4), n = 2; |c| - 2ab/(a+b) = 1/5. */
  assert_number(answer, "P11", "value", -17.0 / 5);
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

/** E5: L = I, n = 4: half of x* is missing at the fixed point. */
Test(check, erratum_5) {
  ist_problem p;
  ist_status s;
  cr_assert(ist_problem_alloc(&p, 4, 4, 1, 1));
  for (size_t j = 0; j < 4; j++) {
    p.L[j * 5] = 1;
    p.b[j] = (double)j + 1;
  }
  ist_problem_note_interpolation(&p);
  cr_assert_eq(ist_problem_save(&p, scratch_path("p"), &s), IST_OK);
  ist_problem_free(&p);
  json_t *answer = command_json("check %s --json", scratch_path("p"));
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

/** A step so large that exact moments overflow is a reason, not a violation. */
Test(check, diverging_moments_do_not_apply) {
  json_decref(command_json("problem gaussian --dim 6 --workers 3 -o %s --json", scratch_path("p")));
  json_t *answer = command_json("check %s --sketch scaled-perm --step 1e30 --rounds 50 --json",
                                scratch_path("p"));
  cr_expect_str_eq(verdict(answer, "N8"), "not-applicable");
  json_decref(answer);
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

/** E3's problem once more: Theorem 1 on a step that is proved to be at most 5/393. */
Test(check, certified_step) {
  const double L[] = {28, 0, 0, 0, 28, 0, 0, 0, 28, 1, 0, 0, 0, 1,
                      0,  0, 0, 1, 1,  0, 0, 0, 1,  0, 0, 0, 1};
  const char *dir = save(L, 3, 3, 3);
  json_t *answer = command_json("check %s --certify --json", dir);
  cr_expect_str_eq(verdict(answer, "P07-cert"), "holds");
  double step = command_number(claim(answer, "P07-cert"), "value");
  cr_expect(step < 5.0 / 393 && step > 5.0 / 393 * (1 - 1e-9), "%.17g", step);
  cr_expect_str_eq(verdict(answer, "P06"), "holds");
  cr_expect_str_eq(verdict(answer, "P07-run"), "holds");
  cr_expect_eq(count(answer, "violated"), 0);
  json_decref(answer);
  answer = command_json("check %s --json", dir);
  cr_expect_str_eq(verdict(answer, "P07-cert"), "not-applicable");
  json_decref(answer);
  answer = command_json("check %s --certify --step 0.02 --json", dir);
  cr_expect_str_eq(verdict(answer, "P07-cert"), "not-applicable");
  json_decref(answer);
}

/** P19-P21, P13-step, P05: where other methods stay, IST moves; every omega is allowed. */
Test(check, other_methods) {
  json_decref(command_json("problem gaussian --dim 6 --workers 6 --homogeneous -o %s --json",
                           scratch_path("p")));
  json_t *answer = command_json("check %s --json", scratch_path("p"));
  cr_expect_str_eq(verdict(answer, "P05"), "holds");
  cr_expect_str_eq(verdict(answer, "P05-far"), "holds");
  cr_expect_str_eq(verdict(answer, "P18-star"), "holds");
  cr_expect_str_eq(verdict(answer, "P19"), "holds");
  cr_expect_str_eq(verdict(answer, "P19-ist"), "holds");
  cr_expect_str_eq(verdict(answer, "P21"), "holds");
  cr_expect_str_eq(verdict(answer, "P20"), "not-applicable");
  json_decref(answer);
  json_decref(command_json("problem gaussian --dim 6 --workers 6 --interpolation -o %s --json",
                           scratch_path("q")));
  answer = command_json("check %s --json", scratch_path("q"));
  cr_expect_str_eq(verdict(answer, "P13-step"), "holds");
  cr_expect_str_eq(verdict(answer, "P19-ist"), "not-applicable");
  cr_expect_str_eq(verdict(answer, "P20"), "holds");
  cr_expect_str_eq(verdict(answer, "P06-run"), "holds");
  cr_expect_str_eq(verdict(answer, "P07-run"), "holds");
  json_decref(answer);
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

/** Starts at the edge of the range are checked before the kernel sees their sums. */
Test(check, start_at_the_edge_of_the_range) {
  const double L[] = {2, 1, 1, 2};
  const char *dir = save(L, 2, 2, 1);
  const char *x =
      scratch_write("x.mtx", "%%MatrixMarket matrix array real general\n2 1\n1e48\n1e48\n");
  json_t *answer = command_json("check %s --start %s --json", dir, x);
  cr_expect_str_eq(verdict(answer, "P04"), "not-applicable");
  cr_expect_eq(count(answer, "violated"), 0);
  json_decref(answer);
}

Test(check, table_fits_100_columns) {
  json_decref(command_json("problem gaussian --dim 6 --workers 6 -o %s --json", scratch_path("p")));
  command_result r = command_run("check %s", scratch_path("p"));
  cr_assert_eq(r.code, 0);
  for (const char *line = r.out; *line != '\0'; line += strcspn(line, "\n") + 1)
    cr_expect_leq(strcspn(line, "\n"), 100, "%.110s", line);
  cr_expect_not_null(strstr(r.out, "\nP16       scaled-perm holds "));
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

/** E2 as printed: n lambda_min(L~^-1) = n lambda_max(L~), which is false. */
static ist_code printed_erratum_2(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  double n = (double)u->p->n;
  ist_find_equal(f, n / u->c.lambda_max, n * u->c.lambda_max, n * u->c.lambda_max);
  return IST_OK;
}

static ist_code report_printed_erratum_2(bool json, ist_status *s) {
  static const ist_claim table[] = {
      {"E2-print", "n lambda_min(L^-1) = n lambda_max(L)", IST_ABOUT_ANY, IST_ASSUME_PRECONDITIONED,
       printed_erratum_2},
      {"E2-again", "n lambda_min(L^-1) = n lambda_max(L)", IST_ABOUT_ANY, 0, printed_erratum_2},
      {0}};
  static const ist_claim *const tables[] = {table, NULL};
  const double L[] = {1, 0.5, 0.5, 1}, x0[] = {1, 2};
  ist_problem p;
  cr_assert(ist_problem_alloc(&p, 2, 2, 1, 1));
  memcpy(p.L, L, sizeof L);
  ist_check k = {.p = &p, .x0 = x0, .rounds = 3};
  ist_code code = ist_report(&k, tables, json, s);
  ist_check_close(&k);
  ist_problem_free(&p);
  return code;
}

Test(check, a_violated_claim) {
  ist_status s;
  cr_redirect_stdout();
  cr_assert_eq(report_printed_erratum_2(false, &s), IST_VIOLATED);
  cr_assert_str_eq(s.text, "2 claims violated: E2-print, E2-again");
  fflush(stdout);
  cr_assert_stdout_eq_str(
      "claim     sketch      verdict              value       bound statement\n"
      "E2-print  perm        violated            1.3333           3 n lambda_min(L^-1) = n "
      "lambda_max(L)\n"
      "                                     exceeded by 1.67; the tolerance is 3e-09\n"
      "E2-again  perm        violated            1.3333           3 n lambda_min(L^-1) = n "
      "lambda_max(L)\n"
      "                                     exceeded by 1.67; the tolerance is 3e-09\n");
}

Test(check, a_violated_claim_as_json) {
  ist_status s;
  cr_redirect_stdout();
  cr_assert_eq(report_printed_erratum_2(true, &s), IST_VIOLATED);
  fflush(stdout);
  char text[2000];
  FILE *out = cr_get_redirected_stdout();
  text[fread(text, 1, sizeof text - 1, out)] = '\0';
  cr_assert_not_null(strstr(text, "\"verdict\": \"violated\""), "%s", text);
  cr_assert_not_null(strstr(text, "\"reason\": \"exceeded by 1.67; the tolerance is 3e-09\""));
}
