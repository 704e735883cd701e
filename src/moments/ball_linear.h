/** The moments of v, alone and with B (N4), in ball arithmetic. Results go to matrices of the right
 *  size that the caller initialised. */
#ifndef IST_MOMENTS_BALL_LINEAR_H
#define IST_MOMENTS_BALL_LINEAR_H

#include "ball_workers.h"

/** E[BAv] (d x 1) for symmetric A, and E[Bzv'] for a vector z. */
void ist_ball_cross_moment(const ist_ball_method *m, const arb_mat_t A, arb_mat_t out);
void ist_ball_mixed_moment(const ist_ball_method *m, const arb_mat_t z, arb_mat_t out);
/** Cov v. */
void ist_ball_covariance_v(const ist_ball_method *m, arb_mat_t out);

#endif
