#include "homogeneous.h"

#include "arithmetic.h"

/* One coordinate at a time: the arithmetic apart from the arrays. */

/*@ requires range: in_range(x0, 0x1p161) && in_range(c, 0x1p161);
    requires step: \is_finite(gamma) && 0 < gamma <= 1 && memory(gamma, K) <= 0x1p47;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures range: in_range(\result, 0x1p162);
    ensures model: \result == fl_rounds(fl_sub(1.0, gamma), gamma, x0, c, K);
    ensures close: rounds_close(fl_sub(1.0, gamma), gamma, x0, c, K);
*/
static double iterate(double x0, double c, double gamma, size_t K)
{
  /*@ assert one: exact_at(1); */
  const double a = 1.0 - gamma;
  /*@ assert complement: a == fl_sub(1.0, gamma) && complement(gamma); */
  /*@ assert step: step(a, gamma); */
  double x = x0;
  /*@ loop invariant 0 <= k <= K;
      loop invariant finite: in_range(x, 0x1p162);
      loop invariant model: x == fl_rounds(a, gamma, x0, c, k);
      loop assigns k, x;
      loop variant K - k; */
  for (size_t k = 0; k < K; k++) {
    /*@ assert products: product_bound(a, x, 2.0, 0x1p162) &&
          product_bound(gamma, c, 1.0, 0x1p161); */
    const double kept = a * x;
    /*@ assert kept: kept == fl_mul(a, x) && rounded_bound(a * x, 0x1p163); */
    const double pulled = gamma * c;
    /*@ assert pulled: pulled == fl_mul(gamma, c) && rounded_bound(gamma * c, 0x1p161); */
    /*@ ghost Add: ; */
    x = kept + pulled;
    /*@ assert added: x == fl_add(kept, pulled); */
    /*@ assert round: x == fl_round(a, gamma, \at(x, Add), c); */
    /*@ assert next_model: fl_rounds_next(a, gamma, x0, c, k); */
    /*@ assert next: (size_t)(k + 1) == k + 1; */
    /*@ assert bound: memory_grows(gamma, k + 1, K) && rounds_bound(a, gamma, x0, c, k + 1); */
  }
  return x;
}

/*@ requires step: \is_finite(gamma) && 0 < gamma <= 1 && memory(gamma, K) <= 0x1p47;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures range: in_range(\result, 2.0);
    ensures model: \result == fl_power(fl_sub(1.0, gamma), K);
*/
static double power_of_complement(double gamma, size_t K)
{
  double p = 1.0;
  /*@ assert one: exact_at(1) && p == 1.0; */
  const double a = 1.0 - gamma;
  /*@ assert complement: a == fl_sub(1.0, gamma) && complement(gamma); */
  /*@ assert step: step(a, gamma); */
  /*@ loop invariant 0 <= k <= K;
      loop invariant finite: in_range(p, 2.0);
      loop invariant model: p == fl_power(a, k);
      loop assigns k, p;
      loop variant K - k; */
  for (size_t k = 0; k < K; k++) {
    /*@ assert product: product_bound(a, p, 2.0, 2.0); */
    /*@ ghost Multiply: ; */
    p = a * p;
    /*@ assert product_model: p == fl_mul(a, \at(p, Multiply)) && fl_power_next(a, k); */
    /*@ assert next: (size_t)(k + 1) == k + 1; */
    /*@ assert bound: memory_grows(gamma, k + 1, K) && power_bound(a, gamma, k + 1); */
  }
  return p;
}

/*@ requires range: in_range(p, 2.0) && in_range(x0, 0x1p161) && in_range(c, 0x1p161);
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures range: in_range(\result, 0x1p170);
    ensures model: \result == fl_blend(p, x0, c);
*/
static double blended(double p, double x0, double c)
{
  /*@ assert one: exact_at(1); */
  const double r = 1.0 - p;
  /*@ assert remainder: r == fl_sub(1.0, p) && rounded_bound(1.0 - p, 4.0); */
  /*@ assert products: product_bound(p, x0, 2.0, 0x1p161) && product_bound(r, c, 8.0, 0x1p161); */
  const double kept = p * x0;
  /*@ assert kept: kept == fl_mul(p, x0) && rounded_bound(p * x0, 0x1p162); */
  const double pulled = r * c;
  /*@ assert pulled: pulled == fl_mul(r, c) && rounded_bound(r * c, 0x1p164); */
  const double sum = kept + pulled;
  /*@ assert sum: sum == fl_add(kept, pulled) && rounded_bound(kept + pulled, 0x1p166); */
  return sum;
}

