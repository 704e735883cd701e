#include "trajectory.h"

#include <stdlib.h>
#include <string.h>

#include "machine/memory.h"
#include "moments/dynamics.h"

static void record(ist_trajectory *t, const ist_dynamics *y, const ist_constants *c, size_t k) {
  t->star_sq[k] = ist_dynamics_distance_sq(y, c->L_bar, c->x_star);
  t->star_W_sq[k] = ist_dynamics_distance_sq(y, c->W, c->x_star);
  if (c->x_fixed != NULL) {
    t->fixed_L_sq[k] = ist_dynamics_distance_sq(y, c->L_bar, c->x_fixed);
    t->fixed_sq[k] = ist_dynamics_distance_sq(y, NULL, c->x_fixed);
  }
  memcpy(t->mean + k * c->d, y->mean, c->d * sizeof *t->mean);
}

static ist_code follow(ist_trajectory *t, ist_dynamics *y, const ist_constants *c, ist_status *s) {
  record(t, y, c, 0);
  for (size_t k = 1; k <= t->rounds; k++) {
    if (ist_dynamics_step(y, t->gamma, s) != IST_OK)
      return s->code;
    record(t, y, c, k);
  }
  return IST_OK;
}

ist_code ist_trajectory_compute(ist_trajectory *t, const ist_problem *p, const ist_constants *c,
                                const double *x0, double gamma, size_t rounds, ist_status *s) {
  size_t rows = rounds + 1;
  *t = (ist_trajectory){.gamma = gamma, .rounds = rounds};
  double *all = ist_memory_doubles(4 + c->d, rows, 1);
  if (all == NULL)
    return ist_fail(s, IST_MACHINE, "no memory to follow %zu rounds", rounds);
  t->star_sq = all;
  t->star_W_sq = all + rows;
  t->fixed_L_sq = all + 2 * rows;
  t->fixed_sq = all + 3 * rows;
  t->mean = all + 4 * rows;
  ist_dynamics y;
  ist_code code = ist_dynamics_init(p, c->sketch, x0, &y, s);
  if (code == IST_OK) {
    code = follow(t, &y, c, s);
    ist_dynamics_free(&y);
  }
  if (code != IST_OK)
    ist_trajectory_free(t);
  return code;
}

double ist_trajectory_average(const double *values, size_t K) {
  double sum = 0;
  for (size_t k = 0; k < K; k++)
    sum += values[k];
  return sum / (double)K;
}

void ist_trajectory_free(ist_trajectory *t) {
  free(t->star_sq);
  *t = (ist_trajectory){0};
}
