#include "workers.h"

#ifdef __FRAMAC__
#include "../../spec/submodel_error.h"
#endif

void ist_submodels(const double *x, const double *s, size_t s_stride, const size_t *block,
                   size_t d, size_t n, size_t q, double *w)
{
  /*@ loop invariant 0 <= i <= n;
      loop invariant range: \forall integer k; 0 <= k < i ==>
        bounded(w + start(k, q), q, 0x1p261);
      loop invariant model: \forall integer k; 0 <= k < i ==>
        submodel_is{Pre, Here}(x, s + start(k, s_stride), block + start(k, q),
                               w + start(k, q), q);
      loop assigns i, w[0 .. start(n, q)-1];
      loop variant n - i; */
  for (size_t i = 0; i < n; i++) {
    /*@ assert spans: worker_span(i, n, s_stride, d) && worker_span(i, n, q, q); */
    const double *s_i = s + i * s_stride;
    const size_t *S = block + i * q;
    double *w_i = w + i * q;
    /*@ assert places: s_i == s + start(i, s_stride) && S == block + start(i, q) &&
          w_i == w + start(i, q); */
    /*@ assert ends: 0 <= start(i, s_stride) && start(i, s_stride) + d <= span(n, s_stride, d) &&
          0 <= start(i, q) && start(i, q) + q <= start(n, q); */
    /*@ assert parts: bounded_part(s, start(i, s_stride), d, span(n, s_stride, d), 0x1p100) &&
          indices_part(block, start(i, q), q, start(n, q), d); */
    /*@ assert inputs: bounded(s, span(n, s_stride, d), 0x1p100) && indices(block, start(n, q), d); */
    /*@ assert range: bounded(s_i, d, 0x1p100) && bounded(x, d, 0x1p160) && indices(S, q, d); */
    /*@ assert same: same{Pre, Here}(x, d) && same{Pre, Here}(s_i, d) &&
          same_indices{Pre, Here}(S, q); */
    /*@ ghost Call: ; */
    ist_submodel(x, s_i, S, q, d, w_i);
    /*@ assert called: submodel_is{Call, Here}(x, s_i, S, w_i, q); */
    /*@ assert frame: submodel_frame{Pre, Call, Here}(x, s_i, S, w_i,
          q, d); */
    /*@ assert before: indices{Pre}(S, q, d); */
    /*@ assert done: submodel_is{Pre, Here}(x, s_i, S, w_i, q); */
    /*@ assert sizes: start(i, q) + q <= start(n, q); */
    /*@ assert order: \forall integer k; 0 <= k < i ==> start(k, q) + q <= start(i, q); */
    /*@ assert same_earlier: \forall integer k; 0 <= k < i ==>
          same{Call, Here}(w + start(k, q), q); */
    /*@ assert kept: \forall integer k; 0 <= k < i ==>
          submodel_kept{Pre, Call, Here}(x, s + start(k, s_stride),
            block + start(k, q), w + start(k, q), q); */
    /*@ assert set: bounded(w_i, q, 0x1p261); */
    /*@ assert range_kept: \forall integer k; 0 <= k < i ==>
          bounded(w + start(k, q), q, 0x1p261); */
    /*@ assert next: (size_t)(i + 1) == i + 1; */
  }
  /*@ assert all_spans: \forall integer i; 0 <= i < n ==>
        worker_span(i, n, s_stride, d) && worker_span(i, n, q, q); */
  /*@ assert all_parts: \forall integer i; 0 <= i < n ==>
        bounded_part{Pre}(s, start(i, s_stride), d, span(n, s_stride, d), 0x1p100) &&
        indices_part{Pre}(block, start(i, q), q, start(n, q), d); */
  /*@ assert all_inputs: \forall integer i; 0 <= i < n ==>
        bounded{Pre}(s + start(i, s_stride), d, 0x1p100) &&
        indices{Pre}(block + start(i, q), q, d); */
  /*@ assert errors: \forall integer i; 0 <= i < n ==>
        submodel_error_of{Pre, Here}(x, s + start(i, s_stride),
          block + start(i, q), w + start(i, q), q, d); */
}

