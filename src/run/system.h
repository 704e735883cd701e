/** A x = b with A symmetric, solved in a fixed order of operations, and how far the solution may be
 *  from the exact one.
 *
 *  Everything is done on the scaled system (S A S) y = S b, x = S y, where S is diagonal, of powers
 *  of two, and S A S has a diagonal between 1/2 and 2: nothing is rounded by it, and neither the
 *  solution nor the bounds suffer where the coordinates have different units. */
#ifndef IST_RUN_SYSTEM_H
#define IST_RUN_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>

#include "machine/status.h"

typedef struct {
  size_t d;
  const double *A, *b; /**< d*d, row-major, and d entries; not owned */
  double *x;           /**< d entries, owned, as is scale */
  double *scale;       /**< S */
  bool definite;       /**< whether S A S is positive definite, to working precision */
  double smallest;     /**< if so, close to its smallest eigenvalue; not a bound */
} ist_system;

/** What surrounds x, for the system of which A and b are rounded entries. */
typedef struct {
  double *residual; /**< d entries, owned: at least |S (A x - b)|_j */
  double row;       /**< at least every row's sum of |S (A - computed A) S| */
  double smallest;  /**< at most each eigenvalue of S A S in magnitude; 0: no bound was found */
} ist_surrounding;

/** S of a matrix with a positive diagonal. */
void ist_system_scale(const double *A, size_t d, double *scale);

/** Solves by Cholesky's factorisation and refines with the residuals of ist_gradient; where A has
 *  none, and if indefinite is set, with an inverse in its place. A has a positive diagonal.
 *  IST_NOT_EXIST if A is not positive definite to working precision, or, if indefinite is set, is
 *  singular: the norms of S A S and of its inverse have a product of 1 / (4 d 2^-52) or more; or if
 *  x leaves |x_j| <= IST_ENTRY_MAX. IST_MACHINE if memory runs out. To be closed whatever the
 *  outcome. */
ist_code ist_system_solve(ist_system *m, const double *A, const double *b, size_t d,
                          bool indefinite, ist_status *s);

/** Encloses x. row: at least sum_k |A - exact A|_jk S_k for each j; right: at least |b - exact
 *  b|_j.
 *
 *  The residual's bound is the computed one, plus the error that ist_gradient's contract allows and
 *  what row and right say. The eigenvalue's: Cholesky's factorisation of S A S - c I, which runs to
 *  its end only if S A S - c I is positive definite up to its backward error (Higham, Accuracy and
 *  Stability of Numerical Algorithms, 2nd ed., Theorem 10.3; Rump, BIT 46, 2006); of an indefinite
 *  matrix ist_inverse_bound.
 *  IST_MACHINE if memory runs out; on success the caller frees e->residual. */
ist_code ist_system_enclose(const ist_system *m, const double *row, const double *right,
                            ist_surrounding *e, ist_status *s);

/** Frees what m owns. */
void ist_system_close(ist_system *m);

#endif
