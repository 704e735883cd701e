/** --certify: the keys of ist constants, the steps of ist run and ist expect, announcements. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../support/command.h"
#include "../support/scratch.h"

static void open_scratch(void) { scratch_open(); }

TestSuite(certified, .init = open_scratch, .fini = scratch_close);

static const char *const keys[] = {"theta_enclosure", "lambda_min_enclosure",
                                   "lambda_max_enclosure", "w_lambda_min_enclosure"};

/** Every enclosure that is null has a reason. */
static void assert_reasons(const json_t *answer) {
  const json_t *reasons = json_object_get(answer, "reasons");
  for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
    const json_t *value = json_object_get(answer, keys[k]);
    cr_expect_not_null(value, "%s is missing", keys[k]);
    cr_expect_eq(json_is_null(value), json_is_string(json_object_get(reasons, keys[k])), "%s",
                 keys[k]);
  }
}

static double bound(const json_t *answer, const char *key, size_t end) {
  const json_t *value = json_array_get(json_object_get(answer, key), end);
  cr_assert(json_is_number(value), "%s is no interval", key);
  return json_number_value(value);
}

static void assert_encloses(const json_t *answer, const char *key, double value, double width) {
  double lo = bound(answer, key, 0), hi = bound(answer, key, 1);
  cr_expect(lo <= value && value <= hi && hi - lo <= width, "%s: [%.17g, %.17g], %.17g", key, lo,
            hi, value);
}

/** N14: theta of L = (28 I, I, I) is 393/5. */
static const char *N14_divergence(void) {
  static const char format[] = "%%%%MatrixMarket matrix coordinate real symmetric\n"
                               "3 3 3\n1 1 %d\n2 2 %d\n3 3 %d\n";
  for (int i = 1; i <= 3; i++) {
    char text[200], name[8];
    int entry = i == 1 ? 28 : 1;
    snprintf(text, sizeof text, format, entry, entry, entry);
    snprintf(name, sizeof name, "L-%d.mtx", i);
    scratch_write(name, text);
  }
  return scratch_path("");
}

/** N14: theta of L = (3/2 K, 1/2 K), K = [[1, 9/10], [9/10, 1]], is 23/2. */
static const char *N14_ascent(void) {
  scratch_write("L-1.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n1.5\n1.35\n1.5\n");
  scratch_write("L-2.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n0.5\n0.45\n0.5\n");
  return scratch_path("");
}

Test(certified, theta_of_the_divergent_case) {
  json_t *answer = command_json("constants %s --certify --json", N14_divergence());
  assert_encloses(answer, "theta_enclosure", 393.0 / 5, 1e-9);
  assert_encloses(answer, "lambda_min_enclosure", 10, 1e-10);
  assert_encloses(answer, "lambda_max_enclosure", 10, 1e-10);
  cr_expect_str_eq(json_string_value(json_object_get(answer, "w_psd")), "proved");
  assert_reasons(answer);
  json_decref(answer);
}

Test(certified, theta_of_the_ascending_case) {
  json_t *answer = command_json("constants %s --certify --json --full", N14_ascent());
  assert_encloses(answer, "theta_enclosure", 23.0 / 2, 1e-9);
  assert_encloses(answer, "lambda_min_enclosure", 0.1, 1e-12);
  assert_encloses(answer, "lambda_max_enclosure", 1.9, 1e-11);
  cr_expect_not_null(json_object_get(answer, "second_moment"));
  json_decref(answer);
}

Test(certified, refuted_and_undecided_W) {
  scratch_write("L.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n1\n1.8\n4\n");
  json_t *answer = command_json("constants %s --certify --json", scratch_path(""));
  cr_expect_str_eq(json_string_value(json_object_get(answer, "w_psd")), "refuted");
  cr_expect_lt(bound(answer, "w_lambda_min_enclosure", 1), 0);
  cr_expect(json_is_null(json_object_get(answer, "theta_enclosure")));
  assert_reasons(answer);
  json_decref(answer);
  scratch_write("L.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n1\n1.5\n3\n");
  answer = command_json("constants %s --certify --json", scratch_path(""));
  cr_expect_str_eq(json_string_value(json_object_get(answer, "w_psd")), "undecided");
  assert_encloses(answer, "w_lambda_min_enclosure", 0, 1e-28);
  assert_reasons(answer);
  json_decref(answer);
}

