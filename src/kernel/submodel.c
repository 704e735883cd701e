#include "submodel.h"

#include "block_product.h"

#ifdef __FRAMAC__
#include "../../spec/submodel_error.h"
#endif

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
  /*@ assert model: submodel_is{Pre, Here}(x, s, S, w, q); */
  /*@ assert error: submodel_error_of{Pre, Here}(x, s, S, w, q, d); */
}

void ist_block_gradient(const double *L, const double *b, const double *s, const size_t *S,
                        const double *w, size_t q, size_t d, double *g)
{
  ist_block_product(L, S, w, q, d, g);
  /*@ loop invariant 0 <= a <= q;
      loop invariant range: bounded(g, a, 0x1p550);
      loop invariant model: \forall integer k; 0 <= k < a ==>
        g[k] == fl_block_gradient{Pre}(L, b, s, S,
                                       w, q, d, k);
      loop invariant rest: sums_at{Pre, Here}(L, S, w, g, d, a, q, q);
      loop assigns a, g[0 .. q-1];
      loop variant q - a; */
  for (size_t a = 0; a < q; a++) {
    /*@ assert index: S[a] == \at(S[\at(a, Here)], Pre) && 0 <= S[a] < d; */
    const size_t j = S[a];
    /*@ assert sum: sum_at{Pre, Here}(L, S, w, g, d, a, q); */
    const double t = g[a];
    /*@ assert size: in_range(t, 0x1p443) && t == fl_block_dot{Pre}(L + entry(j, 0, d),
          S, w, q); */
    /*@ assert factors: in_range(b[j], 0x1p160) && in_range(s[j], 0x1p100); */
    /*@ assert same: b[j] == \at(b[\at(j, Here)], Pre) && s[j] == \at(s[\at(j, Here)], Pre); */
    /*@ assert bound: rounded_bound(t - b[j], 0x1p444); */
    const double r = t - b[j];
    /*@ assert residual: r == fl_sub(t, b[j]) && in_range(r, 0x1p445); */
    /*@ assert scaled: product_bound(s[j], r, 0x1p100, 0x1p445) &&
          rounded_bound(s[j] * r, 0x1p545); */
    const double e = s[j] * r;
    /*@ assert entry: e == fl_mul(s[j], r) && in_range(e, 0x1p550); */
    /*@ assert gradient: e == fl_block_gradient{Pre}(L, b, s,
          S, w, q, d, a); */
    /*@ assert earlier: bounded(g, a, 0x1p550); */
    /*@ assert ahead: sums_at{Pre, Here}(L, S, w, g, d, a + 1, q,
          q); */
    /*@ ghost Store: ; */
    g[a] = e;
    /*@ assert others: same_range{Store, Here}(g, a + 1, q); */
    /*@ assert rest_kept: sums_kept{Pre, Store, Here}(L, S, w, g, d,
          a + 1, q, q); */
    /*@ assert rest: sums_at{Pre, Here}(L, S, w, g, d, a + 1, q,
          q); */
    /*@ assert kept: \forall integer k; 0 <= k < a ==> in_range(g[k], 0x1p550); */
    /*@ assert set: in_range(g[a], 0x1p550); */
    /*@ assert next: (size_t)(a + 1) == a + 1; */
  }
  /*@ assert model: gradient_is{Pre, Here}(L, b, s, S,
        w, g, q, d); */
  /*@ assert error: gradient_error_of{Pre, Here}(L, b, s,
        S, w, g, q, d); */
}
