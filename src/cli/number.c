#include "number.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>

bool ist_read_integer(const char *text, unsigned long min, unsigned long max,
                      unsigned long *value) {
  if (!isdigit((unsigned char)text[0])) /* strtoul would take spaces and a sign */
    return false;
  char *end;
  errno = 0;
  *value = strtoul(text, &end, 10);
  return errno == 0 && *end == '\0' && *value >= min && *value <= max;
}

bool ist_read_real(const char *text, double *value) {
  if (text[0] == '\0' || isspace((unsigned char)text[0]))
    return false;
  char *end;
  *value = strtod(text, &end);
  return *end == '\0' && isfinite(*value);
}
