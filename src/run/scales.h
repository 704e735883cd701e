/** The scales s_i of all workers' sketches C_i = Diag(s_i) P_{S_i}. */
#ifndef IST_RUN_SCALES_H
#define IST_RUN_SCALES_H

#include <stdbool.h>

#include "problem/problem.h"
#include "problem/sketch_kind.h"

/** The scales of one worker with matrix L (d*d) among n, into s (d entries). L must be in the range
 *  of ist_scales_exist for scaled-perm. */
void ist_sketch_scale(ist_sketch sketch, size_t d, size_t n, const double *L, double *s);

/** Whether all workers have the same scales: always, except scaled Perm-q with several L_i. */
bool ist_sketch_scales_shared(ist_sketch sketch, bool L_shared);

/** Scales of the sketch on p, which must exist (ist_sketch_exists): worker i's d entries start at
 *  i times *stride, which is 0 if all workers share them (always, except scaled Perm-q with several
 *  L_i). To be freed by the caller; NULL if memory runs out. */
double *ist_sketch_scales(const ist_problem *p, ist_sketch sketch, size_t *stride);

#endif
