/** ist-mpi run: the same bytes as ist run, what moves, refusals, and processes that die.
 *
 *  Under the sanitizers, too, but without the search for leaks: Open MPI keeps memory to the end.
 *  Nor does this suite belong to those that valgrind repeats. */
#include <criterion/criterion.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "../support/command.h"
#include "../support/files.h"
#include "../support/scratch.h"

/* scratch_path has few buffers: the names used all over are kept here. */
static char p[512], h[512], file[512], c[512], t[512];

static void keep(char *to, const char *name) { strcpy(to, scratch_path(name)); }

static void open_scratch(void) {
  const char *sanitizer = getenv("ASAN_OPTIONS");
  char options[1000];
  snprintf(options, sizeof options, "%s:detect_leaks=0", sanitizer != NULL ? sanitizer : "");
  setenv("ASAN_OPTIONS", options, 1);
  scratch_open();
  keep(p, "p");
  keep(h, "h");
  keep(file, "p.h5");
  keep(c, "c");
  keep(t, "t.csv");
  json_decref(command_json("problem gaussian --dim 12 --workers 4 -o %s --json", p));
  json_decref(command_json("problem gaussian --dim 12 --workers 4 -o %s --json", file));
  json_decref(command_json("problem gaussian --dim 4 --workers 4 --homogeneous -o %s --json", h));
}

TestSuite(mpi, .init = open_scratch, .fini = scratch_close, .timeout = 600);

/** The JSON in text, which is freed; *communication is taken out of it, or NULL. */
static char *without_communication(char *text, json_t **communication) {
  json_t *root = json_loads(text, 0, NULL);
  cr_assert_not_null(root);
  free(text);
  *communication = json_incref(json_object_get(root, "communication"));
  json_object_del(root, "communication");
  char *rest = json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(17));
  json_decref(root);
  return rest;
}

/** Compares result and trace of ist run and of ist-mpi run on 1, 2, n/2 and n + 1 ranks, which
 *  OpenBLAS takes for other processors. */
static void assert_same_bytes(const char *problem, const char *options) {
  static const int ranks[] = {1, 2, 3, 5};
  char whole[512];
  json_t *communication;
  keep(whole, "whole.csv");
  setenv("OPENBLAS_CORETYPE", "Prescott", 1);
  char *expected = without_communication(
      command_output(command_run("run %s %s --json --trace %s", problem, options, whole)),
      &communication);
  cr_assert_null(communication);
  setenv("OPENBLAS_CORETYPE", "Haswell", 1);
  for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++) {
    char *found =
        without_communication(command_output(command_run_ranks(
                                  ranks[i], "run %s %s --json --trace %s", problem, options, t)),
                              &communication);
    cr_expect_str_eq(found, expected, "%d ranks, %s", ranks[i], options);
    file_expect_same(whole, t);
    cr_expect_eq(command_number(communication, "ranks"), ranks[i]);
    json_decref(communication);
    free(found);
  }
  unsetenv("OPENBLAS_CORETYPE");
  free(expected);
}

Test(mpi, perm) { assert_same_bytes(p, "--start gaussian --seed 5"); }

Test(mpi, perm_in_one_file) { assert_same_bytes(file, "--step 0.01"); }

Test(mpi, scaled_perm) { assert_same_bytes(p, "--sketch scaled-perm --step 0.3"); }

Test(mpi, rand) { assert_same_bytes(file, "--sketch rand --block 5"); }

Test(mpi, identity) { assert_same_bytes(p, "--sketch identity"); }

Test(mpi, local_steps) { assert_same_bytes(p, "--local-steps 3 --step 0.001"); }

Test(mpi, homogeneous) {
  assert_same_bytes(h, "--precondition");
  assert_same_bytes(h, "--sketch scaled-perm --step 1.2");
}

/** Eq. (31): rounds that draw nothing. */
Test(mpi, homogeneous_and_sure) {
  assert_same_bytes(h, "--sketch scaled-perm --precondition --step 0.5 --start gaussian");
}

