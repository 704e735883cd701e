#include "radius.h"

#include "above.h"

#ifdef __FRAMAC__
#include "../../spec/entry_radii.h"
#include "../../spec/radius_terms.h"
#endif

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures exact: \is_finite(\result) && \result == 0x1.004p-53;
*/
static double rounding(void)
{
  return 0x1.004p-53;
}

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures exact: \is_finite(\result) && \result == 0x1p-50;
*/
static double scale_rounding(void)
{
  return 0x1p-50;
}

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures exact: \is_finite(\result) && \result == 0x1.0000000000008p0;
*/
static double gradient_rounding(void)
{
  return 0x1.0000000000008p0;
}

/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures exact: \is_finite(\result) && \result == 0x1p-799;
*/
static double underflow(void)
{
  return 0x1p-799;
}

/* 0x1.004p-53 k: dot_share and merge_share. */
/*@ requires size: k <= 0x10000000009;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures above: \is_finite(\result) && 0x1.004p-53 * k <= \result <= 0x1p-12;
*/
static double share(size_t k)
{
  const double terms = (double)k;
  /*@ assert exact: exact_at(k) && terms == (real)k; */
  const double unit = rounding();
  /*@ assert product: terms_product(unit, terms, 0x1.004p-53, (real)k); */
  /*@ assert size: 0 <= unit * terms <= 0x1p-12; */
  return ist_multiply_above(unit, terms);
}

/* own of radii_of. */
/*@ requires range: in_range(w, 0x1p261) && in_range(s, 0x1p100) && in_range(x, 0x1p160) &&
                    within(e, 0, 0x1p160) && within(share, 0, 1);
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures above: 0x1p-50 * (\abs(s) * (\abs(x) + e)) + share * \abs(w) + 0x1p-1001 <= \result;
    ensures range: within(\result, 0, 0x1p263);
*/
static double own_radius(double w, double s, double x, double e, double share)
{
  const double reach = ist_add_above(ist_magnitude(x), e);
  const double scale = ist_magnitude(s);
  /*@ assert sizes: 0 <= scale <= 0x1p100 && 0 <= reach <= 0x1p162; */
  /*@ assert scaled: positive_product(scale, reach, 0x1p100, 0x1p162); */
  /*@ assert scaled_size: 0 <= scale * reach <= 0x1p262; */
  const double scaled = ist_multiply_above(scale, reach);
  /*@ assert scaled_most: above_most(scaled, scale * reach, 0x1p262); */
  /*@ assert order: product_above(scale, \abs(x) + e, reach); */
  /*@ assert scale_is: terms_product(scale, \abs(x) + e, \abs((real)s), \abs(x) + e); */
  /*@ assert scaled_range: \abs(s) * (\abs(x) + e) <= scaled <= 0x1p263; */
  const double unit = scale_rounding();
  /*@ assert unit: unit * scaled == 0x1p-50 * scaled; */
  const double kept = ist_multiply_above(unit, scaled);
  const double size = ist_magnitude(w);
  /*@ assert size: 0 <= size <= 0x1p261; */
  /*@ assert paid: positive_product(share, size, 1, 0x1p261); */
  /*@ assert paid_size: 0 <= share * size <= 0x1p261; */
  const double paid = ist_multiply_above(share, size);
  /*@ assert paid_most: above_most(paid, share * size, 0x1p261); */
  /*@ assert kept: 0x1p-50 * scaled <= kept && kept <= 0x1p262; */
  /*@ assert size_is: terms_product(share, size, (real)share, \abs((real)w)); */
  /*@ assert parts: 0x1p-50 * (\abs(s) * (\abs(x) + e)) <= kept && share * \abs(w) <= paid; */
  return ist_add_above(kept, paid);
}

