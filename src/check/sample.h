/** Mean and standard error of a sample, and of pairs whose difference is tested. */
#ifndef IST_CHECK_SAMPLE_H
#define IST_CHECK_SAMPLE_H

#include <stddef.h>

/** A sample seen so far; start from zeros. */
typedef struct {
  size_t count;
  double mean, squares; /**< squares: sum of squared deviations from the mean */
} ist_sample;

void ist_sample_add(ist_sample *m, double value);

/** Standard error of the mean, sqrt(squares / (count (count - 1))); 0 for fewer than 2 values. */
double ist_sample_error(const ist_sample *m);

/** Two quantities of the same runs. The difference has its own standard error: what both share
 *  cancels in it. */
typedef struct {
  ist_sample value, bound, difference; /**< difference: of value - bound */
} ist_pairs;

void ist_pairs_add(ist_pairs *m, double value, double bound);

#endif
