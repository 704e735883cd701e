/** Positive definite matrices: recognising them, solving with them, and eq. (16)'s contraction.
 *
 *  Matrices are d x d, row-major, symmetric and left as they are. Every function fails with
 *  IST_MACHINE if memory runs out, and with IST_NOT_EXIST if a matrix or the result is not
 *  finite. */
#ifndef IST_SPECTRAL_DEFINITE_H
#define IST_SPECTRAL_DEFINITE_H

#include <stddef.h>

#include "eigen.h"
#include "machine/status.h"

typedef enum {
  IST_POSITIVE_DEFINITE,
  IST_NEARLY_SINGULAR, /**< cannot be told from a singular matrix in double precision */
  IST_NOT_POSITIVE_DEFINITE
} ist_definiteness;

/** Decides whether A is positive definite, after scaling it to unit diagonal: Cholesky's
 *  factorisation must succeed and the smallest eigenvalue exceed 4 d eps times the largest, eps =
 *  2^-52; nearly singular means that it is closer to zero than that. how: as in
 *  ist_extreme_eigenvalues_by. */
ist_code ist_classify(ist_spectrum *how, const double *A, size_t d, ist_definiteness *kind,
                      ist_status *s);

/** Solves A x = b by Cholesky's factorisation; b, x: d entries. Fails with IST_NOT_EXIST if A is
 *  not positive definite to working precision. */
ist_code ist_solve(const double *A, size_t d, const double *b, double *x, ist_status *s);

/** Solves A x = b for a nonsingular A, definite or not: by Cholesky's factorisation where there is
 *  one, otherwise through all eigenvalues. Fails with IST_NOT_EXIST if A is singular to working
 *  precision: the smallest eigenvalue in magnitude is within 4 d eps of zero relative to the
 *  largest. */
ist_code ist_solve_indefinite(const double *A, size_t d, const double *b, double *x, ist_status *s);

/** lambda_min(A^{-1/2} W A^{-1/2}), W = (A B + B A)/2, for positive definite A (fails with
 *  IST_NOT_EXIST if it is not): with A = R R', the smallest eigenvalue of the symmetric part of
 *  R' B R'^{-1}, which is orthogonally similar and is formed with one inverse factor only.
 *  how: as above. [claim P07] */
ist_code ist_contraction(ist_spectrum *how, const double *A, const double *B, size_t d,
                         double *lambda, ist_status *s);

#endif
