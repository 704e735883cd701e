/** Output that fails (exit code 5), and files that are whole or untouched. */
#define _XOPEN_SOURCE 700 /* posix_openpt */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../support/command.h"
#include "../support/scratch.h"
#include "machine/output.h"
#include "machine/progress.h"

static void open_scratch(void) {
  scratch_open();
  json_decref(command_json("problem gaussian --dim 4 --workers 4 -o %s --json", scratch_path("p")));
}

TestSuite(output, .init = open_scratch, .fini = scratch_close);

static void assert_fails(command_result r, const char *expected) {
  cr_expect_eq(r.code, 5, "exit code %d", r.code);
  cr_expect_str_eq(r.err, expected);
  command_free(&r);
}

static const char full[] = "ist: standard output: No space left on device\n";
static const char closed[] = "ist: standard output: Bad file descriptor\n";

Test(output, full_device) {
  const char *p = scratch_path("p");
  assert_fails(command_run_onto("/dev/full", "--version"), full);
  assert_fails(command_run_onto("/dev/full", "--help"), full);
  assert_fails(command_run_onto("/dev/full", "constants %s", p), full);
  assert_fails(command_run_onto("/dev/full", "constants %s --full --json", p), full);
  assert_fails(command_run_onto("/dev/full", "run %s --step 0.01 --json", p), full);
  assert_fails(command_run_onto("/dev/full", "run %s --step 0.01", p), full);
  assert_fails(command_run_onto("/dev/full", "check %s", p), full);
  assert_fails(command_run_onto("/dev/full", "problem gaussian --dim 2 --workers 1 -o %s",
                                scratch_path("q")),
               full);
}

Test(output, closed_standard_output) {
  const char *p = scratch_path("p"), *trace = scratch_path("t.csv");
  assert_fails(command_run_onto(NULL, "constants %s", p), closed);
  assert_fails(command_run_onto(NULL, "run %s --step 0.01 --trace %s", p, trace), closed);
  /* The trace must not have taken the place of standard output. */
  FILE *file = fopen(trace, "r");
  char line[80];
  cr_assert_not_null(file);
  cr_assert_not_null(fgets(line, sizeof line, file));
  cr_assert_str_eq(line, "k,f_gap,grad_norm_sq,dist_star_sq,dist_fixed_sq\n");
  size_t rows = 0;
  while (fgets(line, sizeof line, file) != NULL)
    rows += strchr(line, '\n') != NULL;
  fclose(file);
  cr_assert_geq(rows, 100);
}

/** A file opened while standard output is closed must not receive what is printed. */
Test(output, closed_descriptors_are_occupied) {
  close(STDIN_FILENO);
  close(STDOUT_FILENO);
  ist_reserve_standard_streams();
  int file = open(scratch_path("file"), O_RDWR | O_CREAT, 0600);
  cr_assert_gt(file, STDERR_FILENO);
  cr_assert_eq(write(STDOUT_FILENO, "x", 1), -1);
  close(file);
}

Test(output, closed_pipe) {
  char command[1200];
  const char *program = getenv("IST"), *wrapper = getenv("IST_WRAPPER");
  snprintf(command, sizeof command, "(sleep 0.2; %s %s constants %s --full 2>%s; echo $? >%s) | :",
           wrapper != NULL ? wrapper : "", program != NULL ? program : "build/ist",
           scratch_path("p"), scratch_path("err"), scratch_path("code"));
  cr_assert_eq(system(command), 0);
  cr_assert(scratch_holds("code", "5\n"));
  cr_assert(scratch_holds("err", "ist: standard output: Broken pipe\n"));
}

Test(output, unwritable_trace) {
  char reason[600];
  const char *trace = scratch_path("absent/t.csv");
  snprintf(reason, sizeof reason, "%s: No such file or directory", trace);
  command_refuses(5, reason, "run %s --step 0.01 --trace %s", scratch_path("p"), trace);
  command_result r = command_run("run %s --step 0.01 --trace /dev/full", scratch_path("p"));
  assert_fails(r, "ist: /dev/full: No space left on device\n");
  r = command_run("run %s --step 0.01 --trace %s", scratch_path("p"), scratch_path("p"));
  cr_expect_eq(r.code, 5);
  cr_expect_eq(strcspn(r.err, "\n") + 1, strlen(r.err));
  command_free(&r);
}

Test(output, problem_directory_cannot_be_made) {
  const char *file = scratch_write("file", "text\n");
  command_result r = command_run("problem gaussian --dim 2 --workers 1 -o %s", file);
  cr_expect_eq(r.code, 5, "%d: %s", r.code, r.err);
  cr_expect_eq(strcspn(r.err, "\n") + 1, strlen(r.err));
  cr_expect_str_empty(r.out);
  cr_expect(scratch_holds("file", "text\n"));
  command_free(&r);
}

