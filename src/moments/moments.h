/** Exact first and second moments of the estimator g = B x - v, Section 3 (N4), for every sketch.
 *
 *  All matrices are d x d, row-major, caller-allocated; outputs must not overlap inputs.
 *  B = (1/n) sum C_i L_i C_i and v = (1/n) sum C_i b_i, eqs. (5), (26). All functions return false
 *  if memory runs out. Where B is the same in every round (q = d; scaled Perm-1) its moments are
 *  products of E[B], so that no spurious noise comes from rounding. */
#ifndef IST_MOMENTS_H
#define IST_MOMENTS_H

#include "../problem/problem.h"
#include "../problem/sketch_kind.h"

/** E[B] into EB (d*d). [claim P09, N4] */
bool ist_expected_B(const ist_problem *p, ist_sketch sk, double *EB);
/** E[v] into Ev (d). [claim N4] */
bool ist_expected_v(const ist_problem *p, ist_sketch sk, double *Ev);
/** E[B A B] into out (d*d) for symmetric A (d*d): the 15-term formula of N4, 2n + 2 dense products.
 *  [claim N4] */
bool ist_second_moment(const ist_problem *p, ist_sketch sk, const double *A, double *out);
/** E[B A v] into out (d) for symmetric A (d*d). [claim N4] */
bool ist_cross_moment(const ist_problem *p, ist_sketch sk, const double *A, double *out);
/** E[B z v'] into out (d*d) for a vector z (d). [claim N4] */
bool ist_mixed_moment(const ist_problem *p, ist_sketch sk, const double *z, double *out);
/** Cov v = E[v v'] - E[v]E[v]' into out (d*d), exactly zero where v is the same in every round
 *  (q = d; homogeneous problems under Perm-q and scaled Perm-q). [claim N4] */
bool ist_linear_covariance(const ist_problem *p, ist_sketch sk, double *out);
/** E[v v'] into out (d*d). [claim N4] */
bool ist_linear_second_moment(const ist_problem *p, ist_sketch sk, double *out);

/** The moments that the noise at a point needs, for one symmetric A. */
typedef struct {
  const double *EB;    /**< E[B], d*d */
  const double *Ev;    /**< E[v], d */
  const double *EBAB;  /**< E[BAB], d*d */
  const double *EBAv;  /**< E[BAv], d */
  const double *cov_v; /**< Cov v, d*d */
} ist_noise_moments;

/** E||g - E g||^2_A at x from the moments for A: x'(E[BAB] - E[B]AE[B])x - 2x'(E[BAv] - E[B]AE[v])
 *  + <A, Cov v>, into *out. */
bool ist_noise_from(const ist_noise_moments *m, size_t d, const double *A, const double *x,
                    double *out);

/** E||g - E g||^2_A at x, A symmetric (d*d), into *out. [claim N4] */
bool ist_noise(const ist_problem *p, ist_sketch sk, const double *A, const double *x, double *out);

#endif
