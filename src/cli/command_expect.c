/** ist expect: exact expectations per round, without sampling. */
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "certificate.h"
#include "command.h"
#include "digits.h"
#include "instance.h"
#include "json.h"
#include "machine/memory.h"
#include "machine/multiprecision.h"
#include "machine/output.h"
#include "machine/progress.h"
#include "options.h"
#include "problem/atomic_file.h"
#include "run/start.h"
#include "run/step.h"
#include "run/trace.h"
#include "spectral/constants_bound.h"
#include "spectral/expectation_errors.h"

static const char help[] =
    "Usage: ist expect PROBLEM [OPTION]...\n"
    "Print what Independent Subnetwork Training does in expectation on the problem\n"
    "PROBLEM, a directory of Matrix Market files or one HDF5 file: computed exactly\n"
    "for every round, not sampled.\n"
    "\n"
    "  --sketch NAME       identity, perm (default), scaled-perm or rand\n" IST_SKETCH_HELP
    "  --step G            step size, or 'auto' (default): 24 bits, proved to be at\n"
    "                      most 1/theta; for scaled-perm with q = 1 it is 1, with\n"
    "                      q > 1 there is none\n"
    "  --rounds K          number of rounds (default 100)\n"
    "  --seed S            seed of a gaussian start, 0 to 4294967295 (default 1)\n"
    "  --start X           zero (default), gaussian or a Matrix Market file d x 1\n"
    "  --local-steps T     Algorithm 1 with T local steps; exact, and accepted, for\n"
    "                      T = 1, q = 1, q = d and diagonal matrices\n"
    "  --trace FILE        write k,f_gap,grad_norm_sq,dist_star_sq,dist_fixed_sq for\n"
    "                      k = 0..K as CSV\n"
    "  --certify           prove 1/theta in multiple precision, which proves it more\n"
    "                      often, and say whether a given step is at most that\n"
    "  --json              print JSON\n"
    "  --help              print this help and exit\n"
    "\n"
    "The columns are expected values of those of 'ist run'; f_star = f(x*). Every\n"
    "digit shown is right, to one unit of the last; \"< B\" stands where not even\n"
    "the first digit is known, \"about\" before a number for which no bound was found.\n"
    "--json and --trace have 17 digits; --json has bounds of the errors as well.\n";

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
  ist_instance instance;
  ist_constants constants;
  ist_errors errors;  /**< of the constants */
  const char *reason; /**< why errors of the rows are not bounded; NULL if they are */
  double gamma;
  bool certified;                /**< whether gamma is proved to be at most 1/theta */
  double *x0;                    /**< d entries */
  ist_bounded_expectation *rows; /**< K + 1 */
} expect_state;

static void show_round(void *context, size_t k) { ist_progress_update(context, k); }

static ist_code compute(expect_state *e, ist_status *s) {
  const ist_options *o = e->options;
  const ist_method m = {&e->instance.problem, e->instance.sketch, e->gamma, o->run.local_steps};
  ist_multiprecision_guard(); /* local steps are taken in it */
  ist_progress progress = ist_progress_start("round", o->run.rounds);
  ist_code code = ist_expect_bounded(&m, &e->constants, &e->errors, e->x0, o->run.rounds, e->rows,
                                     &e->reason, show_round, &progress, s);
  ist_progress_end(&progress);
  return code;
}

static ist_metrics metrics(const expect_state *e, size_t k) {
  const ist_expectation *row = &e->rows[k].value;
  return (ist_metrics){row->f_gap, row->grad_norm_sq, row->dist_star_sq,
                       e->constants.x_fixed != NULL, row->dist_fixed_sq};
}

