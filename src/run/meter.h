/** Measuring iterates. */
#ifndef IST_RUN_METER_H
#define IST_RUN_METER_H

#include <stdbool.h>
#include <stddef.h>

#include "metrics.h"
#include "spectral/constants.h"

/** What distances are measured from, and in, and work space. */
typedef struct {
  size_t d;
  const double *L_bar, *x_star, *x_fixed; /**< d*d, d, d entries, not owned; x_fixed may be NULL */
  double *zero, *from_star, *from_fixed, *work; /**< d entries each */
} ist_meter;

/** Prepares to measure with constants c (kept by reference). False if memory runs out. */
bool ist_meter_open(ist_meter *m, const ist_constants *c);

/** The same with given points (kept by reference); x_fixed: NULL if it does not exist. */
bool ist_meter_open_at(ist_meter *m, size_t d, const double *L_bar, const double *x_star,
                       const double *x_fixed);

/** Measures x (d entries within IST_ENTRY_MAX).
 *
 *  f is quadratic with gradient L_bar (x - x*), so that exactly
 *    2 (f(x) - f*) = ||x - x*||^2_{L_bar} = ||grad f(x)||^2_{L_bar^{-1}}.
 *  All three are computed from the middle term, by ist_value with b = 0: one pass over L_bar. It
 *  subtracts once, x - x*; the other two subtract f* from f(x), or b_bar from L_bar x followed by a
 *  solve, and lose every digit near x*. m->from_star and m->from_fixed are left with x - x* and
 *  x - x_fixed.
 *
 *  False if one of the two leaves the kernel's range. */
bool ist_measure(ist_meter *m, const double *x, ist_metrics *out);

/** Frees what m owns. */
void ist_meter_close(ist_meter *m);

#endif
