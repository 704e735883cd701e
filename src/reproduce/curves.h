/** Curves over the rounds k = 0..K: for each step size the runs, and further curves beside them. */
#ifndef IST_REPRODUCE_CURVES_H
#define IST_REPRODUCE_CURVES_H

#include "reproduction.h"

/** One column k, then for each step size IST_RUNS columns of runs and one for each name in others.
 */
typedef struct {
  ist_table table;
  const double *gammas; /**< not owned */
  size_t steps, others, rounds;
} ist_curves;

/** Empty curves. others: others_count names of curves. IST_MACHINE if memory runs out; otherwise
 *  the caller closes c. */
ist_code ist_curves_open(ist_curves *c, const double *gammas, size_t steps, size_t rounds,
                         const char *const *others, size_t others_count, ist_status *s);

/** The value at round k of part of a step size: run 0..IST_RUNS-1, then the other curves. */
double *ist_curves_at(ist_curves *c, size_t k, size_t step, size_t part);

/** Opens out: c with every curve divided by its value at round 0. */
ist_code ist_curves_relative(ist_curves *c, ist_curves *out, ist_status *s);

/** Frees what c owns; empty curves may be closed again. */
void ist_curves_close(ist_curves *c);

#endif
