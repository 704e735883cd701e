#include "digits.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/digits.h"
#include "exact_constants.h"

#define MOST_DIGITS 12

void digits_check(digits_tally *t, const char *name, double value, ist_error error,
                  const arb_t exact) {
  char text[IST_DIGITS_SIZE];
  int digits = 0;
  t->numbers++;
  ist_digits(value, (ist_scalar){isfinite(error.bound), error.bound, error.reason}, text);
  if (!isfinite(error.bound)) {
    cr_expect_eq(strncmp(text, "about ", 6), 0);
    cr_expect(error.reason != NULL && error.reason[0] != '\0', "no reason for %s", name);
    t->unbounded++;
    return;
  }
  const double distance = exact_distance(value, exact);
  cr_expect_leq(distance, error.bound, "%s: %.17g is off by %g, bound %g", name, value, distance,
                error.bound);
  if (text[0] == '<') {
    cr_expect_leq(exact_distance(0, exact), strtod(text + 2, NULL), "%s %s", name, text);
    t->limits++;
    return;
  }
  cr_expect(exact_last_place(text, exact, &digits), "%s: %s has a wrong digit (%.17g, bound %g)",
            name, text, value, error.bound);
  cr_expect_leq(digits, MOST_DIGITS);
  t->shown++;
  /* Zeros at the end are not written, but they are right as well. */
  for (digits = MOST_DIGITS; digits > 1; digits--) {
    char longer[400];
    snprintf(longer, sizeof longer, "%.*g", digits, value);
    if (strcmp(longer, text) == 0)
      break;
  }
  t->digits += digits;
}

void digits_report(const char *what, const digits_tally *t) {
  printf("%s: %ld numbers, %ld with %.2f digits on average, %ld as limits, %ld not bounded\n", what,
         t->numbers, t->shown, (double)t->digits / (double)t->shown, t->limits, t->unbounded);
}
