/** ist constants: the stable keys, exact values from the golden cases, refusals. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"
#include "../support/golden.h"
#include "../support/scratch.h"
#include "problem/save.h"

static void open_scratch(void) { scratch_open(); }

TestSuite(constants, .init = open_scratch, .fini = scratch_close);

static void assert_keys(const json_t *object, const char *const *keys, size_t count) {
  for (size_t k = 0; k < count; k++)
    cr_expect_not_null(json_object_get(object, keys[k]), "%s is missing", keys[k]);
  cr_expect_eq(json_object_size(object), count);
}

static const char *const keys[] = {"schema",
                                   "d",
                                   "n",
                                   "q",
                                   "sketch",
                                   "homogeneous",
                                   "interpolation",
                                   "lambda_min",
                                   "lambda_max",
                                   "w_lambda_min",
                                   "theta",
                                   "step_max",
                                   "contraction",
                                   "rate_max",
                                   "x_star",
                                   "x_fixed",
                                   "h",
                                   "h_norm_sq",
                                   "sigma_sq",
                                   "sigma_sq_star",
                                   "eigenvalues",
                                   "errors",
                                   "rigorous",
                                   "reasons",
                                   "expected_B",
                                   "expected_v",
                                   "second_moment",
                                   "W",
                                   "cov_v"};

Test(constants, keys) {
  const char *dir = scratch_path("p");
  json_decref(command_json("problem gaussian --dim 6 --workers 3 -o %s --json", dir));
  json_t *plain = command_json("constants %s --json", dir);
  json_t *full = command_json("constants %s --json --full", dir);
  assert_keys(plain, keys, 24);
  assert_keys(full, keys, 29);
  cr_assert_str_eq(json_string_value(json_object_get(plain, "eigenvalues")), "full");
  cr_assert_str_eq(json_string_value(json_object_get(plain, "schema")), "ist.constants/1");
  cr_assert_str_eq(json_string_value(json_object_get(plain, "sketch")), "perm");
  cr_assert_eq(json_array_size(json_object_get(full, "W")), 6);
  cr_assert_eq(json_array_size(json_array_get(json_object_get(full, "W"), 5)), 6);
  json_decref(plain);
  json_decref(full);
}

/** The nulls among the errors, each with its reason; "rigorous" says whether there are none. */
static size_t assert_errors(json_t *object, json_t *reasons) {
  const char *key;
  json_t *value;
  size_t nulls = 0;
  json_object_foreach(json_object_get(object, "errors"), key, value) {
    char name[64];
    snprintf(name, sizeof name, "errors.%s", key);
    cr_expect_not_null(json_object_get(object, key), "an error of no number: %s", key);
    cr_expect_eq(json_is_null(value), json_object_get(reasons, name) != NULL, "%s", key);
    cr_expect(json_is_null(value) || json_number_value(value) >= 0, "%s", key);
    nulls += json_is_null(value);
  }
  cr_expect_eq(json_is_true(json_object_get(object, "rigorous")), nulls == 0);
  return nulls;
}

/** Asserts that every null of the object has a reason, and every reason a null. */
static void assert_reasons(json_t *object) {
  json_t *reasons = json_object_get(object, "reasons"), *value;
  const char *key;
  size_t nulls = 0;
  json_object_foreach(object, key, value) {
    if (!json_is_null(value))
      continue;
    nulls++;
    const char *reason = json_string_value(json_object_get(reasons, key));
    cr_expect(reason != NULL && reason[0] != '\0', "no reason for %s", key);
  }
  nulls += assert_errors(object, reasons);
  cr_expect_eq(json_object_size(reasons), nulls);
}

/** Every number that is not a size has an error. */
Test(constants, every_number_has_an_error) {
  const char *dir = scratch_path("p");
  json_decref(command_json("problem gaussian --dim 6 --workers 3 -o %s --json", dir));
  json_t *answer = command_json("constants %s --json --full", dir), *value;
  const char *key;
  json_t *errors = json_object_get(answer, "errors");
  json_object_foreach(answer, key, value) if (json_is_real(value) || json_is_array(value))
      cr_expect(json_is_real(json_object_get(errors, key)), "%s", key);
  cr_expect_eq(json_object_size(errors), 17); /* sigma_sq does not exist */
  cr_expect(json_is_true(json_object_get(answer, "rigorous")));
  assert_reasons(answer);
  json_decref(answer);
}

