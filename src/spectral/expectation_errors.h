/** The expectations of ist_expect with bounds of their errors, round by round.
 *
 *  The state of the recursion (dynamics.h) is the mean m and the covariance S; m' and S' are
 * computed, m and S exact. Let rho be proved to satisfy E[(I - gamma B) L (I - gamma B)] <= rho L,
 * L = L_bar: rho = 1 - t for a proved lower end t of the pencil (2 gamma W - gamma^2 E[B L B], L).
 * Where rho > 1, the identity takes the place of L if its rho is smaller, and what is known in that
 * norm is taken to the others by the eigenvalues of L_bar. Then
 *
 *  mean: mu = ||m' - m||_L obeys mu+ <= sqrt(rho) mu + f, as ||(I - gamma E[B])e||_L^2 <= E||(I -
 *  gamma B)e||_L^2 (Jensen) and f bounds the L-norm of one round's rounding.
 *
 *  covariance: S' - S = P - N with positive semidefinite P and N and eps = <L, P + N>. A round maps
 *  P and N by T(X) = E[(I - gamma B)X(I - gamma B)], <L, T(X)> <= rho <L, X>: the old error
 *  contributes at most rho eps. Taking m' for m changes Cov(Bm - v) by E[aa'] + E[ay' + ya'], a =
 *  (B - E[B])(m' - m), y = Bm - v less its mean; ay' + ya' is a difference of two positive
 *  semidefinite matrices whose sum is s E[aa'] + E[yy']/s for any s > 0. With gamma^2 <L, E[aa']>
 *  <= rho mu^2 =: alpha, as gamma a is (I - gamma B)(m - m') less its mean, and gamma^2 <L, E[yy']>
 *  <= <L, S+> <= t' + eps+, t' the computed <L, S+'>, the best s gives eps+ <= A + 2 sqrt(alpha (t'
 *  + eps+)), A = rho eps + alpha + g; hence sqrt(eps+) <= sqrt(alpha) + sqrt(alpha + A + 2
 *  sqrt(alpha t')). Here g is for one round's rounding: a symmetric E with |E| <= F entry by entry
 *  is (Z + E)/2 - (Z - E)/2 with Z = Diag(Fv/v), and v_j = L_jj^{-1/2} gives <L, Z> = sum_jk F_jk
 *  sqrt(L_jj L_kk).
 *
 *  Local steps: the round x <- Bx - v of the local problem (local_problem.h) in place of x - gamma
 *  (Bx - v), B in place of I - gamma B and gamma = 1. The numbers of that problem have roundings of
 *  their own, which are counted with those of the round; where q = d they are D and w in the
 *  2-norm instead: f grows by sqrt(lambda_max) (D ||m'|| + w), and the rate is proved for all B
 *  within D.
 *
 *  Roundings are counted as in rounding.h. The closed form of scaled Perm-1 (N3) is evaluated
 *  from the bounded constants instead. */
#ifndef IST_SPECTRAL_EXPECTATION_ERRORS_H
#define IST_SPECTRAL_EXPECTATION_ERRORS_H

#include "closed_expectation.h"
#include "constants.h"
#include "errors.h"
#include "moments/expectations.h"

/** As ist_expect, with the bounded constants *c and *e of its problem and sketch as targets; scaled
 *  Perm-1 with 0 < gamma < 2 by its closed form. *reason: static text, why a bound is infinite, or
 *  NULL. */
ist_code ist_expect_bounded(const ist_method *m, const ist_constants *c, const ist_errors *e,
                            const double *x0, size_t rounds, ist_bounded_expectation *rows,
                            const char **reason, ist_round_done *done, void *context,
                            ist_status *s);

#endif
