/** Outputs that are inputs, or each other: refused before anything is read, and nothing is lost. */
#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../support/command.h"
#include "../support/files.h"
#include "../support/scratch.h"

#define VECTOR "%%MatrixMarket matrix array real general\n6 1\n1\n2\n3\n4\n5\n6\n"

static char p[512], h[512], x[512], c[512], n[512], s[512];

static void name(char path[512], const char *file) {
  snprintf(path, 512, "%s", scratch_path(file));
}

static void begin(void) {
  scratch_open();
  name(p, "p");
  name(h, "p.h5");
  name(c, "c");
  name(n, "new");
  name(s, "stdout");
  name(x, "x.mtx");
  scratch_write("x.mtx", VECTOR);
  json_decref(command_json("problem gaussian --dim 6 --workers 3 --interpolation -o %s --json", p));
  json_decref(command_json("problem gaussian --dim 6 --workers 3 -o %s --json", h));
  free(command_output(command_run("run %s --step 0.01 --rounds 4 --checkpoint %s", p, c)));
}

TestSuite(paths, .init = begin, .fini = scratch_close);

/** The file at path is the same before and after, and the usage refused for the reason. */
__attribute__((format(printf, 3, 4))) static void refuses(const char *path, const char *reason,
                                                          const char *format, ...) {
  char arguments[1500];
  va_list values;
  va_start(values, format);
  vsnprintf(arguments, sizeof arguments, format, values);
  va_end(values);
  char *before = file_text(path);
  command_refuses(2, reason, "%s", arguments);
  char *after = file_text(path);
  cr_expect_str_eq(before, after);
  free(before);
  free(after);
}

static const char *text(const char *format, ...) {
  static char line[1500];
  va_list values;
  va_start(values, format);
  vsnprintf(line, sizeof line, format, values);
  va_end(values);
  return line;
}

Test(paths, an_output_that_is_a_part_of_the_problem) {
  static const char *const outputs[] = {"--trace", "--checkpoint"};
  char part[600], link[600], other[600], missing[600];
  snprintf(part, sizeof part, "%s/L-1.mtx", p);
  snprintf(missing, sizeof missing, "%s/b-1.mtx", p);
  snprintf(link, sizeof link, "%s", scratch_path("link"));
  snprintf(other, sizeof other, "%s", scratch_path("other"));
  cr_assert_eq(symlink("p/L-1.mtx", link), 0);
  cr_assert_eq(symlink("p", other), 0);
  for (size_t k = 0; k < 2; k++) {
    const char *option = outputs[k];
    refuses(part, text("%s: a file of the problem %s: %s, which is read", option, p, part),
            "run %s --step 0.01 %s %s", p, option, part);
    refuses(part, text("%s: a file of the problem %s: %s, which is read", option, other, link),
            "run %s --step 0.01 %s %s", other, option, link);
    refuses(part, text("%s: a file of the problem %s: %s, which is read", option, p, missing),
            "run %s --step 0.01 %s %s", p, option, missing);
    refuses(h, text("%s: a file of the problem %s: %s, which is read", option, h, h),
            "run %s --step 0.01 %s %s", h, option, h);
  }
  refuses(part, text("--trace: a file of the problem %s: %s, which is read", p, part),
          "expect %s --step 0.01 --trace %s", p, part);
  cr_expect_not(scratch_has("p/b-1.mtx"));
  free(command_output(command_run("run %s --step 0.01 --trace %s/t.csv", p, p)));
}

Test(paths, an_output_that_is_another_input) {
  refuses(x, text("--trace and --start are the same file, %s", x),
          "run %s --step 0.01 --start %s --trace %s", p, x, x);
  refuses(x, text("--checkpoint and --start are the same file, %s", x),
          "run %s --step 0.01 --start %s --checkpoint %s", p, x, x);
  refuses(x, text("--trace and --start are the same file, %s", x),
          "expect %s --step 0.01 --start %s --trace %s", p, x, x);
  refuses(c, text("--trace and --resume are the same file, %s", c),
          "run %s --step 0.01 --resume %s --trace %s", p, c, c);
  free(command_output(command_run("run %s --step 0.01 --resume %s --checkpoint %s", p, c, c)));
}

