/** One run of the method, shown to an observer round by round. */
#ifndef IST_RUN_FOLLOW_H
#define IST_RUN_FOLLOW_H

#include "machine/status.h"
#include "problem/problem.h"
#include "problem/sketch_kind.h"

/** What is run. Nothing is owned. */
typedef struct {
  const ist_problem *p;
  ist_sketch sketch;
  const double *scales; /**< d entries that replace the sketch's, for all workers; NULL: none */
  const double *x0;     /**< d entries */
  double gamma;         /**< 0 < gamma <= IST_SCALE_MAX */
  size_t rounds;
  unsigned long seed; /**< of the blocks, below 2^32 */
} ist_setting;

/** Sees the iterate x_k (d entries). */
typedef void ist_observer(void *context, size_t k, const double *x);

/** Runs g, drawing blocks in every round, and shows x_0, ..., x_K to observe. IST_NOT_EXIST if an
 *  iterate leaves the kernel's range, IST_MACHINE if memory runs out or arithmetic is wrong. */
ist_code ist_follow(const ist_setting *g, ist_observer *observe, void *context, ist_status *s);

#endif
