#include "finding.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

const char *ist_verdict_name(ist_verdict verdict) {
  static const char *const names[] = {"holds", "violated", "refuted", "undecided",
                                      "not-applicable"};
  return names[verdict];
}

static void decide(ist_finding *f, double value, double bound, double excess, double tolerance) {
  bool holds = excess <= tolerance; /* false if anything is NaN */
  *f = (ist_finding){
      .verdict = holds ? IST_CLAIM_HOLDS : IST_CLAIM_VIOLATED, .bound = bound, .value = value};
  if (!holds)
    snprintf(f->reason, sizeof f->reason, "exceeded by %.3g; the tolerance is %.3g", excess,
             tolerance);
}

static void conclude_mean(ist_finding *f, const ist_pairs *pairs, double excess, double scale) {
  double error = ist_sample_error(&pairs->difference);
  double quantile = gsl_cdf_tdist_Qinv(IST_CLAIM_CHANCE / 2, (double)pairs->difference.count - 1);
  decide(f, pairs->value.mean, pairs->bound.mean, excess,
         quantile * error + IST_CLAIM_TOLERANCE * scale);
  f->sampled = true;
  f->error = error;
}

void ist_find_mean_equal(ist_finding *f, const ist_pairs *pairs, double scale) {
  conclude_mean(f, pairs, fabs(pairs->difference.mean), scale);
}

void ist_find_mean_at_most(ist_finding *f, const ist_pairs *pairs, double scale) {
  conclude_mean(f, pairs, pairs->difference.mean, scale);
}

void ist_find_mean_at_least(ist_finding *f, const ist_pairs *pairs, double scale) {
  conclude_mean(f, pairs, -pairs->difference.mean, scale);
}

void ist_find_refuted(ist_finding *f, double printed, const char *correction) {
  f->verdict = IST_CLAIM_REFUTED;
  f->bound = printed;
  snprintf(f->reason, sizeof f->reason, "%s", correction);
}

void ist_find_nothing(ist_finding *f, const char *format, ...) {
  *f = (ist_finding){.verdict = IST_CLAIM_NOT_APPLICABLE};
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(f->reason, sizeof f->reason, format, arguments);
  va_end(arguments);
}
