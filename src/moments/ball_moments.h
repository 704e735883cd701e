/** Theorem 1's moments in ball arithmetic (Arb): enclosures of L_bar, W and E[B L_bar B].
 *
 *  The problem's doubles are taken as exact rationals, and so are the weights of N4; only the
 * square roots of the scaled sketch and the operations themselves are rounded, outwards. Every
 * matrix below contains the exact one. */
#ifndef IST_BALL_MOMENTS_H
#define IST_BALL_MOMENTS_H

#include <arb_mat.h>

#include "../problem/problem.h"
#include "../problem/sketch_kind.h"

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
