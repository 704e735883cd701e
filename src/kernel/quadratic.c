#include "quadratic.h"

#include "arithmetic.h"

#ifdef __FRAMAC__
#include "../../spec/quadratic_error.h"
#endif

void ist_gradient(const double *L, const double *b, const double *x, size_t d, double *g)
{
  ist_matvec(L, x, d, g);
  /*@ assert same: same{Pre, Here}(b, d); */
  /*@ ghost Product: ; */
  /*@ loop invariant 0 <= j <= d;
      loop invariant range: bounded(g, j, 0x1p344);
      loop invariant rest: \forall integer k; j <= k < d ==> in_range(g[k], 0x1p342) &&
        g[k] == \at(g[k], Product);
      loop invariant model: \forall integer k; 0 <= k < j ==>
        g[k] == fl_sub(\at(g[k], Product), \at(b[k], Pre));
      loop assigns j, g[0 .. d-1];
      loop variant d - j; */
  for (size_t j = 0; j < d; j++) {
    /*@ assert terms: in_range(g[j], 0x1p342) && in_range(b[j], 0x1p160); */
    /*@ assert bound: rounded_bound(g[j] - b[j], 0x1p343); */
    /*@ assert same_b: b[j] == \at(b[\at(j, Here)], Pre); */
    const double product = g[j];
    g[j] = product - b[j];
    /*@ assert set: g[j] == fl_sub(product, \at(b[\at(j, Here)], Pre)); */
    /*@ assert sized: in_range(g[j], 0x1p344); */
    /*@ assert product == \at(g[\at(j, Here)], Product); */
    /*@ assert next: (size_t)(j + 1) == j + 1; */
  }
  /*@ assert rows: \forall integer j; 0 <= j < d ==>
        0 <= entry(j, 0, d) && entry(j, 0, d) + d <= d * d; */
  /*@ assert parts: \forall integer j; 0 <= j < d ==>
        bounded_part{Pre}(L, entry(j, 0, d), d, d * d, 0x1p160) &&
        part(L, entry(j, 0, d)) == L + entry(j, 0, d); */
  /*@ assert bounded_rows: \forall integer j; 0 <= j < d ==>
        bounded{Pre}(L + entry(j, 0, d), d, 0x1p160); */
  /*@ assert near: \forall integer j; 0 <= j < d ==>
        gradient_entry_near{Pre}(L + entry(j, 0, d), x,
          (real)\at(b[j], Pre), d); */
}

double ist_value(const double *L, const double *b, const double *x, size_t d, double *Lx)
{
  ist_matvec(L, x, d, Lx);
  /*@ assert kept: same{Pre, Here}(L, d * d) && same{Pre, Here}(x, d) &&
        same{Pre, Here}(b, d); */
  /*@ assert rows: \forall integer j; 0 <= j < d ==>
        0 <= entry(j, 0, d) && entry(j, 0, d) + d <= d * d; */
  /*@ assert kept_rows: \forall integer j; 0 <= j < d ==>
        same_part{Pre, Here}(L, entry(j, 0, d), d, d * d) &&
        part(L, entry(j, 0, d)) == L + entry(j, 0, d); */
  /*@ assert framed: \forall integer j; 0 <= j < d ==>
        dot_frame{Pre, Here}(L + entry(j, 0, d), x, d); */
  /*@ assert products: products_near(L, x, Lx, d, d); */
  /*@ assert form: form_near(L, x, Lx, d, d); */
  /*@ assert weaken: bounded_weaken(Lx, d, 0x1p342, 0x1p400) &&
        bounded_weaken(x, d, 0x1p160, 0x1p400); */
  /*@ assert range: bounded(x, d, 0x1p400) && bounded(Lx, d, 0x1p400); */
  /*@ assert small: bounded(b, d, 0x1p160) && bounded(x, d, 0x1p160); */
  const double xLx = ist_dot(x, Lx, d);
  const double bx = ist_dot(b, x, d);
  /*@ assert near: form_computed((real)d, (real)xLx, dot(x, Lx, d),
        abs_dot(x, Lx, d), form(L, x, d, d),
        abs_form(L, x, d, d), abs_sum(x, d)); */
  /*@ assert within: dot_within(b, x, d); */
  /*@ assert frame: fl_dot_frame{Pre, Here}(b, x, d); */
  /*@ assert sizes: \abs(xLx) <= 0x1p590 && \abs(bx) <= 0x1p590; */
  /*@ assert quotient: rounded_bound(xLx / 2.0, 0x1p590); */
  const double half = ist_divide(xLx, 2.0);
  /*@ assert halved: \abs(half) <= 0x1p591; */
  /*@ assert linear: bx == fl_dot{Pre}(b, x, d); */
  const double f = half - bx;
  /*@ assert value: f == fl_sub(half, bx); */
  /*@ assert error: value_near((real)xLx, form(L, x, d, d),
        abs_form(L, x, d, d),
        form_error((real)d, abs_form(L, x, d, d), abs_sum(x, d)),
        (real)bx, dot(b, x, d), abs_dot(b, x, d),
        sum_error((real)d, abs_dot(b, x, d))); */
  return f;
}
