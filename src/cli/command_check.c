/** ist check: every claim that applies to a problem, bound and value side by side. */
#include <flint/flint.h>
#include <stdio.h>
#include <stdlib.h>

#include "command.h"
#include "instance.h"
#include "machine/multiprecision.h"
#include "machine/output.h"
#include "options.h"
#include "report.h"
#include "run/start.h"

static const char help[] =
    "Usage: ist check PROBLEM [OPTION]...\n"
    "Hold claims about Independent Subnetwork Training against the problem PROBLEM,\n"
    "a directory of Matrix Market files or one HDF5 file: a bound, the value beside\n"
    "it, a verdict. A claim is evaluated where its hypotheses hold: most need blocks\n"
    "of one coordinate (n = d), several b = 0, one L for all workers, or that theta\n"
    "exists. The last line counts the verdicts.\n"
    "All but 5 of them apply to\n"
    "  ist problem gaussian --dim 2 --workers 2 --homogeneous --interpolation \\\n"
    "    --seed 2 -o tiny\n"
    "  ist check tiny --certify\n"
    "\n"
    "Expectations are exact: they are computed, not sampled; rows named -run compare\n"
    "them with the mean of 100 sampled runs (se: its standard error). Rows named\n"
    "-print are formulas as the 2023 preprint displays them: 'printed: fails' where\n"
    "one fails on this problem as its correction says.\n"
    "\n"
    "  --sketch NAME       only claims about identity, perm, scaled-perm or rand\n"
    "                      (default: each claim on the sketch it is about; claims\n"
    "                      about any sketch on perm)\n" IST_SKETCH_HELP
    "  --step G            step size, or 'auto' (default): for Theorem 1 the largest\n"
    "                      double that is proved to be at most 1/theta, 1/2 for\n"
    "                      scaled-perm, where Theorem 2 needs G < 1\n"
    "  --rounds K          number of rounds K >= 1 of the theorems (default 20)\n"
    "  --seed S            seed of the random numbers, 0 to 4294967295 (default 1)\n"
    "  --start X           gaussian (default), zero or a Matrix Market file d x 1\n"
    "  --certify           enclose theta a second time, as constants --certify does\n"
    "                      (P07-cert)\n"
    "  --all               show also the claims that do not apply, and why\n"
    "  --json              print JSON, with every claim\n"
    "  --help              print this help and exit\n"
    "\n"
    "Verdicts are proofs about the binary numbers of the problem: both sides are\n"
    "enclosed in ball arithmetic, with 256 bits at first, up to 4096 where that does\n"
    "not decide. 'violated': they are apart. An inequality holds where the enclosures\n"
    "prove it. An equation, or an inequality met with equality, holds if its sides\n"
    "agree to 30 digits or more of the size of their terms ('=N': to N). 'undecided'\n"
    "comes with the enclosures, or says that they would take too long, as from some\n"
    "hundred dimensions on. Means of runs are no proofs: they are compared up to\n"
    "Student's quantile of chance 1e-6. In the statements L, b are the\n"
    "means over the workers, D = Diag(L), G is the step, and 1/n and sums run over\n"
    "the workers. The exit status is 1 if a claim is violated; a printed formula that\n"
    "fails as its correction says does not count.\n";

static const struct option table[] = {
    IST_RUN_OPTIONS,
    IST_FLAG("certify", IST_OPT_CERTIFY),
    IST_FLAG("all", IST_OPT_ALL),
    IST_FLAG("json", IST_OPT_JSON),
    IST_FLAG("help", IST_OPT_HELP),
    {0},
};

static const ist_usage usage = {"ist", "check", table, IST_ONE_PROBLEM};

static const ist_claim *const claim_tables[] = {
    ist_claims_sketches,    ist_claims_descent, ist_claims_rates,
    ist_claims_scaled,      ist_claims_limits,  ist_claims_methods,
    ist_claims_enumeration, ist_claims_runs,    NULL};

/** Makes the defaults of check of those that parsing left, and refuses K = 0. */
static ist_code complete(ist_options *o, ist_status *s) {
  if (!ist_given(o, IST_OPT_ROUNDS))
    o->run.rounds = 20;
  if (o->run.rounds == 0)
    return ist_fail(s, IST_USAGE, "--rounds: the claims need at least 1 round");
  /* Without --sketch, the block size is that of the claims about rand, and it is checked as such.
   */
  if (!ist_given(o, IST_OPT_SKETCH))
    o->sketch = o->block > 0 ? IST_RAND : IST_IDENTITY;
  if (!ist_given(o, IST_OPT_START))
    o->run.start = "gaussian";
  return IST_OK;
}

static ist_code check(const ist_options *o, const ist_instance *c, ist_status *s) {
  size_t d = c->problem.d;
  double *x0 = calloc(d, sizeof *x0);
  ist_check k = {.p = &c->problem,
                 .sketch_given = ist_given(o, IST_OPT_SKETCH),
                 .sketch = o->sketch,
                 .block = o->block,
                 .x0 = x0,
                 .rounds = o->run.rounds,
                 .step_given = !o->run.step_auto,
                 .step = o->run.step,
                 .seed = o->run.seed,
                 .certify = ist_given(o, IST_OPT_CERTIFY)};
  ist_report_style style = {ist_given(o, IST_OPT_JSON), ist_given(o, IST_OPT_ALL)};
  if (x0 == NULL)
    return ist_claim_no_memory(s);
  ist_multiprecision_guard();
  ist_code code = ist_start(o->run.start, o->run.seed, x0, d, s);
  if (code == IST_OK)
    code = ist_report(&k, claim_tables, style, s);
  ist_check_close(&k);
  flint_cleanup();
  free(x0);
  return code;
}

ist_code ist_command_check(int argc, char **argv, ist_status *s) {
  ist_options o;
  ist_instance c;
  if (ist_options_parse(argc, argv, &usage, &o, s) != IST_OK)
    return s->code;
  if (ist_given(&o, IST_OPT_HELP))
    return ist_print_text(help);
  if (complete(&o, s) != IST_OK || ist_instance_open(&o, &c, s) != IST_OK)
    return s->code;
  ist_code code = check(&o, &c, s);
  ist_instance_close(&c);
  return code;
}
