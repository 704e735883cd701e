/** Arithmetic that errs upwards: each result is above the exact one of its operands. */
#ifndef IST_KERNEL_ABOVE_H
#define IST_KERNEL_ABOVE_H

#include "arithmetic.h"

#ifdef __FRAMAC__
#include "../../spec/above.h"
#endif

/** |v|. [claim R14] */
/*@ requires finite: \is_finite(v);
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures finite: \is_finite(\result);
    ensures exact: \result == \abs((real)v);
*/
static inline double ist_magnitude(double v)
{
  return v < 0.0 ? -v : v;
}

/** a b, rounded; at most 2^990. [claim R14] */
/*@ requires finite: \is_finite(a) && \is_finite(b);
    requires range: \abs(a * b) <= 0x1p990;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures finite: \is_finite(\result);
    ensures model: \result == fl_mul(a, b);
*/
static inline double ist_product(double a, double b)
{
  return a * b;
}

/** 1 + 2^-51, a constant of ist_raised: the provers read its value off the contract. [claim R14] */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures exact: \is_finite(\result) && \result == 0x1.0000000000002p0;
*/
static inline double ist_raise_factor(void)
{
  return 0x1.0000000000002p0;
}

/** 2^-1000, the other one. [claim R14] */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures exact: \is_finite(\result) && \result == 0x1p-1000;
*/
static inline double ist_raise_amount(void)
{
  return 0x1p-1000;
}

/** v, a rounded result, raised by 2^-51 of itself and by 2^-1000, and so above the result before
 *  its rounding. [claim R14] */
/*@ requires range: \is_finite(v) && \abs(v) <= 0x1p962;
    requires raised: \abs(v * 0x1.0000000000002p0) <= 0x1p963 &&
                     \abs(fl_mul(v, 0x1.0000000000002p0) + 0x1p-1000) <= 0x1p965;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures finite: \is_finite(\result);
    ensures model: \result == fl_add(fl_mul(v, 0x1.0000000000002p0), 0x1p-1000);
*/
static inline double ist_raised(double v)
{
  const double factor = ist_raise_factor();
  const double amount = ist_raise_amount();
  /*@ assert product: (real)v * (real)factor == v * 0x1.0000000000002p0; */
  const double scaled = ist_product(v, factor);
  /*@ assert scaled: scaled == fl_mul(v, 0x1.0000000000002p0); */
  /*@ assert roundable: roundable(v * 0x1.0000000000002p0) && \abs(scaled) <= 0x1p970; */
  const double sum = scaled + amount;
  /*@ assert sum: sum == fl_add(scaled, 0x1p-1000); */
  return sum;
}

/** Above a + b, for a, b >= 0; a + b <= 2^950. [claim R14] */
/*@ requires finite: \is_finite(a) && \is_finite(b);
    requires range: 0 <= a + b <= 0x1p950;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures finite: \is_finite(\result);
    ensures above: above((real)\result, a + b);
*/
static inline double ist_add_above(double a, double b)
{
  /*@ assert raised: raised(a + b); */
  return ist_raised(a + b);
}

/** Above a b, for a, b >= 0; a b <= 2^950. [claim R14] */
/*@ requires finite: \is_finite(a) && \is_finite(b);
    requires range: 0 <= a * b <= 0x1p950;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures finite: \is_finite(\result);
    ensures above: above((real)\result, a * b);
*/
static inline double ist_multiply_above(double a, double b)
{
  /*@ assert raised: raised(a * b); */
  return ist_raised(a * b);
}

/** Above a / b, for a >= 0, b > 0; a / b <= 2^950. [claim R14] */
/*@ requires finite: \is_finite(a) && \is_finite(b);
    requires range: b != 0.0 && 0 <= a / b <= 0x1p950;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures finite: \is_finite(\result);
    ensures above: above((real)\result, a / b);
*/
static inline double ist_divide_above(double a, double b)
{
  /*@ assert raised: raised(a / b); */
  return ist_raised(ist_divide(a, b));
}

#endif
