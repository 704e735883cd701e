#include "merge.h"

#include "arithmetic.h"

#ifdef __FRAMAC__
#include "../../spec/merge_error.h"
#endif

void ist_merge(double *sum, size_t d, const double *g, const size_t *block, size_t m)
{
  /*@ loop invariant 0 <= j <= d;
      loop invariant zero: \forall integer l; 0 <= l < j ==> \is_finite(sum[l]) && sum[l] == 0.0;
      loop assigns j, sum[0 .. d-1];
      loop variant d - j; */
  for (size_t j = 0; j < d; j++) {
    sum[j] = 0.0;
    /*@ assert next: (size_t)(j + 1) == j + 1; */
  }

  /*@ loop invariant 0 <= k <= m;
      loop invariant range: bounded(sum, d, k * (2 * 0x1p550));
      loop invariant model: \forall integer j; 0 <= j < d ==>
        sum[j] == fl_merge{Pre}(g, block, k, j);
      loop assigns k, sum[0 .. d-1];
      loop variant m - k; */
  for (size_t k = 0; k < m; k++) {
    /*@ assert index: block[k] == \at(block[\at(k, Here)], Pre) && 0 <= block[k] < d; */
    const size_t j = block[k];
    /*@ assert terms: in_range(sum[j], k * (2 * 0x1p550)) && in_range(g[k], 0x1p550); */
    /*@ assert same: g[k] == \at(g[\at(k, Here)], Pre); */
    /*@ assert bound: sum_bound(sum[j], g[k], k, 0x1p550); */
    const double t = sum[j] + g[k];
    /*@ assert added: t == fl_add(sum[j], g[k]) && in_range(t, (k + 1) * (2 * 0x1p550)); */
    /*@ assert wider: bounded_weaken(sum, d, k * (2 * 0x1p550), (k + 1) * (2 * 0x1p550)); */
    /*@ assert rest: bounded(sum, d, (k + 1) * (2 * 0x1p550)); */
    /*@ assert unfold: \forall integer l; fl_merge_next{Pre}(g, block, k, l); */
    /*@ ghost Add: ; */
    sum[j] = t;
    /*@ assert grown: bounded(sum, d, (k + 1) * (2 * 0x1p550)); */
    /*@ assert others: \forall integer l; 0 <= l < d ==> l != j ==> sum[l] == \at(sum[l], Add); */
    /*@ assert set: sum[j] == fl_merge{Pre}(g, block, k + 1, j); */
    /*@ assert kept: \forall integer l; 0 <= l < d ==> l != j ==>
          fl_merge{Pre}(g, block, k + 1, l) ==
          fl_merge{Pre}(g, block, k, l); */
    /*@ assert next: (size_t)(k + 1) == k + 1; */
  }
  /*@ assert range: bounded_weaken(sum, d, m * (2 * 0x1p550), 0x1p592); */
  /*@ assert model: merge_is{Pre, Here}(g, block, sum, m, d); */
  /*@ assert error: merge_error_of{Pre, Here}(g, block, sum, m, d); */
}

void ist_step(double *x, const double *sum, size_t d, size_t n, double gamma)
{
  const double workers = (double)n;
  /*@ assert exact: exact_at(n) && workers == (real)n; */
  /*@ loop invariant 0 <= j <= d;
      loop invariant range: bounded(x, j, 0x1p700);
      loop invariant rest: \forall integer k; j <= k < d ==> in_range(x[k], 0x1p160) &&
        x[k] == \at(x[k], Pre);
      loop invariant model: \forall integer k; 0 <= k < j ==>
        x[k] == fl_sub(\at(x[k], Pre),
                       fl_mul(gamma, fl_div(\at(sum[k], Pre), (real)n)));
      loop assigns j, x[0 .. d-1];
      loop variant d - j; */
  for (size_t j = 0; j < d; j++) {
    const double total = sum[j];
    /*@ assert total: total == \at(sum[\at(j, Here)], Pre) && in_range(total, 0x1p592); */
    /*@ assert quotient: quotient_bound(total, workers, 0x1p592) &&
          rounded_bound(total / workers, 0x1p592); */
    const double mean = ist_divide(total, workers);
    /*@ assert mean: in_range(mean, 0x1p593); */
    /*@ assert product: product_bound(gamma, mean, 0x1p100, 0x1p593) &&
          rounded_bound(gamma * mean, 0x1p693); */
    const double move = gamma * mean;
    /*@ assert move: move == fl_mul(gamma, mean) && in_range(move, 0x1p694); */
    const double old = x[j];
    /*@ assert old: old == \at(x[\at(j, Here)], Pre) && in_range(old, 0x1p160); */
    /*@ assert difference: rounded_bound(old - move, 0x1p695); */
    const double t = old - move;
    /*@ assert stepped: t == fl_sub(old, move) && in_range(t, 0x1p700); */
    x[j] = t;
    /*@ assert next: (size_t)(j + 1) == j + 1; */
  }
  /*@ assert near: \forall integer j; 0 <= j < d ==>
        step_entry_near((real)\at(x[j], Pre), gamma, (real)\at(sum[j], Pre), (real)n); */
}

void ist_average(double *x, const double *sum, size_t d, size_t n)
{
  const double workers = (double)n;
  /*@ assert exact: exact_at(n) && workers == (real)n; */
  /*@ loop invariant 0 <= j <= d;
      loop invariant range: bounded(x, j, 0x1p700);
      loop invariant model: \forall integer k; 0 <= k < j ==>
        x[k] == fl_div(\at(sum[k], Pre), (real)n);
      loop assigns j, x[0 .. d-1];
      loop variant d - j; */
  for (size_t j = 0; j < d; j++) {
    const double total = sum[j];
    /*@ assert total: total == \at(sum[\at(j, Here)], Pre) && in_range(total, 0x1p592); */
    /*@ assert quotient: quotient_bound(total, workers, 0x1p592) &&
          rounded_bound(total / workers, 0x1p592); */
    const double mean = ist_divide(total, workers);
    /*@ assert mean: in_range(mean, 0x1p700); */
    x[j] = mean;
    /*@ assert next: (size_t)(j + 1) == j + 1; */
  }
}
