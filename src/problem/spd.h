/** Whether a symmetric matrix is positive definite to working precision. */
#ifndef IST_PROBLEM_SPD_H
#define IST_PROBLEM_SPD_H

#include <stdbool.h>
#include <stddef.h>

/** *order = 0 if the symmetric d x d row-major L is positive definite, otherwise the order of its
 *  smallest leading minor that is not. The lower triangle serves as work space, so that a large
 *  matrix needs no copy, and is restored from the upper one.
 *
 *  Decided by Cholesky's factorisation L = RR': the k-th pivot R_kk^2, which rounding blurs by
 *  about k eps L_kk, must exceed d eps L_kk. The criterion does not change when rows and columns
 *  are scaled together. Returns false if memory runs out. */
bool ist_spd_check(double *L, size_t d, size_t *order);

#endif
