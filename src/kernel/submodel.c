#include "submodel.h"

void ist_submodel(const double *x, const double *s, const size_t *S, size_t q, size_t d, double *w)
{
  (void)d; /* named for the contract only: every S[a] is below d */
  /*@ loop invariant 0 <= a <= q;
      loop invariant range: bounded(w, a, 0x1p261);
      loop invariant model: \forall integer k; 0 <= k < a ==>
        w[k] == fl_mul(\at(s[S[k]], Pre), \at(x[S[k]], Pre));
      loop assigns a, w[0 .. q-1];
      loop variant q - a; */
  for (size_t a = 0; a < q; a++) {
    /*@ assert index: S[a] == \at(S[\at(a, Here)], Pre) && 0 <= S[a] < d; */
    const size_t j = S[a];
    /*@ assert factors: in_range(s[j], 0x1p100) && in_range(x[j], 0x1p160); */
    /*@ assert same: s[j] == \at(s[\at(j, Here)], Pre) && x[j] == \at(x[\at(j, Here)], Pre); */
    /*@ assert bound: product_bound(s[j], x[j], 0x1p100, 0x1p160) &&
          rounded_bound(s[j] * x[j], 0x1p260); */
    const double t = s[j] * x[j];
    /*@ assert rounded: t == fl_mul(s[j], x[j]) && in_range(t, 0x1p261); */
    w[a] = t;
    /*@ assert next: (size_t)(a + 1) == a + 1; */
  }
}

void ist_block_gradient(const double *L, const double *b, const double *s, const size_t *S,
                        const double *w, size_t q, size_t d, double *g)
{
  /*@ loop invariant 0 <= a <= q;
      loop invariant range: bounded(g, a, 0x1p550);
      loop invariant model: \forall integer k; 0 <= k < a ==>
        g[k] == fl_block_gradient{Pre}((double *)L, (double *)b, (double *)s, (size_t *)S,
                                       (double *)w, q, d, k);
      loop assigns a, g[0 .. q-1];
      loop variant q - a; */
  for (size_t a = 0; a < q; a++) {
    /*@ assert index: S[a] == \at(S[\at(a, Here)], Pre) && 0 <= S[a] < d; */
    const size_t j = S[a];
    /*@ assert row: inside(j, 0, d, d) && inside(j, d - 1, d, d); */
    const double *row = L + j * d;
    /*@ assert place: row == L + entry(j, 0, d) && 0 <= entry(j, 0, d) <= d * d - d; */
    /*@ assert block: bounded(w, q, 0x1p261) && bounded(L, d*d, 0x1p160); */
    double t = 0.0;
    /*@ loop invariant 0 <= k <= q;
        loop invariant model: \is_finite(t) &&
          t == fl_block_dot{Pre}((double *)row, (size_t *)S, (double *)w, k);
        loop invariant magnitude: \abs(t) <= k * (2 * 0x1p422);
        loop assigns k, t;
        loop variant q - k; */
    for (size_t k = 0; k < q; k++) {
      /*@ assert index: S[k] == \at(S[\at(k, Here)], Pre) && 0 <= S[k] < d; */
      const size_t l = S[k];
      /*@ assert at: (row + l) == L + (entry(j, 0, d) + l) &&
            0 <= entry(j, 0, d) + l < d * d; */
      /*@ assert factors: in_range(L[entry(j, 0, d) + l], 0x1p160) && in_range(w[k], 0x1p261); */
      /*@ assert unchanged: L[entry(j, 0, d) + l] == \at(L[entry(\at(j, Here), 0, d) + \at(l, Here)], Pre); */
      /*@ assert same: row[l] == \at(\at(row, Here)[\at(l, Here)], Pre) && w[k] == \at(w[\at(k, Here)], Pre); */
      /*@ assert bound: product_bound(row[l], w[k], 0x1p160, 0x1p261) &&
            rounded_bound(row[l] * w[k], 0x1p421); */
      const double p = row[l] * w[k];
      /*@ assert rounded: p == fl_mul(row[l], w[k]) && in_range(p, 0x1p422); */
      /*@ assert term: p == fl_mul(\at(\at(row, Here)[S[\at(k, Here)]], Pre),
                                   \at(w[\at(k, Here)], Pre)); */
      /*@ assert sum: sum_bound(t, p, k, 0x1p422); */
      /*@ ghost Add: ; */
      t = t + p;
      /*@ assert added: t == fl_add(\at(t, Add), p); */
      /*@ assert step: fl_block_dot_next{Pre}((double *)row, (size_t *)S, (double *)w, k); */
      /*@ assert reached: t == fl_block_dot{Pre}((double *)row, (size_t *)S, (double *)w, k + 1); */
      /*@ assert next: (size_t)(k + 1) == k + 1; */
    }
    /*@ assert size: in_range(t, 0x1p443); */
    /*@ assert factors: in_range(b[j], 0x1p160) && in_range(s[j], 0x1p100); */
    /*@ assert same: b[j] == \at(b[\at(j, Here)], Pre) && s[j] == \at(s[\at(j, Here)], Pre); */
    /*@ assert bound: rounded_bound(t - b[j], 0x1p444); */
    const double r = t - b[j];
    /*@ assert residual: r == fl_sub(t, b[j]) && in_range(r, 0x1p445); */
    /*@ assert scaled: product_bound(s[j], r, 0x1p100, 0x1p445) &&
          rounded_bound(s[j] * r, 0x1p545); */
    const double e = s[j] * r;
    /*@ assert entry: e == fl_mul(s[j], r) && in_range(e, 0x1p550); */
    /*@ assert gradient: e == fl_block_gradient{Pre}((double *)L, (double *)b, (double *)s,
          (size_t *)S, (double *)w, q, d, a); */
    /*@ assert earlier: bounded(g, a, 0x1p550); */
    g[a] = e;
    /*@ assert kept: \forall integer k; 0 <= k < a ==> in_range(g[k], 0x1p550); */
    /*@ assert set: in_range(g[a], 0x1p550); */
    /*@ assert next: (size_t)(a + 1) == a + 1; */
  }
}
