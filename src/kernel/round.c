#include "round.h"

void ist_round(double *x, const double *L, size_t L_stride, const double *b, size_t b_stride,
               const double *s, size_t s_stride, const size_t *block, size_t d, size_t n, size_t q,
               double gamma, double *w, double *g, double *sum)
{
  /*@ assert total: inside(n - 1, q - 1, n, q) && size_bound(n, q) && start(n, q) == n * q; */
  ist_submodels(x, s, s_stride, block, d, n, q, w);
  /*@ assert inputs: bounded(L, span(n, L_stride, d*d), 0x1p160) &&
        bounded(b, span(n, b_stride, d), 0x1p160) && bounded(s, span(n, s_stride, d), 0x1p100); */
  /*@ assert blocks: indices(block, start(n, q), d) && bounded(x, d, 0x1p160); */
  /*@ ghost Submodels: ; */
  ist_block_gradients(L, L_stride, b, b_stride, s, s_stride, block, w, d, n, q, g);
  /*@ assert gradients: parts_bounded(g, n, q, 0x1p550) && whole_bounded(g, n, q, 0x1p550); */
  /*@ assert gathered: bounded(g, start(n, q), 0x1p550) && indices(block, start(n, q), d); */
  /*@ assert untouched: bounded(x, d, 0x1p160) && same{Pre, Here}(x, d) &&
        same{Submodels, Here}(w, start(n, q)); */
  ist_merge(sum, d, g, block, n * q);
  /*@ assert iterate: bounded(x, d, 0x1p160); */
  /*@ assert same_x: same{Pre, Here}(x, d); */
  /*@ assert same_w: same{Submodels, Here}(w, start(n, q)); */
  /*@ ghost Merged: ; */
  ist_step(x, sum, d, n, gamma);
  /*@ assert sum_kept: same{Merged, Here}(sum, d); */
  /*@ assert w_kept: same{Submodels, Here}(w, start(n, q)); */
  /*@ assert ends: \forall integer i; 0 <= i < n ==>
        0 <= start(i, q) && start(i, q) + q <= start(n, q); */
  /*@ assert parts: \forall integer i; 0 <= i < n ==>
        same_part{Submodels, Here}(w, start(i, q), q, start(n, q)) &&
        part(w, start(i, q)) == w + start(i, q); */
  /*@ assert parts_kept: \forall integer i; 0 <= i < n ==>
        same{Submodels, Here}(w + start(i, q), q); */
  /*@ assert submodels: \forall integer i; 0 <= i < n ==>
        submodel_kept{Pre, Submodels, Here}((double *)x, (double *)s + start(i, s_stride),
          (size_t *)block + start(i, q), w + start(i, q), q); */
}
