#include "all_radii.h"

#ifdef __FRAMAC__
#include "../../spec/radius_error.h"
#endif

void ist_all_radii(const double *x, const double *e, const double *L, size_t L_stride,
                   const double *b, size_t b_stride, const double *s, size_t s_stride,
                   const size_t *block, const double *w, const double *g, const size_t *count,
                   size_t d, size_t n, size_t q, double *own, double *whole, double *radius,
                   double *coefficient)
{
  /*@ loop invariant 0 <= i <= n;
      loop invariant radii: between(radius, start(i, q), 0.0, 0x1p552);
      loop invariant coefficients: bounded(coefficient, start(i, q), 0x1p362);
      loop invariant covered: all_workers_covered{Pre, Here}(L, L_stride,
        b, b_stride, s, s_stride, block, x, e,
        g, count, coefficient, radius, q, d, i);
      loop assigns i, own[0 .. q-1], whole[0 .. q-1], radius[0 .. start(n, q)-1],
                   coefficient[0 .. start(n, q)-1];
      loop variant n - i; */
  for (size_t i = 0; i < n; i++) {
    /*@ assert square: size_bound(d, d); */
    /*@ assert spans: worker_span(i, n, L_stride, d * d) && worker_span(i, n, b_stride, d) &&
          worker_span(i, n, s_stride, d) && worker_span(i, n, q, q); */
    const double *L_i = L + i * L_stride;
    const double *b_i = b + i * b_stride;
    const double *s_i = s + i * s_stride;
    const size_t *S = block + i * q;
    const double *w_i = w + i * q;
    const double *g_i = g + i * q;
    double *radius_i = radius + i * q;
    double *coefficient_i = coefficient + i * q;
    /*@ assert places: L_i == L + start(i, L_stride) && b_i == b + start(i, b_stride) &&
          s_i == s + start(i, s_stride) && S == block + start(i, q) && w_i == w + start(i, q) &&
          g_i == g + start(i, q) && radius_i == radius + start(i, q) &&
          coefficient_i == coefficient + start(i, q); */
    /*@ assert ends: 0 <= start(i, L_stride) &&
          start(i, L_stride) + d * d <= span(n, L_stride, d * d) &&
          0 <= start(i, b_stride) && start(i, b_stride) + d <= span(n, b_stride, d) &&
          0 <= start(i, s_stride) && start(i, s_stride) + d <= span(n, s_stride, d) &&
          0 <= start(i, q) && start(i, q) + q <= start(n, q); */
    /*@ assert parts: bounded_part(L, start(i, L_stride), d * d,
            span(n, L_stride, d * d), 0x1p160) &&
          bounded_part(b, start(i, b_stride), d, span(n, b_stride, d), 0x1p160) &&
          bounded_part(s, start(i, s_stride), d, span(n, s_stride, d), 0x1p100) &&
          bounded_part(w, start(i, q), q, start(n, q), 0x1p261) &&
          bounded_part(g, start(i, q), q, start(n, q), 0x1p550) &&
          indices_part(block, start(i, q), q, start(n, q), d); */
    /*@ assert inputs: bounded(L, span(n, L_stride, d*d), 0x1p160) &&
          bounded(b, span(n, b_stride, d), 0x1p160) && bounded(s, span(n, s_stride, d), 0x1p100) &&
          bounded(w, start(n, q), 0x1p261) && bounded(g, start(n, q), 0x1p550) &&
          indices(block, start(n, q), d); */
    /*@ assert matrix_range: bounded(L_i, d * d, 0x1p160); */
    /*@ assert range: bounded(b_i, d, 0x1p160) && bounded(s_i, d, 0x1p100) &&
          bounded(w_i, q, 0x1p261) && bounded(g_i, q, 0x1p550) && indices(S, q, d); */
    /*@ assert vectors: bounded(x, d, 0x1p160) && between(e, d, 0.0, 0x1p160) &&
          counts_below(count, d); */
    /*@ assert same_inputs: same{Pre, Here}(L_i, d * d) &&
          same{Pre, Here}(b_i, d) && same{Pre, Here}(s_i, d) &&
          same_indices{Pre, Here}(S, q); */
    /*@ assert same_vectors: same{Pre, Here}(x, d) && same{Pre, Here}(e, d) &&
          same{Pre, Here}(w_i, q) && same{Pre, Here}(g_i, q) &&
          same_indices{Pre, Here}(count, d); */
    /*@ assert before: indices{Pre}(S, q, d); */
    /*@ assert same: worker_same{Pre, Here}(L_i, b_i, s_i, S,
          x, e, w_i, g_i, count, q, d); */
    /*@ assert submodel: submodel_near{Pre, Pre}(x, s_i, S,
          w_i, q); */
    /*@ assert gradient: gradient_near{Pre, Pre}(L_i, b_i, s_i,
          S, w_i, g_i, q, d); */
    /*@ assert near: worker_near_kept{Pre, Here}(L_i, b_i, s_i,
          S, x, e, w_i, g_i, count, q,
          d); */
    /*@ ghost Call: ; */
    ist_worker_radii(x, e, L_i, b_i, s_i, S, w_i, g_i, count, q, d, own, whole, radius_i,
                     coefficient_i);
    /*@ assert called: \forall integer o, p; worker_covered{Call, Here}(L_i, b_i,
          s_i, S, x, e, g_i, count,
          coefficient_i, radius_i, q, d, o, p); */
    /*@ assert moved: \forall integer o, p; worker_covered_before{Pre, Call, Here}(L_i,
          b_i, s_i, S, x, e, w_i,
          g_i, count, coefficient_i, radius_i, q, d, o, p); */
    /*@ assert done: worker_covered{Pre, Here}(L_i, b_i, s_i,
          S, x, e, g_i, count, coefficient_i,
          radius_i, q, d, start(i, s_stride), start(i, q)); */
    /*@ assert this: worker_i_covered{Pre, Here}(L, L_stride, b, b_stride,
          s, s_stride, block, x, e, g,
          count, coefficient, radius, q, d, i); */
    /*@ assert order: \forall integer k; 0 <= k < i ==> start(k, q) + q <= start(i, q); */
    /*@ assert earlier: \forall integer k; 0 <= k < i ==>
          same{Call, Here}(coefficient + start(k, q), q) &&
          same{Call, Here}(radius + start(k, q), q); */
    /*@ assert were: \forall integer k; 0 <= k < i ==>
          worker_i_covered{Pre, Call}(L, L_stride, b, b_stride, s,
            s_stride, block, x, e, g, count,
            coefficient, radius, q, d, k); */
    /*@ assert keep: \forall integer k;
          worker_i_kept{Pre, Call, Here}(L, L_stride, b, b_stride, s,
            s_stride, block, x, e, g, count,
            coefficient, radius, q, d, k); */
    /*@ assert kept: \forall integer k; 0 <= k < i ==>
          worker_i_covered{Pre, Here}(L, L_stride, b, b_stride, s,
            s_stride, block, x, e, g, count,
            coefficient, radius, q, d, k); */
    /*@ assert so_far: between(radius, start(i, q), 0.0, 0x1p552) &&
          bounded(coefficient, start(i, q), 0x1p362); */
    /*@ assert set: between(radius_i, q, 0.0, 0x1p552) && bounded(coefficient_i, q, 0x1p362); */
    /*@ assert join: between_join(radius, start(i, q), q, 0.0, 0x1p552) &&
          bounded_extend(coefficient, start(i, q), q, 0x1p362) && start_after(i, q); */
    /*@ assert next: (size_t)(i + 1) == i + 1; */
  }
}
