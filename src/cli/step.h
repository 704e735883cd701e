/** The step size of a run. */
#ifndef IST_CLI_STEP_H
#define IST_CLI_STEP_H

#include "options.h"
#include "spectral/constants.h"

/** The step: --step G, or automatically 1 for scaled-perm with q = 1 (Theorem 2, N2) and 1/theta
 *  otherwise (Theorem 1). IST_NOT_EXIST, saying why, where there is no automatic step. */
ist_code ist_step_resolve(const ist_options *o, const ist_constants *c, double *gamma,
                          ist_status *s);

#endif
