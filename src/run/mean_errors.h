/** How far the computed means of the workers' data are from the exact ones.
 *
 *  A mean of n numbers, summed one after the other and divided, is within n u of the mean of their
 *  absolute values, u = 2^-53; one that is shared by all workers is exact. The bounds are sums over
 *  the workers: they may be begun in one process and continued in the next, as the means. */
#ifndef IST_RUN_MEAN_ERRORS_H
#define IST_RUN_MEAN_ERRORS_H

#include <stddef.h>

#include "machine/status.h"
#include "problem/problem.h"
#include "problem/sketch_kind.h"

/** d entries each, in one piece that begins with L and is owned. */
typedef struct {
  double *L; /**< at least sum_k |L_bar - exact|_jk S_k, S being the scale of L_bar */
  double *B; /**< scaled sketch: at least sum_k |E[B] - exact|_jk; otherwise unused */
  double *b; /**< at least |b_bar - exact|_j */
  double *v; /**< at least |E[v] - exact|_j */
} ist_mean_errors;

/** All zero. IST_MACHINE if memory runs out; on success the caller frees m->L. */
ist_code ist_mean_errors_open(ist_mean_errors *m, size_t d, ist_status *s);

/** Adds worker i of p, whose number among all workers is number, with the sketch sk; p->n: all
 *  workers. S: scale of L_bar. work: d entries. */
void ist_mean_errors_add(ist_mean_errors *m, const ist_problem *p, ist_sketch sk, size_t i,
                         size_t number, const double *S, double *work);

/** Turns the sums over all workers into the bounds. p: as above; only its sizes and strides count.
 */
void ist_mean_errors_conclude(ist_mean_errors *m, const ist_problem *p, ist_sketch sk);

/** All of it for a problem whose workers are all here. L_bar: their computed mean, d*d entries. */
ist_code ist_mean_errors_find(ist_mean_errors *m, const ist_problem *p, ist_sketch sk,
                              const double *L_bar, ist_status *s);

/** At least sum_k |E[B] - exact|_jk T_k into row (d entries), T being the scale of E[B] (d*d) under
 *  the sketch sk of n workers. Other sketches than the scaled one weigh each entry of L_bar with s,
 *  or less off the diagonal, which takes four roundings. */
void ist_mean_errors_of_B(const ist_mean_errors *m, size_t d, size_t n, ist_sketch sk,
                          const double *EB, const double *S, const double *T, double *row);

#endif
