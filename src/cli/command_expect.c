/** ist expect: exact expectations per round, without sampling. */
#include <stdio.h>
#include <stdlib.h>

#include "case.h"
#include "certificate.h"
#include "command.h"
#include "json.h"
#include "moments/expectations.h"
#include "options.h"
#include "output.h"
#include "problem/atomic_file.h"
#include "problem/memory.h"
#include "progress.h"
#include "spectral/bounds.h"
#include "start.h"
#include "step.h"
#include "trace.h"

static const char help[] =
    "Usage: ist expect PROBLEM [OPTION]...\n"
    "Print what Independent Subnetwork Training does in expectation on the problem\n"
    "PROBLEM, a directory of Matrix Market files or one HDF5 file: computed exactly\n"
    "for every round, not sampled.\n"
    "\n"
    "  --sketch NAME       identity, perm (default), scaled-perm or rand\n" IST_SKETCH_HELP
    "  --step G            step size, or 'auto' (default): 1/theta, rounded down to\n"
    "                      24 bits; for scaled-perm with q = 1 it is 1, with\n"
    "                      q > 1 there is none\n"
    "  --rounds K          number of rounds (default 100)\n"
    "  --seed S            seed of a gaussian start, 0 to 4294967295 (default 1)\n"
    "  --start X           zero (default), gaussian or a Matrix Market file d x 1\n"
    "  --local-steps T     Algorithm 1 with T local steps; exact, and accepted, for\n"
    "                      T = 1, q = 1, q = d and diagonal matrices\n"
    "  --trace FILE        write k,f_gap,grad_norm_sq,dist_star_sq,dist_fixed_sq for\n"
    "                      k = 0..K as CSV\n"
    "  --certify           prove that an automatic step, rounded down, is at most\n"
    "                      1/theta, and say whether a given one is\n"
    "  --json              print JSON\n"
    "  --help              print this help and exit\n"
    "\n"
    "The columns are expected values of those of 'ist run'; f_star = f(x*).\n";

static const struct option table[] = {
    IST_RUN_OPTIONS,
    IST_VALUE("local-steps", IST_OPT_LOCAL_STEPS),
    IST_VALUE("trace", IST_OPT_TRACE),
    IST_FLAG("certify", IST_OPT_CERTIFY),
    IST_FLAG("json", IST_OPT_JSON),
    IST_FLAG("help", IST_OPT_HELP),
    {0},
};

static const ist_usage usage = {"ist", "expect", table, IST_ONE_PROBLEM};

/** Everything one answer is made of. */
typedef struct {
  const ist_options *options;
  ist_case setting;
  ist_constants constants;
  double gamma;
  bool certified;        /**< whether gamma is proved to be at most 1/theta */
  double *x0;            /**< d entries */
  ist_expectation *rows; /**< K + 1 */
} expect_state;

static void show_round(void *context, size_t k) { ist_progress_update(context, k); }

/** Whether the closed form N3 applies: scaled Perm-1, step (2), 0 < gamma < 2. */
static bool has_closed_form(const expect_state *e) {
  const ist_sketch sk = e->setting.sketch;
  return sk.kind == IST_SCALED_PERM && sk.q == 1 && e->options->local_steps == 0 && e->gamma < 2;
}

static ist_code by_closed_form(expect_state *e, ist_status *s) {
  ist_n3 m;
  if (!ist_n3_init(&e->setting.problem, &e->constants, &m))
    return ist_fail(s, IST_MACHINE, "not enough memory");
  for (size_t k = 0; k <= e->options->rounds; k++) {
    const ist_n3_values v = ist_n3_round(&m, e->x0, e->gamma, k);
    e->rows[k] = (ist_expectation){v.f_gap, v.grad_norm_sq, v.grad_norm_sq, v.dist_fixed_sq};
  }
  ist_n3_free(&m);
  return IST_OK;
}

static ist_code by_recursion(expect_state *e, ist_status *s) {
  const ist_options *o = e->options;
  const ist_constants *c = &e->constants;
  const ist_method m = {&e->setting.problem, e->setting.sketch, e->gamma, o->local_steps};
  const ist_targets t = {c->L_bar, c->x_star, c->x_fixed};
  ist_progress progress = ist_progress_start("round", o->rounds);
  ist_code code = ist_expect(&m, &t, e->x0, o->rounds, e->rows, show_round, &progress, s);
  ist_progress_end(&progress);
  return code;
}

static ist_metrics metrics(const expect_state *e, size_t k) {
  const ist_expectation *row = &e->rows[k];
  return (ist_metrics){row->f_gap, row->grad_norm_sq, row->dist_star_sq,
                       e->constants.x_fixed != NULL, row->dist_fixed_sq};
}

