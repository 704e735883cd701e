/** ist expect: the stable keys, exact values from the golden cases, agreement with ist run. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"
#include "../support/golden.h"
#include "../support/scratch.h"
#include "problem/save.h"

static void open_scratch(void) { scratch_open(); }

TestSuite(expect, .init = open_scratch, .fini = scratch_close);

#define MOST 16

static const char *gaussian(const char *options) {
  const char *dir = scratch_path("p");
  json_decref(command_json("problem gaussian %s -o %s --json", options, dir));
  return dir;
}

static const json_t *row(const json_t *answer, size_t k) {
  const json_t *value = json_array_get(json_object_get(answer, "rounds"), k);
  cr_assert_not_null(value, "there is no round %zu", k);
  return value;
}

/** Column key over all rounds into out. */
static void column(const json_t *answer, const char *key, double *out) {
  for (size_t k = 0; k < json_array_size(json_object_get(answer, "rounds")); k++)
    out[k] = command_number(row(answer, k), key);
}

static void save(ist_problem *p, const char *path) {
  ist_status s;
  ist_problem_note_interpolation(p);
  cr_assert_eq(ist_problem_save(p, path, &s), IST_OK, "%s", s.text);
  ist_problem_free(p);
}

static const char *write_start(const double *x, size_t d) {
  char text[1024];
  int used = snprintf(text, sizeof text, "%%%%MatrixMarket matrix array real general\n%zu 1\n", d);
  for (size_t j = 0; j < d; j++)
    used += snprintf(text + used, sizeof text - (size_t)used, "%.17g\n", x[j]);
  return scratch_write("x0.mtx", text);
}

Test(expect, keys) {
  const char *dir = gaussian("--dim 6 --workers 3");
  json_t *answer = command_json("expect %s --rounds 3 --json", dir);
  json_t *constants = command_json("constants %s --json", dir);
  cr_expect_eq(json_object_size(answer), 7);
  json_t *errors = json_object_get(answer, "errors");
  cr_expect(json_is_true(json_object_get(answer, "rigorous")));
  cr_expect_eq(json_object_size(errors), 5);
  cr_expect_leq(command_number(errors, "f_star"), 1e-12 * -command_number(answer, "f_star"));
  static const char *const columns[] = {"f_gap", "grad_norm_sq", "dist_star_sq", "dist_fixed_sq"};
  for (size_t j = 0; j < 4; j++) {
    const json_t *column = json_object_get(errors, columns[j]);
    cr_expect_eq(json_array_size(column), 4, "%s", columns[j]);
    for (size_t k = 0; k < 4; k++) {
      const double bound = json_number_value(json_array_get(column, k));
      cr_expect(bound > 0 && bound < 1e-10 * command_number(row(answer, k), columns[j]), "%s: %g",
                columns[j], bound);
    }
  }
  cr_expect_str_eq(json_string_value(json_object_get(answer, "schema")), "ist.expect/1");
  cr_expect_eq(json_array_size(json_object_get(answer, "rounds")), 4);
  cr_expect_eq(json_object_size(json_object_get(answer, "reasons")), 0);
  double step = command_number(answer, "step"), step_max = command_number(constants, "step_max");
  cr_expect(step < step_max && step > step_max * (1 - 0x1p-22), "%.17g, %.17g", step, step_max);
  cr_expect_leq(command_number(answer, "f_star"), 0);
  for (size_t k = 0; k < 4; k++) {
    cr_expect_eq(json_object_size(row(answer, k)), 5);
    cr_expect_eq(command_number(row(answer, k), "k"), (double)k);
    cr_expect_eq(command_number(row(answer, k), "grad_norm_sq"),
                 2 * command_number(row(answer, k), "f_gap"));
    cr_expect_eq(command_number(row(answer, k), "dist_star_sq"),
                 command_number(row(answer, k), "grad_norm_sq"));
  }
  /* f(0) = 0, so that the gap at the zero start is -f*. */
  double gap = command_number(row(answer, 0), "f_gap");
  cr_expect_float_eq(gap, -command_number(answer, "f_star"), 1e-12 * gap);
  json_decref(constants);
  json_decref(answer);
}

