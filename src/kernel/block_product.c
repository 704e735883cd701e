#include "block_product.h"

#ifdef __FRAMAC__
#include "../../spec/block_product_error.h"
#endif

/* t + l u, where t is a sum of k such products; k serves the contract only. */
/*@ requires sum: k < 0x100000 && \is_finite(t) && within_sum(t, k);
    requires range: in_range(l, 0x1p160) && in_range(u, 0x1p261);
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures finite: \is_finite(\result);
    ensures model: \result == fl_add(t, fl_mul(l, u));
    ensures sum: within_sum(\result, k + 1);
*/
static double add_product(size_t k, double t, double l, double u)
{
  (void)k;
  /*@ assert bound: product_bound(l, u, 0x1p160, 0x1p261) && rounded_bound(l * u, 0x1p421); */
  const double p = l * u;
  /*@ assert rounded: p == fl_mul(l, u) && in_range(p, 0x1p422); */
  /*@ assert grows: sum_bound(t, p, k, 0x1p422); */
  const double r = t + p;
  /*@ assert added: r == fl_add(t, p); */
  return r;
}

/* t + l0 u0 + l1 u1 + l2 u2 + l3 u3, from left to right, where t is a sum of k such products. */
/*@ requires sum: k <= 0xffffc && \is_finite(t) && within_sum(t, k);
    requires range: in_range(l0, 0x1p160) && in_range(l1, 0x1p160) && in_range(l2, 0x1p160) &&
                    in_range(l3, 0x1p160);
    requires factors: in_range(u0, 0x1p261) && in_range(u1, 0x1p261) && in_range(u2, 0x1p261) &&
                      in_range(u3, 0x1p261);
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures finite: \is_finite(\result);
    ensures model: \result == fl_add_four(t, l0, u0, l1, u1, l2, u2, l3, u3);
    ensures sum: within_sum(\result, k + 4);
*/
static double add_four(size_t k, double t, double l0, double u0, double l1, double u1, double l2,
                       double u2, double l3, double u3)
{
  const double t1 = add_product(k, t, l0, u0);
  const double t2 = add_product(k + 1, t1, l1, u1);
  const double t3 = add_product(k + 2, t2, l2, u2);
  return add_product(k + 3, t3, l3, u3);
}

/* Row a takes its terms up to end; through the symmetric entries, the rows up to end take
 * term a. */
