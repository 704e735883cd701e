#include "metric_errors.h"

#include <math.h>

#include "upward.h"

static const char no_eigenvalue[] =
    "no lower bound on the smallest eigenvalue was found: the system is too close to singular";

static ist_scalar conclude(double bound) {
  if (!isfinite(bound))
    return (ist_scalar){.reason = "the bound exceeds double precision"};
  return (ist_scalar){.exists = true, .value = IST_UPWARD * bound};
}

/** |e|'|A||e|. */
static double absolute_form(const double *A, const double *e, size_t d) {
  double sum = 0;
  for (size_t j = 0; j < d; j++) {
    double row = 0;
    for (size_t k = 0; k < d; k++)
      row += fabs(A[j * d + k] * e[k]);
    sum += fabs(e[j]) * row;
  }
  return sum;
}

static double square(double v) { return v * v; }

/** sum_j v_j^2, v = residual: r'A^{-1} r is at most that over the smallest eigenvalue of S A S. */
static double norm_sq(const double *v, size_t d) {
  double sum = 0;
  for (size_t j = 0; j < d; j++)
    sum += square(v[j]);
  return sum;
}

/** value_error of the kernel at b = 0, and the rounding of e = x - x*. */
static double rounding(double form, const double *e, size_t d) {
  double size = 0;
  for (size_t j = 0; j < d; j++)
    size += fabs(e[j]);
  if (size == 0)
    return 0;
  const double product = IST_SUM_ERROR(d, form);
  const double whole = product + IST_SUM_ERROR(d, form + product);
  return whole / 2 + 0x1.004p-53 * (form + whole) + 1.02 * IST_UNIT * form +
         IST_UNDERFLOW * (1 + size);
}

static ist_scalar gap_error(const ist_meter *m, const ist_system *star, const ist_surrounding *e) {
  const size_t d = m->d;
  const double form = IST_UPWARD * absolute_form(m->L_bar, m->from_star, d);
  const double second = norm_sq(e->residual, d);
  double first = 0, size = 0;
  if (second > 0 && e->smallest <= 0)
    return (ist_scalar){.reason = no_eigenvalue};
  for (size_t j = 0; j < d; j++) {
    const double scaled = fabs(m->from_star[j]) / star->scale[j];
    first += scaled * e->residual[j];
    size += square(scaled);
  }
  const double last = second > 0 ? second / e->smallest / 2 : 0;
  return conclude(rounding(form, m->from_star, d) + e->row * size / 2 + first + last);
}

static ist_scalar fixed_error(const ist_meter *m, const ist_system *y, const ist_surrounding *e) {
  const size_t d = m->d;
  const double residual = IST_UPWARD * sqrt(norm_sq(e->residual, d));
  if (residual > 0 && e->smallest <= 0)
    return (ist_scalar){.reason = no_eigenvalue};
  const double away = residual > 0 ? residual / e->smallest : 0;
  const double size = IST_UPWARD * norm_sq(m->from_fixed, d);
  double moved = 0;
  for (size_t j = 0; j < d; j++) {
    const double distance = IST_UPWARD * y->scale[j] * away;
    moved += 2 * IST_UPWARD * fabs(m->from_fixed[j]) * distance + square(distance);
  }
  const double rounded =
      size > 0 ? IST_SUM_ERROR(d, size) + 2.05 * IST_UNIT * size + IST_UNDERFLOW : 0;
  return conclude(moved + rounded);
}

void ist_metric_errors_find(const ist_meter *m, const ist_landmarks *l,
                            const ist_surroundings *around, ist_metric_errors *out) {
  out->f_gap = gap_error(m, &l->star, &around->star);
  out->dist_fixed_sq = (ist_scalar){.reason = l->reason};
  if (l->has_fixed)
    out->dist_fixed_sq = fixed_error(m, l->same ? &l->star : &l->fixed, &around->fixed);
}
