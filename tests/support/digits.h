/** Numbers with bounds against exact ones: does the bound hold, is every digit of the table right.
 */
#ifndef IST_TEST_DIGITS_H
#define IST_TEST_DIGITS_H

#include <arb.h>

#include "spectral/constants_bound.h"

/** What was looked at. */
typedef struct {
  long numbers;   /**< how many */
  long shown;     /**< with digits */
  long digits;    /**< of these, zeros at the end included */
  long limits;    /**< as "< B" */
  long unbounded; /**< without a bound */
} digits_tally;

/** Expects |value - exact| <= the bound, and the table's text of value to be within one unit of its
 *  last place. */
void digits_check(digits_tally *t, const char *name, double value, ist_error error,
                  const arb_t exact);

/** Prints the tally on one line. */
void digits_report(const char *what, const digits_tally *t);

#endif
