/** Exact expectations round by round (N5), for every sketch, without sampling.
 *
 *  The state is the mean m = E x_k and the covariance S = Cov x_k = X - m m' of N5:
 *    m+ = m - gamma (E[B] m - E[v]),
 *    S+ = S - gamma (E[B] S + S E[B]) + gamma^2 (E[B S B] + Cov(B m - v)).
 *  Centred in this way, small distances come without cancellation. */
#ifndef IST_MOMENTS_DYNAMICS_H
#define IST_MOMENTS_DYNAMICS_H

#include "machine/status.h"
#include "problem/problem.h"
#include "problem/sketch_kind.h"

typedef struct {
  const ist_problem *p; /**< not owned; must outlive the dynamics */
  ist_sketch sk;
  size_t k;        /**< rounds taken */
  double *mean;    /**< E x_k, d entries */
  double *cov;     /**< Cov x_k, d*d */
  double *EB, *Ev; /**< E[B] (d*d), E[v] (d) */
  double *cov_v;   /**< Cov v, d*d */
  double *work;    /**< 4 d*d entries of work space */
} ist_dynamics;

/** Starts from the fixed point x0 (d entries). Fails as ist_sketch_exists. On IST_OK the caller
 *  frees *s with ist_dynamics_free; otherwise nothing is left to free. */
ist_code ist_dynamics_init(const ist_problem *p, ist_sketch sk, const double *x0, ist_dynamics *s,
                           ist_status *status);

/** One round with step size gamma. IST_NOT_EXIST if the moments leave double precision, which
 *  happens when gamma makes the iterates diverge. [claim N5] */
ist_code ist_dynamics_step(ist_dynamics *s, double gamma, ist_status *status);

/** One round x <- B x - v, as Algorithm 1's on the problem of ist_local_problem:
 *    m+ = E[B] m - E[v],   S+ = E[B S B] + Cov(B m - v).
 *  Fails as ist_dynamics_step. [claim N5] */
ist_code ist_dynamics_map(ist_dynamics *s, ist_status *status);

/** E||x_k - z||^2_A for symmetric A (d*d), or the Euclidean E||x_k - z||^2 if A is NULL.
 *  With z = x*: A = L_bar gives 2 (E f(x_k) - f*) = E||grad f(x_k)||^2_{L_bar^{-1}}, and A = W
 *  gives Theorem 1's E||grad f(x_k)||^2_{L_bar^{-1} W L_bar^{-1}}. */
double ist_dynamics_distance_sq(const ist_dynamics *s, const double *A, const double *z);

/** ||E x_k - z||^2_A. */
double ist_dynamics_mean_distance_sq(const ist_dynamics *s, const double *A, const double *z);

void ist_dynamics_free(ist_dynamics *s);

#endif
