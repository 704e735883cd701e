/** Rounds of Independent Subnetwork Training on a problem, taken in this process. */
#ifndef IST_RUN_ROUNDS_H
#define IST_RUN_ROUNDS_H

#include "draw.h"
#include "machine/arithmetic.h"
#include "machine/status.h"
#include "problem/problem.h"
#include "problem/sketch_kind.h"

/** The sketch, the step size and every buffer that the kernel needs for a round. */
typedef struct {
  const ist_problem *problem;
  double gamma;
  size_t local_steps; /**< T of Algorithm 1; 0: step (2) */
  ist_draws draws;
  double *s; /**< sketch scales, as ist_sketch_scales */
  size_t s_stride;
  double *fixed;       /**< c of eq. (31) where a round is homogeneous and sure, else NULL */
  double *w, *g, *sum; /**< work space */
} ist_rounds;

/** Prepares rounds on p (kept by reference); 0 < gamma <= IST_SCALE_MAX.
 *  Where ist_rounds_are_sure, rounds draw nothing and are those of ist_homogeneous_rounds.
 *
 *  IST_MACHINE if memory runs out or arithmetic is off; otherwise as ist_sketch_exists and
 *  ist_admit_problem. On success the caller calls ist_rounds_close. */
ist_code ist_rounds_open(ist_rounds *m, const ist_problem *p, ist_sketch sketch, double gamma,
                         size_t local_steps, unsigned long seed, ist_status *s);

/** Round k >= 1: replaces x_{k-1} by x_k in x (d entries, bounded by IST_ENTRY_MAX).
 *  IST_NOT_EXIST if x_k, or a local iterate, leaves |x| <= IST_ENTRY_MAX; x is then not an
 *  iterate that may be used. */
ist_code ist_rounds_take(ist_rounds *m, double *x, size_t k, ist_status *s);

/** As ist_rounds_take, but drawing blocks even where eq. (31) makes them immaterial. */
ist_code ist_rounds_take_drawn(ist_rounds *m, double *x, size_t k, ist_status *s);

/** IST_MACHINE if the arithmetic of a thread that takes part in rounds is off. To be asked before
 *  what comes of the rounds is believed. */
ist_code ist_rounds_check_arithmetic(const ist_rounds *m, ist_status *s);

/** What is off with the arithmetic that a round of n workers with blocks of q coordinates was
 *  computed with: that of the calling thread, and of those that shared its work. local_steps: T, or
 *  0, as above; local steps are taken by the calling thread alone. */
ist_arithmetic ist_rounds_arithmetic(size_t n, size_t q, size_t local_steps);

/** Frees what m owns. */
void ist_rounds_close(ist_rounds *m);

#endif
