/* Problem directories whose reading fails half-way, or whose writing is ended at any step. */
#define _GNU_SOURCE /* RTLD_NEXT */
#include "problem/new_directory.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../support/scratch.h"
#include "problem/gaussian.h"
#include "problem/load.h"
#include "problem/save.h"

static const char *directory;

/** What gaussian made, to be freed at the end of a test. */
static ist_problem made[2];
static size_t made_count;

static void begin(void) { directory = scratch_open(); }

static void end(void) {
  while (made_count > 0)
    ist_problem_free(&made[--made_count]);
  scratch_close();
}

TestSuite(new_directory, .init = begin, .fini = end);

/** Calls of readdir until the one that fails; 0: none does. */
static size_t entries_left;
/** Changes of names in the file system until the process ends instead; 0: it does not. */
static size_t steps_left;
static bool no_exchange;

static void *next(const char *name) {
  void *function = dlsym(RTLD_NEXT, name);
  if (function == NULL)
    abort();
  return function;
}

static void step(void) {
  if (steps_left > 0 && --steps_left == 0)
    _exit(9);
}

/* These take the place of libc's functions in the whole test. */

struct dirent *readdir(DIR *stream) {
  struct dirent *(*original)(DIR *);
  *(void **)&original = next("readdir");
  if (entries_left > 0 && --entries_left == 0) {
    errno = EIO;
    return NULL;
  }
  return original(stream);
}

int rename(const char *from, const char *to) {
  int (*original)(const char *, const char *);
  *(void **)&original = next("rename");
  step();
  return original(from, to);
}

int renameat2(int from_directory, const char *from, int to_directory, const char *to,
              unsigned flags) {
  int (*original)(int, const char *, int, const char *, unsigned);
  *(void **)&original = next("renameat2");
  step();
  if (no_exchange) {
    errno = EINVAL;
    return -1;
  }
  return original(from_directory, from, to_directory, to, flags);
}

int unlink(const char *path) {
  int (*original)(const char *);
  *(void **)&original = next("unlink");
  step();
  return original(path);
}

int rmdir(const char *path) {
  int (*original)(const char *);
  *(void **)&original = next("rmdir");
  step();
  return original(path);
}

static ist_problem gaussian(size_t d, size_t n, uint64_t seed) {
  ist_problem p;
  ist_status s = {0};
  cr_assert_eq(ist_problem_gaussian(d, n, false, false, seed, &p, &s), IST_OK, "%s", s.text);
  made[made_count++] = p;
  return p;
}

static void save(const ist_problem *p) {
  ist_status s = {0};
  cr_assert_eq(ist_problem_save(p, scratch_path("p"), &s), IST_OK, "%s", s.text);
}

Test(new_directory, a_directory_that_cannot_be_read_to_its_end_is_refused) {
  const ist_problem p = gaussian(2, 3, 1);
  save(&p);
  char text[600];
  snprintf(text, sizeof text, "%s: Input/output error", scratch_path("p"));
  for (size_t k = 1; k <= 18; k++) { /* 8 entries and the end, listed for L and for b */
    ist_problem back;
    ist_status s = {0};
    entries_left = k;
    cr_expect_eq(ist_problem_load(scratch_path("p"), 0, &back, &s), IST_BAD_INPUT, "entry %zu", k);
    cr_expect_str_eq(s.text, text);
    cr_expect_null(back.L);
  }
  entries_left = 19;
  ist_problem back;
  ist_status s = {0};
  cr_expect_eq(ist_problem_load(scratch_path("p"), 0, &back, &s), IST_OK);
  ist_problem_free(&back);
}

Test(new_directory, nor_is_its_problem_replaced) {
  const ist_problem p = gaussian(2, 3, 1), q = gaussian(2, 3, 2);
  save(&p);
  ist_status s = {0};
  entries_left = 5;
  cr_expect_eq(ist_problem_save(&q, scratch_path("p"), &s), IST_OUTPUT_FAILED);
  cr_expect(strstr(s.text, "/p: Input/output error"), "%s", s.text);
  cr_expect_eq(scratch_count(), 1);
}

/** Whether the directory holds exactly p. */
static bool holds(const ist_problem *p) {
  ist_problem back;
  ist_status s = {0};
  if (ist_problem_load(scratch_path("p"), 0, &back, &s) != IST_OK)
    return false;
  const bool same = back.d == p->d && back.n == p->n && back.interpolation == p->interpolation &&
                    memcmp(back.L, p->L, p->n * p->d * p->d * sizeof *p->L) == 0 &&
                    memcmp(back.b, p->b, p->n * p->d * sizeof *p->b) == 0;
  ist_problem_free(&back);
  return same;
}

static bool is_refused(void) {
  ist_problem back;
  ist_status s = {0};
  const ist_code code = ist_problem_load(scratch_path("p"), 0, &back, &s);
  if (code == IST_OK)
    ist_problem_free(&back);
  return code == IST_BAD_INPUT;
}

