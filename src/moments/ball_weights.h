/** The weights of N4 as exact rationals: one that vanishes is zero. */
#ifndef IST_MOMENTS_BALL_WEIGHTS_H
#define IST_MOMENTS_BALL_WEIGHTS_H

#include <arb_mat.h>
#include <flint/fmpq.h>

#include "problem/problem.h"
#include "problem/sketch_kind.h"

/** p_1..p_4, r_11, r_12, r_22. */
#define IST_BALL_PROBABILITIES 7

/** So many numbers, to be cleared by the caller with _fmpq_vec_clear. */
fmpq *ist_ball_probabilities(size_t d, size_t n, ist_sketch sk);

/** The weights kappa_s - kappa_d, times copies, of the terms of one M_i, and kappa_d, those of sum
 *  M_i: IST_QUADRATIC_TERMS each, zero on entry. */
void ist_ball_quadratic_weights(size_t d, size_t n, ist_sketch sk, size_t copies, fmpq *same,
                                fmpq *other);

/** The weights tau_s - tau_d of the terms of one (M_i, u_i), and tau_d, those of their sums:
 *  IST_LINEAR_TERMS each, zero on entry. */
void ist_ball_linear_weights(size_t d, size_t n, ist_sketch sk, fmpq *same, fmpq *other);

/** c of B = c sum P_i M_i P_i. */
void ist_ball_effective_c(const ist_problem *p, ist_sketch sk, fmpq_t c);

/** A times factor, into A. */
void ist_ball_multiply_ratio(arb_mat_t A, const fmpq_t factor, slong prec);

#endif
