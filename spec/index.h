/** Arithmetic of row-major and block indices, as lemmas the provers can be pointed at. */
#ifndef IST_SPEC_INDEX_H
#define IST_SPEC_INDEX_H

#include "proof.h"

/*@ // Entry (i, j) of an n x d array lies inside it, and its index does not overflow.
    predicate inside(integer i, integer j, integer n, integer d) =
      0 <= i < n <= 0x100000 ==> 0 <= j < d <= 0x10000000000 ==>
        0 <= i * d && i * d + j < n * d <= 0x1000000000000000;
    lemma index_inside: \forall integer i, j, n, d; inside(i, j, n, d);

    // Position of entry (i, j) in a row-major array with rows of d entries.
    logic integer entry(integer i, integer j, integer d) = i * d + j;

    // Where part i starts in an array of parts with a given number of entries each.
    logic integer start(integer i, integer stride) = entry(i, 0, stride);

    // An array of n blocks of q entries has at most 2^40.
    predicate size_bound(integer n, integer q) =
      0 <= n <= 0x100000 ==> 0 <= q <= 0x100000 ==> 0 <= n * q <= 0x10000000000;
    lemma size_bounds: \forall integer n, q; size_bound(n, q);

    // Rows do not overlap: row i ends before a later row k begins.
    predicate row_before(integer i, integer k, integer d) =
      0 <= d ==> i < k ==> i * d + d <= k * d;
    STEP(lemma rows_ordered: \forall integer i, k, d; row_before(i, k, d);)

    lemma entry_before: \forall integer i, j, n, d; inside(i, j, n, d) ==>
      0 <= i < n <= 0x100000 ==> 0 <= j < d <= 0x10000000000 ==>
      0 <= entry(i, j, d) < start(n, d);

    // Row j of a d x d matrix.
    predicate row_inside(integer j, integer d) =
      0 <= j < d <= 0x100000 ==> 0 <= entry(j, 0, d) && entry(j, 0, d) + d <= d * d;
    STEP(lemma row_inside_of: \forall integer j, d;
      inside(j, 0, d, d) ==> row_before(j, d, d) ==> row_inside(j, d);)
    lemma rows_inside: \forall integer j, d; row_inside(j, d);

    // Worker i's part of an array shared by all workers (stride 0) or with m entries for each.
    lemma parts_order: \forall integer i, k, q; 0 <= q ==> 0 <= i < k ==>
      0 <= start(i, q) && start(i, q) + q <= start(k, q);
    logic integer span(integer n, integer stride, integer m) = stride == 0 ? m : n * m;
    predicate worker_span(integer i, integer n, integer stride, integer m) =
      0 <= i < n <= 0x100000 ==> 0 <= m <= 0x10000000000 ==> (stride == 0 || stride == m) ==>
        0 <= start(i, stride) <= start(i, stride) + m <= span(n, stride, m) <= 0x1000000000000000;
    lemma worker_spans: \forall integer i, n, stride, m; worker_span(i, n, stride, m);

    // Two entries share a position only if they are the same entry.
    predicate distinct(integer i, integer a, integer k, integer b, integer d) =
      0 <= a < d ==> 0 <= b < d ==> entry(i, a, d) == entry(k, b, d) ==> i == k && a == b;
    STEP(lemma distinct_by_rows: \forall integer i, a, k, b, d;
      row_before(i, k, d) ==> row_before(k, i, d) ==> distinct(i, a, k, b, d);)
    lemma entries_distinct: \forall integer i, a, k, b, d;
      0 <= a < d ==> 0 <= b < d ==> entry(i, a, d) == entry(k, b, d) ==> i == k && a == b;
*/

#endif
