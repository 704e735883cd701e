#include "numpy_peer.h"

#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

_Static_assert(sizeof(size_t) == sizeof(int64_t), "blocks are sent as they lie in memory");

extern char **environ;

/** Starts the process with its standard input and output connected to ours. */
static bool spawn(bench_numpy *y, const int in[2], const int out[2]) {
  /* Debian's interpreter, which Debian's NumPy belongs to; another may come first in PATH. */
  char *words[] = {"/usr/bin/python3", "tests/bench/numpy_round.py", NULL};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in[0], 0);
  posix_spawn_file_actions_adddup2(&actions, out[1], 1);
  for (int k = 0; k < 2; k++) {
    posix_spawn_file_actions_addclose(&actions, in[k]);
    posix_spawn_file_actions_addclose(&actions, out[k]);
  }
  bool started = posix_spawn(&y->pid, words[0], &actions, NULL, words, environ) == 0;
  posix_spawn_file_actions_destroy(&actions);
  close(in[0]);
  close(out[1]);
  y->to = fdopen(in[1], "w");
  y->from = fdopen(out[0], "r");
  return started && y->to != NULL && y->from != NULL;
}

static bool start(bench_numpy *y) {
  int in[2], out[2];
  if (pipe(in) != 0)
    return false;
  if (pipe(out) != 0) {
    close(in[0]);
    close(in[1]);
    return false;
  }
  return spawn(y, in, out) && fgetc(y->from) != EOF;
}

static bool send(bench_numpy *y, const void *data, size_t size, size_t count) {
  return fwrite(data, size, count, y->to) == count;
}

static bool send_problem(bench_numpy *y, const ist_problem *p, size_t q, double scale,
                         double gamma) {
  const int64_t sizes[] = {(int64_t)p->n, (int64_t)p->d, (int64_t)q};
  const double numbers[] = {scale, gamma};
  return send(y, sizes, sizeof *sizes, 3) && send(y, numbers, sizeof *numbers, 2) &&
         send(y, p->L, sizeof *p->L, p->n * p->d * p->d) &&
         send(y, p->b, sizeof *p->b, p->n * p->d) && fflush(y->to) == 0;
}

void bench_numpy_open(bench_numpy *y, const ist_problem *p, size_t q, double scale, double gamma) {
  *y = (bench_numpy){.pid = -1};
  signal(SIGPIPE, SIG_IGN); /* its end is noticed where we write */
  if (!start(y))
    y->missing = "NumPy did not start: is python3-numpy installed?";
  else if (!send_problem(y, p, q, scale, gamma))
    y->missing = "the NumPy process ended";
}

bool bench_numpy_round(bench_numpy *y, const size_t *block, double *x, size_t d, double *seconds) {
  if (y->missing == NULL &&
      !(send(y, block, sizeof *block, d) && send(y, x, sizeof *x, d) && fflush(y->to) == 0 &&
        fread(seconds, sizeof *seconds, 1, y->from) == 1 && fread(x, sizeof *x, d, y->from) == d))
    y->missing = "the NumPy process ended";
  return y->missing == NULL;
}

void bench_numpy_close(bench_numpy *y) {
  if (y->to != NULL)
    fclose(y->to);
  if (y->from != NULL)
    fclose(y->from);
  if (y->pid > 0)
    waitpid(y->pid, NULL, 0);
  *y = (bench_numpy){.pid = -1};
}
