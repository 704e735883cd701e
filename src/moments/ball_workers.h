/** A problem's workers, and sums over them, in ball arithmetic (Arb).
 *
 *  The problem's doubles are taken as exact rationals; only the square roots of the scaled sketch
 *  and the operations themselves are rounded, outwards. Every matrix contains the exact one. */
#ifndef IST_MOMENTS_BALL_WORKERS_H
#define IST_MOMENTS_BALL_WORKERS_H

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

/** M_i (d x d) and u_i (d x 1) of the sketch table (effective.h). */
void ist_ball_effective_M(const ist_ball_method *m, size_t i, arb_mat_t M);
void ist_ball_effective_u(const ist_ball_method *m, size_t i, arb_mat_t u);

/** Sums over all workers: of L_i, M_i and u_i. */
void ist_ball_sum_L(const ist_ball_method *m, arb_mat_t out);
void ist_ball_sum_M(const ist_ball_method *m, arb_mat_t out);
void ist_ball_sum_u(const ist_ball_method *m, arb_mat_t out);

/** out += copies * M, exactly if no rounding is needed within prec. */
void ist_ball_accumulate(arb_mat_t out, const arb_mat_t M, size_t copies, slong prec);

#endif
