/** ist run: the output, identical bytes, the closed form of (28), steps, starts, divergence. */
#include <criterion/criterion.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"
#include "../support/files.h"
#include "../support/scratch.h"
#include "kernel/range.h"
#include "problem/load.h"
#include "run/start.h"

static void open_scratch(void) { scratch_open(); }

TestSuite(run, .init = open_scratch, .fini = scratch_close);

/** Writes a Gaussian problem and returns its directory. */
static const char *gaussian(const char *options) {
  const char *dir = scratch_path("p");
  json_decref(command_json("problem gaussian %s -o %s --json", options, dir));
  return dir;
}

static double entry(const json_t *object, const char *key, size_t j) {
  return json_number_value(json_array_get(json_object_get(object, key), j));
}

Test(run, keys) {
  static const char *const keys[] = {
      "schema", "x",           "f_gap",     "grad_norm_sq", "dist_star_sq", "dist_fixed_sq",
      "errors", "floats_down", "floats_up", "seed",         "reasons"};
  static const char *const bounded[] = {"f_gap", "grad_norm_sq", "dist_star_sq", "dist_fixed_sq"};
  const char *dir = gaussian("--dim 6 --workers 3");
  json_t *r = command_json("run %s --step 0.01 --rounds 2 --seed 7 --json", dir);
  for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
    cr_expect_not_null(json_object_get(r, keys[k]), "%s is missing", keys[k]);
  cr_expect_eq(json_object_size(r), sizeof keys / sizeof *keys);
  cr_expect_str_eq(json_string_value(json_object_get(r, "schema")), "ist.run/1");
  cr_expect_eq(json_array_size(json_object_get(r, "x")), 6);
  cr_expect_eq(command_number(r, "floats_down"), 2);
  cr_expect_eq(command_number(r, "floats_up"), 2);
  cr_expect_eq(command_number(r, "seed"), 7);
  const json_t *errors = json_object_get(r, "errors");
  cr_expect_eq(json_object_size(errors), 4);
  for (size_t k = 0; k < 4; k++) {
    double error = command_number(errors, bounded[k]);
    cr_expect(error > 0 && error < 1e-11 * command_number(r, bounded[k]), "%s: %g", bounded[k],
              error);
  }
  json_decref(r);
}

Test(run, floats_are_the_block_size) {
  const char *dir = gaussian("--dim 6 --workers 3");
  json_t *all = command_json("run %s --sketch identity --rounds 1 --json", dir);
  json_t *some = command_json("run %s --sketch rand --block 5 --step 0.01 --rounds 1 --json", dir);
  cr_expect_eq(command_number(all, "floats_up"), 6);
  cr_expect_eq(command_number(some, "floats_down"), 5);
  json_decref(all);
  json_decref(some);
}

static void assert_same_bytes(const char *options) {
  const char *dir = scratch_path("p"), *one = scratch_path("1.csv"), *two = scratch_path("2.csv");
  command_result a = command_run("run %s %s --json --trace %s", dir, options, one);
  command_result b = command_run("run %s %s --json --trace %s", dir, options, two);
  cr_expect_eq(a.code, 0, "%s", a.err);
  cr_expect_str_eq(a.out, b.out);
  file_expect_same(one, two);
  command_free(&a);
  command_free(&b);
}

Test(run, identical_bytes_for_identical_seeds) {
  gaussian("--dim 6 --workers 3");
  assert_same_bytes("--sketch perm --step 0.01 --seed 5 --start gaussian");
  assert_same_bytes("--sketch scaled-perm --step 0.3 --seed 5");
  assert_same_bytes("--sketch rand --step 0.01 --seed 5");
  assert_same_bytes("--sketch perm --step 0.001 --seed 5 --local-steps 3");
}

Test(run, other_seeds_give_other_iterates) {
  const char *dir = gaussian("--dim 6 --workers 3");
  json_t *a = command_json("run %s --step 0.01 --rounds 9 --seed 5 --json", dir);
  json_t *b = command_json("run %s --step 0.01 --rounds 9 --seed 6 --json", dir);
  cr_assert_not(json_equal(json_object_get(a, "x"), json_object_get(b, "x")));
  json_decref(a);
  json_decref(b);
}

