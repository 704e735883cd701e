/** Eigenvalues enclosed in double precision, whatever the order in which BLAS sums.
 *
 *  Theorem (after S. M. Rump, Verification of positive definiteness, BIT 46 (2006), 433-452; P.
 *  Roux proved such a theorem in Coq, J. Automat. Reason. 57 (2016)). Let M be symmetric, F and E
 *  known with |M - F| <= E entry by entry, v > 0, and
 *    z_j >= (E v)_j / v_j + d gamma_k / (1 - gamma_k) F_jj,   k = d + 4.
 *  If Cholesky's factorisation of fl(F - Diag(z)) runs to completion in binary64, M is positive
 *  definite.
 *
 *  Proof. Let G = fl(F - Diag(z)) and R the computed factor. Each entry of R comes from an inner
 *  product of at most d terms, in some order, with a root or a quotient, which a triangular solver
 *  may take as a product with a reciprocal: at most d + 2 roundings, so that R R' = G + D with |D|
 *  <= gamma_{d+2} |R||R'| (Higham, Theorem 10.3), and as the diagonal of R R' is G's except for D,
 *  |D_jk| <= gamma/(1 - gamma) sqrt(G_jj G_kk), gamma = gamma_{d+2} (Theorem 10.5), where G_jj <=
 *  F_jj. A nonnegative symmetric N satisfies x'Nx <= x'Diag(Nv/v)x in absolute values for every v >
 *  0, since 2 |x_j x_k| <= x_j^2 v_k/v_j + x_k^2 v_j/v_k; with v_j = F_jj^{-1/2} the bound of |D|
 *  has d gamma/(1 - gamma) F_jj on its diagonal. Rounding F_jj - z_j costs at most 2^-53 F_jj, and
 *  the root and the sums of z are covered by the two roundings by which k is larger and by
 *  ist_outward. So M = R R' - D + Diag(z) + (M - F) + rounding is at least R R', which is positive
 *  definite as R has a positive diagonal.
 *
 *  Underflow: all F_jj must lie in 2^-400 .. 2^700; then |D| grows by at most 2^-700 (d underflows
 *  of 2^-1075, and 2^-1075 r_jj for a quotient), which weighs at most d 2^-700 2^200 F_jj^{1/2} in
 *  z_j, less than 2^-20 of gamma d F_jj.
 *
 *  So A - t B is proved positive definite for some t, which is a lower bound of the pencil's
 *  smallest eigenvalue; the Rayleigh quotient of any vector is an upper one. */
#ifndef IST_SPECTRAL_PROVED_H
#define IST_SPECTRAL_PROVED_H

#include <stdbool.h>
#include <stddef.h>

/** A symmetric matrix known up to an error: |exact - mid| <= scale err, entry by entry. */
typedef struct {
  const double *mid; /**< d*d; NULL: the identity, exactly */
  const double *err; /**< d*d, nonnegative; NULL: no error */
  double scale;
} ist_inexact;

/** lo <= the eigenvalue <= hi; value is about it. */
typedef struct {
  bool exists;
  double value, lo, hi;
} ist_proved;

/** Encloses the smallest eigenvalue t of the pencil (sign A, B), sign 1 or -1: the largest t with
 *  sign A - t B positive semidefinite. proposal: about that t, used as a place to look. The exact B
 *  must be positive definite, or the exact sign A negative semidefinite: then that sign A - t B is
 *  positive definite proves, for t < 0, that B is. Does not exist if no lower bound is proved, or
 *  if memory runs out. vector (d entries, or NULL): about the eigenvector. Costs a few of
 *  Cholesky's factorisations. */
ist_proved ist_prove_smallest(size_t d, double sign, ist_inexact A, ist_inexact B, double proposal,
                              double *vector);

/** x with both ends and the value negated: the largest of (A, B) is minus the smallest of (-A, B).
 */
ist_proved ist_proved_negative(ist_proved x);

/** Whether sign A - t B is proved positive definite. work: d*d + 2*d entries. */
bool ist_proved_above(size_t d, double sign, ist_inexact A, ist_inexact B, double t, double *work);

/** A bound of |x.value - the eigenvalue|; infinite if *x does not exist. */
double ist_proved_error(const ist_proved *x);

#endif
