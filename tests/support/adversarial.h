/** Numbers chosen to make rounding errors large, at every magnitude that a contract admits. */
#ifndef IST_TEST_ADVERSARIAL_H
#define IST_TEST_ADVERSARIAL_H

#include <gsl/gsl_rng.h>
#include <stddef.h>

typedef enum {
  TEST_NORMAL, /**< N(0, 1) */
  TEST_WIDE,   /**< any exponent from the smallest subnormal's up to the limit */
  TEST_TINY,   /**< subnormal, or of a size that makes products subnormal */
  TEST_LIMIT,  /**< at the limit, or a little below */
  TEST_SPARSE, /**< zeros of both signs, and N(0, 1) */
  TEST_WHOLE,  /**< small integers */
  TEST_KINDS
} test_kind;

/** A random number of this kind; limit: its largest absolute value, a power of 2 of at least 1024
 *  (normal numbers stay below). */
double test_adversarial(gsl_rng *rng, test_kind kind, double limit);

/** Fills v with count of them. */
void test_fill_adversarial(gsl_rng *rng, test_kind kind, double limit, double *v, size_t count);

/** Makes the products a_j x_j of the second half cancel those of the first up to a rounding error:
 *  a_{j+h} = a_j, x_{j+h} = -x_j or a neighbour of it. */
void test_cancel(gsl_rng *rng, double *a, double *x, size_t d);

/** A step size in (0, 1]: 1, near 1, a power of 1/2, uniform, or of any magnitude down to the
 *  subnormals. */
double test_adversarial_step(gsl_rng *rng);

#endif