/** Eq. (28) for one sure trajectory, P21's problem: x_k = a^k x_0 + (1 - a^k) b/sqrt(n). */
Test(run, closed_form_pathwise_to_1e_14) {
  static const size_t rounds[] = {0, 1, 2, 10, 100};
  static const double steps[] = {1.0, 0.5, 0.1};
  const char *dir = gaussian("--dim 50 --workers 50 --homogeneous");
  ist_problem p;
  ist_status s;
  double x0[50];
  cr_assert_eq(ist_problem_load(dir, 0, &p, &s), IST_OK);
  cr_assert(ist_problem_precondition(&p));
  cr_assert_eq(ist_start("gaussian", 3, x0, 50, &s), IST_OK);
  for (size_t i = 0; i < 15; i++) {
    double gamma = steps[i % 3];
    size_t K = rounds[i / 3];
    json_t *r = command_json("run %s --precondition --sketch scaled-perm --start gaussian --seed 3 "
                             "--step %.17g --rounds %zu --json",
                             dir, gamma, K);
    long double a = powl(1 - (long double)gamma, (long double)K), error = 0, size = 0;
    for (size_t j = 0; j < 50; j++) {
      long double c = (long double)p.b[j] / sqrtl(50), exact = a * x0[j] + (1 - a) * c;
      error = fmaxl(error, fabsl(exact - entry(r, "x", j)));
      size = fmaxl(size, fmaxl(fabsl(c), fabsl((long double)x0[j])));
    }
    cr_expect_leq((double)error, 1e-14 * (double)size, "K = %zu, step %g", K, gamma);
    json_decref(r);
  }
  ist_problem_free(&p);
}

Test(run, trace) {
  const char *dir = gaussian("--dim 6 --workers 3"), *trace = scratch_path("t.csv");
  json_t *r = command_json("run %s --step 0.01 --rounds 4 --trace %s --json", dir, trace);
  char *text = file_text(trace), *line = strtok(text, "\n");
  cr_assert_str_eq(line, "k,f_gap,grad_norm_sq,dist_star_sq,dist_fixed_sq");
  double v[4];
  for (size_t k = 0; k <= 4; k++) {
    size_t read;
    line = strtok(NULL, "\n");
    cr_assert_not_null(line);
    cr_assert_eq(sscanf(line, "%zu,%lf,%lf,%lf,%lf", &read, v, v + 1, v + 2, v + 3), 5);
    cr_expect_eq(read, k);
    cr_expect_eq(v[1], 2 * v[0]);
    cr_expect_eq(v[2], 2 * v[0]);
  }
  cr_assert_null(strtok(NULL, "\n"));
  cr_expect_eq(v[0], command_number(r, "f_gap"));
  cr_expect_eq(v[3], command_number(r, "dist_fixed_sq"));
  free(text);
  json_decref(r);
}

/** f(x) - f* of the last iterate, from f itself in long double. */
Test(run, metrics_against_the_definition) {
  const char *dir = gaussian("--dim 6 --workers 3");
  json_t *r = command_json("run %s --step 0.01 --rounds 4 --start gaussian --json", dir);
  json_t *c = command_json("constants %s --json", dir);
  ist_problem p;
  ist_status s;
  cr_assert_eq(ist_problem_load(dir, 0, &p, &s), IST_OK);
  long double gap = 0, fixed = 0;
  for (size_t j = 0; j < 6; j++) {
    long double to_fixed = (long double)entry(r, "x", j) - entry(c, "x_fixed", j);
    fixed += to_fixed * to_fixed;
    for (size_t i = 0; i < 3; i++) {
      gap -= (long double)ist_problem_b(&p, i)[j] * (entry(r, "x", j) - entry(c, "x_star", j)) / 3;
      for (size_t k = 0; k < 6; k++)
        gap += (long double)ist_problem_L(&p, i)[6 * j + k] / 6 *
               ((long double)entry(r, "x", j) * entry(r, "x", k) -
                (long double)entry(c, "x_star", j) * entry(c, "x_star", k));
    }
  }
  cr_expect_float_eq(command_number(r, "f_gap"), (double)gap, 1e-11 * fabs((double)gap));
  cr_expect_float_eq(command_number(r, "dist_fixed_sq"), (double)fixed, 1e-13 * (double)fixed);
  ist_problem_free(&p);
  json_decref(c);
  json_decref(r);
}

