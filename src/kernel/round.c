#include "round.h"

#ifdef __FRAMAC__
#include "../../spec/merge_error.h"
#include "../../spec/submodel_error.h"
#endif

void ist_round(double *x, const double *L, size_t L_stride, const double *b, size_t b_stride,
               const double *s, size_t s_stride, const size_t *block, size_t d, size_t n, size_t q,
               double gamma, double *w, double *g, double *sum)
{
  /*@ assert total: inside(n - 1, q - 1, n, q) && size_bound(n, q) && start(n, q) == n * q; */
  const size_t m = n * q;
  /*@ assert count: m == start(n, q) && m <= 0x10000000000; */
  /*@ assert within: \forall integer i; 0 <= i < n ==>
        0 <= start(i, q) && start(i, q) + q <= start(n, q); */
  /*@ assert square: size_bound(d, d); */
  /*@ assert spans: \forall integer i; 0 <= i < n ==>
        worker_span(i, n, L_stride, d * d) && worker_span(i, n, b_stride, d) &&
        worker_span(i, n, s_stride, d); */
  /*@ assert inside: \forall integer i; 0 <= i < n ==>
        0 <= start(i, L_stride) && start(i, L_stride) + d * d <= span(n, L_stride, d * d) &&
        0 <= start(i, b_stride) && start(i, b_stride) + d <= span(n, b_stride, d) &&
        0 <= start(i, s_stride) && start(i, s_stride) + d <= span(n, s_stride, d); */
  ist_submodels(x, s, s_stride, block, d, n, q, w);
  /*@ assert inputs: bounded(L, span(n, L_stride, d*d), 0x1p160) &&
        bounded(b, span(n, b_stride, d), 0x1p160) && bounded(s, span(n, s_stride, d), 0x1p100); */
  /*@ assert blocks: indices(block, m, d) && bounded(x, d, 0x1p160); */
  /*@ assert same_matrices: \forall integer i; 0 <= i < n ==>
        same{Pre, Here}(L + start(i, L_stride), d * d); */
  /*@ assert symmetries: \forall integer i; 0 <= i < n ==>
        symmetry_kept{Pre, Here}(L + start(i, L_stride), d); */
  /*@ assert symmetric: all_symmetric(L, n, L_stride, d); */
  /*@ assert parts_w: parts_bounded(w, n, q, 0x1p261) && whole_bounded(w, n, q, 0x1p261); */
  /*@ ghost Submodels: ; */
  ist_block_gradients(L, L_stride, b, b_stride, s, s_stride, block, w, d, n, q, g);
  /*@ assert gradients: parts_bounded(g, n, q, 0x1p550) && whole_bounded(g, n, q, 0x1p550); */
  /*@ assert gathered: bounded(g, m, 0x1p550) && indices(block, m, d); */
  /*@ assert untouched: bounded(x, d, 0x1p160) && same{Pre, Here}(x, d) &&
        same{Submodels, Here}(w, m); */
  /*@ assert inputs_2: bounded(L, span(n, L_stride, d*d), 0x1p160) &&
        bounded(b, span(n, b_stride, d), 0x1p160) && bounded(s, span(n, s_stride, d), 0x1p100) &&
        bounded(w, m, 0x1p261); */
  /*@ assert same_2: same{Here, Submodels}(L, span(n, L_stride, d * d)) &&
        same{Here, Submodels}(b, span(n, b_stride, d)) &&
        same{Here, Submodels}(s, span(n, s_stride, d)); */
  /*@ ghost Gradients: ; */
  ist_merge(sum, d, g, block, m);
  /*@ assert summed: merge_is{Gradients, Here}(g, block, sum, m, d); */
  /*@ assert iterate: bounded(x, d, 0x1p160); */
  /*@ assert same_x: same{Pre, Here}(x, d); */
  /*@ assert same_w: same{Submodels, Here}(w, m) && same{Gradients, Here}(g, m); */
  /*@ assert inputs_3: bounded(L, span(n, L_stride, d*d), 0x1p160) &&
        bounded(b, span(n, b_stride, d), 0x1p160) && bounded(s, span(n, s_stride, d), 0x1p100) &&
        bounded(w, m, 0x1p261); */
  /*@ assert same_3: same{Here, Submodels}(L, span(n, L_stride, d * d)) &&
        same{Here, Submodels}(b, span(n, b_stride, d)) &&
        same{Here, Submodels}(s, span(n, s_stride, d)); */
  /*@ ghost Merged: ; */
  ist_step(x, sum, d, n, gamma);
  /*@ assert step: \forall integer j; 0 <= j < d ==> x[j] == fl_sub(\at(x[j], Merged),
        fl_mul(gamma, fl_div(\at(sum[j], Merged), (real)n))); */
  /*@ assert same_all: same{Here, Submodels}(L, span(n, L_stride, d * d)) &&
        same{Here, Submodels}(b, span(n, b_stride, d)) &&
        same{Here, Submodels}(s, span(n, s_stride, d)); */
  /*@ assert inputs_4: bounded(L, span(n, L_stride, d*d), 0x1p160) &&
        bounded(b, span(n, b_stride, d), 0x1p160) && bounded(s, span(n, s_stride, d), 0x1p100) &&
        bounded(w, m, 0x1p261); */
  /*@ assert step_near: \forall integer j; 0 <= j < d ==>
        stepped((real)x[j], (real)\at(x[j], Merged), gamma, (real)\at(sum[j], Merged), (real)n); */
  /*@ assert sum_kept: same{Merged, Here}(sum, d); */
  /*@ assert near: \forall integer j; 0 <= j < d ==>
        stepped((real)x[j], (real)\at(x[j], Pre), gamma, (real)sum[j], (real)n); */
  /*@ assert stepped: \forall integer j; 0 <= j < d ==> x[j] == fl_sub(\at(x[j], Pre),
        fl_mul(gamma, fl_div(sum[j], (real)n))); */
  /*@ assert w_kept: same{Submodels, Here}(w, m); */
  /*@ assert g_kept: same{Gradients, Here}(g, m) &&
        same_indices{Gradients, Here}(block, m); */
  /*@ assert merge_kept: merge_kept{Gradients, Merged, Here}(g, block, sum, m, d); */
  /*@ assert merged: merge_is{Here, Here}(g, block, sum, m, d); */
  /*@ assert parts: \forall integer i; 0 <= i < n ==>
        same_part{Submodels, Here}(w, start(i, q), q, m) &&
        part(w, start(i, q)) == w + start(i, q) &&
        same_part{Gradients, Here}(g, start(i, q), q, m) &&
        part(g, start(i, q)) == g + start(i, q); */
  /*@ assert parts_kept: \forall integer i; 0 <= i < n ==>
        same{Submodels, Here}(w + start(i, q), q) && same{Gradients, Here}(g + start(i, q), q); */
  /*@ assert submodels: \forall integer i; 0 <= i < n ==>
        submodel_kept{Pre, Submodels, Here}(x, s + start(i, s_stride),
          block + start(i, q), w + start(i, q), q); */
  /*@ assert input_parts: \forall integer i; 0 <= i < n ==>
        same_part{Here, Submodels}(L, start(i, L_stride), d * d,
          span(n, L_stride, d * d)) &&
        part(L, start(i, L_stride)) == L + start(i, L_stride) &&
        same_part{Here, Submodels}(b, start(i, b_stride), d, span(n, b_stride, d)) &&
        part(b, start(i, b_stride)) == b + start(i, b_stride) &&
        same_part{Here, Submodels}(s, start(i, s_stride), d, span(n, s_stride, d)) &&
        part(s, start(i, s_stride)) == s + start(i, s_stride); */
  /*@ assert same_L: \forall integer i; 0 <= i < n ==>
        same{Here, Submodels}(L + start(i, L_stride), d * d); */
  /*@ assert same_b: \forall integer i; 0 <= i < n ==>
        same{Here, Submodels}(b + start(i, b_stride), d); */
  /*@ assert same_s: \forall integer i; 0 <= i < n ==>
        same{Here, Submodels}(s + start(i, s_stride), d); */
  /*@ assert same_S: \forall integer i; 0 <= i < n ==>
        same_indices{Here, Submodels}(block + start(i, q), q) &&
        indices(block + start(i, q), q, d); */
  /*@ assert same_inputs: \forall integer i; 0 <= i < n ==>
        same_inputs{Here, Submodels}(L + start(i, L_stride),
          b + start(i, b_stride), s + start(i, s_stride),
          block + start(i, q), q, d); */
  /*@ assert frame: \forall integer i; 0 <= i < n ==>
        gradient_moved{Here, Submodels, Gradients}(L + start(i, L_stride),
          b + start(i, b_stride), s + start(i, s_stride),
          block + start(i, q), w + start(i, q), g + start(i, q), q, d); */
  /*@ assert kept: \forall integer i; 0 <= i < n ==>
        gradient_kept{Here, Gradients, Here}(L + start(i, L_stride),
          b + start(i, b_stride), s + start(i, s_stride),
          block + start(i, q), w + start(i, q), g + start(i, q), q, d); */
  /*@ assert bounded_parts: \forall integer i; 0 <= i < n ==>
        bounded_part{Pre}(s, start(i, s_stride), d, span(n, s_stride, d), 0x1p100) &&
        bounded_part(L, start(i, L_stride), d * d, span(n, L_stride, d * d), 0x1p160) &&
        bounded_part(b, start(i, b_stride), d, span(n, b_stride, d), 0x1p160) &&
        bounded_part(s, start(i, s_stride), d, span(n, s_stride, d), 0x1p100); */
  /*@ assert bounded_w: \forall integer i; 0 <= i < n ==>
        bounded_part(w, start(i, q), q, m, 0x1p261); */
  /*@ assert bounded_submodels: \forall integer i; 0 <= i < n ==>
        bounded(w + start(i, q), q, 0x1p261); */
  /*@ assert ranges: \forall integer i; 0 <= i < n ==>
        bounded{Pre}(s + start(i, s_stride), d, 0x1p100) &&
        indices{Pre}(block + start(i, q), q, d); */
  /*@ assert submodel_errors: \forall integer i; 0 <= i < n ==>
        submodel_error_of{Pre, Here}(x, s + start(i, s_stride),
          block + start(i, q), w + start(i, q), q, d); */
  /*@ assert all_inputs: \forall integer i; 0 <= i < n ==>
        gradient_inputs(L + start(i, L_stride), b + start(i, b_stride),
          s + start(i, s_stride), block + start(i, q), w + start(i, q), q, d); */
  /*@ assert gradient_errors: \forall integer i; 0 <= i < n ==>
        gradient_error_of{Here, Here}(L + start(i, L_stride),
          b + start(i, b_stride), s + start(i, s_stride),
          block + start(i, q), w + start(i, q), g + start(i, q), q, d); */
  /*@ assert entries: bounded(g, m, 0x1p550) && indices(block, m, d); */
  /*@ assert merge_error: merge_error_of{Here, Here}(g, block, sum, m, d); */
}
