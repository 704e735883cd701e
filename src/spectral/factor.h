/** Cholesky's factorisation in place, and solving with its factor. */
#ifndef IST_SPECTRAL_FACTOR_H
#define IST_SPECTRAL_FACTOR_H

#include <stdbool.h>
#include <stddef.h>

/** The factor R of A = R R' into the lower triangle of the row-major A (d*d), of which only the
 *  lower triangle is read; the rest of A is lost. False if a pivot is not positive or the factor is
 *  not finite. GSL's blocked algorithm, products and triangular solutions by BLAS: every entry of R
 *  comes from a_jk - sum_i r_ji r_ki, summed in some order, a root or a quotient. */
bool ist_factorise(double *A, size_t d);

/** x <- (R R')^{-1} x, d entries. */
void ist_solve_with_factor(const double *R, size_t d, double *x);

#endif
