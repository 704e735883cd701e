#include "homogeneous.h"

#include <math.h>

void ist_fixed_point(const double *b, size_t d, size_t n, double *c) {
  const double workers = (double)n;
  /*@ assert workers: exact_at(n) && workers == (real)n; */
  /*@ assert range: root_range((real)n) && rounded_bound(\sqrt((real)n), 0x1p10); */
  const double root = sqrt(workers);
  /*@ assert root: root == fl_sqrt((real)n) && root_near(\sqrt((real)n)) && 0.5 <= root; */
  /*@ loop invariant 0 <= j <= d;
      loop invariant range: bounded(c, j, 0x1p161);
      loop invariant model: \forall integer l; 0 <= l < j ==>
        c[l] == fl_div(\at(b[l], Pre), root);
      loop invariant error: \forall integer l; 0 <= l < j ==>
        quotient_close(c[l], \at(b[l], Pre), \sqrt((real)n));
      loop assigns j, c[0 .. d-1];
      loop variant d - j; */
  for (size_t j = 0; j < d; j++) {
    const double top = b[j];
    /*@ assert entry: in_range(top, 0x1p160) && top == \at(b[\at(j, Here)], Pre); */
    /*@ assert near: quotient_near(top, root, \sqrt((real)n)); */
    /*@ assert size: \abs(top / root) <= 0x1.1p160; */
    const double quotient = top / root;
    /*@ assert model: quotient == fl_div(top, root) && in_range(quotient, 0x1p161); */
    c[j] = quotient;
    /*@ assert next: (size_t)(j + 1) == j + 1; */
  }
}

void ist_homogeneous_rounds(double *x, const double *c, size_t d, double gamma, size_t K) {
  /*@ assert one: exact_at(1); */
  const double a = 1.0 - gamma;
  /*@ assert complement: a == fl_sub(1.0, gamma) && complement(gamma); */
  /*@ assert step: step(a, gamma); */
  /*@ loop invariant 0 <= j <= d;
      loop invariant model: \forall integer l; 0 <= l < j ==>
        x[l] == fl_rounds(a, gamma, \at(x[l], Pre), \at(c[l], Pre), K);
      loop invariant finite: bounded(x, j, 0x1p162);
      loop invariant error: \forall integer l; 0 <= l < j ==>
        \abs(x[l] - homogeneous(gamma, \at(x[l], Pre), \at(c[l], Pre), K)) <=
          drift(memory(gamma, K), magnitude(\at(x[l], Pre), \at(c[l], Pre)));
      loop invariant convergence: \forall integer l; 0 <= l < j ==>
        converged(x[l], gamma, \at(x[l], Pre), \at(c[l], Pre), K);
      loop invariant range: \forall integer l; j <= l < d ==> in_range(x[l], 0x1p161);
      loop invariant rest: \forall integer l; j <= l < d ==> x[l] == \at(x[l], Pre);
      loop assigns j, x[0 .. d-1];
      loop variant d - j; */
  for (size_t j = 0; j < d; j++) {
    const double target = c[j];
    double v = x[j];
    /*@ ghost double start = v; */
    /*@ assert entry: in_range(target, 0x1p161) && in_range(start, 0x1p161); */
    /*@ assert start: start == \at(x[\at(j, Here)], Pre) && target == \at(c[\at(j, Here)], Pre); */
    /*@ loop invariant 0 <= k <= K;
        loop invariant finite: in_range(v, 0x1p162);
        loop invariant model: v == fl_rounds(a, gamma, start, target, k);
        loop assigns k, v;
        loop variant K - k; */
    for (size_t k = 0; k < K; k++) {
      /*@ assert products: product_bound(a, v, 2.0, 0x1p162) &&
            product_bound(gamma, target, 1.0, 0x1p161); */
      const double kept = a * v;
      /*@ assert kept: kept == fl_mul(a, v) && rounded_bound(a * v, 0x1p163); */
      const double pulled = gamma * target;
      /*@ assert pulled: pulled == fl_mul(gamma, target) &&
            rounded_bound(gamma * target, 0x1p161); */
      /*@ ghost Add: ; */
      v = kept + pulled;
      /*@ assert round: v == fl_round(a, gamma, \at(v, Add), target); */
      /*@ assert next_model: fl_rounds_next(a, gamma, start, target, k); */
      /*@ assert next: (size_t)(k + 1) == k + 1; */
      /*@ assert bound: memory_grows(gamma, k + 1, K) &&
            rounds_bound(a, gamma, start, target, k + 1); */
    }
    /*@ assert close: rounds_close(a, gamma, start, target, K); */
    /*@ assert error: \abs(v - homogeneous(gamma, start, target, K)) <=
          drift(memory(gamma, K), magnitude(start, target)); */
    /*@ assert converging: rounds_converge(a, gamma, start, target, K); */
    /*@ assert convergence: converged(v, gamma, start, target, K); */
    x[j] = v;
    /*@ assert stored: in_range(x[j], 0x1p162); */
    /*@ assert others: \forall integer l; 0 <= l < j ==> in_range(x[l], 0x1p162); */
    /*@ assert next: (size_t)(j + 1) == j + 1; */
  }
}

