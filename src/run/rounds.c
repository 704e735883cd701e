#include "rounds.h"

#include <stdlib.h>

#include "admit.h"
#include "kernel/homogeneous.h"
#include "kernel/local.h"
#include "kernel/round.h"
#include "scales.h"
#include "sure_rounds.h"

static bool allocate(ist_rounds *m, ist_sketch sketch, unsigned long seed) {
  const ist_problem *p = m->problem;
  if (!ist_draws_open(&m->draws, p->d, p->n, sketch, seed))
    return false;
  m->s = ist_sketch_scales(p, sketch, &m->s_stride);
  m->w = calloc(p->n * sketch.q, sizeof *m->w);
  m->g = calloc(p->n * sketch.q, sizeof *m->g);
  m->sum = calloc(p->d, sizeof *m->sum);
  return m->s != NULL && m->w != NULL && m->g != NULL && m->sum != NULL;
}

static ist_code find_fixed_point(ist_rounds *m, ist_status *s) {
  const ist_problem *p = m->problem;
  m->fixed = calloc(p->d, sizeof *m->fixed);
  if (m->fixed == NULL)
    return ist_refuse_memory(p->d, p->n, s);
  return ist_sure_fixed_point(p->L, p->b, p->d, m->fixed, s);
}

ist_code ist_rounds_open(ist_rounds *m, const ist_problem *p, ist_sketch sketch, double gamma,
                         size_t local_steps, unsigned long seed, ist_status *s) {
  *m = (ist_rounds){.problem = p, .gamma = gamma, .local_steps = local_steps};
  ist_code code = ist_sketch_exists(p, sketch, s);
  if (code != IST_OK)
    return code;
  if (!allocate(m, sketch, seed))
    code = ist_refuse_memory(p->d, p->n, s);
  else
    code = ist_admit_problem(p, ist_problem_L_count(p), ist_problem_b_count(p), m->s,
                             m->s_stride == 0 ? 1 : p->n, s);
  if (code == IST_OK && ist_rounds_are_sure(p->homogeneous, sketch, gamma, local_steps))
    code = find_fixed_point(m, s);
  if (code == IST_OK)
    code = ist_rounds_check_arithmetic(m, s);
  if (code != IST_OK)
    ist_rounds_close(m);
  return code;
}

/** One round of the general kind. Returns false if a local iterate left the range. */
static bool sketched_round(ist_rounds *m, double *x) {
  const ist_problem *p = m->problem;
  const ist_draws *r = &m->draws;
  ist_draws_next(&m->draws);
  const ist_team team = ist_problem_team(p, m->s, m->s_stride, r->block, r->sketch.q);
  const ist_round_work work = {m->w, m->g, m->sum};
  if (m->local_steps > 0)
    return ist_local_round(x, team, m->gamma, m->local_steps, work);
  ist_round(x, team, m->gamma, work);
  return true;
}

/** From n q^2 on, ist_block_gradients shares the workers among threads. */
#define SHARED_FROM 32768

ist_arithmetic ist_rounds_arithmetic(size_t n, size_t q, size_t local_steps) {
  const bool shared = local_steps == 0 && n * q * q >= SHARED_FROM;
  return shared ? ist_arithmetic_find_in_threads() : ist_arithmetic_find();
}

ist_code ist_rounds_check_arithmetic(const ist_rounds *m, ist_status *s) {
  const ist_arithmetic fault =
      ist_rounds_arithmetic(m->problem->n, m->draws.sketch.q, m->local_steps);
  return ist_arithmetic_refuse(fault, "this machine's", s);
}

ist_code ist_rounds_take_drawn(ist_rounds *m, double *x, size_t k, ist_status *s) {
  bool inside = sketched_round(m, x);
  return ist_admit_iterate(inside, x, m->problem->d, k, s);
}

ist_code ist_rounds_take(ist_rounds *m, double *x, size_t k, ist_status *s) {
  if (m->fixed == NULL)
    return ist_rounds_take_drawn(m, x, k, s);
  ist_homogeneous_rounds(x, m->fixed, m->problem->d, m->gamma, 1);
  return ist_admit_iterate(true, x, m->problem->d, k, s);
}

void ist_rounds_close(ist_rounds *m) {
  ist_draws_close(&m->draws);
  free(m->s);
  free(m->fixed);
  free(m->w);
  free(m->g);
  free(m->sum);
  *m = (ist_rounds){0};
}
