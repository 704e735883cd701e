/** A quadratic problem in memory: n workers' L_i and b_i, and what follows from them. */
#ifndef IST_PROBLEM_PROBLEM_H
#define IST_PROBLEM_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>

#include "kernel/team.h"

/** f_i(x) = 1/2 x'L_i x - b_i'x. L_i is d x d, row-major, symmetric, at L + i*L_stride (stride d*d,
 *  or 0 if all workers share one matrix); b_i at b + i*b_stride (stride d, or 0). The mean of the
 *  L_i is positive definite, but none of them need be. */
typedef struct {
  size_t d;  /**< dimension */
  size_t n;  /**< workers */
  double *L; /**< owned */
  double *b; /**< owned; zeros under interpolation */
  size_t L_stride;
  size_t b_stride;
  bool homogeneous;   /**< L_stride == 0 and b_stride == 0 */
  bool interpolation; /**< every b_i is zero */
} ist_problem;

/** Allocates a zero problem. Returns false (and leaves *p empty) if memory runs out or the size
 *  overflows. L_count is 1 (shared) or n, b_count likewise. */
bool ist_problem_alloc(ist_problem *p, size_t d, size_t n, size_t L_count, size_t b_count);

/** Frees what p owns and empties it. An empty problem may be freed again. */
void ist_problem_free(ist_problem *p);

/** Worker i's matrix and vector. */
const double *ist_problem_L(const ist_problem *p, size_t i);
const double *ist_problem_b(const ist_problem *p, size_t i);

/** The problem's workers, as the kernel's rounds take them, with scales s (stride d, or 0) and
 * blocks of q coordinates. */
ist_team ist_problem_team(const ist_problem *p, const double *s, size_t s_stride,
                          const size_t *block, size_t q);

/** Number of distinct matrices and vectors stored: n, or 1 if shared. */
size_t ist_problem_L_count(const ist_problem *p);
size_t ist_problem_b_count(const ist_problem *p);

/** Sets p->interpolation from the entries of b. To be called once b is filled in. */
void ist_problem_note_interpolation(ist_problem *p);

/** L_bar = (1/n) sum L_i (d*d entries) and b_bar = (1/n) sum b_i (d entries), Section 1. A shared
 *  matrix or vector is its own mean, bit for bit. */
void ist_problem_mean(const ist_problem *p, double *L_bar, double *b_bar);

/** L_bar alone. */
void ist_problem_mean_L(const ist_problem *p, double *L_bar);

/** The preconditioned homogeneous problem (20), in place: L <- D^{-1/2} L D^{-1/2} with unit
 *  diagonal exactly, b <- D^{-1/2} b, D = Diag(L). Requires p->homogeneous and a diagonal that
 *  ist_scales_exist accepts (sketch_kind.h). Returns false if an entry of b leaves IST_ENTRY_MAX; p
 *  is then unchanged. [claim P12] */
bool ist_problem_precondition(ist_problem *p);

#endif
