/** Majorants: the formulas of the moments with absolute values of weights and entries, which bound
 *  every intermediate result of the signed ones (rounding.h).
 *
 *  Products |X||Y| inside E[B A B] are bounded by Cauchy's inequality, row norm times row norm, so
 *  that all of it costs O(n d^2) and one product of matrices. */
#ifndef IST_MOMENTS_MAJORANT_H
#define IST_MOMENTS_MAJORANT_H

#include <stdbool.h>
#include <stddef.h>

#include "problem/problem.h"
#include "problem/sketch_kind.h"
#include "weights.h"

/** v <- ist_outward(factor v). */
void ist_scale_outward(double *v, size_t entries, double factor);

/** sum += |M|, entry by entry. */
void ist_absolute_add(size_t entries, const double *M, double *sum);

/** (1/n) sum |M_i|, outward, into mean (d*d). M: d*d entries of work space. */
void ist_mean_of_absolutes(const ist_problem *p, ist_sketch sk, double *mean, double *M);

/** out (d*d): a majorant of E[B A B] for |A| <= A_abs entry by entry: N4's sum with absolute values
 *  of weights and entries. False if memory runs out. */
bool ist_second_moment_majorant(const ist_problem *p, ist_sketch sk, const double *A_abs,
                                double *out);

/** What |M||A||M| is bounded from, for one nonnegative M: entries of vectors over the rows. */
typedef struct {
  size_t d;
  const double *A;  /**< nonnegative, d*d */
  double A_norm;    /**< bounds its 2-norm */
  double *A_row;    /**< 2-norms of its rows, d */
  double *row;      /**< 2-norms of the rows of M, d */
  double *weighted; /**< the same with weights A_cc: sum_c M_ac^2 A_cc, its root; d */
  double *MA;       /**< [M A]_aa, d */
} ist_row_bounds;

/** ist_second_moment_majorant worker by worker, for matrices that several processes hold. */
typedef struct {
  double copies, c; /**< workers for each matrix; the c of N4 */
  double same[IST_QUADRATIC_TERMS], other[IST_QUADRATIC_TERMS];
  ist_row_bounds rows;
} ist_second_majorant;

/** L_count: distinct matrices, n or 1. A_abs must outlive *w. False if memory runs out; to be
 *  released with ist_second_majorant_close in either case. */
bool ist_second_majorant_open(size_t d, size_t n, size_t L_count, ist_sketch sk,
                              const double *A_abs, ist_second_majorant *w);

/** Adds to out (d*d, at first zero) what one M_i contributes. */
void ist_second_majorant_add(ist_second_majorant *w, const double *M, double *out);

/** After all distinct ones; sum (d*d): the sum of |M_i| over them, which is overwritten. */
void ist_second_majorant_conclude(ist_second_majorant *w, double *sum, double *out);
void ist_second_majorant_close(ist_second_majorant *w);

/** Adds to out (d) a majorant of E[B A v] for |A| <= A_abs (d*d), likewise. */
bool ist_cross_moment_majorant(const ist_problem *p, ist_sketch sk, const double *A_abs,
                               double *out);

/** out (d*d): a majorant of E[B z v'] for |z| <= z_abs (d), likewise. */
bool ist_mixed_moment_majorant(const ist_problem *p, ist_sketch sk, const double *z_abs,
                               double *out);

/** An upper bound of the 2-norm of the nonnegative symmetric A (d*d), by
 *  Collatz: max_j (A x)_j / x_j for a positive x. Infinite if memory runs out. */
double ist_norm_above(size_t d, const double *A);

#endif
