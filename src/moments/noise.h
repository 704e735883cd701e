/** The noise of the estimator g = B x - v at a point, from its exact moments (N4).
 *
 *  B = (1/n) sum C_i L_i C_i and v = (1/n) sum C_i b_i, eqs. (5), (26). Matrices are d x d, row-major,
 *  caller-allocated; outputs must not overlap inputs. The sketch must exist on the problem
 *  (ist_sketch_exists); L_i need only be symmetric. What returns bool is false if memory runs out. */
#ifndef IST_MOMENTS_NOISE_H
#define IST_MOMENTS_NOISE_H

#include <stdbool.h>

#include "problem/problem.h"
#include "problem/sketch_kind.h"

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
