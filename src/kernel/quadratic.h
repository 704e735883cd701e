/** The quadratic f(x) = 1/2 x'Lx - b'x and its gradient, eqs. (8), (12). */
#ifndef IST_KERNEL_QUADRATIC_H
#define IST_KERNEL_QUADRATIC_H

#include "linear.h"

#include <stddef.h>

/** g = L x - b, eq. (12). L: d x d, row-major; b, x, g: d entries, all within 2^160.
 *  [claim P04, R5] */
/*@ requires size: d <= IST_DIM_MAX;
    requires valid: \valid_read(L + (0 .. d*d-1)) && \valid_read(b + (0 .. d-1)) &&
                    \valid_read(x + (0 .. d-1)) && \valid(g + (0 .. d-1));
    requires apart: \separated(g + (0 .. d-1), L + (0 .. d*d-1)) &&
                    \separated(g + (0 .. d-1), b + (0 .. d-1)) &&
                    \separated(g + (0 .. d-1), x + (0 .. d-1));
    requires range: bounded(L, d*d, 0x1p160) && bounded(b, d, 0x1p160) && bounded(x, d, 0x1p160);
    terminates \true;
    exits \false;
    assigns g[0 .. d-1];
    ensures range: bounded(g, d, 0x1p344);
    ensures model: \forall integer j; 0 <= j < d ==>
      g[j] == fl_sub(fl_dot{Old}(L + entry(j, 0, d), x, d), \old(b[j]));
    ensures error: \forall integer j; 0 <= j < d ==>
      \abs(g[j] - (dot{Old}(L + entry(j, 0, d), x, d) - \old(b[j]))) <=
        sum_error(d + 1, abs_dot{Old}(L + entry(j, 0, d), x, d) +
                         \abs(\old(b[j])));
*/
void ist_gradient(const double *L, const double *b, const double *x, size_t d, double *g);

/** f(x) = 1/2 x'(L x) - b'x, eq. (8). L, b, x as for ist_gradient; Lx: d entries, receives L x.
 *  [claim P04, R12] */
/*@ requires size: d <= IST_DIM_MAX;
    requires valid: \valid_read(L + (0 .. d*d-1)) && \valid_read(b + (0 .. d-1)) &&
                    \valid_read(x + (0 .. d-1)) && \valid(Lx + (0 .. d-1));
    requires apart: \separated(Lx + (0 .. d-1), L + (0 .. d*d-1)) &&
                    \separated(Lx + (0 .. d-1), b + (0 .. d-1)) &&
                    \separated(Lx + (0 .. d-1), x + (0 .. d-1));
    requires range: bounded(L, d*d, 0x1p160) && bounded(b, d, 0x1p160) && bounded(x, d, 0x1p160);
    terminates \true;
    exits \false;
    assigns Lx[0 .. d-1];
    ensures finite: \is_finite(\result);
    ensures product: \forall integer j; 0 <= j < d ==>
      Lx[j] == fl_dot{Old}(L + entry(j, 0, d), x, d);
    ensures model: \result ==
      fl_sub(fl_div(fl_dot(x, Lx, d), 2.0), fl_dot{Old}(b, x, d));
    ensures error:
      \abs(\result - (form(L, x, d, d) / 2.0 -
                      dot(b, x, d))) <=
        value_error(d, abs_form(L, x, d, d), abs_sum(x, d),
                    abs_dot(b, x, d));
*/
double ist_value(const double *L, const double *b, const double *x, size_t d, double *Lx);

#endif
