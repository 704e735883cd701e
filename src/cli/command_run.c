/** ist run: the method itself, and where its last iterate is. */
#include <stdlib.h>

#include "case.h"
#include "command.h"
#include "json.h"
#include "machine/output.h"
#include "run/error_bound.h"
#include "run/session.h"
#include "run/simulate.h"
#include "run/step.h"
#include "run_options.h"

static const char help[] =
    "Usage: ist run PROBLEM [OPTION]...\n"
    "Run Independent Subnetwork Training on the problem PROBLEM, a directory of\n"
    "Matrix Market files or one HDF5 file.\n"
    "\n" IST_SESSION_HELP
    "  --certify           prove 1/theta in multiple precision, which proves it more\n"
    "                      often, and say whether a given step is at most that\n"
    "  --error-bound       report a bound on every |x_j - X_j|, X being what the same\n"
    "                      run comes to in real arithmetic; draws every round;\n"
    "                      not with --local-steps or --resume\n"
    "  --json              print JSON\n"
    "  --help              print this help and exit\n" IST_SESSION_NOTES
    "Ctrl-C ends the run after the current round, with exit status 130.\n";

static const struct option table[] = {
    IST_SESSION_OPTIONS,
    IST_FLAG("certify", IST_OPT_CERTIFY),
    IST_FLAG("error-bound", IST_OPT_ERROR_BOUND),
    {0},
};

static const ist_usage usage = {"ist", "run", table, IST_ONE_PROBLEM};

/** Only an automatic step needs eigenvalues, and only a certificate all constants. */
static ist_code find_constants(const ist_options *o, const ist_case *setting, ist_constants *c,
                               ist_status *s) {
  const ist_sketch sketch = setting->sketch;
  if (ist_given(o, IST_OPT_CERTIFY))
    return ist_constants_compute(&setting->problem, sketch, c, s);
  return ist_constants_for_run(&setting->problem, sketch, ist_step_needs_theta(o, sketch), c, s);
}

/** The rounds of a run in this process. */
typedef struct {
  ist_simulation simulation;
  ist_error_bound bound;
} local_run;

static ist_code round_here(void *self, double *x, size_t k, ist_status *s) {
  local_run *run = self;
  return ist_simulation_round(&run->simulation, x, k, s);
}

static ist_code bounded_round(void *self, double *x, size_t k, ist_status *s) {
  local_run *run = self;
  return ist_error_bound_round(&run->bound, &run->simulation, x, k, s);
}

static ist_code check_here(void *self, ist_status *s) {
  const local_run *run = self;
  return ist_simulation_check_arithmetic(&run->simulation, s);
}

static ist_code report(const ist_session *r, ist_status *s) {
  if (ist_given(r->options, IST_OPT_JSON))
    return ist_json_print(ist_session_json(r), s);
  ist_session_print(r);
  return IST_OK;
}

/** All rounds, and the result. */
static ist_code carry_out(ist_session *r, local_run *run, ist_status *s) {
  const bool bounded = ist_given(r->options, IST_OPT_ERROR_BOUND);
  const ist_engine engine = {.self = run,
                             .rng = run->simulation.draws.rng,
                             .round = bounded ? bounded_round : round_here,
                             .check = check_here};
  if (bounded)
    r->bound = &run->bound;
  if (ist_session_run(r, &engine, s) != IST_OK)
    return s->code;
  return report(r, s);
}

static ist_code simulate(ist_session *r, const ist_case *setting, ist_status *s) {
  const ist_options *o = r->options;
  const ist_problem *p = &setting->problem;
  local_run run = {0};
  ist_code code = ist_simulation_open(&run.simulation, p, setting->sketch, r->gamma, o->local_steps,
                                      o->seed, s);
  if (code != IST_OK)
    return code;
  if (ist_given(o, IST_OPT_ERROR_BOUND))
    code = ist_error_bound_open(&run.bound, p->d, p->n, setting->sketch.q, s);
  if (code == IST_OK)
    code = carry_out(r, &run, s);
  ist_error_bound_close(&run.bound);
  ist_simulation_close(&run.simulation);
  return code;
}

/** The run proper, on constants that are known. */
static ist_code execute(const ist_options *o, const ist_case *setting, const ist_constants *c,
                        ist_status *s) {
  const ist_problem *p = &setting->problem;
  ist_mean_errors means;
  ist_session r = {.options = o, .constants = c, .means = &means};
  if (ist_step_certify(o, p, c, &r.gamma, &r.certified, s) != IST_OK ||
      ist_mean_errors_find(&means, p, setting->sketch, c->L_bar, s) != IST_OK)
    return s->code;
  if (ist_session_identifies(o))
    r.fingerprint = ist_fingerprint_problem(p);
  ist_code code = simulate(&r, setting, s);
  ist_session_close(&r);
  free(means.L);
  return code;
}

ist_code ist_command_run(int argc, char **argv, ist_status *s) {
  ist_options o;
  ist_case setting;
  ist_constants c;
  if (ist_options_parse(argc, argv, &usage, &o, s) != IST_OK)
    return s->code;
  if (ist_given(&o, IST_OPT_HELP))
    return ist_print_text(help);
  if (ist_session_check(&o, s) != IST_OK || ist_case_open(&o, &setting, s) != IST_OK)
    return s->code;
  ist_code code = find_constants(&o, &setting, &c, s);
  if (code == IST_OK) {
    code = execute(&o, &setting, &c, s);
    ist_constants_free(&c);
  }
  ist_case_close(&setting);
  return code;
}
