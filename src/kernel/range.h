/** Magnitudes under which no kernel operation can overflow, and the checks that establish them.
 *
 *  The kernel's contracts hold for inputs within these limits; a caller that has seen every
 *  check return true has discharged every magnitude hypothesis of every contract. */
#ifndef IST_KERNEL_RANGE_H
#define IST_KERNEL_RANGE_H

#include <stdbool.h>
#include <stddef.h>

/** Largest d and largest n: 2^20. */
#define IST_DIM_MAX 1048576
/** 2^160 = 1.5e48: bound on |entries| of L, b and of every iterate. */
#define IST_ENTRY_MAX 0x1p160
/** 2^100 = 1.3e30: bound on the sketch scales s_j and on the step size. */
#define IST_SCALE_MAX 0x1p100
/** 2^-160: smallest diagonal entry that D^{-1/2} accepts. */
#define IST_DIAGONAL_MIN 0x1p-160

#ifdef __FRAMAC__
#include "../../spec/magnitude.h"
#include "../../spec/arrays.h"
#include "../../spec/index.h"
#include "../../spec/symmetric.h"
#endif

/*@ predicate diagonal_within{L}(double *A, integer k, integer d, real lo, real hi) =
      \forall integer j; 0 <= j < k ==> within(A[entry(j, j, d)], lo, hi);
*/

/** Whether every |v[j]| <= bound, j < d. False if an entry is NaN or infinite. [claim R3] */
/*@ requires valid: \valid_read(v + (0 .. d-1));
    requires finite_bound: \is_finite(bound);
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures exact: \result == true <==> bounded(v, d, bound);
*/
bool ist_bounded(const double *v, size_t d, double bound);

/** Whether every diagonal entry L[j*d+j] of the d x d row-major matrix L lies in [lo, hi].
 *  False if one is NaN or infinite. [claim R3] */
/*@ requires size: d <= IST_DIM_MAX;
    requires valid: \valid_read(L + (0 .. d*d-1));
    requires finite_bounds: \is_finite(lo) && \is_finite(hi);
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures exact: \result == true <==> diagonal_within(L, d, d, lo, hi);
*/
bool ist_diagonal_within(const double *L, size_t d, double lo, double hi);

/** Whether the d x d row-major matrix L equals its transpose; its entries are finite.
 *  [claim R3] */
/*@ requires size: d <= IST_DIM_MAX;
    requires valid: \valid_read(L + (0 .. d*d-1));
    requires range: bounded(L, d*d, IST_ENTRY_MAX);
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures exact: \result == true <==> symmetric(L, d);
*/
bool ist_symmetric(const double *L, size_t d);

#endif
