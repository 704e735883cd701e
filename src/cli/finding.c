#include "finding.h"

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

const char *ist_verdict_name(ist_verdict verdict) {
  static const char *const names[] = {"holds", "violated", "not-applicable"};
  return names[verdict];
}

static void conclude(ist_finding *f, double value, double bound, double excess, double scale) {
  bool holds = excess <= IST_CLAIM_TOLERANCE * scale; /* false if anything is NaN */
  *f = (ist_finding){holds ? IST_CLAIM_HOLDS : IST_CLAIM_VIOLATED, bound, value, ""};
  if (!holds)
    snprintf(f->reason, sizeof f->reason, "exceeded by %.3g; the tolerance is %.3g", excess,
             IST_CLAIM_TOLERANCE * scale);
}

void ist_find_equal(ist_finding *f, double value, double bound, double scale) {
  conclude(f, value, bound, fabs(value - bound), scale);
}

void ist_find_at_most(ist_finding *f, double value, double bound, double scale) {
  conclude(f, value, bound, value - bound, scale);
}

void ist_find_at_least(ist_finding *f, double value, double bound, double scale) {
  conclude(f, value, bound, bound - value, scale);
}

void ist_find_same(ist_finding *f, const double *a, const double *b, size_t d) {
  double difference = 0, scale = 0;
  for (size_t j = 0; j < d; j++) {
    difference = fmax(difference, fabs(a[j] - b[j]));
    scale = fmax(scale, fmax(fabs(a[j]), fabs(b[j])));
  }
  ist_find_equal(f, difference, 0, scale);
}

void ist_find_nothing(ist_finding *f, const char *format, ...) {
  *f = (ist_finding){.verdict = IST_CLAIM_NOT_APPLICABLE};
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(f->reason, sizeof f->reason, format, arguments);
  va_end(arguments);
}