/** Hilbert's matrix of order 10: the digits of its smallest eigenvalue, 1.0932e-13, are right, and
 *  of what double precision cannot tell from 0 only a limit is shown. */
Test(constants, digits_of_an_ill_conditioned_matrix) {
  char text[8192] = "%%MatrixMarket matrix array real symmetric\n10 10\n";
  for (size_t j = 0; j < 10; j++)
    for (size_t k = j; k < 10; k++)
      snprintf(text + strlen(text), sizeof text - strlen(text), "%.17g\n", 1 / (double)(j + k + 1));
  scratch_write("L.mtx", text);
  char *out = command_output(command_run("constants %s --workers 10", scratch_path("")));
  cr_expect_not_null(strstr(out, "\nlambda_min     1.0932524335"), "%s", out);
  cr_expect_not_null(strstr(out, "\nw_lambda_min   < "), "%s", out);
  cr_expect_not_null(strstr(out, "\nsigma_sq_star  0 "), "%s", out);
  free(out);
}

/** With n = d, shared L and b, Perm-1's estimator is the same in every round: no noise, whatever
 *  the processor's kernels round to. */
Test(constants, no_noise_on_any_processor) {
  static const char *const types[] = {"Prescott", "Haswell", "SkylakeX"};
  const char *dir = scratch_path("p");
  json_decref(
      command_json("problem gaussian --dim 40 --workers 40 --homogeneous -o %s --json", dir));
  for (size_t k = 0; k < 3; k++) {
    setenv("OPENBLAS_CORETYPE", types[k], 1);
    json_t *answer = command_json("constants %s --json", dir);
    cr_expect_eq(command_number(answer, "sigma_sq_star"), 0, "%s", types[k]);
    cr_expect_eq(command_number(answer, "sigma_sq"), 0, "%s", types[k]);
    json_decref(answer);
  }
  unsetenv("OPENBLAS_CORETYPE");
}

/** What the table shows does not depend on the processor's kernels: where two differ in a digit,
 *  they are within one unit of it, and nearly all are the same. */
Test(constants, tables_of_different_processors) {
  const char *dir = scratch_path("p");
  json_decref(command_json("problem gaussian --dim 60 --workers 6 -o %s --json", dir));
  setenv("OPENBLAS_CORETYPE", "Prescott", 1);
  char *one = command_output(command_run("constants %s", dir));
  setenv("OPENBLAS_CORETYPE", "Haswell", 1);
  char *other = command_output(command_run("constants %s", dir));
  unsetenv("OPENBLAS_CORETYPE");
  size_t lines = 0;
  for (char *a = strtok(one, "\n"), *b = other; a != NULL; a = strtok(NULL, "\n"), lines++) {
    double x, y;
    cr_assert_not_null(b);
    if (lines > 4 && sscanf(a + 15, "%lf", &x) == 1 && sscanf(b + 15, "%lf", &y) == 1)
      cr_expect_float_eq(x, y, 1e-8 * fabs(x), "%s", a);
    b = strchr(b, '\n');
    b = b == NULL ? NULL : b + 1;
  }
  cr_expect_eq(lines, 15);
  free(one);
  free(other);
}

static void save_golden(const json_t *object, const char *path) {
  ist_problem p;
  ist_status s;
  golden_problem(object, &p);
  cr_assert_eq(ist_problem_save(&p, path, &s), IST_OK, "%s", s.text);
  ist_problem_free(&p);
}

static const char *sketch_of(const char *kind) {
  return strcmp(kind, "scaled") == 0 ? "scaled-perm" : kind;
}

/** The numbers of a nested array, in order, into out; returns how many. */
static size_t flatten(const json_t *value, double *out) {
  size_t index, count = 0;
  json_t *item;
  if (json_is_number(value)) {
    *out = json_number_value(value);
    return 1;
  }
  json_array_foreach(value, index, item) count += flatten(item, out + count);
  return count;
}

