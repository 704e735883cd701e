/** What a claim is evaluated on: a problem, a sketch, and exact expectations of the method. */
#ifndef IST_CHECK_SUBJECT_H
#define IST_CHECK_SUBJECT_H

#include <stdbool.h>

#include "exact.h"
#include "exact_trajectory.h"
#include "machine/status.h"
#include "problem/problem.h"
#include "problem/sketch_kind.h"
#include "sampled_runs.h"
#include "spectral/certify.h"

/** Precisions at which a claim is asked, each twice the one before. */
#define IST_LEVELS 5

/** All that was made at one precision. */
typedef struct {
  ist_exact exact;
  ist_exact_trajectory *followed; /**< one for each step size that was asked for */
  ist_sampled_runs runs;          /**< of the step size last used */
} ist_level;

typedef struct ist_subject {
  const ist_problem *p; /**< as loaded; not owned */
  bool preconditioned;  /**< whether the claims are about the problem (20) makes of it */
  ist_sketch sketch;
  const double *x0;         /**< first iterate, d entries, not owned */
  size_t rounds;            /**< K >= 1 */
  bool step_given;          /**< whether a step size was asked for */
  double step;              /**< that step size */
  unsigned long seed;       /**< of drawn permutations */
  bool certify;             /**< whether theta is to be certified as well */
  double *spent;            /**< see exact.h; not owned */
  struct ist_subject *base; /**< the same problem with another sketch, whose ingredients that depend
                                 on the problem alone are used; or NULL; not owned */

  ist_level *level[IST_LEVELS]; /**< made when needed */
  size_t at;                    /**< the level at hand */
  ist_exact *x;                 /**< its ingredients */
} ist_subject;

/** Goes to a level, whose ingredients are x from then on. */
void ist_subject_go_to(ist_subject *u, size_t level);

/** Clears what the claim at hand was made of. */
void ist_subject_end_claim(ist_subject *u);

/** The exact expectations over u->rounds rounds with step size gamma. */
const ist_exact_trajectory *ist_subject_trajectory(ist_subject *u, ist_ball gamma);

/** Sampled runs of u->rounds rounds with step size gamma; kept until another gamma is asked for.
 *  NULL, with *s filled in, on failure. */
const ist_sampled_runs *ist_subject_runs(ist_subject *u, double gamma, ist_status *s);

/** The largest double that is proved to be at most 1/theta; NaN if theta is unknown. */
double ist_step_proved(ist_subject *u);

/** The step size for Theorem 1: the one asked for, else the one that is proved. */
double ist_step_theorem_1(ist_subject *u);

/** Whether that step is at most 1/theta. */
ist_truth ist_step_admitted(ist_subject *u);

/** The step size for scaled Perm-q: the one asked for, else 1/2. */
double ist_step_scaled(const ist_subject *u);

/** E g(z) = E[B] z - E[v]. */
ist_ball_matrix ist_expected_g(ist_subject *u, ist_ball_matrix z);

/** Frees what u owns. */
void ist_subject_close(ist_subject *u);

#endif
