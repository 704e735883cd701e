/** Algorithm 1's round as the sketched affine map x <- B'x - v' of another problem.
 *
 *  Worker i takes T local steps z <- z - gamma C_i (L_i z - b_i) from z = C_i x, and the round ends
 *  in x <- (1/n) sum z_i. With C_i = S_i P_i, S_i diagonal, z_i is
 *    P_i (I - gamma P_i S_i L_i P_i)^T S_i P_i x + (terms without x),
 *  in general a polynomial of degree T in the random block L_i restricted to P_i, whose moments N4
 *  does not give. It is P_i N_i P_i x + P_i w_i with fixed N_i, w_i, and the moments of N4 apply:
 *    if T = 1:  N_i = S_i - gamma S_i L_i S_i, w_i = gamma S_i b_i;
 *    if q = d:  N_i = (I - gamma S_i L_i)^T S_i;
 *    if q = 1, or every L_i diagonal:  N_i has the entries s a^T, a = 1 - gamma s L_jj. */
#ifndef IST_MOMENTS_LOCAL_PROBLEM_H
#define IST_MOMENTS_LOCAL_PROBLEM_H

#include "machine/status.h"
#include "problem/problem.h"
#include "problem/sketch_kind.h"

/** How far the doubles of a local problem are from the exact numbers. */
typedef struct {
  size_t roundings;      /**< every entry is within so many roundings of itself */
  double matrix, vector; /**< q = d and T > 1: N_i and w_i are so far off as well, in the 2-norm */
} ist_local_errors;

/** The problem and sketch whose B' = (1/n) sum C_i L_i' C_i and v' = (1/n) sum C_i b_i' make
 *  x <- B'x - v' the round of Algorithm 1 on p with T >= 1 local steps. Their matrices need not
 *  have a positive definite mean. *errors: of its doubles, which are NaN where they are not known.
 *  IST_NOT_EXIST if the round has no such form or the sketch does not exist on p, IST_MACHINE if
 *  memory runs out. On IST_OK the caller frees *local with ist_problem_free. [claim P03] */
ist_code ist_local_problem(const ist_problem *p, ist_sketch sk, double gamma, size_t T,
                           ist_problem *local, ist_sketch *local_sk, ist_local_errors *errors,
                           ist_status *s);

#endif
