/** Little memory and few threads: libraries that would end the program, or never come back, do not.
 *
 *  Sanitizers need memory of their own; there, too, the program as shipped is run. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"
#include "../support/scratch.h"

static void begin(void) {
  scratch_open();
#ifdef __SANITIZE_ADDRESS__
  setenv("IST", "build/ist", 1);
#endif
  unsetenv("OPENBLAS_NUM_THREADS");
  json_decref(
      command_json("problem gaussian --dim 200 --workers 2 -o %s --json", scratch_path("p")));
}

TestSuite(limits, .init = begin, .fini = scratch_close, .timeout = 300);

static bool is_one_line(const char *text) {
  const char *end = strchr(text, '\n');
  return end != NULL && end[1] == '\0';
}

/** Runs the program on the problem with so much address space: it does its work, or says in one
 *  line that it cannot. Returns whether it did. */
static bool works_within(unsigned long bytes, const char *problem) {
  char wrapper[100];
  snprintf(wrapper, sizeof wrapper, "prlimit --as=%lu", bytes);
  setenv("IST_WRAPPER", wrapper, 1);
  command_result r = command_run("run %s --step 0.0001 --rounds 3", problem);
  const bool done = r.code == 0;
  cr_expect(done || r.code == 6, "%lu bytes: exit code %d: %s", bytes, r.code, r.err);
  cr_expect(done ? *r.err == '\0' : is_one_line(r.err), "%lu bytes: %s", bytes, r.err);
  command_free(&r);
  return done;
}

/** From what the libraries' code takes to what is enough, and closely around that. */
static void expect_limits(const char *problem) {
  const unsigned long step = 32ul << 20;
  unsigned long enough = 4 * step;
  while (enough < 32 * step && !works_within(enough, problem))
    enough += step;
  cr_assert_gt(enough, 4 * step);
  cr_assert_lt(enough, 32 * step);
  for (unsigned long less = 0; less < step; less += step / 8)
    works_within(enough - less, problem);
}

Test(limits, address_space) { expect_limits(scratch_path("p")); }

Test(limits, address_space_and_hdf5) {
  free(command_output(
      command_run("problem gaussian --dim 200 --workers 2 -o %s", scratch_path("p.h5"))));
  expect_limits(scratch_path("p.h5"));
}

/** Stands in for a system that grants a process as many threads as THREADS says. */
static const char few_threads[] =
    "#define _GNU_SOURCE\n"
    "#include <dlfcn.h>\n"
    "#include <errno.h>\n"
    "#include <pthread.h>\n"
    "#include <stdlib.h>\n"
    "int pthread_create(pthread_t *t, const pthread_attr_t *a, void *(*f)(void *), void *x) {\n"
    "  static int started;\n"
    "  int (*next)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);\n"
    "  *(void **)&next = dlsym(RTLD_NEXT, \"pthread_create\");\n"
    "  return started++ < atoi(getenv(\"THREADS\")) ? next(t, a, f, x) : EAGAIN;\n"
    "}\n";

/** OpenBLAS says so and sends a signal, OpenMP ends the program: neither is let. */
Test(limits, threads) {
  char command[1300], wrapper[700];
  const char *library = scratch_path("few.so");
  snprintf(command, sizeof command, "cc -shared -fPIC -o %s %s -ldl", library,
           scratch_write("few.c", few_threads));
  cr_assert_eq(system(command), 0);
  char *expected =
      command_output(command_run("run %s --step 0.0001 --rounds 3 --json", scratch_path("p")));
  setenv("OMP_NUM_THREADS", "4", 1);
  for (int threads = 0; threads < 8; threads++) {
    snprintf(wrapper, sizeof wrapper, "env THREADS=%d LD_PRELOAD=%s", threads, library);
    setenv("IST_WRAPPER", wrapper, 1);
    command_result r = command_run("run %s --step 0.0001 --rounds 3 --json", scratch_path("p"));
    cr_expect_eq(r.code, 0, "%d threads: exit code %d: %s", threads, r.code, r.err);
    cr_expect_str_eq(r.out, expected);
    command_free(&r);
  }
  free(expected);
}

/** A library that calls exit: the code of a violated claim, were it not for the guard. */
Test(limits, a_library_that_gives_up) {
  static const char gives_up[] = "#include <stdio.h>\n#include <stdlib.h>\n"
                                 "void *gsl_rng_alloc(const void *t) { (void)t; exit(1); }\n";
  char command[1300], wrapper[700];
  const char *library = scratch_path("exit.so");
  snprintf(command, sizeof command, "cc -shared -fPIC -o %s %s", library,
           scratch_write("exit.c", gives_up));
  cr_assert_eq(system(command), 0);
  snprintf(wrapper, sizeof wrapper, "env LD_PRELOAD=%s", library);
  setenv("IST_WRAPPER", wrapper, 1);
  command_refuses(6, "a library gave up, as for want of memory or threads",
                  "run %s --step 0.0001 --rounds 3", scratch_path("p"));
}
