/* Output files appear whole or not at all. */
#define _XOPEN_SOURCE 700 // symlink

#include "problem/atomic_file.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../support/scratch.h"

static void begin(void) { scratch_open(); }

TestSuite(atomic_file, .init = begin, .fini = scratch_close);

static ist_atomic_file open_file(const char *path) {
  ist_atomic_file f;
  ist_status s = {0};
  cr_assert_eq(ist_atomic_open(path, &f, &s), IST_OK, "%s", s.text);
  return f;
}

static void expect_refusal(const char *path, const char *reason) {
  ist_atomic_file f;
  ist_status s = {0};
  char text[512];
  snprintf(text, sizeof text, "%s: %s", path, reason);
  cr_expect_eq(ist_atomic_open(path, &f, &s), IST_OUTPUT_FAILED);
  cr_expect_str_eq(s.text, text);
  cr_expect_null(f.stream);
  cr_expect_null(f.target);
}

Test(atomic_file, a_commit_replaces_the_old_file) {
  const char *path = scratch_write("out", "old");
  ist_atomic_file f = open_file(path);
  fputs("new", f.stream);
  ist_status s = {0};
  cr_expect_eq(ist_atomic_commit(&f, &s), IST_OK);
  cr_expect(scratch_holds("out", "new"));
  cr_expect_eq(scratch_count(), 1);
  ist_atomic_abort(&f);
  cr_expect(scratch_holds("out", "new"));
}

Test(atomic_file, the_old_file_is_whole_until_the_commit) {
  ist_atomic_file f = open_file(scratch_write("out", "old"));
  ist_status s = {0};
  fputs("new", f.stream);
  fflush(f.stream);
  cr_expect(scratch_holds("out", "old"));
  cr_expect_eq(ist_atomic_seal(&f, &s), IST_OK);
  cr_expect(scratch_holds("out", "old"));
  cr_expect_eq(ist_atomic_commit(&f, &s), IST_OK);
  cr_expect(scratch_holds("out", "new"));
}

Test(atomic_file, an_abort_leaves_no_trace) {
  ist_atomic_file f = open_file(scratch_write("out", "old"));
  fputs("new", f.stream);
  ist_atomic_abort(&f);
  ist_atomic_abort(&f);
  cr_expect(scratch_holds("out", "old"));
  cr_expect_eq(scratch_count(), 1);
}

Test(atomic_file, an_abort_without_an_old_file_leaves_none) {
  ist_atomic_file f = open_file(scratch_path("out"));
  ist_atomic_abort(&f);
  cr_expect_eq(scratch_count(), 0);
}

Test(atomic_file, a_new_file_obeys_the_umask) {
  umask(027);
  ist_atomic_file f = open_file(scratch_path("out"));
  ist_status s = {0};
  cr_expect_eq(ist_atomic_commit(&f, &s), IST_OK);
  struct stat info;
  cr_assert_eq(stat(scratch_path("out"), &info), 0);
  cr_expect_eq(info.st_mode & 0777, 0640);
}

Test(atomic_file, an_existing_file_keeps_its_permissions) {
  const char *path = scratch_write("out", "old");
  cr_assert_eq(chmod(path, 0604), 0);
  ist_atomic_file f = open_file(path);
  ist_status s = {0};
  cr_expect_eq(ist_atomic_commit(&f, &s), IST_OK);
  struct stat info;
  cr_assert_eq(stat(path, &info), 0);
  cr_expect_eq(info.st_mode & 0777, 0604);
}

Test(atomic_file, a_symbolic_link_is_followed) {
  scratch_write("out", "old");
  cr_assert_eq(symlink("out", scratch_path("link")), 0);
  ist_atomic_file f = open_file(scratch_path("link"));
  fputs("new", f.stream);
  ist_status s = {0};
  cr_expect_eq(ist_atomic_commit(&f, &s), IST_OK);
  cr_expect(scratch_holds("out", "new"));
  struct stat info;
  cr_assert_eq(lstat(scratch_path("link"), &info), 0);
  cr_expect(S_ISLNK(info.st_mode));
}