void ist_closed_form(const double *x0, const double *c, size_t d, double gamma, size_t K,
                     double *out) {
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
  /*@ assert close: power_close(a, gamma, K) && memory_next(gamma, K); */
  const double r = 1.0 - p;
  /*@ assert remainder: r == fl_sub(1.0, p) && rounded_bound(1.0 - p, 4.0); */

  /*@ loop invariant 0 <= j <= d;
      loop invariant range: bounded(out, j, 0x1p170);
      loop invariant model: \forall integer l; 0 <= l < j ==>
        out[l] == fl_blend(p, \at(x0[l], Pre), \at(c[l], Pre));
      loop invariant error: \forall integer l; 0 <= l < j ==>
        \abs(out[l] - homogeneous(gamma, \at(x0[l], Pre), \at(c[l], Pre), K)) <=
          blend_drift(memory(gamma, K), magnitude(\at(x0[l], Pre), \at(c[l], Pre)));
      loop assigns j, out[0 .. d-1];
      loop variant d - j; */
  for (size_t j = 0; j < d; j++) {
    /*@ assert inputs: bounded_entry((double *)x0, j, d, 0x1p161) &&
          bounded_entry((double *)c, j, d, 0x1p161); */
    /*@ assert bounded: bounded(x0, d, 0x1p161) && bounded(c, d, 0x1p161); */
    const double start = x0[j];
    const double target = c[j];
    /*@ assert entry: in_range(target, 0x1p161) && in_range(start, 0x1p161); */
    /*@ assert same: start == \at(x0[\at(j, Here)], Pre) &&
          target == \at(c[\at(j, Here)], Pre); */
    /*@ assert products: product_bound(p, start, 2.0, 0x1p161) &&
          product_bound(r, target, 8.0, 0x1p161); */
    const double kept = p * start;
    /*@ assert kept: kept == fl_mul(p, start) && rounded_bound(p * start, 0x1p162); */
    const double pulled = r * target;
    /*@ assert pulled: pulled == fl_mul(r, target) && rounded_bound(r * target, 0x1p164); */
    const double sum = kept + pulled;
    /*@ assert sum: sum == fl_blend(p, start, target) && rounded_bound(kept + pulled, 0x1p166); */
    /*@ assert size: in_range(sum, 0x1p170); */
    /*@ assert near: blend_close(a, gamma, start, target, K); */
    out[j] = sum;
    /*@ assert stored: in_range(out[j], 0x1p170); */
    /*@ assert others: \forall integer l; 0 <= l < j ==> in_range(out[l], 0x1p170); */
    /*@ assert next: (size_t)(j + 1) == j + 1; */
  }
}
