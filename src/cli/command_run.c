/** ist run: the method itself, and where its last iterate is. */
#include <stdio.h>
#include <stdlib.h>

#include "case.h"
#include "certificate.h"
#include "command.h"
#include "json.h"
#include "kernel/range.h"
#include "metrics.h"
#include "options.h"
#include "output.h"
#include "problem/atomic_file.h"
#include "progress.h"
#include "simulate.h"
#include "start.h"
#include "step.h"
#include "trace.h"

static const char help[] =
    "Usage: ist run PROBLEM [OPTION]...\n"
    "Run Independent Subnetwork Training on the problem PROBLEM, a directory of\n"
    "Matrix Market files or one HDF5 file.\n"
    "\n"
    "  --sketch NAME       identity, perm (default), scaled-perm or rand\n"
    IST_SKETCH_HELP
    "  --step G            step size, or 'auto' (default): 1/theta; for scaled-perm\n"
    "                      with q = 1 it is 1, with q > 1 there is none\n"
    "  --rounds K          number of rounds (default 100)\n"
    "  --seed S            seed of the random numbers, 0 to 4294967295 (default 1)\n"
    "  --start X           zero (default), gaussian or a Matrix Market file d x 1\n"
    "  --local-steps T     Algorithm 1 with T local steps: average the workers' last\n"
    "                      local iterates; without it, the step x - G g\n"
    "  --trace FILE        write k,f_gap,grad_norm_sq,dist_star_sq,dist_fixed_sq for\n"
    "                      k = 0..K as CSV\n"
    "  --certify           prove that an automatic step, rounded down, is at most\n"
    "                      1/theta, and say whether a given one is\n"
    "  --json              print JSON\n"
    "  --help              print this help and exit\n"
    "\n"
    "f_gap = f(x) - f(x*); grad_norm_sq is in the norm of the inverse mean matrix,\n"
    "dist_star_sq in that of the mean matrix, dist_fixed_sq (to the fixed point of\n"
    "the mean iteration) is Euclidean. Both norms equal 2 f_gap on quadratics.\n";

static const struct option table[] = {
    IST_RUN_OPTIONS,
    IST_VALUE("local-steps", IST_OPT_LOCAL_STEPS),
    IST_VALUE("trace", IST_OPT_TRACE),
    IST_FLAG("certify", IST_OPT_CERTIFY),
    IST_FLAG("json", IST_OPT_JSON),
    IST_FLAG("help", IST_OPT_HELP),
    {0},
};

static const ist_usage usage = {"run", table, IST_ONE_PROBLEM};

/** Everything one run holds. */
typedef struct {
  const ist_options *options;
  ist_case setting;
  ist_constants constants;
  double gamma;
  bool certified; /**< whether gamma is proved to be at most 1/theta */
  double *x;      /**< the iterate, d entries */
  ist_meter meter;
  ist_metrics metrics; /**< at x */
  FILE *trace;         /**< NULL: none wanted */
} run_state;

/** Measures the iterate x_k and records it in the trace. */
static ist_code observe(run_state *r, size_t k, ist_status *s) {
  if (!ist_measure(&r->meter, r->x, &r->metrics))
    return ist_fail(s, IST_NOT_EXIST, "x - x* left the range |x| <= %.4g in round %zu",
                    IST_ENTRY_MAX, k);
  if (r->trace != NULL)
    ist_trace_row(r->trace, k, &r->metrics);
  return IST_OK;
}

static ist_code iterate(run_state *r, ist_simulation *m, ist_status *s) {
  size_t K = r->options->rounds;
  ist_progress progress = ist_progress_start("round", K);
  ist_code code = observe(r, 0, s);
  for (size_t k = 1; k <= K && code == IST_OK; k++) {
    code = ist_simulation_round(m, r->x, k, s);
    /* Without a trace only the last iterate is measured. */
    if (code == IST_OK && (r->trace != NULL || k == K))
      code = observe(r, k, s);
    ist_progress_update(&progress, k);
  }
  ist_progress_end(&progress);
  return code;
}

static ist_code simulate(run_state *r, ist_status *s) {
  const ist_options *o = r->options;
  ist_simulation m;
  if (ist_simulation_open(&m, &r->setting.problem, r->setting.sketch, r->gamma, o->local_steps,
                          o->seed, s) != IST_OK)
    return s->code;
  ist_code code = iterate(r, &m, s);
  ist_simulation_close(&m);
  return code;
}

/** Runs with the trace file open. Rows written before the iterates left the range are kept. */
static ist_code simulate_traced(run_state *r, ist_status *s) {
  ist_atomic_file file;
  if (ist_atomic_open(r->options->trace, &file, s) != IST_OK)
    return s->code;
  r->trace = file.stream;
  ist_trace_header(r->trace);
  ist_code code = simulate(r, s);
  ist_status failed;
  if (code != IST_OK && code != IST_NOT_EXIST)
    ist_atomic_abort(&file);
  else if (ist_atomic_commit(&file, &failed) != IST_OK) {
    *s = failed;
    code = failed.code;
  }
  return code;
}