/** Also where it does not exist yet, and by another name. */
Test(paths, two_outputs) {
  refuses(c, text("--trace and --checkpoint are the same file, %s", n),
          "run %s --step 0.01 --trace %s --checkpoint %s", p, n, n);
  refuses(c, text("--trace and --checkpoint are the same file, %s", scratch_path("p/../new")),
          "run %s --step 0.01 --trace %s --checkpoint %s", p, scratch_path("p/../new"), n);
  refuses(c, text("--trace and --checkpoint are the same file, %s", c),
          "run %s --step 0.01 --trace %s --checkpoint %s", p, c, c);
  cr_expect_not(scratch_has("new"));
  cr_assert_eq(link(c, n), 0);
  refuses(c, text("--trace and --checkpoint are the same file, %s", n),
          "run %s --step 0.01 --trace %s --checkpoint %s", p, n, c);
  free(command_output(
      command_run("run %s --step 0.01 --trace /dev/null --checkpoint /dev/null", p)));
}

static void expect_refused_onto(const char *onto, const char *reason, const char *arguments) {
  char line[1600];
  snprintf(line, sizeof line, "ist: %s\n", reason);
  command_result r = command_run_onto(onto, "%s", arguments);
  cr_expect_eq(r.code, 2);
  cr_expect_str_eq(r.err, line);
  command_free(&r);
}

Test(paths, standard_output) {
  char arguments[1200];
  scratch_write("stdout", "");
  snprintf(arguments, sizeof arguments, "run %s --step 0.01 --trace %s", p, s);
  expect_refused_onto(s, text("--trace and standard output are the same file, %s", s), arguments);
  snprintf(arguments, sizeof arguments, "run %s --step 0.01 --trace /dev/stdout", p);
  expect_refused_onto(s, "--trace and standard output are the same file, /dev/stdout", arguments);
  snprintf(arguments, sizeof arguments, "run %s --step 0.01 --start %s", p, x);
  expect_refused_onto(x, text("standard output and --start are the same file, %s", x), arguments);
  snprintf(arguments, sizeof arguments, "constants %s", h);
  expect_refused_onto(h, text("standard output: a file of the problem %s, which is read", h),
                      arguments);
}

Test(paths, standard_output_in_the_problem_that_is_replaced) {
  char arguments[1200], part[600];
  snprintf(part, sizeof part, "%s/L-2.mtx", p);
  snprintf(arguments, sizeof arguments, "problem gaussian --dim 2 --workers 2 -o %s", p);
  expect_refused_onto(part, text("--output: standard output is a file of the problem %s", p),
                      arguments);
}

Test(paths, a_problem_in_the_place_of_its_data) {
  char data[600], target[600], folder[600];
  cr_assert_eq(mkdir(scratch_path("d"), 0700), 0);
  snprintf(folder, sizeof folder, "%s", scratch_path("d"));
  snprintf(data, sizeof data, "%s", scratch_path("d/L.mtx"));
  snprintf(target, sizeof target, "%s", scratch_path("d/y.h5"));
  char *A = file_text("tests/data/longley/A.mtx"), *y = file_text("tests/data/longley/target.mtx");
  file_write(data, A, strlen(A));
  file_write(target, y, strlen(y));
  const char *const command =
      "problem regression --data %s --target %s --workers 2 --ridge 1 -o %s";
  refuses(
      data,
      text("--output: %s is the directory of --data %s; write the problem elsewhere", folder, data),
      command, data, target, folder);
  refuses(target,
          text("--output: %s is the directory of --target %s; write the problem elsewhere", folder,
               target),
          command, "tests/data/longley/A.mtx", target, folder);
  refuses(target, text("--output and --target are the same file, %s", target), command, data,
          target, target);
  free(command_output(command_run(command, data, target, scratch_path("d/p"))));
  free(A);
  free(y);
}

/** Only the server looks, and all ranks end. Open MPI keeps memory to the end. */
Test(paths, of_a_distributed_run) {
  const char *sanitizer = getenv("ASAN_OPTIONS");
  setenv("ASAN_OPTIONS", text("%s:detect_leaks=0", sanitizer != NULL ? sanitizer : ""), 1);
  command_result r = command_run_ranks(3, "run %s --step 0.01 --trace %s --checkpoint %s", p, n, n);
  cr_expect_eq(r.code, 2);
  cr_expect(strstr(r.err, "ist: --trace and --checkpoint are the same file, "), "%s", r.err);
  command_free(&r);
}
