/* Writing a problem directory: same bits when read back, nothing lost when writing fails. */
#include "problem/load.h"
#include "problem/save.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "../support/scratch.h"
#include "problem/gaussian.h"

static const char *directory;

static void begin(void) { directory = scratch_open(); }

TestSuite(problem_save, .init = begin, .fini = scratch_close);

static ist_problem gaussian(size_t d, size_t n, bool homogeneous, bool interpolation) {
  ist_problem p;
  ist_status s = {0};
  cr_assert_eq(ist_problem_gaussian(d, n, homogeneous, interpolation, 1, &p, &s), IST_OK, "%s",
               s.text);
  return p;
}

static void save(const ist_problem *p, const char *path) {
  ist_status s = {0};
  cr_assert_eq(ist_problem_save(p, path, &s), IST_OK, "%s", s.text);
}

/** Saves p, reads it back and compares every bit; frees p. */
static void expect_round_trip(ist_problem p, size_t workers) {
  ist_problem back;
  ist_status s = {0};
  save(&p, directory);
  cr_assert_eq(ist_problem_load(directory, workers, &back, &s), IST_OK, "%s", s.text);
  cr_expect_eq(back.d, p.d);
  cr_expect_eq(back.n, p.n);
  cr_expect_eq(back.L_stride, p.L_stride);
  cr_expect_eq(back.b_stride, p.b_stride);
  cr_expect_eq(back.homogeneous, p.homogeneous);
  cr_expect_eq(back.interpolation, p.interpolation);
  size_t entries = ist_problem_L_count(&p) * p.d * p.d;
  cr_expect_eq(memcmp(back.L, p.L, entries * sizeof(double)), 0);
  cr_expect_eq(memcmp(back.b, p.b, ist_problem_b_count(&p) * p.d * sizeof(double)), 0);
  ist_problem_free(&back);
  ist_problem_free(&p);
}

Test(problem_save, heterogeneous_round_trip) {
  expect_round_trip(gaussian(6, 3, false, false), 0);
  cr_expect_eq(scratch_count(), 6);
}

Test(problem_save, heterogeneous_interpolation_round_trip) {
  expect_round_trip(gaussian(6, 3, false, true), 0);
  cr_expect_eq(scratch_count(), 3);
}

Test(problem_save, homogeneous_round_trip) {
  expect_round_trip(gaussian(6, 3, true, false), 3);
  cr_expect(scratch_has("L.mtx"));
  cr_expect(scratch_has("b.mtx"));
  cr_expect_eq(scratch_count(), 2);
}

Test(problem_save, homogeneous_interpolation_round_trip) {
  expect_round_trip(gaussian(5, 5, true, true), 0);
  cr_expect_eq(scratch_count(), 1);
}

Test(problem_save, a_single_worker_is_recorded_as_such) {
  expect_round_trip(gaussian(4, 1, false, false), 0);
  cr_expect(scratch_has("L-1.mtx"));
  cr_expect(scratch_has("b-1.mtx"));
}

Test(problem_save, shared_matrix_with_several_vectors_round_trip) {
  ist_problem p = gaussian(4, 3, true, false);
  ist_problem mixed;
  cr_assert(ist_problem_alloc(&mixed, 4, 3, 1, 3));
  memcpy(mixed.L, p.L, 16 * sizeof(double));
  for (size_t k = 0; k < 12; k++)
    mixed.b[k] = (double)k / 7.0;
  mixed.interpolation = false;
  ist_problem_free(&p);
  expect_round_trip(mixed, 0);
}

Test(problem_save, the_directory_is_created) {
  ist_problem p = gaussian(2, 2, true, false);
  save(&p, scratch_path("new"));
  cr_expect(scratch_has("new/L.mtx"));
  ist_problem_free(&p);
}

