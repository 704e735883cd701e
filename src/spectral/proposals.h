/** Where to look for the eigenvalues of a certificate. */
#ifndef IST_SPECTRAL_PROPOSALS_H
#define IST_SPECTRAL_PROPOSALS_H

#include "moments/ball_moments.h"

/** About the ends of L_bar's spectrum, the smallest eigenvalue of W and theta; theta: 0 if there is
 *  none. */
typedef struct {
  double lambda_min, lambda_max, w_lambda_min, theta;
} ist_proposals;

/** By Arb's QR iteration at precision bits, of the balls' midpoints: not enclosed, and nothing is
 *  concluded from them. For small d: some hundred d^3 operations. */
ist_proposals ist_propose(const ist_ball_moments *m, slong precision);

#endif
