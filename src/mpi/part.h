/** The workers of one rank: their L_i and b_i, and nothing of any other. */
#ifndef IST_MPI_PART_H
#define IST_MPI_PART_H

#include <stdbool.h>

#include "problem/problem.h"
#include "team.h"

typedef struct {
  /** d, n, the strides and homogeneous are those of the whole problem; L and b (owned) hold only
   *  workers first..first+count-1, or the shared ones, and are NULL where count is 0. */
  ist_problem p;
  size_t first, count;
  double *mean; /**< on the server, of several L_i: L_bar (d*d), owned; else NULL */
} ist_part;

/** All ranks: reads the part of each from the directory or HDF5 file at path, which every rank must
 *  see; sets t->n. Refuses as ist_problem_load does except for the mean of several L_i, which
 *  ist_gather_mean looks at, the same everywhere, and with IST_USAGE more than
 *  n + 1 ranks. On IST_OK the caller calls ist_part_close. */
ist_code ist_part_open(ist_ranks *t, const char *path, size_t workers, ist_part *part,
                       ist_status *s);

/** How many matrices and vectors L and b hold. */
size_t ist_part_L_count(const ist_part *part);
size_t ist_part_b_count(const ist_part *part);

/** Frees what part owns. */
void ist_part_close(ist_part *part);

#endif
