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
#include "../support/files.h"
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

#define DATA "tests/data/hdf5/"

/** Files that were, or would be, read as something else than what they hold. */
Test(hdf5_command, files_that_mislead_are_refused) {
  const char *const run = "run " DATA "%s --step 0.01";
  json_decref(command_json("run " DATA "plain.h5 --step 0.01 --json"));
  command_refuses(3,
                  DATA "lzf.h5: L, worker 1: compressed with the HDF5 filter 32000 (lzf), which is "
                       "not installed; h5repack writes the file with another",
                  run, "lzf.h5");
  command_refuses(3,
                  DATA
                  "virtual.h5: b: a virtual dataset, whose numbers lie in other datasets; copy "
                  "them into this one",
                  run, "virtual.h5");
  command_refuses(3,
                  DATA "capital.h5: holds no dataset b, but one named B; rename it if it is meant",
                  run, "capital.h5");
  command_refuses(3, DATA "never-written.h5: b: was never written; HDF5 would read it as zeros",
                  run, "never-written.h5");
}

/** A row stands for the vector that all workers share. */
Test(hdf5_command, matlab_vectors_are_shared) {
  const char *const file = DATA "matlab-vector.h5";
  json_decref(command_json("run %s --workers 3 --step 0.01 --json", file));
  json_t *c = command_json("constants %s --json", file);
  cr_expect_eq(command_number(c, "n"), command_number(c, "d"));
  cr_expect(json_is_false(json_object_get(c, "interpolation")));
  json_decref(c);
}

/** The library's crash is an outcome of its own process; a sanitizer there writes to files that
 *  nobody reads. */
static void expect_crashes(void) {
  char options[600];
  snprintf(options, sizeof options, "log_path=%s:exitcode=99", scratch_path("report"));
  setenv("ASAN_OPTIONS", options, 1);
  setenv("UBSAN_OPTIONS", options, 1);
}

Test(hdf5_command, a_file_that_crashes_the_library_is_refused) {
  expect_crashes();
  command_refuses(3, DATA "damaged.h5: b: the HDF5 library crashes on it; the file is damaged",
                  "constants " DATA "damaged.h5");
}

/** Whichever byte of a file is damaged: never a signal, and one line. */
Test(hdf5_command, damaged_bytes_end_in_one_line, .timeout = 600) {
  const char *files[] = {scratch_path("p.h5"), DATA "lzf.h5", DATA "plain.h5"};
  const char *damaged = scratch_path("damaged.h5");
  unsigned state = 1;
  size_t refused = 0, read = 0;
  expect_crashes();
  free(command_output(command_run("problem gaussian --dim 2 --workers 2 -o %s", files[0])));
  for (size_t k = 0; k < 360; k++) {
    char *bytes;
    const size_t size = file_bytes(files[k % 3], &bytes);
    state = state * 1664525u + 1013904223u;
    bytes[state % size] ^= (char)(1u << (state >> 29));
    file_write(damaged, bytes, size);
    free(bytes);
    command_result r = command_run("run %s --step 0.01 --rounds 1", damaged);
    cr_expect(r.code == 0 || r.code == 3 || r.code == 6, "byte %u: exit code %d", state, r.code);
    const char *end = strchr(r.err, '\n');
    cr_expect(r.code == 0 ? *r.err == '\0' : end != NULL && end[1] == '\0', "%s", r.err);
    refused += r.code == 3;
    read += r.code == 0;
    command_free(&r);
  }
  cr_expect_gt(refused, 100);
  cr_expect_gt(read, 100); /* a number has changed, or nothing that is looked at */
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
