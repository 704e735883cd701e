/** The randomness of a run: each round's blocks S_1..S_n, drawn with gsl_rng_mt19937. */
#ifndef IST_RUN_DRAW_H
#define IST_RUN_DRAW_H

#include <gsl/gsl_rng.h>
#include <stdbool.h>
#include <stddef.h>

#include "problem/sketch_kind.h"

/** A source of blocks for one sketch. The same seed gives the same sequence of blocks. */
typedef struct {
  size_t d, n;
  ist_sketch sketch;
  gsl_rng *rng;
  size_t *block; /**< n blocks of q coordinates each, in increasing order; worker i's at i*q */
  size_t *draw, *permutation, *owner, *fill; /**< work space */
} ist_draws;

/** Prepares to draw; seed < 2^32 (the generator takes 0 for 4357). Returns false, with *r empty, if
 *  memory runs out. */
bool ist_draws_open(ist_draws *r, size_t d, size_t n, ist_sketch sketch, unsigned long seed);

/** Draws the blocks of the next round. Perm-q: one permutation per round, eq. (7); Rand-q: one per
 *  worker, whose first q places are S_i, eq. (4); identity: every block is {0..d-1}, nothing is
 *  drawn. A permutation takes draw[k] uniform on {0..k} for k = 1..d-1; draw[0] = 0 is free. */
void ist_draws_next(ist_draws *r);

/** Frees what r owns. */
void ist_draws_close(ist_draws *r);

#endif
