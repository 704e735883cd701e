/** ist run --checkpoint, --resume and Ctrl-C: the same bytes as a run in one go, and refusals. */
#include <criterion/criterion.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <zlib.h>

#include "../support/command.h"
#include "../support/files.h"
#include "../support/scratch.h"

/* scratch_path has few buffers: the names used all over are kept here. */
static char p[512], c[512], t[512];

static void open_scratch(void) {
  scratch_open();
  strcpy(p, scratch_path("p"));
  strcpy(c, scratch_path("c"));
  strcpy(t, scratch_path("t.csv"));
  json_decref(command_json("problem gaussian --dim 6 --workers 3 -o %s --json", p));
  json_decref(command_json("problem gaussian --dim 4 --workers 4 --homogeneous -o %s --json",
                           scratch_path("h")));
}

TestSuite(checkpoint, .init = open_scratch, .fini = scratch_close, .timeout = 300);

/** Runs 20 rounds at once, and 7 rounds (past the checkpoint of round 5), then from 5 to 20. */
static void assert_resumes(const char *problem, const char *options) {
  char common[700];
  snprintf(common, sizeof common, "run %s %s --json", scratch_path(problem), options);
  char *whole =
      command_output(command_run("%s --rounds 20 --trace %s", common, scratch_path("whole.csv")));
  free(command_output(command_run("%s --rounds 9 --trace %s --checkpoint %s --checkpoint-every 5",
                                  common, t, scratch_path("last"))));
  free(command_output(command_run("%s --rounds 5 --checkpoint %s", common, c)));
  char *resumed =
      command_output(command_run("%s --rounds 20 --trace %s --resume %s", common, t, c));
  cr_expect_str_eq(resumed, whole);
  file_expect_same(scratch_path("whole.csv"), t);
  free(resumed);
  /* From the checkpoint after the last round, of 9. */
  free(command_output(command_run("%s --rounds 9 --trace %s", common, t)));
  resumed = command_output(command_run("%s --rounds 20 --trace %s --resume %s --checkpoint %s",
                                       common, t, scratch_path("last"), scratch_path("last")));
  cr_expect_str_eq(resumed, whole);
  file_expect_same(scratch_path("whole.csv"), t);
  free(resumed);
  free(whole);
}

Test(checkpoint, resumed_runs_have_the_same_bytes) {
  assert_resumes("p", "--step 0.01 --start gaussian");
  assert_resumes("p", "--sketch scaled-perm --step 0.3 --seed 7");
  assert_resumes("p", "--sketch rand --step 0.01");
  assert_resumes("p", "--sketch identity");
  assert_resumes("p", "--step 0.001 --local-steps 3");
  assert_resumes("h", "--precondition --sketch scaled-perm --step 0.5 --start gaussian");
}

/** Workers of one row each for four columns, and a zero on a diagonal. */
Test(checkpoint, singular_workers_resume) {
  scratch_write("A.mtx", "%%MatrixMarket matrix array real general\n4 4\n2\n1\n0\n1\n1\n3\n1\n0\n"
                         "0\n1\n4\n1\n1\n1\n0\n5\n");
  scratch_write("y.mtx", "%%MatrixMarket matrix array real general\n4 1\n1\n2\n3\n4\n");
  json_decref(command_json("problem regression --data %s --target %s --workers 4 -o %s --json",
                           scratch_path("A.mtx"), scratch_path("y.mtx"), scratch_path("rows")));
  assert_resumes("rows", "--step 0.01 --start gaussian");
  assert_resumes("rows", "--step 0.01 --local-steps 3");
  assert_resumes("rows", "--sketch rand --block 2 --step 0.01");
  command_refuses(4, "D_i^{-1/2} does not exist: diagonal entry (3,3) of L_1 is 0",
                  "run %s --sketch scaled-perm", scratch_path("rows"));
}

static size_t lines_of(const char *path) {
  char *text = file_text(path);
  size_t count = 0;
  for (const char *at = text; *at != '\0'; at++)
    count += *at == '\n';
  free(text);
  return count;
}

/** Written on one kind of processor, as far as OpenBLAS is concerned, and read on another; the step
 *  is 1/theta, whose computed value differs between them in its last digits. */