Test(certified, text) {
  command_result r = command_run("constants %s --certify", N14_divergence());
  cr_expect_eq(r.code, 0);
  cr_expect_str_empty(r.err);
  cr_expect_not_null(strstr(r.out, "\nW psd          proved\n"), "%s", r.out);
  cr_expect_not_null(strstr(r.out, "\ntheta          [78.59999999"), "%s", r.out);
  command_free(&r);
}

/** The automatic step of --certify is just below 1/theta and marked; a longer one is not. */
Test(certified, steps_are_marked) {
  const char *dir = N14_divergence();
  static const char *const commands[] = {"run", "expect"};
  for (size_t k = 0; k < 2; k++) {
    json_t *answer = command_json("%s %s --certify --rounds 2 --json", commands[k], dir);
    double step = command_number(answer, "step");
    cr_expect(json_is_true(json_object_get(answer, "step_certified")));
    cr_expect(step <= 5.0 / 393 && step >= 5.0 / 393 * (1 - 0x1p-22), "%.17g", step);
    json_decref(answer);
    answer = command_json("%s %s --certify --rounds 2 --step 0.013 --json", commands[k], dir);
    cr_expect(json_is_false(json_object_get(answer, "step_certified")));
    cr_expect_eq(command_number(answer, "step"), 0.013);
    json_decref(answer);
    answer = command_json("%s %s --certify --rounds 2 --step 0.012 --json", commands[k], dir);
    cr_expect(json_is_true(json_object_get(answer, "step_certified")));
    json_decref(answer);
    answer = command_json("%s %s --rounds 2 --json", commands[k], dir);
    cr_expect_null(json_object_get(answer, "step_certified"));
    json_decref(answer);
    command_result r = command_run("%s %s --certify --rounds 2", commands[k], dir);
    cr_expect_not_null(strstr(r.out, "(certified: at most 1/theta)"), "%s", r.out);
    command_free(&r);
    r = command_run("%s %s --certify --rounds 2 --step 1", commands[k], dir);
    cr_expect_not_null(strstr(r.out, "(not certified)"), "%s", r.out);
    command_free(&r);
  }
}

/** Without --certify, too, the automatic step is at most 1/theta: --certify confirms it when it is
 *  given back; and by little, as a step that is longer by 2^-20 of it is not confirmed. */
Test(certified, automatic_steps_are_proved) {
  static const char *const options[] = {"", "--sketch rand", "--sketch identity",
                                        "--sketch rand --block 1"};
  for (size_t k = 0; k < 4; k++)
    for (int seed = 1; seed <= 3; seed++) {
      char given[80];
      const char *dir = scratch_path("random");
      json_decref(
          command_json("problem gaussian --dim 6 --workers 3 --seed %d -o %s --json", seed, dir));
      json_t *answer = command_json("expect %s %s --rounds 1 --json", dir, options[k]), *given_step;
      const double step = command_number(answer, "step");
      json_decref(answer);
      answer = command_json("run %s %s --start gaussian --json", dir, options[k]);
      given_step =
          command_json("run %s %s --start gaussian --step %.17g --json", dir, options[k], step);
      cr_expect(json_equal(answer, given_step), "%s", options[k]);
      json_decref(given_step);
      json_decref(answer);
      for (int longer = 0; longer < 2; longer++) {
        snprintf(given, sizeof given, "--step %.17g", longer ? step * (1 + 0x1p-20) : step);
        answer = command_json("run %s %s %s --certify --rounds 1 --json", dir, options[k], given);
        cr_expect_eq(json_is_true(json_object_get(answer, "step_certified")), !longer, "%s %s",
                     options[k], given);
        json_decref(answer);
      }
    }
}

/** Where double precision proves no bound of theta, there is no automatic step without --certify.
 */
Test(certified, automatic_steps_without_a_proof) {
  scratch_write("L.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n1e40\n0\n1e40\n");
  command_refuses(4,
                  "no automatic step: no bound of theta = 2e+40 is proved in double precision; "
                  "give --step",
                  "run %s", scratch_path(""));
  json_t *answer = command_json("run %s --certify --rounds 1 --json", scratch_path(""));
  cr_expect(json_is_true(json_object_get(answer, "step_certified")));
  json_decref(answer);
}