static ist_code write_trace(const expect_state *e, ist_status *s) {
  ist_atomic_file file;
  if (ist_atomic_open(e->options->run.trace, &file, s) != IST_OK)
    return s->code;
  ist_trace_header(file.stream);
  for (size_t k = 0; k <= e->options->run.rounds; k++) {
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

/** The bounds of one column over the rounds; null for each that is not finite. */
static json_t *column_errors(const expect_state *e, size_t offset) {
  json_t *column = json_array();
  for (size_t k = 0; k <= e->options->run.rounds; k++) {
    const double bound = *(const double *)((const char *)&e->rows[k].error + offset);
    if (json_array_append_new(column, isfinite(bound) ? json_real(bound) : json_null()) != 0) {
      json_decref(column);
      return NULL;
    }
  }
  return column;
}

/** The errors of f_star and of the columns, an array over the rounds for each. */
static json_t *errors_to_json(const expect_state *e, json_t *why, bool *rigorous) {
  const bool fixed = e->constants.x_fixed != NULL;
  const ist_json_bound f_star = {"f_star", e->errors.f_star};
  json_t *errors = ist_json_errors(&f_star, 1, why, rigorous);
  json_t *columns = json_pack(
      "{s:o, s:o, s:o, s:o}", "f_gap", column_errors(e, offsetof(ist_expectation, f_gap)),
      "grad_norm_sq", column_errors(e, offsetof(ist_expectation, grad_norm_sq)), "dist_star_sq",
      column_errors(e, offsetof(ist_expectation, dist_star_sq)), "dist_fixed_sq",
      fixed ? column_errors(e, offsetof(ist_expectation, dist_fixed_sq)) : json_null());
  if (e->reason != NULL) {
    *rigorous = false;
    json_object_set_new(why, "errors.rounds", json_string(e->reason));
  }
  const bool ok = errors != NULL && columns != NULL && json_object_update(errors, columns) == 0;
  json_decref(columns);
  if (ok)
    return errors;
  json_decref(errors);
  return NULL;
}

static json_t *to_json(const expect_state *e) {
  const ist_constants *c = &e->constants;
  bool rigorous = false;
  json_t *why = json_object(), *rounds = json_array();
  for (size_t k = 0; k <= e->options->run.rounds; k++)
    if (json_array_append_new(rounds, row_to_json(e, k)) != 0) {
      json_decref(rounds);
      rounds = NULL; /* json_pack then fails */
      break;
    }
  if (c->x_fixed == NULL)
    json_object_set_new(why, "dist_fixed_sq", json_string(c->h_norm_sq.reason));
  json_t *errors = errors_to_json(e, why, &rigorous);
  json_t *root = json_pack("{s:s, s:f, s:f, s:o, s:o, s:b, s:o}", "schema", "ist.expect/1",
                           "f_star", c->f_star, "step", e->gamma, "rounds", rounds, "errors",
                           errors, "rigorous", rigorous, "reasons", why);
  return ist_certificate_json_step(root, &e->options->run, e->gamma, e->certified);
}

static void write_digits(double value, double error, char text[IST_DIGITS_SIZE]) {
  ist_digits(value, (ist_scalar){.exists = isfinite(error), .value = error}, text);
}

static void print_row(const expect_state *e, size_t k) {
  const ist_expectation *value = &e->rows[k].value, *error = &e->rows[k].error;
  char f_gap[IST_DIGITS_SIZE], grad[IST_DIGITS_SIZE], star[IST_DIGITS_SIZE];
  char fixed[IST_DIGITS_SIZE] = "-";
  write_digits(value->f_gap, error->f_gap, f_gap);
  write_digits(value->grad_norm_sq, error->grad_norm_sq, grad);
  write_digits(value->dist_star_sq, error->dist_star_sq, star);
  if (e->constants.x_fixed != NULL)
    write_digits(value->dist_fixed_sq, error->dist_fixed_sq, fixed);
  printf("%8zu %20s %20s %20s %20s\n", k, f_gap, grad, star, fixed);
}

static void print_table(const expect_state *e) {
  const ist_constants *c = &e->constants;
  char f_star[IST_DIGITS_SIZE];
  write_digits(c->f_star, e->errors.f_star.bound, f_star);
  printf("sketch %s, d = %zu, n = %zu, q = %zu, step %.17g%s, f_star %s\n",
         ist_sketch_name(c->sketch.kind), c->d, c->n, c->q, e->gamma,
         ist_certificate_step_note(&e->options->run, e->certified), f_star);
  if (c->x_fixed == NULL)
    printf("dist_fixed_sq does not exist: %s\n", c->h_norm_sq.reason);
  if (e->reason != NULL)
    printf("about: %s\n", e->reason);
  printf("%8s %20s %20s %20s %20s\n", "k", "f_gap", "grad_norm_sq", "dist_star_sq",
         "dist_fixed_sq");
  for (size_t k = 0; k <= e->options->run.rounds; k++)
    print_row(e, k);
}

/** The expectations proper, on constants that are known. */
static ist_code execute(expect_state *e, ist_status *s) {
  const ist_options *o = e->options;
  const ist_constants *c = &e->constants;
  if (o->run.certify)
    ist_certificate_announce(&e->instance.problem, e->instance.sketch);
  if (ist_step_certify(&o->run, &e->instance.problem, c, &e->gamma, &e->certified, s) != IST_OK)
    return s->code;
  e->x0 = ist_memory_doubles(1, c->d, 1);
  if (ist_memory_fits(o->run.rounds + 1, sizeof *e->rows / sizeof(double), 1))
    e->rows = calloc(o->run.rounds + 1, sizeof *e->rows);
  if (e->x0 == NULL || e->rows == NULL)
    return ist_fail(s, IST_MACHINE, "no memory for %zu rounds of dimension %zu", o->run.rounds,
                    c->d);
  if (ist_start(o->run.start, o->run.seed, e->x0, c->d, s) != IST_OK || compute(e, s) != IST_OK ||
      (o->run.trace != NULL && write_trace(e, s) != IST_OK))
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
  if (ist_instance_open(&o, &e.instance, s) != IST_OK)
    return s->code;
  ist_code code = ist_constants_compute(&e.instance.problem, e.instance.sketch, &e.constants, s);
  if (code == IST_OK) {
    ist_constants_bound(&e.instance.problem, &e.constants, &e.errors);
    code = execute(&e, s);
    free(e.x0);
    free(e.rows);
    ist_constants_free(&e.constants);
  }
  ist_instance_close(&e.instance);
  return code;
}