Test(output, a_refused_run_leaves_the_previous_trace) {
  const char *trace = scratch_write("t.csv", "previous\n");
  int before = scratch_count();
  command_refuses(2, "--step: '0' is not 'auto' or a number in (0, 1e30]",
                  "run %s --step 0 --trace %s", scratch_path("p"), trace);
  command_result r = command_run("run %s --step 0.01 --start %s --trace %s", scratch_path("p"),
                                 scratch_path("absent"), trace);
  cr_assert_eq(r.code, 3);
  command_free(&r);
  cr_assert(scratch_holds("t.csv", "previous\n"));
  cr_assert_eq(scratch_count(), before);
}

/** Waits until the directory holds more than count entries; false after a minute. */
static bool wait_for_entries(int count) {
  for (int tries = 0; tries < 6000 && scratch_count() <= count; tries++)
    nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
  return scratch_count() > count;
}

Test(output, a_killed_run_leaves_the_previous_trace, .timeout = 120) {
  static const int signals[] = {SIGTERM, SIGKILL};
  const char *trace = scratch_write("t.csv", "previous\n");
  for (size_t i = 0; i < 2; i++) {
    int before = scratch_count();
    pid_t pid = command_start("run %s --step 0.01 --rounds 1000000000 --trace %s",
                              scratch_path("p"), trace);
    bool started = wait_for_entries(before);
    cr_assert_eq(kill(pid, signals[i]), 0);
    cr_assert_eq(waitpid(pid, NULL, 0), pid);
    cr_assert(started, "the temporary file did not appear");
    cr_assert(scratch_holds("t.csv", "previous\n"));
  }
}

/** A pseudo-terminal's two ends. */
typedef struct {
  int master, slave;
} terminal;

static terminal open_terminal(void) {
  terminal t = {.master = posix_openpt(O_RDWR | O_NOCTTY)};
  cr_assert_neq(t.master, -1);
  cr_assert(grantpt(t.master) == 0 && unlockpt(t.master) == 0);
  t.slave = open(ptsname(t.master), O_RDWR | O_NOCTTY);
  cr_assert_neq(t.slave, -1);
  fcntl(t.master, F_SETFL, O_NONBLOCK);
  return t;
}

/** What was written to the terminal so far. */
static char *shown(const terminal *t) {
  static char text[4096];
  ssize_t length = read(t->master, text, sizeof text - 1);
  text[length > 0 ? length : 0] = '\0';
  return text;
}

/** Progress appears after about two seconds and is removed at the end. */
Test(output, progress_on_a_terminal, .timeout = 60) {
  terminal t = open_terminal();
  cr_assert_neq(dup2(t.slave, STDERR_FILENO), -1);
  ist_progress progress = ist_progress_start("round", 7);
  ist_progress_update(&progress, 1);
  cr_assert_str_empty(shown(&t));
  while (!progress.shown)
    ist_progress_update(&progress, 2);
  const char *text = shown(&t);
  int seconds = 0, length = 0;
  cr_assert_eq(sscanf(text, "\rist: round 2 of 7, %d s left\033[K%n", &seconds, &length), 1);
  cr_assert_eq((size_t)length, strlen(text), "%s", text);
  ist_progress_end(&progress);
  cr_assert_str_eq(shown(&t), "\r\033[K");
}

Test(output, durations) {
  static const struct {
    double seconds;
    const char *text;
  } cases[] = {{0, "0 s"},          {59.9, "59 s"},      {60, "1 min 0 s"}, {125, "2 min 5 s"},
               {3600, "1 h 0 min"}, {7500, "2 h 5 min"}, {90000, "1 d 1 h"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char text[64];
    ist_progress_duration(cases[i].seconds, text, sizeof text);
    cr_expect_str_eq(text, cases[i].text);
  }
}

Test(output, a_long_run_shows_progress_on_a_terminal, .timeout = 60) {
  terminal t = open_terminal();
  char command[1200];
  const char *program = getenv("IST"), *wrapper = getenv("IST_WRAPPER");
  snprintf(command, sizeof command,
           "timeout -s INT 4 %s %s run %s --step 0.01 --rounds 1000000000 2>%s >/dev/null",
           wrapper != NULL ? wrapper : "", program != NULL ? program : "build/ist",
           scratch_path("p"), ptsname(t.master));
  cr_assert_neq(system(command), -1);
  const char *text = shown(&t);
  cr_assert_eq(strncmp(text, "\rist: round ", 12), 0, "%s", text);
  cr_assert_not_null(strstr(text, " of 1000000000"));
}
