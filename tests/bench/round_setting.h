/** One IST round in every way that is compared: ours, and its peers. */
#ifndef IST_BENCH_ROUND_SETTING_H
#define IST_BENCH_ROUND_SETTING_H

#include <stdbool.h>

#include "numpy_peer.h"
#include "problem/problem.h"
#include "run/draw.h"

/** A problem under Perm-q, the blocks of the current round, and the room that rounds need. */
typedef struct {
  ist_problem problem;
  ist_draws draws; /**< draws.block: the current round's blocks, in increasing order */
  double gamma;
  double *s;                  /**< scales of the sketch, d entries, shared by the workers */
  double *start;              /**< the iterate that every round starts from, d entries */
  double *w, *g, *sum;        /**< as ist_round: n*q, n*q and d entries */
  double *gathered, *w_i, *y; /**< a peer's q*q, q and q entries */
  size_t *columns;            /**< q + 1 entries, for the lines that are touched */
  bench_numpy numpy;
} bench_setting;

/** The round with draws.block from x (d entries) to x, and its processor time into *seconds. False
 *  if it cannot be done here. */
typedef bool bench_round(bench_setting *t, double *x, double *seconds);

/** The kernel's ist_round. */
bench_round bench_round_kernel;
/** The same on two threads, by the wall clock. */
bench_round bench_round_two_threads;
/** Each q x q block gathered whole, then OpenBLAS dgemv. */
bench_round bench_round_dgemv;
/** The upper triangle of each block gathered, then OpenBLAS dsymv. */
bench_round bench_round_dsymv;
/** numpy_round.py: np.ix_ and @, each block in the order of its draw, eq. (7). */
bench_round bench_round_numpy;
/** The same with blocks in increasing order, which NumPy gathers faster. */
bench_round bench_round_numpy_sorted;
/** No round, but what bounds it: reads every line of 64 bytes that the upper triangles of the
 *  blocks touch, once each. x is left as it is. Requires d to be a multiple of 8. */
bench_round bench_round_touch;

#endif
