/** The randomness of the sketches, as deterministic functions of the draws (Definition 2, eq. (7)).
 *
 *  Integers only; 0x100000 is IST_DIM_MAX of range.h, whose real arithmetic is not needed here. */
#ifndef IST_KERNEL_PERMUTATION_H
#define IST_KERNEL_PERMUTATION_H

#include <stddef.h>

#ifdef __FRAMAC__
#include "../../spec/index.h"
#include "../../spec/permutation.h"
#endif

/** Fisher-Yates: the permutation p of 0..d-1 determined by draws with draw[k] <= k.
 *  From the identity, swaps p[k] with p[draw[k]] for k = 0, ..., d-1. Independent draws,
 *  draw[k] uniform on {0..k}, give a uniform permutation. [claim P02] */
/*@ requires size: d <= 0x100000;
    requires valid: \valid(p + (0 .. d-1)) && \valid_read(draw + (0 .. d-1));
    requires apart: \separated(p + (0 .. d-1), draw + (0 .. d-1));
    requires draws: \forall integer k; 0 <= k < d ==> 0 <= draw[k] <= k;
    terminates \true;
    exits \false;
    assigns p[0 .. d-1];
    ensures permutation: is_perm(p, d);
    ensures model: \forall integer j; 0 <= j < d ==> p[j] == fisher_yates{Old}(draw, d, j);
*/
void ist_shuffle(size_t *p, size_t d, const size_t *draw);

/** Owner of each coordinate: owner[p[k]] = k / q (eq. (7): S_i = {p[iq], ..., p[iq+q-1]}).
 *  [claim P02] */
/*@ requires size: d <= 0x100000 && 0 < q;
    requires valid: \valid_read(p + (0 .. d-1)) && \valid(owner + (0 .. d-1));
    requires apart: \separated(p + (0 .. d-1), owner + (0 .. d-1));
    requires permutation: is_perm(p, d);
    terminates \true;
    exits \false;
    assigns owner[0 .. d-1];
    ensures owner: \forall integer k; 0 <= k < d ==> owner[p[k]] == k / q;
    ensures sizes: \forall integer i; 0 <= i < d ==> owned(owner, i, d) == block_fill(i, d, q);
*/
void ist_owner(const size_t *p, size_t d, size_t q, size_t *owner);

/** The n blocks, each in increasing order: block[i*q .. i*q+q-1] lists the coordinates owned by
 *  worker i < n. Coordinates whose owner is >= n belong to no block (Rand-q: n = 1, the
 *  coordinates not drawn). fill: n entries of work space. [claim P02] */
/*@ requires size: d <= 0x100000 && n <= 0x100000 && q <= d;
    requires valid: \valid_read(owner + (0 .. d-1));
    requires room: \valid(block + (0 .. n*q-1)) && \valid(fill + (0 .. n-1));
    requires apart: \separated(owner + (0 .. d-1), block + (0 .. n*q-1), fill + (0 .. n-1));
    requires sizes: \forall integer i; 0 <= i < n ==> owned(owner, i, d) == q;
    terminates \true;
    exits \false;
    assigns block[0 .. n*q-1], fill[0 .. n-1];
    ensures indices: \forall integer i, a; 0 <= i < n ==> 0 <= a < q ==>
      0 <= block[entry(i, a, q)] < d;
    ensures members: \forall integer i, a; 0 <= i < n ==> 0 <= a < q ==>
      \at(owner[\at(block[entry(i, a, q)], Post)], Old) == i;
    ensures increasing: \forall integer i, a; 0 <= i < n ==> 0 < a < q ==>
      block[entry(i, a - 1, q)] < block[entry(i, a, q)];
    ensures cover: \forall integer j; 0 <= j < d ==> owner[j] < n ==>
      block[entry(owner[j], owned{Old}(owner, owner[j], j), q)] == j;
*/
void ist_blocks(const size_t *owner, size_t d, size_t n, size_t q, size_t *block, size_t *fill);

#endif
