#include "adversarial.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdbool.h>

static double sign(gsl_rng *rng) { return gsl_rng_uniform_int(rng, 2) == 0 ? -1 : 1; }

/* A significand in [1, 2) with all its bits random. */
static double significand(gsl_rng *rng) {
  const double high = (double)gsl_rng_uniform_int(rng, 1UL << 26);
  const double low = (double)gsl_rng_uniform_int(rng, 1UL << 26);
  return 1 + high * 0x1p-26 + low * 0x1p-52;
}

/* +-m 2^e with e uniform in [lowest, highest]. Each draw is a statement of its own, here and below:
   the operands of an expression are evaluated in an order of the compiler's choice. */
static double with_exponent(gsl_rng *rng, int lowest, int highest) {
  const unsigned long span = (unsigned long)(highest - lowest + 1);
  const int exponent = lowest + (int)gsl_rng_uniform_int(rng, span);
  const double m = sign(rng);
  return m * ldexp(significand(rng), exponent);
}

static bool coin(gsl_rng *rng) { return gsl_rng_uniform_int(rng, 2) == 0; }

double test_adversarial(gsl_rng *rng, test_kind kind, double limit) {
  switch (kind) {
  case TEST_WIDE:
    return with_exponent(rng, -1075, ilogb(limit) - 1);
  case TEST_TINY:
    return coin(rng) ? with_exponent(rng, -1075, -1020) : with_exponent(rng, -545, -530);
  case TEST_LIMIT: {
    const double largest = sign(rng) * limit;
    return coin(rng) ? largest : largest / significand(rng);
  }
  case TEST_SPARSE: {
    const double zero = sign(rng) * 0.0;
    return coin(rng) ? zero : gsl_ran_ugaussian(rng);
  }
  case TEST_WHOLE: {
    const double whole = (double)gsl_rng_uniform_int(rng, 1000);
    return sign(rng) * whole;
  }
  default:
    return gsl_ran_ugaussian(rng);
  }
}

void test_fill_adversarial(gsl_rng *rng, test_kind kind, double limit, double *v, size_t count) {
  for (size_t k = 0; k < count; k++)
    v[k] = test_adversarial(rng, kind, limit);
}

void test_cancel(gsl_rng *rng, double *a, double *x, size_t d) {
  const size_t h = d / 2;
  for (size_t j = 0; j < h; j++) {
    a[j + h] = a[j];
    x[j + h] = coin(rng) ? -x[j] : -nextafter(x[j], 0);
  }
}

double test_adversarial_step(gsl_rng *rng) {
  switch (gsl_rng_uniform_int(rng, 6)) {
  case 0:
    return 1;
  case 1:
    return 1 - 0x1p-53 * (double)(1 + gsl_rng_uniform_int(rng, 100));
  case 2:
    return ldexp(1, -(int)gsl_rng_uniform_int(rng, 1075));
  case 3: {
    const double power = ldexp(1, -(int)gsl_rng_uniform_int(rng, 20));
    return power / significand(rng);
  }
  case 4:
    return fabs(with_exponent(rng, -1074, -1));
  default:
    return gsl_rng_uniform_pos(rng);
  }
}