/*@ requires size: a < end <= q <= d <= IST_DIM_MAX;
    requires valid: \valid_read(L + (0 .. d*d-1)) && \valid_read(S + (0 .. q-1)) &&
                    \valid_read(w + (0 .. q-1)) && \valid(y + (0 .. q-1));
    requires apart: \separated(y + (0 .. q-1), L + (0 .. d*d-1)) &&
                    \separated(y + (0 .. q-1), S + (0 .. q-1)) &&
                    \separated(y + (0 .. q-1), w + (0 .. q-1));
    requires block: indices(S, q, d);
    requires range: bounded(L, d*d, 0x1p160) && bounded(w, q, 0x1p261);
    requires symmetric: symmetric(L, d);
    requires sums: sums_at{Here, Here}(L, S, w, y, d, a, end, a);
    terminates \true;
    exits \false;
    assigns y[0 .. q-1];
    ensures earlier: same_range{Old, Post}(y, 0, a);
    ensures later: same_range{Old, Post}(y, end, q);
    ensures row: sums_at{Old, Post}(L, S, w, y, d, a, a + 1, end);
    ensures rest: sums_at{Old, Post}(L, S, w, y, d, a + 1, end,
                                     a + 1);
*/
static void advance_row(const double *L, const size_t *S, const double *w, size_t q, size_t d,
                        size_t a, size_t end, double *y)
{
  (void)q; /* named for the contract only */
  const size_t i = S[a];
  /*@ assert index: 0 <= i < d && i == \at(S[\at(a, Here)], Pre); */
  /*@ assert inside: inside(i, 0, d, d) && row_inside(i, d); */
  const double *row = L + i * d;
  /*@ assert place: row == L + entry(i, 0, d); */
  const double v = w[a];
  const double diagonal = row[i];
  /*@ assert factors: in_range(v, 0x1p261) && in_range(diagonal, 0x1p160); */
  /*@ assert start: sum_at{Pre, Pre}(L, S, w, y, d, a, a); */
  double t = add_product(a, y[a], diagonal, v);
  /*@ assert first: extends{Pre}(L, entry(i, 0, d), S, w, a,
        (real)\at(y[\at(a, Here)], Pre), diagonal, v, t); */
  /*@ assert second: (size_t)(a + 1) == a + 1; */
  /*@ loop invariant a + 1 <= k <= end;
      loop invariant sum: \is_finite(t) &&
        partial_sum{Pre}(L, entry(i, 0, d), S, w, k, t);
      loop invariant columns: sums_at{Pre, Here}(L, S, w, y, d,
                                                 a + 1, k, a + 1);
      loop invariant ahead: sums_at{Pre, Here}(L, S, w, y, d,
                                               k, end, a);
      loop invariant earlier: same_range{Pre, Here}(y, 0, a);
      loop invariant later: same_range{Pre, Here}(y, end, q);
      loop assigns k, t, y[0 .. q-1];
      loop variant end - k; */
  for (size_t k = a + 1; k < end; k++) {
    const size_t j = S[k];
    /*@ assert index: 0 <= j < d && j == \at(S[\at(k, Here)], Pre); */
    const double l = row[j];
    /*@ assert inside: 0 <= entry(i, 0, d) + j < d * d; */
    /*@ assert entry: read_entry{Pre}(L, d, i, j, l); */
    const double u = w[k];
    const double c = y[k];
    /*@ assert factor: u == \at(w[\at(k, Here)], Pre) && in_range(u, 0x1p261) &&
          in_range(l, 0x1p160); */
    /*@ assert column: sum_at{Pre, Here}(L, S, w, y, d, k, a); */
    /*@ ghost Column: ; */
    t = add_product(k, t, l, u);
    /*@ assert row: extends{Pre}(L, entry(i, 0, d), S, w, k,
          \at(t, Column), l, u, t); */
    const double next = add_product(a, c, l, v);
    /*@ assert next_column: extends{Pre}(L, entry(j, 0, d), S, w, a,
          c, l, v, next); */
    y[k] = next;
    /*@ assert column_done: sum_at{Pre, Here}(L, S, w, y, d, k,
          a + 1); */
    /*@ assert others: same_but{Column, Here}(y, k, q); */
    /*@ assert earlier_kept: range_without{Pre, Column, Here}(y, k, q, 0, a); */
    /*@ assert later_kept: range_without{Pre, Column, Here}(y, k, q, end, q); */
    /*@ assert columns_kept: sums_without{Pre, Column, Here}(L, S, w,
          y, d, k, q, a + 1, k, a + 1); */
    /*@ assert ahead_kept: sums_without{Pre, Column, Here}(L, S, w, y,
          d, k, q, k + 1, end, a); */
    /*@ assert next: (size_t)(k + 1) == k + 1; */
  }
  /*@ ghost Last: ; */
  y[a] = t;
  /*@ assert others: same_range{Last, Here}(y, a + 1, end); */
  /*@ assert kept: sums_kept{Pre, Last, Here}(L, S, w, y, d,
        a + 1, end, a + 1); */
  /*@ assert outside: same_range{Last, Here}(y, 0, a) && same_range{Last, Here}(y, end, q); */
  /*@ assert row: sum_at{Pre, Here}(L, S, w, y, d, a, end); */
}