/** Saves p in a process that ends before its k-th change of a name; false if it makes fewer. */
static bool ended_at(const ist_problem *p, size_t k) {
  int status;
  const pid_t child = fork();
  if (child == 0) {
    ist_status s = {0};
    steps_left = k;
    _exit(ist_problem_save(p, scratch_path("p"), &s) == IST_OK ? 0 : 1);
  }
  cr_assert_eq(waitpid(child, &status, 0), child);
  cr_assert(WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 9));
  return WEXITSTATUS(status) == 9;
}

static void empty(void) {
  scratch_close();
  directory = scratch_open();
}

/** Of two problems one is there, whole, wherever the process ends. */
Test(new_directory, replacing_a_problem_never_leaves_a_mixture) {
  const ist_problem p = gaussian(2, 3, 1), q = gaussian(2, 2, 2);
  size_t before = 0, after = 0;
  bool ended = true;
  for (size_t k = 1; ended; k++) {
    empty();
    save(&p);
    scratch_write("p/notes", "mine");
    ended = ended_at(&q, k);
    const bool old = holds(&p);
    cr_expect(old || holds(&q), "ended at step %zu", k);
    before += old;
    after += !old;
  }
  cr_expect_eq(before, 1);
  cr_expect_geq(after, 8); /* 6 files, the note, the directory */
  cr_expect(holds(&q));
  cr_expect(scratch_holds("p/notes", "mine"));
  cr_expect_eq(scratch_count(), 1);
}

/** A directory without a problem is refused until the whole problem is there. */
Test(new_directory, filling_a_directory_is_seen_whole) {
  const ist_problem p = gaussian(2, 3, 1);
  size_t refused = 0;
  bool ended = true;
  for (size_t k = 1; ended; k++) {
    empty();
    cr_assert_eq(mkdir(scratch_path("p"), 0700), 0);
    scratch_write("p/notes", "mine");
    ended = ended_at(&p, k);
    cr_expect(is_refused() || holds(&p), "ended at step %zu", k);
    refused += is_refused();
  }
  cr_expect_eq(refused, 6);
  cr_expect(holds(&p));
  cr_expect(scratch_holds("p/notes", "mine"));
}

Test(new_directory, a_new_directory_appears_whole) {
  const ist_problem p = gaussian(2, 3, 1);
  cr_expect(ended_at(&p, 1));
  cr_expect_not(scratch_has("p"));
  cr_expect_not(ended_at(&p, 2));
  cr_expect(holds(&p));
}

Test(new_directory, where_directories_cannot_be_exchanged_nothing_changes) {
  const ist_problem p = gaussian(2, 3, 1), q = gaussian(2, 3, 2);
  char text[600];
  save(&p);
  no_exchange = true;
  ist_status s = {0};
  cr_expect_eq(ist_problem_save(&q, scratch_path("p"), &s), IST_OUTPUT_FAILED);
  snprintf(
      text, sizeof text,
      "%s: holds a problem, and cannot be exchanged for a new directory here: Invalid argument",
      scratch_path("p"));
  cr_expect_str_eq(s.text, text);
  cr_expect(holds(&p));
  cr_expect_eq(scratch_count(), 1);
}

Test(new_directory, permissions_and_links_are_kept) {
  const ist_problem p = gaussian(2, 2, 1), q = gaussian(2, 2, 2);
  struct stat info;
  save(&p);
  cr_assert_eq(chmod(scratch_path("p"), 0750), 0);
  cr_assert_eq(chmod(scratch_path("p/L-1.mtx"), 0600), 0);
  cr_assert_eq(symlink("p", scratch_path("link")), 0);
  ist_status s = {0};
  cr_assert_eq(ist_problem_save(&q, scratch_path("link"), &s), IST_OK, "%s", s.text);
  cr_assert_eq(lstat(scratch_path("link"), &info), 0);
  cr_expect(S_ISLNK(info.st_mode));
  cr_assert_eq(stat(scratch_path("p"), &info), 0);
  cr_expect_eq(info.st_mode & 07777, 0750);
  cr_assert_eq(stat(scratch_path("p/L-1.mtx"), &info), 0);
  cr_expect_eq(info.st_mode & 07777, 0600);
  cr_expect(holds(&q));
}

Test(new_directory, the_working_directory_is_filled_but_not_exchanged) {
  const ist_problem p = gaussian(2, 2, 1);
  ist_status s = {0};
  cr_assert_eq(mkdir(scratch_path("p"), 0700), 0);
  cr_assert_eq(chdir(scratch_path("p")), 0);
  cr_expect_eq(ist_problem_save(&p, ".", &s), IST_OK, "%s", s.text);
  cr_expect(holds(&p));
  cr_expect_eq(ist_problem_save(&p, ".", &s), IST_OUTPUT_FAILED);
  cr_expect(strstr(s.text, ": holds a problem and is the working directory, which cannot be "),
            "%s", s.text);
}
