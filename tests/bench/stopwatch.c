#include "stopwatch.h"

#include <gsl/gsl_statistics_double.h>
#include <time.h>

double bench_seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

double bench_median(double *samples, size_t count) { return gsl_stats_median(samples, 1, count); }
