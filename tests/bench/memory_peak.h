/** How much memory a computation needs at most, as the system counts it. */
#ifndef IST_BENCH_MEMORY_PEAK_H
#define IST_BENCH_MEMORY_PEAK_H

#include <stdbool.h>

/** Gives unused memory back, resets the peak of this process's resident memory and puts what is
 *  resident now into *bytes. False if the system does not let it. */
bool bench_peak_begin(double *bytes);

/** The peak since then, in bytes, less what was resident. NaN if the system does not tell. */
double bench_peak_end(double begin);

#endif
