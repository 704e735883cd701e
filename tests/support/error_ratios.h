/** Collects how far error bounds lie above the errors they bound. */
#ifndef IST_TEST_ERROR_RATIOS_H
#define IST_TEST_ERROR_RATIOS_H

#include "exact_logic.h"

#include <stddef.h>

/** The ratios bound / error of inexact results; exact results are counted apart. */
typedef struct {
  double *ratio;
  size_t count, capacity, exact;
} error_ratios;

/** Asserts |computed - value| <= bound and notes the ratio; returns it (infinite if exact). */
double error_ratios_add(error_ratios *r, double computed, const arb_t value, const arb_t bound);

/** The median of the ratios noted; asserts that there are some. */
double error_ratios_median(const error_ratios *r);

/** Prints "bound/error NAME: median, least, how many, how many results were exact" on standard
 *  error, and releases the ratios. */
void error_ratios_report(error_ratios *r, const char *name);

/** As error_ratios_report, and a line "median bound/error: NAME MEDIAN" that tests/run repeats. */
void error_ratios_headline(error_ratios *r, const char *name);

#endif
