/** Gram matrices, in a fixed order of operations on every machine. */
#ifndef IST_PROBLEM_GRAM_H
#define IST_PROBLEM_GRAM_H

#include <stddef.h>

/** out = scale A'A (cols x cols), A rows x cols, both row-major. Each entry is summed over the rows
 *  from the first upwards, then scaled; out is symmetric bit for bit. */
void ist_gram(const double *A, size_t rows, size_t cols, double scale, double *out);

#endif