/* Rows a..a+3 take their terms from a + 4 on; the rows below them take terms a..a+3. */
/*@ requires size: a + 4 <= q <= d <= IST_DIM_MAX;
    requires valid: \valid_read(L + (0 .. d*d-1)) && \valid_read(S + (0 .. q-1)) &&
                    \valid_read(w + (0 .. q-1)) && \valid(y + (0 .. q-1));
    requires apart: \separated(y + (0 .. q-1), L + (0 .. d*d-1)) &&
                    \separated(y + (0 .. q-1), S + (0 .. q-1)) &&
                    \separated(y + (0 .. q-1), w + (0 .. q-1));
    requires block: indices(S, q, d);
    requires range: bounded(L, d*d, 0x1p160) && bounded(w, q, 0x1p261);
    requires symmetric: symmetric(L, d);
    requires rows: sums_at{Here, Here}(L, S, w, y, d, a, a + 4,
                                       a + 4);
    requires rest: sums_at{Here, Here}(L, S, w, y, d, a + 4, q, a);
    terminates \true;
    exits \false;
    assigns y[0 .. q-1];
    ensures earlier: same_range{Old, Post}(y, 0, a);
    ensures rows: sums_at{Old, Post}(L, S, w, y, d, a, a + 4, q);
    ensures rest: sums_at{Old, Post}(L, S, w, y, d, a + 4, q, a + 4);
*/
static void advance_four(const double *L, const size_t *S, const double *w, size_t q, size_t d,
                         size_t a, double *y)
{
  const size_t i0 = S[a];
  const size_t i1 = S[a + 1];
  const size_t i2 = S[a + 2];
  const size_t i3 = S[a + 3];
  /*@ assert index0: 0 <= i0 < d && i0 == \at(S[\at(a, Here)], Pre) && row_inside(i0, d); */
  /*@ assert index1: 0 <= i1 < d && i1 == \at(S[\at(a + 1, Here)], Pre) && row_inside(i1, d); */
  /*@ assert index2: 0 <= i2 < d && i2 == \at(S[\at(a + 2, Here)], Pre) && row_inside(i2, d); */
  /*@ assert index3: 0 <= i3 < d && i3 == \at(S[\at(a + 3, Here)], Pre) && row_inside(i3, d); */
  const double *row0 = L + i0 * d;
  const double *row1 = L + i1 * d;
  const double *row2 = L + i2 * d;
  const double *row3 = L + i3 * d;
  /*@ assert places: row0 == L + entry(i0, 0, d) && row1 == L + entry(i1, 0, d) &&
        row2 == L + entry(i2, 0, d) && row3 == L + entry(i3, 0, d); */
  const double v0 = w[a];
  /*@ assert factor0: in_range(v0, 0x1p261) && v0 == \at(w[\at(a, Here)], Pre); */
  const double v1 = w[a + 1];
  /*@ assert factor1: in_range(v1, 0x1p261) && v1 == \at(w[\at(a + 1, Here)], Pre); */
  const double v2 = w[a + 2];
  /*@ assert factor2: in_range(v2, 0x1p261) && v2 == \at(w[\at(a + 2, Here)], Pre); */
  const double v3 = w[a + 3];
  /*@ assert factor3: in_range(v3, 0x1p261) && v3 == \at(w[\at(a + 3, Here)], Pre); */
  /*@ assert start0: sum_at{Pre, Pre}(L, S, w, y, d, a, a + 4); */
  double t0 = y[a];
  /*@ assert first0: \is_finite(t0) && partial_sum{Pre}(L, entry(i0, 0, d),
        S, w, a + 4, t0); */
  /*@ assert start1: sum_at{Pre, Pre}(L, S, w, y, d, a + 1, a + 4); */
  double t1 = y[a + 1];
  /*@ assert first1: \is_finite(t1) && partial_sum{Pre}(L, entry(i1, 0, d),
        S, w, a + 4, t1); */
  /*@ assert start2: sum_at{Pre, Pre}(L, S, w, y, d, a + 2, a + 4); */
  double t2 = y[a + 2];
  /*@ assert first2: \is_finite(t2) && partial_sum{Pre}(L, entry(i2, 0, d),
        S, w, a + 4, t2); */
  /*@ assert start3: sum_at{Pre, Pre}(L, S, w, y, d, a + 3, a + 4); */
  double t3 = y[a + 3];
  /*@ assert first3: \is_finite(t3) && partial_sum{Pre}(L, entry(i3, 0, d),
        S, w, a + 4, t3); */
  /*@ loop invariant a + 4 <= k <= q;
      loop invariant sum0: \is_finite(t0) &&
        partial_sum{Pre}(L, entry(i0, 0, d), S, w, k, t0);
      loop invariant sum1: \is_finite(t1) &&
        partial_sum{Pre}(L, entry(i1, 0, d), S, w, k, t1);
      loop invariant sum2: \is_finite(t2) &&
        partial_sum{Pre}(L, entry(i2, 0, d), S, w, k, t2);
      loop invariant sum3: \is_finite(t3) &&
        partial_sum{Pre}(L, entry(i3, 0, d), S, w, k, t3);
      loop invariant columns: sums_at{Pre, Here}(L, S, w, y, d,
                                                 a + 4, k, a + 4);
      loop invariant ahead: sums_at{Pre, Here}(L, S, w, y, d,
                                               k, q, a);
      loop invariant earlier: same_range{Pre, Here}(y, 0, a);
      loop assigns k, t0, t1, t2, t3, y[0 .. q-1];
      loop variant q - k; */
  for (size_t k = a + 4; k < q; k++) {
    const size_t j = S[k];
    /*@ assert index: 0 <= j < d && j == \at(S[\at(k, Here)], Pre); */
    const double l0 = row0[j];
    /*@ assert inside0: 0 <= entry(i0, 0, d) + j < d * d; */
    /*@ assert read0: read_entry{Pre}(L, d, i0, j, l0) && in_range(l0, 0x1p160); */
    /*@ assert entry0: entry_of{Pre}(L, d, i0, j, l0); */
    const double l1 = row1[j];
    /*@ assert inside1: 0 <= entry(i1, 0, d) + j < d * d; */
    /*@ assert read1: read_entry{Pre}(L, d, i1, j, l1) && in_range(l1, 0x1p160); */
    /*@ assert entry1: entry_of{Pre}(L, d, i1, j, l1); */
    const double l2 = row2[j];
    /*@ assert inside2: 0 <= entry(i2, 0, d) + j < d * d; */
    /*@ assert read2: read_entry{Pre}(L, d, i2, j, l2) && in_range(l2, 0x1p160); */
    /*@ assert entry2: entry_of{Pre}(L, d, i2, j, l2); */
    const double l3 = row3[j];
    /*@ assert inside3: 0 <= entry(i3, 0, d) + j < d * d; */
    /*@ assert read3: read_entry{Pre}(L, d, i3, j, l3) && in_range(l3, 0x1p160); */
    /*@ assert entry3: entry_of{Pre}(L, d, i3, j, l3); */
    const double u = w[k];
    const double c = y[k];
    /*@ assert factor: u == \at(w[\at(k, Here)], Pre) && in_range(u, 0x1p261); */
    /*@ assert column: sum_at{Pre, Here}(L, S, w, y, d, k, a); */
    /*@ assert column_sum: \is_finite(c) && partial_sum{Pre}(L, entry(j, 0, d),
          S, w, a, c); */
    /*@ ghost Column: ; */
    t0 = add_product(k, t0, l0, u);
    t1 = add_product(k, t1, l1, u);
    t2 = add_product(k, t2, l2, u);
    t3 = add_product(k, t3, l3, u);
    /*@ assert row0: extends{Pre}(L, entry(i0, 0, d), S, w, k,
          \at(t0, Column), l0, u, t0); */
    /*@ assert sum0: partial_sum{Pre}(L, entry(i0, 0, d), S, w,
          k + 1, t0); */
    /*@ assert row1: extends{Pre}(L, entry(i1, 0, d), S, w, k,
          \at(t1, Column), l1, u, t1); */
    /*@ assert sum1: partial_sum{Pre}(L, entry(i1, 0, d), S, w,
          k + 1, t1); */
    /*@ assert row2: extends{Pre}(L, entry(i2, 0, d), S, w, k,
          \at(t2, Column), l2, u, t2); */
    /*@ assert sum2: partial_sum{Pre}(L, entry(i2, 0, d), S, w,
          k + 1, t2); */
    /*@ assert row3: extends{Pre}(L, entry(i3, 0, d), S, w, k,
          \at(t3, Column), l3, u, t3); */
    /*@ assert sum3: partial_sum{Pre}(L, entry(i3, 0, d), S, w,
          k + 1, t3); */
    const double next = add_four(a, c, l0, v0, l1, v1, l2, v2, l3, v3);
    /*@ assert next_column: extends_four{Pre}(L, entry(j, 0, d), S, w,
          a, c, l0, v0, l1, v1, l2, v2, l3, v3, next); */
    /*@ assert next_sum: partial_sum{Pre}(L, entry(j, 0, d), S, w,
          a + 4, next); */
    y[k] = next;
    /*@ assert column_done: sum_at{Pre, Here}(L, S, w, y, d, k,
          a + 4); */
    /*@ assert others: same_but{Column, Here}(y, k, q); */
    /*@ assert earlier_kept: range_without{Pre, Column, Here}(y, k, q, 0, a); */
    /*@ assert columns_kept: sums_without{Pre, Column, Here}(L, S, w,
          y, d, k, q, a + 4, k, a + 4); */
    /*@ assert ahead_kept: sums_without{Pre, Column, Here}(L, S, w, y,
          d, k, q, k + 1, q, a); */
    /*@ assert next: (size_t)(k + 1) == k + 1; */
  }
  /*@ ghost Last: ; */
  y[a] = t0;
  y[a + 1] = t1;
  y[a + 2] = t2;
  y[a + 3] = t3;
  /*@ assert outside: same_range{Last, Here}(y, 0, a) && same_range{Last, Here}(y, a + 4, q); */
  /*@ assert kept: sums_kept{Pre, Last, Here}(L, S, w, y, d,
        a + 4, q, a + 4); */
  /*@ assert row0: sum_at{Pre, Here}(L, S, w, y, d, a, q); */
  /*@ assert row1: sum_at{Pre, Here}(L, S, w, y, d, a + 1, q); */
  /*@ assert row2: sum_at{Pre, Here}(L, S, w, y, d, a + 2, q); */
  /*@ assert row3: sum_at{Pre, Here}(L, S, w, y, d, a + 3, q); */
  /*@ assert rows2: sums_at{Pre, Here}(L, S, w, y, d, a, a + 2, q); */
  /*@ assert rows3: sums_at{Pre, Here}(L, S, w, y, d, a, a + 3, q); */
  /*@ assert rows4: sums_at{Pre, Here}(L, S, w, y, d, a, a + 4, q); */
}

