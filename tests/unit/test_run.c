/* A run as a user of the library makes it: one call on settings. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../support/random_problem.h"
#include "run/iterates.h"
#include "run/run.h"

enum { D = 6, N = 3, ROUNDS = 12 };
#define STEP 0x1p-9

static const ist_sketch sketch = {IST_PERM, D / N};

static ist_run_settings short_run(void) {
  ist_run_settings r = ist_run_defaults();
  r.step_auto = false;
  r.step = STEP;
  r.rounds = ROUNDS;
  r.seed = 5;
  return r;
}

/** What the callbacks of a run saw. */
typedef struct {
  size_t begun, last, stop;
} record;

static void begins(void *context, size_t k) {
  record *seen = context;
  cr_expect_eq(k, 0);
  seen->begun++;
}

static bool ends(void *context, size_t k) {
  record *seen = context;
  cr_expect_eq(k, seen->last + 1);
  seen->last = k;
  return k == seen->stop;
}

static void keep(void *context, size_t k, const double *x) {
  if (k == ROUNDS)
    memcpy(context, x, D * sizeof *x);
}

Test(run, it_ends_where_its_rounds_do) {
  ist_problem p = random_problem(3, D, N, N, N, false);
  ist_status s;
  ist_run_result result;
  double x0[D] = {0}, x[D];
  record seen = {0};
  ist_run_settings r = short_run();
  r.begins = begins;
  r.ends = ends;
  r.context = &seen;
  cr_assert_eq(ist_run(&p, sketch, &r, &result, &s), IST_OK, "%s", s.text);
  const ist_iterates g = {
      .p = &p, .sketch = sketch, .x0 = x0, .gamma = STEP, .rounds = ROUNDS, .seed = 5};
  cr_assert_eq(ist_iterates_show(&g, keep, x, &s), IST_OK);
  cr_expect_arr_eq(result.x, x, sizeof x);
  cr_expect_eq(result.gamma, STEP);
  cr_expect(result.metrics.f_gap > 0 && result.errors.f_gap.exists);
  cr_expect(result.metrics.has_fixed && result.no_fixed == NULL && !result.bounded);
  cr_expect(seen.begun == 1 && seen.last == ROUNDS);
  ist_run_result_free(&result);
  cr_expect_null(result.x);
  ist_problem_free(&p);
}

Test(run, it_ends_when_it_is_asked_to) {
  ist_problem p = random_problem(3, D, N, N, N, false);
  ist_status s;
  ist_run_result result;
  record seen = {.stop = 7};
  ist_run_settings r = short_run();
  r.ends = ends;
  r.context = &seen;
  cr_expect_eq(ist_run(&p, sketch, &r, &result, &s), IST_INTERRUPTED);
  cr_expect_str_eq(s.text, "interrupted after round 7 of 12");
  cr_expect_null(result.x);
  ist_problem_free(&p);
}

Test(run, its_error_is_bounded_where_that_is_asked_for) {
  ist_problem p = random_problem(3, D, N, N, N, false);
  ist_status s;
  ist_run_result result;
  ist_run_settings r = short_run();
  r.error_bound = true;
  cr_assert_eq(ist_run(&p, sketch, &r, &result, &s), IST_OK, "%s", s.text);
  cr_expect(result.bounded && result.error_bound.exists);
  cr_expect(result.error_bound.value > 0 && result.error_bound.value < 1e-12);
  ist_run_result_free(&result);
  ist_problem_free(&p);
}

static void expect_refused(ist_run_settings r, const char *text) {
  ist_problem p = random_problem(3, D, N, N, N, false);
  ist_status s;
  ist_run_result result;
  cr_expect_eq(ist_run(&p, sketch, &r, &result, &s), IST_USAGE);
  cr_expect_str_eq(s.text, text);
  cr_expect_null(result.x);
  ist_problem_free(&p);
}

Test(run, settings_out_of_range_are_refused) {
  ist_run_settings r = short_run();
  r.step = 0;
  expect_refused(r, "--step: 0 is not in (0, 1.268e+30]");
  r.step = -INFINITY;
  expect_refused(r, "--step: -inf is not in (0, 1.268e+30]");
  r = short_run();
  r.seed = 0x100000000;
  expect_refused(r, "--seed: 4294967296 is not below 2^32");
  r = short_run();
  r.trace_every = 0;
  expect_refused(r, "--trace-every and --checkpoint-every are at least 1");
  r = short_run();
  r.checkpoint_every = 0;
  expect_refused(r, "--trace-every and --checkpoint-every are at least 1");
}
