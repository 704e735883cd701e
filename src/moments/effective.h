/** The sketch table of N4: every sketch makes B = c sum_i P_i M_i P_i and v = sum_i P_i u_i, with
 *  coordinate projectors P_i onto blocks of q coordinates.
 *
 *  | sketch   | c         | M_i                       | u_i                     | blocks      |
 *  | identity | 1/n       | L_i                       | b_i / n                 | all of [d]  |
 *  | Perm-q   | n         | L_i                       | b_i                     | partition   |
 *  | scaled   | 1         | D_i^{-1/2} L_i D_i^{-1/2} | n^{-1/2} D_i^{-1/2} b_i | partition   |
 *  | Rand-q   | (d/q)^2/n | L_i                       | (d/(qn)) b_i            | independent | */
#ifndef IST_MOMENTS_EFFECTIVE_H
#define IST_MOMENTS_EFFECTIVE_H

#include <stdbool.h>
#include <stddef.h>

#include "problem/problem.h"
#include "problem/sketch_kind.h"

/** c. */
double ist_effective_c(const ist_problem *p, ist_sketch sk);

/** M_i into M (d*d). Under the scaled sketch its diagonal is exactly 1. */
void ist_effective_M(const ist_problem *p, ist_sketch sk, size_t i, double *M);

/** u_i into u (d). */
void ist_effective_u(const ist_problem *p, ist_sketch sk, size_t i, double *u);

/** (1/n) sum_i M_i into mean (d*d). work: d*d entries. */
void ist_effective_mean_M(const ist_problem *p, ist_sketch sk, double *mean, double *work);

/** (1/n) sum_i u_i into mean (d), exactly u if all u_i are equal to u. */
void ist_effective_mean_u(const ist_problem *p, ist_sketch sk, double *mean);

/** The same two sums, one worker after the other, to be begun with worker 0. A sum may so be begun
 *  in one process and continued in the next, to the same bits. M: M_i, added to sum (d*d). The mean
 *  is sum divided by the number of matrices. */
void ist_effective_add_M(size_t d, bool begin, const double *M, double *sum);

/** u: u_i, added to state (2*d): u_0, and the sum of the excesses over it. */
void ist_effective_add_u(size_t d, bool begin, const double *u, double *state);

/** The mean (d) from the state after all n workers. */
void ist_effective_conclude_u(size_t d, size_t n, const double *state, double *mean);

/** Whether the blocks of different workers are disjoint (Perm-q, scaled Perm-q) rather than
 *  independent. */
bool ist_disjoint_blocks(ist_sketch sk);

/** Whether B is the same in every round: q = d, or B = I (scaled Perm-1, claim P13). Then the noise
 *  of g does not depend on x. [claim P13] */
bool ist_fixed_B(size_t d, ist_sketch sk);

/** The same where the matrices of p may make it so: under Perm-1, B = n Diag(L) in every round if
 *  all workers share L. */
bool ist_same_B(const ist_problem *p, ist_sketch sk);

/** Whether g = grad f in every round: q = d without scaling. [claim P08] */
bool ist_full_gradient(size_t d, ist_sketch sk);

#endif