/* whole of radii_of, from own. */
/*@ requires range: in_range(s, 0x1p100) && within(e, 0, 0x1p160) && within(own, 0, 0x1p263);
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures above: own + \abs(s) * e <= \result;
    ensures range: within(\result, 0, 0x1p265);
*/
static double whole_radius(double own, double s, double e)
{
  const double scale = ist_magnitude(s);
  /*@ assert scale: scale == \abs((real)s) && scale <= 0x1p100; */
  /*@ assert product: positive_product(scale, e, 0x1p100, 0x1p160); */
  /*@ assert product_size: 0 <= scale * e <= 0x1p260; */
  const double moved = ist_multiply_above(scale, e);
  /*@ assert most: above_most(moved, scale * e, 0x1p260); */
  /*@ assert scale_is: terms_product(scale, e, \abs((real)s), (real)e); */
  /*@ assert moved: \abs(s) * e <= moved <= 0x1p261; */
  return ist_add_above(own, moved);
}

void ist_submodel_radii(const double *x, const double *e, ist_worker_view v, const double *w,
                        double *own, double *whole)
{
  const double share_of_dot = share(v.q + 8);
  /*@ assert share: dot_share((real)v.q) <= share_of_dot <= 1; */
  /*@ loop invariant 0 <= k <= v.q;
      loop invariant range: between(own, k, 0.0, 0x1p263) && between(whole, k, 0.0, 0x1p265);
      loop invariant radii: submodel_radii{Pre, Here}(x, e, v.s,
        v.S, w, own, whole, k, dot_share((real)v.q));
      loop assigns k, own[0 .. v.q-1], whole[0 .. v.q-1];
      loop variant v.q - k; */
  for (size_t k = 0; k < v.q; k++) {
    const size_t j = v.S[k];
    /*@ assert index: j == \at(v.S[\at(k, Here)], Pre) && 0 <= j < v.d; */
    const double w_k = w[k];
    const double s_j = v.s[j];
    const double x_j = x[j];
    const double e_j = e[j];
    /*@ assert inputs: w_k == \at(w[\at(k, Here)], Pre) && s_j == \at(v.s[\at(j, Here)], Pre) &&
          x_j == \at(x[\at(j, Here)], Pre) && e_j == \at(e[\at(j, Here)], Pre); */
    /*@ assert ranges: in_range(w_k, 0x1p261) && in_range(s_j, 0x1p100) && in_range(x_j, 0x1p160) &&
          within(e_j, 0, 0x1p160); */
    const double own_k = own_radius(w_k, s_j, x_j, e_j, share_of_dot);
    const double whole_k = whole_radius(own_k, s_j, e_j);
    /*@ assert order: product_above(\abs((real)w_k), dot_share((real)v.q), share_of_dot); */
    /*@ assert radii: radii_of(own_k, whole_k, w_k, s_j, x_j, e_j, dot_share((real)v.q)); */
    /*@ ghost Set: ; */
    own[k] = own_k;
    whole[k] = whole_k;
    /*@ assert set: own[k] == own_k && whole[k] == whole_k; */
    /*@ assert earlier: same{Set, Here}(own, k) && same{Set, Here}(whole, k); */
    /*@ assert between: between(own, k, 0.0, 0x1p263) && between(whole, k, 0.0, 0x1p265); */
    /*@ assert next: (size_t)(k + 1) == k + 1; */
  }
}

