/** The blocks drawn in each round: what they are, how often, and that a seed fixes them. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "run/draw.h"

#define ROUNDS 60000

/** Whether block (q coordinates below d) is strictly increasing. */
static bool is_block(const size_t *block, size_t q, size_t d) {
  for (size_t a = 0; a < q; a++)
    if (block[a] >= d || (a > 0 && block[a] <= block[a - 1]))
      return false;
  return true;
}

/** Asserts that observed, of count trials of the given probability, is within five deviations. */
static void assert_frequency(size_t observed, size_t count, double probability) {
  double mean = (double)count * probability, deviation = sqrt(mean * (1 - probability));
  cr_expect_leq(fabs((double)observed - mean), 5 * deviation, "%zu of %zu", observed, count);
}

Test(draw, perm_blocks_partition) {
  ist_draws r;
  cr_assert(ist_draws_open(&r, 12, 4, (ist_sketch){IST_PERM, 3}, 1));
  for (size_t k = 0; k < 100; k++) {
    bool seen[12] = {false};
    ist_draws_next(&r);
    for (size_t i = 0; i < 4; i++)
      cr_assert(is_block(r.block + 3 * i, 3, 12));
    for (size_t a = 0; a < 12; a++) {
      cr_assert_not(seen[r.block[a]]);
      seen[r.block[a]] = true;
    }
  }
  ist_draws_close(&r);
}

/** Perm-2, d = 4, n = 2: the first worker's block is each of the six pairs with probability 1/6. */
Test(draw, perm_is_uniform) {
  ist_draws r;
  size_t pairs[4][4] = {{0}};
  cr_assert(ist_draws_open(&r, 4, 2, (ist_sketch){IST_PERM, 2}, 1));
  for (size_t k = 0; k < ROUNDS; k++) {
    ist_draws_next(&r);
    pairs[r.block[0]][r.block[1]]++;
  }
  for (size_t a = 0; a < 4; a++)
    for (size_t b = a + 1; b < 4; b++)
      assert_frequency(pairs[a][b], ROUNDS, 1.0 / 6);
  ist_draws_close(&r);
}

/** Rand-2 of 4: uniform pairs, independent between two workers. */
Test(draw, rand_is_uniform_and_independent) {
  ist_draws r;
  size_t both[16][16] = {{0}};
  cr_assert(ist_draws_open(&r, 4, 2, (ist_sketch){IST_RAND, 2}, 1));
  for (size_t k = 0; k < ROUNDS; k++) {
    ist_draws_next(&r);
    cr_assert(is_block(r.block, 2, 4) && is_block(r.block + 2, 2, 4));
    both[4 * r.block[0] + r.block[1]][4 * r.block[2] + r.block[3]]++;
  }
  for (size_t a = 0; a < 4; a++)
    for (size_t b = a + 1; b < 4; b++)
      for (size_t c = 0; c < 4; c++)
        for (size_t e = c + 1; e < 4; e++)
          assert_frequency(both[4 * a + b][4 * c + e], ROUNDS, 1.0 / 36);
  ist_draws_close(&r);
}

Test(draw, identity_takes_everything) {
  ist_draws r;
  cr_assert(ist_draws_open(&r, 3, 2, (ist_sketch){IST_IDENTITY, 3}, 1));
  ist_draws_next(&r);
  const size_t expected[] = {0, 1, 2, 0, 1, 2};
  cr_assert_arr_eq(r.block, expected, sizeof expected);
  ist_draws_close(&r);
}

Test(draw, a_seed_fixes_the_blocks) {
  ist_draws a, b, c;
  bool differs = false;
  cr_assert(ist_draws_open(&a, 10, 5, (ist_sketch){IST_PERM, 2}, 3));
  cr_assert(ist_draws_open(&b, 10, 5, (ist_sketch){IST_PERM, 2}, 3));
  cr_assert(ist_draws_open(&c, 10, 5, (ist_sketch){IST_PERM, 2}, 4));
  for (size_t k = 0; k < 10; k++) {
    ist_draws_next(&a);
    ist_draws_next(&b);
    ist_draws_next(&c);
    cr_assert_arr_eq(a.block, b.block, 10 * sizeof *a.block);
    differs = differs || memcmp(a.block, c.block, 10 * sizeof *a.block) != 0;
  }
  cr_assert(differs);
  ist_draws_close(&a);
  ist_draws_close(&b);
  ist_draws_close(&c);
}

Test(draw, more_blocks_than_can_be_addressed) {
  ist_draws r;
  cr_assert_not(ist_draws_open(&r, 4, (size_t)1 << 62, (ist_sketch){IST_IDENTITY, 4}, 1));
  cr_assert_null(r.block);
}
