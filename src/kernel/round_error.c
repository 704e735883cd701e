#include "round_error.h"

#include "above.h"

#ifdef __FRAMAC__
#include "../../spec/round_frame.h"
#include "../../spec/round_terms.h"
#endif

void ist_count_members(size_t *count, size_t d, const size_t *block, size_t m)
{
  /*@ loop invariant 0 <= j <= d;
      loop invariant zero: \forall integer l; 0 <= l < j ==> count[l] == 0;
      loop assigns j, count[0 .. d-1];
      loop variant d - j; */
  for (size_t j = 0; j < d; j++) {
    count[j] = 0;
    /*@ assert next: (size_t)(j + 1) == j + 1; */
  }
  /*@ loop invariant 0 <= k <= m;
      loop invariant counted: \forall integer l; 0 <= l < d ==>
        count[l] == members{Pre}(block, k, l);
      loop invariant range: \forall integer l; 0 <= l < d ==> 0 <= count[l] <= k;
      loop assigns k, count[0 .. d-1];
      loop variant m - k; */
  for (size_t k = 0; k < m; k++) {
    /*@ assert index: block[k] == \at(block[\at(k, Here)], Pre) && 0 <= block[k] < d; */
    const size_t j = block[k];
    /*@ assert unfold: \forall integer l; count_next{Pre}(block, k, l); */
    const size_t more = count[j] + 1;
    /*@ assert more: more == members{Pre}(block, k + 1, j) && more <= k + 1; */
    /*@ ghost Set: ; */
    count[j] = more;
    /*@ assert others: \forall integer l; 0 <= l < d ==> l != j ==>
          count[l] == \at(count[l], Set); */
    /*@ assert next: (size_t)(k + 1) == k + 1; */
  }
  /*@ assert counted: members_counted{Pre, Here}(count, block, m, d); */
  /*@ assert kept: same{Pre, Here}(block, m) &&
        counted_kept{Pre, Here, Here}(count, block, m, d); */
}

void ist_merge_above(double *sum, size_t d, const double *r, const size_t *block, size_t m)
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
      loop invariant range: between(sum, d, 0.0, k * (2 * 0x1p552));
      loop invariant above: \forall integer l; 0 <= l < d ==>
        merged{Pre}(r, block, k, l) <= sum[l];
      loop assigns k, sum[0 .. d-1];
      loop variant m - k; */
  for (size_t k = 0; k < m; k++) {
    /*@ assert index: block[k] == \at(block[\at(k, Here)], Pre) && 0 <= block[k] < d; */
    const size_t j = block[k];
    const double term = r[k];
    /*@ assert term: term == \at(r[\at(k, Here)], Pre) && within(term, 0, 0x1p552); */
    const double old = sum[j];
    /*@ assert old: within(old, 0, k * (2 * 0x1p552)); */
    /*@ assert bound: above_sum(old, term, k, 0x1p552); */
    const double t = ist_add_above(old, term);
    /*@ assert added: old + term <= t && within(t, 0, (k + 1) * (2 * 0x1p552)); */
    /*@ assert wider: k * (2 * 0x1p552) <= (k + 1) * (2 * 0x1p552); */
    /*@ assert rest: between(sum, d, 0.0, (k + 1) * (2 * 0x1p552)); */
    /*@ assert unfold: \forall integer l; merged_radius_next{Pre}(r, block, k, l); */
    /*@ ghost Add: ; */
    sum[j] = t;
    /*@ assert grown: between(sum, d, 0.0, (k + 1) * (2 * 0x1p552)); */
    /*@ assert others: \forall integer l; 0 <= l < d ==> l != j ==> sum[l] == \at(sum[l], Add); */
    /*@ assert set: merged{Pre}(r, block, k + 1, j) <= sum[j]; */
    /*@ assert kept: \forall integer l; 0 <= l < d ==> l != j ==>
          merged{Pre}(r, block, k + 1, l) ==
          merged{Pre}(r, block, k, l); */
    /*@ assert next: (size_t)(k + 1) == k + 1; */
  }
  /*@ assert range: m * (2 * 0x1p552) <= 0x1p593; */
}

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures exact: \is_finite(\result) && \result == 0x1p-51;
*/
static double step_rounding(void)
{
  return 0x1p-51;
}

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures exact: \is_finite(\result) && \result == 0x1p-799;
*/
static double step_underflow(void)
{
  return 0x1p-799;
}

