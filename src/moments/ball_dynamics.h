/** Exact expectations round by round (N5), enclosed: dynamics.h in ball arithmetic. */
#ifndef IST_MOMENTS_BALL_DYNAMICS_H
#define IST_MOMENTS_BALL_DYNAMICS_H

#include "ball_moments.h"
#include "balls.h"

typedef struct {
  ist_ball_method m;
  arb_mat_t mean, cov; /**< E x_k, d x 1, and Cov x_k, d x d */
  arb_mat_t EB, Ev, cov_v;
  arb_mat_t squares; /**< q = 1: E[BAB] = A o squares */
  arb_mat_t mixed;   /**< q = 1: E[Bzv'] = Diag(z) mixed */
} ist_ball_dynamics;

/** Starts from the fixed point x0 (d x 1). To be released with ist_ball_dynamics_clear. */
void ist_ball_dynamics_init(ist_ball_dynamics *y, const ist_ball_method *m, ist_ball_matrix x0);
void ist_ball_dynamics_clear(ist_ball_dynamics *y);

/** One round with step size gamma. */
void ist_ball_dynamics_step(ist_ball_dynamics *y, ist_ball gamma);

/** E||x_k - z||^2_A for symmetric A, or the Euclidean E||x_k - z||^2 if A is NULL. */
ist_ball ist_ball_dynamics_distance_sq(ist_balls *e, const ist_ball_dynamics *y, ist_ball_matrix A,
                                       ist_ball_matrix z);

/** Dense products of d x d matrices that a round takes. */
size_t ist_ball_dynamics_products(const ist_ball_method *m);

#endif
