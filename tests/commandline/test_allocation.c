/** Memory that runs out: every command, with each of its allocations failing in turn, does without
 *  it or ends in one line and the exit code that stands for it, and nothing else. */
#define _GNU_SOURCE /* RTLD_NEXT */
#include <criterion/criterion.h>
#include <dlfcn.h>
#include <errno.h>
#include <gsl/gsl_errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../support/scratch.h"
#include "cli/command.h"
#include "machine/multiprecision.h"
#include "machine/threads.h"
#include "reproduce/experiment.h"

/** What the test and its child processes share. */
static struct {
  size_t countdown; /**< allocations until the one that fails; 0: none does */
  bool failed;
} own, *shared = &own;

/** Whether an address lies in OpenBLAS, some of whose kernels use memory without looking whether
 *  they got it. Not inlined: AddressSanitizer allocates before it can watch a local variable. */
__attribute__((noinline)) static bool in_blas(void *address) {
  Dl_info place;
  return dladdr(address, &place) != 0 && place.dli_fname != NULL &&
         strstr(place.dli_fname, "libopenblas") != NULL;
}

/** Whether the allocation that an address asks for is to fail. Called before AddressSanitizer can
 *  watch anything. */
__attribute__((noinline, no_sanitize("address", "undefined"))) static bool fails(void *caller) {
  if (shared->countdown == 0 || --shared->countdown > 0)
    return false;
  if (in_blas(caller)) {
    shared->countdown = 1; /* the next one instead */
    return false;
  }
  shared->failed = true;
  errno = ENOMEM;
  return true;
}

/** The next definition of an allocation function: that of libc or of a sanitizer. */
static void *next(const char *name) {
  void *function = dlsym(RTLD_NEXT, name);
  if (function == NULL)
    abort();
  return function;
}

/* These take the place of libc's functions in the whole test. */

void *malloc(size_t size) {
  static void *(*original)(size_t);
  if (original == NULL)
    *(void **)&original = next("malloc");
  return fails(__builtin_return_address(0)) ? NULL : original(size);
}

void *calloc(size_t count, size_t size) {
  static void *(*original)(size_t, size_t);
  static char early[1024]; /* for dlsym itself */
  static bool resolving;
  if (original == NULL) {
    if (resolving)
      return early;
    resolving = true;
    *(void **)&original = next("calloc");
    resolving = false;
  }
  return fails(__builtin_return_address(0)) ? NULL : original(count, size);
}

void *realloc(void *block, size_t size) {
  static void *(*original)(void *, size_t);
  if (original == NULL)
    *(void **)&original = next("realloc");
  return fails(__builtin_return_address(0)) ? NULL : original(block, size);
}

/** GSL 2.7 forgets its first allocations where a later one of the same call fails. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) { return "leak:gsl_eigen_symm*_alloc\n"; }

/* OpenBLAS itself. With threads it allocates, and ends the process when it cannot. */
void openblas_set_num_threads(int threads);

static void open_scratch(void) {
  openblas_set_num_threads(1);
  shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  cr_assert_neq(shared, MAP_FAILED);
  scratch_open();
  ist_threads_start();
  gsl_set_error_handler_off();
  cr_assert_not_null(freopen("/dev/null", "w", stdout));
}

TestSuite(allocation, .init = open_scratch, .fini = scratch_close, .timeout = 300);

/** Runs the command once; arguments: words separated by spaces. */
static ist_code run(ist_command *command, const char *arguments, ist_status *s) {
  char text[1000], *argv[32];
  int argc = 0;
  snprintf(text, sizeof text, "%s", arguments);
  for (char *word = strtok(text, " "); word != NULL; word = strtok(NULL, " "))
    argv[argc++] = word;
  argv[argc] = NULL;
  *s = (ist_status){IST_OK, ""};
  return command(argc, argv, s);
}

/** From one failing allocation to the next. Where coverage is counted, each process writes what it
 *  has reached when it ends, which takes long: fewer are tried. */
