#include "permutation.h"

#include <stdint.h>

void ist_shuffle(size_t *p, size_t d, const size_t *draw)
{
  /*@ loop invariant 0 <= j <= d;
      loop invariant \forall integer l; 0 <= l < j ==> p[l] == l;
      loop assigns j, p[0 .. d-1];
      loop variant d - j; */
  for (size_t j = 0; j < d; j++)
    p[j] = j;

  /*@ loop invariant 0 <= k <= d;
      loop invariant is_perm(p, d);
      loop invariant model: \forall integer j; 0 <= j < d ==>
        p[j] == fisher_yates{Pre}(draw, k, j);
      loop assigns k, p[0 .. d-1];
      loop variant d - k; */
  for (size_t k = 0; k < d; k++) {
    const size_t r = draw[k];
    const size_t t = p[k];
    p[k] = p[r];
    p[r] = t;
    /*@ assert next: (size_t)(k + 1) == k + 1; */
  }
}

void ist_owner(const size_t *p, size_t d, size_t q, size_t *owner)
{
  /*@ loop invariant 0 <= j <= d;
      loop invariant none: \forall integer l; 0 <= l < j ==> owner[l] == SIZE_MAX;
      loop assigns j, owner[0 .. d-1];
      loop variant d - j; */
  for (size_t j = 0; j < d; j++) {
    owner[j] = SIZE_MAX;
    /*@ assert next: (size_t)(j + 1) == j + 1; */
  }
  /*@ ghost
    /@ loop invariant 0 <= m <= d;
       loop invariant \forall integer i; 0 <= i < SIZE_MAX ==> owned(owner, i, m) == 0;
       loop assigns m;
       loop variant d - m; @/
    for (size_t m = 0; m < d; m++) {
       /@ assert next: (size_t)(m + 1) == m + 1; @/
    }
  */

  /*@ loop invariant 0 <= k <= d;
      loop invariant owner: \forall integer l; 0 <= l < k ==> owner[p[l]] == l / q;
      loop invariant none: \forall integer l; k <= l < d ==> owner[p[l]] == SIZE_MAX;
      loop invariant sizes: \forall integer i; 0 <= i < SIZE_MAX ==>
        owned(owner, i, d) == block_fill(i, k, q);
      loop assigns k, owner[0 .. d-1];
      loop variant d - k; */
  for (size_t k = 0; k < d; k++) {
    const size_t w = k / q;
    const size_t j = p[k];
    /*@ ghost Assign: ; */
    owner[j] = w;
    /*@ ghost
      /@ loop invariant 0 <= m <= d;
         loop invariant \forall integer i; 0 <= i < SIZE_MAX ==>
           owned(owner, i, m) == owned{Assign}(owner, i, m) + (j < m && i == w ? 1 : 0);
         loop assigns m;
         loop variant d - m; @/
      for (size_t m = 0; m < d; m++) {
         /@ assert next: (size_t)(m + 1) == m + 1; @/
      }
    */
    /*@ assert step: \forall integer i; 0 <= i ==> fill_step(i, k, q); */
    /*@ assert next: (size_t)(k + 1) == k + 1; */
  }
}

