/** The workers' side of a distributed run: C_i x on their blocks, gradients, local steps. */
#ifndef IST_MPI_WORKER_H
#define IST_MPI_WORKER_H

#include "part.h"
#include "run/draw.h"

/** The workers of one rank.
 *
 *  Every rank draws all blocks itself, from the state of the generator that the server sends once,
 *  so that no index travels. The server sends x_j for the coordinates j of a worker's block; the
 *  worker scales them, w = C_i x, with scales that it has from its own L_i. */
typedef struct {
  const ist_part *part;
  size_t local_steps; /**< T of Algorithm 1; 0: step (2) */
  double gamma;
  ist_draws draws;
  double *s; /**< scales: count*d entries, or d if shared (stride 0) */
  size_t s_stride;
  bool sure;     /**< whether rounds are, eq. (31): they draw nothing */
  double *fixed; /**< c of eq. (31) where they are and count > 0, else NULL */
  double *x;     /**< d entries; those of the blocks are the current iterate's */
  double *down;  /**< count*q entries: what came, block by block */
  double *up;    /**< count*q entries: gradients, or local iterates */
  double *w;     /**< work space, count*q */
} ist_worker;

/** Prepares the workers of a part. IST_NOT_EXIST if the part leaves the kernel's range,
 *  IST_MACHINE if memory runs out. To be closed whatever the outcome. */
ist_code ist_worker_open(ist_worker *m, const ist_part *part, ist_sketch sketch, size_t local_steps,
                         unsigned long seed, ist_status *s);

/** Settles the step size. Where ist_rounds_are_sure, worker i then has block {i} in every round and
 *  answers with the next x_i. Fails as ist_sure_fixed_point. */
ist_code ist_worker_step(ist_worker *m, double gamma, ist_status *s);

/** Draws the blocks of the next round, unless it is sure. */
void ist_worker_draw(ist_worker *m);

/** From m->down, m->up: C_i grad f_i(C_i x) of each worker; or its local iterate after T steps, NaN
 *  if that left the kernel's range; or its x_i of the next round. */
void ist_worker_round(ist_worker *m);

/** Frees what m owns. */
void ist_worker_close(ist_worker *m);

/** Answers the server until it says that the run is over. */
void ist_worker_serve(ist_worker *m);

#endif
