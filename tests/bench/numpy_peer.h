/** A NumPy process that carries out rounds on request (numpy_round.py). */
#ifndef IST_BENCH_NUMPY_PEER_H
#define IST_BENCH_NUMPY_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

#include "problem/problem.h"

typedef struct {
  pid_t pid;
  FILE *to, *from;
  const char *missing; /**< why it does not answer; NULL if it does */
} bench_numpy;

/** Starts it and sends it the problem, the scale of the sketch (n for Perm-q) and gamma. The
 *  caller closes it whatever comes of it. The working directory is the repository's root. */
void bench_numpy_open(bench_numpy *y, const ist_problem *p, size_t q, double scale, double gamma);

/** One round on the blocks (n*q = d coordinates): replaces x (d entries), puts the processor time
 *  that it took into *seconds. False if there is no answer; y->missing then says why. */
bool bench_numpy_round(bench_numpy *y, const size_t *block, double *x, size_t d, double *seconds);

/** Ends it. */
void bench_numpy_close(bench_numpy *y);

#endif