/* A pipe of the test's own stands for every device: no fault may cost the machine its /dev/null. */
Test(atomic_file, a_pipe_is_written_directly_and_stays_one, .timeout = 20) {
  const char *path = scratch_path("pipe");
  cr_assert_eq(mkfifo(path, 0600), 0);
  int reader = open(path, O_RDONLY | O_NONBLOCK);
  cr_assert_geq(reader, 0);
  ist_atomic_file f = open_file(path);
  fputs("new", f.stream);
  ist_status s = {0};
  cr_expect_eq(ist_atomic_commit(&f, &s), IST_OK);
  char text[8] = "";
  cr_expect_eq(read(reader, text, sizeof text - 1), 3);
  cr_expect_str_eq(text, "new");
  struct stat info;
  cr_assert_eq(stat(path, &info), 0);
  cr_expect(S_ISFIFO(info.st_mode));
  cr_expect_eq(scratch_count(), 1);
  close(reader);
}

/** From here on, this process can write no byte to a file. */
static void forbid_writing(void) {
  struct rlimit limit;
  signal(SIGXFSZ, SIG_IGN);
  cr_assert_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
  limit.rlim_cur = 0;
  cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void permit_writing(void) {
  struct rlimit limit;
  cr_assert_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
  limit.rlim_cur = limit.rlim_max;
  cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

Test(atomic_file, a_write_that_fails_at_the_seal_leaves_the_old_file) {
  const char *path = scratch_write("out", "old");
  ist_atomic_file f = open_file(path);
  fputs("new", f.stream);
  ist_status s = {0};
  forbid_writing();
  ist_code code = ist_atomic_seal(&f, &s);
  permit_writing();
  cr_expect_eq(code, IST_OUTPUT_FAILED);
  char text[512];
  snprintf(text, sizeof text, "%s: File too large", path);
  cr_expect_str_eq(s.text, text);
  cr_expect_null(f.target);
  cr_expect(scratch_holds("out", "old"));
  cr_expect_eq(scratch_count(), 1);
}

Test(atomic_file, a_write_that_failed_earlier_is_reported_at_the_commit) {
  const char *path = scratch_write("out", "old");
  ist_atomic_file f = open_file(path);
  fputs("new", f.stream);
  ist_status s = {0};
  forbid_writing();
  int flushed = fflush(f.stream);
  permit_writing();
  cr_expect_eq(flushed, EOF);
  cr_expect_eq(ist_atomic_commit(&f, &s), IST_OUTPUT_FAILED);
  cr_expect(scratch_holds("out", "old"));
  cr_expect_eq(scratch_count(), 1);
}

Test(atomic_file, a_directory_is_refused) {
  const char *path = scratch_path("directory");
  cr_assert_eq(mkdir(path, 0700), 0);
  expect_refusal(path, "Is a directory");
}

Test(atomic_file, a_missing_directory_is_refused) {
  expect_refusal(scratch_path("missing/out"), "No such file or directory");
}

Test(atomic_file, a_target_that_became_a_directory_fails_the_commit) {
  const char *path = scratch_path("out");
  ist_atomic_file f = open_file(path);
  cr_assert_eq(mkdir(path, 0700), 0);
  ist_status s = {0};
  cr_expect_eq(ist_atomic_commit(&f, &s), IST_OUTPUT_FAILED);
  char text[512];
  snprintf(text, sizeof text, "%s: Is a directory", path);
  cr_expect_str_eq(s.text, text);
  cr_expect_eq(scratch_count(), 1);
}

Test(atomic_file, a_protected_file_is_not_replaced) {
  const char *path = scratch_write("out", "old");
  cr_assert_eq(chmod(path, 0400), 0);
  // The superuser may write to it: access() then asks for another real user.
  bool superuser = geteuid() == 0;
  if (superuser && setreuid(65534, 0) != 0)
    cr_skip_test("no second user in this container");
  expect_refusal(path, "Permission denied");
  if (superuser)
    cr_assert_eq(setreuid(0, 0), 0);
  cr_expect(scratch_holds("out", "old"));
}

/** Replaced, it would be lost with all that is printed afterwards. */
Test(atomic_file, the_file_of_standard_output_is_not_replaced) {
  const char *path = scratch_path("out");
  ist_atomic_file f;
  ist_status s = {0};
  cr_assert_not_null(freopen(path, "w", stdout));
  cr_expect_eq(ist_atomic_open(path, &f, &s), IST_OUTPUT_FAILED);
  cr_expect(strstr(s.text, "/out: is where standard output goes"), "%s", s.text);
  cr_expect_null(f.stream);
}
