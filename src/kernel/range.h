/** Magnitudes under which no kernel operation can overflow, and the checks that establish them.
 *
 *  The kernel's contracts hold for inputs within these limits; a caller that has seen every
 *  check return true has discharged every magnitude hypothesis of every contract. */
#ifndef IST_KERNEL_RANGE_H
#define IST_KERNEL_RANGE_H

#include <stdbool.h>
#include <stddef.h>

#define IST_DIM_MAX 1048576   /**< largest d and largest n: 2^20 */
#define IST_ENTRY_MAX 1e50    /**< bound on |entries| of L, b and of every iterate */
#define IST_SCALE_MAX 1e30    /**< bound on the sketch scales s_j and on the step size */
#define IST_DIAGONAL_MIN 1e-50 /**< smallest diagonal entry that D^{-1/2} accepts */

/** Whether every |v[j]| <= bound, j < d. False if an entry is NaN or infinite. */
bool ist_bounded(const double *v, size_t d, double bound);

/** Whether every diagonal entry L[j*d+j] of the d x d row-major matrix L lies in
 *  [IST_DIAGONAL_MIN, IST_ENTRY_MAX]. */
bool ist_diagonal_positive(const double *L, size_t d);

#endif