/** L shared, b not, and an E[B] that is the same in every round. */
Test(mpi, one_matrix_and_several_vectors) {
  char name[16], text[100];
  for (int i = 1; i <= 4; i++) {
    snprintf(name, sizeof name, "h/b-%d.mtx", i);
    snprintf(text, sizeof text, "%%%%MatrixMarket matrix array real general\n4 1\n%d\n2\n3\n%d\n",
             i, -i);
    scratch_write(name, text);
  }
  cr_assert_eq(remove(scratch_path("h/b.mtx")), 0);
  assert_same_bytes(h, "--sketch scaled-perm");
  assert_same_bytes(h, "--sketch identity");
}

/** Longley's 16 rows among 6 workers, each of whom has fewer than the 6 columns. */
Test(mpi, singular_workers) {
  char dir[512], one[512];
  keep(dir, "longley");
  keep(one, "longley.h5");
  const char *problem = "problem regression --data tests/data/longley/A.mtx --target "
                        "tests/data/longley/target.mtx --workers 6 --standardize -o";
  json_decref(command_json("%s %s --json", problem, dir));
  json_decref(command_json("%s %s --json", problem, one));
  assert_same_bytes(dir, "--start gaussian");
  assert_same_bytes(dir, "--sketch scaled-perm");
  assert_same_bytes(one, "--sketch rand --step 0.0001 --local-steps 2");
  assert_same_bytes(one, "--sketch identity");
}

/** Diag(6,-1), Diag(-2,3), and twice Diag(2,1): the mean is Diag(2,1). */
static void save_negative_diagonal(void) {
  static const int diagonal[4][2] = {{6, -1}, {-2, 3}, {2, 1}, {2, 1}};
  char name[16], text[100];
  for (int i = 0; i < 4; i++) {
    snprintf(name, sizeof name, "h/L-%d.mtx", i + 1);
    snprintf(text, sizeof text, "%%%%MatrixMarket matrix array real symmetric\n2 2\n%d\n0\n%d\n",
             diagonal[i][0], diagonal[i][1]);
    scratch_write(name, text);
  }
  cr_assert_eq(remove(scratch_path("h/L.mtx")), 0);
  cr_assert_eq(remove(scratch_path("h/b.mtx")), 0);
}

Test(mpi, negative_diagonals) {
  save_negative_diagonal();
  assert_same_bytes(h, "--sketch rand --start gaussian");
  assert_same_bytes(h, "--sketch identity");
}

static json_t *account(int ranks, const char *options) {
  json_t *communication;
  free(without_communication(command_output(command_run_ranks(
                                 ranks, "run %s --step 0.001 --rounds 7 --json %s", p, options)),
                             &communication));
  cr_assert_not_null(communication);
  return communication;
}

/** Seven rounds, four workers, q = 3 and d = 12 numbers each way. */
Test(mpi, moves_q_numbers_down_and_q_up) {
  static const int ranks[] = {2, 3, 5};
  for (size_t i = 0; i < 3; i++) {
    json_t *a = account(ranks[i], i == 1 ? "--local-steps 2" : "");
    cr_expect_eq(json_object_size(a), 9);
    cr_expect_eq(command_number(a, "rounds"), 7);
    cr_expect_eq(command_number(a, "floats_down"), 7 * 4 * 3);
    cr_expect_eq(command_number(a, "floats_up"), 7 * 4 * 3);
    cr_expect_eq(command_number(a, "floats"), 2 * 7 * 4 * 3);
    cr_expect_eq(command_number(a, "bytes"), 8 * 2 * 7 * 4 * 3);
    cr_expect_eq(command_number(a, "gradient_descent_floats"), 2 * 7 * 4 * 12);
    cr_expect_eq(command_number(a, "gradient_descent_bytes"), 8 * 2 * 7 * 4 * 12);
    /* For each rank beside the server: the sums of L_i, b_i and u_i, the scale of L_bar and the
       errors of the means, d, the step, the generator. */
    const double each = 8 * (12 * 12 + 12 + 2 * 12 + 12 + 4 * 12) + 8 + 8 + 5000;
    cr_expect_eq(command_number(a, "set_up_bytes"), (ranks[i] - 1) * each);
    json_decref(a);
  }
  json_t *alone = account(1, "");
  cr_expect_eq(command_number(alone, "floats"), 0);
  cr_expect_eq(command_number(alone, "gradient_descent_bytes"), 0);
  json_decref(alone);
}