static ist_code write_trace(const expect_state *e, ist_status *s) {
  ist_atomic_file file;
  if (ist_atomic_open(e->options->trace, &file, s) != IST_OK)
    return s->code;
  ist_trace_header(file.stream);
  for (size_t k = 0; k <= e->options->rounds; k++) {
    const ist_metrics m = metrics(e, k);
    ist_trace_row(file.stream, k, &m);
  }
  return ist_atomic_commit(&file, s);
}

static json_t *row_to_json(const expect_state *e, size_t k) {
  const ist_metrics m = metrics(e, k);
  return json_pack("{s:I, s:f, s:f, s:f, s:o}", "k", (json_int_t)k, "f_gap", m.f_gap,
                   "grad_norm_sq", m.grad_norm_sq, "dist_star_sq", m.dist_star_sq, "dist_fixed_sq",
                   m.has_fixed ? json_real(m.dist_fixed_sq) : json_null());
}

static json_t *to_json(const expect_state *e) {
  const ist_constants *c = &e->constants;
  json_t *why = json_object(), *rounds = json_array();
  for (size_t k = 0; k <= e->options->rounds; k++)
    if (json_array_append_new(rounds, row_to_json(e, k)) != 0) {
      json_decref(rounds);
      rounds = NULL; /* json_pack then fails */
      break;
    }
  if (c->x_fixed == NULL)
    json_object_set_new(why, "dist_fixed_sq", json_string(c->h_norm_sq.reason));
  json_t *root = json_pack("{s:s, s:f, s:f, s:o, s:o}", "schema", "ist.expect/1", "f_star",
                           c->f_star, "step", e->gamma, "rounds", rounds, "reasons", why);
  return ist_certificate_json_step(root, e->options, e->gamma, e->certified);
}

static void print_table(const expect_state *e) {
  const ist_constants *c = &e->constants;
  printf("sketch %s, d = %zu, n = %zu, q = %zu, step %.17g%s, f_star %.17g\n",
         ist_sketch_name(c->sketch.kind), c->d, c->n, c->q, e->gamma,
         ist_certificate_step_note(e->options, e->certified), c->f_star);
  if (c->x_fixed == NULL)
    printf("dist_fixed_sq does not exist: %s\n", c->h_norm_sq.reason);
  printf("%8s %24s %24s %24s %24s\n", "k", "f_gap", "grad_norm_sq", "dist_star_sq",
         "dist_fixed_sq");
  for (size_t k = 0; k <= e->options->rounds; k++) {
    const ist_metrics m = metrics(e, k);
    printf("%8zu %24.17g %24.17g %24.17g ", k, m.f_gap, m.grad_norm_sq, m.dist_star_sq);
    if (m.has_fixed)
      printf("%24.17g\n", m.dist_fixed_sq);
    else
      printf("%24s\n", "-");
  }
}

/** The expectations proper, on constants that are known. */
static ist_code execute(expect_state *e, ist_status *s) {
  const ist_options *o = e->options;
  const ist_constants *c = &e->constants;
  if (ist_step_certify(o, &e->setting.problem, c, &e->gamma, &e->certified, s) != IST_OK)
    return s->code;
  e->x0 = ist_memory_doubles(1, c->d, 1);
  if (ist_memory_fits(o->rounds + 1, sizeof *e->rows / sizeof(double), 1))
    e->rows = calloc(o->rounds + 1, sizeof *e->rows);
  if (e->x0 == NULL || e->rows == NULL)
    return ist_fail(s, IST_MACHINE, "no memory for %zu rounds of dimension %zu", o->rounds, c->d);
  if (ist_start(o->start != NULL ? o->start : "zero", o->seed, e->x0, c->d, s) != IST_OK ||
      (has_closed_form(e) ? by_closed_form(e, s) : by_recursion(e, s)) != IST_OK ||
      (o->trace != NULL && write_trace(e, s) != IST_OK))
    return s->code;
  if (ist_given(o, IST_OPT_JSON))
    return ist_json_print(to_json(e), s);
  print_table(e);
  return IST_OK;
}

ist_code ist_command_expect(int argc, char **argv, ist_status *s) {
  ist_options o;
  expect_state e = {.options = &o};
  if (ist_options_parse(argc, argv, &usage, &o, s) != IST_OK)
    return s->code;
  if (ist_given(&o, IST_OPT_HELP))
    return ist_print_text(help);
  if (ist_case_open(&o, &e.setting, s) != IST_OK)
    return s->code;
  ist_code code = ist_constants_compute(&e.setting.problem, e.setting.sketch, &e.constants, s);
  if (code == IST_OK) {
    code = execute(&e, s);
    free(e.x0);
    free(e.rows);
    ist_constants_free(&e.constants);
  }
  ist_case_close(&e.setting);
  return code;
}
