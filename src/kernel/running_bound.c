#include "running_bound.h"

void ist_round_error(double *f, const double *e, const double *x, const double *L, size_t L_stride,
                     const double *b, size_t b_stride, const double *s, size_t s_stride,
                     const size_t *block, size_t d, size_t n, size_t q, double gamma,
                     const double *w, const double *g, const double *sum, const size_t *count,
                     double *own, double *whole, double *radius, double *coefficient,
                     double *merged_radius, double *merged_coefficient)
{
  /*@ assert total: inside(n - 1, q - 1, n, q) && size_bound(n, q) && start(n, q) == n * q; */
  const size_t m = n * q;
  /*@ assert total_of: m == start(n, q) && m <= 0x10000000000; */
  ist_all_radii(x, e, L, L_stride, b, b_stride, s, s_stride, block, w, g, count, d, n, q, own, whole,
                radius, coefficient);
  /*@ assert radii: all_workers_covered{Pre, Here}(L, L_stride, b, b_stride,
        s, s_stride, block, x, e, g,
        count, coefficient, radius, q, d, n); */
  /*@ assert wider: bounded_weaken(coefficient, m, 0x1p362, 0x1p550) &&
        bounded(coefficient, m, 0x1p362); */
  /*@ assert ranges: bounded(coefficient, m, 0x1p550) && between(radius, m, 0.0, 0x1p552); */
  /*@ assert blocks: indices(block, m, d); */
  /*@ assert kept: same{Pre, Here}(x, d) && same{Pre, Here}(e, d) &&
        same{Pre, Here}(g, m) && same{Pre, Here}(sum, d); */
  /*@ assert range: bounded(x, d, 0x1p160) && between(e, d, 0.0, 0x1p160) &&
        bounded(sum, d, 0x1p592); */
  /*@ ghost Radii: ; */
  ist_merge_above(merged_radius, d, radius, block, m);
  /*@ assert above: merged_above{Radii, Here}(radius, merged_radius, block, m, d); */
  /*@ assert kept_2: same{Radii, Here}(x, d) && same{Radii, Here}(e, d) &&
        same{Radii, Here}(g, m) && same{Radii, Here}(sum, d); */
  /*@ assert range_2: bounded(x, d, 0x1p160) && between(e, d, 0.0, 0x1p160) &&
        bounded(sum, d, 0x1p592) && between(merged_radius, d, 0.0, 0x1p593); */
  /*@ assert coefficients: bounded(coefficient, m, 0x1p550) && indices(block, m, d) &&
        same{Radii, Here}(coefficient, m); */
  /*@ ghost Above: ; */
  ist_merge(merged_coefficient, d, coefficient, block, m);
  /*@ assert merged: merge_error{Above, Here}(coefficient, block, merged_coefficient, m,
        d); */
  /*@ assert kept_3: same{Above, Here}(x, d) && same{Above, Here}(e, d) &&
        same{Above, Here}(g, m) && same{Above, Here}(sum, d) &&
        same{Above, Here}(merged_radius, d); */
  /*@ assert merged_range: between(merged_radius, d, 0.0, 0x1p593) && bounded(sum, d, 0x1p592) &&
        bounded(x, d, 0x1p160) && between(e, d, 0.0, 0x1p160); */
  /*@ ghost Merged: ; */
  ist_step_errors(f, e, x, sum, merged_radius, merged_coefficient, d, n, gamma);
  /*@ assert kept_4: same{Merged, Here}(x, d) && same{Merged, Here}(e, d) &&
        same{Merged, Here}(g, m) && same{Merged, Here}(sum, d); */
  /*@ assert same_inputs: same{Pre, Here}(x, d) && same{Pre, Here}(e, d) &&
        same{Pre, Here}(g, m) && same{Pre, Here}(sum, d) &&
        same_indices{Pre, Here}(block, m) && same_indices{Pre, Here}(count, d); */
  /*@ assert same_radii: same{Radii, Here}(radius, m) && same{Radii, Here}(coefficient, m) &&
        same{Above, Here}(coefficient, m) && same{Above, Here}(merged_radius, d) &&
        same{Merged, Here}(merged_coefficient, d) && same{Merged, Here}(merged_radius, d); */
  /*@ assert same_blocks: same_indices{Radii, Here}(block, m) &&
        same_indices{Above, Here}(block, m); */
  /*@ assert same_step: same{Merged, Here}(x, d) && same{Merged, Here}(e, d) &&
        same{Merged, Here}(sum, d); */
  /*@ assert inputs: round_inputs_same{Pre, Here}(block, x, e,
        g, sum, count, d, m); */
  /*@ assert keep: counted_kept{Pre, Pre, Here}(count, block, m, d) &&
        merged_above_kept{Radii, Above, Here}(radius, merged_radius, block, m, d) &&
        merge_error_kept{Pre, Pre, Here}(g, block, sum, m, d) &&
        merge_error_kept{Above, Merged, Here}(coefficient, block, merged_coefficient, m,
          d); */
  /*@ assert counted: members_counted{Here, Here}(count, block, m, d); */
  /*@ assert radii_above: merged_above{Here, Here}(radius, merged_radius, block, m, d); */
  /*@ assert gradients: merge_error{Here, Here}(g, block, sum, m, d); */
  /*@ assert coefficients_merged: merge_error{Here, Here}(coefficient, block,
        merged_coefficient, m, d); */
  /*@ assert stepped: \forall integer j; 0 <= j < d ==>
        step_error_above((real)f[j], (real)\at(e[j], Merged), (real)\at(x[j], Merged), gamma, (real)n,
          (real)\at(sum[j], Merged), (real)\at(merged_radius[j], Merged),
          (real)\at(merged_coefficient[j], Merged)); */
  /*@ assert step: \forall integer j; 0 <= j < d ==>
        step_error_above((real)f[j], (real)e[j], (real)x[j], gamma, (real)n, (real)sum[j],
          (real)merged_radius[j], (real)merged_coefficient[j]); */
  /*@ assert bounded: round_bounded{Pre, Radii, Here}(L, L_stride, b, b_stride,
        s, s_stride, block, x, e, g, sum,
        count, coefficient, radius, merged_coefficient, merged_radius, f, d, n, q, gamma); */
}
