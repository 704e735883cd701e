/** The randomness of the sketches, as deterministic functions of the draws (Definition 2, eq. (7)). */
#ifndef IST_KERNEL_PERMUTATION_H
#define IST_KERNEL_PERMUTATION_H

#include <stddef.h>

/** Fisher-Yates: the permutation p of 0..d-1 determined by draws with draw[k] <= k.
 *  From the identity, swaps p[k] with p[draw[k]] for k = 0, ..., d-1. Independent draws,
 *  draw[k] uniform on {0..k}, give a uniform permutation. */
void ist_shuffle(size_t *p, size_t d, const size_t *draw);

/** Owner of each coordinate: owner[p[k]] = k / q (eq. (7): S_i = {p[iq], ..., p[iq+q-1]}). */
void ist_owner(const size_t *p, size_t d, size_t q, size_t *owner);

/** The n blocks, each in increasing order: block[i*q .. i*q+q-1] lists the coordinates owned by
 *  worker i < n. Coordinates whose owner is >= n belong to no block (Rand-q: n = 1, the
 *  coordinates not drawn). fill: n entries of work space. */
void ist_blocks(const size_t *owner, size_t d, size_t n, size_t q, size_t *block, size_t *fill);

#endif