/* Above |1 - gamma (k / n)|, but for an underflow. */
/*@ requires range: in_range(gamma, 0x1p100) && in_range(k, 0x1p592) && within(n, 1, 0x100000);
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures above: \abs(1.0 - gamma * (k / n)) <= \result + 0x1p-970;
    ensures range: within(\result, 0, 0x1p697);
*/
static double contraction(double gamma, double k, double n)
{
  /*@ assert one: exact_at(1); */
  /*@ assert mean: quotient_bound(k, n, 0x1p592) && roundable(k / n); */
  const double mean = ist_divide(k, n);
  /*@ assert mean_range: rounded(mean, k / n) && in_range(mean, 0x1p593); */
  /*@ assert product: product_bound(gamma, mean, 0x1p100, 0x1p593) && roundable(gamma * mean); */
  const double pull = ist_product(gamma, mean);
  /*@ assert pull: rounded(pull, gamma * mean) && in_range(pull, 0x1p694); */
  /*@ assert near: pull_near(gamma, k / n, mean, pull); */
  /*@ assert difference: rounded_bound(1.0 - pull, 0x1p695) && roundable(1.0 - pull); */
  const double left = 1.0 - pull;
  /*@ assert left: rounded(left, 1.0 - pull) && in_range(left, 0x1p696); */
  /*@ assert rest: rest_near(gamma * (k / n), pull, left); */
  const double rest = ist_magnitude(left);
  const double size = ist_magnitude(pull);
  const double both = ist_add_above(rest, size);
  /*@ assert both: above_most(both, rest + size, 0x1p697); */
  const double unit = step_rounding();
  /*@ assert unit: unit * both == 0x1p-51 * both; */
  const double off = ist_multiply_above(unit, both);
  /*@ assert off: 0x1p-51 * (\abs(left) + \abs(pull)) <= off <= 0x1p690; */
  return ist_add_above(rest, off);
}