Test(mpi, text) {
  char *out = command_output(command_run_ranks(3, "run %s --step 0.01 --rounds 7", p));
  char *same = command_output(command_run("run %s --step 0.01 --rounds 7", p));
  cr_expect_eq(strncmp(out, same, strlen(same)), 0, "%s", out);
  cr_expect_str_eq(out + strlen(same),
                   "ranks          3\n"
                   "moved          84 floats down, 84 up, 1344 bytes\n"
                   "full gradients 336 floats down, 336 up, 5376 bytes, as gradient descent moves\n"
                   "set-up         13872 bytes, once\n");
  free(same);
  free(out);
}

Test(mpi, help_and_version) {
  static const char *const commands[] = {"--help", "run --help"};
  for (size_t i = 0; i < 2; i++) {
    char *text = command_output(command_run_ranks(2, "%s", commands[i]));
    cr_expect_eq(strncmp(text, "Usage: mpirun -n R ist-mpi run ", 31), 0);
    for (const char *line = text; *line != '\0'; line += strcspn(line, "\n") + 1)
      cr_expect_leq(strcspn(line, "\n"), 80, "%.90s", line);
    free(text);
  }
  char *one = command_output(command_run_ranks(2, "--version")),
       *other = command_output(command_run("--version"));
  cr_expect_str_eq(one, other);
  free(one);
  free(other);
}

/** One line, from the server alone, and the exit code of ist run. */
__attribute__((format(printf, 4, 5))) static void refuses(int ranks, int code, const char *reason,
                                                          const char *format, ...) {
  char arguments[1000], expected[1200];
  va_list values;
  va_start(values, format);
  vsnprintf(arguments, sizeof arguments, format, values);
  va_end(values);
  command_result r = command_run_ranks(ranks, "%s", arguments);
  snprintf(expected, sizeof expected, "ist: %s\n", reason);
  cr_expect_eq(r.code, code, "%s: exit code %d", arguments, r.code);
  cr_expect_str_eq(r.err, expected);
  cr_expect_str_empty(r.out);
  command_free(&r);
}

Test(mpi, refused_usage) {
  refuses(2, 2, "a command is missing; see 'ist-mpi --help'", "%s", "");
  refuses(2, 2, "unknown command 'check'; see 'ist-mpi --help'", "check %s", p);
  refuses(2, 2, "the PROBLEM directory is missing; see 'ist-mpi run --help'", "run");
  refuses(2, 2, "--checkpoint-every needs --checkpoint FILE", "run %s --checkpoint-every 2", p);
  refuses(2, 2, "unknown or ambiguous option '--error-bound'; see 'ist-mpi run --help'",
          "run %s --error-bound", p);
  refuses(6, 2, "6 ranks, but with 4 workers there is use for 5 at most", "run %s", p);
  refuses(3, 2, "--precondition needs a homogeneous problem (one L.mtx, at most one b.mtx)",
          "run %s --precondition", p);
}

/** A fault that only one rank meets is that of all. */
Test(mpi, refused_input) {
  char reason[1000], path[512];
  keep(path, "absent");
  snprintf(reason, sizeof reason, "%s: No such file or directory", path);
  refuses(3, 3, reason, "run %s", path);
  refuses(3, 3, reason, "run %s --step 0.01 --start %s", p, path);
  refuses(3, 3, "tests/data/bad/entry-nan/L.mtx:6: 'NaN' is not a finite number",
          "run tests/data/bad/entry-nan");
  scratch_write("p/L-4.mtx", "%%MatrixMarket matrix array real symmetric\n1 1\n1\n");
  snprintf(reason, sizeof reason, "%s/L-4.mtx:2: 1 x 1, while L-1.mtx is 12 x 12", p);
  refuses(5, 3, reason, "run %s", p);
  scratch_write("h/b.mtx", "%%MatrixMarket matrix array real general\n2 1\n1\n1\n");
  snprintf(reason, sizeof reason, "%s/b.mtx:2: 2 x 1, but must be 4 x 1 to match L", h);
  refuses(3, 3, reason, "run %s", h);
}

