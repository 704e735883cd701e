#include "local.h"

#ifdef __FRAMAC__
#include "../../spec/merge_error.h"
#endif

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
  /*@ assert entries: \forall integer a; 0 <= a < q ==> in_range(g[a], 0x1p550) &&
        in_range(\at(z[a], Pre), 0x1p261); */
  /*@ assert near: \forall integer a; 0 <= a < q ==>
        local_step_near((real)\at(z[a], Pre), gamma, (real)g[a]); */
}

/* The local models of all workers, worker i's q entries at w + i*q. */
/*@ requires size: 1 <= q <= d <= IST_DIM_MAX && 1 <= n <= IST_DIM_MAX;
    requires stride: (L_stride == 0 || L_stride == d*d) && (b_stride == 0 || b_stride == d) &&
                     (s_stride == 0 || s_stride == d);
    requires valid: \valid_read(x + (0 .. d-1)) &&
                    \valid_read(L + (0 .. span(n, L_stride, d*d)-1)) &&
                    \valid_read(b + (0 .. span(n, b_stride, d)-1)) &&
                    \valid_read(s + (0 .. span(n, s_stride, d)-1)) &&
                    \valid_read(block + (0 .. start(n, q)-1)) &&
                    \valid(w + (0 .. start(n, q)-1)) && \valid(g + (0 .. q-1));
    requires apart: \separated(w + (0 .. start(n, q)-1), g + (0 .. q-1), x + (0 .. d-1)) &&
                    \separated(w + (0 .. start(n, q)-1), g + (0 .. q-1),
                      L + (0 .. span(n, L_stride, d*d)-1)) &&
                    \separated(w + (0 .. start(n, q)-1), g + (0 .. q-1),
                      b + (0 .. span(n, b_stride, d)-1)) &&
                    \separated(w + (0 .. start(n, q)-1), g + (0 .. q-1),
                      s + (0 .. span(n, s_stride, d)-1)) &&
                    \separated(w + (0 .. start(n, q)-1), g + (0 .. q-1),
                      block + (0 .. start(n, q)-1));
    requires block: indices(block, start(n, q), d);
    requires range: bounded(x, d, 0x1p160) && bounded(L, span(n, L_stride, d*d), 0x1p160) &&
                    bounded(b, span(n, b_stride, d), 0x1p160) &&
                    bounded(s, span(n, s_stride, d), 0x1p100) && in_range(gamma, 0x1p100);
    requires symmetric: all_symmetric(L, n, L_stride, d);
    terminates \true;
    exits \false;
    assigns w[0 .. start(n, q)-1], g[0 .. q-1];
    ensures model: \result == true ==> \forall integer i; 0 <= i < n ==>
      local_is{Old, Post}(L + start(i, L_stride), b + start(i, b_stride),
                          s + start(i, s_stride), block + start(i, q),
                          x, w + start(i, q), q, d, gamma, T);
*/
static bool local_models(const double *x, const double *L, size_t L_stride, const double *b,
                         size_t b_stride, const double *s, size_t s_stride, const size_t *block,
                         size_t d, size_t n, size_t q, double gamma, size_t T, double *w, double *g)
{
  /*@ loop invariant 0 <= i <= n;
      loop invariant models: \forall integer k; 0 <= k < i ==>
        local_is{Pre, Here}(L + start(k, L_stride), b + start(k, b_stride),
                            s + start(k, s_stride), block + start(k, q),
                            x, w + start(k, q), q, d, gamma, T);
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
    /*@ assert parts: bounded_part(L, start(i, L_stride), d * d,
            span(n, L_stride, d * d), 0x1p160) &&
          bounded_part(b, start(i, b_stride), d, span(n, b_stride, d), 0x1p160) &&
          bounded_part(s, start(i, s_stride), d, span(n, s_stride, d), 0x1p100) &&
          indices_part(block, start(i, q), q, start(n, q), d); */
    /*@ assert inputs: bounded(L, span(n, L_stride, d*d), 0x1p160) &&
          bounded(b, span(n, b_stride, d), 0x1p160) && bounded(s, span(n, s_stride, d), 0x1p100) &&
          indices(block, start(n, q), d); */
    /*@ assert matrix_range: bounded(L_i, d * d, 0x1p160); */
    /*@ assert range: bounded(b_i, d, 0x1p160) && bounded(s_i, d, 0x1p100) && indices(S, q, d); */
    /*@ assert iterate: bounded(x, d, 0x1p160) && same{Pre, Here}(x, d); */
    /*@ assert same_L: same{Pre, Here}(L_i, d * d); */
    /*@ assert same_rest: same{Pre, Here}(b_i, d) && same{Pre, Here}(s_i, d) &&
          same_indices{Pre, Here}(S, q) && indices{Pre}(S, q, d); */
    /*@ assert same: same_inputs{Pre, Here}(L_i, b_i, s_i,
          S, q, d); */
    /*@ assert symmetric: symmetry_kept{Pre, Here}(L_i, d) && symmetric(L_i, d); */
    /*@ assert order: \forall integer k; 0 <= k < i ==> start(k, q) + q <= start(i, q); */
    /*@ ghost Call: ; */
    if (!ist_local_steps(x, L_i, b_i, s_i, S, q, d, gamma, T, z, g))
      return false;
    /*@ assert called: local_is{Call, Here}(L_i, b_i, s_i,
          S, x, z, q, d, gamma, T); */
    /*@ assert moved: local_moved{Pre, Call, Here}(L_i, b_i, s_i,
          S, x, z, q, d, gamma, T); */
    /*@ assert framed: local_framed{Pre, Call}(L_i, b_i, s_i,
          S, x, q, d, gamma, T); */
    /*@ assert done: local_is{Pre, Here}(L_i, b_i, s_i,
          S, x, z, q, d, gamma, T); */
    /*@ assert same_earlier: \forall integer k; 0 <= k < i ==>
          same{Call, Here}(w + start(k, q), q); */
    /*@ assert kept: \forall integer k; 0 <= k < i ==>
          local_kept{Pre, Call, Here}(L + start(k, L_stride),
            b + start(k, b_stride), s + start(k, s_stride),
            block + start(k, q), x, w + start(k, q), q, d, gamma, T); */
    /*@ assert next: (size_t)(i + 1) == i + 1; */
  }
  return true;
}

