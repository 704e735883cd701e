/** Sizes of vectors, for the scales of comparisons. */
#ifndef IST_CLI_VECTORS_H
#define IST_CLI_VECTORS_H

#include <stddef.h>

/** sum_j a_j b_j over d entries. */
double ist_scalar_product(const double *a, const double *b, size_t d);

/** max_j |v_j| over d entries; 0 for d = 0. */
double ist_largest(const double *v, size_t d);

/** The Euclidean distance of a from b, d entries each. */
double ist_distance(const double *a, const double *b, size_t d);

#endif
