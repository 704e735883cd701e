/** The step size of a run. */
#ifndef IST_RUN_STEP_H
#define IST_RUN_STEP_H

#include <stdbool.h>

#include "cli/options.h"
#include "problem/problem.h"
#include "spectral/constants.h"

/** Whether the step is 1/theta. */
bool ist_step_needs_theta(const ist_options *o, ist_sketch sketch);

/** The largest number of 24 bits that is at most (1 - 2^-26) bound. Two processors that compute
 * bound with different last bits get the same step: almost surely, if bound is any number, and
 * always, if it is close to a number of 24 bits, as 1/n for a power of two, since the margin takes
 * both below it. 0 < bound. */
double ist_step_round_down(double bound);

/** The step: --step G, or automatically 1 for scaled-perm with q = 1 (Theorem 2, N2) and 1/theta,
 *  rounded down to 24 bits, otherwise (Theorem 1). IST_NOT_EXIST, saying why, where there is no
 *  automatic step. */
ist_code ist_step_resolve(const ist_options *o, const ist_constants *c, double *gamma,
                          ist_status *s);

/** The same under --certify, on the constants c of p: automatically, the largest step proved to be
 *  at most 1/theta, rounded down to 24 bits (IST_NOT_EXIST, saying why, where there is none), or 1
 * as above. *certified: whether the step is proved to be at most 1/theta; false without --certify.
 */
ist_code ist_step_certify(const ist_options *o, const ist_problem *p, const ist_constants *c,
                          double *gamma, bool *certified, ist_status *s);

#endif
