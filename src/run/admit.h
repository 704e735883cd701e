/** What a run asks before and after its rounds, so that the kernel's contracts apply to them. */
#ifndef IST_RUN_ADMIT_H
#define IST_RUN_ADMIT_H

#include <stdbool.h>
#include <stddef.h>

#include "machine/status.h"
#include "problem/problem.h"

/** Checks what the kernel's contracts require of the L_count matrices and b_count vectors that p
 *  holds and of scale_count vectors of d scales: IST_NOT_EXIST if an entry leaves its range,
 *  IST_BAD_INPUT if a matrix is not its transpose, as those loaded are. */
ist_code ist_admit_problem(const ist_problem *p, size_t L_count, size_t b_count,
                           const double *scales, size_t scale_count, ist_status *s);

/** What became of round k >= 1: IST_NOT_EXIST unless x_k (d entries) is within IST_ENTRY_MAX and
 *  the local iterates stayed inside their range. */
ist_code ist_admit_iterate(bool inside, const double *x, size_t d, size_t k, ist_status *s);

/** IST_NOT_EXIST: entries of the problem leave the range of the contracts. */
ist_code ist_refuse_range(ist_status *s);

/** IST_MACHINE: no memory for a run of n workers in dimension d. */
ist_code ist_refuse_memory(size_t d, size_t n, ist_status *s);

#endif
