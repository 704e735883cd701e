/** Ball arithmetic (Arb) written as formulas: every result contains the exact value.
 *
 *  Functions return new balls and matrices that the arena owns; a vector is a matrix of one column.
 *  Where an operation has no finite enclosure (a division by a ball around zero, a matrix that is
 *  not proved regular) the result is indeterminate, and so is all that is made of it: nothing is
 *  decided from it. FLINT ends the program if memory runs out. */
#ifndef IST_MOMENTS_BALLS_H
#define IST_MOMENTS_BALLS_H

#include <arb_mat.h>
#include <stdbool.h>
#include <stddef.h>

typedef const arb_struct *ist_ball;
typedef const arb_mat_struct *ist_ball_matrix;

/** An arena at one precision. */
typedef struct {
  slong precision; /**< bits of the midpoints */
  struct ist_ball_cell *cells;
} ist_balls;

void ist_balls_open(ist_balls *e, slong precision);
/** Frees all that was made in the arena, which is empty then. */
void ist_balls_clear(ist_balls *e);

/** Zeros that may be written to. */
arb_struct *ist_ball_new(ist_balls *e);
arb_mat_struct *ist_ball_matrix_new(ist_balls *e, size_t rows, size_t columns);

ist_ball ist_ball_of(ist_balls *e, double value);
/** All numbers within error of value; unknown if the error is not finite. */
ist_ball ist_ball_within(ist_balls *e, double value, double error);
/** All numbers from lo to hi; unknown unless both are finite. */
ist_ball ist_ball_between(ist_balls *e, double lo, double hi);
ist_ball ist_ball_count(ist_balls *e, size_t count);
ist_ball ist_ball_copy(ist_balls *e, ist_ball a);
ist_ball ist_ball_unknown(ist_balls *e);
ist_ball ist_ball_add(ist_balls *e, ist_ball a, ist_ball b);
ist_ball ist_ball_sub(ist_balls *e, ist_ball a, ist_ball b);
ist_ball ist_ball_mul(ist_balls *e, ist_ball a, ist_ball b);
ist_ball ist_ball_div(ist_balls *e, ist_ball a, ist_ball b);
ist_ball ist_ball_log(ist_balls *e, ist_ball a);
/** a k. */
ist_ball ist_ball_times(ist_balls *e, ist_ball a, double k);
ist_ball ist_ball_square(ist_balls *e, ist_ball a);
ist_ball ist_ball_power(ist_balls *e, ist_ball a, size_t k);
ist_ball ist_ball_root(ist_balls *e, ist_ball a);
ist_ball ist_ball_abs(ist_balls *e, ist_ball a);
ist_ball ist_ball_max(ist_balls *e, ist_ball a, ist_ball b);

/** Whether the balls hold numbers. */
bool ist_ball_known(ist_ball a);
bool ist_ball_matrix_known(ist_ball_matrix A);
/** The double nearest to the midpoint; NaN if the ball is indeterminate. */
double ist_ball_double(ist_ball a);
/** The ends of a ball as doubles, rounded outwards. */
double ist_ball_below(ist_ball a);
double ist_ball_above(ist_ball a);

/** rows x columns doubles, row-major, taken as exact. */
ist_ball_matrix ist_ball_matrix_of(ist_balls *e, const double *entries, size_t rows,
                                   size_t columns);
ist_ball_matrix ist_ball_matrix_copy(ist_balls *e, ist_ball_matrix A);
ist_ball_matrix ist_ball_matrix_unknown(ist_balls *e, size_t rows, size_t columns);
ist_ball_matrix ist_ball_identity(ist_balls *e, size_t d);
ist_ball_matrix ist_ball_ones(ist_balls *e, size_t rows, size_t columns);
ist_ball ist_ball_entry(ist_ball_matrix A, size_t j, size_t k);
ist_ball_matrix ist_ball_matrix_add(ist_balls *e, ist_ball_matrix A, ist_ball_matrix B);
ist_ball_matrix ist_ball_matrix_sub(ist_balls *e, ist_ball_matrix A, ist_ball_matrix B);
/** a A. */
ist_ball_matrix ist_ball_scale(ist_balls *e, ist_ball a, ist_ball_matrix A);
ist_ball_matrix ist_ball_product(ist_balls *e, ist_ball_matrix A, ist_ball_matrix B);
/** Entry by entry: A o B. */
ist_ball_matrix ist_ball_entrywise(ist_balls *e, ist_ball_matrix A, ist_ball_matrix B);
ist_ball_matrix ist_ball_transpose(ist_balls *e, ist_ball_matrix A);
/** (A + A')/2. */
ist_ball_matrix ist_ball_symmetric_part(ist_balls *e, ist_ball_matrix A);
/** The diagonal of A as a vector, and Diag(v). */
ist_ball_matrix ist_ball_diagonal(ist_balls *e, ist_ball_matrix A);
ist_ball_matrix ist_ball_diag(ist_balls *e, ist_ball_matrix v);
/** A^{-1} B; unknown if A is not proved regular. */
ist_ball_matrix ist_ball_solve(ist_balls *e, ist_ball_matrix A, ist_ball_matrix B);
/** sum_jk A_jk B_jk, for vectors their scalar product. */
ist_ball ist_ball_inner(ist_balls *e, ist_ball_matrix A, ist_ball_matrix B);
/** x'A x. */
ist_ball ist_ball_quadratic(ist_balls *e, ist_ball_matrix A, ist_ball_matrix x);
/** max_jk |A_jk|. */
ist_ball ist_ball_largest_entry(ist_balls *e, ist_ball_matrix A);
/** max_jk |A_jk - B_jk|. */
ist_ball ist_ball_difference(ist_balls *e, ist_ball_matrix A, ist_ball_matrix B);

#endif
