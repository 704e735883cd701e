/** The step size of a run. */
#ifndef IST_RUN_STEP_H
#define IST_RUN_STEP_H

#include <stdbool.h>

#include "problem/problem.h"
#include "settings.h"
#include "spectral/constants.h"

/** Whether the step is 1/theta. */
bool ist_step_needs_theta(const ist_run_settings *r, ist_sketch sketch);

/** The step: the given one, or automatically 1 for scaled-perm with q = 1 (Theorem 2, N2) and
 *  otherwise (Theorem 1) 1/theta_upper, rounded down to 24 bits, where theta is proved to be at most
 *  theta_upper. IST_NOT_EXIST, saying why, where there is no automatic step: no theta, or no proof.
 */
ist_code ist_step_resolve(const ist_run_settings *r, const ist_constants *c, double theta_upper,
                          double *gamma, ist_status *s);

/** The same on the constants c of p, certified or not: if so, the bound of theta comes from ball
 *  arithmetic, which proves one where double precision does not. *certified: whether the
 *  step, be it given, is so proved to be at most 1/theta; false unless it is asked for. */
ist_code ist_step_certify(const ist_run_settings *r, const ist_problem *p, const ist_constants *c,
                          double *gamma, bool *certified, ist_status *s);

#endif