/** Theorem 2's cases: f*, E f(x_k) - f*, E||grad f||^2 and E||x_k - x_inf||^2 in every round. */
Test(expect, golden_theorem_2_to_1e_12) {
  json_t *root = golden_load(), *c;
  size_t index;
  json_array_foreach(golden_member(root, "theorem2_cases"), index, c) {
    ist_problem p;
    double x0[MOST], values[MOST];
    golden_problem(c, &p);
    golden_numbers(golden_member(c, "x0"), x0);
    const char *start = write_start(x0, p.d);
    save(&p, scratch_path("golden"));
    json_t *answer = command_json(
        "expect %s --sketch scaled-perm --workers %d --step %.17g --rounds %d --start %s --json",
        scratch_path("golden"), (int)golden_number(golden_member(c, "n")),
        golden_number(golden_member(c, "gamma")), (int)golden_number(golden_member(c, "K")), start);
    values[0] = command_number(answer, "f_star");
    golden_assert(c, "f_star", values, 0);
    column(answer, "f_gap", values);
    golden_assert(c, "E_f_minus_fstar", values, 0);
    column(answer, "grad_norm_sq", values);
    golden_assert(c, "E_gradnorm_Lbarinv_sq", values, 0);
    column(answer, "dist_fixed_sq", values);
    golden_assert(c, "E_dist_xinf_sq", values, 0);
    json_decref(answer);
  }
  cr_assert_eq(index, 3);
  json_decref(root);
}

/** N14: L = (28 I, I, I) satisfies (17) with theta = 30, yet E||x+||^2 = (81/50)||x||^2 at 1/30;
 *  and the sampled iterates diverge too. */
Test(expect, N14_diverges_in_expectation_and_in_a_run) {
  ist_problem p;
  cr_assert(ist_problem_alloc(&p, 3, 3, 3, 1));
  for (size_t i = 0; i < 3; i++)
    for (size_t j = 0; j < 3; j++)
      p.L[i * 9 + j * 4] = i == 0 ? 28 : 1;
  save(&p, scratch_path("n14"));
  const char *start = write_start((double[]){1, -2, 3}, 3);
  json_t *answer = command_json("expect %s --step %.17g --rounds 5 --start %s --json",
                                scratch_path("n14"), 1.0 / 30, start);
  double distance[6];
  column(answer, "dist_fixed_sq", distance);
  for (size_t k = 0; k < 5; k++)
    cr_expect_float_eq(distance[k + 1] / distance[k], 81.0 / 50, 1e-12);
  json_decref(answer);
  /* At the true theta, 393/5, the expectation decreases. */
  answer = command_json("expect %s --rounds 5 --start %s --json", scratch_path("n14"), start);
  column(answer, "dist_fixed_sq", distance);
  for (size_t k = 0; k < 5; k++)
    cr_expect_lt(distance[k + 1], distance[k]);
  json_decref(answer);
  /* Every run multiplies one coordinate by -9/5 and the two others by 9/10. */
  json_t *run = command_json("run %s --step %.17g --rounds 50 --start %s --json",
                             scratch_path("n14"), 1.0 / 30, start);
  double product = 1, expected = 6 * pow(729.0 / 500, 50);
  for (size_t j = 0; j < 3; j++)
    product *= fabs(json_number_value(json_array_get(json_object_get(run, "x"), j)));
  cr_expect_float_eq(product, expected, 1e-12 * expected);
  json_decref(run);
  command_result r = command_run("run %s --step %.17g --rounds 20000 --start %s",
                                 scratch_path("n14"), 1.0 / 30, scratch_path("x0.mtx"));
  cr_expect_eq(r.code, 4);
  cr_expect_not_null(strstr(r.err, "step size too large"), "%s", r.err);
  command_free(&r);
}

/** N14's second problem: theta of (17) is 2, and one step of size 1/2 takes f from 1 to 19/4. */
Test(expect, N14_ascends_in_one_round) {
  ist_problem p;
  cr_assert(ist_problem_alloc(&p, 2, 2, 2, 1));
  const double K[] = {1, 0.9, 0.9, 1};
  for (size_t j = 0; j < 4; j++) {
    p.L[j] = 1.5 * K[j];
    p.L[4 + j] = 0.5 * K[j];
  }
  save(&p, scratch_path("n14"));
  json_t *answer = command_json("expect %s --step 0.5 --rounds 1 --start %s --json",
                                scratch_path("n14"), write_start((double[]){1, -1}, 2));
  double gap[2];
  column(answer, "f_gap", gap);
  cr_expect_float_eq(gap[1] / gap[0], 19.0 / 4, 1e-12);
  json_decref(answer);
}

