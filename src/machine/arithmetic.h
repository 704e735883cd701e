/** Whether the arithmetic that runs is the one that the proofs are about.
 *
 *  Every contract of kernel/ and every error bound assumes IEEE-754 binary64, rounded to nearest
 *  even, each operation once, with subnormal numbers kept. A library loaded into the process can
 *  change the rounding, or have subnormals flushed to zero, for the thread it runs in and all that
 *  this starts later; options of a compiler can have a product and a sum rounded only once. What
 *  is asked here is what results come out, not what a control register says: a few operations on
 *  operands that no compiler can see through. */
#ifndef IST_MACHINE_ARITHMETIC_H
#define IST_MACHINE_ARITHMETIC_H

#include "status.h"

/** What is wrong with the arithmetic of a thread. */
typedef enum {
  IST_ARITHMETIC_SOUND = 0,
  IST_ARITHMETIC_WIDE,       /**< expressions are evaluated in more than 53 bits */
  IST_ARITHMETIC_ROUNDING,   /**< rounding is not to nearest, ties to even */
  IST_ARITHMETIC_FLUSHED,    /**< subnormal results become zero */
  IST_ARITHMETIC_READ_AS_0,  /**< subnormal operands count as zero */
  IST_ARITHMETIC_CONTRACTED, /**< a product and a sum are rounded once, together */
} ist_arithmetic;

/** What is wrong with the arithmetic of the calling thread. Takes some 50 ns. */
ist_arithmetic ist_arithmetic_find(void);

/** The same of every thread that ist_block_gradients computes with: the calling one, and those of
 *  OpenMP, which are started if they do not run yet. */
ist_arithmetic ist_arithmetic_find_in_threads(void);

/** What is wrong, as part of a sentence: "rounding is not to nearest". */
const char *ist_arithmetic_text(ist_arithmetic fault);

/** IST_MACHINE, naming whose arithmetic it is and what is wrong, unless it is sound. whose: "rank
 *  2's". */
ist_code ist_arithmetic_refuse(ist_arithmetic fault, const char *whose, ist_status *s);

/** IST_MACHINE, saying what, if the calling thread's arithmetic is not as the proofs assume;
 *  otherwise IST_OK, and *s is left alone. A fault that a thread has for some time only is not
 *  seen before or after. */
ist_code ist_check_arithmetic(ist_status *s);

/** The same, of all threads of ist_arithmetic_find_in_threads. */
ist_code ist_check_arithmetic_of_threads(ist_status *s);

#endif