/** Compares member key of the answer with member golden_key of the golden case. */
static void compare(const json_t *golden, const char *golden_key, const json_t *answer,
                    const char *key) {
  double values[64], expected[64];
  size_t count = golden_numbers(golden_member(golden, golden_key), expected);
  cr_assert_eq(flatten(json_object_get(answer, key), values), count, "%s", key);
  golden_assert(golden, golden_key, values, 1);
}

Test(constants, golden_cases_to_1e_12) {
  json_t *root = golden_load();
  const json_t *cases = golden_member(root, "sketch_cases");
  size_t index, compared = 0;
  json_t *c;
  json_array_foreach(cases, index, c) {
    const char *kind = json_string_value(golden_member(c, "kind")), *dir = scratch_path("golden");
    char block[32] = "";
    if (strcmp(kind, "rand") == 0)
      snprintf(block, sizeof block, "--block %d", (int)golden_number(golden_member(c, "q")));
    save_golden(c, dir);
    json_t *answer =
        command_json("constants %s --sketch %s %s --json --full", dir, sketch_of(kind), block);
    compare(c, "E_B", answer, "expected_B");
    compare(c, "E_v", answer, "expected_v");
    compare(c, "E_B_Lbar_B", answer, "second_moment");
    compare(c, "W", answer, "W");
    compare(c, "Cov_v", answer, "cov_v");
    compare(c, "x_inf", answer, "x_fixed");
    compare(c, "x_star", answer, "x_star");
    assert_reasons(answer);
    json_decref(answer);
    compared++;
  }
  cr_assert_eq(compared, json_array_size(cases));
  cr_assert_geq(compared, 5);
  json_decref(root);
}

/** theta of L = I by sketch, of the golden file's table: d = nq. */
Test(constants, golden_theta_of_the_identity_matrix) {
  json_t *root = golden_load(), *value;
  const char *key;
  json_object_foreach((json_t *)golden_member(golden_member(root, "errata"), "theta_L=I"), key,
                      value) {
    char kind[16];
    size_t n, q;
    cr_assert_eq(sscanf(key, "%15[a-z]_n%zuq%zu", kind, &n, &q), 3, "%s", key);
    ist_problem p;
    ist_status s;
    cr_assert(ist_problem_alloc(&p, n * q, n, 1, 1));
    for (size_t j = 0; j < p.d; j++)
      p.L[j * p.d + j] = 1;
    cr_assert_eq(ist_problem_save(&p, scratch_path("identity"), &s), IST_OK);
    ist_problem_free(&p);
    json_t *answer = command_json("constants %s --workers %zu --sketch %s --json",
                                  scratch_path("identity"), n, kind);
    double theta = command_number(answer, "theta"), expected = golden_number(value);
    cr_expect_leq(fabs(theta - expected), 1e-12 * expected, "%s: %.17g", key, theta);
    json_decref(answer);
  }
  json_decref(root);
}

/** N14: the true theta of L = (28 I, I, I) is 393/5, where (17) gives 30. */
Test(constants, golden_theta_of_a_divergent_case) {
  ist_problem p;
  ist_status s;
  cr_assert(ist_problem_alloc(&p, 3, 3, 3, 1));
  for (size_t i = 0; i < 3; i++)
    for (size_t j = 0; j < 3; j++)
      p.L[i * 9 + j * 4] = i == 0 ? 28 : 1;
  cr_assert_eq(ist_problem_save(&p, scratch_path("n14"), &s), IST_OK);
  ist_problem_free(&p);
  json_t *answer = command_json("constants %s --json", scratch_path("n14"));
  cr_assert_float_eq(command_number(answer, "theta"), 393.0 / 5, 1e-12 * 393 / 5);
  cr_assert_float_eq(command_number(answer, "step_max"), 5.0 / 393, 1e-14);
  /* L_bar = 10 I and E[B] = 3 L_bar: the contraction is 30. */
  cr_assert_float_eq(command_number(answer, "rate_max"), 30 * 5.0 / 393, 1e-13);
  json_decref(answer);
}

