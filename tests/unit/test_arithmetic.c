/** What the check of the arithmetic finds when the processor is set otherwise. */
#include <criterion/criterion.h>
#include <fenv.h>
#include <string.h>
#include <xmmintrin.h>

#include "machine/arithmetic.h"

#define FLUSH 0x8000u
#define READ_AS_ZERO 0x0040u
#define MODES 0x6000u

/** What is found with bits set in the control register of SSE, which is as before afterwards. */
static ist_arithmetic with(unsigned bits) {
  const unsigned before = _mm_getcsr();
  _mm_setcsr(before | bits);
  ist_arithmetic found = ist_arithmetic_find();
  _mm_setcsr(before);
  return found;
}

Test(arithmetic, sound) {
  ist_status s = {IST_USAGE, "as it was"};
  cr_expect_eq(ist_arithmetic_find(), IST_ARITHMETIC_SOUND);
  cr_expect_eq(ist_arithmetic_find_in_threads(), IST_ARITHMETIC_SOUND);
  cr_expect_eq(ist_check_arithmetic(&s), IST_OK);
  cr_expect_eq(ist_check_arithmetic_of_threads(&s), IST_OK);
  cr_expect(s.code == IST_USAGE && strcmp(s.text, "as it was") == 0);
}

Test(arithmetic, subnormals) {
  cr_expect_eq(with(FLUSH), IST_ARITHMETIC_FLUSHED);
  cr_expect_eq(with(READ_AS_ZERO), IST_ARITHMETIC_READ_AS_0);
  cr_expect_eq(with(FLUSH | READ_AS_ZERO), IST_ARITHMETIC_FLUSHED);
}

Test(arithmetic, rounding) {
  cr_expect_eq(with(0x2000), IST_ARITHMETIC_ROUNDING);
  cr_expect_eq(with(0x4000), IST_ARITHMETIC_ROUNDING);
  cr_expect_eq(with(MODES), IST_ARITHMETIC_ROUNDING);
  static const int modes[] = {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
  for (size_t i = 0; i < 3; i++) {
    fesetround(modes[i]);
    ist_arithmetic found = ist_arithmetic_find();
    fesetround(FE_TONEAREST);
    cr_expect_eq(found, IST_ARITHMETIC_ROUNDING);
  }
}

/** The calling thread is among those that are asked. */
Test(arithmetic, refusals) {
  ist_status s;
  fesetround(FE_UPWARD);
  ist_code alone = ist_check_arithmetic(&s), all = ist_check_arithmetic_of_threads(&s);
  fesetround(FE_TONEAREST);
  cr_expect_eq(alone, IST_MACHINE);
  cr_expect_eq(all, IST_MACHINE);
  cr_expect_str_eq(s.text,
                   "a thread's arithmetic is not what the proofs are about: rounding is not "
                   "to nearest");
  for (ist_arithmetic f = IST_ARITHMETIC_WIDE; f <= IST_ARITHMETIC_CONTRACTED; f++) {
    cr_expect_eq(ist_arithmetic_refuse(f, "rank 2's", &s), IST_MACHINE);
    cr_expect_not_null(strstr(s.text, ist_arithmetic_text(f)));
    for (ist_arithmetic g = IST_ARITHMETIC_SOUND; g < f; g++)
      cr_expect_str_neq(ist_arithmetic_text(f), ist_arithmetic_text(g));
  }
}
