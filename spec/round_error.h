/** From the radii of all entries to the error of the next iterate: merge and step. */
#ifndef IST_SPEC_ROUND_ERROR_H
#define IST_SPEC_ROUND_ERROR_H

#include "radius.h"

/*@ // count[j] entries of block are j; r[j] is above the radii merged at j.
    predicate members_counted{A, B}(size_t *count, size_t *block, integer m, integer d) =
      \forall integer j; 0 <= j < d ==> \at(count[j], B) == members{A}(block, m, j);
    predicate merged_above{A, B}(double *r, double *sum, size_t *block, integer m, integer d) =
      \forall integer j; 0 <= j < d ==> merged{A}(r, block, m, j) <= \at(sum[j], B);

    // e2 is above the error after a step from x within e, with merged sum S, radius R and
    // coefficient K.
    predicate step_error_above(real e2, real e, real x, real gamma, real n, real S, real R,
                               real K) =
      \abs(1.0 - gamma * (K / n)) * e + \abs(gamma) * ((R + 0x1p-51 * \abs(S)) / n) +
        0x1p-51 * \abs(x) + 0x1p-900 <= e2;
*/

#endif
