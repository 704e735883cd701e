#include "stopwatch.h"

#include <gsl/gsl_statistics_double.h>
#include <time.h>

static double seconds(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

double bench_seconds(void) { return seconds(CLOCK_PROCESS_CPUTIME_ID); }

double bench_wall_seconds(void) { return seconds(CLOCK_MONOTONIC); }

double bench_median(double *samples, size_t count) { return gsl_stats_median(samples, 1, count); }
