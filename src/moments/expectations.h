/** Exact expectations of the method, round by round, without sampling (N5), for every sketch. */
#ifndef IST_MOMENTS_EXPECTATIONS_H
#define IST_MOMENTS_EXPECTATIONS_H

#include "dynamics.h"
#include "machine/status.h"
#include "problem/problem.h"
#include "problem/sketch_kind.h"

/** What runs: step (2), x <- x - gamma g, or Algorithm 1 with T local steps. */
typedef struct {
  const ist_problem *p;
  ist_sketch sk;
  double gamma;
  size_t local_steps; /**< T >= 1 of Algorithm 1; 0: step (2) */
} ist_method;

/** The points and the norm that distances are measured by; the fields of ist_constants with these
 *  names fit. */
typedef struct {
  const double *L_bar;   /**< d*d */
  const double *x_star;  /**< d entries */
  const double *x_fixed; /**< d entries; NULL if there is none */
} ist_targets;

/** Expectations at one round. On quadratics the first three are one number, once halved. */
typedef struct {
  double f_gap;         /**< E f(x_k) - f* */
  double grad_norm_sq;  /**< E||grad f(x_k)||^2_{L_bar^{-1}} */
  double dist_star_sq;  /**< E||x_k - x*||^2_L_bar */
  double dist_fixed_sq; /**< E||x_k - x_fixed||^2, Euclidean; 0 if there is no x_fixed */
  double mean_gap;      /**< f(E x_k) - f*, at most f_gap (Jensen) */
} ist_expectation;

/** The expectations of the state *y. */
ist_expectation ist_measure_expectation(const ist_dynamics *y, const ist_targets *t);

/** Called after round k, for showing progress. */
typedef void ist_round_done(void *context, size_t k);

/** The expectations at x_0 (d entries) and after each of the following rounds into rows[0..rounds].
 *  done: called with context after every round, or NULL. A round costs 2n + 3 dense products.
 *
 *  IST_NOT_EXIST if they leave double precision, which happens when the iterates diverge, or if
 *  they are not known for this number of local steps (ist_local_problem); IST_MACHINE if memory
 *  runs out. rows is then unspecified. [claim N5] */
ist_code ist_expect(const ist_method *m, const ist_targets *t, const double *x0, size_t rounds,
                    ist_expectation *rows, ist_round_done *done, void *context, ist_status *s);

#endif
