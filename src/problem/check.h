/** What every L_i and b_i must satisfy before any other room may see it. */
#ifndef IST_PROBLEM_CHECK_H
#define IST_PROBLEM_CHECK_H

#include <stddef.h>

#include "status.h"

/** All return IST_BAD_INPUT with "NAME: reason" if the condition fails. Matrices are row-major. */

/** Every entry finite and within IST_ENTRY_MAX; v is rows x cols. */
ist_code ist_check_entries(const double *v, size_t rows, size_t cols, const char *name,
                           ist_status *s);

/** d x d: |L_ij - L_ji| <= 1e-12 sqrt(L_ii L_jj), then made exactly symmetric by averaging.
 *  The scale is the largest value that an entry (i,j) of a positive definite matrix can have. */
ist_code ist_check_symmetric(double *L, size_t d, const char *name, ist_status *s);

/** d x d: entries and diagonal in range, symmetric (and made exactly so), positive definite. */
ist_code ist_check_matrix(double *L, size_t d, const char *name, ist_status *s);

#endif
