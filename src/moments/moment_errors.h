/** How far the moments that were computed in double precision can be from the exact ones.
 *
 *  Exact means: of the rational problem that the doubles of L_i and b_i are, under rational
 *  weights. Each bound counts the rounded operations that any term of a moment goes through
 *  (rounding.h) and multiplies by a majorant, the same formula with absolute values (majorant.h).
 */
#ifndef IST_MOMENTS_MOMENT_ERRORS_H
#define IST_MOMENTS_MOMENT_ERRORS_H

#include <stdbool.h>
#include <stddef.h>

#include "problem/problem.h"
#include "problem/sketch_kind.h"

typedef struct {
  size_t d;
  size_t data;       /**< roundings that each entry of the problem has been through; 0 if its
                          doubles are the problem */
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
bool ist_moment_errors_init(const ist_problem *p, ist_sketch sk, size_t data, ist_moment_errors *e);

/** Those of the matrices but Cov v alone, on which theta rests; the others are NULL. */
bool ist_matrix_errors_init(const ist_problem *p, ist_sketch sk, ist_moment_errors *e);

/** The same of Perm-q, Rand-q and the identity in parts, to the same bits, for matrices that
 *  several processes hold. First: all zero. The caller then adds |L_i| over the distinct matrices
 *  into L_abs. */
bool ist_matrix_errors_reserve(size_t d, ist_moment_errors *e);

/** Second: everything but second, into which the caller then puts a majorant of E[B L_bar B]
 *  (ist_second_majorant), if B is not the same in every round. */
void ist_matrix_errors_begin(size_t n, size_t L_count, ist_sketch sk, ist_moment_errors *e);

/** Third: from the majorant to the error. */
void ist_matrix_errors_conclude(size_t L_count, ist_moment_errors *e);

void ist_moment_errors_free(ist_moment_errors *e);

/** Rounded operations on any path of ist_second_moment over n matrices, from the entries of A =
 *  L_bar on: two products of d terms; n of the mean A, 2 n of sum M_i, 3 n of the sum over the
 *  workers, which takes three additions for each; the scaled matrices, the weights and the terms'
 *  own. Of ist_cross_moment and ist_mixed_moment over n workers as well. */
size_t ist_second_moment_roundings(size_t d, size_t n);

#endif
