/** Permutations, owners and blocks (Definition 2, eq. (7)). */
#ifndef IST_SPEC_PERMUTATION_H
#define IST_SPEC_PERMUTATION_H

#include "proof.h"

/*@ // p lists each of 0..d-1 once: entries in range, and no two alike.
    predicate is_perm{L}(size_t *p, integer d) =
      (\forall integer k; 0 <= k < d ==> 0 <= p[k] < d) &&
      (\forall integer k, l; 0 <= k < l < d ==> p[k] != p[l]);

    // Model of Fisher-Yates: entry j after the swaps p[k] <-> p[draw[k]] for k = 0..m-1.
    logic integer fisher_yates{L}(size_t *draw, integer m, integer j) =
      m <= 0 ? j :
      j == m - 1 ? fisher_yates(draw, m - 1, draw[m - 1]) :
      j == draw[m - 1] ? fisher_yates(draw, m - 1, m - 1) :
      fisher_yates(draw, m - 1, j);

    // Number of j < m with owner[j] == i.
    logic integer owned{L}(size_t *owner, integer i, integer m) =
      m <= 0 ? 0 : owned(owner, i, m - 1) + (owner[m - 1] == i ? 1 : 0);

    predicate owned_next{L}(size_t *owner, integer i, integer m) =
      owned(owner, i, m + 1) == owned(owner, i, m) + (owner[m] == i ? 1 : 0);
    lemma owned_unfold{L}: \forall size_t *owner, integer i, m;
      0 <= m ==> owned_next(owner, i, m);
    predicate owned_grows{L}(size_t *owner, integer i, integer m, integer k) =
      0 <= owned(owner, i, m) <= owned(owner, i, m + k);
    STEP(lemma owned_positive_step{L}: \forall size_t *owner, integer i, m; 0 <= m ==>
      owned_next(owner, i, m) ==> owned_grows(owner, i, m, 0) ==> owned_grows(owner, i, m + 1, 0);)
    lemma owned_positive{L}: \forall size_t *owner, integer i, m;
      0 <= m ==> owned_grows(owner, i, m, 0);
    STEP(lemma owned_grows_step{L}: \forall size_t *owner, integer i, m, k; 0 <= m ==> 0 <= k ==>
      owned_next(owner, i, m + k) ==> owned_grows(owner, i, m, k) ==>
      owned_grows(owner, i, m, k + 1);)
    lemma owned_monotone{L}: \forall size_t *owner, integer i, m, k; 0 <= m ==> 0 <= k ==>
      owned_grows(owner, i, m, k);

    // Size of block i once k places of the permutation are assigned: k - i q, within [0, q].
    logic integer block_fill(integer i, integer k, integer q) =
      k <= i * q ? 0 : (k >= i * q + q ? q : k - i * q);
    predicate quotient(integer i, integer k, integer q) =
      0 < q ==> 0 <= k ==> (i == k / q <==> i * q <= k < i * q + q);
    lemma quotients: \forall integer i, k, q; 0 <= i ==> quotient(i, k, q);
    predicate fill_step(integer i, integer k, integer q) =
      0 < q ==> 0 <= k ==>
        block_fill(i, k + 1, q) == block_fill(i, k, q) + (i == k / q ? 1 : 0);
    STEP(lemma fill_step_of_quotient: \forall integer i, k, q;
      quotient(i, k, q) ==> fill_step(i, k, q);)
    lemma fill_steps: \forall integer i, k, q; 0 <= i ==> fill_step(i, k, q);
*/

#endif