static json_t *to_json(const run_state *r) {
  const ist_constants *c = &r->constants;
  const ist_metrics *m = &r->metrics;
  json_int_t floats = (json_int_t)c->q; /* a worker exchanges its block, both ways */
  json_t *why = json_object();
  ist_scalar fixed = {m->has_fixed, m->dist_fixed_sq, c->h_norm_sq.reason};
  json_t *root =
      json_pack("{s:s, s:o, s:f, s:f, s:f, s:o, s:I, s:I, s:I, s:o}", "schema", "ist.run/1", "x",
                ist_json_vector(r->x, c->d), "f_gap", m->f_gap, "grad_norm_sq", m->grad_norm_sq,
                "dist_star_sq", m->dist_star_sq, "dist_fixed_sq",
                ist_json_scalar(fixed, why, "dist_fixed_sq"), "floats_down", floats, "floats_up",
                floats, "seed", (json_int_t)r->options->seed, "reasons", why);
  return ist_certificate_json_step(root, r->options, r->gamma, r->certified);
}

static void print_table(const run_state *r) {
  const ist_constants *c = &r->constants;
  const ist_metrics *m = &r->metrics;
  printf("%-14s %s, d = %zu, n = %zu, q = %zu\n", "sketch", ist_sketch_name(c->sketch.kind), c->d,
         c->n, c->q);
  printf("%-14s %zu\n%-14s %.17g%s\n", "rounds", r->options->rounds, "step", r->gamma,
         ist_certificate_step_note(r->options, r->certified));
  printf("%-14s %lu\n", "seed", r->options->seed);
  printf("%-14s %-24.17g f(x) - f(x*)\n", "f_gap", m->f_gap);
  printf("%-14s %-24.17g ||grad f(x)||^2_{L^-1}\n", "grad_norm_sq", m->grad_norm_sq);
  printf("%-14s %-24.17g ||x - x*||^2_L\n", "dist_star_sq", m->dist_star_sq);
  if (m->has_fixed)
    printf("%-14s %-24.17g ||x - x_fixed||^2\n", "dist_fixed_sq", m->dist_fixed_sq);
  else
    printf("%-14s %-24s %s\n", "dist_fixed_sq", "does not exist", c->h_norm_sq.reason);
  printf("%-14s %zu down, %zu up, per worker and round\n", "floats", c->q, c->q);
}

/** Only an automatic step needs eigenvalues, and only a certificate all constants. */
static ist_code find_constants(run_state *r, ist_status *s) {
  const ist_options *o = r->options;
  const ist_sketch sketch = r->setting.sketch;
  if (ist_given(o, IST_OPT_CERTIFY))
    return ist_constants_compute(&r->setting.problem, sketch, &r->constants, s);
  return ist_constants_for_run(&r->setting.problem, sketch, ist_step_needs_theta(o, sketch),
                               &r->constants, s);
}

/** The run proper, on constants that are known. */
static ist_code execute(run_state *r, ist_status *s) {
  const ist_options *o = r->options;
  const ist_constants *c = &r->constants;
  r->x = calloc(c->d, sizeof *r->x);
  if (r->x == NULL || !ist_meter_open(&r->meter, c))
    return ist_fail(s, IST_BAD_INPUT, "no memory for an iterate of dimension %zu", c->d);
  if (ist_step_certify(o, &r->setting.problem, c, &r->gamma, &r->certified, s) != IST_OK ||
      ist_start(o->start != NULL ? o->start : "zero", o->seed, r->x, c->d, s) != IST_OK ||
      (o->trace != NULL ? simulate_traced(r, s) : simulate(r, s)) != IST_OK)
    return s->code;
  if (ist_given(o, IST_OPT_JSON))
    return ist_json_print(to_json(r), s);
  print_table(r);
  return IST_OK;
}

ist_code ist_command_run(int argc, char **argv, ist_status *s) {
  ist_options o;
  run_state r = {.options = &o};
  if (ist_options_parse(argc, argv, &usage, &o, s) != IST_OK)
    return s->code;
  if (ist_given(&o, IST_OPT_HELP))
    return ist_print_text(help);
  if (ist_case_open(&o, &r.setting, s) != IST_OK)
    return s->code;
  ist_code code = find_constants(&r, s);
  if (code == IST_OK) {
    code = execute(&r, s);
    ist_meter_close(&r.meter);
    free(r.x);
    ist_constants_free(&r.constants);
  }
  ist_case_close(&r.setting);
  return code;
}