/** What only the matrices of all ranks together show, or those of the last one, in the words of
 *  ist run. */
Test(mpi, refused_matrices) {
  static const char *const options[] = {"", "--precondition", "--sketch scaled-perm --step 0.1"};
  char reason[1000];
  save_negative_diagonal();
  for (int ranks = 1; ranks <= 5; ranks++)
    refuses(ranks, 3, "d = 2 is not a multiple of n = 4; the divisors of d are 1, 2", "run %s", h);
  scratch_write("h/L-3.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n-6\n0\n-3\n");
  snprintf(reason, sizeof reason,
           "%s: the mean of the 4 matrices: not positive definite: diagonal entry (1,1) = 0", h);
  for (size_t k = 0; k < 3; k++) {
    command_refuses(3, reason, "run %s %s", h, options[k]);
    refuses((int)k + 2, 3, reason, "run %s %s", h, options[k]);
  }
  cr_assert_eq(remove(scratch_path("h/L-4.mtx")), 0);
  cr_assert_eq(remove(scratch_path("h/L-3.mtx")), 0);
  for (int ranks = 1; ranks <= 3; ranks++) {
    refuses(ranks, 4, "D_i^{-1/2} does not exist: diagonal entry (2,2) of L_1 is -1",
            "run %s --sketch scaled-perm", h);
    scratch_write("h/L-1.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n6\n0\n1\n");
    refuses(ranks, 4, "D_i^{-1/2} does not exist: diagonal entry (1,1) of L_2 is -2",
            "run %s --sketch scaled-perm", h);
    scratch_write("h/L-1.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n6\n0\n-1\n");
  }
}

Test(mpi, preconditioning_needs_the_diagonal) {
  scratch_write("h/L.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n1\n0\n1e-60\n");
  cr_assert_eq(remove(scratch_path("h/b.mtx")), 0);
  for (int ranks = 1; ranks <= 3; ranks++)
    refuses(ranks, 4,
            "D^{-1/2} does not exist: diagonal entry (2,2) of L is 1e-60, below 6.84228e-49",
            "run %s --precondition", h);
}

Test(mpi, refused_rounds) {
  command_result r = command_run("run %s --step 1e20", p), local;
  r.err[strcspn(r.err, "\n")] = '\0';
  refuses(3, 4, r.err + 5, "run %s --step 1e20", p);
  local = command_run("run %s --step 10 --local-steps 1000", p);
  local.err[strcspn(local.err, "\n")] = '\0';
  refuses(3, 4, local.err + 5, "run %s --step 10 --local-steps 1000", p);
  refuses(3, 4, "no automatic step for scaled-perm with q = 3 (only for q = 1); give --step",
          "run %s --sketch scaled-perm", p);
  refuses(2, 5, "/dev/full: No space left on device", "run %s --step 0.01 --trace /dev/full", p);
  command_free(&r);
  command_free(&local);
}

/** What one engine leaves, the other takes up. */
Test(mpi, checkpoints_of_either_kind) {
  char whole[512];
  keep(whole, "whole.csv");
  free(command_output(command_run("run %s --step 0.01 --rounds 20 --trace %s", p, whole)));
  free(command_output(
      command_run("run %s --step 0.01 --rounds 6 --trace %s --checkpoint %s", p, t, c)));
  free(command_output(command_run_ranks(
      3, "run %s --step 0.01 --rounds 11 --trace %s --checkpoint %s --resume %s", p, t, c, c)));
  free(command_output(command_run(
      "run %s --step 0.01 --rounds 15 --trace %s --checkpoint %s --resume %s", p, t, c, c)));
  free(command_output(
      command_run_ranks(5, "run %s --step 0.01 --rounds 20 --trace %s --resume %s", p, t, c)));
  file_expect_same(whole, t);
}

Test(mpi, checkpoint_of_another_run) {
  char reason[800];
  free(command_output(command_run_ranks(2, "run %s --step 0.01 --rounds 6 --checkpoint %s", p, c)));
  snprintf(reason, sizeof reason, "%s: a checkpoint of another run: its step is 0.01, not 0.02", c);
  refuses(3, 3, reason, "run %s --step 0.02 --resume %s", p, c);
  free(command_output(command_run("run %s --step 0.01 --rounds 9 --resume %s", file, c)));
}

