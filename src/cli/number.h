/** Strict reading of numbers: the whole text is one number of the range, or it is refused. */
#ifndef IST_CLI_NUMBER_H
#define IST_CLI_NUMBER_H

#include <stdbool.h>

/** Decimal digits only, min <= value <= max. */
bool ist_read_integer(const char *text, unsigned long min, unsigned long max, unsigned long *value);

/** A finite number; no leading space, trailing rubbish, NaN, infinity or overflow. */
bool ist_read_real(const char *text, double *value);

#endif
