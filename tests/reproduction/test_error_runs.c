/* Random homogeneous runs of the kernel as either compiler makes it (make errors), fewer of them:
   every error is within its proved bound, and the bound is not far above the worst. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"

enum { RUNS = 100000, SEED = 20 };

/* Runs build/errors/NAME and asserts what it reports; keeps the figures after its name. */
static void expect_within(const char *name, char *figures, size_t size) {
  char path[64], label[32], verdict[32];
  unsigned long seed, runs, entries;
  double rounds, whole;
  snprintf(path, sizeof path, "build/errors/%s", name);
  setenv("IST", path, 1);
  command_result r = command_run("--runs %d --seed %d", RUNS, SEED);
  cr_assert_eq(r.code, 0, "%s: exit code %d: %s%s", path, r.code, r.out, r.err);
  cr_assert_str_empty(r.err);
  cr_assert_eq(sscanf(r.out,
                      "%31[^:]: seed %lu, %lu runs, %lu entries, worst error/bound: "
                      "rounds %lf, from b %lf: %31[^\n]",
                      label, &seed, &runs, &entries, &rounds, &whole, verdict),
               7, "%s", r.out);
  cr_expect_str_eq(label, name);
  cr_expect_str_eq(verdict, "all within");
  cr_expect(seed == SEED && runs == RUNS && entries > 2 * runs);
  cr_expect(0.25 <= rounds && rounds <= 1 && 0.25 <= whole && whole <= 1, "%s", r.out);
  snprintf(figures, size, "%s", strchr(r.out, ':'));
  command_free(&r);
}

Test(error_runs, gcc_and_clang_stay_within_the_bound_and_agree) {
  const char *const names[] = {"gcc-O2", "gcc-O3", "clang-O2", "clang-O3"};
  char first[256], other[256];
  expect_within(names[0], first, sizeof first);
  for (size_t k = 1; k < 4; k++) {
    expect_within(names[k], other, sizeof other);
    cr_expect_str_eq(other, first, "%s", names[k]);
  }
}

Test(error_runs, wrong_usage) {
  const char *const wrong[] = {"--runs x", "--runs -1", "--seed", "--other 1", "more"};
  setenv("IST", "build/errors/gcc-O2", 1);
  for (size_t k = 0; k < 5; k++) {
    command_result r = command_run("%s", wrong[k]);
    cr_expect_eq(r.code, 2, "%s", wrong[k]);
    cr_expect_str_empty(r.out);
    command_free(&r);
  }
}