/** The process id of a rank, from its parent, or -1. */
static pid_t rank_of(pid_t mpirun, int rank) {
  char path[64], entry[64], expected[64];
  snprintf(path, sizeof path, "/proc/%d/task/%d/children", mpirun, mpirun);
  snprintf(expected, sizeof expected, "OMPI_COMM_WORLD_RANK=%d", rank);
  FILE *children = fopen(path, "r");
  int pid, found = -1;
  while (children != NULL && found == -1 && fscanf(children, "%d", &pid) == 1) {
    snprintf(entry, sizeof entry, "/proc/%d/environ", pid);
    FILE *environment = fopen(entry, "r");
    char *variable = NULL;
    size_t size = 0;
    while (environment != NULL && getdelim(&variable, &size, '\0', environment) != -1)
      if (strcmp(variable, expected) == 0)
        found = pid;
    free(variable);
    if (environment != NULL)
      fclose(environment);
  }
  if (children != NULL)
    fclose(children);
  return found;
}

/** Starts a long run on three ranks, sends a signal to one of them once rounds are done, and
 *  returns the exit code; the trace and the checkpoint are left. err: file of standard error. */
static int end_early(int rank, int signal_number, const char *err) {
  pid_t mpirun = command_start_ranks(3, err,
                                     "run %s --step 0.01 --rounds 100000000 --trace %s "
                                     "--checkpoint %s --checkpoint-every 10",
                                     p, t, c);
  bool started = file_reaches(t, 20000);
  pid_t victim = rank_of(mpirun, rank);
  kill(started && victim != -1 ? victim : mpirun, signal_number);
  int status;
  cr_assert_eq(waitpid(mpirun, &status, 0), mpirun);
  cr_assert(started);
  cr_assert_neq(victim, -1);
  cr_assert(WIFEXITED(status));
  return WEXITSTATUS(status);
}

/** From the checkpoint, with another number of ranks, to the bytes of a run in one go. */
static void assert_goes_on(void) {
  char whole[512], common[700];
  keep(whole, "whole.csv");
  snprintf(common, sizeof common, "run %s --step 0.01 --rounds %zu --json", p,
           file_last_row(t) + 50);
  json_t *communication;
  char *resumed = without_communication(
      command_output(command_run_ranks(4, "%s --trace %s --resume %s", common, t, c)),
      &communication);
  json_decref(communication);
  char *expected = without_communication(
      command_output(command_run("%s --trace %s", common, whole)), &communication);
  cr_expect_str_eq(resumed, expected);
  file_expect_same(whole, t);
  free(resumed);
  free(expected);
}

/** The line of the server in what was printed, which other programs add to. */
static size_t round_in(const char *path, const char *format) {
  char *text = file_text(path), *line = strstr(text, "ist: ");
  size_t round = 0;
  cr_assert_not_null(line, "%s", text);
  cr_expect_eq(sscanf(line, format, &round), 1, "%s", text);
  cr_expect_null(strstr(line + 1, "ist: "), "%s", text);
  free(text);
  return round;
}

Test(mpi, a_worker_that_dies_ends_the_job) {
  char err[512];
  keep(err, "err");
  cr_expect_neq(end_early(2, SIGKILL, err), 0);
  size_t round = round_in(
      err, "ist: ended from outside after round %zu: a rank died, or the job was cancelled\n");
  size_t last = file_last_row(t);
  cr_expect(last == round || last == round + 1, "row %zu, round %zu", last, round);
  assert_goes_on();
}

Test(mpi, a_server_that_dies_leaves_the_trace) {
  char err[512];
  keep(err, "err");
  cr_expect_neq(end_early(0, SIGKILL, err), 0);
  assert_goes_on();
}

Test(mpi, an_interrupted_server_ends_the_run) {
  char err[512];
  keep(err, "err");
  cr_expect_eq(end_early(0, SIGINT, err), 130);
  size_t round = round_in(err, "ist: interrupted after round %zu of 100000000; the trace ends");
  cr_expect_eq(file_last_row(t), round);
  assert_goes_on();
}