Test(run, start_file) {
  const char *dir = gaussian("--dim 2 --workers 1");
  scratch_write("x.mtx", "%%MatrixMarket matrix array real general\n2 1\n3\n-4.5\n");
  json_t *r = command_json("run %s --rounds 0 --start %s --json", dir, scratch_path("x.mtx"));
  cr_expect_eq(entry(r, "x", 0), 3);
  cr_expect_eq(entry(r, "x", 1), -4.5);
  json_decref(r);
}

/** The start has a stream of its own: no number of a problem or of sketches with the same seed. */
Test(run, gaussian_start_is_seeded_by_the_complement) {
  double x[3];
  ist_status s;
  gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
  gsl_rng_set(rng, 0xffffffff - 12);
  cr_assert_eq(ist_start("gaussian", 12, x, 3, &s), IST_OK);
  for (size_t j = 0; j < 3; j++)
    cr_assert_eq(x[j], gsl_ran_gaussian_ziggurat(rng, 1.0));
  gsl_rng_free(rng);
}

Test(run, refused_start) {
  const char *dir = gaussian("--dim 2 --workers 1");
  char reason[600];
  const char *x =
      scratch_write("x.mtx", "%%MatrixMarket matrix array real general\n3 1\n1\n2\n3\n");
  snprintf(reason, sizeof reason, "%s:2: a start of size 2 x 1 is needed, not 3 x 1", x);
  command_refuses(3, reason, "run %s --start %s", dir, x);
  x = scratch_write("y.mtx", "%%MatrixMarket matrix array real general\n2 1\n1\n2e50\n");
  snprintf(reason, sizeof reason, "%s: an entry exceeds %.4g in magnitude", x, IST_ENTRY_MAX);
  command_refuses(3, reason, "run %s --start %s", dir, x);
  snprintf(reason, sizeof reason, "%s: No such file or directory", scratch_path("absent"));
  command_refuses(3, reason, "run %s --start %s", dir, scratch_path("absent"));
}

/** The largest number of 24 bits that is at most (1 - 2^-26)/theta. */
static double step_of_theta(double theta) {
  int exponent;
  const double fraction = frexp((1 - 0x1p-26) / theta, &exponent);
  return ldexp(floor(0x1p24 * fraction), exponent - 24);
}

Test(run, automatic_step_is_one_over_theta_in_24_bits) {
  const char *dir = gaussian("--dim 4 --workers 2 --interpolation");
  json_t *c = command_json("constants %s --json", dir);
  json_t *automatic = command_json("run %s --start gaussian --json", dir);
  json_t *explicit = command_json("run %s --start gaussian --step %.17g --json", dir,
                                  step_of_theta(command_number(c, "theta")));
  cr_assert(json_equal(automatic, explicit));
  json_decref(c);
  json_decref(automatic);
  json_decref(explicit);
}

/** Homogeneous and preconditioned, theta is n (claim P12): 1/theta = 1/4 has 2 bits, and its
 *  computed value may be on either side of it. */
Test(run, automatic_step_close_to_a_short_number) {
  const char *dir = gaussian("--dim 4 --workers 4 --homogeneous");
  json_t *automatic = command_json("run %s --precondition --json", dir);
  json_t *explicit =
      command_json("run %s --precondition --step %.17g --json", dir, 0.25 * (1 - 0x1p-24));
  cr_assert(json_equal(automatic, explicit));
  json_decref(automatic);
  json_decref(explicit);
}

Test(run, automatic_step_of_scaled_perm_is_one) {
  const char *dir = gaussian("--dim 4 --workers 4");
  json_t *automatic = command_json("run %s --sketch scaled-perm --json", dir);
  json_t *explicit = command_json("run %s --sketch scaled-perm --step 1 --json", dir);
  cr_assert(json_equal(automatic, explicit));
  json_decref(automatic);
  json_decref(explicit);
}

Test(run, no_automatic_step) {
  scratch_write("L.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n1\n1.8\n4\n");
  command_result r = command_run("run %s", scratch_path(""));
  cr_expect_eq(r.code, 4);
  cr_expect_eq(strncmp(r.err, "ist: no automatic step: ", 24), 0, "%s", r.err);
  cr_expect_str_empty(r.out);
  command_free(&r);
  command_refuses(4, "no automatic step for scaled-perm with q = 2 (only for q = 1); give --step",
                  "run %s --sketch scaled-perm", gaussian("--dim 4 --workers 2"));
}