static void assert_resumes_elsewhere(const char *options) {
  setenv("OPENBLAS_CORETYPE", "SkylakeX", 1);
  char *whole = command_output(command_run("run %s %s --json --rounds 20 --trace %s", p, options,
                                           scratch_path("whole.csv")));
  setenv("OPENBLAS_CORETYPE", "Prescott", 1);
  free(command_output(
      command_run("run %s %s --json --rounds 9 --trace %s --checkpoint %s --checkpoint-every 5", p,
                  options, t, c)));
  setenv("OPENBLAS_CORETYPE", "Haswell", 1);
  char *resumed = command_output(
      command_run("run %s %s --json --rounds 20 --trace %s --resume %s", p, options, t, c));
  unsetenv("OPENBLAS_CORETYPE");
  cr_expect_str_eq(resumed, whole);
  file_expect_same(scratch_path("whole.csv"), t);
  free(resumed);
  free(whole);
}

Test(checkpoint, resumed_on_another_processor) {
  json_decref(command_json("problem gaussian --dim 60 --workers 6 -o %s --json", p));
  assert_resumes_elsewhere("");
  assert_resumes_elsewhere("--sketch rand --start gaussian");
  assert_resumes_elsewhere("--sketch identity");
}

/** The row of the checkpoint's round is in the trace, since the run ended there, and goes away with
 *  the rounds that follow. */
Test(checkpoint, a_sparse_trace_goes_on) {
  char common[700], reason[800];
  snprintf(common, sizeof common, "run %s --step 0.01 --json --trace-every 3", p);
  char *whole =
      command_output(command_run("%s --rounds 20 --trace %s", common, scratch_path("whole.csv")));
  char *part = command_output(
      command_run("%s --rounds 8 --trace %s --checkpoint %s --checkpoint-every 6", common, t, c));
  char *again = command_output(command_run("%s --rounds 8 --trace %s --resume %s", common, t, c));
  cr_expect_str_eq(again, part);
  cr_expect_eq(lines_of(t), 5); /* 0, 3, 6, 8 */
  char *resumed =
      command_output(command_run("%s --rounds 20 --trace %s --resume %s", common, t, c));
  cr_expect_str_eq(resumed, whole);
  file_expect_same(scratch_path("whole.csv"), t);
  snprintf(reason, sizeof reason, "%s:5: the next row of a trace expected", t);
  command_refuses(3, reason, "%s --rounds 20 --trace %s --resume %s", common, t, c);
  file_expect_same(scratch_path("whole.csv"), t);
  free(resumed);
  free(again);
  free(part);
  free(whole);
}

Test(checkpoint, a_checkpoint_of_the_last_round_needs_no_more) {
  char *whole = command_output(command_run("run %s --step 0.01 --rounds 8 --json --checkpoint %s "
                                           "--checkpoint-every 3",
                                           p, c));
  char *again =
      command_output(command_run("run %s --step 0.01 --rounds 8 --json --resume %s", p, c));
  cr_expect_str_eq(whole, again);
  free(whole);
  free(again);
}

static size_t first_line_matches(const char *line, const char *format) {
  size_t round = 0;
  cr_expect_eq(sscanf(line, format, &round), 1, "%s", line);
  cr_expect_eq(strcspn(line, "\n") + 1, strlen(line), "more than one line: %s", line);
  return round;
}

/** Whichever way it ends, the run goes on as if it had not. */
static void assert_survives(int signal_number, int code) {
  char common[700];
  pid_t pid = command_start_logged(scratch_path("err"),
                                   "run %s --step 0.01 --rounds 100000000 --trace %s "
                                   "--checkpoint %s --checkpoint-every 10",
                                   p, t, c);
  bool started = file_reaches(t, 20000);
  int status;
  kill(pid, signal_number);
  cr_assert_eq(waitpid(pid, &status, 0), pid);
  cr_assert(started);
  size_t last = file_last_row(t);
  if (code != 0) {
    cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == code);
    char *text = file_text(scratch_path("err"));
    size_t round = first_line_matches(
        text, "ist: interrupted after round %zu of 100000000; the trace ends there; go on with ");
    cr_expect_eq(round, last);
    free(text);
  } else
    cr_expect(WIFSIGNALED(status));
  snprintf(common, sizeof common, "run %s --step 0.01 --rounds %zu --json", p, last + 50);
  char *resumed = command_output(command_run("%s --trace %s --resume %s", common, t, c));
  char *whole = command_output(command_run("%s --trace %s", common, scratch_path("whole.csv")));
  cr_expect_str_eq(resumed, whole);
  FILE *one = fopen(t, "r"), *two = fopen(scratch_path("whole.csv"), "r");
  int byte;
  do
    cr_assert_eq(byte = getc(one), getc(two));
  while (byte != EOF);
  fclose(one);
  fclose(two);
  free(resumed);
  free(whole);
}

Test(checkpoint, a_killed_run_goes_on) { assert_survives(SIGKILL, 0); }

Test(checkpoint, an_interrupted_run_goes_on) { assert_survives(SIGINT, 130); }

