#include "block_product.h"

/* t + l v, where t is a sum of some number k of such products. */
/*@ requires range: in_range(t, 0x1p443) && in_range(l, 0x1p160) && in_range(v, 0x1p261);
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures finite: \is_finite(\result);
    ensures model: \result == fl_add(t, fl_mul(l, v));
    ensures bound: \forall integer k; sum_grows(t, \result, k);
*/
static double add_product(double t, double l, double v)
{
  /*@ assert bound: product_bound(l, v, 0x1p160, 0x1p261) && rounded_bound(l * v, 0x1p421); */
  const double p = l * v;
  /*@ assert rounded: p == fl_mul(l, v) && in_range(p, 0x1p422); */
  /*@ assert grows: \forall integer k; sum_bound(t, p, k, 0x1p422); */
  /*@ assert sum: rounded_bound(t + p, 0x1p444); */
  const double r = t + p;
  /*@ assert added: r == fl_add(t, p); */
  return r;
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
    requires sums: sums_at{Here, Here}((double *)L, (size_t *)S, (double *)w, y, d, a, end, a);
    terminates \true;
    exits \false;
    assigns y[0 .. q-1];
    ensures earlier: same_range{Old, Post}(y, 0, a);
    ensures later: same_range{Old, Post}(y, end, q);
    ensures row: sums_at{Old, Post}((double *)L, (size_t *)S, (double *)w, y, d, a, a + 1, end);
    ensures rest: sums_at{Old, Post}((double *)L, (size_t *)S, (double *)w, y, d, a + 1, end,
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
  /*@ assert factors: in_range(v, 0x1p261) && in_range(L[entry(i, 0, d) + i], 0x1p160); */
  /*@ assert start: sum_at{Pre, Pre}((double *)L, (size_t *)S, (double *)w, y, d, a, a); */
  /*@ assert small: in_range(y[a], 0x1p443); */
  double t = add_product(y[a], row[i], v);
  /*@ assert grown: sum_grows((real)y[a], t, a); */
  /*@ assert first: fl_block_dot_next{Pre}((double *)row, (size_t *)S, (double *)w, a); */
  /*@ assert term: row[i] == \at(\at(row, Here)[\at(S[\at(a, Here)], Pre)], Pre) &&
        v == \at(w[\at(a, Here)], Pre); */
  /*@ assert second: (size_t)(a + 1) == a + 1; */
  /*@ loop invariant a + 1 <= k <= end;
      loop invariant sum: \is_finite(t) && within_sum(t, k) &&
        t == fl_block_dot{Pre}((double *)row, (size_t *)S, (double *)w, k);
      loop invariant columns: sums_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d,
                                                 a + 1, k, a + 1);
      loop invariant ahead: sums_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d,
                                               k, end, a);
      loop invariant earlier: same_range{Pre, Here}(y, 0, a);
      loop invariant later: same_range{Pre, Here}(y, end, q);
      loop assigns k, t, y[0 .. q-1];
      loop variant end - k; */
  for (size_t k = a + 1; k < end; k++) {
    const size_t j = S[k];
    /*@ assert index: 0 <= j < d && j == \at(S[\at(k, Here)], Pre); */
    /*@ assert inside: row_inside(j, d); */
    const double l = row[j];
    /*@ assert entry: l == \at(L[entry(\at(i, Here), 0, d) + \at(j, Here)], Pre) &&
          in_range(l, 0x1p160); */
    /*@ assert reflect: mirrored{Pre}((double *)L, d, i, j); */
    /*@ assert mirrored: l == \at(L[entry(\at(j, Here), 0, d) + \at(i, Here)], Pre); */
    const double u = w[k];
    /*@ assert factor: u == \at(w[\at(k, Here)], Pre) && in_range(u, 0x1p261); */
    /*@ assert small: in_range(t, 0x1p443); */
    /*@ ghost Row: ; */
    t = add_product(t, l, u);
    /*@ assert row_grown: sum_grows(\at(t, Row), t, k); */
    /*@ assert row_extended: extends{Pre}((double *)L, entry(i, 0, d), (size_t *)S, (double *)w, k,
          \at(t, Row),
          l, u, t); */
    /*@ assert row_sum: t == fl_block_dot{Pre}((double *)row, (size_t *)S, (double *)w, k + 1) &&
          within_sum(t, k + 1); */
    /*@ assert column: sum_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d, k, a); */
    /*@ assert column_small: in_range(y[k], 0x1p443); */
    /*@ assert column_next: fl_block_dot_next{Pre}((double *)L + entry(j, 0, d), (size_t *)S,
          (double *)w, a); */
    /*@ ghost Column: ; */
    y[k] = add_product(y[k], l, v);
    /*@ assert column_grown: sum_grows(\at(y[\at(k, Here)], Column), (real)y[k], a); */
    /*@ assert column_sum: sum_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d, k,
          a + 1); */
    /*@ assert others: same_range{Column, Here}(y, a + 1, k) &&
          same_range{Column, Here}(y, k + 1, end); */
    /*@ assert outside: same_range{Column, Here}(y, 0, a) && same_range{Column, Here}(y, end, q); */
    /*@ assert columns_kept: sums_kept{Pre, Column, Here}((double *)L, (size_t *)S, (double *)w, y,
          d, a + 1, k, a + 1); */
    /*@ assert ahead_kept: sums_kept{Pre, Column, Here}((double *)L, (size_t *)S, (double *)w, y,
          d, k + 1, end, a); */
    /*@ assert next: (size_t)(k + 1) == k + 1; */
  }
  /*@ ghost Last: ; */
  y[a] = t;
  /*@ assert others: same_range{Last, Here}(y, a + 1, end); */
  /*@ assert kept: sums_kept{Pre, Last, Here}((double *)L, (size_t *)S, (double *)w, y, d,
        a + 1, end, a + 1); */
  /*@ assert outside: same_range{Last, Here}(y, 0, a) && same_range{Last, Here}(y, end, q); */
  /*@ assert row: sum_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d, a, end); */
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
    requires rows: sums_at{Here, Here}((double *)L, (size_t *)S, (double *)w, y, d, a, a + 4,
                                       a + 4);
    requires rest: sums_at{Here, Here}((double *)L, (size_t *)S, (double *)w, y, d, a + 4, q, a);
    terminates \true;
    exits \false;
    assigns y[0 .. q-1];
    ensures earlier: same_range{Old, Post}(y, 0, a);
    ensures rows: sums_at{Old, Post}((double *)L, (size_t *)S, (double *)w, y, d, a, a + 4, q);
    ensures rest: sums_at{Old, Post}((double *)L, (size_t *)S, (double *)w, y, d, a + 4, q, a + 4);
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
  /*@ assert place0: row0 == L + entry(i0, 0, d); */
  const double *row1 = L + i1 * d;
  /*@ assert place1: row1 == L + entry(i1, 0, d); */
  const double *row2 = L + i2 * d;
  /*@ assert place2: row2 == L + entry(i2, 0, d); */
  const double *row3 = L + i3 * d;
  /*@ assert place3: row3 == L + entry(i3, 0, d); */
  const double v0 = w[a];
  /*@ assert factor0: in_range(v0, 0x1p261) && v0 == \at(w[\at(a, Here)], Pre); */
  const double v1 = w[a + 1];
  /*@ assert factor1: in_range(v1, 0x1p261) && v1 == \at(w[\at(a + 1, Here)], Pre); */
  const double v2 = w[a + 2];
  /*@ assert factor2: in_range(v2, 0x1p261) && v2 == \at(w[\at(a + 2, Here)], Pre); */
  const double v3 = w[a + 3];
  /*@ assert factor3: in_range(v3, 0x1p261) && v3 == \at(w[\at(a + 3, Here)], Pre); */
  /*@ assert start0: sum_at{Pre, Pre}((double *)L, (size_t *)S, (double *)w, y, d, a, a + 4); */
  double t0 = y[a];
  /*@ assert start1: sum_at{Pre, Pre}((double *)L, (size_t *)S, (double *)w, y, d, a + 1, a + 4); */
  double t1 = y[a + 1];
  /*@ assert start2: sum_at{Pre, Pre}((double *)L, (size_t *)S, (double *)w, y, d, a + 2, a + 4); */
  double t2 = y[a + 2];
  /*@ assert start3: sum_at{Pre, Pre}((double *)L, (size_t *)S, (double *)w, y, d, a + 3, a + 4); */
  double t3 = y[a + 3];
  /*@ loop invariant a + 4 <= k <= q;
      loop invariant sum0: \is_finite(t0) && within_sum(t0, k) &&
        t0 == fl_block_dot{Pre}((double *)row0, (size_t *)S, (double *)w, k);
      loop invariant sum1: \is_finite(t1) && within_sum(t1, k) &&
        t1 == fl_block_dot{Pre}((double *)row1, (size_t *)S, (double *)w, k);
      loop invariant sum2: \is_finite(t2) && within_sum(t2, k) &&
        t2 == fl_block_dot{Pre}((double *)row2, (size_t *)S, (double *)w, k);
      loop invariant sum3: \is_finite(t3) && within_sum(t3, k) &&
        t3 == fl_block_dot{Pre}((double *)row3, (size_t *)S, (double *)w, k);
      loop invariant columns: sums_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d,
                                                 a + 4, k, a + 4);
      loop invariant ahead: sums_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d,
                                               k, q, a);
      loop invariant earlier: same_range{Pre, Here}(y, 0, a);
      loop assigns k, t0, t1, t2, t3, y[0 .. q-1];
      loop variant q - k; */
  for (size_t k = a + 4; k < q; k++) {
    const size_t j = S[k];
    /*@ assert index: 0 <= j < d && j == \at(S[\at(k, Here)], Pre); */
    /*@ assert inside: row_inside(j, d); */
    const double u = w[k];
    /*@ assert factor: u == \at(w[\at(k, Here)], Pre) && in_range(u, 0x1p261); */
    /*@ assert inputs: bounded(L, d*d, 0x1p160) && bounded(w, q, 0x1p261); */
    double c = y[k];
    /*@ assert column: sum_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d, k, a); */
    /*@ ghost Start: ; */
    const double l0 = row0[j];
    /*@ assert at0: 0 <= entry(i0, 0, d) + j < d * d; */
    /*@ assert entry0: l0 == \at(L[entry(\at(i0, Here), 0, d) + \at(j, Here)], Pre) &&
          in_range(l0, 0x1p160); */
    /*@ assert reflect0: mirrored{Pre}((double *)L, d, i0, j); */
    /*@ assert mirrored0: l0 == \at(L[entry(\at(j, Here), 0, d) + \at(i0, Here)], Pre); */
    const double l1 = row1[j];
    /*@ assert at1: 0 <= entry(i1, 0, d) + j < d * d; */
    /*@ assert entry1: l1 == \at(L[entry(\at(i1, Here), 0, d) + \at(j, Here)], Pre) &&
          in_range(l1, 0x1p160); */
    /*@ assert reflect1: mirrored{Pre}((double *)L, d, i1, j); */
    /*@ assert mirrored1: l1 == \at(L[entry(\at(j, Here), 0, d) + \at(i1, Here)], Pre); */
    const double l2 = row2[j];
    /*@ assert at2: 0 <= entry(i2, 0, d) + j < d * d; */
    /*@ assert entry2: l2 == \at(L[entry(\at(i2, Here), 0, d) + \at(j, Here)], Pre) &&
          in_range(l2, 0x1p160); */
    /*@ assert reflect2: mirrored{Pre}((double *)L, d, i2, j); */
    /*@ assert mirrored2: l2 == \at(L[entry(\at(j, Here), 0, d) + \at(i2, Here)], Pre); */
    const double l3 = row3[j];
    /*@ assert at3: 0 <= entry(i3, 0, d) + j < d * d; */
    /*@ assert entry3: l3 == \at(L[entry(\at(i3, Here), 0, d) + \at(j, Here)], Pre) &&
          in_range(l3, 0x1p160); */
    /*@ assert reflect3: mirrored{Pre}((double *)L, d, i3, j); */
    /*@ assert mirrored3: l3 == \at(L[entry(\at(j, Here), 0, d) + \at(i3, Here)], Pre); */
    /*@ assert small0: in_range(t0, 0x1p443); */
    t0 = add_product(t0, l0, u);
    /*@ assert grown0: sum_grows(\at(t0, Start), t0, k); */
    /*@ assert extended0: extends{Pre}((double *)L, entry(i0, 0, d), (size_t *)S, (double *)w, k,
          \at(t0, Start), l0, u, t0); */
    /*@ assert sum0: t0 == fl_block_dot{Pre}((double *)row0, (size_t *)S, (double *)w, k + 1) &&
          within_sum(t0, k + 1); */
    /*@ assert small1: in_range(t1, 0x1p443); */
    t1 = add_product(t1, l1, u);
    /*@ assert grown1: sum_grows(\at(t1, Start), t1, k); */
    /*@ assert extended1: extends{Pre}((double *)L, entry(i1, 0, d), (size_t *)S, (double *)w, k,
          \at(t1, Start), l1, u, t1); */
    /*@ assert sum1: t1 == fl_block_dot{Pre}((double *)row1, (size_t *)S, (double *)w, k + 1) &&
          within_sum(t1, k + 1); */
    /*@ assert small2: in_range(t2, 0x1p443); */
    t2 = add_product(t2, l2, u);
    /*@ assert grown2: sum_grows(\at(t2, Start), t2, k); */
    /*@ assert extended2: extends{Pre}((double *)L, entry(i2, 0, d), (size_t *)S, (double *)w, k,
          \at(t2, Start), l2, u, t2); */
    /*@ assert sum2: t2 == fl_block_dot{Pre}((double *)row2, (size_t *)S, (double *)w, k + 1) &&
          within_sum(t2, k + 1); */
    /*@ assert small3: in_range(t3, 0x1p443); */
    t3 = add_product(t3, l3, u);
    /*@ assert grown3: sum_grows(\at(t3, Start), t3, k); */
    /*@ assert extended3: extends{Pre}((double *)L, entry(i3, 0, d), (size_t *)S, (double *)w, k,
          \at(t3, Start), l3, u, t3); */
    /*@ assert sum3: t3 == fl_block_dot{Pre}((double *)row3, (size_t *)S, (double *)w, k + 1) &&
          within_sum(t3, k + 1); */
    /*@ assert column0: \is_finite(c) && within_sum(c, a) &&
          c == fl_block_dot{Pre}((double *)L + entry(j, 0, d), (size_t *)S, (double *)w, a); */
    /*@ assert column_small0: in_range(c, 0x1p443); */
    /*@ ghost C0: ; */
    c = add_product(c, l0, v0);
    /*@ assert column_extended0: extends{Pre}((double *)L, entry(j, 0, d), (size_t *)S,
          (double *)w, a, \at(c, C0), l0, v0, c); */
    /*@ assert column_grown0: sum_grows(\at(c, C0), c, a); */
    /*@ assert column1: \is_finite(c) && within_sum(c, a + 1) &&
          c == fl_block_dot{Pre}((double *)L + entry(j, 0, d), (size_t *)S, (double *)w, a + 1); */
    /*@ assert column_small1: in_range(c, 0x1p443); */
    /*@ ghost C1: ; */
    c = add_product(c, l1, v1);
    /*@ assert column_extended1: extends{Pre}((double *)L, entry(j, 0, d), (size_t *)S,
          (double *)w, a + 1, \at(c, C1), l1, v1, c); */
    /*@ assert column_grown1: sum_grows(\at(c, C1), c, a + 1); */
    /*@ assert column2: \is_finite(c) && within_sum(c, a + 2) &&
          c == fl_block_dot{Pre}((double *)L + entry(j, 0, d), (size_t *)S, (double *)w, a + 2); */
    /*@ assert column_small2: in_range(c, 0x1p443); */
    /*@ ghost C2: ; */
    c = add_product(c, l2, v2);
    /*@ assert column_extended2: extends{Pre}((double *)L, entry(j, 0, d), (size_t *)S,
          (double *)w, a + 2, \at(c, C2), l2, v2, c); */
    /*@ assert column_grown2: sum_grows(\at(c, C2), c, a + 2); */
    /*@ assert column3: \is_finite(c) && within_sum(c, a + 3) &&
          c == fl_block_dot{Pre}((double *)L + entry(j, 0, d), (size_t *)S, (double *)w, a + 3); */
    /*@ assert column_small3: in_range(c, 0x1p443); */
    /*@ ghost C3: ; */
    c = add_product(c, l3, v3);
    /*@ assert column_extended3: extends{Pre}((double *)L, entry(j, 0, d), (size_t *)S,
          (double *)w, a + 3, \at(c, C3), l3, v3, c); */
    /*@ assert column_grown3: sum_grows(\at(c, C3), c, a + 3); */
    /*@ assert column4: \is_finite(c) && within_sum(c, a + 4) &&
          c == fl_block_dot{Pre}((double *)L + entry(j, 0, d), (size_t *)S, (double *)w, a + 4); */
    /*@ ghost Column: ; */
    y[k] = c;
    /*@ assert column_sum: sum_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d, k,
          a + 4); */
    /*@ assert others: same_range{Column, Here}(y, a + 4, k) &&
          same_range{Column, Here}(y, k + 1, q); */
    /*@ assert outside: same_range{Column, Here}(y, 0, a); */
    /*@ assert columns_kept: sums_kept{Pre, Column, Here}((double *)L, (size_t *)S, (double *)w, y,
          d, a + 4, k, a + 4); */
    /*@ assert ahead_kept: sums_kept{Pre, Column, Here}((double *)L, (size_t *)S, (double *)w, y,
          d, k + 1, q, a); */
    /*@ assert next: (size_t)(k + 1) == k + 1; */
  }
  /*@ ghost Last: ; */
  y[a] = t0;
  y[a + 1] = t1;
  y[a + 2] = t2;
  y[a + 3] = t3;
  /*@ assert outside: same_range{Last, Here}(y, 0, a) && same_range{Last, Here}(y, a + 4, q); */
  /*@ assert kept: sums_kept{Pre, Last, Here}((double *)L, (size_t *)S, (double *)w, y, d,
        a + 4, q, a + 4); */
  /*@ assert row0: sum_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d, a, q); */
  /*@ assert row1: sum_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d, a + 1, q); */
  /*@ assert row2: sum_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d, a + 2, q); */
  /*@ assert row3: sum_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d, a + 3, q); */
  /*@ assert rows2: sums_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d, a, a + 2, q); */
  /*@ assert rows3: sums_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d, a, a + 3, q); */
  /*@ assert rows4: sums_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d, a, a + 4, q); */
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
    requires sums: sums_at{Here, Here}((double *)L, (size_t *)S, (double *)w, y, d, a, q, a);
    terminates \true;
    exits \false;
    assigns y[0 .. q-1];
    ensures earlier: same_range{Old, Post}(y, 0, a);
    ensures rows: sums_at{Old, Post}((double *)L, (size_t *)S, (double *)w, y, d, a, a + 4, q);
    ensures rest: sums_at{Old, Post}((double *)L, (size_t *)S, (double *)w, y, d, a + 4, q, a + 4);
*/
static void advance_panel(const double *L, const size_t *S, const double *w, size_t q, size_t d,
                          size_t a, double *y)
{
  const size_t end = a + 4;
  /*@ assert end: end == a + 4; */
  /*@ loop invariant a <= r <= end;
      loop invariant done: sums_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d, a, r,
        end);
      loop invariant inner: sums_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d, r, end,
        r);
      loop invariant rest: sums_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d, end, q,
        a);
      loop invariant earlier: same_range{Pre, Here}(y, 0, a);
      loop assigns r, y[0 .. q-1];
      loop variant end - r; */
  for (size_t r = a; r < end; r++) {
    /*@ assert inputs: bounded(L, d*d, 0x1p160) && bounded(w, q, 0x1p261) && indices(S, q, d); */
    /*@ assert same: same{Pre, Here}((double *)L, d * d) && same{Here, Pre}((double *)L, d * d); */
    /*@ assert same_block: same_block{Pre, Here}((double *)L, (size_t *)S, (double *)w, q, d) &&
          same_block{Here, Pre}((double *)L, (size_t *)S, (double *)w, q, d); */
    /*@ assert symmetric: symmetry_kept{Pre, Here}((double *)L, d) && symmetric(L, d); */
    /*@ assert inner: sums_moved{Here, Pre, Here}((double *)L, (size_t *)S, (double *)w, y, q, d,
          r, end, r); */
    /*@ ghost Call: ; */
    advance_row(L, S, w, q, d, r, end, y);
    /*@ assert row: sums_moved{Pre, Call, Here}((double *)L, (size_t *)S, (double *)w, y, q, d, r,
          r + 1, end); */
    /*@ assert next_inner: sums_moved{Pre, Call, Here}((double *)L, (size_t *)S, (double *)w, y, q,
          d, r + 1, end, r + 1); */
    /*@ assert others: same_range{Call, Here}(y, a, r) && same_range{Call, Here}(y, end, q); */
    /*@ assert done_kept: sums_kept{Pre, Call, Here}((double *)L, (size_t *)S, (double *)w, y, d,
          a, r, end); */
    /*@ assert rest_kept: sums_kept{Pre, Call, Here}((double *)L, (size_t *)S, (double *)w, y, d,
          end, q, a); */
    /*@ assert row_done: sums_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d, r, r + 1,
          end); */
    /*@ assert next: (size_t)(r + 1) == r + 1; */
  }
  /*@ assert inputs: bounded(L, d*d, 0x1p160) && bounded(w, q, 0x1p261) && indices(S, q, d); */
  /*@ assert same: same{Pre, Here}((double *)L, d * d) && same{Here, Pre}((double *)L, d * d); */
  /*@ assert same_block: same_block{Pre, Here}((double *)L, (size_t *)S, (double *)w, q, d) &&
        same_block{Here, Pre}((double *)L, (size_t *)S, (double *)w, q, d); */
  /*@ assert symmetric: symmetry_kept{Pre, Here}((double *)L, d) && symmetric(L, d); */
  /*@ assert rows: sums_moved{Here, Pre, Here}((double *)L, (size_t *)S, (double *)w, y, q, d, a,
        end, end); */
  /*@ assert below: sums_moved{Here, Pre, Here}((double *)L, (size_t *)S, (double *)w, y, q, d,
        end, q, a); */
  /*@ ghost Four: ; */
  advance_four(L, S, w, q, d, a, y);
  /*@ assert rows_done: sums_moved{Pre, Four, Here}((double *)L, (size_t *)S, (double *)w, y, q, d,
        a, end, q); */
  /*@ assert below_done: sums_moved{Pre, Four, Here}((double *)L, (size_t *)S, (double *)w, y, q,
        d, end, q, end); */
}

void ist_block_product(const double *L, const size_t *S, const double *w, size_t q, size_t d,
                       double *y)
{
  /*@ loop invariant 0 <= a <= q;
      loop invariant start: sums_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d, 0, a,
        0);
      loop assigns a, y[0 .. q-1];
      loop variant q - a; */
  for (size_t a = 0; a < q; a++) {
    y[a] = 0.0;
    /*@ assert zero: sum_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d, a, 0); */
    /*@ assert next: (size_t)(a + 1) == a + 1; */
  }
  size_t a = 0;
  /*@ loop invariant 0 <= a <= q;
      loop invariant done: sums_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d, 0, a, q);
      loop invariant rest: sums_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d, a, q, a);
      loop assigns a, y[0 .. q-1];
      loop variant q - a; */
  for (; q - a >= 4; a += 4) {
    /*@ assert inputs: bounded(L, d*d, 0x1p160) && bounded(w, q, 0x1p261) && indices(S, q, d); */
    /*@ assert same: same{Pre, Here}((double *)L, d * d) && same{Here, Pre}((double *)L, d * d); */
    /*@ assert same_block: same_block{Pre, Here}((double *)L, (size_t *)S, (double *)w, q, d) &&
          same_block{Here, Pre}((double *)L, (size_t *)S, (double *)w, q, d); */
    /*@ assert symmetric: symmetry_kept{Pre, Here}((double *)L, d) && symmetric(L, d); */
    /*@ assert rest: sums_moved{Here, Pre, Here}((double *)L, (size_t *)S, (double *)w, y, q, d, a,
          q, a); */
    /*@ ghost Call: ; */
    advance_panel(L, S, w, q, d, a, y);
    /*@ assert rows: sums_moved{Pre, Call, Here}((double *)L, (size_t *)S, (double *)w, y, q, d, a,
          a + 4, q); */
    /*@ assert next_rest: sums_moved{Pre, Call, Here}((double *)L, (size_t *)S, (double *)w, y, q,
          d, a + 4, q, a + 4); */
    /*@ assert kept: sums_kept{Pre, Call, Here}((double *)L, (size_t *)S, (double *)w, y, d, 0, a,
          q); */
    /*@ assert rows_done: sums_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d, a, a + 4,
          q); */
    /*@ assert next: (size_t)(a + 4) == a + 4; */
  }
  /*@ loop invariant 0 <= a <= q;
      loop invariant done: sums_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d, 0, a, q);
      loop invariant rest: sums_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d, a, q, a);
      loop assigns a, y[0 .. q-1];
      loop variant q - a; */
  for (; a < q; a++) {
    /*@ assert inputs: bounded(L, d*d, 0x1p160) && bounded(w, q, 0x1p261) && indices(S, q, d); */
    /*@ assert same: same{Pre, Here}((double *)L, d * d) && same{Here, Pre}((double *)L, d * d); */
    /*@ assert same_block: same_block{Pre, Here}((double *)L, (size_t *)S, (double *)w, q, d) &&
          same_block{Here, Pre}((double *)L, (size_t *)S, (double *)w, q, d); */
    /*@ assert symmetric: symmetry_kept{Pre, Here}((double *)L, d) && symmetric(L, d); */
    /*@ assert rest: sums_moved{Here, Pre, Here}((double *)L, (size_t *)S, (double *)w, y, q, d, a,
          q, a); */
    /*@ ghost Row: ; */
    advance_row(L, S, w, q, d, a, q, y);
    /*@ assert row: sums_moved{Pre, Row, Here}((double *)L, (size_t *)S, (double *)w, y, q, d, a,
          a + 1, q); */
    /*@ assert next_rest: sums_moved{Pre, Row, Here}((double *)L, (size_t *)S, (double *)w, y, q,
          d, a + 1, q, a + 1); */
    /*@ assert kept: sums_kept{Pre, Row, Here}((double *)L, (size_t *)S, (double *)w, y, d, 0, a,
          q); */
    /*@ assert row_done: sums_at{Pre, Here}((double *)L, (size_t *)S, (double *)w, y, d, a, a + 1,
          q); */
    /*@ assert next: (size_t)(a + 1) == a + 1; */
  }
}
