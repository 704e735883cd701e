/** ist run: the method itself, and where its last iterate is. */
#include "certificate.h"
#include "command.h"
#include "instance.h"
#include "json.h"
#include "machine/output.h"
#include "run/run.h"
#include "run_options.h"
#include "run_result.h"
#include "run_watch.h"

static const char help[] =
    "Usage: ist run PROBLEM [OPTION]...\n"
    "Run Independent Subnetwork Training on the problem PROBLEM, a directory of\n"
    "Matrix Market files or one HDF5 file.\n"
    "\n" IST_RUN_COMMAND_HELP
    "  --certify           prove 1/theta in multiple precision, which proves it more\n"
    "                      often, and say whether a given step is at most that\n"
    "  --error-bound       report a bound on every |x_j - X_j|, X being what the same\n"
    "                      run comes to in real arithmetic; draws every round;\n"
    "                      not with --local-steps or --resume\n"
    "  --json              print JSON\n"
    "  --help              print this help and exit\n" IST_RUN_COMMAND_NOTES
    "Ctrl-C ends the run after the current round, with exit status 130.\n";

static const struct option table[] = {
    IST_RUN_COMMAND_OPTIONS,
    IST_FLAG("certify", IST_OPT_CERTIFY),
    IST_FLAG("error-bound", IST_OPT_ERROR_BOUND),
    {0},
};

static const ist_usage usage = {"ist", "run", table, IST_ONE_PROBLEM};

/** The run and its result. */
static ist_code execute(ist_options *o, const ist_instance *in, ist_status *s) {
  ist_run_result result;
  ist_run_watch watch;
  ist_run_watch_set(&watch, &o->run);
  if (o->run.certify)
    ist_certificate_announce(&in->problem, in->sketch);
  ist_code code = ist_run(&in->problem, in->sketch, &o->run, &result, s);
  ist_run_watch_end(&watch);
  if (code != IST_OK)
    return code;
  if (ist_given(o, IST_OPT_JSON))
    code = ist_json_print(ist_run_result_json(&result, &o->run), s);
  else
    ist_run_result_print(&result, &o->run);
  ist_run_result_free(&result);
  return code;
}

ist_code ist_command_run(int argc, char **argv, ist_status *s) {
  ist_options o;
  ist_instance in;
  if (ist_options_parse(argc, argv, &usage, &o, s) != IST_OK)
    return s->code;
  if (ist_given(&o, IST_OPT_HELP))
    return ist_print_text(help);
  if (ist_run_options_check(&o, s) != IST_OK || ist_instance_open(&o, &in, s) != IST_OK)
    return s->code;
  ist_code code = execute(&o, &in, s);
  ist_instance_close(&in);
  return code;
}