/* radius_dot of a row. */
/*@ requires size: q <= d <= IST_DIM_MAX;
    requires valid: \valid_read(row + (0 .. d-1)) && \valid_read(S + (0 .. q-1)) &&
                    \valid_read(own + (0 .. q-1)) && \valid_read(whole + (0 .. q-1));
    requires block: indices(S, q, d);
    requires range: bounded(row, d, 0x1p160) && between(own, q, 0.0, 0x1p263) &&
                    between(whole, q, 0.0, 0x1p265);
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures above: radius_dot(row, S, own, whole, a, q) <=
                   \result;
    ensures range: within(\result, 0, 0x1p448);
*/
static double row_radius(const double *row, const size_t *S, const double *own, const double *whole,
                         size_t a, size_t q, size_t d)
{
  (void)d; /* named for the contract only */
  double t = 0.0;
  /*@ loop invariant 0 <= k <= q;
      loop invariant range: within(t, 0, k * (2 * 0x1p426));
      loop invariant above: radius_dot(row, S, own, whole, a,
        k) <= t;
      loop assigns k, t;
      loop variant q - k; */
  for (size_t k = 0; k < q; k++) {
    const size_t j = S[k];
    /*@ assert index: 0 <= j < d && in_range(row[j], 0x1p160); */
    const double r = k == a ? own[k] : whole[k];
    /*@ assert radius: within(r, 0, 0x1p265) && r == (k == a ? own[k] : whole[k]); */
    const double l = ist_magnitude(row[j]);
    /*@ assert product: positive_product(l, r, 0x1p160, 0x1p265); */
    /*@ assert product_size: 0 <= l * r <= 0x1p425; */
    const double p = ist_multiply_above(l, r);
    /*@ assert most: above_most(p, l * r, 0x1p425); */
    /*@ assert sum: above_sum(t, p, k, 0x1p426) && p <= 0x1p426; */
    /*@ assert unfold: radius_dot_next(row, S, own, whole, a,
          k); */
    /*@ assert own_term: k == a ==>
          terms_product(l, r, \abs((real)row[S[k]]), (real)own[k]); */
    /*@ assert whole_term: k != a ==>
          terms_product(l, r, \abs((real)row[S[k]]), (real)whole[k]); */
    /*@ assert own_size: k == a ==> l * r == \abs((real)row[S[k]]) * own[k]; */
    /*@ assert whole_size: k != a ==> l * r == \abs((real)row[S[k]]) * whole[k]; */
    /*@ assert term: radius_dot(row, S, own, whole, a, k + 1)
          == radius_dot(row, S, own, whole, a, k) + l * r; */
    t = ist_add_above(t, p);
    /*@ assert next: (size_t)(k + 1) == k + 1; */
  }
  return t;
}

/*@ requires range: in_range(s, 0x1p100) && in_range(l, 0x1p160);
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures error: coefficient_of((real)\result, (real)s, (real)l);
    ensures range: in_range(\result, 0x1p362);
*/
static double entry_coefficient(double s, double l)
{
  /*@ assert product: product_bound(s, l, 0x1p100, 0x1p160); */
  const double scaled = ist_product(s, l);
  /*@ assert rounded: roundable(s * l) && in_range(scaled, 0x1p261); */
  /*@ assert twice: product_bound(scaled, s, 0x1p261, 0x1p100) && roundable(scaled * s); */
  /*@ assert near: coefficient_near(scaled, s, l); */
  return ist_product(scaled, s);
}

