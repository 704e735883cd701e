#include "verdict.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

void ist_verdict_open(ist_finding *f, const char *format, ...) {
  *f = (ist_finding){.verdict = IST_CLAIM_UNDECIDED, .bound = NAN, .value = NAN};
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(f->reason, sizeof f->reason, format, arguments);
  va_end(arguments);
}

/** |excess| <= 10^-digits scale for the most digits; -1 if not even for none. */
static int digits(ist_balls *e, ist_ball excess, ist_ball scale) {
  arf_t part, size;
  mag_t rest;
  arf_init(part);
  arf_init(size);
  mag_init(rest);
  arb_get_mag(rest, excess);
  arf_set_mag(part, rest);
  arb_get_abs_ubound_arf(size, scale, e->precision);
  int found = -1;
  if (arf_is_zero(part))
    found = IST_DIGITS_EXACT;
  else if (arf_is_finite(part) && arf_is_finite(size) && !arf_is_zero(size)) {
    arf_div(part, part, size, 53, ARF_RND_UP);
    arb_t ratio, power;
    arb_init(ratio);
    arb_init(power);
    arb_set_arf(ratio, part);
    arb_log_base_ui(power, ratio, 10, 53);
    found = (int)fmin(IST_DIGITS_EXACT, fmax(-1, floor(-ist_ball_above(power))));
    arb_clear(ratio);
    arb_clear(power);
  }
  arf_clear(part);
  arf_clear(size);
  mag_clear(rest);
  return found;
}

/** Part of the scale, and bits of its own size, up to which a printed number must be known. */
#define PRINTED_TO 1e-15
#define PRINTED_BITS 49

/** The double to print for a: 0 where it may be, NaN where its digits are not known. */
static double printed_number(ist_ball a, ist_ball scale) {
  const double middle = ist_ball_double(a), size = ist_ball_double(scale);
  const double width = ist_ball_above(a) - ist_ball_below(a);
  if (ist_ball_known(a) && arb_contains_zero(a))
    return width <= PRINTED_TO * size ? 0 : NAN;
  return isinf(middle) || arb_rel_accuracy_bits(a) >= PRINTED_BITS ? middle : NAN;
}

/** Records both sides, of which nothing is known yet but their enclosures. */
static void record(ist_finding *f, ist_ball value, ist_ball bound, ist_ball scale) {
  *f = (ist_finding){.verdict = IST_CLAIM_UNDECIDED,
                     .bound = printed_number(bound, scale),
                     .value = printed_number(value, scale)};
}

static void explain_open(ist_balls *e, ist_finding *f, ist_ball value, ist_ball bound) {
  if (!ist_ball_known(value) || !ist_ball_known(bound))
    snprintf(f->reason, sizeof f->reason, "%s not enclosed with %ld bits",
             ist_ball_known(value)   ? "the bound is"
             : ist_ball_known(bound) ? "the value is"
                                     : "neither side is",
             (long)e->precision);
  else
    snprintf(f->reason, sizeof f->reason, "in [%.17g, %.17g] and in [%.17g, %.17g] with %ld bits",
             ist_ball_below(value), ist_ball_above(value), ist_ball_below(bound),
             ist_ball_above(bound), (long)e->precision);
}

static void explain_violated(ist_finding *f, ist_ball excess) {
  f->verdict = IST_CLAIM_VIOLATED;
  snprintf(f->reason, sizeof f->reason, "proved: exceeded by about %.3g",
           fmax(ist_ball_below(excess), -ist_ball_above(excess)));
}

