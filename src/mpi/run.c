/** ist-mpi run: the method with its workers on other processes. */
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/case.h"
#include "cli/json.h"
#include "cli/paths.h"
#include "cli/run_options.h"
#include "command.h"
#include "farewell.h"
#include "gather.h"
#include "machine/output.h"
#include "run/step.h"
#include "server.h"

static const char help[] =
    "Usage: mpirun -n R ist-mpi run PROBLEM [OPTION]...\n"
    "Run Independent Subnetwork Training on the problem PROBLEM, a directory of\n"
    "Matrix Market files or one HDF5 file, with its n workers on R processes, 1 to\n"
    "n + 1. The first is the server; each worker's matrix is read by one of the\n"
    "others, and q numbers go to it and q come back in every round. The result is\n"
    "that of ist run, bit for bit.\n"
    "\n" IST_SESSION_HELP "  --json              print JSON\n"
    "  --help              print this help and exit\n" IST_SESSION_NOTES
    "The trace is written row by row: if a process dies, it holds all rounds before.\n";

static const struct option table[] = {IST_SESSION_OPTIONS, {0}};

static const ist_usage usage = {"ist-mpi", "run", table, IST_ONE_PROBLEM};

/** What one rank holds. */
typedef struct {
  ist_team *team;
  const ist_options *options;
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
  if (ist_step_needs_theta(r->options, r->sketch) &&
      ist_gather_theta_upper(r->team, &r->part, r->sketch, &r->constants, &theta_upper, s) !=
          IST_OK)
    return s->code;
  if (ist_is_server(r->team))
    code = ist_step_resolve(r->options, &r->constants, theta_upper, &r->gamma, s);
  if (ist_agree(r->team, code, s) != IST_OK)
    return s->code;
  ist_share(r->team, &r->gamma, sizeof r->gamma, 0);
  return ist_agree(r->team, ist_worker_step(&r->worker, r->gamma, s), s);
}

/** All ranks: everything before the first round, the part being read. */
static ist_code set_up(rank_state *r, ist_status *s) {
  const ist_options *o = r->options;
  ist_team *t = r->team;
  ist_code code = ist_worker_open(&r->worker, &r->part, r->sketch, o->local_steps, o->seed, s);
  if (ist_agree(t, code, s) != IST_OK ||
      ist_gather_constants(t, &r->part, r->sketch, ist_step_needs_theta(o, r->sketch),
                           &r->constants, s) != IST_OK ||
      ist_gather_mean_errors(t, &r->part, r->sketch, &r->constants, &r->means, s) != IST_OK ||
      settle_step(r, s) != IST_OK)
    return s->code;
  if (ist_session_identifies(o))
    r->fingerprint = ist_gather_fingerprint(t, &r->part);
  r->set_up = ist_team_moved(t);
  return ist_team_check_arithmetic(t, s);
}

/** What the rounds moved, against gradient descent, which moves all d numbers of x and of a
 *  gradient for each worker. */
typedef struct {
  const ist_traffic *t;
  uint64_t floats, descent, set_up;
  int ranks;
} account;

static account settle_account(const rank_state *r, const ist_traffic *t) {
  const uint64_t remote = r->part.p.n - r->part.count;
  return (account){.t = t,
                   .floats = t->floats_down + t->floats_up,
                   .descent = 2 * remote * r->part.p.d * t->rounds,
                   .set_up = r->set_up + t->state_bytes,
                   .ranks = r->team->ranks};
}

static json_t *communication(const account *a) {
  return json_pack("{s:i, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "ranks", a->ranks, "rounds",
                   (json_int_t)a->t->rounds, "floats_down", (json_int_t)a->t->floats_down,
                   "floats_up", (json_int_t)a->t->floats_up, "floats", (json_int_t)a->floats,
                   "bytes", (json_int_t)(8 * a->floats), "gradient_descent_floats",
                   (json_int_t)a->descent, "gradient_descent_bytes", (json_int_t)(8 * a->descent),
                   "set_up_bytes", (json_int_t)a->set_up);
}

static void print_row(const char *name, uint64_t down, uint64_t up, const char *note) {
  printf("%-14s %" PRIu64 " floats down, %" PRIu64 " up, %" PRIu64 " bytes%s\n", name, down, up,
         8 * (down + up), note);
}

