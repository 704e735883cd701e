#include "server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "farewell.h"
#include "kernel/merge.h"
#include "kernel/range.h"
#include "messages.h"
#include "run/admit.h"
#include "run/rounds.h"

ist_code ist_server_open(ist_server *v, const ist_ranks *t, ist_worker *own, ist_status *s) {
  const size_t d = own->draws.d, n = own->draws.n, numbers = n * own->draws.sketch.q;
  const size_t ranks = (size_t)t->ranks;
  *v = (ist_server){.team = t, .own = own};
  v->down = calloc(numbers, sizeof *v->down);
  v->up = calloc(numbers, sizeof *v->up);
  v->sum = calloc(d, sizeof *v->sum);
  v->requests = calloc(2 * ranks, sizeof *v->requests);
  v->answers = calloc(2 * ranks, sizeof *v->answers);
  if (v->down == NULL || v->up == NULL || v->sum == NULL || v->requests == NULL ||
      v->answers == NULL)
    return ist_refuse_memory(d, n, s);
  return IST_OK;
}

static void begin(void *self, size_t k) {
  ist_server *v = self;
  const gsl_rng *rng = v->own->draws.rng;
  for (int rank = 1; rank < v->team->ranks; rank++) {
    MPI_Send(gsl_rng_state(rng), (int)gsl_rng_size(rng), MPI_BYTE, rank, IST_TAG_BEGIN,
             MPI_COMM_WORLD);
    v->traffic.state_bytes += gsl_rng_size(rng);
  }
  ist_farewell_note(k);
}

/** Exchanges v->down for v->up with the workers of all ranks, counting what was received. */
static void exchange(ist_server *v) {
  const ist_ranks *t = v->team;
  const size_t q = v->own->draws.sketch.q;
  const int others = t->ranks - 1;
  for (int rank = 1; rank <= others; rank++) {
    const size_t at = ist_ranks_first(t, rank) * q;
    const int size = (int)(ist_ranks_count(t, rank) * q);
    MPI_Irecv(v->up + at, size, MPI_DOUBLE, rank, MPI_ANY_TAG, MPI_COMM_WORLD,
              &v->requests[rank - 1]);
    MPI_Isend(v->down + at, size, MPI_DOUBLE, rank, IST_TAG_ROUND, MPI_COMM_WORLD,
              &v->requests[others + rank - 1]);
    v->traffic.floats_down += (uint64_t)size;
  }
  MPI_Waitall(2 * others, v->requests, v->answers);
  for (int rank = 1; rank <= others; rank++) {
    int count;
    MPI_Get_count(&v->answers[rank - 1], MPI_DOUBLE, &count);
    v->traffic.floats_up += (uint64_t)count;
  }
}

/** IST_MACHINE if a rank answered that its arithmetic is wrong. */
static ist_code check_answers(const ist_server *v, ist_status *s) {
  const ist_ranks *t = v->team;
  char whose[32];
  for (int rank = 1; rank < t->ranks; rank++)
    if (v->answers[rank - 1].MPI_TAG == IST_TAG_FAULT) {
      const double fault = v->up[ist_ranks_first(t, rank) * v->own->draws.sketch.q];
      snprintf(whose, sizeof whose, "rank %d's", rank);
      return ist_arithmetic_refuse((ist_arithmetic)fault, whose, s);
    }
  return IST_OK;
}

/** The answers of all workers to x on their blocks. */
static ist_code ask(ist_server *v, ist_status *s) {
  ist_worker *own = v->own;
  const size_t q = own->draws.sketch.q, numbers = own->part->count * q;
  if (v->team->ranks > 1) {
    exchange(v);
    return check_answers(v, s);
  }
  memcpy(own->down, v->down, numbers * sizeof *own->down);
  ist_worker_round(own);
  memcpy(v->up, own->up, numbers * sizeof *v->up);
  const ist_arithmetic fault = ist_rounds_arithmetic(own->part->count, q, own->local_steps);
  return ist_arithmetic_refuse(fault, "this machine's", s);
}

/** x_k from the answers. False if a worker's local iterate left the range; x is then as it was. */
static bool merge(ist_server *v, double *x) {
  const ist_worker *own = v->own;
  const size_t d = own->draws.d, n = own->draws.n, numbers = n * own->draws.sketch.q;
  if (own->sure) {
    memcpy(x, v->up, d * sizeof *x);
    return true;
  }
  /* What ist_merge requires; local iterates stay within 2^260 (ist_local_round). */
  if (!ist_bounded(v->up, numbers, own->local_steps > 0 ? 0x1p260 : 0x1p550))
    return false;
  ist_merge(v->sum, d, v->up, own->draws.block, numbers);
  if (own->local_steps > 0)
    ist_average(x, v->sum, d, n);
  else
    ist_step(x, v->sum, d, n, own->gamma);
  return true;
}

/** The sequence of ist_round, ist_local_round or ist_homogeneous_rounds, the workers elsewhere. */
static ist_code play(void *self, double *x, size_t k, ist_status *s) {
  ist_server *v = self;
  const ist_draws *draws = &v->own->draws;
  ist_farewell_note(k - 1);
  ist_worker_draw(v->own);
  for (size_t a = 0; a < draws->n * draws->sketch.q; a++)
    v->down[a] = x[draws->block[a]];
  if (ask(v, s) != IST_OK)
    return s->code;
  v->traffic.rounds++;
  return ist_admit_iterate(merge(v, x), x, draws->d, k, s);
}

ist_engine ist_server_engine(ist_server *v) {
  return (ist_engine){.self = v, .rng = v->own->draws.rng, .begin = begin, .round = play};
}

void ist_server_end(const ist_ranks *t) {
  for (int rank = 1; rank < t->ranks; rank++)
    MPI_Send(NULL, 0, MPI_BYTE, rank, IST_TAG_END, MPI_COMM_WORLD);
}

void ist_server_close(ist_server *v) {
  free(v->down);
  free(v->up);
  free(v->sum);
  free(v->requests);
  free(v->answers);
  *v = (ist_server){0};
}
