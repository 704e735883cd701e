/** Least squares as a quadratic problem, its rows split among the workers. */
#ifndef IST_PROBLEM_REGRESSION_H
#define IST_PROBLEM_REGRESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "machine/status.h"
#include "problem.h"
#include "source.h"

/** Reads A (m x d) and y (m x 1) from Matrix Market files and sets
 *    L_i = (n/m) A_i'A_i + ridge I,   b_i = (n/m) A_i'y_i,
 *  where A_i, y_i are consecutive rows, one more on each of the first m mod n workers; so that
 *  L_bar = (1/m) A'A + ridge I. To be closed by the caller on
 *  IST_OK; A_path must outlive the source.
 *  standardize: first centre each column of A, and y, and divide it by its population standard
 *  deviation (1/m).
 *
 *  IST_USAGE: n zero or beyond IST_DIM_MAX; ridge negative or not finite. IST_BAD_INPUT: a file is
 *  refused (see ist_mm_read), d beyond IST_DIM_MAX, an entry beyond IST_ENTRY_MAX, y not m x 1,
 *  n > m, a constant column or target under standardize, an L_i out of range, an L_bar that is not
 *  positive definite (as with m < d and no ridge; a single L_i need not be). IST_MACHINE: not
 *  enough memory. */
ist_code ist_regression_source(const char *A_path, const char *y_path, size_t n, double ridge,
                               bool standardize, ist_problem_source *from, ist_status *s);

/** The same in memory, to be freed by the caller on IST_OK. */
ist_code ist_problem_regression(const char *A_path, const char *y_path, size_t n, double ridge,
                                bool standardize, ist_problem *p, ist_status *s);

#endif