/** D^{-1/2} b = 1e20 * 1e40 is no entry of a problem. */
Test(run, preconditioned_problem_out_of_range) {
  const char *dir = scratch_path("");
  char reason[600];
  scratch_write("L.mtx", "%%MatrixMarket matrix array real symmetric\n1 1\n1e-40\n");
  scratch_write("b.mtx", "%%MatrixMarket matrix array real general\n1 1\n1e40\n");
  snprintf(reason, sizeof reason, "%s: D^{-1/2} b leaves the range |x| <= %.4g", dir,
           IST_ENTRY_MAX);
  command_refuses(3, reason, "run %s --precondition", dir);
  /* Balls have no such range: ist check evaluates the rows about that problem all the same. */
  json_t *answer = command_json("check %s --json", dir), *c;
  size_t index;
  json_array_foreach(json_object_get(answer, "claims"), index, c) {
    const char *id = json_string_value(json_object_get(c, "id"));
    if (strcmp(id, "P12") == 0 || strcmp(id, "P18") == 0 || strcmp(id, "P23") == 0)
      cr_expect_str_eq(json_string_value(json_object_get(c, "verdict")), "holds", "%s", id);
  }
  json_decref(answer);
}

/** 1/theta beyond the largest step: L = 1e-40 I. */
Test(run, automatic_step_out_of_range) {
  scratch_write("L.mtx", "%%MatrixMarket matrix array real symmetric\n1 1\n1e-40\n");
  command_result r = command_run("run %s", scratch_path(""));
  cr_expect_eq(r.code, 4);
  cr_expect_eq(strncmp(r.err, "ist: no automatic step: 1/theta = ", 34), 0, "%s", r.err);
  command_free(&r);
}

/** N14: at the step (17) allows, 1/30, L = (28 I, I, I) makes the iterates leave every range. */
Test(run, divergence_names_the_round_and_keeps_the_trace) {
  for (int i = 1; i <= 3; i++) {
    char name[8], text[120];
    snprintf(name, sizeof name, "L-%d.mtx", i);
    snprintf(text, sizeof text,
             "%%%%MatrixMarket matrix array real symmetric\n3 3\n%d\n0\n0\n%d\n"
             "0\n%d\n",
             i == 1 ? 28 : 1, i == 1 ? 28 : 1, i == 1 ? 28 : 1);
    scratch_write(name, text);
  }
  command_result r =
      command_run("run %s --start gaussian --step 0.033333333333333333 --rounds 5000 "
                  "--trace %s",
                  scratch_path(""), scratch_path("t.csv"));
  size_t round, last = 0;
  cr_assert_eq(r.code, 4);
  cr_assert_eq(sscanf(r.err,
                      "ist: iterates left the range |x| <= %*g in round %zu: step size too "
                      "large\n",
                      &round),
               1, "%s", r.err);
  cr_expect_str_empty(r.out);
  char *text = file_text(scratch_path("t.csv"));
  for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n"))
    last = strtoul(line, NULL, 10);
  cr_expect_eq(last, round - 1);
  free(text);
  command_free(&r);
}

/** A single worker whose local steps diverge: |1 - 100 * 4| = 399 per local step. */
Test(run, local_divergence) {
  scratch_write("L.mtx", "%%MatrixMarket matrix array real symmetric\n1 1\n4\n");
  char reason[100];
  snprintf(reason, sizeof reason,
           "iterates left the range |x| <= %.4g in round 1: step size too large", IST_ENTRY_MAX);
  command_refuses(4, reason, "run %s --start gaussian --step 100 --local-steps 100",
                  scratch_path(""));
}

/** T gradient steps on one worker are T rounds of gradient descent: n = 1, identity. */
Test(run, local_steps_of_one_worker_are_rounds) {
  const char *dir = gaussian("--dim 4 --workers 1");
  json_t *local = command_json("run %s --sketch identity --rounds 3 --local-steps 4 --json", dir);
  json_t *plain = command_json("run %s --sketch identity --rounds 12 --json", dir);
  for (size_t j = 0; j < 4; j++)
    cr_expect_float_eq(entry(local, "x", j), entry(plain, "x", j), 1e-13);
  json_decref(local);
  json_decref(plain);
}

