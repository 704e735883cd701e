#include "step.h"

#include "kernel/range.h"

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
  *gamma = c->step_max.value;
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