/** Without a checkpoint, too, the rows of all finished rounds are kept. */
Test(checkpoint, interrupt_keeps_the_trace) {
  int before = scratch_count(), status;
  pid_t pid = command_start_logged(scratch_path("err"),
                                   "run %s --step 0.01 --rounds 100000000 --trace %s", p, t);
  for (int tries = 0; tries < 6000 && scratch_count() < before + 2; tries++)
    nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
  nanosleep(&(struct timespec){.tv_nsec = 200000000}, NULL);
  kill(pid, SIGINT);
  cr_assert_eq(waitpid(pid, &status, 0), pid);
  cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 130);
  char *text = file_text(scratch_path("err"));
  size_t round = first_line_matches(
      text, "ist: interrupted after round %zu of 100000000; the trace ends there\n");
  cr_expect_eq(file_last_row(t), round);
  cr_expect_eq(scratch_count(), before + 2); /* no temporary file is left */
  free(text);
}

static void write_checkpoint(const char *options) {
  free(command_output(
      command_run("run %s --step 0.01 --rounds 4 --checkpoint %s %s", p, c, options)));
}

__attribute__((format(printf, 2, 3))) static void refuses(const char *arguments, const char *format,
                                                          ...) {
  char reason[800];
  va_list values;
  va_start(values, format);
  vsnprintf(reason, sizeof reason, format, values);
  va_end(values);
  command_refuses(3, reason, "run %s --resume %s %s", p, c, arguments);
}

static const char *const other = "a checkpoint of another run";

Test(checkpoint, of_another_run) {
  write_checkpoint("");
  refuses("--step 0.02", "%s: %s: its step is 0.01, not 0.02", c, other);
  refuses("--step 0.01 --seed 2", "%s: %s: its seed is 1, not 2", c, other);
  refuses("--step 0.01 --local-steps 2", "%s: %s: its local_steps is 0, not 2", c, other);
  refuses("--step 0.01 --sketch rand", "%s: %s: its sketch is \"perm\", not \"rand\"", c, other);
  refuses("--step 0.01 --sketch identity", "%s: %s: its q is 2, not 6", c, other);
  refuses("--step 0.01 --rounds 3", "%s: the checkpoint of round 4 is beyond --rounds 3", c);
  command_result r = command_run("run %s --resume %s --step 0.01 --start gaussian", p, c);
  cr_expect_eq(r.code, 3);
  cr_expect_not_null(strstr(r.err, "its start_crc32 is \""), "%s", r.err);
  command_free(&r);
  json_decref(command_json("problem gaussian --dim 6 --workers 3 --seed 2 -o %s --json", p));
  r = command_run("run %s --resume %s --step 0.01", p, c);
  cr_expect_eq(r.code, 3);
  cr_expect_not_null(strstr(r.err, "its problem_crc32 is \""), "%s", r.err);
  command_free(&r);
}

/** Replaces the first old in the checkpoint by new, of the same length or not. */
static void damage(const char *old, const char *new) {
  char *text = file_text(c), *at = strstr(text, old);
  cr_assert_not_null(at, "%s", old);
  FILE *file = fopen(c, "w");
  fwrite(text, 1, (size_t)(at - text), file);
  fputs(new, file);
  fputs(at + strlen(old), file);
  cr_assert_eq(fclose(file), 0);
  free(text);
}

static void truncate_to(size_t size) {
  char *text = file_text(c);
  FILE *file = fopen(c, "w");
  fwrite(text, 1, size, file);
  cr_assert_eq(fclose(file), 0);
  free(text);
}

Test(checkpoint, damaged) {
  static const char *const changes[][2] = {{"\"round\": 4", "\"round\": 3"},
                                           {"\"seed\": 1", "\"seed\": 2"},
                                           {"ist.checkpoint/1", "ist.checkpoint/2"},
                                           {"mt19937", "ranlux"}};
  for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
    write_checkpoint("");
    damage(changes[i][0], changes[i][1]);
    refuses("--step 0.01", "%s: damaged: the checksum does not match", c);
  }
  write_checkpoint("");
  damage("\"crc32\"", "\"crc33\"");
  refuses("--step 0.01", "%s: not a checkpoint: no checksum", c);
  for (size_t size = 0; size < 6000; size += 500) {
    write_checkpoint("");
    truncate_to(size);
    command_result r = command_run("run %s --resume %s --step 0.01", p, c);
    char expected[600];
    int length = snprintf(expected, sizeof expected, "ist: %s:", c);
    cr_expect_eq(r.code, 3);
    cr_expect_eq(strncmp(r.err, expected, (size_t)length), 0, "%s", r.err);
    cr_expect_not_null(strstr(r.err, ": not a checkpoint: "), "%s", r.err);
    command_free(&r);
  }
  remove(c);
  refuses("--step 0.01", "%s: No such file or directory", c);
}

