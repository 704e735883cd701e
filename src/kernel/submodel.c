#include "submodel.h"

#include "block_product.h"

#ifdef __FRAMAC__
#include "../../spec/submodel_error.h"
#endif

void ist_submodel(const double *x, ist_worker_view v, double *w)
{
  /*@ loop invariant 0 <= a <= v.q;
      loop invariant range: bounded(w, a, 0x1p261);
      loop invariant model: \forall integer k; 0 <= k < a ==>
        w[k] == fl_mul(\at(v.s[v.S[k]], Pre), \at(x[v.S[k]], Pre));
      loop assigns a, w[0 .. v.q-1];
      loop variant v.q - a; */
  for (size_t a = 0; a < v.q; a++) {
    /*@ assert index: v.S[a] == \at(v.S[\at(a, Here)], Pre) && 0 <= v.S[a] < v.d; */
    const size_t j = v.S[a];
    /*@ assert factors: in_range(v.s[j], 0x1p100) && in_range(x[j], 0x1p160); */
    /*@ assert same: v.s[j] == \at(v.s[\at(j, Here)], Pre) && x[j] == \at(x[\at(j, Here)], Pre); */
    /*@ assert bound: product_bound(v.s[j], x[j], 0x1p100, 0x1p160) &&
          rounded_bound(v.s[j] * x[j], 0x1p260); */
    const double t = v.s[j] * x[j];
    /*@ assert rounded: t == fl_mul(v.s[j], x[j]) && in_range(t, 0x1p261); */
    w[a] = t;
    /*@ assert next: (size_t)(a + 1) == a + 1; */
  }
  /*@ assert model: submodel_is{Pre, Here}(v, x, w); */
  /*@ assert error: submodel_error_of{Pre, Here}(x, v.s, v.S, w, v.q, v.d); */
}

void ist_block_gradient(ist_worker_view v, const double *w, double *g)
{
  ist_block_product(v.L, v.S, w, v.q, v.d, g);
  /*@ loop invariant 0 <= a <= v.q;
      loop invariant range: bounded(g, a, 0x1p550);
      loop invariant model: \forall integer k; 0 <= k < a ==>
        g[k] == fl_block_gradient{Pre}(v.L, v.b, v.s, v.S, w, v.q, v.d, k);
      loop invariant rest: sums_at{Pre, Here}(v.L, v.S, w, g, v.d, a, v.q, v.q);
      loop assigns a, g[0 .. v.q-1];
      loop variant v.q - a; */
  for (size_t a = 0; a < v.q; a++) {
    /*@ assert index: v.S[a] == \at(v.S[\at(a, Here)], Pre) && 0 <= v.S[a] < v.d; */
    const size_t j = v.S[a];
    /*@ assert sum: sum_at{Pre, Here}(v.L, v.S, w, g, v.d, a, v.q); */
    const double t = g[a];
    /*@ assert size: in_range(t, 0x1p443) &&
          t == fl_block_dot{Pre}(v.L + entry(j, 0, v.d), v.S, w, v.q); */
    /*@ assert factors: in_range(v.b[j], 0x1p160) && in_range(v.s[j], 0x1p100); */
    /*@ assert same: v.b[j] == \at(v.b[\at(j, Here)], Pre) &&
          v.s[j] == \at(v.s[\at(j, Here)], Pre); */
    /*@ assert bound: rounded_bound(t - v.b[j], 0x1p444); */
    const double r = t - v.b[j];
    /*@ assert residual: r == fl_sub(t, v.b[j]) && in_range(r, 0x1p445); */
    /*@ assert scaled: product_bound(v.s[j], r, 0x1p100, 0x1p445) &&
          rounded_bound(v.s[j] * r, 0x1p545); */
    const double e = v.s[j] * r;
    /*@ assert entry: e == fl_mul(v.s[j], r) && in_range(e, 0x1p550); */
    /*@ assert gradient: e == fl_block_gradient{Pre}(v.L, v.b, v.s, v.S, w, v.q, v.d, a); */
    /*@ assert earlier: bounded(g, a, 0x1p550); */
    /*@ assert ahead: sums_at{Pre, Here}(v.L, v.S, w, g, v.d, a + 1, v.q, v.q); */
    /*@ ghost Store: ; */
    g[a] = e;
    /*@ assert others: same_range{Store, Here}(g, a + 1, v.q); */
    /*@ assert rest_kept: sums_kept{Pre, Store, Here}(v.L, v.S, w, g, v.d, a + 1, v.q, v.q); */
    /*@ assert rest: sums_at{Pre, Here}(v.L, v.S, w, g, v.d, a + 1, v.q, v.q); */
    /*@ assert kept: \forall integer k; 0 <= k < a ==> in_range(g[k], 0x1p550); */
    /*@ assert set: in_range(g[a], 0x1p550); */
    /*@ assert next: (size_t)(a + 1) == a + 1; */
  }
  /*@ assert model: gradient_is{Pre, Here}(v, w, g); */
  /*@ assert error: gradient_error_of{Pre, Here}(v.L, v.b, v.s, v.S, w, g, v.q, v.d); */
}
