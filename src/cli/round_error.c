#include "round_error.h"

#include <string.h>

#include "kernel/merge.h"
#include "kernel/round_error.h"
#include "kernel/worker_radii.h"

void ist_round_error(double *e, const double *x, const double *L, size_t L_stride, const double *b,
                     size_t b_stride, const double *s, size_t s_stride, const size_t *block,
                     size_t d, size_t n, size_t q, double gamma, const double *w, const double *g,
                     const double *sum, size_t *count, double *own, double *whole, double *radius,
                     double *coefficient, double *merged_radius, double *merged_coefficient,
                     double *next) {
  ist_count_members(count, d, block, n * q);
  for (size_t i = 0; i < n; i++)
    ist_worker_radii(x, e, L + i * L_stride, b + i * b_stride, s + i * s_stride, block + i * q,
                     w + i * q, g + i * q, count, q, d, own, whole, radius + i * q,
                     coefficient + i * q);
  ist_merge_above(merged_radius, d, radius, block, n * q);
  ist_merge(merged_coefficient, d, coefficient, block, n * q);
  ist_step_errors(next, e, x, sum, merged_radius, merged_coefficient, d, n, gamma);
  memcpy(e, next, d * sizeof *e);
}
