/** Cholesky's factorisation in a fixed order of operations.
 *
 *  Every entry is one sum, from its first term on, whatever the processor and the number of
 *  threads: the same matrix gives the same bits, which a tuned library does not promise. */
#ifndef IST_RUN_CHOLESKY_H
#define IST_RUN_CHOLESKY_H

#include <stdbool.h>
#include <stddef.h>

/** Replaces the lower triangle of A (d x d, row-major; the upper one is not read) by G with A =
 *  GG'. False if a pivot is not positive. first: d entries of work space; leading zeros of the rows
 *  cost nothing. */
bool ist_cholesky(double *A, size_t d, size_t *first);

/** Replaces x (d entries) by the solution z of GG'z = x. */
void ist_cholesky_solve(const double *G, size_t d, double *x);

#endif