/** The trace is the table in CSV. */
Test(expect, trace) {
  const char *dir = gaussian("--dim 4 --workers 2"), *path = scratch_path("t.csv");
  json_t *answer = command_json("expect %s --rounds 3 --trace %s --json", dir, path);
  FILE *file = fopen(path, "r");
  char line[200];
  cr_assert_not_null(file);
  cr_assert_not_null(fgets(line, sizeof line, file));
  cr_expect_str_eq(line, "k,f_gap,grad_norm_sq,dist_star_sq,dist_fixed_sq\n");
  for (size_t k = 0; k <= 3; k++) {
    double v[5];
    cr_assert_not_null(fgets(line, sizeof line, file));
    cr_assert_eq(sscanf(line, "%lf,%lf,%lf,%lf,%lf", v, v + 1, v + 2, v + 3, v + 4), 5);
    cr_expect_eq(v[0], (double)k);
    cr_expect_eq(v[1], command_number(row(answer, k), "f_gap"));
    cr_expect_eq(v[4], command_number(row(answer, k), "dist_fixed_sq"));
  }
  cr_expect_null(fgets(line, sizeof line, file));
  fclose(file);
  json_decref(answer);
}

/** d = n = q = 1: gradient descent on x^2 - 3x, a quarter in every round of step 1/4. */
Test(expect, one_dimension) {
  ist_problem p;
  cr_assert(ist_problem_alloc(&p, 1, 1, 1, 1));
  p.L[0] = 2;
  p.b[0] = 3;
  save(&p, scratch_path("scalar"));
  json_t *answer = command_json("expect %s --step 0.25 --rounds 4 --json", scratch_path("scalar"));
  double gap[5];
  column(answer, "f_gap", gap);
  cr_expect_float_eq(command_number(answer, "f_star"), -2.25, 1e-14);
  for (size_t k = 0; k < 5; k++)
    cr_expect_float_eq(gap[k], 2.25 * pow(0.25, (double)k), 1e-14);
  json_decref(answer);
}

/** The mean of f_gap over many seeds of ist run lies within five standard errors. */
static void assert_sampled(const char *options) {
  enum { runs = 120 };
  const char *dir = scratch_path("p"), *start = scratch_path("x0.mtx");
  double sum = 0, squares = 0;
  for (unsigned seed = 1; seed <= runs; seed++) {
    json_t *r =
        command_json("run %s %s --rounds 4 --start %s --seed %u --json", dir, options, start, seed);
    double gap = command_number(r, "f_gap");
    sum += gap;
    squares += gap * gap;
    json_decref(r);
  }
  json_t *answer = command_json("expect %s %s --rounds 4 --start %s --json", dir, options, start);
  double exact = command_number(row(answer, 4), "f_gap");
  json_decref(answer);
  double mean = sum / runs, error = sqrt((squares / runs - mean * mean) / (runs - 1));
  cr_expect_leq(fabs(mean - exact), 5 * error, "%s: mean %.6g, exact %.6g, error %.3g", options,
                mean, exact, error);
}

Test(expect, agrees_with_runs, .timeout = 300) {
  gaussian("--dim 6 --workers 3");
  write_start((double[]){1, -1, 2, 0, -2, 3}, 6);
  assert_sampled("--step 0.005");
  assert_sampled("--sketch scaled-perm --step 0.4");
  assert_sampled("--sketch rand --block 4 --step 0.01");
  assert_sampled("--sketch rand --block 4 --step 0.01 --local-steps 1");
  assert_sampled("--sketch scaled-perm --step 0.4 --local-steps 1");
  assert_sampled("--sketch rand --block 1 --step 0.002 --local-steps 3");
}

/** Where a round is sure, the expectation is the run. */
Test(expect, is_the_run_of_a_sure_method) {
  const char *dir = gaussian("--dim 4 --workers 4 --homogeneous");
  static const char *const sure[] = {"--sketch identity", "--sketch identity --local-steps 3",
                                     "--sketch scaled-perm --step 0.5", "--workers 1",
                                     "--workers 1 --local-steps 5 --step 0.01"};
  for (size_t i = 0; i < sizeof sure / sizeof *sure; i++) {
    json_t *answer = command_json("expect %s %s --rounds 6 --start gaussian --json", dir, sure[i]);
    json_t *run = command_json("run %s %s --rounds 6 --start gaussian --json", dir, sure[i]);
    double start = command_number(row(answer, 0), "f_gap");
    cr_expect_float_eq(command_number(row(answer, 6), "f_gap"), command_number(run, "f_gap"),
                       1e-12 * start, "%s", sure[i]);
    cr_expect_float_eq(command_number(row(answer, 6), "dist_fixed_sq"),
                       command_number(run, "dist_fixed_sq"),
                       1e-12 * command_number(row(answer, 0), "dist_fixed_sq"), "%s", sure[i]);
    json_decref(answer);
    json_decref(run);
  }
}