/* radius_of from the sum T of the row. */
/*@ requires range: in_range(s, 0x1p100) && within(T, 0, 0x1p448) && in_range(b, 0x1p160) &&
                    in_range(g, 0x1p550) && in_range(k, 0x1p362) && within(e, 0, 0x1p160);
    requires size: q <= IST_DIM_MAX && N <= 0x10000000000;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures above: radius_of((real)\result, (real)s, (real)T, (real)b, (real)q, (real)N, (real)g,
                             (real)k, (real)e);
    ensures range: within(\result, 0, 0x1p552);
*/
static double entry_radius(double s, double T, double b, double g, double k, double e, size_t q,
                           size_t N)
{
  const double dot = share(q + 8);
  const double size_b = ist_magnitude(b);
  /*@ assert size_b: size_b == \abs((real)b) && size_b <= 0x1p160; */
  /*@ assert share_b: positive_product(dot, size_b, 1, 0x1p160); */
  /*@ assert share_b_size: 0 <= dot * size_b <= 0x1p160 &&
        product_above(size_b, dot_share((real)q), dot); */
  const double paid = ist_multiply_above(dot, size_b);
  /*@ assert paid_most: above_most(paid, dot * size_b, 0x1p160); */
  /*@ assert size_is: terms_product(size_b, dot_share((real)q), \abs((real)b),
        dot_share((real)q)); */
  /*@ assert paid: dot_share((real)q) * \abs(b) <= paid <= 0x1p161; */
  const double residual = ist_add_above(T, paid);
  /*@ assert residual: T + dot_share((real)q) * \abs(b) <= residual <= 0x1p450; */
  const double scale = ist_magnitude(s);
  /*@ assert scale: scale == \abs((real)s) && scale <= 0x1p100; */
  /*@ assert scaled: positive_product(scale, residual, 0x1p100, 0x1p450); */
  /*@ assert scaled_size: 0 <= scale * residual <= 0x1p550 &&
        product_above(scale, T + dot_share((real)q) * \abs(b), residual); */
  const double scaled = ist_multiply_above(scale, residual);
  /*@ assert scaled_most: above_most(scaled, scale * residual, 0x1p550); */
  /*@ assert scale_is: terms_product(scale, T + dot_share((real)q) * \abs(b), \abs((real)s),
        T + dot_share((real)q) * \abs(b)); */
  /*@ assert scaled_range: \abs(s) * (T + dot_share((real)q) * \abs(b)) <= scaled <= 0x1p551; */
  const double factor = gradient_rounding();
  /*@ assert factor: factor * scaled == 0x1.0000000000008p0 * scaled; */
  const double gradient = ist_multiply_above(factor, scaled);
  /*@ assert gradient: 0x1.0000000000008p0 * (\abs(s) * (T + dot_share((real)q) * \abs(b))) <=
        gradient && gradient <= 0x1.8p551; */
  const double size_k = ist_magnitude(k);
  /*@ assert size_k: size_k == \abs((real)k) && size_k <= 0x1p362; */
  /*@ assert moved: positive_product(size_k, e, 0x1p362, 0x1p160); */
  /*@ assert moved_size: 0 <= size_k * e <= 0x1p522; */
  const double moved = ist_multiply_above(size_k, e);
  /*@ assert moved_most: above_most(moved, size_k * e, 0x1p522); */
  /*@ assert size_is: terms_product(size_k, e, \abs((real)k), (real)e); */
  /*@ assert moved_by: \abs(k) * e <= moved <= 0x1p523; */
  const double entries = ist_add_above(ist_magnitude(g), moved);
  /*@ assert entries: \abs(g) + \abs(k) * e <= entries <= 0x1p552; */
  const double merge = share(N + 9);
  /*@ assert merge: positive_product(merge, entries, 0x1p-12, 0x1p552); */
  /*@ assert merge_size: 0 <= merge * entries <= 0x1p540 &&
        product_above(entries, merge_share((real)N), merge) &&
        product_above(merge_share((real)N), \abs(g) + \abs(k) * e, entries); */
  const double merged = ist_multiply_above(merge, entries);
  /*@ assert merged_most: above_most(merged, merge * entries, 0x1p540); */
  /*@ assert merged: merge_share((real)N) * (\abs(g) + \abs(k) * e) <= merged <= 0x1p541; */
  return ist_add_above(ist_add_above(gradient, merged), underflow());
}

