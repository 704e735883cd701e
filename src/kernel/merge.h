/** The server's side of a round: adding the workers' blocks and stepping. */
#ifndef IST_KERNEL_MERGE_H
#define IST_KERNEL_MERGE_H

#include <stddef.h>

/** v[j] = 0, j < d. */
void ist_clear(double *v, size_t d);

/** sum[S[a]] += g[a], a < q: adds one worker's block to the running sum. */
void ist_merge(double *sum, const double *g, const size_t *S, size_t q, size_t d);

/** Step (2): x[j] -= gamma * (sum[j] / n), j < d, where sum is the workers' total. */
void ist_step(double *x, const double *sum, size_t d, size_t n, double gamma);

/** Average: x[j] = sum[j] / n, j < d (the merge of Algorithm 1). */
void ist_average(double *x, const double *sum, size_t d, size_t n);

#endif
