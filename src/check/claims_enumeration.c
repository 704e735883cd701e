/** Exact expectations against the enumeration of all d! permutations: N4, N5. */
#include "claims.h"
#include "exact_round.h"
#include "kernel/permutation.h"
#include "moments/ball_dynamics.h"
#include "verdict.h"

/** Largest dimension enumerated: 6! = 720 rounds. */
#define LARGEST_DIMENSION 6

/** The blocks of one permutation, and the draws that make it. */
typedef struct {
  size_t draw[LARGEST_DIMENSION], permutation[LARGEST_DIMENSION], owner[LARGEST_DIMENSION];
  size_t block[LARGEST_DIMENSION], fill[LARGEST_DIMENSION];
} shuffled;

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

static void make_blocks(const ist_exact *x, shuffled *m) {
  ist_shuffle(m->permutation, x->d, m->draw);
  ist_owner(m->permutation, x->d, x->q, m->owner);
  ist_blocks(m->owner, x->d, x->n, x->q, m->block, m->fill);
}

/** Means over all permutations. */
typedef struct {
  ist_ball_matrix mean; /**< of x_1 - target */
  ist_ball square;      /**< of its squared L-norm */
} enumerated;

static enumerated enumerate(ist_exact *x, ist_ball gamma, ist_ball_matrix target) {
  ist_balls *e = &x->work;
  shuffled m = {{0}, {0}, {0}, {0}, {0}};
  arb_mat_struct *mean = ist_ball_matrix_new(e, x->d, 1);
  arb_struct *square = ist_ball_new(e);
  size_t count = 0;
  do {
    make_blocks(x, &m);
    ist_ball_matrix reached = ist_exact_round(e, x, m.block, gamma, ist_exact_x0(x));
    ist_ball_matrix way = ist_ball_matrix_sub(e, reached, target);
    arb_mat_add(mean, mean, way, e->precision);
    arb_add(square, square, ist_ball_quadratic(e, ist_exact_L(x), way), e->precision);
    count++;
  } while (next_draws(m.draw, x->d));
  ist_ball share = ist_ball_div(e, ist_ball_of(e, 1), ist_ball_count(e, count));
  return (enumerated){ist_ball_scale(e, share, mean), ist_ball_mul(e, share, square)};
}

static bool small_enough(const ist_subject *u, ist_finding *f) {
  if (u->p->d <= LARGEST_DIMENSION)
    return true;
  ist_find_nothing(f, "enumerated up to d = %d only", LARGEST_DIMENSION);
  return false;
}

/** E||g - E g||^2_L at x_0, where g = x_0 - x_1 at step 1. */
static ist_code noise(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  (void)s;
  if (!small_enough(u, f))
    return IST_OK;
  enumerated all = enumerate(x, ist_ball_of(e, 1), ist_exact_x0(x));
  ist_ball mean_sq = ist_ball_quadratic(e, ist_exact_L(x), all.mean);
  ist_verdict_equal(e, f, ist_exact_noise(x, ist_exact_x0(x)), ist_ball_sub(e, all.square, mean_sq),
                    ist_ball_add(e, all.square, mean_sq));
  return IST_OK;
}

/** E||x_1 - x*||^2_L for one step of size 1/lambda_max(L). */
static ist_code first_round(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  ist_ball_dynamics y;
  (void)s;
  if (!small_enough(u, f))
    return IST_OK;
  ist_ball gamma = ist_ball_div(e, ist_ball_of(e, 1), ist_exact_lambda_max(x));
  ist_ball_matrix L = ist_exact_L(x), star = ist_exact_x_star(x);
  enumerated all = enumerate(x, gamma, star);
  ist_ball_dynamics_init(&y, &x->m, ist_exact_x0(x));
  ist_ball start = ist_ball_dynamics_distance_sq(e, &y, L, star);
  ist_ball_dynamics_step(&y, gamma);
  ist_verdict_equal(e, f, ist_ball_dynamics_distance_sq(e, &y, L, star), all.square,
                    ist_ball_add(e, start, all.square));
  ist_ball_dynamics_clear(&y);
  return IST_OK;
}

#define PERMUTED (IST_ABOUT(IST_PERM) | IST_ABOUT(IST_SCALED_PERM))

const ist_claim ist_claims_enumeration[] = {
    {"N4", "E|g - E g|^2_L of all d! rounds", PERMUTED, 0, noise},
    {"N5", "E|x_1 - x*|^2_L of all d! rounds", PERMUTED, 0, first_round},
    {0},
};