/** E4: a = 1, b = 4, c = 9/5 makes W indefinite, so that no theta exists. */
static const char *save_indefinite(void) {
  scratch_write("L.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n1\n1.8\n4\n");
  return scratch_path("");
}

Test(constants, missing_theta_is_null_with_a_reason) {
  json_t *answer = command_json("constants %s --json", save_indefinite());
  cr_assert(json_is_null(json_object_get(answer, "theta")));
  cr_assert(json_is_null(json_object_get(answer, "step_max")));
  cr_assert(json_is_null(json_object_get(answer, "rate_max")));
  cr_assert_lt(command_number(answer, "w_lambda_min"), 0);
  assert_reasons(answer);
  json_decref(answer);
}

Test(constants, text_shows_the_same_numbers) {
  const char *dir = save_indefinite();
  command_result r = command_run("constants %s --full", dir);
  cr_assert_eq(r.code, 0);
  cr_assert_not_null(strstr(r.out, "\ntheta          does not exist "));
  cr_assert_not_null(strstr(r.out, "\nexpected_B\n"));
  json_t *answer = command_json("constants %s --json", dir);
  char line[80];
  snprintf(line, sizeof line, "\nlambda_max     %.12g ", command_number(answer, "lambda_max"));
  cr_expect_leq(command_number(json_object_get(answer, "errors"), "lambda_max"), 1e-14);
  cr_assert_not_null(strstr(r.out, line), "%s", line);
  json_decref(answer);
  command_free(&r);
}

Test(constants, precondition) {
  json_t *answer = command_json("constants %s --precondition --json", save_indefinite());
  /* (20)-(22): E[B] = nI, theta = n. */
  cr_assert_float_eq(command_number(answer, "theta"), 2, 1e-12);
  cr_assert_float_eq(command_number(answer, "lambda_max"), 1.9, 1e-12);
  json_decref(answer);
}

/** L_1 = [[1,1],[1,1]], L_2 = [[1,-1],[-1,1]], each singular, whose mean is I; b_1 = (1,2), b_2 =
 *  (3,-1) if with_b, else 0. */
static const char *save_singular_pair(bool with_b) {
  scratch_write("L-1.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n1\n1\n1\n");
  scratch_write("L-2.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n1\n-1\n1\n");
  if (with_b) {
    scratch_write("b-1.mtx", "%%MatrixMarket matrix array real general\n2 1\n1\n2\n");
    scratch_write("b-2.mtx", "%%MatrixMarket matrix array real general\n2 1\n3\n-1\n");
  }
  return scratch_path("");
}

/** By hand: under Perm-1 B = 2I surely, so that W = 2I, E[B L B] = 4I. Scaled Perm-1 has B = I.
 *  Rand-1, s = 2: each of B's two diagonal entries is 2 times a binomial number of 2 trials, whence
 *  E[B] = 2I and E[B_jj^2] = 4 * 3/2 = 6, theta 6/2. For the identity B = L_bar = I. */
Test(constants, workers_that_are_singular) {
  static const struct {
    const char *sketch;
    double theta, contraction;
  } expected[] = {{"perm", 2, 2}, {"scaled-perm", 1, 1}, {"rand", 3, 2}, {"identity", 1, 1}};
  for (int with_b = 0; with_b < 2; with_b++)
    for (size_t k = 0; k < 4; k++) {
      json_t *answer = command_json("constants %s --sketch %s --json --certify",
                                    save_singular_pair(with_b), expected[k].sketch);
      const double theta = expected[k].theta, contraction = expected[k].contraction;
      cr_expect_float_eq(command_number(answer, "theta"), theta, 1e-14 * theta);
      cr_expect_float_eq(command_number(answer, "contraction"), contraction, 1e-14 * contraction);
      cr_expect_float_eq(command_number(answer, "rate_max"), contraction / theta, 1e-14);
      cr_expect_eq(command_number(answer, "lambda_min"), 1);
      cr_expect_str_eq(json_string_value(json_object_get(answer, "w_psd")), "proved");
      const json_t *proved = json_object_get(answer, "theta_enclosure");
      cr_expect_leq(json_number_value(json_array_get(proved, 0)), theta);
      cr_expect_geq(json_number_value(json_array_get(proved, 1)), theta);
      assert_reasons(answer);
      json_decref(answer);
    }
}

