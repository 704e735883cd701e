/** Random small problems with integer entries, and tolerant comparison. */
#ifndef RANDOM_PROBLEM_H
#define RANDOM_PROBLEM_H

#include "problem/problem.h"

/** L_i = G_i'G_i + I with entries of G_i in -2..2, b_i in -3..3 (all zero if interpolation);
 *  L_count and b_count are 1 (shared) or n. */
ist_problem random_problem(unsigned long seed, size_t d, size_t n, size_t L_count, size_t b_count,
                           bool interpolation);

/** Makes the first two of several matrices indefinite and leaves the mean as it is: S is added to
 *  one and taken from the other, S with entries in -9..9 off the diagonal, and zeros on it unless
 *  diagonal: then the first matrix has 0 at (1,1) and, if d > 1, -3 at (2,2). */
void random_unsettle(unsigned long seed, bool diagonal, ist_problem *p);

/** A symmetric d x d matrix with entries in -4..4. */
void random_symmetric(unsigned long seed, size_t d, double *A);

/** count entries in -3..3. */
void random_vector(unsigned long seed, size_t count, double *x);

/** The largest |a_j - b_j| relative to the largest |b_j|, or to 1 if that is larger: the problems'
 *  entries are integers. */
double relative_distance(const double *a, const double *b, size_t count);

#endif
