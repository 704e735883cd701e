/** Exact first and second moments of the estimator g = B x - v, Section 3 (N4), for every sketch.
 *
 *  All matrices are d x d, row-major, caller-allocated. B = (1/n) sum C_i L_i C_i and
 *  v = (1/n) sum C_i b_i, eqs. (5), (26). */
#ifndef IST_MOMENTS_H
#define IST_MOMENTS_H

#include "../problem/problem.h"
#include "../problem/sketch_kind.h"

/** E[B] into EB (d*d). */
bool ist_expected_B(const ist_problem *p, ist_sketch sk, double *EB);
/** E[v] into Ev (d). */
bool ist_expected_v(const ist_problem *p, ist_sketch sk, double *Ev);
/** E[B A B] into out (d*d) for symmetric A (d*d): the 15-term formula of N4, 2n + 2 dense products. */
bool ist_second_moment(const ist_problem *p, ist_sketch sk, const double *A, double *out);
/** E[B A v] into out (d) for symmetric A (d*d). */
bool ist_cross_moment(const ist_problem *p, ist_sketch sk, const double *A, double *out);
/** E[B z v'] into out (d*d) for a vector z (d). */
bool ist_mixed_moment(const ist_problem *p, ist_sketch sk, const double *z, double *out);
/** E[v v'] into out (d*d). */
bool ist_linear_second_moment(const ist_problem *p, ist_sketch sk, double *out);

/** E||g - E g||^2_A at x, A symmetric (d*d), into *out. All functions return false if memory runs out. */
bool ist_noise(const ist_problem *p, ist_sketch sk, const double *A, const double *x, double *out);

#endif
