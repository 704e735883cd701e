#include "../support/reference.h"
#include "kernel/permutation.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

Test(kernel_permutation, every_draw_sequence_gives_another_permutation) {
  for (size_t d = 1; d <= 7; d++) {
    bool *seen = calloc(test_factorial(d), sizeof *seen);
    size_t draw[7] = {0}, p[7], sequences = 0;
    do {
      ist_shuffle(p, d, draw);
      size_t rank = test_rank(p, d);
      cr_assert_lt(rank, test_factorial(d), "no permutation, d = %zu", d);
      cr_assert_not(seen[rank], "permutation %zu twice, d = %zu", rank, d);
      seen[rank] = true;
      sequences++;
    } while (test_next_draws(draw, d));
    cr_assert_eq(sequences, test_factorial(d));
    free(seen);
  }
}

Test(kernel_permutation, shuffle_swaps_forwards_from_the_identity) {
  size_t draw[] = {0, 0, 2, 1, 3}, p[5];
  ist_shuffle(p, 5, draw);
  /* 01234, 10234 (swap 1, 0), 10234, 13204 (swap 3, 1), 13240 (swap 4, 3) */
  size_t expected[] = {1, 3, 2, 4, 0};
  cr_assert_arr_eq(p, expected, sizeof p);
}

Test(kernel_permutation, largest_draws_give_the_identity) {
  size_t draw[] = {0, 1, 2, 3}, p[4], identity[] = {0, 1, 2, 3};
  ist_shuffle(p, 4, draw);
  cr_assert_arr_eq(p, identity, sizeof p);
}

/* The blocks of owner must be increasing, owned by their worker, and together hold each owned
 * coordinate once. */
static void check_blocks(const size_t *owner, size_t d, size_t n, size_t q, const size_t *block) {
  for (size_t i = 0; i < n; i++)
    for (size_t a = 0; a < q; a++) {
      size_t j = block[i * q + a];
      cr_assert_lt(j, d);
      cr_assert_eq(owner[j], i);
      cr_assert(a == 0 || block[i * q + a - 1] < j);
    }
}

Test(kernel_permutation, owners_and_blocks_of_every_permutation) {
  for (size_t d = 1; d <= 5; d++)
    for (size_t q = 1; q <= d; q++) {
      size_t draw[5] = {0}, p[5], owner[5], block[5], fill[5];
      size_t n = d / q;
      do {
        ist_shuffle(p, d, draw);
        ist_owner(p, d, q, owner);
        for (size_t k = 0; k < d; k++)
          cr_assert_eq(owner[p[k]], k / q);
        ist_blocks(owner, d, n, q, block, fill);
        check_blocks(owner, d, n, q, block);
      } while (test_next_draws(draw, d));
    }
}

Test(kernel_permutation, rand_q_takes_the_first_block_only) {
  for (size_t d = 1; d <= 5; d++)
    for (size_t q = 1; q <= d; q++) {
      size_t draw[5] = {0}, p[5], owner[5], block[6], fill[2];
      do {
        ist_shuffle(p, d, draw);
        ist_owner(p, d, q, owner);
        block[q] = 77;
        fill[1] = 77;
        ist_blocks(owner, d, 1, q, block, fill);
        check_blocks(owner, d, 1, q, block);
        cr_assert_eq(block[q], 77);
        cr_assert_eq(fill[1], 77);
      } while (test_next_draws(draw, d));
    }
}

Test(kernel_permutation, large_permutation) {
  enum { D = 6000, N = 20, Q = D / N };
  static size_t draw[D], p[D], owner[D], block[D], fill[N];
  gsl_rng *rng = test_generator(1);
  for (size_t k = 0; k < D; k++)
    draw[k] = gsl_rng_uniform_int(rng, k + 1);
  ist_shuffle(p, D, draw);
  ist_owner(p, D, Q, owner);
  static bool seen[D];
  for (size_t k = 0; k < D; k++) {
    cr_assert_not(seen[p[k]]);
    seen[p[k]] = true;
    cr_assert_eq(owner[p[k]], k / Q);
  }
  ist_blocks(owner, D, N, Q, block, fill);
  check_blocks(owner, D, N, Q, block);
  gsl_rng_free(rng);
}
