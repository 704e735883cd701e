/** The exact second moment of B, Section 3 (N4), for every sketch.
 *
 *  B = (1/n) sum C_i L_i C_i and v = (1/n) sum C_i b_i, eqs. (5), (26). Matrices are d x d, row-major,
 *  caller-allocated; outputs must not overlap inputs. The sketch must exist on the problem
 *  (ist_sketch_exists); L_i need only be symmetric. What returns bool is false if memory runs out.
 *  Where B is the same in every round (q = d; scaled Perm-1) these are products of E[B], so that no
 *  spurious noise comes from rounding. */
#ifndef IST_MOMENTS_SECOND_H
#define IST_MOMENTS_SECOND_H

#include <stdbool.h>

#include "problem/problem.h"
#include "problem/sketch_kind.h"
#include "weights.h"

/** E[B A B] into out (d*d) for symmetric A (d*d): the 15-term formula of N4, 2n + 2 dense products.
 *  [claim N4] */
bool ist_second_moment(const ist_problem *p, ist_sketch sk, const double *A, double *out);

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

#endif