/** Concludes that excess is 0, or at most 0 where one-sided. */
static void conclude(ist_balls *e, ist_finding *f, ist_ball value, ist_ball bound, ist_ball excess,
                     ist_ball scale, bool one_sided) {
  record(f, value, bound, scale);
  const bool known = ist_ball_known(value) && ist_ball_known(bound) && ist_ball_known(excess);
  if (known && (arb_is_positive(excess) || (!one_sided && arb_is_negative(excess)))) {
    explain_violated(f, excess);
    return;
  }
  const bool strictly = known && one_sided && arb_is_nonpositive(excess);
  const int agreeing = known && !strictly ? digits(e, excess, scale) : -1;
  const bool printable = !isnan(f->value) && !isnan(f->bound);
  if ((strictly && printable) || agreeing >= IST_VERDICT_DIGITS) {
    f->verdict = IST_CLAIM_HOLDS;
    f->digits = strictly ? 0 : agreeing;
  } else
    explain_open(e, f, value, bound);
}

void ist_verdict_equal(ist_balls *e, ist_finding *f, ist_ball value, ist_ball bound,
                       ist_ball scale) {
  conclude(e, f, value, bound, ist_ball_sub(e, value, bound), scale, false);
}

void ist_verdict_at_most(ist_balls *e, ist_finding *f, ist_ball value, ist_ball bound,
                         ist_ball scale) {
  conclude(e, f, value, bound, ist_ball_sub(e, value, bound), scale, true);
}

void ist_verdict_at_least(ist_balls *e, ist_finding *f, ist_ball value, ist_ball bound,
                          ist_ball scale) {
  conclude(e, f, value, bound, ist_ball_sub(e, bound, value), scale, true);
}

/** value <= bound if sign is 1, value >= bound if it is -1. */
static void conclude_ends(ist_balls *e, ist_finding *f, ist_ball value, ist_ball bound, int sign) {
  ist_ball excess = ist_ball_times(e, ist_ball_sub(e, value, bound), sign);
  *f = (ist_finding){.verdict = IST_CLAIM_UNDECIDED, .value = NAN, .bound = NAN};
  if (!ist_ball_known(excess) || !(arb_is_nonpositive(excess) || arb_is_positive(excess))) {
    explain_open(e, f, value, bound);
    return;
  }
  const bool upper = arb_is_nonpositive(excess) == (sign > 0);
  f->value = upper ? ist_ball_above(value) : ist_ball_below(value);
  f->bound = upper ? ist_ball_below(bound) : ist_ball_above(bound);
  if (arb_is_nonpositive(excess))
    f->verdict = IST_CLAIM_HOLDS;
  else
    explain_violated(f, excess);
}

void ist_verdict_ends_at_most(ist_balls *e, ist_finding *f, ist_ball value, ist_ball bound) {
  conclude_ends(e, f, value, bound, 1);
}

void ist_verdict_ends_at_least(ist_balls *e, ist_finding *f, ist_ball value, ist_ball bound) {
  conclude_ends(e, f, value, bound, -1);
}

void ist_verdict_printed(ist_balls *e, ist_finding *f, ist_ball value, ist_ball printed,
                         ist_ball corrected, ist_ball scale, const char *correction) {
  ist_verdict_equal(e, f, value, corrected, scale);
  if (f->verdict != IST_CLAIM_HOLDS)
    return;
  ist_verdict_equal(e, f, value, printed, scale);
  if (f->verdict == IST_CLAIM_HOLDS)
    ist_find_nothing(f, "as printed it is right on this problem");
  else if (f->verdict == IST_CLAIM_VIOLATED)
    ist_find_refuted(f, ist_ball_double(printed), correction);
}

void ist_verdict_same(ist_balls *e, ist_finding *f, ist_ball_matrix A, ist_ball_matrix B) {
  ist_ball scale = ist_ball_max(e, ist_ball_largest_entry(e, A), ist_ball_largest_entry(e, B));
  ist_verdict_equal(e, f, ist_ball_difference(e, A, B), ist_ball_of(e, 0), scale);
}

bool ist_verdict_zero(ist_balls *e, ist_ball value, ist_ball scale) {
  return ist_ball_known(value) && digits(e, value, scale) >= IST_VERDICT_DIGITS;
}
