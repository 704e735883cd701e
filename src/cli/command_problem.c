/** ist problem gaussian | regression: writes a problem, as a directory or an HDF5 file. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "json.h"
#include "machine/output.h"
#include "options.h"
#include "paths.h"
#include "problem/gaussian.h"
#include "problem/hdf5_write.h"
#include "problem/regression.h"
#include "problem/save.h"

static const char help[] =
    "Usage: ist problem gaussian --dim D --workers N [OPTION]... -o PROBLEM\n"
    "       ist problem regression --data A.mtx --target Y.mtx --workers N\n"
    "                              [OPTION]... -o PROBLEM\n"
    "Write a problem f(x) = (1/n) sum_i (1/2 x'L_i x - b_i'x) as one HDF5 file, if\n"
    "PROBLEM ends in .h5 or .hdf5, with datasets L (n x d x d, or d x d if shared)\n"
    "and b (n x d, or d), and otherwise as a directory of Matrix Market files:\n"
    "L.mtx or L-1.mtx ... L-n.mtx, b.mtx or b-1.mtx ...\n"
    "\n"
    "gaussian: L_i = G_i'G_i; G_i and b_i have independent standard normal entries\n"
    "  --dim D             dimension d\n"
    "  --workers N         number of workers n\n"
    "  --homogeneous       all workers share one L and one b\n"
    "  --interpolation     no b: every worker's minimiser is 0\n"
    "  --seed S            seed of the random numbers, 0 to 4294967295 (default 1)\n"
    "\n"
    "regression: ridge regression of Y on the columns of A, the m rows split evenly:\n"
    "L_i = (n/m) A_i'A_i + LAMBDA I, b_i = (n/m) A_i'y_i\n"
    "  --data A.mtx        data, m x d\n"
    "  --target Y.mtx      target, m x 1\n"
    "  --workers N         number of workers n\n"
    "  --ridge LAMBDA      ridge parameter (default 0)\n"
    "  --standardize       centre the columns and the target, and divide each by its\n"
    "                      population standard deviation\n"
    "\n"
    "both:\n"
    "  -o, --output PROBLEM  HDF5 file or directory to write; a directory is created\n"
    "                      if missing\n"
    "  --json              print the outcome as JSON\n"
    "  --help              print this help and exit\n";

static const struct option gaussian_table[] = {
    IST_VALUE("dim", IST_OPT_DIM),
    IST_VALUE("workers", IST_OPT_WORKERS),
    IST_FLAG("homogeneous", IST_OPT_HOMOGENEOUS),
    IST_FLAG("interpolation", IST_OPT_INTERPOLATION),
    IST_VALUE("seed", IST_OPT_SEED),
    IST_VALUE("output", IST_OPT_OUTPUT),
    IST_FLAG("json", IST_OPT_JSON),
    IST_FLAG("help", IST_OPT_HELP),
    {0},
};

static const struct option regression_table[] = {
    IST_VALUE("data", IST_OPT_DATA),
    IST_VALUE("target", IST_OPT_TARGET),
    IST_VALUE("workers", IST_OPT_WORKERS),
    IST_VALUE("ridge", IST_OPT_RIDGE),
    IST_FLAG("standardize", IST_OPT_STANDARDIZE),
    IST_VALUE("output", IST_OPT_OUTPUT),
    IST_FLAG("json", IST_OPT_JSON),
    IST_FLAG("help", IST_OPT_HELP),
    {0},
};

static const ist_usage gaussian_usage = {"ist", "problem gaussian", gaussian_table, IST_NO_OPERAND};
static const ist_usage regression_usage = {"ist", "problem regression", regression_table,
                                           IST_NO_OPERAND};

static ist_code report_json(const ist_options *o, const ist_problem_source *from, ist_status *s) {
  errno = 0;
  json_t *path = json_string(o->output);
  if (path == NULL && errno != ENOMEM)
    return ist_fail(s, IST_OUTPUT_FAILED, "%s: this name cannot be put as JSON: it is not UTF-8",
                    o->output);
  return ist_json_print(json_pack("{s:s, s:o, s:I, s:I}", "schema", "ist.problem/1", "path", path,
                                  "d", (json_int_t)from->d, "n", (json_int_t)from->n),
                        s);
}

static ist_code report(const ist_options *o, const ist_problem_source *from, ist_status *s) {
  if (ist_given(o, IST_OPT_JSON))
    return report_json(o, from, s);
  printf("%s: d = %zu, n = %zu\n", o->output, from->d, from->n);
  return IST_OK;
}

static ist_code write_directory(const ist_problem_source *from, const char *path, ist_status *s) {
  ist_problem p;
  if (ist_source_collect(from, &p, s) != IST_OK)
    return s->code;
  ist_code code = ist_problem_save(&p, path, s);
  ist_problem_free(&p);
  return code;
}

/** Writes, reports and closes the problem. */
static ist_code deliver(const ist_options *o, ist_problem_source *from, ist_status *s) {
  ist_code code = ist_hdf5_named(o->output) ? ist_hdf5_write(from, o->output, s)
                                            : write_directory(from, o->output, s);
  if (code == IST_OK)
    code = report(o, from, s);
  ist_source_close(from);
  return code;
}

static ist_code gaussian(int argc, char **argv, ist_status *s) {
  static const ist_option_id needed[] = {IST_OPT_DIM, IST_OPT_WORKERS, IST_OPT_OUTPUT};
  ist_options o;
  if (ist_options_parse(argc, argv, &gaussian_usage, &o, s) != IST_OK)
    return s->code;
  if (ist_given(&o, IST_OPT_HELP))
    return ist_print_text(help);
  ist_problem_source from;
  if (ist_require(&o, &gaussian_usage, needed, sizeof needed / sizeof *needed, s) != IST_OK ||
      ist_paths_check(&o, s) != IST_OK ||
      ist_gaussian_source(o.dim, o.workers, ist_given(&o, IST_OPT_HOMOGENEOUS),
                          ist_given(&o, IST_OPT_INTERPOLATION), o.run.seed, &from, s) != IST_OK)
    return s->code;
  return deliver(&o, &from, s);
}

static ist_code regression(int argc, char **argv, ist_status *s) {
  static const ist_option_id needed[] = {IST_OPT_DATA, IST_OPT_TARGET, IST_OPT_WORKERS,
                                         IST_OPT_OUTPUT};
  ist_options o;
  if (ist_options_parse(argc, argv, &regression_usage, &o, s) != IST_OK)
    return s->code;
  if (ist_given(&o, IST_OPT_HELP))
    return ist_print_text(help);
  ist_problem_source from;
  if (ist_require(&o, &regression_usage, needed, sizeof needed / sizeof *needed, s) != IST_OK ||
      ist_paths_check(&o, s) != IST_OK ||
      ist_regression_source(o.data, o.target, o.workers, o.ridge,
                            ist_given(&o, IST_OPT_STANDARDIZE), &from, s) != IST_OK)
    return s->code;
  return deliver(&o, &from, s);
}

ist_code ist_command_problem(int argc, char **argv, ist_status *s) {
  if (argc < 2)
    return ist_fail(s, IST_USAGE,
                    "'gaussian' or 'regression' is missing; see 'ist problem --help'");
  if (strcmp(argv[1], "gaussian") == 0)
    return gaussian(argc - 1, argv + 1, s);
  if (strcmp(argv[1], "regression") == 0)
    return regression(argc - 1, argv + 1, s);
  if (strcmp(argv[1], "--help") == 0)
    return ist_print_text(help);
  return ist_fail(s, IST_USAGE, "unknown kind of problem '%s'; see 'ist problem --help'", argv[1]);
}
