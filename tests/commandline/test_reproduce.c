/** ist reproduce: what it writes, that it is the same every time, and how it fails. */
#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <glob.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../support/command.h"
#include "../support/scratch.h"
#include "check/verdict.h"
#include "reproduce/reproduction.h"

static void open_scratch(void) { scratch_open(); }

TestSuite(reproduce, .init = open_scratch, .fini = scratch_close);

static const char *const figures[] = {"homogeneous", "heterogeneous", "bounds",
                                      "divergence",  "bias",          "definiteness"};
#define FIGURES (sizeof figures / sizeof *figures)

/** Runs `ist reproduce --quick` into the scratch directory `name` and returns it. */
static const char *reproduce(const char *name, const char *options) {
  const char *dir = scratch_path(name);
  command_result r = command_run("reproduce --quick %s -o %s", options, dir);
  cr_assert_eq(r.code, 0, "exit code %d: %s", r.code, r.err);
  cr_expect_str_eq(r.err, "");
  command_free(&r);
  return dir;
}

/** The bytes of DIR/NAME.EXTENSION, zero-terminated; to be freed. *size: how many. */
static char *contents(const char *dir, const char *name, const char *extension, size_t *size) {
  char path[1200];
  struct stat info;
  snprintf(path, sizeof path, "%s/%s%s", dir, name, extension);
  cr_assert_eq(stat(path, &info), 0, "no %s", path);
  char *text = calloc((size_t)info.st_size + 1, 1);
  FILE *file = fopen(path, "rb");
  *size = fread(text, 1, (size_t)info.st_size, file);
  cr_assert_eq(*size, (size_t)info.st_size);
  fclose(file);
  return text;
}

/** How many files match the pattern in the directory; hidden ones match ".*". */
static size_t count(const char *dir, const char *pattern) {
  char path[1200];
  glob_t found;
  snprintf(path, sizeof path, "%s/%s", dir, pattern);
  size_t n = glob(path, 0, NULL, &found) == 0 ? found.gl_pathc : 0;
  globfree(&found);
  return n;
}

static void expect_contains(const char *dir, const char *name, const char *extension,
                            const char *text) {
  size_t size;
  char *bytes = contents(dir, name, extension, &size);
  cr_expect_not_null(strstr(bytes, text), "%s%s does not contain %s", name, extension, text);
  free(bytes);
}

/** The date in the PDF, which its binary parts hide from strstr. */
static const char *pdf_date(const char *bytes, size_t size) {
  static const char key[] = "/CreationDate (D:";
  for (size_t j = 0; j + sizeof key < size; j++)
    if (memcmp(bytes + j, key, sizeof key - 1) == 0)
      return bytes + j + sizeof key - 1;
  return "none";
}

static void expect_figure(const char *dir, const char *name) {
  size_t size;
  expect_contains(dir, name, ".svg", "</svg>");
  expect_contains(dir, name, ".gp", "pdfcairo");
  char *pdf = contents(dir, name, ".pdf", &size);
  cr_expect_eq(memcmp(pdf, "%PDF-", 5), 0);
  cr_expect_eq(memcmp(pdf_date(pdf, size), "19700101000000", 14), 0);
  free(pdf);
}

static void expect_summary(const char *dir) {
  char path[1200];
  size_t index;
  json_error_t error;
  snprintf(path, sizeof path, "%s/summary.json", dir);
  json_t *summary = json_load_file(path, 0, &error), *row;
  cr_assert_not_null(summary, "%s", error.text);
  cr_expect_str_eq(json_string_value(json_object_get(summary, "schema")), "ist.reproduce/1");
  cr_expect_not_null(strstr(json_string_value(json_object_get(summary, "note")), "reconstruction"));
  json_t *claims = json_object_get(summary, "claims");
  cr_expect_geq(json_array_size(claims), 40);
  json_array_foreach(claims, index, row) {
    const char *verdict = json_string_value(json_object_get(row, "verdict"));
    cr_expect_str_eq(verdict, "holds", "%s: %s", json_string_value(json_object_get(row, "id")),
                     verdict);
  }
  json_decref(summary);
}

