#include "meter.h"

#include <stdlib.h>

#include "kernel/quadratic.h"
#include "kernel/range.h"

bool ist_meter_open_at(ist_meter *m, size_t d, const double *L_bar, const double *x_star,
                       const double *x_fixed) {
  *m = (ist_meter){.d = d,
                   .L_bar = L_bar,
                   .x_star = x_star,
                   .x_fixed = x_fixed,
                   .zero = calloc(d, sizeof *m->zero),
                   .from_star = calloc(d, sizeof *m->from_star),
                   .from_fixed = calloc(d, sizeof *m->from_fixed),
                   .work = calloc(d, sizeof *m->work)};
  if (m->zero != NULL && m->from_star != NULL && m->from_fixed != NULL && m->work != NULL)
    return true;
  ist_meter_close(m);
  return false;
}

bool ist_meter_open(ist_meter *m, const ist_constants *c) {
  return ist_meter_open_at(m, c->d, c->L_bar, c->x_star, c->x_fixed);
}

/** z = x - y; whether it is within the kernel's range. */
static bool subtract(const double *x, const double *y, size_t d, double *z) {
  for (size_t j = 0; j < d; j++)
    z[j] = x[j] - y[j];
  return ist_bounded(z, d, IST_ENTRY_MAX);
}

bool ist_measure(ist_meter *m, const double *x, ist_metrics *out) {
  const size_t d = m->d;
  const bool has_fixed = m->x_fixed != NULL;
  if (!subtract(x, m->x_star, d, m->from_star) ||
      (has_fixed && !subtract(x, m->x_fixed, d, m->from_fixed)))
    return false;
  const double gap = ist_value(m->L_bar, m->zero, m->from_star, d, m->work);
  *out = (ist_metrics){
      .f_gap = gap, .grad_norm_sq = 2 * gap, .dist_star_sq = 2 * gap, .has_fixed = has_fixed};
  if (has_fixed)
    out->dist_fixed_sq = ist_dot(m->from_fixed, m->from_fixed, d);
  return true;
}

void ist_meter_close(ist_meter *m) {
  free(m->zero);
  free(m->from_star);
  free(m->from_fixed);
  free(m->work);
  *m = (ist_meter){0};
}
