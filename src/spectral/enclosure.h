/** Rigorous enclosures of extreme eigenvalues, by ball arithmetic (Arb).
 *
 *  Nothing that is proposed is trusted: an upper bound is one for which an interval Cholesky
 *  factorisation succeeds, and a lower bound is the Rayleigh quotient of a vector at hand. */
#ifndef IST_SPECTRAL_ENCLOSURE_H
#define IST_SPECTRAL_ENCLOSURE_H

#include <arb_mat.h>
#include <stdbool.h>

/** An interval of doubles that is proved to contain a number. */
typedef struct {
  bool exists;
  double lo, hi;    /**< lo <= the number <= hi */
  char reason[200]; /**< why there is none; "" if it exists */
} ist_enclosure;

/** Relative half-width aimed at. It is wider than the arithmetic needs: the enclosure is one of the
 *  problem in binary, and should also contain the value of the decimals that were rounded to it. */
#define IST_ENCLOSURE_WIDTH 0x1p-40

/** Whether every symmetric matrix within the balls of A is positive definite, as far as an interval
 *  Cholesky factorisation at that precision can tell: false decides nothing. */
bool ist_proved_positive_definite(const arb_mat_t A, slong precision);

/** Encloses the smallest t with A <= t B, the largest eigenvalue of the pencil (A, B), for every
 *  symmetric A and B within the balls; B = NULL stands for the identity. proposal: about that t,
 *  used as a place to look. For B other than NULL, the exact A must be positive semidefinite: then
 *  hi B - A > 0 and hi > 0 imply that B is positive definite.
 *
 *  No enclosure exists if no upper bound is proved within a relative 1/2 of the proposal, or if no
 *  vector with a positive B-norm is found. */
void ist_enclose_largest(const arb_mat_t A, const arb_mat_struct *B, double proposal,
                         slong precision, ist_enclosure *e);

/** Encloses the smallest eigenvalue of A likewise. */
void ist_enclose_smallest(const arb_mat_t A, double proposal, slong precision, ist_enclosure *e);

#endif