Test(reproduce, data_figures_and_summary) {
  const char *dir = reproduce("a", "");
  for (size_t i = 0; i < FIGURES; i++)
    expect_figure(dir, figures[i]);
  expect_summary(dir);
  expect_contains(dir, "heterogeneous", ".gp", "reconstructed");
  expect_contains(dir, "homogeneous", ".svg", "γ = 0.1");
  cr_expect_eq(count(dir, "*.csv"), 11);
  cr_expect_eq(count(dir, ".[0-9]*"), 0);
}

/** Column `column` of line `line` (the heading is line 0) of a CSV file. */
static double cell(const char *text, size_t line, size_t column) {
  for (; line > 0; line--)
    text = strchr(text, '\n') + 1;
  for (; column > 0; column--)
    text = strchr(text, ',') + 1;
  return strtod(text, NULL);
}

/** P21 from the data alone: each round multiplies the error by (1 - gamma)^2, in every run. */
Test(reproduce, homogeneous_data_decrease_linearly) {
  static const double gammas[] = {0.1, 0.2, 0.4, 0.8};
  size_t size;
  char *text = contents(reproduce("a", "--seed 3"), "homogeneous", ".csv", &size);
  cr_expect_eq(strncmp(text, "k,gamma=0.1 run 1,gamma=0.1 run 2,", 34), 0);
  for (size_t g = 0; g < 4; g++)
    for (size_t part = 0; part < 11; part++)
      for (size_t k = 0; k < 4; k++) {
        size_t column = 1 + 12 * g + part;
        double factor = cell(text, k + 2, column) / cell(text, k + 1, column);
        cr_expect_float_eq(factor, (1 - gammas[g]) * (1 - gammas[g]), 1e-9);
      }
  free(text);
}

/** N14 from the data alone: 81/50 a round. */
Test(reproduce, divergence_data) {
  size_t size;
  char *text = contents(reproduce("a", ""), "divergence-step", ".csv", &size);
  cr_expect_float_eq(cell(text, 1, 11), 3, 0);
  cr_expect_float_eq(cell(text, 41, 11) / (3 * pow(1.62, 40)), 1, 1e-12);
  free(text);
}

static void expect_same_files(const char *a, const char *b, const char *pattern) {
  char path[1200];
  glob_t found;
  snprintf(path, sizeof path, "%s/%s", a, pattern);
  cr_assert_eq(glob(path, 0, NULL, &found), 0);
  for (size_t i = 0; i < found.gl_pathc; i++) {
    size_t sizes[2];
    const char *name = strrchr(found.gl_pathv[i], '/') + 1;
    char *one = contents(a, name, "", &sizes[0]), *other = contents(b, name, "", &sizes[1]);
    cr_expect(sizes[0] == sizes[1] && memcmp(one, other, sizes[0]) == 0, "%s differs", name);
    free(one);
    free(other);
  }
  globfree(&found);
}

Test(reproduce, same_seed_same_bytes) {
  char first[600];
  snprintf(first, sizeof first, "%s", reproduce("a", ""));
  sleep(1); /* a date would differ */
  expect_same_files(first, reproduce("b", ""), "*");
}

Test(reproduce, another_seed_other_data) {
  size_t sizes[2];
  char *one = contents(reproduce("a", "--seed 8"), "heterogeneous", ".csv", &sizes[0]);
  char *other = contents(reproduce("b", "--seed 9"), "heterogeneous", ".csv", &sizes[1]);
  cr_expect_str_neq(one, other);
  free(one);
  free(other);
}

