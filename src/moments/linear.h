/** The exact moments of v, alone and with B, Section 3 (N4), for every sketch.
 *
 *  B = (1/n) sum C_i L_i C_i and v = (1/n) sum C_i b_i, eqs. (5), (26). Matrices are d x d, row-major,
 *  caller-allocated; outputs must not overlap inputs. The sketch must exist on the problem
 *  (ist_sketch_exists); L_i need only be symmetric. What returns bool is false if memory runs out.
 *  Where B is the same in every round (q = d; scaled Perm-1) these are products of E[B], so that no
 *  spurious noise comes from rounding. */
#ifndef IST_MOMENTS_LINEAR_H
#define IST_MOMENTS_LINEAR_H

#include <stdbool.h>

#include "problem/problem.h"
#include "problem/sketch_kind.h"

/** E[B A v] into out (d) for symmetric A (d*d). [claim N4] */
bool ist_cross_moment(const ist_problem *p, ist_sketch sk, const double *A, double *out);
/** E[B z v'] into out (d*d) for a vector z (d). [claim N4] */
bool ist_mixed_moment(const ist_problem *p, ist_sketch sk, const double *z, double *out);
/** Cov v = E[v v'] - E[v]E[v]' into out (d*d), exactly zero where v is the same in every round
 *  (q = d; homogeneous problems under Perm-q and scaled Perm-q). [claim N4] */
bool ist_linear_covariance(const ist_problem *p, ist_sketch sk, double *out);
/** E[v v'] into out (d*d). [claim N4] */
bool ist_linear_second_moment(const ist_problem *p, ist_sketch sk, double *out);

#endif
