/** Times, and what they come down to. */
#ifndef IST_BENCH_STOPWATCH_H
#define IST_BENCH_STOPWATCH_H

#include <stddef.h>

/** Processor time of this process, in seconds: the wall clock's on an idle machine with one thread,
 *  and not disturbed by other processes that share the cores. */
double bench_seconds(void);

/** The wall clock, in seconds: for several threads, on an idle machine. */
double bench_wall_seconds(void);

/** Median of count >= 1 samples, which are reordered. */
double bench_median(double *samples, size_t count);

#endif