/** Everything but scaled-perm and --precondition goes without D^{-1/2}. */
static void expect_scales_only_missed(const char *dir, const char *reason) {
  static const char *const commands[] = {"constants", "run", "expect"};
  static const char *const sketches[] = {"perm", "rand", "identity"};
  for (size_t c = 0; c < 3; c++) {
    command_refuses(4, reason, "%s %s --sketch scaled-perm%s", commands[c], dir,
                    c == 0 ? "" : " --step 0.1");
    for (size_t k = 0; k < 3; k++)
      free(command_output(command_run("%s %s --sketch %s%s", commands[c], dir, sketches[k],
                                      c == 0 ? "" : " --step 0.01")));
  }
}

Test(constants, a_diagonal_without_an_inverse_root) {
  scratch_write("L-1.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n2\n1\n4\n");
  scratch_write("L-2.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n1\n1\n0\n");
  expect_scales_only_missed(scratch_path(""),
                            "D_i^{-1/2} does not exist: diagonal entry (2,2) of L_2 is 0");
  scratch_write("L-2.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n-0.5\n0\n0\n");
  expect_scales_only_missed(scratch_path(""),
                            "D_i^{-1/2} does not exist: diagonal entry (1,1) of L_2 is -0.5");
}

/** One worker's negative diagonal against Perm-1 by hand: L_1 = Diag(6,-1), L_2 = Diag(-2,3),
 *  L_bar = Diag(2,1). B = 2 Diag(6,3) or 2 Diag(-2,-1): E[B] = 2 L_bar, W = Diag(8,2), E[B L B] =
 *  Diag(2 (144+16)/2, (36+4)/2) = Diag(160,20); theta = 20. */
Test(constants, a_negative_diagonal) {
  scratch_write("L-1.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n6\n0\n-1\n");
  scratch_write("L-2.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n-2\n0\n3\n");
  json_t *answer = command_json("constants %s --json", scratch_path(""));
  cr_expect_float_eq(command_number(answer, "theta"), 20, 1e-13);
  cr_expect_float_eq(command_number(answer, "w_lambda_min"), 2, 1e-13);
  json_decref(answer);
}

Test(constants, preconditioning_needs_the_diagonal) {
  scratch_write("L.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n1\n0\n1e-60\n");
  command_refuses(4,
                  "D^{-1/2} does not exist: diagonal entry (2,2) of L is 1e-60, below 6.84228e-49",
                  "constants %s --precondition", scratch_path(""));
  json_decref(command_json("constants %s --json", scratch_path("")));
}

Test(constants, a_singular_mean_is_refused) {
  scratch_write("L-1.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n1\n1\n1\n");
  scratch_write("L-2.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n3\n3\n3\n");
  char reason[600];
  snprintf(reason, sizeof reason,
           "%s: the mean of the 2 matrices: not positive definite: the leading minor of order 2 is "
           "not positive",
           scratch_path(""));
  command_refuses(3, reason, "constants %s", scratch_path(""));
}

Test(constants, refused_input) {
  char reason[600];
  snprintf(reason, sizeof reason, "%s: No such file or directory", scratch_path("absent"));
  command_refuses(3, reason, "constants %s", scratch_path("absent"));
  const char *dir = scratch_path("p");
  json_decref(command_json("problem gaussian --dim 6 --workers 4 -o %s --json", dir));
  command_refuses(3, "d = 6 is not a multiple of n = 4; the divisors of d are 1, 2, 3, 6",
                  "constants %s --sketch perm", dir);
  command_result r = command_run("constants tests/data/bad/entry-nan");
  cr_expect_eq(r.code, 3);
  cr_expect_eq(strncmp(r.err, "ist: tests/data/bad/entry-nan/L.mtx:", 36), 0, "%s", r.err);
  cr_expect_eq(strcspn(r.err, "\n") + 1, strlen(r.err));
  cr_expect_str_empty(r.out);
  command_free(&r);
}