static size_t stride(size_t k) {
#ifdef IST_COVERAGE_EXIT_H
  return 1 + k / 20;
#else
  (void)k;
  return 1;
#endif
}

/** Fails the first, second, ... allocation of the command until it makes fewer; returns how many.
 */
__attribute__((format(printf, 2, 3))) static size_t exhaust(ist_command *command,
                                                            const char *format, ...) {
  char arguments[900];
  va_list values;
  va_start(values, format);
  vsnprintf(arguments, sizeof arguments, format, values);
  va_end(values);
  ist_status s;
  cr_assert_eq(run(command, arguments, &s), IST_OK, "%s", s.text);
  for (size_t k = 1;; k += stride(k)) {
    shared->failed = false;
    shared->countdown = k;
    ist_code code = run(command, arguments, &s);
    shared->countdown = 0;
    if (!shared->failed) {
      cr_assert_eq(code, IST_OK);
      return k - 1;
    }
    /* A failure that is made up for, as of a buffer, is no failure of the command. */
    cr_expect(code == IST_OK || (code == IST_MACHINE && s.text[0] != '\0'),
              "allocation %zu: code %d, '%s'", k, (int)code, s.text);
  }
}

static const char *problem(const char *options) {
  ist_status s;
  char arguments[600];
  snprintf(arguments, sizeof arguments, "problem gaussian %s -o %s", options, scratch_path("p"));
  cr_assert_eq(run(ist_command_problem, arguments, &s), IST_OK, "%s", s.text);
  return scratch_path("p");
}

Test(allocation, problem) {
  cr_assert_gt(exhaust(ist_command_problem, "problem gaussian --dim 3 --workers 2 --json -o %s",
                       scratch_path("q")),
               10);
}

Test(allocation, constants) {
  const char *p = problem("--dim 2 --workers 2");
  cr_assert_gt(exhaust(ist_command_constants, "constants %s --full --json", p), 10);
}

/** An indefinite E[B], which is solved with otherwise. */
Test(allocation, constants_of_an_indefinite_mean_round) {
  scratch_write("L-1.mtx", "%%MatrixMarket matrix coordinate real symmetric\n4 4 5\n1 1 1\n2 2 1\n"
                           "3 3 1\n4 4 1\n2 1 9\n");
  scratch_write("L-2.mtx", "%%MatrixMarket matrix coordinate real symmetric\n4 4 5\n1 1 100\n"
                           "2 2 100\n3 3 100\n4 4 100\n2 1 -9\n");
  scratch_write("b.mtx", "%%MatrixMarket matrix array real general\n4 1\n1\n2\n3\n4\n");
  cr_assert_gt(
      exhaust(ist_command_constants, "constants %s --sketch scaled-perm --json", scratch_path("")),
      10);
}

/** After an allocation that was refused, HDF5 uses memory that it has released: its process may
 *  survive that, but not under a sanitizer, nor where it must still write what it has covered; for
 *  these nothing is refused. */
static size_t exhaust_hdf5(ist_command *command, const char *format) {
#if defined __SANITIZE_ADDRESS__ || defined IST_COVERAGE_EXIT_H
  ist_status s;
  char arguments[600];
  snprintf(arguments, sizeof arguments, format, scratch_path("p.h5"));
  cr_assert_eq(run(command, arguments, &s), IST_OK, "%s", s.text);
  return 1000;
#else
  return exhaust(command, format, scratch_path("p.h5"));
#endif
}

Test(allocation, hdf5) {
  cr_assert_gt(exhaust_hdf5(ist_command_problem, "problem gaussian --dim 2 --workers 2 -o %s"),
               500);
  cr_assert_gt(exhaust_hdf5(ist_command_run, "run %s --step 0.01 --rounds 2 --json"), 500);
}

Test(allocation, replacing) {
  const char *p = problem("--dim 2 --workers 2");
  cr_assert_gt(exhaust(ist_command_problem, "problem gaussian --dim 2 --workers 3 -o %s", p), 10);
}

