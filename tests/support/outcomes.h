/** Every outcome of one round, from the definitions of the sketches alone. */
#ifndef OUTCOMES_H
#define OUTCOMES_H

#include "problem/problem.h"
#include "problem/sketch_kind.h"

/** The equally likely outcomes of g = B x - v: B (d*d) and v (d) of outcome k stand at B + k*d*d
 *  and v + k*d; worker i's block is the set of bits of blocks[k*n + i]. */
typedef struct {
  size_t d, count;
  double *B, *v;
  unsigned *blocks;
} outcomes;

/** All ordered tuples of blocks: partitions of [d] for the perm sketches, q-subsets for rand. */
outcomes outcomes_enumerate(const ist_problem *p, ist_sketch sk);

/** Those of a round in which m of the n workers answer, uniformly chosen: g = (1/n) times the sum
 *  over them (N12). An absent worker's block is empty. */
outcomes outcomes_participating(const ist_problem *p, ist_sketch sk, size_t m);

void outcomes_free(outcomes *o);

/** y = A x, for A d*d. */
void outcomes_apply(size_t d, const double *A, const double *x, double *y);

#endif
