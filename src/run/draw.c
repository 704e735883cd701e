#include "draw.h"

#include <stdint.h>
#include <stdlib.h>

#include "kernel/permutation.h"

static void identity_blocks(ist_draws *r) {
  for (size_t i = 0; i < r->n; i++)
    for (size_t j = 0; j < r->d; j++)
      r->block[i * r->d + j] = j;
}

bool ist_draws_open(ist_draws *r, size_t d, size_t n, ist_sketch sketch, unsigned long seed) {
  *r = (ist_draws){.d = d, .n = n, .sketch = sketch};
  if (n > SIZE_MAX / sizeof(size_t) / sketch.q)
    return false;
  r->rng = gsl_rng_alloc(gsl_rng_mt19937);
  r->block = calloc(n * sketch.q, sizeof *r->block);
  r->draw = calloc(d, sizeof *r->draw);
  r->permutation = calloc(d, sizeof *r->permutation);
  r->owner = calloc(d, sizeof *r->owner);
  r->fill = calloc(n, sizeof *r->fill);
  if (r->rng == NULL || r->block == NULL || r->draw == NULL || r->permutation == NULL ||
      r->owner == NULL || r->fill == NULL) {
    ist_draws_close(r);
    return false;
  }
  gsl_rng_set(r->rng, seed);
  if (sketch.kind == IST_IDENTITY)
    identity_blocks(r);
  return true;
}

/** Owner of each coordinate under a fresh uniform permutation. */
static void draw_owners(ist_draws *r) {
  for (size_t k = 1; k < r->d; k++)
    r->draw[k] = gsl_rng_uniform_int(r->rng, k + 1);
  ist_shuffle(r->permutation, r->d, r->draw);
  ist_owner(r->permutation, r->d, r->sketch.q, r->owner);
}

void ist_draws_next(ist_draws *r) {
  size_t q = r->sketch.q;
  switch (r->sketch.kind) {
  case IST_IDENTITY:
    break;
  case IST_PERM:
  case IST_SCALED_PERM:
    draw_owners(r);
    ist_blocks(r->owner, r->d, r->n, q, r->block, r->fill);
    break;
  case IST_RAND:
    for (size_t i = 0; i < r->n; i++) {
      draw_owners(r);
      ist_blocks(r->owner, r->d, 1, q, r->block + i * q, r->fill);
    }
    break;
  }
}

void ist_draws_close(ist_draws *r) {
  gsl_rng_free(r->rng);
  free(r->block);
  free(r->draw);
  free(r->permutation);
  free(r->owner);
  free(r->fill);
  *r = (ist_draws){0};
}
