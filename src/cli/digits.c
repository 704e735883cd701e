#include "digits.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 12

/** A bound of 0 that leaves room for underflow is below this. */
#define SURELY_ZERO 0x1p-400

/** e with 10^e <= v < 10^(e+1), by the C library's decimal conversion, which is correctly rounded:
 *  a logarithm need not be. v > 0; too large by one for some v just below a power. */
static int exponent_of(double v) {
  char text[40];
  snprintf(text, sizeof text, "%.17e", v);
  return atoi(strchr(text, 'e') + 1);
}

/** How many digits of value are within a unit of their place. May be negative. */
static int allowed(double value, double bound) {
  if (bound == 0)
    return MOST;
  const int place = exponent_of(2 * bound) + 1; /* 10^place is above twice the bound */
  const int digits = exponent_of(fabs(value)) - place + 1;
  return digits < MOST ? digits : MOST;
}

void ist_digits(double value, ist_scalar bound, char text[IST_DIGITS_SIZE]) {
  if (!bound.exists) {
    snprintf(text, IST_DIGITS_SIZE, "about %.2g", value);
    return;
  }
  const int digits = value == 0 ? bound.value < SURELY_ZERO : allowed(value, bound.value);
  if (digits > 0)
    snprintf(text, IST_DIGITS_SIZE, "%.*g", digits, value);
  else /* 1.06 makes up for two digits being rounded to nearest */
    snprintf(text, IST_DIGITS_SIZE, "< %.1e", 1.06 * (fabs(value) + bound.value));
}
