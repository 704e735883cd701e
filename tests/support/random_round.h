/** Random problems with one outcome of a sketch, as the rounds of the kernel take them. */
#ifndef IST_TEST_RANDOM_ROUND_H
#define IST_TEST_RANDOM_ROUND_H

#include "adversarial.h"
#include "reference.h"

#include <arb.h>
#include <stdbool.h>

typedef enum { TEST_IDENTITY, TEST_PERM, TEST_SCALED_PERM, TEST_RAND, TEST_SKETCHES } test_sketch;

/** For messages. */
extern const char *const TEST_SKETCH_NAMES[TEST_SKETCHES];

/** Largest d and n of a random round. */
enum { TEST_ROUND_LARGEST = 12 };

/** A round and what it is about; round refers to the arrays. */
typedef struct {
  test_sketch sketch;
  ist_team round;
  double L[TEST_ROUND_LARGEST * TEST_ROUND_LARGEST * TEST_ROUND_LARGEST];
  double b[TEST_ROUND_LARGEST * TEST_ROUND_LARGEST], s[TEST_ROUND_LARGEST * TEST_ROUND_LARGEST];
  double x[TEST_ROUND_LARGEST]; /**< the iterate before the round */
  size_t block[TEST_ROUND_LARGEST * TEST_ROUND_LARGEST];
} test_random_round;

/** Sets the sizes, and the strides to those of data that the workers share or not; the arrays
 *  remain to be filled. */
void test_round_shape(test_random_round *r, test_sketch sketch, size_t d, size_t n, size_t q,
                      bool shared);

/** Fills the scales from the sketch and the matrices. */
void test_round_scales(test_random_round *r);

/** Draws new blocks. */
void test_round_draw(test_random_round *r, gsl_rng *rng);

/** Fills everything: numbers of this kind up to the kernel's limits, on the diagonal those that the
 *  scaled sketch accepts. The shape is set. */
void test_round_fill(test_random_round *r, gsl_rng *rng, test_kind kind);

/** Fills everything for a run that descends: positive definite L_i, N(0, 1) for the rest. */
void test_round_fill_definite(test_random_round *r, gsl_rng *rng);

/** The scales that those of the round are rounded from: sqrt(n / L_jj), or they themselves. scale:
 *  one for each entry of r->s that the round uses. */
void test_round_exact_scales(arb_ptr scale, const test_random_round *r, slong prec);

/** Called with a round and a step size. */
typedef void test_round_visit(test_random_round *r, double gamma);

/** Visits rounds of this kind with all sizes and blocks that the sketch allows; perm sketches have
 *  d = q n. */
void test_round_visit_all(gsl_rng *rng, test_sketch sketch, test_kind kind,
                          test_round_visit *visit);

#endif
