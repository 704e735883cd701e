/** The two ends of a symmetric matrix's spectrum without the rest of it: ARPACK's Lanczos
 *  iteration, its answers checked. */
#ifndef IST_SPECTRAL_EXTREMAL_H
#define IST_SPECTRAL_EXTREMAL_H

#include <stdbool.h>
#include <stddef.h>

/** Smallest and largest eigenvalue of the symmetric d x d row-major A, which is left as it is and
 *  whose entries must be finite and at most 1 in magnitude. The smallest comes from Lanczos
 *  iterations with A^{-1} if Cholesky's factorisation A = R R' succeeds (with a shift of 0, the
 *  usual way to a smallest eigenvalue), otherwise with max I - A; all start from the same vector.
 *
 *  Both must pass two checks, with slack = max(8 d eps, 1e-12) max(|min|, |max|), eps = 2^-52: the
 *  residual ||A z - lambda z|| of a unit vector z is at most slack, so that some eigenvalue is that
 *  close; and Cholesky's factorisations of A - (min - slack) I and (max + slack) I - A succeed, so
 *  that none is further out. Returns false if ARPACK fails or a check does, if d < 3, or if memory
 *  runs out. Costs at most three factorisations and some hundreds of products with a vector. */
bool ist_extremal(const double *A, size_t d, double *min, double *max);

#endif
