/** What a round reads and never writes: the workers' matrices, vectors, scales and blocks. */
#ifndef IST_KERNEL_TEAM_H
#define IST_KERNEL_TEAM_H

#include <stddef.h>

/** n workers, d coordinates. Worker i has the d x d matrix at L + i*L_stride (stride d*d, or 0 if
 *  all share it), the vector at b + i*b_stride and the sketch scales at s + i*s_stride (strides d
 *  or 0), d entries each, and the block of q coordinates at block + i*q. */
typedef struct ist_team {
  const double *L, *b, *s;
  size_t L_stride, b_stride, s_stride;
  const size_t *block;
  size_t d, n, q;
} ist_team;

/** One of them: L: d x d, b, s: d entries, S: its block of q coordinates. */
typedef struct ist_worker_view {
  const double *L, *b, *s;
  const size_t *S;
  size_t d, q;
} ist_worker_view;

#endif
