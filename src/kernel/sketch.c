#include "sketch.h"

#include "arithmetic.h"

#ifdef __FRAMAC__
#include "../../spec/sketch_error.h"
#endif

/*@ requires valid: \valid(s + (0 .. d-1));
    requires range: in_range(value, 0x1p100);
    terminates \true;
    exits \false;
    assigns s[0 .. d-1];
    ensures range: bounded(s, d, 0x1p100);
    ensures exact: \forall integer j; 0 <= j < d ==> s[j] == value;
*/
static void fill(double *s, size_t d, double value)
{
  /*@ loop invariant 0 <= j <= d;
      loop invariant range: bounded(s, j, 0x1p100);
      loop invariant exact: \forall integer k; 0 <= k < j ==> s[k] == value;
      loop assigns j, s[0 .. d-1];
      loop variant d - j; */
  for (size_t j = 0; j < d; j++) {
    s[j] = value;
    /*@ assert next: (size_t)(j + 1) == j + 1; */
  }
}

void ist_scale_identity(double *s, size_t d)
{
  const double one = 1.0;
  /*@ assert exact: exact_at(1) && one == 1.0; */
  fill(s, d, one);
}

void ist_scale_perm(double *s, size_t d, size_t n)
{
  const double scale = (double)n;
  /*@ assert exact: exact_at(n) && scale == (real)n; */
  fill(s, d, scale);
}

void ist_scale_rand(double *s, size_t d, size_t q)
{
  const double top = (double)d;
  const double bottom = (double)q;
  /*@ assert exact: exact_at(d) && top == (real)d && exact_at(q) && bottom == (real)q; */
  /*@ assert quotient: quotient_bound(top, bottom, 0x100000) &&
        rounded_bound(top / bottom, 0x100000); */
  const double scale = ist_divide(top, bottom);
  /*@ assert error: roundable(top / bottom) && rounded(scale, top / bottom); */
  /*@ assert least: ratio_least(top, bottom); */
  /*@ assert whole: 1 <= top / bottom; */
  /*@ assert near: ratio_close(scale, top / bottom); */
  /*@ assert close: scale_close((real)scale, top / bottom); */
  fill(s, d, scale);
}

void ist_scale_diagonal(double *s, size_t d, size_t n, const double *L)
{
  const double workers = (double)n;
  /*@ assert exact: exact_at(n) && workers == (real)n; */
  /*@ loop invariant 0 <= j <= d;
      loop invariant range: bounded(s, j, 0x1p100);
      loop invariant model: \forall integer k; 0 <= k < j ==>
        s[k] == fl_sqrt(fl_div((real)n, \at(L[entry(k, k, d)], Pre)));
      loop assigns j, s[0 .. d-1];
      loop variant d - j; */
  for (size_t j = 0; j < d; j++) {
    /*@ assert index: inside(j, j, d, d); */
    const size_t e = j * d + j;
    /*@ assert place: e == entry(j, j, d) && e < d * d; */
    const double l = L[e];
    /*@ assert same: l == \at(L[\at(e, Here)], Pre) && within(l, 0x1p-160, 0x1p160); */
    /*@ assert quotient: ratio_bound(workers, l, 0x100000, 0x1p-160, 0x1p180) &&
          rounded_bound(workers / l, 0x1p180) && rounded_positive(workers / l); */
    /*@ assert size: 0 < workers / l <= 0x1p180; */
    /*@ assert range: l == \at(L[\at(e, Here)], Pre) && 0x1p-160 <= l <= 0x1p160 && 1 <= workers; */
    /*@ assert below: quotient_below(workers, l, 0x1p160, 0x1p-160); */
    /*@ assert least: 0x1p-160 <= workers / l; */
    /*@ assert rounded: \abs(rnd(workers / l)) <= 0x1p181; */
    const double ratio = ist_divide(workers, l);
    /*@ assert value: ratio == rnd(workers / l); */
    /*@ assert magnitude: \abs(ratio) <= 0x1p181; */
    /*@ assert ratio: ratio == fl_div(workers, l) && 0 <= ratio; */
    /*@ assert root: sqrt_bound(ratio, 0x1p181, 0x1p91) &&
          rounded_bound(\sqrt(ratio), 0x1p91); */
    const double scale = sqrt(ratio);
    /*@ assert scale: scale == fl_sqrt(ratio) && in_range(scale, 0x1p92); */
    s[j] = scale;
    /*@ assert next: (size_t)(j + 1) == j + 1; */
  }
  /*@ assert diagonal: \forall integer j; 0 <= j < d ==>
        0x1p-160 <= \at(L[entry(j, j, d)], Pre) <= 0x1p160; */
  /*@ assert near: \forall integer j; 0 <= j < d ==>
        scale_entry_near((real)n, (real)\at(L[entry(j, j, d)], Pre)); */
  /*@ assert close: \forall integer j; 0 <= j < d ==>
        scale_entry_close((real)n, (real)\at(L[entry(j, j, d)], Pre)); */
}