Test(run, text) {
  const char *dir = gaussian("--dim 4 --workers 2");
  command_result r = command_run("run %s --step 0.01 --rounds 3 --seed 9", dir);
  json_t *j = command_json("run %s --step 0.01 --rounds 3 --seed 9 --json", dir);
  char line[80];
  snprintf(line, sizeof line, "\nf_gap          %.12g ", command_number(j, "f_gap"));
  cr_expect_eq(r.code, 0);
  cr_expect_not_null(strstr(r.out, line), "%s", r.out);
  cr_expect_not_null(strstr(r.out, "\nseed           9\n"));
  cr_expect_str_empty(r.err);
  json_decref(j);
  command_free(&r);
}

/** What is printed before the last space-separated word of a line "NAME NUMBER ...". */
static void number_after(const char *text, const char *name, char *number) {
  const char *line = strstr(text, name);
  cr_assert_not_null(line, "%s", text);
  cr_assert_eq(sscanf(line + strlen(name), " %39[^(|]", number), 1);
}

/** Close to x*, the bound leaves few digits, then none. f = 3x^2/2 - x, whose minimiser 1/3 is no
 *  binary number; x_k ends next to it. */
Test(run, digits_are_those_of_the_bound) {
  char number[40];
  scratch_write("L.mtx", "%%MatrixMarket matrix array real symmetric\n1 1\n3\n");
  scratch_write("b.mtx", "%%MatrixMarket matrix array real general\n1 1\n1\n");
  char *out = command_output(
      command_run("run %s --sketch identity --step 0.33 --rounds 200", scratch_path("")));
  json_t *j =
      command_json("run %s --sketch identity --step 0.33 --rounds 200 --json", scratch_path(""));
  double bound = command_number(json_object_get(j, "errors"), "f_gap");
  number_after(out, "\nf_gap ", number);
  cr_expect_eq(strncmp(number, "< ", 2), 0, "%s", number);
  cr_expect_geq(strtod(number + 2, NULL), bound + command_number(j, "f_gap"));
  cr_expect_leq(strtod(number + 2, NULL), 1.2 * (bound + command_number(j, "f_gap")));
  /* The exact gap is below it: 1.5 (x - 1/3)^2. */
  long double away = (long double)entry(j, "x", 0) - 1.0L / 3;
  cr_expect_leq(fabsl(1.5L * away * away - command_number(j, "f_gap")), bound);
  free(out);
  json_decref(j);
}

/** A matrix so close to singular that no eigenvalue can be bounded from below. */
Test(run, no_bound) {
  scratch_write("L.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n"
                         "1\n0.999999999999999\n1\n");
  scratch_write("b.mtx", "%%MatrixMarket matrix array real general\n2 1\n1\n0.3\n");
  json_t *j = command_json("run %s --step 0.1 --rounds 3 --json", scratch_path(""));
  const json_t *reasons = json_object_get(j, "reasons");
  cr_expect(json_is_null(json_object_get(json_object_get(j, "errors"), "f_gap")));
  const char *why = json_string_value(json_object_get(reasons, "errors.f_gap"));
  cr_assert_not_null(why);
  cr_expect_not_null(strstr(why, "no lower bound on the smallest eigenvalue"), "%s", why);
  /* E[B] = 2 I has a bound of its own. */
  cr_expect_null(json_object_get(reasons, "errors.dist_fixed_sq"));
  char *out = command_output(command_run("run %s --step 0.1 --rounds 3", scratch_path("")));
  cr_expect_not_null(strstr(out, "\nf_gap          about "), "%s", out);
  free(out);
  json_decref(j);
}

/** Interpolation from zero: everything is zero, exactly. */
Test(run, zero_has_no_error) {
  char *out = command_output(command_run("run %s", gaussian("--dim 4 --workers 2 "
                                                            "--interpolation")));
  cr_expect_not_null(strstr(out, "\nf_gap          0 "), "%s", out);
  cr_expect_not_null(strstr(out, "\ndist_fixed_sq  0 "), "%s", out);
  free(out);
}

/** What is left of a whole trace with every N-th row and the last. */
static void thin_out(const char *from, const char *to, size_t every) {
  char *text = file_text(from), *rest = text, *line;
  const size_t last = file_last_row(from);
  FILE *out = fopen(to, "w");
  for (size_t k = 0; (line = strtok_r(rest, "\n", &rest)) != NULL; k++)
    if (k == 0 || (k - 1) % every == 0 || k - 1 == last)
      fprintf(out, "%s\n", line);
  cr_assert_eq(fclose(out), 0);
  free(text);
}