void ist_entry_radii(const double *e, ist_worker_view v, const double *g, const size_t *count,
                     const double *own, const double *whole, double *radius, double *coefficient)
{
  /*@ loop invariant 0 <= a <= v.q;
      loop invariant range: between(radius, a, 0.0, 0x1p552) && bounded(coefficient, a, 0x1p362);
      loop invariant radii: entry_radii_are{Pre, Here}(v.L, v.b, v.s,
        v.S, e, g, count, own, whole,
        coefficient, radius, v.q, v.d, a);
      loop assigns a, radius[0 .. v.q-1], coefficient[0 .. v.q-1];
      loop variant v.q - a; */
  for (size_t a = 0; a < v.q; a++) {
    /*@ assert same: same{Pre, Here}(e, v.d) && same{Pre, Here}(v.b, v.d) &&
          same{Pre, Here}(v.s, v.d) && same{Pre, Here}(g, v.q) &&
          same{Pre, Here}(v.L, v.d * v.d) && same{Pre, Here}(count, v.d) &&
          same{Pre, Here}(v.S, v.q) && same{Pre, Here}(own, v.q) &&
          same{Pre, Here}(whole, v.q); */
    /*@ assert inputs: between(own, v.q, 0.0, 0x1p263) && between(whole, v.q, 0.0, 0x1p265) &&
          bounded(v.L, v.d*v.d, 0x1p160) && indices(v.S, v.q, v.d); */
    const size_t j = v.S[a];
    /*@ assert index: j == \at(v.S[\at(a, Here)], Pre) && 0 <= j < v.d; */
    /*@ assert inside: inside(j, 0, v.d, v.d) && row_inside(j, v.d); */
    const double *row = v.L + j * v.d;
    /*@ assert row: row == v.L + entry(j, 0, v.d) && 0 <= entry(j, 0, v.d) &&
          entry(j, 0, v.d) + v.d <= v.d * v.d; */
    /*@ assert part: bounded_part(v.L, entry(j, 0, v.d), v.d, v.d * v.d, 0x1p160) &&
          same_part{Pre, Here}(v.L, entry(j, 0, v.d), v.d, v.d * v.d); */
    /*@ assert row_range: bounded(row, v.d, 0x1p160); */
    /*@ assert row_same: same{Pre, Here}(v.L + entry(j, 0, v.d), v.d); */
    /*@ assert row_kept: row_radius_kept{Pre, Here}(v.L + entry(j, 0, v.d), v.S,
          own, whole, a, v.q, v.d); */
    const double T = row_radius(row, v.S, own, whole, a, v.q, v.d);
    /*@ assert sum: radius_dot{Pre}(v.L + entry(j, 0, v.d), v.S, own,
          whole, a, v.q) <= T; */
    const double s_j = v.s[j];
    const double b_j = v.b[j];
    const double e_j = e[j];
    const double g_a = g[a];
    const double l = row[j];
    const size_t N = count[j];
    /*@ assert read: s_j == \at(v.s[\at(j, Here)], Pre) && b_j == \at(v.b[\at(j, Here)], Pre) &&
          e_j == \at(e[\at(j, Here)], Pre) && g_a == \at(g[\at(a, Here)], Pre) &&
          l == \at(v.L[entry(\at(j, Here), 0, v.d) + \at(j, Here)], Pre) &&
          N == \at(count[\at(j, Here)], Pre); */
    /*@ assert ranges: in_range(s_j, 0x1p100) && in_range(b_j, 0x1p160) &&
          within(e_j, 0, 0x1p160) &&
          in_range(g_a, 0x1p550) && in_range(l, 0x1p160) && N <= 0x10000000000; */
    const double k = entry_coefficient(s_j, l);
    const double r = entry_radius(s_j, T, b_j, g_a, k, e_j, v.q, N);
    /*@ assert above: radius_from_above((real)r, (real)s_j,
          radius_dot{Pre}(v.L + entry(j, 0, v.d), v.S, own, whole,
            a, v.q), (real)T, (real)b_j, (real)v.q, (real)N, (real)g_a, (real)k, (real)e_j); */
    /*@ assert radius: radius_of((real)r, (real)s_j,
          radius_dot{Pre}(v.L + entry(j, 0, v.d), v.S, own, whole,
            a, v.q), (real)b_j, (real)v.q, (real)N, (real)g_a, (real)k, (real)e_j); */
    /*@ assert results: within(r, 0, 0x1p552) && in_range(k, 0x1p362); */
    /*@ ghost Set: ; */
    coefficient[a] = k;
    radius[a] = r;
    /*@ assert earlier: same{Set, Here}(coefficient, a) && same{Set, Here}(radius, a); */
    /*@ assert set: coefficient[a] == k && radius[a] == r; */
    /*@ assert kept: entry_radii_kept{Pre, Set, Here}(v.L, v.b, v.s, v.S,
          e, g, count, own, whole, coefficient,
          radius, v.q, v.d, a); */
    /*@ assert entry: entry_radius_is{Pre, Here}(v.L + entry(j, 0, v.d), v.b,
          v.s, v.S, e, g, count, own,
          whole, coefficient, radius, v.q, a); */
    /*@ assert added: entry_radii_next{Pre, Here}(v.L, v.b, v.s, v.S,
          e, g, count, own, whole, coefficient,
          radius, v.q, v.d, a); */
    /*@ assert next: (size_t)(a + 1) == a + 1; */
  }
}