void ist_block_gradients(const double *L, size_t L_stride, const double *b, size_t b_stride,
                         const double *s, size_t s_stride, const size_t *block, const double *w,
                         size_t d, size_t n, size_t q, double *g)
{
#ifdef _OPENMP
/* Each worker writes its own part of g and reads nothing that another writes: with as many threads
 * as there are, the result is the same bits. Little work is not worth waking them. */
#pragma omp parallel for schedule(static) if (n * q * q >= 32768)
#endif
  /*@ loop invariant 0 <= i <= n;
      loop invariant range: \forall integer k; 0 <= k < i ==>
        bounded(g + start(k, q), q, 0x1p550);
      loop invariant model: \forall integer k; 0 <= k < i ==>
        gradient_is{Pre, Here}(L + start(k, L_stride), b + start(k, b_stride),
                               s + start(k, s_stride), block + start(k, q),
                               w + start(k, q), g + start(k, q), q, d);
      loop assigns i, g[0 .. start(n, q)-1];
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
    double *g_i = g + i * q;
    /*@ assert places: L_i == L + start(i, L_stride) && b_i == b + start(i, b_stride) &&
          s_i == s + start(i, s_stride) && S == block + start(i, q) &&
          w_i == w + start(i, q) && g_i == g + start(i, q); */
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
    /*@ assert submodel: bounded(w_i, q, 0x1p261); */
    /*@ assert same: same{Pre, Here}(L_i, d * d) && same{Pre, Here}(b_i, d) &&
          same{Pre, Here}(s_i, d) && same{Pre, Here}(w_i, q) &&
          same_indices{Pre, Here}(S, q); */
    /*@ assert symmetric: symmetry_kept{Pre, Here}(L_i, d) && symmetric(L_i, d); */
    /*@ assert order: \forall integer k; 0 <= k < i ==> start(k, q) + q <= start(i, q); */
    /*@ ghost Call: ; */
    ist_block_gradient(L_i, b_i, s_i, S, w_i, q, d, g_i);
    /*@ assert range_kept: \forall integer k; 0 <= k < i ==>
          bounded(g + start(k, q), q, 0x1p550); */
    /*@ assert called: gradient_is{Call, Here}(L_i, b_i, s_i,
          S, w_i, g_i, q, d); */
    /*@ assert frame: gradient_frame{Pre, Call, Here}(L_i, b_i, s_i,
          S, w_i, g_i, q, d); */
    /*@ assert before: indices{Pre}(S, q, d); */
    /*@ assert done: q == 0 || gradient_is{Pre, Here}(L_i, b_i, s_i,
          S, w_i, g_i, q, d); */
    /*@ assert empty: gradient_is{Pre, Here}(L_i, b_i, s_i,
          S, w_i, g_i, q, d); */
    /*@ assert same_earlier: \forall integer k; 0 <= k < i ==>
          same{Call, Here}(g + start(k, q), q); */
    /*@ assert kept: \forall integer k; 0 <= k < i ==>
          gradient_kept{Pre, Call, Here}(L + start(k, L_stride),
            b + start(k, b_stride), s + start(k, s_stride),
            block + start(k, q), w + start(k, q), g + start(k, q), q, d); */
    /*@ assert set: bounded(g_i, q, 0x1p550); */
    /*@ assert next: (size_t)(i + 1) == i + 1; */
  }
  /*@ assert all_square: size_bound(d, d); */
  /*@ assert all_spans: \forall integer i; 0 <= i < n ==>
        worker_span(i, n, L_stride, d * d) && worker_span(i, n, b_stride, d) &&
        worker_span(i, n, s_stride, d) && worker_span(i, n, q, q); */
  /*@ assert all_parts: \forall integer i; 0 <= i < n ==>
        bounded_part{Pre}(L, start(i, L_stride), d * d, span(n, L_stride, d * d),
                          0x1p160) &&
        bounded_part{Pre}(b, start(i, b_stride), d, span(n, b_stride, d), 0x1p160) &&
        bounded_part{Pre}(s, start(i, s_stride), d, span(n, s_stride, d), 0x1p100) &&
        indices_part{Pre}(block, start(i, q), q, start(n, q), d); */
  /*@ assert all_inputs: \forall integer i; 0 <= i < n ==>
        gradient_inputs{Pre}(L + start(i, L_stride), b + start(i, b_stride),
          s + start(i, s_stride), block + start(i, q),
          w + start(i, q), q, d); */
  /*@ assert errors: \forall integer i; 0 <= i < n ==>
        gradient_error_of{Pre, Here}(L + start(i, L_stride),
          b + start(i, b_stride), s + start(i, s_stride),
          block + start(i, q), w + start(i, q), g + start(i, q), q, d); */
}
