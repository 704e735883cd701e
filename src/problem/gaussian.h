/** The synthetic problems of the paper's experiments (P21, P22): L_i = G_i'G_i, b_i Gaussian. */
#ifndef IST_PROBLEM_GAUSSIAN_H
#define IST_PROBLEM_GAUSSIAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "machine/status.h"
#include "problem.h"
#include "source.h"

/** L_i = G_i'G_i with G_i d x d, and b_i, all entries independent N(0,1); one L and b for all
 *  workers if homogeneous, b = 0 if interpolation.
 *
 *  Numbers come from gsl_rng_mt19937 and gsl_ran_gaussian_ziggurat: first the G_i in turn, each by
 *  rows, then the b_i. L therefore does not depend on interpolation, and the same arguments give
 *  the same bits. The generator uses 32 bits of the seed, so a larger one is refused; it takes 0
 *  for 4357.
 *  IST_USAGE: d or n zero or beyond IST_DIM_MAX, seed beyond 2^32 - 1. IST_MACHINE: one matrix
 *  does not fit in memory. IST_BAD_INPUT: the mean of the L_i is not positive definite to working
 *  precision.
 *  To be closed by the caller on IST_OK. */
ist_code ist_gaussian_source(size_t d, size_t n, bool homogeneous, bool interpolation,
                             uint64_t seed, ist_problem_source *from, ist_status *s);

/** The same in memory, to be freed by the caller on IST_OK. */
ist_code ist_problem_gaussian(size_t d, size_t n, bool homogeneous, bool interpolation,
                              uint64_t seed, ist_problem *p, ist_status *s);

#endif
