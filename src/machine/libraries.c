#define _GNU_SOURCE /* sched_getaffinity, MAP_ANONYMOUS */

#include "libraries.h"

#include <cblas.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "output.h"

/** What OpenBLAS maps for a thread, its stack included, with some room. */
#define THREAD_BYTES ((size_t)160 << 20)

#define VARIABLE "OPENBLAS_NUM_THREADS="

/** Seconds of processor time within which OpenBLAS must have found its memory. */
#define PATIENCE 1

static char **arguments, **environment;
static struct sigaction interrupt_before;
static bool ours; /**< whether an end of the program is our own doing */

/** Starts the program again, with one thread for OpenBLAS. Returns if that fails. */
static void start_again(void) {
  static char one[] = VARIABLE "1";
  size_t count = 0, kept = 0;
  while (environment[count] != NULL)
    count++;
  char *changed[count + 2]; /* no memory is to be asked for here */
  for (size_t k = 0; k < count; k++)
    if (strncmp(environment[k], VARIABLE, sizeof VARIABLE - 1) != 0)
      changed[kept++] = environment[k];
  changed[kept++] = one;
  changed[kept] = NULL;
  syscall(SYS_execve, "/proc/self/exe", arguments, changed);
}

/** SIGINT while libraries are initialised: OpenBLAS's, where it could not start a thread, or a
 *  user's. */
static void interrupted(int number, siginfo_t *from, void *context) {
  (void)context;
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_UNBLOCK, &all, NULL);
  if (from->si_pid == getpid()) {
    static const char line[] = "ist: OpenBLAS cannot start its threads\n";
    start_again();
    (void)!write(STDERR_FILENO, line, sizeof line - 1);
    _exit(IST_MACHINE);
  }
  signal(number, SIG_DFL);
  raise(number);
}

/** Whether the environment allows OpenBLAS one thread only. */
static bool one_thread_only(void) {
  for (char **e = environment; *e != NULL; e++)
    if (strcmp(*e, VARIABLE "1") == 0)
      return true;
  return false;
}

/** Whether there is memory for so many threads of OpenBLAS. */
static bool memory_for(size_t threads) {
  const long place = syscall(SYS_mmap, NULL, threads * THREAD_BYTES, PROT_READ | PROT_WRITE,
                             MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (place == -1)
    return false;
  syscall(SYS_munmap, place, threads * THREAD_BYTES);
  return true;
}

/** How many threads OpenBLAS would start. */
static size_t count_processors(void) {
  cpu_set_t processors;
  const long bytes = syscall(SYS_sched_getaffinity, 0, sizeof processors, &processors);
  return bytes > 0 ? (size_t)CPU_COUNT_S((size_t)bytes, &processors) : 1;
}

/** Called by the loader before any library is initialised. */
static void before_libraries(int argc, char **argv, char **envp) {
  (void)argc;
  arguments = argv;
  environment = envp;
  if (one_thread_only())
    return;
  if (!memory_for(count_processors() + 1))
    start_again();
  struct sigaction action = {.sa_sigaction = interrupted, .sa_flags = SA_SIGINFO};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, &interrupt_before);
}

__attribute__((section(".preinit_array"),
               used)) static void (*const hook)(int, char **, char **) = before_libraries;

/** Called by exit. */
static void end_by_library(void) {
  if (ours)
    return;
  ist_print_error("a library gave up, as for want of memory or threads");
  _exit(IST_MACHINE);
}

void ist_libraries_guard(void) {
  if (!one_thread_only())
    sigaction(SIGINT, &interrupt_before, NULL);
  atexit(end_by_library);
}

void ist_libraries_release(void) { ours = true; }

/** A product for which OpenBLAS needs its memory, which it then keeps. */
static void use_blas(void) {
  const double a = 1;
  double c = 0;
  cblas_dsyrk(CblasRowMajor, CblasLower, CblasNoTrans, 1, 1, 1, &a, 1, 0, &c, 1);
}

/** Whether OpenBLAS finds its memory, tried in a process that is ended if it does not; where there
 *  is no other process, by what it is known to need. */
static bool blas_works(void) {
  const struct rlimit patience = {PATIENCE, PATIENCE};
  const pid_t child = fork();
  int status = -1;
  if (child == 0) {
    setrlimit(RLIMIT_CPU, &patience);
    use_blas();
    _exit(0);
  }
  if (child < 0)
    return memory_for(1);
  return waitpid(child, &status, 0) == child && status == 0;
}

ist_code ist_libraries_reserve(ist_status *s) {
  if (!blas_works())
    return ist_fail(s, IST_MACHINE, "not enough memory for OpenBLAS");
  use_blas();
  return IST_OK;
}