void ist_fixed_point(const double *b, size_t d, size_t n, double *c)
{
  const double workers = (double)n;
  /*@ assert workers: exact_at(n) && workers == (real)n; */
  const double root = sqrt(workers);
  /*@ assert near: root_range((real)n) && root_near(\sqrt((real)n)); */
  /*@ assert root: root == fl_sqrt((real)n) && 0.5 <= root; */
  /*@ loop invariant 0 <= j <= d;
      loop invariant range: bounded(c, j, 0x1p161);
      loop invariant model: \forall integer l; 0 <= l < j ==>
        c[l] == fl_div(\at(b[l], Pre), fl_sqrt((real)n));
      loop invariant error: \forall integer l; 0 <= l < j ==>
        quotient_close(c[l], \at(b[l], Pre), \sqrt((real)n));
      loop assigns j, c[0 .. d-1];
      loop variant d - j; */
  for (size_t j = 0; j < d; j++) {
    /*@ assert entry: bounded_entry{Pre}(b, j, d, IST_ENTRY_MAX); */
    const double top = b[j];
    /*@ assert top: in_range(top, 0x1p160) && top == \at(b[\at(j, Here)], Pre); */
    /*@ assert quotient: quotient_near(top, root, \sqrt((real)n)); */
    /*@ assert size: \abs(top / root) <= 0x1.1p160; */
    const double quotient = ist_divide(top, root);
    /*@ assert close: in_range(quotient, 0x1p161) &&
          quotient_close(quotient, top, \sqrt((real)n)); */
    c[j] = quotient;
    /*@ assert next: (size_t)(j + 1) == j + 1; */
  }
}

void ist_homogeneous_rounds(double *x, const double *c, size_t d, double gamma, size_t K)
{
  /*@ assert complement: complement(gamma); */
  /*@ loop invariant 0 <= j <= d;
      loop invariant range: bounded(x, j, 0x1p162);
      loop invariant model: \forall integer l; 0 <= l < j ==>
        x[l] == fl_rounds(fl_sub(1.0, gamma), gamma, \at(x[l], Pre), \at(c[l], Pre), K);
      loop invariant error: \forall integer l; 0 <= l < j ==>
        stays_near(x[l], gamma, \at(x[l], Pre), \at(c[l], Pre), K);
      loop invariant convergence: \forall integer l; 0 <= l < j ==>
        converged(x[l], gamma, \at(x[l], Pre), \at(c[l], Pre), K);
      loop invariant rest_range: \forall integer l; j <= l < d ==> in_range(x[l], 0x1p161);
      loop invariant rest: \forall integer l; j <= l < d ==> x[l] == \at(x[l], Pre);
      loop assigns j, x[0 .. d-1];
      loop variant d - j; */
  for (size_t j = 0; j < d; j++) {
    const double x0 = x[j];
    const double target = c[j];
    /*@ assert start: in_range(x0, 0x1p161) && x0 == \at(x[\at(j, Here)], Pre); */
    /*@ assert entry: bounded_entry{Pre}(c, j, d, 0x1p161); */
    /*@ assert target: in_range(target, 0x1p161) && target == \at(c[\at(j, Here)], Pre); */
    const double end = iterate(x0, target, gamma, K);
    /*@ assert error: stays_near(end, gamma, x0, target, K); */
    /*@ assert converging: rounds_converge(fl_sub(1.0, gamma), gamma, x0, target, K); */
    /*@ assert convergence: converged(end, gamma, x0, target, K); */
    x[j] = end;
    /*@ assert next: (size_t)(j + 1) == j + 1; */
  }
}

void ist_closed_form(const double *x0, const double *c, size_t d, double gamma, size_t K,
                     double *out)
{
  const double p = power_of_complement(gamma, K);
  /*@ assert complement: complement(gamma); */
  /*@ loop invariant 0 <= j <= d;
      loop invariant range: bounded(out, j, 0x1p170);
      loop invariant model: \forall integer l; 0 <= l < j ==>
        out[l] == fl_blend(p, \at(x0[l], Pre), \at(c[l], Pre));
      loop invariant error: \forall integer l; 0 <= l < j ==>
        closed_near(out[l], gamma, \at(x0[l], Pre), \at(c[l], Pre), K);
      loop assigns j, out[0 .. d-1];
      loop variant d - j; */
  for (size_t j = 0; j < d; j++) {
    /*@ assert entries: bounded_entry{Pre}(x0, j, d, 0x1p161) &&
          bounded_entry{Pre}(c, j, d, 0x1p161); */
    const double start = x0[j];
    const double target = c[j];
    /*@ assert start: in_range(start, 0x1p161) && start == \at(x0[\at(j, Here)], Pre); */
    /*@ assert target: in_range(target, 0x1p161) && target == \at(c[\at(j, Here)], Pre); */
    const double value = blended(p, start, target);
    /*@ assert close: blend_close(fl_sub(1.0, gamma), gamma, start, target, K); */
    /*@ assert error: closed_near(value, gamma, start, target, K); */
    out[j] = value;
    /*@ assert next: (size_t)(j + 1) == j + 1; */
  }
}