Test(run, trace_every) {
  static const size_t every[] = {1, 2, 5, 7, 20, 21, 1000};
  char whole[512], some[512], expected[512];
  const char *dir = gaussian("--dim 6 --workers 3");
  strcpy(whole, scratch_path("whole.csv"));
  strcpy(some, scratch_path("some.csv"));
  strcpy(expected, scratch_path("expected.csv"));
  free(command_output(command_run("run %s --step 0.01 --rounds 20 --trace %s", dir, whole)));
  for (size_t i = 0; i < sizeof every / sizeof *every; i++) {
    free(command_output(command_run("run %s --step 0.01 --rounds 20 --trace %s --trace-every %zu",
                                    dir, some, every[i])));
    thin_out(whole, expected, every[i]);
    file_expect_same(some, expected);
  }
  command_refuses(2, "--trace-every needs --trace FILE", "run %s --trace-every 2", dir);
  command_refuses(2, "--checkpoint-every 100 must be a multiple of --trace-every 3",
                  "run %s --trace t --trace-every 3 --checkpoint c", dir);
  command_refuses(2, "--trace-every: '0' is not an integer from 1 to 18446744073709551614",
                  "run %s --trace t --trace-every 0", dir);
}

static const char *const processors[] = {"Prescott", "Haswell", "SkylakeX"};

/** Everything that a run prints and writes, whichever code OpenBLAS picks for the processor. */
static void assert_same_on_all_processors(const char *problem, const char *options) {
  char dir[512], trace[512], first_trace[512];
  char *first = NULL;
  strcpy(dir, problem);
  strcpy(trace, scratch_path("t.csv"));
  strcpy(first_trace, scratch_path("first.csv"));
  for (size_t k = 0; k < 2 * sizeof processors / sizeof *processors; k++) {
    setenv("OPENBLAS_CORETYPE", processors[k / 2], 1);
    /* The C library has other logarithms, too, for a processor without these. */
    setenv("GLIBC_TUNABLES", k / 2 == 0 ? "glibc.cpu.hwcaps=-AVX2,-FMA" : "", 1);
    const char *json = k % 2 == 0 ? "--json" : "";
    char *out = command_output(command_run("run %s %s %s --trace %s", dir, options, json,
                                           first == NULL ? first_trace : trace));
    if (first != NULL)
      file_expect_same(trace, first_trace);
    if (k < 2) { /* the JSON text and the table */
      char *both = malloc((first != NULL ? strlen(first) : 0) + strlen(out) + 1);
      sprintf(both, "%s%s", first != NULL ? first : "", out);
      free(first);
      first = both;
    } else
      cr_expect_not_null(strstr(first, out), "%s, %s", processors[k / 2], options);
    free(out);
  }
  unsetenv("OPENBLAS_CORETYPE");
  unsetenv("GLIBC_TUNABLES");
  free(first);
}

Test(run, processors_change_no_byte, .timeout = 300) {
  static const char *const options[] = {"", "--step 0.001 --start gaussian", "--sketch rand",
                                        "--sketch scaled-perm --step 0.2",
                                        "--sketch identity --rounds 1000"};
  for (size_t i = 0; i < sizeof options / sizeof *options; i++)
    assert_same_on_all_processors(gaussian("--dim 60 --workers 6"), options[i]);
  static const char *const scaled[] = {"--precondition",
                                       "--precondition --sketch scaled-perm --step 0.5"};
  for (size_t i = 0; i < sizeof scaled / sizeof *scaled; i++)
    assert_same_on_all_processors(gaussian("--dim 40 --workers 40 --homogeneous"), scaled[i]);
}

/* Large enough for the workers' gradients to be computed by several threads. */
Test(run, threads_change_no_bit) {
  const char *const counts[] = {"1", "2", "3"};
  const char *dir = gaussian("--dim 400 --workers 4");
  char *first = NULL;
  for (size_t k = 0; k < sizeof counts / sizeof *counts; k++) {
    setenv("OMP_NUM_THREADS", counts[k], 1);
    command_result r = command_run("run %s --step 0.0001 --rounds 20 --json", dir);
    cr_assert_eq(r.code, 0, "%s", r.err);
    if (first == NULL)
      first = strdup(r.out);
    cr_assert_str_eq(r.out, first);
    command_free(&r);
  }
  free(first);
}