/* Rows a..a+3 take their terms from a on; the rows below them take terms a..a+3. */
/*@ requires size: a + 4 <= q <= d <= IST_DIM_MAX;
    requires valid: \valid_read(L + (0 .. d*d-1)) && \valid_read(S + (0 .. q-1)) &&
                    \valid_read(w + (0 .. q-1)) && \valid(y + (0 .. q-1));
    requires apart: \separated(y + (0 .. q-1), L + (0 .. d*d-1)) &&
                    \separated(y + (0 .. q-1), S + (0 .. q-1)) &&
                    \separated(y + (0 .. q-1), w + (0 .. q-1));
    requires block: indices(S, q, d);
    requires range: bounded(L, d*d, 0x1p160) && bounded(w, q, 0x1p261);
    requires symmetric: symmetric(L, d);
    requires sums: sums_at{Here, Here}(L, S, w, y, d, a, q, a);
    terminates \true;
    exits \false;
    assigns y[0 .. q-1];
    ensures earlier: same_range{Old, Post}(y, 0, a);
    ensures rows: sums_at{Old, Post}(L, S, w, y, d, a, a + 4, q);
    ensures rest: sums_at{Old, Post}(L, S, w, y, d, a + 4, q, a + 4);
*/
static void advance_panel(const double *L, const size_t *S, const double *w, size_t q, size_t d,
                          size_t a, double *y)
{
  const size_t end = a + 4;
  /*@ assert end: end == a + 4; */
  /*@ loop invariant a <= r <= end;
      loop invariant done: sums_at{Pre, Here}(L, S, w, y, d, a, r,
        end);
      loop invariant inner: sums_at{Pre, Here}(L, S, w, y, d, r, end,
        r);
      loop invariant rest: sums_at{Pre, Here}(L, S, w, y, d, end, q,
        a);
      loop invariant earlier: same_range{Pre, Here}(y, 0, a);
      loop assigns r, y[0 .. q-1];
      loop variant end - r; */
  for (size_t r = a; r < end; r++) {
    /*@ assert inputs: bounded(L, d*d, 0x1p160) && bounded(w, q, 0x1p261) && indices(S, q, d); */
    /*@ assert same: same{Pre, Here}(L, d * d) && same{Here, Pre}(L, d * d); */
    /*@ assert same_block: kept{Pre, Here}(L, S, w, q, d) &&
          kept{Here, Pre}(L, S, w, q, d); */
    /*@ assert symmetric: symmetry_kept{Pre, Here}(L, d) && symmetric(L, d); */
    /*@ assert inner: sums_moved{Here, Pre, Here}(L, S, w, y, q, d,
          r, end, r); */
    /*@ ghost Call: ; */
    advance_row(L, S, w, q, d, r, end, y);
    /*@ assert row: sums_moved{Pre, Call, Here}(L, S, w, y, q, d, r,
          r + 1, end); */
    /*@ assert next_inner: sums_moved{Pre, Call, Here}(L, S, w, y, q,
          d, r + 1, end, r + 1); */
    /*@ assert others: same_range{Call, Here}(y, a, r) && same_range{Call, Here}(y, end, q); */
    /*@ assert done_kept: sums_kept{Pre, Call, Here}(L, S, w, y, d,
          a, r, end); */
    /*@ assert rest_kept: sums_kept{Pre, Call, Here}(L, S, w, y, d,
          end, q, a); */
    /*@ assert row_done: sums_at{Pre, Here}(L, S, w, y, d, r, r + 1,
          end); */
    /*@ assert next: (size_t)(r + 1) == r + 1; */
  }
  /*@ assert inputs: bounded(L, d*d, 0x1p160) && bounded(w, q, 0x1p261) && indices(S, q, d); */
  /*@ assert same: same{Pre, Here}(L, d * d) && same{Here, Pre}(L, d * d); */
  /*@ assert same_block: kept{Pre, Here}(L, S, w, q, d) &&
        kept{Here, Pre}(L, S, w, q, d); */
  /*@ assert symmetric: symmetry_kept{Pre, Here}(L, d) && symmetric(L, d); */
  /*@ assert rows: sums_moved{Here, Pre, Here}(L, S, w, y, q, d, a,
        end, end); */
  /*@ assert below: sums_moved{Here, Pre, Here}(L, S, w, y, q, d,
        end, q, a); */
  /*@ ghost Four: ; */
  advance_four(L, S, w, q, d, a, y);
  /*@ assert rows_done: sums_moved{Pre, Four, Here}(L, S, w, y, q, d,
        a, end, q); */
  /*@ assert below_done: sums_moved{Pre, Four, Here}(L, S, w, y, q,
        d, end, q, end); */
}