/** Scaled Perm-1: B = I surely, theta = 1, and the automatic step 1 is certified. */
Test(certified, scaled_perm_1) {
  json_t *answer = command_json("run %s --sketch scaled-perm --certify --json", N14_divergence());
  cr_expect_eq(command_number(answer, "step"), 1);
  cr_expect(json_is_true(json_object_get(answer, "step_certified")));
  json_decref(answer);
}

Test(certified, refused_where_nothing_is_proved) {
  scratch_write("L.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n1\n1.8\n4\n");
  command_refuses(4,
                  "no certified step: W is proved indefinite, so no theta satisfies (14); give "
                  "--step",
                  "run %s --certify", scratch_path(""));
  json_t *answer = command_json("run %s --certify --step 0.1 --rounds 1 --json", scratch_path(""));
  cr_expect(json_is_false(json_object_get(answer, "step_certified")));
  json_decref(answer);
}

/** One worker, one coordinate, or whole blocks. */
Test(certified, smallest_problems) {
  scratch_write("L.mtx", "%%MatrixMarket matrix array real symmetric\n1 1\n2\n");
  static const char *const sketches[] = {"identity", "perm", "rand"};
  for (size_t k = 0; k < 3; k++) {
    json_t *answer =
        command_json("constants %s --certify --sketch %s --json", scratch_path(""), sketches[k]);
    assert_encloses(answer, "theta_enclosure", 2, 1e-11);
    json_decref(answer);
  }
}

/** What takes long says so first. */
Test(certified, announced, .timeout = 300) {
  const char *dir = scratch_path("p");
  json_decref(command_json("problem gaussian --dim 280 --workers 1 -o %s --json", dir));
  command_result r = command_run("constants %s --certify --json", dir);
  cr_expect_eq(r.code, 0);
  cr_expect_eq(strncmp(r.err, "ist: certifying in multiple precision; this takes about ", 55), 0,
               "%s", r.err);
  cr_expect_eq(strcspn(r.err, "\n") + 1, strlen(r.err));
  json_t *answer = json_loads(r.out, 0, NULL);
  cr_assert_not_null(answer);
  cr_expect(json_is_array(json_object_get(answer, "theta_enclosure")));
  json_decref(answer);
  command_free(&r);
}

/** Hilbert's matrix of order 10 under Perm-1: what double precision cannot tell from 0 has its
 *  digits from the certificate, and theta its proof that there is none. */
Test(certified, digits_that_double_precision_does_not_give) {
  char text[8192] = "%%MatrixMarket matrix array real symmetric\n10 10\n";
  for (size_t j = 0; j < 10; j++)
    for (size_t k = j; k < 10; k++)
      snprintf(text + strlen(text), sizeof text - strlen(text), "%.17g\n", 1 / (double)(j + k + 1));
  scratch_write("L.mtx", text);
  char *out = command_output(command_run("constants %s --workers 10 --certify", scratch_path("")));
  cr_expect_not_null(strstr(out, "\nlambda_min     1.0932524335"), "%s", out);
  cr_expect_not_null(strstr(out, "\nw_lambda_min   -1.2158149044"), "%s", out);
  cr_expect_not_null(strstr(out, "\ntheta          does not exist       W is proved indefinite"),
                     "%s", out);
  free(out);
}

/** Where W is closer to singular than double precision can tell, but definite: L near 1 1', the
 *  certificate finds theta, and so does the table. */
Test(certified, theta_that_double_precision_does_not_find) {
  scratch_write("L.mtx",
                "%%MatrixMarket matrix array real symmetric\n2 2\n1\n0.999999999999999\n1\n");
  char *plain =
      command_output(command_run("constants %s --sketch perm --workers 2", scratch_path("")));
  cr_expect_not_null(strstr(plain, "\ntheta          does not exist "), "%s", plain);
  json_t *answer = command_json("constants %s --workers 2 --certify --json", scratch_path(""));
  /* E[B] = 2I: W = 2L, E[B L B] = 4L, theta = 2. */
  assert_encloses(answer, "theta_enclosure", 2, 1e-11);
  cr_expect_float_eq(command_number(answer, "theta"), 2, 1e-11);
  cr_expect_float_eq(command_number(answer, "step_max"), 0.5, 1e-11);
  cr_expect_leq(command_number(json_object_get(answer, "errors"), "theta"), 1e-11);
  assert_reasons(answer);
  json_decref(answer);
  free(plain);
}
