/** The moments of N4 in ball arithmetic (Arb): enclosures of what moments.h computes.
 *
 *  The problem's doubles are taken as exact rationals, and so are the weights of N4; only the
 *  square roots of the scaled sketch and the operations themselves are rounded, outwards. Every
 *  matrix below contains the exact one. */
#ifndef IST_MOMENTS_BALL_MOMENTS_H
#define IST_MOMENTS_BALL_MOMENTS_H

#include <arb_mat.h>

#include "problem/problem.h"
#include "problem/sketch_kind.h"

/** A problem, a sketch and the bits of precision. Where preconditioned, the problem is the one that
 *  (20) makes of the homogeneous p: D^{-1/2} L D^{-1/2}, with unit diagonal, and D^{-1/2} b, D =
 *  Diag(L); enclosed, not rounded to doubles. */
typedef struct {
  const ist_problem *p; /**< not owned */
  ist_sketch sk;
  bool preconditioned;
  slong precision;
} ist_ball_method;

/** L_i (d x d), b_i (d x 1) and the scales s_i of C_i = Diag(s_i) P_{S_i} (d x 1) of worker i. All
 *  results below go to matrices of the right size that the caller initialised. */
void ist_ball_worker_L(const ist_ball_method *m, size_t i, arb_mat_t L);
void ist_ball_worker_b(const ist_ball_method *m, size_t i, arb_mat_t b);
void ist_ball_worker_scale(const ist_ball_method *m, size_t i, arb_mat_t s);

/** L_bar (d x d) and b_bar (d x 1). */
void ist_ball_mean_L(const ist_ball_method *m, arb_mat_t out);
void ist_ball_mean_b(const ist_ball_method *m, arb_mat_t out);

/** E[B] (d x d) and E[v] (d x 1). */
void ist_ball_expected_B(const ist_ball_method *m, arb_mat_t out);
void ist_ball_expected_v(const ist_ball_method *m, arb_mat_t out);
/** E[BAB] for symmetric A: 2n + 2 products, fewer where weights vanish (q = 1, q = d). */
void ist_ball_second_moment(const ist_ball_method *m, const arb_mat_t A, arb_mat_t out);
/** E[BAv] (d x 1) for symmetric A, and E[Bzv'] for a vector z. */
void ist_ball_cross_moment(const ist_ball_method *m, const arb_mat_t A, arb_mat_t out);
void ist_ball_mixed_moment(const ist_ball_method *m, const arb_mat_t z, arb_mat_t out);
/** Cov v. */
void ist_ball_covariance_v(const ist_ball_method *m, arb_mat_t out);

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
