#include "worker.h"

#include <math.h>
#include <mpi.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/homogeneous.h"
#include "kernel/local.h"
#include "kernel/workers.h"
#include "machine/memory.h"
#include "messages.h"
#include "run/admit.h"
#include "run/rounds.h"
#include "run/scales.h"
#include "run/sure_rounds.h"

/** How many vectors of scales there are. */
static size_t scale_count(const ist_worker *m) {
  return m->s_stride != 0 || m->part->count == 0 ? m->part->count : 1;
}

static bool allocate(ist_worker *m, ist_sketch sketch, unsigned long seed) {
  const ist_part *part = m->part;
  const size_t d = part->p.d, q = sketch.q;
  if (!ist_draws_open(&m->draws, d, part->p.n, sketch, seed))
    return false;
  m->s = ist_memory_doubles(scale_count(m), d, 1);
  m->x = ist_memory_doubles(1, d, 1);
  m->down = ist_memory_doubles(part->count, q, 1);
  m->up = ist_memory_doubles(part->count, q, 1);
  m->w = ist_memory_doubles(part->count, q, 1);
  return m->s != NULL && m->x != NULL && m->down != NULL && m->up != NULL && m->w != NULL;
}

static void fill_scales(ist_worker *m) {
  const ist_problem *p = &m->part->p;
  for (size_t i = 0; i < scale_count(m); i++)
    ist_sketch_scale(m->draws.sketch, p->d, p->n, ist_problem_L(p, i), m->s + i * p->d);
}

ist_code ist_worker_open(ist_worker *m, const ist_part *part, ist_sketch sketch, size_t local_steps,
                         unsigned long seed, ist_status *s) {
  const ist_problem *p = &part->p;
  *m = (ist_worker){.part = part, .local_steps = local_steps};
  m->s_stride = ist_sketch_scales_shared(sketch, p->L_stride == 0) ? 0 : p->d;
  if (!allocate(m, sketch, seed))
    return ist_refuse_memory(p->d, p->n, s);
  fill_scales(m);
  return ist_admit_problem(p, ist_part_L_count(part), ist_part_b_count(part), m->s, scale_count(m),
                           s);
}

ist_code ist_worker_step(ist_worker *m, double gamma, ist_status *s) {
  const ist_problem *p = &m->part->p;
  m->gamma = gamma;
  m->sure = ist_rounds_are_sure(p->homogeneous, m->draws.sketch, gamma, m->local_steps);
  if (!m->sure)
    return IST_OK;
  for (size_t i = 0; i < p->n; i++)
    m->draws.block[i] = i;
  if (m->part->count == 0)
    return IST_OK;
  m->fixed = calloc(p->d, sizeof *m->fixed);
  if (m->fixed == NULL)
    return ist_refuse_memory(p->d, p->n, s);
  return ist_sure_fixed_point(p->L, p->b, p->d, m->fixed, s);
}

void ist_worker_draw(ist_worker *m) {
  if (!m->sure)
    ist_draws_next(&m->draws);
}

static void run_local_steps(ist_worker *m, ist_team team) {
  const size_t q = team.q;
  for (size_t i = 0; i < team.n; i++)
    if (!ist_local_steps(m->x, ist_worker_at(team, i), m->gamma, m->local_steps, m->up + i * q,
                         m->w))
      for (size_t a = 0; a < q; a++)
        m->up[i * q + a] = NAN;
}

void ist_worker_round(ist_worker *m) {
  const ist_problem *p = &m->part->p;
  const size_t q = m->draws.sketch.q, count = m->part->count;
  const size_t *block = m->draws.block + m->part->first * q;
  if (m->sure) {
    memcpy(m->up, m->down, count * sizeof *m->up);
    ist_homogeneous_rounds(m->up, m->fixed + m->part->first, count, m->gamma, 1);
    return;
  }
  for (size_t a = 0; a < count * q; a++)
    m->x[block[a]] = m->down[a];
  ist_team team = ist_problem_team(p, m->s, m->s_stride, block, q);
  team.n = count;
  if (m->local_steps > 0) {
    run_local_steps(m, team);
    return;
  }
  ist_submodels(m->x, team, m->w);
  ist_block_gradients(team, m->w, m->up);
}

void ist_worker_close(ist_worker *m) {
  ist_draws_close(&m->draws);
  free(m->s);
  free(m->fixed);
  free(m->x);
  free(m->down);
  free(m->up);
  free(m->w);
  *m = (ist_worker){0};
}

/** Sends what ist_worker_round computed, or what is wrong with the arithmetic it was computed with.
 */
static void answer(const ist_worker *m, int size) {
  const double fault = ist_rounds_arithmetic(m->part->count, m->draws.sketch.q, m->local_steps);
  if (fault == IST_ARITHMETIC_SOUND)
    MPI_Send(m->up, size, MPI_DOUBLE, 0, IST_TAG_ANSWER, MPI_COMM_WORLD);
  else
    MPI_Send(&fault, 1, MPI_DOUBLE, 0, IST_TAG_FAULT, MPI_COMM_WORLD);
}

void ist_worker_serve(ist_worker *m) {
  const int size = (int)(m->part->count * m->draws.sketch.q);
  for (;;) {
    MPI_Status message;
    MPI_Probe(0, MPI_ANY_TAG, MPI_COMM_WORLD, &message);
    switch (message.MPI_TAG) {
    case IST_TAG_BEGIN:
      MPI_Recv(gsl_rng_state(m->draws.rng), (int)gsl_rng_size(m->draws.rng), MPI_BYTE, 0,
               IST_TAG_BEGIN, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
      break;
    case IST_TAG_ROUND:
      MPI_Recv(m->down, size, MPI_DOUBLE, 0, IST_TAG_ROUND, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
      ist_worker_draw(m);
      ist_worker_round(m);
      answer(m, size);
      break;
    default:
      MPI_Recv(NULL, 0, MPI_BYTE, 0, IST_TAG_END, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
      return;
    }
  }
}
