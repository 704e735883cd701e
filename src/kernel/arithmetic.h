/** Division and square root with their contracts stated once, where the provers need them. */
#ifndef IST_KERNEL_ARITHMETIC_H
#define IST_KERNEL_ARITHMETIC_H

#include "range.h"

#ifdef __FRAMAC__
/* The one library function of the kernel. Its contract is assumed: IEEE-754 demands that the
   square root be correctly rounded (proofs/SOUNDNESS.md, gap B). */
/*@ requires domain: \is_finite(a) && 0 <= a;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures finite: \is_finite(\result);
    ensures model: \result == fl_sqrt(a);
*/
double sqrt(double a);
#else
#include <math.h>
#endif

/** a / b, correctly rounded. b is not zero and the exact quotient is at most 2^990. [claim R2] */
/*@ requires finite: \is_finite(a) && \is_finite(b);
    requires range: b != 0.0 && \abs(a / b) <= 0x1p990;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures finite: \is_finite(\result);
    ensures model: \result == fl_div(a, b);
*/
static inline double ist_divide(double a, double b)
{
  return a / b;
}

#endif
