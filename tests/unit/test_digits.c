/** Numbers with the digits that their bounds allow. */
#include <criterion/criterion.h>

#include "cli/digits.h"

static void expect(double value, double bound, const char *text) {
  char found[IST_DIGITS_SIZE];
  ist_digits(value, (ist_scalar){.exists = true, .value = bound}, found);
  cr_expect_str_eq(found, text, "%.17g, %g: %s", value, bound, found);
}

Test(digits, at_most_twelve) {
  expect(1.0 / 3, 0, "0.333333333333");
  expect(1.0 / 3, 1e-16, "0.333333333333");
  expect(2e6 / 3, 1e-12, "666666.666667");
  expect(0.5, 1e-16, "0.5");
  expect(-2.0 / 3e20, 1e-40, "-6.66666666667e-21");
}

/** One unit of the last place is at least twice the bound. */
Test(digits, those_of_the_bound) {
  expect(1.0 / 3, 4e-4, "0.333");
  expect(1.0 / 3, 6e-4, "0.33");
  expect(1.0 / 3, 1e-3, "0.33");
  expect(1.0 / 3, 0.04, "0.3");
  expect(123456.0, 40, "1.235e+05");
  expect(9.996, 4e-4, "9.996");
  expect(9.9996, 4e-3, "10");
  expect(-1.0 / 3, 4e-4, "-0.333");
}

Test(digits, none) {
  expect(1.0 / 3, 0.06, "< 4.2e-01");
  expect(1e-20, 1e-19, "< 1.2e-19");
  expect(-1e-20, 1e-19, "< 1.2e-19");
  expect(0, 1e-30, "< 1.1e-30");
  expect(0, 0, "0");
}

Test(digits, no_bound) {
  char found[IST_DIGITS_SIZE];
  ist_digits(1.0 / 3, (ist_scalar){.reason = "unknown"}, found);
  cr_expect_str_eq(found, "about 0.33");
}
