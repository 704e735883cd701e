/** Extreme eigenvalues as balls, as narrow as the precision allows.
 *
 *  Nothing computed is trusted: an upper bound is one for which an interval Cholesky factorisation
 *  succeeds, a lower bound is the Rayleigh quotient of a vector at hand. Matrices are symmetric;
 *  the balls are valid for every symmetric matrix within theirs. Where nothing is proved the ball
 *  is indeterminate. */
#ifndef IST_SPECTRAL_BALL_EIGEN_H
#define IST_SPECTRAL_BALL_EIGEN_H

#include "moments/balls.h"

/** The largest and the smallest eigenvalue of A. */
ist_ball ist_ball_largest_eigenvalue(ist_balls *e, ist_ball_matrix A);
ist_ball ist_ball_smallest_eigenvalue(ist_balls *e, ist_ball_matrix A);

/** The same of the pencil (A, B): A x = lambda B x. B must be proved positive definite. */
ist_ball ist_ball_largest_of_pencil(ist_balls *e, ist_ball_matrix A, ist_ball_matrix B);
ist_ball ist_ball_smallest_of_pencil(ist_balls *e, ist_ball_matrix A, ist_ball_matrix B);

/** The diagonal of A^{-1/2} as a vector, A being proved positive definite. */
ist_ball_matrix ist_ball_inverse_root_diagonal(ist_balls *e, ist_ball_matrix A);

#endif
