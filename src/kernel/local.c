#include "local.h"

void ist_local_step(double *z, const double *L, const double *b, const double *s, const size_t *S,
                    size_t q, size_t d, double gamma, double *g)
{
  ist_block_gradient(L, b, s, S, z, q, d, g);
  /*@ assert same_z: bounded(z, q, 0x1p261) && same{Pre, Here}(z, q); */
  /*@ ghost Gradient: ; */
  /*@ loop invariant 0 <= a <= q;
      loop invariant range: bounded(z, a, 0x1p700);
      loop invariant rest: \forall integer k; a <= k < q ==> in_range(z[k], 0x1p261) &&
        z[k] == \at(z[k], Pre);
      loop invariant step: \forall integer k; 0 <= k < a ==>
        z[k] == fl_sub(\at(z[k], Pre), fl_mul(gamma, \at(g[k], Gradient)));
      loop assigns a, z[0 .. q-1];
      loop variant q - a; */
  for (size_t a = 0; a < q; a++) {
    const double e = g[a];
    /*@ assert gradient: e == \at(g[\at(a, Here)], Gradient) && in_range(e, 0x1p550); */
    /*@ assert product: product_bound(gamma, e, 0x1p100, 0x1p550) &&
          rounded_bound(gamma * e, 0x1p650); */
    const double move = gamma * e;
    /*@ assert move: move == fl_mul(gamma, e) && in_range(move, 0x1p651); */
    const double old = z[a];
    /*@ assert old: old == \at(z[\at(a, Here)], Pre) && in_range(old, 0x1p261); */
    /*@ assert difference: rounded_bound(old - move, 0x1p652); */
    const double t = old - move;
    /*@ assert stepped: t == fl_sub(old, move) && in_range(t, 0x1p700); */
    z[a] = t;
    /*@ assert next: (size_t)(a + 1) == a + 1; */
  }
  /*@ assert same_g: same{Gradient, Here}(g, q); */
}

bool ist_local_steps(double *z, const double *L, const double *b, const double *s, const size_t *S,
                     size_t q, size_t d, double gamma, size_t T, double *g)
{
  const double limit = 0x1p260;
  /*@ loop invariant 0 <= t <= T;
      loop invariant none: t == 0 ==> same{Pre, Here}(z, q);
      loop assigns t, z[0 .. q-1], g[0 .. q-1];
      loop variant T - t; */
  for (size_t t = 0; t < T; t++) {
    /*@ assert inputs: bounded(L, d*d, 0x1p160) && bounded(b, d, 0x1p160) &&
          bounded(s, d, 0x1p100) && indices(S, q, d); */
    if (!ist_bounded(z, q, limit))
      return false;
    /*@ assert weaken: bounded_weaken(z, q, 0x1p260, 0x1p261); */
    ist_local_step(z, L, b, s, S, q, d, gamma, g);
    /*@ assert next: (size_t)(t + 1) == t + 1; */
  }
  return true;
}

bool ist_local_round(double *x, const double *L, size_t L_stride, const double *b, size_t b_stride,
                     const double *s, size_t s_stride, const size_t *block, size_t d, size_t n,
                     size_t q, double gamma, size_t T, double *w, double *g, double *sum)
{
  /*@ assert total: inside(n - 1, q - 1, n, q) && size_bound(n, q) && start(n, q) == n * q; */
  ist_submodels(x, s, s_stride, block, d, n, q, w);
  /*@ loop invariant 0 <= i <= n;
      loop invariant untouched: same{Pre, Here}(x, d);
      loop assigns i, w[0 .. start(n, q)-1], g[0 .. q-1];
      loop variant n - i; */
  for (size_t i = 0; i < n; i++) {
    /*@ assert square: size_bound(d, d); */
    /*@ assert spans: worker_span(i, n, L_stride, d * d) && worker_span(i, n, b_stride, d) &&
          worker_span(i, n, s_stride, d) && worker_span(i, n, q, q); */
    const double *L_i = L + i * L_stride;
    const double *b_i = b + i * b_stride;
    const double *s_i = s + i * s_stride;
    const size_t *S = block + i * q;
    double *z = w + i * q;
    /*@ assert places: L_i == L + start(i, L_stride) && b_i == b + start(i, b_stride) &&
          s_i == s + start(i, s_stride) && S == block + start(i, q) && z == w + start(i, q); */
    /*@ assert ends: 0 <= start(i, L_stride) &&
          start(i, L_stride) + d * d <= span(n, L_stride, d * d) &&
          0 <= start(i, b_stride) && start(i, b_stride) + d <= span(n, b_stride, d) &&
          0 <= start(i, s_stride) && start(i, s_stride) + d <= span(n, s_stride, d) &&
          0 <= start(i, q) && start(i, q) + q <= start(n, q); */
    /*@ assert parts: bounded_part((double *)L, start(i, L_stride), d * d,
            span(n, L_stride, d * d), 0x1p160) &&
          bounded_part((double *)b, start(i, b_stride), d, span(n, b_stride, d), 0x1p160) &&
          bounded_part((double *)s, start(i, s_stride), d, span(n, s_stride, d), 0x1p100) &&
          indices_part((size_t *)block, start(i, q), q, start(n, q), d); */
    /*@ assert inputs: bounded(L, span(n, L_stride, d*d), 0x1p160) &&
          bounded(b, span(n, b_stride, d), 0x1p160) && bounded(s, span(n, s_stride, d), 0x1p100) &&
          indices(block, start(n, q), d); */
    /*@ assert matrix_range: bounded(L_i, d * d, 0x1p160); */
    /*@ assert range: bounded(b_i, d, 0x1p160) && bounded(s_i, d, 0x1p100) && indices(S, q, d); */
    if (!ist_local_steps(z, L_i, b_i, s_i, S, q, d, gamma, T, g))
      return false;
    /*@ assert next: (size_t)(i + 1) == i + 1; */
  }
  if (!ist_bounded(w, n * q, 0x1p260))
    return false;
  /*@ assert gathered: bounded_weaken(w, start(n, q), 0x1p260, 0x1p550) &&
        indices(block, start(n, q), d); */
  ist_merge(sum, d, w, block, n * q);
  /*@ ghost Merged: ; */
  ist_average(x, sum, d, n);
  /*@ assert sum_kept: same{Merged, Here}(sum, d); */
  return true;
}
