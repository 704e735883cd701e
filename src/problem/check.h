/** What every L_i and b_i, and the mean of the L_i, must satisfy before any other room may see it:
 *  the preprint's hypotheses, symmetric L_i whose mean is positive definite. No L_i by itself need
 *  be definite, unless it is the only one. */
#ifndef IST_PROBLEM_CHECK_H
#define IST_PROBLEM_CHECK_H

#include <stddef.h>

#include "machine/status.h"
#include "problem.h"

/** All return IST_BAD_INPUT with "NAME: reason" if the condition fails. Matrices are row-major. */

/** Every entry finite and within IST_ENTRY_MAX; v is rows x cols. */
ist_code ist_check_entries(const double *v, size_t rows, size_t cols, const char *name,
                           ist_status *s);

/** d x d: |L_ij - L_ji| <= 1e-12 max(sqrt|L_ii L_jj|, |L_ij|, |L_ji|), then made exactly symmetric
 *  by averaging. The first of the three, the largest value that an entry (i,j) of a positive
 *  definite matrix can have, is the scale there. */
ist_code ist_check_symmetric(double *L, size_t d, const char *name, ist_status *s);

/** One of count d x d matrices: entries in range, symmetric (and made exactly so); if it is the
 *  only one, and so the mean, also positive definite to working precision. */
ist_code ist_check_matrix(double *L, size_t d, size_t count, const char *name, ist_status *s);

/** The mean (d x d, symmetric) of count > 1 matrices: positive definite to working precision. The
 *  text says what it is the mean of; name: where they come from. mean is left as it is. */
ist_code ist_check_mean(double *mean, size_t d, size_t count, const char *name, ist_status *s);

/** ist_check_mean of the matrices of p, each checked by ist_check_matrix before. */
ist_code ist_check_problem(const ist_problem *p, const char *name, ist_status *s);

#endif