Test(problem_save, an_earlier_problem_is_replaced_and_other_files_stay) {
  ist_problem three = gaussian(2, 3, false, false);
  ist_problem two = gaussian(2, 2, false, true);
  ist_problem shared = gaussian(2, 2, true, false);
  scratch_write("notes.txt", "mine");
  scratch_write("L-1.mtx.bak", "mine");
  save(&three, directory);
  cr_expect_eq(scratch_count(), 8);
  save(&two, directory);
  cr_expect_eq(scratch_count(), 4);
  cr_expect_not(scratch_has("L-3.mtx"));
  cr_expect_not(scratch_has("b-1.mtx"));
  save(&shared, directory);
  cr_expect_eq(scratch_count(), 4);
  cr_expect(scratch_has("L.mtx"));
  save(&three, directory);
  cr_expect_not(scratch_has("L.mtx"));
  cr_expect(scratch_holds("notes.txt", "mine"));
  cr_expect(scratch_holds("L-1.mtx.bak", "mine"));
  ist_problem_free(&three);
  ist_problem_free(&two);
  ist_problem_free(&shared);
}

static void expect_failure(const ist_problem *p, const char *path, const char *at,
                           const char *reason) {
  ist_status s = {0};
  char text[512];
  snprintf(text, sizeof text, "%s: %s", at, reason);
  cr_expect_eq(ist_problem_save(p, path, &s), IST_OUTPUT_FAILED);
  cr_expect_str_eq(s.text, text);
}

Test(problem_save, a_file_in_place_of_the_directory_is_refused) {
  ist_problem p = gaussian(2, 2, true, false);
  const char *path = scratch_write("file", "mine");
  expect_failure(&p, path, path, "exists and is not a directory");
  cr_expect(scratch_holds("file", "mine"));
  ist_problem_free(&p);
}

Test(problem_save, a_missing_parent_is_refused) {
  ist_problem p = gaussian(2, 2, true, false);
  const char *path = scratch_path("missing/new");
  expect_failure(&p, path, path, "No such file or directory");
  ist_problem_free(&p);
}

Test(problem_save, a_directory_in_place_of_a_file_stops_before_anything_is_replaced) {
  ist_problem p = gaussian(2, 2, false, false);
  scratch_write("L-1.mtx", "old");
  const char *path = scratch_path("L-2.mtx");
  cr_assert_eq(mkdir(path, 0700), 0);
  expect_failure(&p, directory, path, "Is a directory");
  cr_expect(scratch_holds("L-1.mtx", "old"));
  cr_expect_eq(scratch_count(), 2);
  ist_problem_free(&p);
}

Test(problem_save, a_stale_file_that_cannot_be_removed_is_reported) {
  ist_problem p = gaussian(2, 2, true, false);
  const char *path = scratch_path("L-7.mtx");
  cr_assert_eq(mkdir(path, 0700), 0);
  expect_failure(&p, directory, path, "Is a directory");
  ist_problem_free(&p);
}

Test(problem_save, a_full_disk_leaves_the_earlier_problem_whole) {
  ist_problem small = gaussian(2, 2, false, false);
  ist_problem large = gaussian(40, 2, false, false);
  save(&small, directory);
  signal(SIGXFSZ, SIG_IGN);
  struct rlimit limit;
  getrlimit(RLIMIT_FSIZE, &limit);
  rlim_t before = limit.rlim_cur;
  limit.rlim_cur = 8192;
  cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
  ist_status s = {0};
  cr_expect_eq(ist_problem_save(&large, directory, &s), IST_OUTPUT_FAILED);
  limit.rlim_cur = before;
  cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
  cr_expect_not_null(strstr(s.text, "/L-2.mtx: "), "%s", s.text);
  cr_expect_eq(scratch_count(), 4);
  ist_problem back;
  cr_assert_eq(ist_problem_load(directory, 0, &back, &s), IST_OK, "%s", s.text);
  cr_expect_eq(memcmp(back.L, small.L, 8 * sizeof(double)), 0);
  ist_problem_free(&back);
  ist_problem_free(&small);
  ist_problem_free(&large);
}
