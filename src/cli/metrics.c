#include "metrics.h"

#include <stdlib.h>

#include "kernel/quadratic.h"
#include "kernel/range.h"

bool ist_meter_open(ist_meter *m, const ist_constants *c) {
  *m = (ist_meter){.constants = c,
                   .zero = calloc(c->d, sizeof *m->zero),
                   .difference = calloc(c->d, sizeof *m->difference),
                   .work = calloc(c->d, sizeof *m->work)};
  if (m->zero != NULL && m->difference != NULL && m->work != NULL)
    return true;
  ist_meter_close(m);
  return false;
}

static double distance_sq(const double *x, const double *y, size_t d) {
  double sum = 0;
  for (size_t j = 0; j < d; j++)
    sum += (x[j] - y[j]) * (x[j] - y[j]);
  return sum;
}

bool ist_measure(ist_meter *m, const double *x, ist_metrics *out) {
  const ist_constants *c = m->constants;
  for (size_t j = 0; j < c->d; j++)
    m->difference[j] = x[j] - c->x_star[j];
  if (!ist_bounded(m->difference, c->d, IST_ENTRY_MAX))
    return false;
  double gap = ist_value(c->L_bar, m->zero, m->difference, c->d, m->work);
  *out = (ist_metrics){.f_gap = gap, .grad_norm_sq = 2 * gap, .dist_star_sq = 2 * gap};
  out->has_fixed = c->x_fixed != NULL;
  if (out->has_fixed)
    out->dist_fixed_sq = distance_sq(x, c->x_fixed, c->d);
  return true;
}

void ist_meter_close(ist_meter *m) {
  free(m->zero);
  free(m->difference);
  free(m->work);
  *m = (ist_meter){0};
}