Test(reproduce, without_gnuplot) {
  const char *dir = scratch_path("a");
  setenv("PATH", scratch_path("nowhere"), 1);
  command_result r = command_run("reproduce --quick -o %s", dir);
  cr_expect_eq(r.code, 0);
  cr_expect_str_eq(r.err, "ist: gnuplot is not installed: the CSV files and the scripts (*.gp) are "
                          "written, the figures are not drawn\n");
  command_free(&r);
  cr_expect_eq(count(dir, "*.csv"), 11);
  cr_expect_eq(count(dir, "*.gp"), 6);
  cr_expect_eq(count(dir, "*.svg"), 0);
  expect_summary(dir);
}

Test(reproduce, failing_gnuplot) {
  const char *dir = scratch_path("a");
  char reason[700];
  cr_assert_eq(chmod(scratch_write("gnuplot", "#!/bin/sh\n: >.$$\nexit 1\n"), 0755), 0);
  setenv("PATH", scratch_path(""), 1);
  snprintf(reason, sizeof reason, "ist: %s/homogeneous.gp: gnuplot could not draw it\n", dir);
  command_result r = command_run("reproduce --quick -o %s", dir);
  cr_expect_eq(r.code, 5);
  cr_expect_str_eq(r.err, reason);
  command_free(&r);
  cr_expect_eq(count(dir, "*.svg"), 0);
}

Test(reproduce, output_that_cannot_be_written) {
  const char *file = scratch_write("file", "");
  char reason[700];
  snprintf(reason, sizeof reason, "%s: exists and is not a directory", file);
  command_refuses(5, reason, "reproduce --quick -o %s", file);
  command_refuses(2, "option '--output' is missing; see 'ist reproduce --help'",
                  "reproduce --quick");
  command_refuses(2, "unexpected argument 'x'; see 'ist reproduce --help'", "reproduce x");
  const char *dir = scratch_path("a"), *blocked = scratch_path("a/homogeneous.csv");
  cr_assert_eq(mkdir(dir, 0700), 0);
  cr_assert_eq(mkdir(blocked, 0700), 0);
  command_result r = command_run("reproduce --quick -o %s", dir);
  snprintf(reason, sizeof reason, "ist: %s: Is a directory\n", blocked);
  cr_expect_eq(r.code, 5);
  cr_expect_str_eq(r.err, reason);
  command_free(&r);
}

Test(reproduce, full_standard_output) {
  command_result r = command_run_onto("/dev/full", "reproduce --quick -o %s", scratch_path("a"));
  cr_expect_eq(r.code, 5);
  cr_expect_str_eq(r.err, "ist: standard output: No space left on device\n");
  command_free(&r);
}

/** A check that fails is printed, recorded and named at the end. */
Test(reproduce, violated_claim) {
  ist_reproduction t = {.directory = ".", .rows = json_array()};
  ist_status s;
  ist_finding f;
  ist_balls work, *w = &work;
  cr_redirect_stdout();
  ist_balls_open(w, IST_REPRODUCTION_BITS);
  ist_ball one = ist_ball_of(w, 1), two = ist_ball_of(w, 2);
  ist_verdict_equal(w, &f, two, one, one);
  cr_assert_eq(ist_reproduction_record(&t, "P21", "homogeneous", "2 = 1", &f, &s), IST_OK);
  ist_verdict_at_most(w, &f, one, two, one);
  cr_assert_eq(ist_reproduction_record(&t, "P22", "homogeneous", "1 <= 2", &f, &s), IST_OK);
  cr_expect_eq(ist_tally_conclude(&t.tally, &s), IST_VIOLATED);
  cr_expect_str_eq(s.text, "1 claim violated: P21");
  cr_expect_eq(json_array_size(t.rows), 2);
  ist_balls_clear(w);
  json_decref(t.rows);
}

Test(reproduce, seeds_of_runs_stay_within_32_bits) {
  ist_reproduction t = {.seed = 4294967295ul};
  cr_expect_eq(ist_reproduction_seed(&t, 0), 4294967295ul);
  cr_expect_eq(ist_reproduction_seed(&t, 1), 0);
}
