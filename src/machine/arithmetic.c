#include "arithmetic.h"

#include <fenv.h>
#include <float.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "kernel/linear.h"

#ifdef __FAST_MATH__
#error "-ffast-math lets the compiler change results, which the proofs are about"
#endif
_Static_assert(FLT_EVAL_METHOD == 0, "expressions must be evaluated in their own type");
_Static_assert(sizeof(double) == sizeof(uint64_t) && FLT_RADIX == 2 && DBL_MANT_DIG == 53 &&
                   DBL_MIN_EXP == -1021 && DBL_MAX_EXP == 1024,
               "double must be IEEE-754 binary64");

/* Read anew at each use, so that every operation below happens when the program runs. */
static const volatile double one = 1.0, unit = 0x1p-52, half_unit = 0x1p-53;
static const volatile double below_half = 0x1p-54, above_half = 0x1.8p-53, large = 0x1p53;
static const volatile double smallest_normal = DBL_MIN, half = 0.5;
static const volatile double smallest = 0x1p-1074, huge = 0x1p1000;
static const volatile double above_one = 1 + 0x1p-30, below_one = 1 - 0x1p-30, minus_one = -1.0;

/** 2^53 + 1 lies half-way between two numbers of 53 bits; with more bits it is one. */
static bool is_wide(void) { return large + one - large == 1.0; }

/** Sums on both sides of half a unit, whose results differ in each other mode; ties go to even. The
 *  register of the x87, which fegetround reads, is another one than that of SSE. */
static bool rounds_to_nearest(void) {
  const double next = one + unit;
  return fegetround() == FE_TONEAREST && one + above_half == next && one + below_half == 1.0 &&
         minus_one - below_half == -1.0 && minus_one - above_half == -next &&
         one + half_unit == 1.0 && next + half_unit == next + unit;
}

/** By its bits: a comparison may read 2^-1023 as zero. */
static bool flushes_results(void) {
  const double result = smallest_normal * half;
  uint64_t bits;
  memcpy(&bits, &result, sizeof bits);
  return bits == 0;
}

static bool reads_subnormals_as_zero(void) { return smallest * huge == 0.0; }

/** (1 + 2^-30)(1 - 2^-30) = 1 - 2^-60 rounds to 1. Asked of this file and of the kernel. */
static bool contracts(void) {
  const double a[] = {one, above_one}, x[] = {minus_one, below_one};
  return a[1] * x[1] + x[0] != 0.0 || ist_dot(a, x, 2) != 0.0;
}

ist_arithmetic ist_arithmetic_find(void) {
  if (is_wide())
    return IST_ARITHMETIC_WIDE;
  if (!rounds_to_nearest())
    return IST_ARITHMETIC_ROUNDING;
  if (flushes_results())
    return IST_ARITHMETIC_FLUSHED;
  if (reads_subnormals_as_zero())
    return IST_ARITHMETIC_READ_AS_0;
  return contracts() ? IST_ARITHMETIC_CONTRACTED : IST_ARITHMETIC_SOUND;
}

ist_arithmetic ist_arithmetic_find_in_threads(void) {
  int worst = IST_ARITHMETIC_SOUND;
#ifdef _OPENMP
#pragma omp parallel reduction(max : worst)
#endif
  worst = (int)ist_arithmetic_find();
  return (ist_arithmetic)worst;
}

const char *ist_arithmetic_text(ist_arithmetic fault) {
  switch (fault) {
  case IST_ARITHMETIC_WIDE:
    return "expressions are evaluated in more than 53 bits";
  case IST_ARITHMETIC_ROUNDING:
    return "rounding is not to nearest";
  case IST_ARITHMETIC_FLUSHED:
    return "subnormal results are flushed to zero";
  case IST_ARITHMETIC_READ_AS_0:
    return "subnormal operands are read as zero";
  case IST_ARITHMETIC_CONTRACTED:
    return "a product and a sum are contracted into one operation";
  default:
    return "as the proofs assume";
  }
}

ist_code ist_arithmetic_refuse(ist_arithmetic fault, const char *whose, ist_status *s) {
  if (fault == IST_ARITHMETIC_SOUND)
    return IST_OK;
  return ist_fail(s, IST_MACHINE, "%s arithmetic is not what the proofs are about: %s", whose,
                  ist_arithmetic_text(fault));
}

ist_code ist_check_arithmetic(ist_status *s) {
  return ist_arithmetic_refuse(ist_arithmetic_find(), "this machine's", s);
}

ist_code ist_check_arithmetic_of_threads(ist_status *s) {
  return ist_arithmetic_refuse(ist_arithmetic_find_in_threads(), "a thread's", s);
}
