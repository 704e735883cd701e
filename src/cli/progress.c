#include "progress.h"

#include <stdio.h>
#include <unistd.h>

static time_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec;
}

ist_progress ist_progress_start(const char *unit, size_t total) {
  bool terminal = isatty(STDERR_FILENO) == 1;
  return (ist_progress){.unit = unit, .total = total, .terminal = terminal, .last = now() + 1};
}

void ist_progress_update(ist_progress *p, size_t done) {
  if (!p->terminal || now() <= p->last)
    return;
  p->last = now();
  p->shown = true;
  fprintf(stderr, "\rist: %s %zu of %zu", p->unit, done, p->total);
}

void ist_progress_end(ist_progress *p) {
  if (p->shown)
    fputs("\r\033[K", stderr);
  p->shown = false;
}
