/** HDF5 problems through the program: the same numbers as from a directory, h5py's files and ours.
 */
#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../support/command.h"
#include "../support/scratch.h"

static void open_scratch(void) { scratch_open(); }

TestSuite(hdf5_command, .init = open_scratch, .fini = scratch_close);

/** Runs h5py_peer.py; that python3-h5py is installed is packages.txt's matter. */
static void h5py(const char *arguments) {
  char command[1000];
  snprintf(command, sizeof command, "/usr/bin/python3 tests/commandline/h5py_peer.py %s",
           arguments);
  cr_assert_eq(system(command), 0, "%s", command);
}

static void make(void) {
  char arguments[600];
  snprintf(arguments, sizeof arguments, "make %s", scratch_path("."));
  h5py(arguments);
}

/** `ist COMMAND` prints the same for both problems. */
static void assert_same_output(const char *command, const char *first, const char *second,
                               const char *options) {
  command_result a = command_run("%s %s %s", command, first, options);
  command_result b = command_run("%s %s %s", command, second, options);
  cr_expect_eq(a.code, b.code);
  cr_expect_eq(a.code, 0, "%s %s: %s", command, first, a.err);
  cr_expect_str_eq(a.out, b.out, "%s %s %s", command, first, options);
  cr_expect(strlen(a.out) > 100);
  command_free(&a);
  command_free(&b);
}

Test(hdf5_command, a_file_and_a_directory_give_the_same_bytes) {
  const char *file = scratch_path("p.h5"), *directory = scratch_path("p");
  json_decref(command_json("problem gaussian --dim 8 --workers 4 --seed 3 -o %s --json", file));
  json_decref(
      command_json("problem gaussian --dim 8 --workers 4 --seed 3 -o %s --json", directory));
  assert_same_output("constants", file, directory, "--full --json");
  assert_same_output("constants", file, directory, "--sketch rand --block 3 --certify");
  assert_same_output("run", file, directory, "--step 0.01 --start gaussian --json");
  assert_same_output("expect", file, directory, "--step 0.01 --rounds 5");
  assert_same_output("check", file, directory, "--workers 4");
}

Test(hdf5_command, regression_writes_either) {
  static const char regression[] = "problem regression --data tests/data/longley/A.mtx --target "
                                   "tests/data/longley/target.mtx --workers 3 --ridge 0.1 "
                                   "--standardize --json -o";
  const char *file = scratch_path("p.hdf5"), *directory = scratch_path("p");
  json_t *report = command_json("%s %s", regression, file);
  cr_expect_str_eq(json_string_value(json_object_get(report, "path")), file);
  cr_expect_eq(command_number(report, "d"), 6);
  cr_expect_eq(command_number(report, "n"), 3);
  json_decref(report);
  json_decref(command_json("%s %s", regression, directory));
  assert_same_output("run", file, directory, "--json");
}

Test(hdf5_command, shared_problems_take_workers_and_precondition) {
  const char *file = scratch_path("p.h5"), *directory = scratch_path("p");
  json_decref(
      command_json("problem gaussian --dim 6 --workers 6 --homogeneous -o %s --json", file));
  json_decref(
      command_json("problem gaussian --dim 6 --workers 6 --homogeneous -o %s --json", directory));
  assert_same_output("constants", file, directory, "--workers 2 --json");
  assert_same_output("run", file, directory, "--precondition --sketch scaled-perm --json");
}

Test(hdf5_command, the_same_seed_gives_the_same_file) {
  char command[600];
  json_decref(
      command_json("problem gaussian --dim 5 --workers 2 -o %s --json", scratch_path("a.h5")));
  json_decref(
      command_json("problem gaussian --dim 5 --workers 2 -o %s --json", scratch_path("b.h5")));
  snprintf(command, sizeof command, "cmp %s %s", scratch_path("a.h5"), scratch_path("b.h5"));
  cr_assert_eq(system(command), 0);
  json_decref(command_json("problem gaussian --dim 5 --workers 2 --seed 2 -o %s --json",
                           scratch_path("b.h5")));
  snprintf(command, sizeof command, "cmp -s %s %s", scratch_path("a.h5"), scratch_path("b.h5"));
  cr_assert_neq(system(command), 0);
}

Test(hdf5_command, files_of_h5py_are_read) {
  make();
  const char *text = scratch_path("text");
  assert_same_output("constants", scratch_path("plain.h5"), text, "--full --json");
  assert_same_output("constants", scratch_path("packed.h5"), text, "--full --json");
  assert_same_output("run", scratch_path("shared.h5"), scratch_path("shared"), "--json");
}

Test(hdf5_command, h5py_reads_our_files) {
  char arguments[1200];
  const char *ours = scratch_path("ours.h5"), *copy = scratch_path("copy.h5");
  json_decref(command_json("problem gaussian --dim 6 --workers 3 -o %s --json", ours));
  snprintf(arguments, sizeof arguments, "copy %s %s", ours, copy);
  h5py(arguments);
  assert_same_output("constants", ours, copy, "--full --json");
}

