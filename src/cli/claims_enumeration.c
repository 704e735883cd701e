/** Exact expectations against the enumeration of all d! permutations, by the kernel: N4, N5. */
#include <stdlib.h>
#include <string.h>

#include "claims.h"
#include "kernel/permutation.h"
#include "kernel/range.h"
#include "kernel/round.h"
#include "moments/dense.h"
#include "moments/dynamics.h"
#include "moments/moments.h"
#include "problem/memory.h"
#include "simulate.h"

/** Largest dimension enumerated: 6! = 720 rounds. */
#define LARGEST_DIMENSION 6

/** The next sequence of draws, draw[k] in 0..k; false after the last one. */
static bool next_draws(size_t *draw, size_t d) {
  for (size_t k = 0; k < d; k++) {
    if (draw[k] < k) {
      draw[k]++;
      return true;
    }
    draw[k] = 0;
  }
  return false;
}

/** One round of step gamma from x0 into x, with the permutation of the current draws. */
static void enumerated_round(const ist_subject *u, ist_simulation *m, double *x) {
  const ist_problem *p = u->p;
  ist_draws *r = &m->draws;
  memcpy(x, u->x0, p->d * sizeof *x);
  ist_shuffle(r->permutation, p->d, r->draw);
  ist_owner(r->permutation, p->d, u->sketch.q, r->owner);
  ist_blocks(r->owner, p->d, p->n, u->sketch.q, r->block, r->fill);
  ist_round(x, p->L, p->L_stride, p->b, p->b_stride, m->s, m->s_stride, r->block, p->d, p->n,
            u->sketch.q, m->gamma, m->w, m->g, m->sum);
}

/** Mean over all permutations of x_1 - target into mean, and of its squared L-norm into *square. */
static void enumerate(const ist_subject *u, ist_simulation *m, const double *target, double *x,
                      double *mean, double *square) {
  size_t d = u->p->d;
  double count = 0;
  *square = 0;
  do {
    enumerated_round(u, m, x);
    for (size_t j = 0; j < d; j++) {
      x[j] -= target[j];
      mean[j] += x[j];
    }
    *square += ist_bilinear(d, u->c.L_bar, x, x);
    count++;
  } while (next_draws(m->draws.draw, d));
  for (size_t j = 0; j < d; j++)
    mean[j] /= count;
  *square /= count;
}

/** The two means of enumerate, at step gamma; mean: d entries. */
static ist_code enumerated_moments(const ist_subject *u, double gamma, const double *target,
                                   double *mean, double *square, ist_status *s) {
  ist_simulation m;
  if (ist_simulation_open(&m, u->p, u->sketch, gamma, 0, u->seed, s) != IST_OK)
    return s->code;
  double *x = ist_memory_doubles(1, u->p->d, 1);
  if (x != NULL)
    enumerate(u, &m, target, x, mean, square);
  ist_simulation_close(&m);
  ist_code code = x == NULL ? ist_claim_no_memory(s) : IST_OK;
  free(x);
  return code;
}

static bool small_enough(const ist_subject *u, ist_finding *f) {
  if (u->p->d <= LARGEST_DIMENSION)
    return true;
  ist_find_nothing(f, "enumerated up to d = %d only", LARGEST_DIMENSION);
  return false;
}

/** E||g - E g||^2_L at x_0, where g = x_0 - x_1 at step 1. */
static ist_code noise(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t d = u->p->d;
  if (!small_enough(u, f))
    return IST_OK;
  double square, exact, *mean = ist_memory_doubles(1, d, 1);
  if (mean == NULL || !ist_noise(u->p, u->sketch, u->c.L_bar, u->x0, &exact)) {
    free(mean);
    return ist_claim_no_memory(s);
  }
  ist_code code = enumerated_moments(u, 1, u->x0, mean, &square, s);
  double mean_sq = ist_bilinear(d, u->c.L_bar, mean, mean);
  if (code == IST_OK)
    ist_find_equal(f, exact, square - mean_sq, square + mean_sq);
  free(mean);
  return code;
}

/** E||x_1 - x*||^2_L for one step of size 1/lambda_max(L). */
static ist_code first_round(ist_subject *u, ist_finding *f, ist_status *s) {
  double gamma = 1 / u->c.lambda_max, square;
  if (!small_enough(u, f))
    return IST_OK;
  if (gamma > IST_SCALE_MAX) {
    ist_find_nothing(f, "1/lambda_max exceeds the largest step");
    return IST_OK;
  }
  double *mean = ist_memory_doubles(1, u->p->d, 1);
  ist_dynamics y;
  if (mean == NULL)
    return ist_claim_no_memory(s);
  ist_code code = enumerated_moments(u, gamma, u->c.x_star, mean, &square, s);
  free(mean);
  if (code != IST_OK || ist_dynamics_init(u->p, u->sketch, u->x0, &y, s) != IST_OK)
    return s->code;
  double start = ist_dynamics_distance_sq(&y, u->c.L_bar, u->c.x_star);
  code = ist_dynamics_step(&y, gamma, s);
  if (code == IST_OK)
    ist_find_equal(f, ist_dynamics_distance_sq(&y, u->c.L_bar, u->c.x_star), square,
                   start + square);
  ist_dynamics_free(&y);
  return code;
}

#define PERMUTED (IST_ABOUT(IST_PERM) | IST_ABOUT(IST_SCALED_PERM))

const ist_claim ist_claims_enumeration[] = {
    {"N4", "E|g - E g|^2_L of all d! rounds", PERMUTED, 0, noise},
    {"N5", "E|x_1 - x*|^2_L of all d! rounds", PERMUTED, 0, first_round},
    {0},
};
