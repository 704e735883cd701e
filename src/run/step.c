#include "step.h"

#include <math.h>

#include "cli/certificate.h"
#include "kernel/range.h"

#define STEP_BITS 24

bool ist_step_needs_theta(const ist_options *o, ist_sketch sketch) {
  return o->step_auto && sketch.kind != IST_SCALED_PERM;
}

double ist_step_round_down(double bound) {
  int exponent;
  const double fraction = frexp(bound * (1 - 0x1p-26), &exponent);
  return ldexp(floor(ldexp(fraction, STEP_BITS)), exponent - STEP_BITS);
}

/** What an automatic step is rounded down from, where 1/theta exists. A computed value, not a
 * proved bound: a lower bound on 1/theta takes its place here. */
static double computed_bound(const ist_constants *c) { return c->step_max.value; }

static ist_code automatic(const ist_constants *c, double *gamma, ist_status *s) {
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
  *gamma = ist_step_round_down(computed_bound(c));
  if (*gamma > 0 && *gamma <= IST_SCALE_MAX)
    return IST_OK;
  return ist_fail(s, IST_NOT_EXIST, "no automatic step: 1/theta = %.17g is not in (0, %.4g]",
                  *gamma, IST_SCALE_MAX);
}

ist_code ist_step_resolve(const ist_options *o, const ist_constants *c, double *gamma,
                          ist_status *s) {
  if (o->step_auto)
    return automatic(c, gamma, s);
  *gamma = o->step;
  return IST_OK;
}

ist_code ist_step_certify(const ist_options *o, const ist_problem *p, const ist_constants *c,
                          double *gamma, bool *certified, ist_status *s) {
  ist_certificate proof;
  *certified = false;
  if (!ist_given(o, IST_OPT_CERTIFY))
    return ist_step_resolve(o, c, gamma, s);
  if (ist_certificate_make(p, c, &proof, s) != IST_OK)
    return s->code;
  const ist_scalar largest = ist_certified_step(&proof.theta);
  const bool by_theta = ist_step_needs_theta(o, c->sketch);
  if (by_theta && !largest.exists)
    return ist_fail(s, IST_NOT_EXIST, "no certified step: %s; give --step", largest.reason);
  if (ist_step_resolve(o, c, gamma, s) != IST_OK)
    return s->code;
  if (by_theta)
    *gamma = ist_step_round_down(largest.value);
  *certified = largest.exists && *gamma <= largest.value;
  return IST_OK;
}
