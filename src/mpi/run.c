#include "run.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include "farewell.h"
#include "gather.h"
#include "problem/precondition.h"
#include "run/step.h"

/** What one rank holds. */
typedef struct {
  ist_ranks *team;
  const ist_mpi_task *task;
  ist_part part;
  ist_sketch sketch;
  ist_constants constants; /**< on the server, as is means */
  ist_mean_errors means;
  double gamma;
  ist_worker worker;
  ist_fingerprint fingerprint; /**< on the server */
  uint64_t set_up;             /**< bytes moved before the first round; on the server */
} rank_state;

/** All ranks: the step size, which the server knows. */
static ist_code settle_step(rank_state *r, ist_status *s) {
  ist_code code = IST_OK;
  double theta_upper = INFINITY;
  if (ist_step_needs_theta(r->task->settings, r->sketch) &&
      ist_gather_theta_upper(r->team, &r->part, r->sketch, &r->constants, &theta_upper, s) !=
          IST_OK)
    return s->code;
  if (ist_is_server(r->team))
    code = ist_step_resolve(r->task->settings, &r->constants, theta_upper, &r->gamma, s);
  if (ist_agree(r->team, code, s) != IST_OK)
    return s->code;
  ist_share(r->team, &r->gamma, sizeof r->gamma, 0);
  return ist_agree(r->team, ist_worker_step(&r->worker, r->gamma, s), s);
}

/** All ranks: everything before the first round, the part being read. */
static ist_code set_up(rank_state *r, ist_status *s) {
  const ist_run_settings *o = r->task->settings;
  ist_ranks *t = r->team;
  ist_code code = ist_worker_open(&r->worker, &r->part, r->sketch, o->local_steps, o->seed, s);
  if (ist_agree(t, code, s) != IST_OK ||
      ist_gather_constants(t, &r->part, r->sketch, ist_step_needs_theta(o, r->sketch),
                           &r->constants, s) != IST_OK ||
      ist_gather_mean_errors(t, &r->part, r->sketch, &r->constants, &r->means, s) != IST_OK ||
      settle_step(r, s) != IST_OK)
    return s->code;
  if (ist_run_is_identified(o))
    r->fingerprint = ist_gather_fingerprint(t, &r->part);
  r->set_up = ist_ranks_moved(t);
  return ist_ranks_check_arithmetic(t, s);
}

/** The server: all rounds. */
static ist_code lead(rank_state *r, ist_run_result *out, ist_communication *moved, ist_status *s) {
  ist_server server;
  const ist_run_basis basis = {.settings = r->task->settings,
                               .constants = &r->constants,
                               .means = &r->means,
                               .gamma = r->gamma,
                               .durable = true,
                               .fingerprint = r->fingerprint};
  ist_code code = ist_server_open(&server, r->team, &r->worker, s);
  if (code == IST_OK) {
    const ist_engine engine = ist_server_engine(&server);
    ist_farewell_watch();
    code = ist_run_with(&engine, &basis, out, s);
    ist_farewell_release();
  }
  ist_server_end(r->team);
  const uint64_t remote = r->part.p.n - r->part.count, rounds = server.traffic.rounds;
  *moved = (ist_communication){.rounds = server.traffic,
                               .descent_floats = 2 * remote * r->part.p.d * rounds,
                               .set_up_bytes = r->set_up + server.traffic.state_bytes};
  ist_server_close(&server);
  return code;
}

static ist_code precondition(rank_state *r, ist_status *s) {
  ist_code code = IST_OK;
  /* A server without workers has nothing to change. */
  if (r->task->precondition && (r->part.count > 0 || !r->part.p.homogeneous))
    code = ist_precondition(&r->part.p, r->task->problem, s);
  return ist_agree(r->team, code, s);
}

/** MPI counts in int. */
static ist_code check_messages(const rank_state *r, ist_status *s) {
  const int others = r->team->ranks - 1;
  if (others == 0 || r->sketch.q <= INT_MAX / (r->part.p.n / (size_t)others + 1))
    return IST_OK;
  return ist_fail(s, IST_BAD_INPUT, "blocks of q = %zu are too large for one message", r->sketch.q);
}

/** All ranks: the sketch, on the matrices of all of them. */
static ist_code resolve_sketch(rank_state *r, ist_status *s) {
  const ist_mpi_task *task = r->task;
  const ist_part *part = &r->part;
  if (ist_sketch_size(&part->p, task->sketch, task->block, &r->sketch, s) != IST_OK)
    return s->code;
  ist_code code = IST_OK;
  if (r->sketch.kind == IST_SCALED_PERM)
    code = ist_scales_exist_for(part->p.L, part->p.d, ist_part_L_count(part), part->first,
                                part->p.L_stride == 0, s);
  return ist_agree(r->team, code, s);
}

/** All ranks, with the part read. */
static ist_code execute(rank_state *r, ist_run_result *out, ist_communication *moved,
                        ist_status *s) {
  if (ist_gather_mean(r->team, &r->part, r->task->problem, s) != IST_OK ||
      precondition(r, s) != IST_OK || resolve_sketch(r, s) != IST_OK ||
      check_messages(r, s) != IST_OK)
    return s->code;
  ist_code code = set_up(r, s);
  if (code == IST_OK && ist_is_server(r->team))
    code = lead(r, out, moved, s);
  else if (code == IST_OK)
    ist_worker_serve(&r->worker);
  ist_worker_close(&r->worker);
  ist_constants_free(&r->constants);
  free(r->means.L);
  return code;
}

ist_code ist_mpi_run(ist_ranks *t, const ist_mpi_task *task, ist_run_result *out,
                     ist_communication *moved, ist_status *s) {
  rank_state r = {.team = t, .task = task};
  *out = (ist_run_result){0};
  if (ist_part_open(t, task->problem, task->workers, &r.part, s) != IST_OK)
    return s->code;
  ist_code code = execute(&r, out, moved, s);
  ist_part_close(&r.part);
  return code;
}
