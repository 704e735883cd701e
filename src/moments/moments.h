/** Exact first and second moments of the estimator g = B x - v, Section 3 (N4), for every sketch.
 *
 *  All matrices are d x d, row-major, caller-allocated; outputs must not overlap inputs.
 *  B = (1/n) sum C_i L_i C_i and v = (1/n) sum C_i b_i, eqs. (5), (26). All functions return false
 *  if memory runs out. The sketch must exist on the problem (ist_sketch_exists); L_i need only be
 *  symmetric. Where B is the same in every round (q = d; scaled Perm-1) its moments are
 *  products of E[B], so that no spurious noise comes from rounding. */
#ifndef IST_MOMENTS_MOMENTS_H
#define IST_MOMENTS_MOMENTS_H

#include "problem/problem.h"
#include "problem/sketch_kind.h"
#include "weights.h"

/** E[B] into EB (d*d). [claim P09, N4] */
bool ist_expected_B(const ist_problem *p, ist_sketch sk, double *EB);
/** E[v] into Ev (d). [claim N4] */
bool ist_expected_v(const ist_problem *p, ist_sketch sk, double *Ev);
/** E[B A B] into out (d*d) for symmetric A (d*d): the 15-term formula of N4, 2n + 2 dense products.
 *  [claim N4] */
bool ist_second_moment(const ist_problem *p, ist_sketch sk, const double *A, double *out);

/** The parts of E[B] and E[v] that follow the means over the workers (ist_effective_mean_M, _u),
 *  which EB and Ev hold on entry. */
void ist_expected_B_from_mean(size_t d, size_t n, ist_sketch sk, double *EB);
void ist_expected_v_from_mean(size_t d, size_t n, ist_sketch sk, double *Ev);

/** The parts of E[BAB]. Where B is the same in every round, from E[B] alone; false if memory runs
 *  out. Elsewhere worker by worker, in the order of the workers, sum and out (d*d) zero at first;
 *  M: M_i of the i-th distinct matrix; work: 2*d*d entries. */
bool ist_second_moment_fixed(size_t d, const double *EB, const double *A, double *out);

typedef struct {
  size_t d;
  double same[IST_QUADRATIC_TERMS];  /**< copies (kappa_s - kappa_d) */
  double other[IST_QUADRATIC_TERMS]; /**< kappa_d */
  double copies;                     /**< workers that share one M_i */
  double c;                          /**< of B = c sum_i P_i M_i P_i */
} ist_pairs_of_workers;

void ist_second_moment_begin(size_t d, size_t n, size_t L_count, ist_sketch sk,
                             ist_pairs_of_workers *w);
void ist_second_moment_add(const ist_pairs_of_workers *w, const double *M, const double *A,
                           double *sum, double *out, double *work);
void ist_second_moment_conclude(const ist_pairs_of_workers *w, const double *A, const double *sum,
                                double *out, double *work);

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
