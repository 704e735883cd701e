#include "step.h"

#include <math.h>

#include "kernel/range.h"
#include "spectral/certify.h"
#include "spectral/constants_bound.h"

/** Two processors that compute theta with different last bits get the same step of so many bits,
 *  from a bound with an error of so much: almost surely, if theta is any number, and always, if
 *  1/theta is close to a number of 24 bits, as 1/n for a power of two, since the margin takes both
 *  below it. ist_theta_upper's bound has the margin by itself. */
#define STEP_BITS 24
#define MARGIN 0x1p-26

bool ist_step_needs_theta(const ist_run_settings *r, ist_sketch sketch) {
  return r->step_auto && sketch.kind != IST_SCALED_PERM;
}

/** A proved upper bound of theta, if the step needs it; else infinite. */
static double theta_upper_for(const ist_run_settings *r, const ist_problem *p,
                              const ist_constants *c) {
  return ist_step_needs_theta(r, c->sketch) ? ist_theta_upper(p, c) : INFINITY;
}

/** The largest step of STEP_BITS bits that is at most bound > 0. */
static ist_code round_down(double bound, double *gamma, ist_status *s) {
  int exponent;
  const double fraction = frexp(bound, &exponent);
  *gamma = ldexp(floor(ldexp(fraction, STEP_BITS)), exponent - STEP_BITS);
  if (*gamma > 0 && *gamma <= IST_SCALE_MAX)
    return IST_OK;
  return ist_fail(s, IST_NOT_EXIST, "no automatic step: 1/theta = %.17g is not in (0, %.4g]",
                  *gamma, IST_SCALE_MAX);
}

static ist_code automatic(const ist_constants *c, double theta_upper, double *gamma,
                          ist_status *s) {
  if (c->sketch.kind == IST_SCALED_PERM) {
    *gamma = 1;
    if (c->q == 1)
      return IST_OK;
    return ist_fail(s, IST_NOT_EXIST,
                    "no automatic step for scaled-perm with q = %zu (only for q = 1); give --step",
                    c->q);
  }
  if (!c->step_max.exists)
    return ist_fail(s, IST_NOT_EXIST, "no automatic step: %s; give --step", c->step_max.reason);
  if (!isfinite(theta_upper))
    return ist_fail(s, IST_NOT_EXIST,
                    "no automatic step: no bound of theta = %.6g is proved in double precision; "
                    "give --step",
                    c->theta.value);
  /* The quotient is rounded; its predecessor is below the exact one. */
  return round_down(nextafter(1 / theta_upper, 0), gamma, s);
}

ist_code ist_step_resolve(const ist_run_settings *r, const ist_constants *c, double theta_upper,
                          double *gamma, ist_status *s) {
  if (r->step_auto)
    return automatic(c, theta_upper, gamma, s);
  *gamma = r->step;
  return IST_OK;
}

ist_code ist_step_certify(const ist_run_settings *r, const ist_problem *p, const ist_constants *c,
                          double *gamma, bool *certified, ist_status *s) {
  ist_certificate proof;
  *certified = false;
  if (!r->certify)
    return ist_step_resolve(r, c, theta_upper_for(r, p, c), gamma, s);
  if (ist_certify(p, c, &proof, s) != IST_OK)
    return s->code;
  const ist_scalar largest = ist_certified_step(&proof.theta);
  const bool by_theta = ist_step_needs_theta(r, c->sketch);
  if (by_theta && !largest.exists)
    return ist_fail(s, IST_NOT_EXIST, "no certified step: %s; give --step", largest.reason);
  const ist_code code = by_theta ? round_down(largest.value * (1 - MARGIN), gamma, s)
                                 : ist_step_resolve(r, c, INFINITY, gamma, s);
  *certified = code == IST_OK && largest.exists && *gamma <= largest.value;
  return code;
}