/* The error after the step from an error e, a merged radius r and coefficient k. */
/*@ requires range: within(e, 0, 0x1p160) && in_range(x, 0x1p160) && in_range(gamma, 0x1p100) &&
                    within(n, 1, 0x100000) && in_range(sum, 0x1p592) && within(r, 0, 0x1p593) &&
                    in_range(k, 0x1p592);
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures above: step_error_above((real)\result, (real)e, (real)x, (real)gamma, (real)n,
      (real)sum,
                                    (real)r, (real)k);
    ensures range: within(\result, 0, 0x1p870);
*/
static double stepped_error(double e, double x, double gamma, double n, double sum, double r,
                            double k)
{
  const double factor = contraction(gamma, k, n);
  /*@ assert kept: positive_product(factor, e, 0x1p697, 0x1p160); */
  const double kept = ist_multiply_above(factor, e);
  /*@ assert kept_most: above_most(kept, factor * e, 0x1p857); */
  const double unit = step_rounding();
  const double size = ist_magnitude(sum);
  /*@ assert size: size == \abs((real)sum) && unit * size == 0x1p-51 * size; */
  const double rounded_sum = ist_multiply_above(unit, size);
  /*@ assert rounded_sum: 0x1p-51 * \abs(sum) <= rounded_sum <= 0x1p542; */
  const double off = ist_add_above(r, rounded_sum);
  /*@ assert off: r + 0x1p-51 * \abs(sum) <= off <= 0x1p595; */
  /*@ assert quotient: quotient_positive(off, n, 0x1p595); */
  /*@ assert order: quotient_above(r + 0x1p-51 * \abs(sum), off, n); */
  const double mean = ist_divide_above(off, n);
  /*@ assert mean_most: above_most(mean, off / n, 0x1p595); */
  /*@ assert mean: (r + 0x1p-51 * \abs(sum)) / n <= mean && mean <= 0x1p596; */
  const double scale = ist_magnitude(gamma);
  /*@ assert scale: scale == \abs((real)gamma) && scale <= 0x1p100; */
  /*@ assert moved: positive_product(scale, mean, 0x1p100, 0x1p596); */
  const double moved = ist_multiply_above(scale, mean);
  /*@ assert moved_most: above_most(moved, scale * mean, 0x1p696); */
  const double size_x = ist_magnitude(x);
  /*@ assert size_x: size_x == \abs((real)x) && unit * size_x == 0x1p-51 * size_x; */
  const double rounded_x = ist_multiply_above(unit, size_x);
  /*@ assert rounded_x: 0x1p-51 * \abs(x) <= rounded_x <= 0x1p160; */
  /*@ assert scale_is: equal_factor(scale, \abs((real)gamma), mean); */
  /*@ assert moved_is: \abs(gamma) * mean <= moved; */
  /*@ assert parts: parts_above(\abs(1.0 - gamma * (k / n)), factor, e, kept, \abs((real)gamma),
        (r + 0x1p-51 * \abs(sum)) / n, mean, moved); */
  /*@ assert sum: \abs(1.0 - gamma * (k / n)) * e +
        \abs(gamma) * ((r + 0x1p-51 * \abs(sum)) / n) <= kept + moved + 0x1p-810; */
  const double most = ist_add_above(kept, moved);
  /*@ assert most: kept + moved <= most <= 0x1p860; */
  const double least = ist_add_above(rounded_x, step_underflow());
  /*@ assert least: rounded_x + 0x1p-799 <= least <= 0x1p162; */
  return ist_add_above(most, least);
}

void ist_step_errors(double *f, const double *e, const double *x, const double *sum,
                     const double *r, const double *k, size_t d, size_t n, double gamma)
{
  const double workers = (double)n;
  /*@ assert exact: exact_at(n) && workers == (real)n; */
  /*@ loop invariant 0 <= j <= d;
      loop invariant range: between(f, j, 0.0, 0x1p870);
      loop invariant above: \forall integer l; 0 <= l < j ==>
        step_error_above((real)f[l], (real)\at(e[l], Pre), (real)\at(x[l], Pre), gamma, (real)n,
                         (real)\at(sum[l], Pre), (real)\at(r[l], Pre), (real)\at(k[l], Pre));
      loop assigns j, f[0 .. d-1];
      loop variant d - j; */
  for (size_t j = 0; j < d; j++) {
    const double e_j = e[j];
    const double x_j = x[j];
    const double sum_j = sum[j];
    const double r_j = r[j];
    const double k_j = k[j];
    /*@ assert read: e_j == \at(e[\at(j, Here)], Pre) && x_j == \at(x[\at(j, Here)], Pre) &&
          sum_j == \at(sum[\at(j, Here)], Pre) && r_j == \at(r[\at(j, Here)], Pre) &&
          k_j == \at(k[\at(j, Here)], Pre); */
    /*@ assert ranges: within(e_j, 0, 0x1p160) && in_range(x_j, 0x1p160) &&
          in_range(sum_j, 0x1p592) && within(r_j, 0, 0x1p593) && in_range(k_j, 0x1p592); */
    const double f_j = stepped_error(e_j, x_j, gamma, workers, sum_j, r_j, k_j);
    /*@ ghost Set: ; */
    f[j] = f_j;
    /*@ assert earlier: same{Set, Here}(f, j); */
    /*@ assert next: (size_t)(j + 1) == j + 1; */
  }
}