Test(allocation, repeated_entries) {
  static const char repeated[] =
      "%%MatrixMarket matrix coordinate real general\n2 2 2\n1 1 1\n1 1 1\n";
  scratch_write("L.mtx", repeated);
  char arguments[600];
  snprintf(arguments, sizeof arguments, "constants %s", scratch_path(""));
  size_t exhausted = 0;
  for (size_t k = 1;; k++) {
    ist_status s;
    shared->failed = false;
    shared->countdown = k;
    ist_code code = run(ist_command_constants, arguments, &s);
    shared->countdown = 0;
    cr_expect(code == (shared->failed ? IST_MACHINE : IST_BAD_INPUT) || code == IST_BAD_INPUT);
    if (!shared->failed)
      break;
    exhausted += code == IST_MACHINE;
  }
  cr_assert_gt(exhausted, 2);
}

/** One attempt of what may use multiple precision, which ends the process itself: in a child whose
 *  k-th allocation fails. Returns its exit code. */
static int attempt(int (*body)(const void *), const void *context, size_t k) {
  int status;
  shared->failed = false;
  const pid_t child = fork();
  if (child == 0) {
    shared->countdown = k;
    const int code = body(context);
    shared->countdown = 0; /* what else an instrumented process does is not the command's */
    _exit(code);
  }
  cr_assert_eq(waitpid(child, &status, 0), child);
  shared->countdown = 0;
  cr_expect(WIFEXITED(status) && (WEXITSTATUS(status) == IST_OK ||
                                  (shared->failed && WEXITSTATUS(status) == IST_MACHINE)),
            "allocation %zu: status %d", k, status);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/** Fails one allocation after the other, ever fewer of them: k grows by k / share. Returns how many
 *  attempts ended with IST_MACHINE. */
static size_t exhaust_apart(int (*body)(const void *), const void *context, size_t share) {
  size_t ended = 0;
  for (size_t k = 1;; k += 1 + k / share) {
    const int code = attempt(body, context, k);
    if (!shared->failed)
      return ended;
    ended += code == IST_MACHINE;
  }
}

/** A command and its arguments. */
typedef struct {
  ist_command *command;
  char arguments[600];
} call;

static int run_call(const void *context) {
  const call *c = context;
  ist_status s;
  return (int)run(c->command, c->arguments, &s);
}

Test(allocation, certify) {
  call c = {.command = ist_command_constants};
  snprintf(c.arguments, sizeof c.arguments, "constants %s --certify --json",
           problem("--dim 2 --workers 2"));
  cr_assert_not_null(freopen("/dev/null", "w", stderr));
  cr_assert_gt(exhaust_apart(run_call, &c, 20), 50);
}

Test(allocation, run) {
  const char *p = problem("--dim 2 --workers 2 --homogeneous");
  scratch_write("x.mtx", "%%MatrixMarket matrix array real general\n2 1\n1\n2\n");
  cr_assert_gt(exhaust(ist_command_run,
                       "run %s --sketch scaled-perm --rounds 2 --trace %s --start "
                       "%s --json",
                       p, scratch_path("t.csv"), scratch_path("x.mtx")),
               10);
}

Test(allocation, error_bound) {
  const char *p = problem("--dim 2 --workers 2");
  cr_assert_gt(exhaust(ist_command_run, "run %s --step 0.01 --rounds 2 --error-bound --json", p),
               10);
  scratch_write("L.mtx", "%%MatrixMarket matrix array real symmetric\n1 1\n1\n");
  cr_assert_gt(exhaust(ist_command_run, "run %s --step 1e20 --rounds 50 --error-bound --json",
                       scratch_path("")),
               10);
}

Test(allocation, checkpoint) {
  const char *p = problem("--dim 2 --workers 2"), *c = scratch_path("c");
  cr_assert_gt(exhaust(ist_command_run, "run %s --step 0.01 --rounds 2 --trace %s --checkpoint %s",
                       p, scratch_path("t.csv"), c),
               10);
  cr_assert_gt(exhaust(ist_command_run, "run %s --step 0.01 --rounds 4 --trace %s --resume %s", p,
                       scratch_path("t.csv"), c),
               10);
}

Test(allocation, expect) {
  const char *p = problem("--dim 3 --workers 3");
  cr_assert_gt(exhaust(ist_command_expect, "expect %s --rounds 2 --step 0.01 --json", p), 10);
  call c = {.command = ist_command_expect};
  snprintf(c.arguments, sizeof c.arguments,
           "expect %s --rounds 2 --step 0.01 --local-steps 2 --trace %s", p, scratch_path("t.csv"));
  cr_assert_not_null(freopen("/dev/null", "w", stderr));
  cr_assert_gt(exhaust_apart(run_call, &c, 20), 10);
  cr_assert_gt(exhaust(ist_command_expect, "expect %s --sketch scaled-perm --rounds 2 --json", p),
               10);
}

/** Runs the command in a child whose k-th allocation fails. Multiple precision has no way to report
 *  that: it ends the process, with the line and the exit code of the others. Returns the code. */
static int run_in_child(ist_command *command, const char *arguments, size_t k) {
  ist_status s;
  int status;
  pid_t child = fork();
  if (child == 0) {
    shared->countdown = k;
    const int code = (int)run(command, arguments, &s);
    shared->countdown = 0;
    _exit(code);
  }
  cr_assert(child > 0 && waitpid(child, &status, 0) == child);
  cr_assert(WIFEXITED(status), "allocation %zu ends the child by a signal", k);
  int code = WEXITSTATUS(status);
  cr_expect(code == IST_OK || code == IST_MACHINE, "allocation %zu: %d", k, code);
  return code;
}

/** Fails the first allocations of the command, then ever fewer of them, each in a child. */
static void thin_out_in_children(ist_command *command, const char *format, const char *path) {
  const size_t plenty = (size_t)1 << 40;
  char arguments[900];
  ist_status s;
  snprintf(arguments, sizeof arguments, format, path);
  shared->countdown = plenty;
  cr_assert_eq(run(command, arguments, &s), IST_OK, "%s", s.text);
  size_t count = plenty - shared->countdown;
  shared->countdown = 0;
  cr_assert_gt(count, 1000);
  size_t tried = 0, refused = 0;
  for (size_t k = 1; k <= count; k += 1 + k / 24) {
    tried++;
    refused += run_in_child(command, arguments, k) == IST_MACHINE;
  }
  cr_assert_gt(refused, tried / 2);
}

Test(allocation, check) {
  const char *p = problem("--dim 2 --workers 2 --homogeneous");
  thin_out_in_children(ist_command_check, "check %s --rounds 2 --json", p);
  p = problem("--dim 3 --workers 3 --interpolation");
  thin_out_in_children(ist_command_check, "check %s --rounds 2", p);
}

/** An experiment, which has no other failures than these. */
static int run_experiment(const void *context) {
  ist_experiment *const *experiment = context;
  ist_status s;
  ist_reproduction t = {
      .directory = scratch_path(""), .quick = true, .seed = 1, .rows = json_array()};
  if (t.rows == NULL)
    return IST_MACHINE;
  ist_multiprecision_guard();
  return (int)(*experiment)(&t, &s);
}

/** Fails the first allocations of the experiment, then ever fewer of them; returns how many. */
static size_t thin_out(ist_experiment *experiment) {
  return exhaust_apart(run_experiment, &experiment, 3);
}

Test(allocation, reproduce) {
  cr_assert_not_null(freopen("/dev/null", "w", stderr));
  cr_expect_gt(thin_out(ist_reproduce_homogeneous), 10);
  cr_expect_gt(thin_out(ist_reproduce_heterogeneous), 10);
  cr_expect_gt(thin_out(ist_reproduce_bounds), 10);
  cr_expect_gt(thin_out(ist_reproduce_divergence), 10);
  cr_expect_gt(thin_out(ist_reproduce_bias), 10);
  cr_expect_gt(thin_out(ist_reproduce_definiteness), 10);
}
