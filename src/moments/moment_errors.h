/** How far the moments that were computed in double precision can be from the exact ones.
 *
 *  Exact means: of the rational problem that the doubles of L_i and b_i are, under rational
 * weights. Each bound counts the rounded operations that any term of a moment goes through
 * (rounding.h) and multiplies by a majorant, the same formula with absolute values. Products |X||Y|
 * inside E[B L B] are bounded by Cauchy's inequality, row norm times row norm, so that all of it
 * costs O(n d^2) and one product of matrices. */
#ifndef IST_MOMENTS_MOMENT_ERRORS_H
#define IST_MOMENTS_MOMENT_ERRORS_H

#include <stdbool.h>
#include <stddef.h>

#include "problem/problem.h"
#include "problem/sketch_kind.h"

typedef struct {
  size_t d;
  double *L_abs;     /**< d*d: (1/n) sum |L_i|, a majorant of L_bar */
  double *B_abs;     /**< d*d: a majorant of E[B] */
  double L_scale;    /**< |L_bar - exact| <= L_scale L_abs, entry by entry */
  double B_scale;    /**< |E[B] - exact| <= B_scale B_abs */
  double *W;         /**< d*d: bounds |W - exact| */
  double *second;    /**< d*d: bounds |E[B L_bar B] - exact| */
  double *cov;       /**< d*d: bounds |Cov v - exact| */
  double *v_abs;     /**< d: a majorant of E[v] that holds for each step of its sum */
  double *v;         /**< d: bounds |E[v] - exact| */
  double *cross;     /**< d: bounds |E[B L_bar v] - exact| */
  double *cross_abs; /**< d: its majorant */
} ist_moment_errors;

/** Bounds the errors of ist_problem_mean, ist_expected_B, ist_expected_v, ist_second_moment with
 *  A = L_bar, ist_cross_moment with A = L_bar, ist_linear_covariance and W = (L_bar E[B] + E[B]
 *  L_bar)/2. False if memory runs out; otherwise to be freed with ist_moment_errors_free. */
bool ist_moment_errors_init(const ist_problem *p, ist_sketch sk, ist_moment_errors *e);
void ist_moment_errors_free(ist_moment_errors *e);

/** Rounded operations on any path of ist_second_moment over n matrices, from the entries of A = L_bar
 *  on: two products of d terms; n of the mean A, 2 n of sum M_i, 3 n of the sum over the workers, which
 *  takes three additions for each; the scaled matrices, the weights and the terms' own. Of
 *  ist_cross_moment and ist_mixed_moment over n workers as well. */
size_t ist_second_moment_roundings(size_t d, size_t n);

/** out (d*d): a majorant of E[B A B] for |A| <= A_abs entry by entry: N4's sum with absolute values
 * of weights and entries. False if memory runs out. */
bool ist_second_moment_majorant(const ist_problem *p, ist_sketch sk, const double *A_abs,
                                double *out);

/** out (d*d): a majorant of E[B z v'] for |z| <= z_abs (d), likewise. */
bool ist_mixed_moment_majorant(const ist_problem *p, ist_sketch sk, const double *z_abs,
                               double *out);

/** An upper bound of the 2-norm of the nonnegative symmetric A (d*d), by
 *  Collatz: max_j (A x)_j / x_j for a positive x. Infinite if memory runs out. */
double ist_norm_above(size_t d, const double *A);

#endif
