/** How far the metrics of an iterate may be from the exact ones. */
#ifndef IST_RUN_METRIC_ERRORS_H
#define IST_RUN_METRIC_ERRORS_H

#include "landmarks.h"
#include "meter.h"
#include "metrics.h"

/** Bounds for the metrics that m measured last, at an iterate that is taken as exact. around: what
 *  surrounds the points of l, which m measures from; star and fixed as there.
 *
 *  With E = x - x*, x* the computed point, r = L_bar x* - b_bar its residual, all of them exact,
 *  and x** the exact point, f(x) - f(x**) = E'L_bar E / 2 + r'E + r'L_bar^{-1} r / 2, | ||x -
 *  y**||^2 - ||x - y||^2 | <= sum_j 2 |x - y|_j d_j + d_j^2, d_j >= |y - y**|_j. The kernel's
 *  contracts (value_error, sum_error) bound what rounding does to the first terms, a bound on r and
 *  on the smallest eigenvalue the others. */
void ist_metric_errors_find(const ist_meter *m, const ist_landmarks *l,
                            const ist_surroundings *around, ist_metric_errors *out);

#endif
