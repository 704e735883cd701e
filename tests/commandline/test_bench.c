/** The benchmark program: that it runs, that the peers compute the same, what its JSON holds. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"
#include "../support/scratch.h"

/** From here on commands run ist-bench, which lies beside ist. */
static void open_bench(void) {
  static char path[512];
  const char *ist = getenv("IST");
  snprintf(path, sizeof path, "%s-bench", ist != NULL ? ist : "build/ist");
  setenv("IST", path, 1);
  scratch_open();
}

TestSuite(bench, .init = open_bench, .fini = scratch_close);

static const char *text(const json_t *object, const char *key) {
  const char *value = json_string_value(json_object_get(object, key));
  cr_assert_not_null(value, "%s is not text", key);
  return value;
}

/** A row has a ratio of what it measured, or a reason. */
static void expect_row(const json_t *row) {
  const char *against = text(row, "against");
  cr_expect_gt(command_number(row, "samples"), 0);
  if (strcmp(text(row, "measure"), "homogeneous round") == 0) /* of one coordinate a worker */
    cr_expect_eq(command_number(row, "d"), command_number(row, "n"));
  else
    cr_expect_gt(command_number(row, "d"), command_number(row, "n"));
  cr_expect(json_is_null(json_object_get(row, "target")), "quick: no target");
  cr_expect(json_is_null(json_object_get(row, "met")));
  if (!json_is_null(json_object_get(row, "reason"))) {
    cr_expect_str_not_empty(text(row, "reason"));
    cr_expect(json_is_null(json_object_get(row, "ratio")), "%s", against);
    return;
  }
  double ours = command_number(row, "ours"), theirs = command_number(row, "theirs");
  bool cost = strcmp(text(row, "ratio_of"), "ours/theirs") == 0;
  cr_expect_float_eq(command_number(row, "ratio"), cost ? ours / theirs : theirs / ours, 1e-12);
  if (strcmp(text(row, "unit"), "s") == 0)
    cr_expect(ours > 0 && theirs > 0, "%s", against);
}

static size_t count(const json_t *rows, const char *measure) {
  size_t index, found = 0;
  json_t *row;
  json_array_foreach(rows, index, row) found += strcmp(text(row, "measure"), measure) == 0;
  return found;
}

Test(bench, measures_every_peer) {
  json_error_t error;
  json_t *row;
  size_t index;
  command_result r = command_run("--quick -o %s", scratch_path("b"));
  cr_assert_eq(r.code, 0, "exit code %d: %s", r.code, r.err);
  cr_expect_str_empty(r.err);
  json_t *bench = json_load_file(scratch_path("b/bench.json"), 0, &error);
  cr_assert_not_null(bench, "%s", error.text);
  cr_expect_str_eq(text(bench, "schema"), "ist.bench/1");
  cr_expect(json_is_true(json_object_get(bench, "quick")));
  const json_t *machine = json_object_get(bench, "machine");
  cr_expect_geq(command_number(machine, "cores"), 1);
  cr_expect_eq(command_number(machine, "threads"), 1);
  cr_expect_not_null(strstr(text(machine, "blas"), "OpenBLAS"));
  const json_t *rows = json_object_get(bench, "rows");
  json_array_foreach(rows, index, row) {
    expect_row(row);
    cr_expect_not_null(strstr(r.out, text(row, "against")));
  }
  cr_expect_eq(count(rows, "E[BLB] and theta"), 2);
  cr_expect_eq(count(rows, "expect, one round"), 1);
  cr_expect_eq(count(rows, "constants with bounds"), 1);
  cr_expect_eq(count(rows, "IST round"), 10);
  cr_expect_eq(count(rows, "round, two threads"), 2);
  cr_expect_eq(count(rows, "homogeneous round"), 2);
  json_decref(bench);
  command_free(&r);
}

Test(bench, refuses) {
  char expected[700];
  const char *file = scratch_write("file", "");
  command_result r = command_run("--quick");
  cr_expect_eq(r.code, 2);
  cr_expect_str_eq(r.err, "ist-bench: exactly one option -o DIR is needed; see ist-bench --help\n");
  command_free(&r);
  r = command_run("--quick -o %s", file);
  snprintf(expected, sizeof expected, "ist-bench: %s: exists and is not a directory\n", file);
  cr_expect_eq(r.code, 5);
  cr_expect_str_eq(r.err, expected);
  command_free(&r);
}
