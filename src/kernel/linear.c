#include "linear.h"

#ifdef __FRAMAC__
#include "../../spec/linear_error.h"
#endif

double ist_dot(const double *a, const double *x, size_t d)
{
  double s = 0.0;
  /*@ loop invariant 0 <= j <= d;
      loop invariant model: \is_finite(s) && s == fl_dot{Pre}(a, x, j);
      loop invariant magnitude: \abs(s) <= j * (2 * 0x1p561);
      loop invariant small: bounded{Pre}(x, d, 0x1p160) ==> \abs(s) <= j * (2 * 0x1p321);
      loop assigns j, s;
      loop variant d - j; */
  for (size_t j = 0; j < d; j++) {
    /*@ assert factors: in_range(a[j], 0x1p160) && in_range(x[j], 0x1p400); */
    /*@ assert product: product_bound(a[j], x[j], 0x1p160, 0x1p400); */
    /*@ assert small_product: product_bound(a[j], x[j], 0x1p160, 0x1p160); */
    const double t = a[j] * x[j];
    /*@ assert rounded: t == fl_mul(a[j], x[j]); */
    /*@ assert bound: rounded_bound(a[j] * x[j], 0x1p560) && rounded_bound(a[j] * x[j], 0x1p320); */
    /*@ assert sum: sum_bound(s, t, j, 0x1p561) && sum_bound(s, t, j, 0x1p321); */
    /*@ ghost Add: ; */
    s = s + t;
    /*@ assert added: s == fl_add(\at(s, Add), t); */
    /*@ assert step: fl_dot_next{Pre}(a, x, j); */
    /*@ assert next: (size_t)(j + 1) == j + 1; */
  }
  /*@ assert size: abs_dot_bound(a, x, d, 0x1p160, 0x1p400); */
  /*@ assert fits: abs_dot(a, x, d) <= 0x1p900; */
  /*@ assert near: dot_near(a, x, d); */
  return s;
}

void ist_matvec(const double *A, const double *x, size_t d, double *y)
{
  /*@ loop invariant 0 <= j <= d;
      loop invariant range: bounded(y, j, 0x1p342);
      loop invariant model: \forall integer k; 0 <= k < j ==>
        y[k] == fl_dot{Pre}(A + entry(k, 0, d), x, d);
      loop assigns j, y[0 .. d-1];
      loop variant d - j; */
  for (size_t j = 0; j < d; j++) {
    /*@ assert row: inside(j, 0, d, d) && inside(j, d - 1, d, d); */
    const double *row = A + j * d;
    /*@ assert place: row == A + entry(j, 0, d); */
    /*@ assert kept_x: \forall integer k; 0 <= k < d ==> x[k] == \at(x[k], Pre); */
    /*@ assert same_row: same{Pre, Here}(row, d) && same{Pre, Here}(x, d); */
    /*@ assert bounded(A, d*d, 0x1p160) && bounded(x, d, 0x1p160); */
    /*@ assert bounded_part(A, entry(j, 0, d), d, d*d, 0x1p160); */
    /*@ assert bounded_weaken(x, d, 0x1p160, 0x1p400); */
    /*@ assert range: bounded(row, d, 0x1p160) && bounded(x, d, 0x1p400); */
    /*@ assert frame: fl_dot_frame{Pre, Here}(row, x, d); */
    /*@ ghost Dot: ; */
    y[j] = ist_dot(row, x, d);
    /*@ assert kept: \forall integer k; 0 <= k < j ==> y[k] == \at(y[k], Dot); */
    /*@ assert set: y[j] == fl_dot{Pre}(row, x, d); */
    /*@ assert sized: in_range(y[j], 0x1p342); */
    /*@ assert earlier: \forall integer k; 0 <= k < j ==> in_range(y[k], 0x1p342); */
    /*@ assert next: (size_t)(j + 1) == j + 1; */
  }
  /*@ assert rows: \forall integer j; 0 <= j < d ==>
        0 <= entry(j, 0, d) && entry(j, 0, d) + d <= d * d; */
  /*@ assert parts: \forall integer j; 0 <= j < d ==>
        bounded_part{Pre}(A, entry(j, 0, d), d, d * d, 0x1p160) &&
        part(A, entry(j, 0, d)) == A + entry(j, 0, d); */
  /*@ assert bounded_rows: \forall integer j; 0 <= j < d ==>
        bounded{Pre}(A + entry(j, 0, d), d, 0x1p160); */
  /*@ assert sizes: \forall integer j; 0 <= j < d ==>
        abs_dot_bound{Pre}(A + entry(j, 0, d), x, d, 0x1p160, 0x1p160); */
  /*@ assert fit: \forall integer j; 0 <= j < d ==>
        abs_dot{Pre}(A + entry(j, 0, d), x, d) <= 0x1p900; */
  /*@ assert near: \forall integer j; 0 <= j < d ==>
        dot_near{Pre}(A + entry(j, 0, d), x, d); */
}