void ist_blocks(const size_t *owner, size_t d, size_t n, size_t q, size_t *block, size_t *fill)
{
  /*@ loop invariant 0 <= i <= n;
      loop invariant \forall integer l; 0 <= l < i ==> fill[l] == 0;
      loop assigns i, fill[0 .. n-1];
      loop variant n - i; */
  for (size_t i = 0; i < n; i++)
    fill[i] = 0;

  /*@ assert inside: \forall integer i, a; 0 <= i < n ==> 0 <= a < q ==>
        0 <= entry(i, a, q) < start(n, q); */
  /*@ assert total: start(n, q) == n * q; */
  /*@ loop invariant 0 <= j <= d;
      loop invariant fill: \forall integer i; 0 <= i < n ==>
        fill[i] == owned{Pre}(owner, i, j) <= q;
      loop invariant indices: \forall integer i, a; 0 <= i < n ==> 0 <= a < fill[i] ==>
        0 <= block[entry(i, a, q)] < j;
      loop invariant members: \forall integer i, a; 0 <= i < n ==> 0 <= a < fill[i] ==>
        \at(owner[\at(block[entry(i, a, q)], Here)], Pre) == i;
      loop invariant increasing: \forall integer i, a; 0 <= i < n ==> 0 < a < fill[i] ==>
        block[entry(i, a - 1, q)] < block[entry(i, a, q)];
      loop invariant ranks: \forall integer l; 0 <= l < j ==> \at(owner[l], Pre) < n ==>
        0 <= owned{Pre}(owner, \at(owner[l], Pre), l) < fill[\at(owner[l], Pre)];
      loop invariant cover: \forall integer l; 0 <= l < j ==> \at(owner[l], Pre) < n ==>
        block[entry(\at(owner[l], Pre), owned{Pre}(owner, \at(owner[l], Pre), l), q)] == l;
      loop assigns j, block[0 .. n*q-1], fill[0 .. n-1];
      loop variant d - j; */
  for (size_t j = 0; j < d; j++) {
    const size_t i = owner[j];
    /*@ assert count: \forall integer k; 0 <= k ==>
          owned{Pre}(owner, k, j + 1) == owned{Pre}(owner, k, j) + (k == i ? 1 : 0); */
    if (i < n) {
      /*@ assert rank: owned_next{Pre}(owner, i, j) && owned_grows{Pre}(owner, i, j + 1,
            d - j - 1); */
      const size_t a = fill[i];
      /*@ assert room: a < q; */
      /*@ assert index: inside(i, a, n, q); */
      const size_t e = i * q + a;
      /*@ assert place: e == entry(i, a, q) && e < n * q; */
      /*@ assert fresh: \forall integer k, b; 0 <= k < n ==> 0 <= b < fill[k] ==>
            entry(k, b, q) != e; */
      /*@ ghost Place: ; */
      fill[i] = a + 1;
      /*@ assert grown: fill[i] == a + 1; */
      /*@ assert others: \forall integer k; 0 <= k < n ==> k != i ==>
            fill[k] == \at(fill[k], Place); */
      /*@ assert same_blocks: \forall integer k, b; 0 <= k < n ==> 0 <= b < \at(fill[k], Place) ==>
            block[entry(k, b, q)] == \at(block[entry(k, b, q)], Place); */
      /*@ ghost Count: ; */
      /*@ assert apart: \separated(block + e, fill + (0 .. n-1)); */
      block[e] = j;
      /*@ assert same_fill: \forall integer k; 0 <= k < n ==> fill[k] == \at(fill[k], Count); */
      /*@ assert kept: \forall integer k, b; 0 <= k < n ==> 0 <= b < \at(fill[k], Place) ==>
            block[entry(k, b, q)] == \at(block[entry(k, b, q)], Place); */
      /*@ assert moved: \forall integer l; 0 <= l < j ==> \at(owner[l], Pre) < n ==>
            block[entry(\at(owner[l], Pre), owned{Pre}(owner, \at(owner[l], Pre), l), q)] ==
            \at(block[entry(\at(owner[\at(l,Here)], Pre),
                 owned{Pre}(owner, \at(owner[\at(l,Here)], Pre), l), q)], Place); */
      /*@ assert placed: \forall integer k, b; 0 <= k < n ==> 0 <= b < fill[k] ==>
            (b < \at(fill[k], Place) &&
             block[entry(k, b, q)] == \at(block[entry(k, b, q)], Place)) ||
            (k == i && b == a && block[entry(k, b, q)] == j); */
      /*@ assert rank_of_j: owned{Pre}(owner, i, j) == a < fill[i]; */
      /*@ assert last: block[entry(i, owned{Pre}(owner, i, j), q)] == j; */
      /*@ assert earlier: \forall integer l; 0 <= l < j ==> \at(owner[l], Pre) < n ==>
            0 <= owned{Pre}(owner, \at(owner[l], Pre), l) < \at(fill[\at(owner[l], Pre)], Place)
              <= fill[\at(owner[l], Pre)]; */
      /*@ assert covered: \forall integer l; 0 <= l < j ==> \at(owner[l], Pre) < n ==>
            block[entry(\at(owner[l], Pre), owned{Pre}(owner, \at(owner[l], Pre), l), q)] == l; */
    }
    /*@ assert next: (size_t)(j + 1) == j + 1; */
  }
  /*@ assert filled: \forall integer i; 0 <= i < n ==> fill[i] == q; */
  /*@ assert unchanged: \forall integer j; 0 <= j < d ==> owner[j] == \at(owner[j], Pre); */
}
