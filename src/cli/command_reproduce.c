/** ist reproduce: the published experiments and the figures that the paper lacks. */
#include <stdio.h>

#include "command.h"
#include "machine/multiprecision.h"
#include "machine/output.h"
#include "options.h"
#include "reproduce/experiment.h"
#include "reproduce/folder.h"

static const char help[] =
    "Usage: ist reproduce [--quick] [--seed S] -o DIR\n"
    "Run the experiments of the paper and those it lacks; write into DIR their data\n"
    "(CSV), gnuplot scripts, figures (SVG and PDF) and summary.json, what was checked\n"
    "on them. The published setting is reconstructed from its description: the data\n"
    "are random, and those of the paper were not published.\n"
    "\n"
    "  homogeneous    P21: d = n = 50, preconditioned, scaled-perm with q = 1\n"
    "  heterogeneous  P22: d = 1000, n = 10, scaled-perm with q = 100\n"
    "  bounds         Theorem 2, corrected, sharpened and exact\n"
    "  divergence     E1, N14: the printed scale diverges, and the step that (17)\n"
    "                 admits where it is read as sufficient\n"
    "  bias           E5: the bias stays as n = d grows\n"
    "  definiteness   Remark 1, N7: how often W is not positive semidefinite\n"
    "\n"
    "  -o, --output DIR    directory for the files; made if it is missing\n"
    "  --quick             smaller sizes; less than a minute instead of ten\n"
    "  --seed S            seed of the random numbers, 0 to 4294967295 (default 1)\n"
    "  --help              print this help and exit\n"
    "\n"
    "Experiments that sample have 10 runs. The mean of a sample must agree with its\n"
    "expectation up to Student's quantile of chance 1e-6 (se: standard error). All\n"
    "other verdicts are proofs: both sides are enclosed (=N: they agree to N digits).\n"
    "The exit status is 1 if a claim is violated.\n";

static const struct option table[] = {
    IST_VALUE("output", IST_OPT_OUTPUT),
    IST_FLAG("quick", IST_OPT_QUICK),
    IST_VALUE("seed", IST_OPT_SEED),
    IST_FLAG("help", IST_OPT_HELP),
    {0},
};

static const ist_usage usage = {"ist", "reproduce", table, IST_NO_OPERAND};

static ist_experiment *const experiments[] = {
    ist_reproduce_homogeneous, ist_reproduce_heterogeneous, ist_reproduce_bounds,
    ist_reproduce_divergence,  ist_reproduce_bias,          ist_reproduce_definiteness,
};

#define NOTE                                                                                       \
  "reconstruction of the published setting: same sizes and distributions, other random numbers"

static ist_code write_summary(const ist_reproduction *t, ist_status *s) {
  json_t *summary = json_pack("{s:s, s:s, s:b, s:I, s:i, s:O}", "schema", "ist.reproduce/1", "note",
                              NOTE, "quick", t->quick, "seed", (json_int_t)t->seed, "runs",
                              IST_RUNS, "claims", t->rows);
  ist_atomic_file f;
  ist_code code = IST_OK;
  if (summary == NULL)
    return ist_reproduction_no_memory(s);
  if (ist_folder_open(t->directory, "summary.json", &f, s) != IST_OK) {
    json_decref(summary);
    return s->code;
  }
  if (json_dumpf(summary, f.stream, JSON_INDENT(1) | JSON_REAL_PRECISION(17)) == 0) {
    fputc('\n', f.stream);
    code = ist_atomic_commit(&f, s);
  } else {
    ist_atomic_abort(&f);
    code = ist_fail(s, IST_OUTPUT_FAILED, "%s/summary.json: write failed", t->directory);
  }
  json_decref(summary);
  return code;
}

static ist_code reproduce(ist_reproduction *t, ist_status *s) {
  if (ist_folder_make(t->directory, s) != IST_OK)
    return s->code;
  printf("# " NOTE "\n");
  ist_row_print_head("experiment", IST_EXPERIMENT_WIDTH);
  for (size_t i = 0; i < sizeof experiments / sizeof *experiments; i++)
    if (experiments[i](t, s) != IST_OK)
      return s->code;
  if (write_summary(t, s) != IST_OK)
    return s->code;
  return ist_tally_conclude(&t->tally, s);
}

ist_code ist_command_reproduce(int argc, char **argv, ist_status *s) {
  static const ist_option_id required[] = {IST_OPT_OUTPUT};
  ist_options o;
  if (ist_options_parse(argc, argv, &usage, &o, s) != IST_OK)
    return s->code;
  if (ist_given(&o, IST_OPT_HELP))
    return ist_print_text(help);
  if (ist_require(&o, &usage, required, 1, s) != IST_OK)
    return s->code;
  ist_reproduction t = {.directory = o.output,
                        .quick = ist_given(&o, IST_OPT_QUICK),
                        .seed = o.run.seed,
                        .rows = json_array(),
                        .gnuplot = true};
  if (t.rows == NULL)
    return ist_reproduction_no_memory(s);
  ist_multiprecision_guard();
  ist_code code = reproduce(&t, s);
  json_decref(t.rows);
  return code;
}