static void assert_refused(const char *name, const char *reason) {
  char text[600];
  const char *path = scratch_path(name);
  snprintf(text, sizeof text, "%s%s", path, reason);
  command_refuses(3, text, "run %s --step 0.1", path);
  command_refuses(3, text, "constants %s", path);
}

Test(hdf5_command, faults_are_refused) {
  make();
  assert_refused("bad-type.h5", ": L: float32, but must be float64");
  assert_refused("bad-nan.h5", ": L, worker 2: entry (1,1) = nan is not within +-1.4615e+48");
  assert_refused("bad-length.h5", ": b: vectors of 5 entries, but L is 6 x 6");
  scratch_write("text.h5", "%%MatrixMarket matrix array real general\n");
  assert_refused("text.h5",
                 ": not an HDF5 file; a problem is a directory of Matrix Market files or "
                 "one HDF5 file");
  assert_refused("absent.h5", ": No such file or directory");
  command_result r = command_run("run %s --step 0.1", scratch_path("bad-order.h5"));
  cr_expect_eq(r.code, 3);
  cr_expect(strstr(r.err, "bad-order.h5: L, worker 1: not symmetric: entry (2,1) = "));
  command_free(&r);
  char text[600];
  snprintf(text, sizeof text, "%s: for 3 workers, but 4 requested", scratch_path("plain.h5"));
  command_refuses(3, text, "run %s --workers 4 --step 0.1", scratch_path("plain.h5"));
}

/** A number of workers that does not divide d is the sketch's refusal. */
Test(hdf5_command, workers_must_divide_the_dimension) {
  const char *file = scratch_path("p.h5");
  json_decref(command_json("problem gaussian --dim 6 --workers 4 -o %s --json", file));
  command_result r = command_run("run %s --step 0.1", file);
  cr_expect_eq(r.code, 3);
  cr_expect(strstr(r.err, "1, 2, 3, 6"), "%s", r.err);
  command_free(&r);
}

Test(hdf5_command, what_cannot_be_written_is_refused) {
  char text[600];
  const char *folder = scratch_path("p.h5");
  cr_assert_eq(mkdir(folder, 0700), 0);
  snprintf(text, sizeof text, "%s: Is a directory", folder);
  command_refuses(5, text, "problem gaussian --dim 2 --workers 2 -o %s", folder);
  const char *device = scratch_path("full.h5");
  cr_assert_eq(symlink("/dev/full", device), 0);
  snprintf(text, sizeof text, "%s: exists and is not a regular file", device);
  command_refuses(5, text, "problem gaussian --dim 2 --workers 2 -o %s", device);
  const char *absent = scratch_path("absent/p.h5");
  snprintf(text, sizeof text, "%s: No such file or directory", absent);
  command_refuses(5, text, "problem gaussian --dim 2 --workers 2 -o %s", absent);
  cr_assert_eq(rmdir(folder), 0);
}

/** Writing that fails in the middle leaves the earlier file, and nothing else. */
Test(hdf5_command, a_full_disk_leaves_the_earlier_file) {
  const char *file = scratch_write("p.h5", "earlier");
  signal(SIGXFSZ, SIG_IGN);
  const struct rlimit limit = {4096, 4096};
  cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
  command_result r = command_run("problem gaussian --dim 40 --workers 2 -o %s", file);
  cr_expect_eq(r.code, 5, "exit code %d: %s", r.code, r.err);
  cr_expect(strstr(r.err, "p.h5: File too large\n"), "%s", r.err);
  command_free(&r);
  cr_expect(scratch_holds("p.h5", "earlier"));
  cr_expect_eq(scratch_count(), 1);
}

/** Beyond d = 2000 the eigenvalues come from ARPACK: 1 and 2001, known from the construction. */
Test(hdf5_command, large_problems_have_extremal_eigenvalues) {
  char arguments[600];
  const char *file = scratch_path("large.h5");
  snprintf(arguments, sizeof arguments, "large %s", file);
  h5py(arguments);
  json_t *c = command_json("constants %s --workers 3 --sketch identity --json", file);
  cr_expect_str_eq(json_string_value(json_object_get(c, "eigenvalues")), "extremal");
  cr_expect_float_eq(command_number(c, "lambda_min"), 1, 1e-9);
  cr_expect_float_eq(command_number(c, "lambda_max"), 2001, 1e-9);
  cr_expect_float_eq(command_number(c, "theta"), 2001, 1e-9);
  cr_expect_float_eq(command_number(c, "contraction"), 1, 1e-9);
  cr_expect_float_eq(command_number(c, "w_lambda_min"), 1, 1e-9);
  json_t *x_star = json_object_get(c, "x_star");
  for (size_t j = 0; j < 2001; j++)
    cr_expect_float_eq(json_real_value(json_array_get(x_star, j)), 1, 1e-9);
  json_decref(c);
}
