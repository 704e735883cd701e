/** Independent references for the kernel: dense long double arithmetic, exact sums, enumerations.
 */
#ifndef IST_TEST_REFERENCE_H
#define IST_TEST_REFERENCE_H

#include "../../src/kernel/team.h"

#include <gsl/gsl_rng.h>
#include <stdbool.h>
#include <stddef.h>

/** Unit roundoff of binary64. */
#define TEST_ROUNDOFF 0x1p-53

/** A generator seeded with seed; the caller frees it with gsl_rng_free. */
gsl_rng *test_generator(unsigned long seed);

/** Fills v with count independent N(0, scale^2) numbers. */
void test_fill_normal(gsl_rng *rng, double *v, size_t count, double scale);

/** Fills the d x d row-major L with a symmetric positive definite matrix (G'G + I). */
void test_fill_positive_definite(gsl_rng *rng, double *L, size_t d);

/** Steps draw through every sequence with 0 <= draw[k] <= k, k < d, beginning after all zeros;
 *  false once all d! have been visited. */
bool test_next_draws(size_t *draw, size_t d);

/** The rank of permutation p of 0..d-1 in lexicographic order, or d! if p is no permutation. */
size_t test_rank(const size_t *p, size_t d);

/** d!. */
size_t test_factorial(size_t d);

/** sum a_j x_j without rounding, rounded once to long double. */
long double test_exact_dot(const double *a, const double *x, size_t d);

/** out <- x - gamma (1/n) sum C_i (L_i C_i x - b_i) with dense d x d matrices C_i, eqs. (2), (5).
 */
void test_reference_round(const ist_team *r, const double *x, double gamma, long double *out);

/** out <- (1/n) sum z_i, z_i after T steps z <- z - gamma C_i (L_i z - b_i) from z = C_i x. */
void test_reference_local_round(const ist_team *r, const double *x, double gamma, size_t T,
                                long double *out);

/** max |v_j - w_j| over j < d. */
long double test_distance(const double *v, const long double *w, size_t d);

#endif