void ist_block_product(const double *L, const size_t *S, const double *w, size_t q, size_t d,
                       double *y)
{
  /*@ loop invariant 0 <= a <= q;
      loop invariant start: sums_at{Pre, Here}(L, S, w, y, d, 0, a,
        0);
      loop assigns a, y[0 .. q-1];
      loop variant q - a; */
  for (size_t a = 0; a < q; a++) {
    y[a] = 0.0;
    /*@ assert zero: sum_at{Pre, Here}(L, S, w, y, d, a, 0); */
    /*@ assert next: (size_t)(a + 1) == a + 1; */
  }
  size_t a = 0;
  /*@ loop invariant 0 <= a <= q;
      loop invariant done: sums_at{Pre, Here}(L, S, w, y, d, 0, a, q);
      loop invariant rest: sums_at{Pre, Here}(L, S, w, y, d, a, q, a);
      loop assigns a, y[0 .. q-1];
      loop variant q - a; */
  for (; q - a >= 4; a += 4) {
    /*@ assert inputs: bounded(L, d*d, 0x1p160) && bounded(w, q, 0x1p261) && indices(S, q, d); */
    /*@ assert same: same{Pre, Here}(L, d * d) && same{Here, Pre}(L, d * d); */
    /*@ assert same_block: kept{Pre, Here}(L, S, w, q, d) &&
          kept{Here, Pre}(L, S, w, q, d); */
    /*@ assert symmetric: symmetry_kept{Pre, Here}(L, d) && symmetric(L, d); */
    /*@ assert rest: sums_moved{Here, Pre, Here}(L, S, w, y, q, d, a,
          q, a); */
    /*@ ghost Call: ; */
    advance_panel(L, S, w, q, d, a, y);
    /*@ assert rows: sums_moved{Pre, Call, Here}(L, S, w, y, q, d, a,
          a + 4, q); */
    /*@ assert next_rest: sums_moved{Pre, Call, Here}(L, S, w, y, q,
          d, a + 4, q, a + 4); */
    /*@ assert kept: sums_kept{Pre, Call, Here}(L, S, w, y, d, 0, a,
          q); */
    /*@ assert rows_done: sums_at{Pre, Here}(L, S, w, y, d, a, a + 4,
          q); */
    /*@ assert next: (size_t)(a + 4) == a + 4; */
  }
  /*@ loop invariant 0 <= a <= q;
      loop invariant done: sums_at{Pre, Here}(L, S, w, y, d, 0, a, q);
      loop invariant rest: sums_at{Pre, Here}(L, S, w, y, d, a, q, a);
      loop assigns a, y[0 .. q-1];
      loop variant q - a; */
  for (; a < q; a++) {
    /*@ assert inputs: bounded(L, d*d, 0x1p160) && bounded(w, q, 0x1p261) && indices(S, q, d); */
    /*@ assert same: same{Pre, Here}(L, d * d) && same{Here, Pre}(L, d * d); */
    /*@ assert same_block: kept{Pre, Here}(L, S, w, q, d) &&
          kept{Here, Pre}(L, S, w, q, d); */
    /*@ assert symmetric: symmetry_kept{Pre, Here}(L, d) && symmetric(L, d); */
    /*@ assert rest: sums_moved{Here, Pre, Here}(L, S, w, y, q, d, a,
          q, a); */
    /*@ ghost Row: ; */
    advance_row(L, S, w, q, d, a, q, y);
    /*@ assert row: sums_moved{Pre, Row, Here}(L, S, w, y, q, d, a,
          a + 1, q); */
    /*@ assert next_rest: sums_moved{Pre, Row, Here}(L, S, w, y, q,
          d, a + 1, q, a + 1); */
    /*@ assert kept: sums_kept{Pre, Row, Here}(L, S, w, y, d, 0, a,
          q); */
    /*@ assert row_done: sums_at{Pre, Here}(L, S, w, y, d, a, a + 1,
          q); */
    /*@ assert next: (size_t)(a + 1) == a + 1; */
  }
  /*@ assert error: block_product_error_of{Pre, Here}(L, S, w, y, q,
        d); */
}
