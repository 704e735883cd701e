/** The method itself: rounds of Independent Subnetwork Training on a problem. */
#ifndef IST_RUN_SIMULATE_H
#define IST_RUN_SIMULATE_H

#include "draw.h"
#include "machine/arithmetic.h"
#include "machine/status.h"
#include "problem/problem.h"
#include "problem/sketch_kind.h"

/** A run in progress: the sketch, the step size and every buffer the kernel needs. */
typedef struct {
  const ist_problem *problem;
  double gamma;
  size_t local_steps; /**< T of Algorithm 1; 0: step (2) */
  ist_draws draws;
  double *s; /**< sketch scales, as ist_sketch_scales */
  size_t s_stride;
  double *fixed;       /**< c of eq. (31) where a round is homogeneous and sure, else NULL */
  double *w, *g, *sum; /**< work space */
} ist_simulation;

/** Prepares a run on p (kept by reference); 0 < gamma <= IST_SCALE_MAX.
 *  Where ist_rounds_are_sure, rounds draw nothing and are those of ist_homogeneous_rounds.
 *
 *  IST_MACHINE if memory runs out or arithmetic is wrong; otherwise as ist_sketch_exists and
 *  ist_simulation_check. On success the caller calls ist_simulation_close. */
ist_code ist_simulation_open(ist_simulation *m, const ist_problem *p, ist_sketch sketch,
                             double gamma, size_t local_steps, unsigned long seed, ist_status *s);

/** Round k >= 1: replaces x_{k-1} by x_k in x (d entries, bounded by IST_ENTRY_MAX).
 *  IST_NOT_EXIST if x_k, or a local iterate, leaves |x| <= IST_ENTRY_MAX; x is then not an
 *  iterate that may be used. */
ist_code ist_simulation_round(ist_simulation *m, double *x, size_t k, ist_status *s);

/** As ist_simulation_round, but drawing blocks even where eq. (31) makes them immaterial. */
ist_code ist_simulation_drawn_round(ist_simulation *m, double *x, size_t k, ist_status *s);

/** What became of round k, as an outcome of ist_simulation_round. inside: whether the local
 *  iterates stayed in the range; x: x_k. */
ist_code ist_simulation_accept(bool inside, const double *x, size_t d, size_t k, ist_status *s);

/** The refusals of ist_simulation_open: IST_BAD_INPUT, IST_NOT_EXIST. */
ist_code ist_simulation_no_memory(size_t d, size_t n, ist_status *s);
ist_code ist_simulation_out_of_range(ist_status *s);

/** IST_MACHINE if the arithmetic of a thread that takes part in rounds is wrong. To be asked before
 *  what comes of the rounds is believed. */
ist_code ist_simulation_check_arithmetic(const ist_simulation *m, ist_status *s);

/** What is wrong with the arithmetic that a round of n workers with blocks of q coordinates was
 *  computed with: that of the calling thread, and of those that shared its work. local_steps: T, or
 *  0, as above; local steps are taken by the calling thread alone. */
ist_arithmetic ist_simulation_arithmetic(size_t n, size_t q, size_t local_steps);

/** Checks what the kernel's contracts require of the L_count matrices and b_count vectors that p
 *  holds and of scale_count vectors of d scales: IST_NOT_EXIST if an entry leaves its range,
 *  IST_BAD_INPUT if a matrix is not its transpose, as those loaded are. */
ist_code ist_simulation_check(const ist_problem *p, size_t L_count, size_t b_count,
                              const double *scales, size_t scale_count, ist_status *s);

/** Frees what m owns. */
void ist_simulation_close(ist_simulation *m);

#endif
