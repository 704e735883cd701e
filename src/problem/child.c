#define _GNU_SOURCE // sigaltstack

#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/** Exit codes of the child; any other is that of a library which called exit. */
enum { DONE = 0, CRASHED = 70, NO_MEMORY = 71 };

/** Whether errno was ENOMEM when it was cleared. */
static bool exhausted;

void ist_child_clear_errno(void) {
  exhausted = exhausted || errno == ENOMEM;
  errno = 0;
}

bool ist_child_exhausted(void) { return exhausted || errno == ENOMEM; }

/** Ends the child for a library. An allocation that was refused is taken for the cause. */
static void end_child(void) { _exit(ist_child_exhausted() ? NO_MEMORY : CRASHED); }

static void end_at_signal(int signal_number) {
  (void)signal_number;
  end_child();
}

/** Takes every way in which a library can end the process. */
static void watch_library(void) {
  static const int fatal[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
  static char stack[1 << 16]; // endless recursion leaves no room on the other one
  const stack_t other = {.ss_sp = stack, .ss_size = sizeof stack};
  struct sigaction action = {.sa_handler = end_at_signal, .sa_flags = SA_ONSTACK};
  sigaltstack(&other, NULL);
  sigemptyset(&action.sa_mask);
  for (size_t k = 0; k < sizeof fatal / sizeof *fatal; k++)
    sigaction(fatal[k], &action, NULL);
  atexit(end_child); // called first, so that nothing of the parent is flushed or released
}

static void silence(void) {
  const int nowhere = open("/dev/null", O_WRONLY);
  if (nowhere >= 0) {
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
  }
}

static void become_child(int channel, ist_child_work *work, void *context) {
  const struct rlimit no_core = {0, 0};
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  signal(SIGINT, SIG_IGN); // the parent's to answer
  setrlimit(RLIMIT_CORE, &no_core);
  silence();
  watch_library();
  exhausted = false;
  errno = 0;
  work(context, channel);
  _exit(DONE);
}

ist_code ist_child_start(ist_child *c, const char *name, ist_child_work *work, void *context,
                         ist_status *s) {
  int ends[2];
  *c = (ist_child){0};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return ist_fail(s, IST_MACHINE, "%s: no channel to another process: %s", name, strerror(errno));
  const pid_t id = fork();
  if (id == 0) {
    close(ends[0]);
    become_child(ends[1], work, context);
  }
  const int error = errno;
  close(ends[1]);
  if (id > 0) {
    *c = (ist_child){id, ends[0]};
    return IST_OK;
  }
  close(ends[0]);
  return ist_fail(s, IST_MACHINE, "%s: no process to read or write it in: %s", name,
                  strerror(error));
}

bool ist_child_send(int channel, const void *bytes, size_t size) {
  const char *next = bytes;
  while (size > 0) {
    const ssize_t sent = send(channel, next, size, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR)
      continue;
    if (sent <= 0)
      return false;
    next += sent;
    size -= (size_t)sent;
  }
  return true;
}

bool ist_child_receive(int channel, void *bytes, size_t size) {
  char *next = bytes;
  while (size > 0) {
    const ssize_t received = recv(channel, next, size, 0);
    if (received < 0 && errno == EINTR)
      continue;
    if (received <= 0)
      return false;
    next += received;
    size -= (size_t)received;
  }
  return true;
}

bool ist_child_report(int channel, const ist_status *s) {
  return ist_child_send(channel, s, sizeof *s);
}

ist_code ist_child_outcome(ist_child *c, const char *name, const char *library, ist_code crashed,
                           ist_status *s) {
  ist_status told;
  if (!ist_child_receive(c->channel, &told, sizeof told))
    return ist_child_fate(c, name, library, crashed, s);
  if (told.code == IST_OK)
    return IST_OK;
  // A library may have spoilt the child's memory.
  told.text[sizeof told.text - 1] = '\0';
  if (told.code < IST_OK || told.code > IST_MACHINE)
    told.code = crashed;
  return ist_fail(s, told.code, "%s", told.text);
}

/** Waits for the child; its status, or -1 if the system does not tell. */
static int wait_for(ist_child *c) {
  int status = -1;
  pid_t ended;
  do
    ended = waitpid(c->id, &status, 0);
  while (ended < 0 && errno == EINTR);
  close(c->channel);
  *c = (ist_child){0};
  return ended < 0 ? -1 : status;
}

ist_code ist_child_fate(ist_child *c, const char *name, const char *library, ist_code crashed,
                        ist_status *s) {
  shutdown(c->channel, SHUT_RDWR); // it may still wait for us
  const int status = wait_for(c);
  if (status != -1 && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
    return ist_fail(s, IST_MACHINE, "%s: killed, as happens when memory runs out", name);
  if (status != -1 && WIFEXITED(status) && WEXITSTATUS(status) == NO_MEMORY)
    return ist_fail(s, IST_MACHINE, "%s: not enough memory for %s", name, library);
  return ist_fail(s, crashed, "%s: %s crashes on it%s", name, library,
                  crashed == IST_BAD_INPUT ? "; the file is damaged" : "");
}

void ist_child_end(ist_child *c) {
  if (c->id == 0)
    return;
  shutdown(c->channel, SHUT_RDWR);
  (void)wait_for(c);
}
