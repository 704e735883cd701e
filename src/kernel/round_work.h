/** The arrays that a round leaves its stages in. */
#ifndef IST_KERNEL_ROUND_WORK_H
#define IST_KERNEL_ROUND_WORK_H

/** For a team of n workers, q coordinates each, of d: w, g: the submodels and their gradients, n*q
 *  entries each, worker i's from i*q on; sum: d entries, the merged gradients, times n. */
typedef struct ist_round_work {
  double *w, *g, *sum;
} ist_round_work;

#endif
