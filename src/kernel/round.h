/** One communication round for every sketch: eqs. (2), (5), (26), and Algorithm 1. */
#ifndef IST_KERNEL_ROUND_H
#define IST_KERNEL_ROUND_H

#include <stdbool.h>
#include <stddef.h>

/** One round x <- x - gamma g, g = (1/n) sum_i C_i (L_i C_i x - b_i), eqs. (2), (5).
 *  x: iterate, d entries, updated in place.
 *  L: worker i's matrix at L + i*L_stride (stride d*d, or 0 if shared).
 *  b: worker i's vector at b + i*b_stride (stride d, or 0).
 *  s: worker i's sketch scales at s + i*s_stride (stride d, or 0).
 *  block: n blocks of q coordinates each, worker i's at block + i*q.
 *  w, g: q entries of work space; sum: d entries of work space. */
void ist_round(double *x, const double *L, size_t L_stride, const double *b, size_t b_stride,
               const double *s, size_t s_stride, const size_t *block, size_t d, size_t n, size_t q,
               double gamma, double *w, double *g, double *sum);

/** One round of Algorithm 1 with T >= 1 local steps: z <- z - gamma C_i grad f_i(z) from
 *  z = C_i x, T times on every worker, then x <- (1/n) sum_i z_i. Arguments as ist_round.
 *  Returns true on success; false, leaving x as it was, if a local iterate left
 *  |z| <= IST_ENTRY_MAX (the local steps diverge). */
bool ist_local_round(double *x, const double *L, size_t L_stride, const double *b, size_t b_stride,
                     const double *s, size_t s_stride, const size_t *block, size_t d, size_t n,
                     size_t q, double gamma, size_t T, double *w, double *g, double *sum);

#endif