static int add_to_crc(const char *text, size_t size, void *crc) {
  uLong *sum = crc;
  *sum = crc32(*sum, (const Bytef *)text, (uInt)size);
  return 0;
}

/** Sets (or, for NULL, removes) a member of the checkpoint and gives it the right checksum. */
static void forge(const char *key, json_t *value) {
  json_t *root = json_load_file(c, 0, NULL);
  cr_assert_not_null(root);
  json_object_del(root, "crc32");
  if (value != NULL)
    json_object_set_new(root, key, value);
  else
    json_object_del(root, key);
  uLong crc = 0;
  json_dump_callback(root, add_to_crc, &crc,
                     JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION(17));
  json_object_set_new(root, "crc32", json_sprintf("%08lx", crc));
  cr_assert_eq(json_dump_file(root, c, JSON_REAL_PRECISION(17)), 0);
  json_decref(root);
}

/** Whole, but not what this program writes. */
Test(checkpoint, forged) {
  write_checkpoint("");
  forge("note", json_string("members that mean nothing are left alone"));
  free(command_output(command_run("run %s --step 0.01 --resume %s", p, c)));
  forge("schema", json_string("ist.checkpoint/2"));
  refuses("--step 0.01", "%s: not a checkpoint: its schema is ist.checkpoint/2", c);
  write_checkpoint("");
  forge("generator", NULL);
  refuses("--step 0.01", "%s: not a checkpoint: Object item not found: generator", c);
  json_t *const foreign[] = {json_pack("[f, f]", 1.0, 2.0),
                             json_pack("[i, i, i, i, i, i]", 1, 2, 3, 4, 5, 6),
                             json_pack("[f, f, f, f, f, f]", 1.0, 2.0, 3.0, 4.0, 5.0, 1e60)};
  for (size_t i = 0; i < 3; i++) {
    write_checkpoint("");
    forge("x", foreign[i]);
    refuses("--step 0.01", "%s: not a checkpoint that this program wrote", c);
  }
  static const char *const states[][2] = {{"mt19937", "00"}, {"ranlux", "00"}};
  for (size_t i = 0; i < 2; i++) {
    write_checkpoint("");
    forge("generator", json_pack("{s:s, s:s}", "name", states[i][0], "state", states[i][1]));
    refuses("--step 0.01", "%s: not a checkpoint that this program wrote", c);
  }
  write_checkpoint("");
  forge("run", json_object());
  refuses("--step 0.01", "%s: %s: its d is missing, not 6", c, other);
}

Test(checkpoint, trace_of_another_run) {
  char arguments[600];
  snprintf(arguments, sizeof arguments, "--step 0.01 --trace %s", t);
  write_checkpoint("");
  refuses(arguments, "%s: No such file or directory", t);
  scratch_write("t.csv", "a,b\n");
  refuses(arguments, "%s:1: the header of a trace expected", t);
  cr_expect(scratch_holds("t.csv", "a,b\n"));
  scratch_write("t.csv", "k,f_gap,grad_norm_sq,dist_star_sq,dist_fixed_sq\n0,1,1,1,1\n2,1,1,1,1\n");
  refuses(arguments, "%s:3: the next row of a trace expected", t);
  scratch_write("t.csv", "k,f_gap,grad_norm_sq,dist_star_sq,dist_fixed_sq\n0,1,1,1,1\n");
  refuses(arguments, "%s:3: the trace ends before row 4 of the checkpoint", t);
  free(command_output(command_run("run %s --step 0.01 --seed 2 --rounds 9 --trace %s", p, t)));
  refuses(arguments, "%s:6: row 4 is not that of the checkpoint", t);
}

Test(checkpoint, usage) {
  command_refuses(2, "--checkpoint-every needs --checkpoint FILE", "run a --checkpoint-every 3");
  command_refuses(2, "--checkpoint-every: '0' is not an integer from 1 to 18446744073709551614",
                  "run a --checkpoint c --checkpoint-every 0");
}

Test(checkpoint, unwritable) {
  char reason[600];
  const char *absent = scratch_path("absent/c");
  snprintf(reason, sizeof reason, "%s: No such file or directory", absent);
  command_refuses(5, reason, "run %s --step 0.01 --checkpoint %s", p, absent);
  command_refuses(5, "/dev/full: No space left on device", "run %s --step 0.01 --checkpoint %s", p,
                  "/dev/full");
  command_refuses(5, "/dev/full: No space left on device",
                  "run %s --step 0.01 --trace /dev/full --checkpoint %s", p, c);
}
