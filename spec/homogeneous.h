/** Homogeneous scaled Perm-1, eqs. (28), (31): the exact map, its models in binary64, and the
 *  bound on the distance between them. */
#ifndef IST_SPEC_HOMOGENEOUS_H
#define IST_SPEC_HOMOGENEOUS_H

#include "rounding.h"

/*@ // a^k.
    logic real power(real a, integer k) = k <= 0 ? 1.0 : a * power(a, k - 1);

    // The exact iterate, eq. (28): p x0 + (1 - p) c with p = (1 - gamma)^k.
    logic real blend(real p, real x0, real c) = p * x0 + (1.0 - p) * c;
    logic real homogeneous(real gamma, real x0, real c, integer k) =
      blend(power(1.0 - gamma, k), x0, c);

    // k rounds x <- a x + gamma c, operation by operation.
    logic real fl_round(real a, real gamma, real x, real c) =
      fl_add(fl_mul(a, x), fl_mul(gamma, c));
    logic real fl_rounds(real a, real gamma, real x0, real c, integer k) =
      k <= 0 ? x0 : fl_round(a, gamma, fl_rounds(a, gamma, x0, c, k - 1), c);

    // Eq. (28) itself, operation by operation.
    logic real fl_power(real a, integer k) = k <= 0 ? 1.0 : fl_mul(a, fl_power(a, k - 1));
    logic real fl_blend(real p, real x0, real c) =
      fl_add(fl_mul(p, x0), fl_mul(fl_sub(1.0, p), c));

    // Number of rounds whose rounding errors can add up: each round shrinks the errors of the
    // rounds before it by 1 - gamma, so never more than 1 / gamma.
    logic real memory(real gamma, integer k) = \min((real)k, 1.0 / gamma);

    // Size of one coordinate's data; 2^-1000 stands for what underflow can add.
    logic real magnitude(real x0, real c) = \max(\abs(x0), \abs(c)) + 0x1p-1000;

    // Error after m remembered rounds at size M: 4 u m M, u = 2^-53.
    logic real drift(real m, real M) = 0x1p-51 * (m * M);

    // Error of eq. (28) with a^k by k products: u (6 m + 4) M.
    logic real blend_drift(real m, real M) = 0x1p-53 * ((6.0 * m + 4.0) * M);
*/

#endif
