#include "progress.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

/** Seconds from which work is announced. */
#define ANNOUNCED_SECONDS 3

static time_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec;
}

ist_progress ist_progress_start(const char *unit, size_t total) {
  bool terminal = isatty(STDERR_FILENO) == 1;
  const time_t start = now();
  return (ist_progress){
      .unit = unit, .total = total, .terminal = terminal, .start = start, .last = start + 1};
}

void ist_progress_duration(double seconds, char *text, size_t size) {
  static const struct {
    double seconds;
    const char *unit;
  } units[] = {{86400, "d"}, {3600, "h"}, {60, "min"}, {1, "s"}};
  size_t i = 0;
  while (i < 3 && seconds < units[i].seconds)
    i++;
  const double count = floor(seconds / units[i].seconds);
  if (i == 3)
    snprintf(text, size, "%.0f s", count);
  else
    snprintf(text, size, "%.0f %s %.0f %s", count, units[i].unit,
             floor((seconds - count * units[i].seconds) / units[i + 1].seconds), units[i + 1].unit);
}

void ist_progress_update(ist_progress *p, size_t done) {
  const time_t time = p->terminal ? now() : 0;
  if (time <= p->last || done <= p->first)
    return;
  p->last = time;
  p->shown = true;
  char left[64];
  const double each = (double)(time - p->start) / (double)(done - p->first);
  ist_progress_duration(each * (double)(p->total - done), left, sizeof left);
  fprintf(stderr, "\rist: %s %zu of %zu, %s left\033[K", p->unit, done, p->total, left);
}

void ist_progress_end(ist_progress *p) {
  if (p->shown)
    fputs("\r\033[K", stderr);
  p->shown = false;
}

void ist_progress_announce(const char *work, double seconds) {
  if (seconds >= ANNOUNCED_SECONDS)
    fprintf(stderr, "ist: %s; this takes about %.0f seconds\n", work, seconds);
}
