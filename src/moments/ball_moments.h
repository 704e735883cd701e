/** The moments of B and the mean of v (N4) in ball arithmetic: enclosures of what first.h and
 *  second.h compute, in matrices of the right size that the caller initialised. */
#ifndef IST_MOMENTS_BALL_MOMENTS_H
#define IST_MOMENTS_BALL_MOMENTS_H

#include <arb_mat.h>

#include "ball_workers.h"

/** E[B] (d x d) and E[v] (d x 1). */
void ist_ball_expected_B(const ist_ball_method *m, arb_mat_t out);
void ist_ball_expected_v(const ist_ball_method *m, arb_mat_t out);
/** E[BAB] for symmetric A: 2n + 2 products, fewer where weights vanish (q = 1, q = d). */
void ist_ball_second_moment(const ist_ball_method *m, const arb_mat_t A, arb_mat_t out);
/** What Theorem 1's certificate needs. */
typedef struct {
  arb_mat_t L_bar; /**< (1/n) sum L_i, d x d */
  arb_mat_t W;     /**< (L_bar E[B] + E[B] L_bar) / 2, d x d */
  arb_mat_t EBLB;  /**< E[B L_bar B], d x d */
} ist_ball_moments;

/** Computes the moments of p with precision bits of mantissa: 2n + 3 products, fewer where weights
 *  vanish (q = 1, q = d). Ends the program if memory runs out: see ist_ball_moments_fit. To be
 *  released with ist_ball_moments_clear. [claim N4] */
void ist_ball_moments_init(const ist_problem *p, ist_sketch sk, slong precision,
                           ist_ball_moments *m);
void ist_ball_moments_clear(ist_ball_moments *m);

/** Whether d x d matrices of that precision, as many as are alive at once here and in a
 *  factorisation afterwards, fit in memory. */
bool ist_ball_moments_fit(size_t d, slong precision);

#endif
