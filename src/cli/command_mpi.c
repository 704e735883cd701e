/** ist-mpi run: the method with its workers on other processes. */
#include <inttypes.h>
#include <stdio.h>

#include "command.h"
#include "json.h"
#include "machine/output.h"
#include "mpi/run.h"
#include "paths.h"
#include "run_options.h"
#include "run_result.h"
#include "run_watch.h"

static const char help[] =
    "Usage: mpirun -n R ist-mpi run PROBLEM [OPTION]...\n"
    "Run Independent Subnetwork Training on the problem PROBLEM, a directory of\n"
    "Matrix Market files or one HDF5 file, with its n workers on R processes, 1 to\n"
    "n + 1. The first is the server; each worker's matrix is read by one of the\n"
    "others, and q numbers go to it and q come back in every round. The result is\n"
    "that of ist run, bit for bit.\n"
    "\n" IST_RUN_COMMAND_HELP "  --json              print JSON\n"
    "  --help              print this help and exit\n" IST_RUN_COMMAND_NOTES
    "The trace is written row by row: if a process dies, it holds all rounds before.\n";

static const struct option table[] = {IST_RUN_COMMAND_OPTIONS, {0}};

static const ist_usage usage = {"ist-mpi", "run", table, IST_ONE_PROBLEM};

static json_t *communication(const ist_communication *c, int ranks) {
  const ist_traffic *t = &c->rounds;
  const uint64_t floats = t->floats_down + t->floats_up;
  return json_pack(
      "{s:i, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "ranks", ranks, "rounds",
      (json_int_t)t->rounds, "floats_down", (json_int_t)t->floats_down, "floats_up",
      (json_int_t)t->floats_up, "floats", (json_int_t)floats, "bytes", (json_int_t)(8 * floats),
      "gradient_descent_floats", (json_int_t)c->descent_floats, "gradient_descent_bytes",
      (json_int_t)(8 * c->descent_floats), "set_up_bytes", (json_int_t)c->set_up_bytes);
}

static void print_row(const char *name, uint64_t down, uint64_t up, const char *note) {
  printf("%-14s %" PRIu64 " floats down, %" PRIu64 " up, %" PRIu64 " bytes%s\n", name, down, up,
         8 * (down + up), note);
}

static void print_communication(const ist_communication *c, int ranks) {
  const uint64_t each_way = c->descent_floats / 2;
  printf("%-14s %d\n", "ranks", ranks);
  print_row("moved", c->rounds.floats_down, c->rounds.floats_up, "");
  print_row("full gradients", each_way, each_way, ", as gradient descent moves");
  printf("%-14s %" PRIu64 " bytes, once\n", "set-up", c->set_up_bytes);
}

static ist_code report(const ist_options *o, const ist_run_result *r, const ist_communication *c,
                       int ranks, ist_status *s) {
  if (!ist_given(o, IST_OPT_JSON)) {
    ist_run_result_print(r, &o->run);
    print_communication(c, ranks);
    return IST_OK;
  }
  json_t *root = ist_run_result_json(r, &o->run);
  if (root != NULL && json_object_set_new(root, "communication", communication(c, ranks)) != 0) {
    json_decref(root);
    root = NULL;
  }
  return ist_json_print(root, s);
}

/** All ranks: the run, and on the server its result. */
static ist_code execute(ist_ranks *t, ist_options *o, ist_status *s) {
  ist_run_result result;
  ist_run_watch watch;
  ist_communication moved;
  ist_run_watch_set(&watch, &o->run);
  const ist_mpi_task task = {.problem = o->problem,
                             .workers = o->workers,
                             .precondition = ist_given(o, IST_OPT_PRECONDITION),
                             .sketch = o->sketch,
                             .block = o->block,
                             .settings = &o->run};
  ist_code code = ist_mpi_run(t, &task, &result, &moved, s);
  ist_run_watch_end(&watch);
  if (code == IST_OK && ist_is_server(t))
    code = report(o, &result, &moved, t->ranks, s);
  ist_run_result_free(&result);
  return code;
}

/** All ranks: what the server, which writes, finds out about its files. */
static ist_code check_paths(ist_ranks *t, const ist_options *o, ist_status *s) {
  return ist_agree(t, ist_is_server(t) ? ist_paths_check(o, s) : IST_OK, s);
}

ist_code ist_command_mpi_run(int argc, char **argv, ist_status *s) {
  ist_options o;
  ist_ranks team = ist_ranks_join();
  if (ist_options_parse(argc, argv, &usage, &o, s) != IST_OK)
    return s->code;
  if (ist_given(&o, IST_OPT_HELP))
    return ist_is_server(&team) ? ist_print_text(help) : IST_OK;
  if (ist_run_options_check(&o, s) != IST_OK || check_paths(&team, &o, s) != IST_OK)
    return s->code;
  return execute(&team, &o, s);
}
