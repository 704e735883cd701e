/** Evaluates claims on a problem: chooses the sketch, checks the shared hypotheses. */
#ifndef IST_CHECK_EVALUATE_H
#define IST_CHECK_EVALUATE_H

#include "claims.h"
#include "problem/problem.h"

#define IST_SKETCH_KINDS 4

/** What claims are checked on. Set the first group, clear the rest. */
typedef struct {
  const ist_problem *p; /**< as loaded, and preconditioned if the user asked for it */
  bool sketch_given;    /**< whether only claims about one sketch apply */
  ist_sketch_kind sketch;
  size_t block;     /**< of the rand sketch; 0: default */
  const double *x0; /**< first iterate, d entries */
  size_t rounds;    /**< K >= 1 */
  bool step_given;
  double step;
  unsigned long seed;
  bool certify; /**< whether theta is to be certified as well */

  double spent;                               /**< see exact.h */
  ist_subject *subjects[2][IST_SKETCH_KINDS]; /**< [preconditioned][kind], made when needed */
} ist_check;

/** The sketch a claim is evaluated on: the given one, if the claim is about it; otherwise the first
 *  it is about of perm, scaled-perm, rand, identity. */
ist_sketch_kind ist_claim_sketch(const ist_check *k, const ist_claim *claim);

/** Whether a sketch is given and the claim is not about it. */
bool ist_is_about_others(const ist_check *k, const ist_claim *claim);

/** Evaluates one claim on ist_claim_sketch, at rising precision until it is decided or the highest
 *  one is reached, or a higher one would take too long. A claim that does not apply, as one about
 *  other sketches than the given one, is a finding, not a failure; failures are lack of memory. */
ist_code ist_evaluate(ist_check *k, const ist_claim *claim, ist_finding *f, ist_status *s);

/** Frees what the evaluations made. */
void ist_check_close(ist_check *k);

#endif
