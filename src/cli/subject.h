/** What a claim is evaluated on: a problem, a sketch, and exact expectations of the method. */
#ifndef IST_CLI_SUBJECT_H
#define IST_CLI_SUBJECT_H

#include <stdbool.h>

#include "problem/problem.h"
#include "problem/sketch_kind.h"
#include "problem/status.h"
#include "runs.h"
#include "spectral/certify.h"
#include "spectral/constants.h"
#include "trajectory.h"

typedef struct {
  const ist_problem *p;        /**< not owned */
  const ist_problem *original; /**< what p was made of by (20), or p itself; not owned */
  ist_sketch sketch;
  ist_constants c;
  const double *x0;          /**< first iterate, d entries, not owned */
  size_t rounds;             /**< K >= 1 */
  bool step_given;           /**< whether a step size was asked for */
  double step;               /**< that step size */
  unsigned long seed;        /**< of drawn permutations */
  bool certified;            /**< whether proof was made */
  ist_certificate proof;     /**< of the constants */
  ist_trajectory trajectory; /**< of the step size last used */
  ist_runs runs;             /**< likewise */
} ist_subject;

/** Computes the constants of p with the sketch; the other fields are set by the caller before or
 *  after. On IST_OK the caller calls ist_subject_close. */
ist_code ist_subject_open(ist_subject *u, const ist_problem *p, ist_sketch sketch, ist_status *s);

/** The exact expectations over u->rounds rounds with step size gamma; kept until another gamma is
 *  asked for. NULL, with *s filled in, on failure. */
const ist_trajectory *ist_subject_trajectory(ist_subject *u, double gamma, ist_status *s);

/** Sampled runs of u->rounds rounds with step size gamma; kept until another gamma is asked for.
 *  NULL, with *s filled in, on failure. */
const ist_runs *ist_subject_runs(ist_subject *u, double gamma, ist_status *s);

/** Certifies the constants; from then on the step for Theorem 1 is one that is proved, if there is
 *  one. Fails as ist_certify. */
ist_code ist_subject_certify(ist_subject *u, ist_status *s);

/** The step size for Theorem 1: the one asked for; else, if certified, the largest proved to be at
 *  most 1/theta; else 1/theta (which must exist). */
double ist_step_theorem_1(const ist_subject *u);

/** The step size for scaled Perm-q: the one asked for, else 1/2. */
double ist_step_scaled(const ist_subject *u);

/** E g(x) = E[B] x - E[v] into g; x, g: d entries. */
void ist_expected_g(const ist_subject *u, const double *x, double *g);

/** How much larger than 1 the scale of a comparison of eigenvalues of pencils must be: their
 *  relative error is about d u kappa(L_bar), u = 2^-52. */
double ist_condition_scale(const ist_subject *u);

/** The same for theta, the largest eigenvalue of a pencil with W, by an upper bound on kappa(W);
 *  W must be positive definite. */
double ist_condition_scale_of_W(const ist_subject *u);

/** Frees what u owns. */
void ist_subject_close(ist_subject *u);

#endif
