/** The experiments of `ist reproduce`, one function for each. */
#ifndef IST_REPRODUCE_EXPERIMENT_H
#define IST_REPRODUCE_EXPERIMENT_H

#include "machine/status.h"
#include "reproduction.h"

/** An experiment writes its tables and its figure, and records what it checked. Failures are those
 *  of memory and output; a check that fails is recorded, not returned. */
typedef ist_code ist_experiment(ist_reproduction *t, ist_status *s);

ist_experiment ist_reproduce_homogeneous;   /**< P21: d = n, preconditioned, scaled Perm-1 */
ist_experiment ist_reproduce_heterogeneous; /**< P22: d = 100 n, scaled Perm-q */
ist_experiment ist_reproduce_bounds;        /**< Theorem 2 and what sharpens it: N1, N2, N15 */
ist_experiment ist_reproduce_divergence;    /**< E1, N14 */
ist_experiment ist_reproduce_bias;          /**< E5 */
ist_experiment ist_reproduce_definiteness;  /**< P11, N7: how often W is not PSD */

#endif