bool ist_local_round(double *x, const double *L, size_t L_stride, const double *b, size_t b_stride,
                     const double *s, size_t s_stride, const size_t *block, size_t d, size_t n,
                     size_t q, double gamma, size_t T, double *w, double *g, double *sum)
{
  /*@ assert total: inside(n - 1, q - 1, n, q) && size_bound(n, q) && start(n, q) == n * q; */
  const size_t m = n * q;
  /*@ assert count: m == start(n, q) && m <= 0x10000000000; */
  /*@ assert within: \forall integer i; 0 <= i < n ==>
        0 <= start(i, q) && start(i, q) + q <= start(n, q); */
  if (!local_models(x, L, L_stride, b, b_stride, s, s_stride, block, d, n, q, gamma, T, w, g) ||
      !ist_bounded(w, m, 0x1p260))
    return false;
  /*@ assert gathered: bounded_weaken(w, m, 0x1p260, 0x1p550) && indices(block, m, d); */
  /*@ ghost Locals: ; */
  /*@ assert models: \forall integer i; 0 <= i < n ==>
        local_is{Pre, Here}(L + start(i, L_stride), b + start(i, b_stride),
                            s + start(i, s_stride), block + start(i, q), x,
                            w + start(i, q), q, d, gamma, T); */
  ist_merge(sum, d, w, block, m);
  /*@ assert summed: merge_is{Locals, Here}(w, block, sum, m, d); */
  /*@ assert same_w: same{Locals, Here}(w, m); */
  /*@ ghost Merged: ; */
  ist_average(x, sum, d, n);
  /*@ assert averaged: \forall integer j; 0 <= j < d ==>
        averaged((real)x[j], (real)\at(sum[j], Merged), (real)n); */
  /*@ assert sum_kept: same{Merged, Here}(sum, d); */
  /*@ assert average_near: \forall integer j; 0 <= j < d ==>
        averaged((real)x[j], (real)sum[j], (real)n); */
  /*@ assert w_kept: same{Locals, Here}(w, m) && same_indices{Locals, Here}(block, m); */
  /*@ assert merge_kept: merge_kept{Locals, Merged, Here}(w, block, sum, m, d); */
  /*@ assert merged: merge_is{Here, Here}(w, block, sum, m, d); */
  /*@ assert parts: \forall integer i; 0 <= i < n ==>
        same_part{Locals, Here}(w, start(i, q), q, m) &&
        part(w, start(i, q)) == w + start(i, q); */
  /*@ assert parts_kept: \forall integer i; 0 <= i < n ==>
        same{Locals, Here}(w + start(i, q), q); */
  /*@ assert locals_kept: \forall integer i; 0 <= i < n ==>
        local_kept{Pre, Locals, Here}(L + start(i, L_stride),
          b + start(i, b_stride), s + start(i, s_stride),
          block + start(i, q), x, w + start(i, q), q, d, gamma, T); */
  /*@ assert locals: \forall integer i; 0 <= i < n ==>
        local_is{Pre, Here}(L + start(i, L_stride), b + start(i, b_stride),
                            s + start(i, s_stride), block + start(i, q), x,
                            w + start(i, q), q, d, gamma, T); */
  /*@ assert range_kept: bounded(w, m, 0x1p550) && indices(block, m, d); */
  /*@ assert merge_near: merge_error_of{Here, Here}(w, block, sum, m, d); */
  return true;
}