static void print_account(const account *a) {
  const uint64_t each_way = a->descent / 2;
  printf("%-14s %d\n", "ranks", a->ranks);
  print_row("moved", a->t->floats_down, a->t->floats_up, "");
  print_row("full gradients", each_way, each_way, ", as gradient descent moves");
  printf("%-14s %" PRIu64 " bytes, once\n", "set-up", a->set_up);
}

static ist_code report(const rank_state *r, const ist_session *session, const ist_traffic *t,
                       ist_status *s) {
  const account a = settle_account(r, t);
  if (!ist_given(r->options, IST_OPT_JSON)) {
    ist_session_print(session);
    print_account(&a);
    return IST_OK;
  }
  json_t *root = ist_session_json(session);
  if (root != NULL && json_object_set_new(root, "communication", communication(&a)) != 0) {
    json_decref(root);
    root = NULL;
  }
  return ist_json_print(root, s);
}

/** The server: all rounds, then the result. */
static ist_code lead(rank_state *r, ist_status *s) {
  ist_server server;
  ist_session session = {.options = r->options,
                         .constants = &r->constants,
                         .means = &r->means,
                         .gamma = r->gamma,
                         .durable = true,
                         .fingerprint = r->fingerprint};
  ist_code code = ist_server_open(&server, r->team, &r->worker, s);
  if (code == IST_OK) {
    const ist_engine engine = ist_server_engine(&server);
    ist_farewell_watch();
    code = ist_session_run(&session, &engine, s);
    ist_farewell_release();
  }
  ist_server_end(r->team);
  if (code == IST_OK)
    code = report(r, &session, &server.traffic, s);
  ist_session_close(&session);
  ist_server_close(&server);
  return code;
}

static ist_code precondition(rank_state *r, ist_status *s) {
  ist_code code = IST_OK;
  /* A server without workers has nothing to change. */
  if (ist_given(r->options, IST_OPT_PRECONDITION) && (r->part.count > 0 || !r->part.p.homogeneous))
    code = ist_case_precondition(r->options, &r->part.p, s);
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
  const ist_options *o = r->options;
  const ist_part *part = &r->part;
  if (ist_sketch_size(&part->p, o->sketch, o->block, &r->sketch, s) != IST_OK)
    return s->code;
  ist_code code = IST_OK;
  if (r->sketch.kind == IST_SCALED_PERM)
    code = ist_scales_exist_for(part->p.L, part->p.d, ist_part_L_count(part), part->first,
                                part->p.L_stride == 0, s);
  return ist_agree(r->team, code, s);
}

/** All ranks, with the part read. */
static ist_code execute(rank_state *r, ist_status *s) {
  const ist_options *o = r->options;
  if (ist_gather_mean(r->team, &r->part, o->problem, s) != IST_OK || precondition(r, s) != IST_OK ||
      resolve_sketch(r, s) != IST_OK || check_messages(r, s) != IST_OK)
    return s->code;
  ist_code code = set_up(r, s);
  if (code == IST_OK && ist_is_server(r->team))
    code = lead(r, s);
  else if (code == IST_OK)
    ist_worker_serve(&r->worker);
  ist_worker_close(&r->worker);
  ist_constants_free(&r->constants);
  free(r->means.L);
  return code;
}

/** All ranks: what the server, which writes, finds out about its files. */
static ist_code check_paths(ist_team *t, const ist_options *o, ist_status *s) {
  return ist_agree(t, ist_is_server(t) ? ist_paths_check(o, s) : IST_OK, s);
}

ist_code ist_mpi_run(ist_team *t, int argc, char **argv, ist_status *s) {
  ist_options o;
  rank_state r = {.team = t, .options = &o};
  if (ist_options_parse(argc, argv, &usage, &o, s) != IST_OK)
    return s->code;
  if (ist_given(&o, IST_OPT_HELP))
    return ist_is_server(t) ? ist_print_text(help) : IST_OK;
  if (ist_session_check(&o, s) != IST_OK || check_paths(t, &o, s) != IST_OK ||
      ist_part_open(t, o.problem, o.workers, &r.part, s) != IST_OK)
    return s->code;
  ist_code code = execute(&r, s);
  ist_part_close(&r.part);
  return code;
}
