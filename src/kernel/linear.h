/** Dot product and matrix-vector product in a fixed order of operations. */
#ifndef IST_KERNEL_LINEAR_H
#define IST_KERNEL_LINEAR_H

#include "range.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "../../spec/exact.h"
#include "../../spec/linear.h"
#endif

/** sum_{j<d} a_j x_j, accumulated from j = 0 upwards. |a_j| <= 2^160, |x_j| <= 2^400. [claim R4] */
/*@ requires size: d <= IST_DIM_MAX;
    requires valid: \valid_read(a + (0 .. d-1)) && \valid_read(x + (0 .. d-1));
    requires range: bounded(a, d, 0x1p160) && bounded(x, d, 0x1p400);
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures finite: \is_finite(\result);
    ensures model: \result == fl_dot(a, x, d);
    ensures error: \abs(\result - dot(a, x, d)) <=
      sum_error(d, abs_dot(a, x, d));
    ensures magnitude: \abs(\result) <= d * (2 * 0x1p561);
    ensures small: bounded(x, d, 0x1p160) ==> \abs(\result) <= d * (2 * 0x1p321);
*/
double ist_dot(const double *a, const double *x, size_t d);

/** y = A x; A is d x d, row-major (all entries read). |A_jk|, |x_j| <= 2^160. [claim R4] */
/*@ requires size: d <= IST_DIM_MAX;
    requires valid: \valid_read(A + (0 .. d*d-1)) && \valid_read(x + (0 .. d-1)) &&
                    \valid(y + (0 .. d-1));
    requires apart: \separated(y + (0 .. d-1), A + (0 .. d*d-1)) &&
                    \separated(y + (0 .. d-1), x + (0 .. d-1));
    requires range: bounded(A, d*d, 0x1p160) && bounded(x, d, 0x1p160);
    terminates \true;
    exits \false;
    assigns y[0 .. d-1];
    ensures range: bounded(y, d, 0x1p342);
    ensures model: \forall integer j; 0 <= j < d ==>
      y[j] == fl_dot{Old}(A + entry(j, 0, d), x, d);
    ensures error: \forall integer j; 0 <= j < d ==>
      \abs(y[j] - dot{Old}(A + entry(j, 0, d), x, d)) <=
        sum_error(d, abs_dot{Old}(A + entry(j, 0, d), x, d));
*/
void ist_matvec(const double *A, const double *x, size_t d, double *y);

#endif