/** No automatic step, unknown expectations, divergence, size: refused with the reason. */
Test(expect, refusals) {
  const char *dir = gaussian("--dim 6 --workers 3");
  command_refuses(4,
                  "no exact expectation after 2 local steps on blocks of 2 out of 6 coordinates: "
                  "it is known for 1 local step, q = 1, q = d and diagonal matrices",
                  "expect %s --step 0.01 --local-steps 2", dir);
  command_refuses(4, "no automatic step for scaled-perm with q = 2 (only for q = 1); give --step",
                  "expect %s --sketch scaled-perm", dir);
  command_refuses(6, "no memory for 18446744073709551614 rounds of dimension 6",
                  "expect %s --rounds 18446744073709551614", dir);
  command_result r = command_run("expect %s --step 1e9 --rounds 100", dir);
  cr_expect_eq(r.code, 4);
  cr_expect_not_null(strstr(r.err, "exceed double precision in round "), "%s", r.err);
  cr_expect_str_empty(r.out);
  command_free(&r);
}

/** The table shows digits that are right: those of the JSON rounded. */
Test(expect, text) {
  const char *dir = gaussian("--dim 4 --workers 2");
  command_result r = command_run("expect %s --rounds 2", dir);
  json_t *answer = command_json("expect %s --rounds 2 --json", dir);
  cr_expect_eq(r.code, 0);
  cr_expect_eq(strncmp(r.out, "sketch perm, d = 4, n = 2, q = 2, step ", 39), 0, "%s", r.out);
  const char *last = strstr(r.out, "\n       2 ");
  cr_assert_not_null(last);
  double f_gap, grad, star, fixed;
  cr_assert_eq(sscanf(last + 10, "%lf %lf %lf %lf", &f_gap, &grad, &star, &fixed), 4);
  cr_expect_float_eq(f_gap, command_number(row(answer, 2), "f_gap"), 1e-11 * f_gap);
  cr_expect_float_eq(fixed, command_number(row(answer, 2), "dist_fixed_sq"), 1e-11 * fixed);
  json_decref(answer);
  command_free(&r);
}

/** Local steps have bounds as well. */
Test(expect, local_steps_are_bounded) {
  const char *dir = gaussian("--dim 4 --workers 4");
  json_t *answer = command_json("expect %s --rounds 2 --step 0.01 --local-steps 2 --json", dir);
  const json_t *bound = json_object_get(json_object_get(answer, "errors"), "f_gap");
  cr_expect(json_is_true(json_object_get(answer, "rigorous")));
  cr_expect_lt(json_number_value(json_array_get(bound, 2)),
               1e-11 * command_number(row(answer, 2), "f_gap"));
  json_decref(answer);
}

/** Where the iterates leave 2^100 nothing is bounded, and said so. */
Test(expect, beyond_the_range_of_bounds) {
  const char *dir = gaussian("--dim 4 --workers 4");
  static const char reason[] = "not bounded: the step or an expectation is beyond 2^100 in "
                               "magnitude";
  const char *options = "--rounds 9 --step 1e6 --local-steps 2";
  json_t *answer = command_json("expect %s %s --json", dir, options);
  const json_t *errors = json_object_get(answer, "errors");
  cr_expect(json_is_false(json_object_get(answer, "rigorous")));
  cr_expect_str_eq(
      json_string_value(json_object_get(json_object_get(answer, "reasons"), "errors.rounds")),
      reason);
  cr_expect(json_is_null(json_array_get(json_object_get(errors, "f_gap"), 9)));
  cr_expect(json_is_real(json_object_get(errors, "f_star")));
  json_decref(answer);
  char *out = command_output(command_run("expect %s %s", dir, options)), line[200];
  snprintf(line, sizeof line, "\nabout: %s\n", reason);
  cr_expect_not_null(strstr(out, line), "%s", out);
  cr_expect_not_null(strstr(out, " about "), "%s", out);
  free(out);
}
