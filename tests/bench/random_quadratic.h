/** Problems to measure on: fast to make, well conditioned, of any size. */
#ifndef IST_BENCH_RANDOM_QUADRATIC_H
#define IST_BENCH_RANDOM_QUADRATIC_H

#include "machine/status.h"
#include "problem/problem.h"

/** L_i symmetric with entries uniform on (-1/2, 1/2) and sqrt(d) added to the diagonal: the
 *  eigenvalues lie between about 0.4 sqrt(d) and 1.6 sqrt(d). b_i uniform on (-1/2, 1/2). To be
 *  freed by the caller on IST_OK; IST_BAD_INPUT if it does not fit in memory. */
ist_code bench_random_quadratic(size_t n, size_t d, ist_problem *p, ist_status *s);

#endif
