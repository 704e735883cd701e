/** Extreme eigenvalues of symmetric matrices and pencils, through GSL or ARPACK.
 *
 *  Matrices are d x d, row-major, symmetric and left as they are. Every function fails with
 *  IST_MACHINE if memory runs out, and with IST_NOT_EXIST if an entry or an eigenvalue is not
 *  finite, if the iteration does not converge, or as stated. */
#ifndef IST_SPECTRAL_EIGEN_H
#define IST_SPECTRAL_EIGEN_H

#include <stdbool.h>
#include <stddef.h>

#include "machine/status.h"
#include "spectrum.h"

/** Whether every v[j] is finite, j < count. */
bool ist_all_finite(const double *v, size_t count);

/** Smallest and largest eigenvalue of A, found as ist_spectrum_for(d) says. */
ist_code ist_extreme_eigenvalues(const double *A, size_t d, double *min, double *max,
                                 ist_status *s);

/** The same, found as *how says, which becomes IST_SPECTRUM_FULL where ARPACK gives no answer that
 *  passes the checks, and the full spectrum is computed after all. */
ist_code ist_extreme_eigenvalues_by(ist_spectrum *how, const double *A, size_t d, double *min,
                                    double *max, ist_status *s);

/** Smallest and largest eigenvalue of the pencil (A, B), A z = lambda B z. Fails with IST_NOT_EXIST
 *  unless Cholesky's factorisation of B, scaled to unit diagonal, succeeds. */
ist_code ist_pencil_eigenvalues(const double *A, const double *B, size_t d, double *min,
                                double *max, ist_status *s);

/** The same with *how as in ist_extreme_eigenvalues_by: extremal, as the eigenvalues of
 *  R^{-1} A R^{-T}, B = R R'. */
ist_code ist_pencil_eigenvalues_by(ist_spectrum *how, const double *A, const double *B, size_t d,
                                   double *min, double *max, ist_status *s);

/** out = S A S, S = Diag(B)^{-1/2}: the congruence that gives B unit diagonal, applied to A. out
 *  may be A. Requires a positive diagonal of B. */
void ist_equilibrate(const double *A, const double *B, size_t d, double *out);

#endif
