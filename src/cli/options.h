/** Command-line options: GNU conventions, strict values, one line on refusal. */
#ifndef IST_CLI_OPTIONS_H
#define IST_CLI_OPTIONS_H

#include <getopt.h>
#include <stdbool.h>
#include <stddef.h>

#include "machine/status.h"
#include "problem/sketch_kind.h"
#include "run/settings.h"

/** What identifies an option; also its bit in ist_options.given. */
typedef enum {
  IST_OPT_HELP,
  IST_OPT_JSON,
  IST_OPT_FULL,
  IST_OPT_SKETCH,
  IST_OPT_WORKERS,
  IST_OPT_BLOCK,
  IST_OPT_PRECONDITION,
  IST_OPT_STEP,
  IST_OPT_ROUNDS,
  IST_OPT_SEED,
  IST_OPT_START,
  IST_OPT_LOCAL_STEPS,
  IST_OPT_TRACE,
  IST_OPT_DIM,
  IST_OPT_HOMOGENEOUS,
  IST_OPT_INTERPOLATION,
  IST_OPT_DATA,
  IST_OPT_TARGET,
  IST_OPT_RIDGE,
  IST_OPT_STANDARDIZE,
  IST_OPT_OUTPUT,
  IST_OPT_QUICK,
  IST_OPT_CERTIFY,
  IST_OPT_CHECKPOINT,
  IST_OPT_CHECKPOINT_EVERY,
  IST_OPT_RESUME,
  IST_OPT_ERROR_BOUND,
  IST_OPT_ALL,
  IST_OPT_TRACE_EVERY,
} ist_option_id;

/** Values of the options; a field is meaningful where its option was given, or as initialised. */
typedef struct {
  unsigned given;                     /**< bit (1u << id) for every option given */
  const char *problem;                /**< the PROBLEM operand, or NULL */
  ist_sketch_kind sketch;             /**< default IST_PERM */
  size_t workers, block;              /**< 0: default */
  ist_run_settings run;               /**< defaults of ist_run_defaults; seed: of problems, too */
  const char *data, *target, *output; /**< file names; NULL if not given */
  size_t dim;
  double ridge; /**< 0 <= ridge <= 1e40, default 0 */
} ist_options;

/** How many file arguments a command takes. */
typedef enum { IST_NO_OPERAND, IST_ONE_PROBLEM } ist_operands;

/** What a command accepts. */
typedef struct {
  const char *program;        /**< "ist", "ist-mpi"; for messages */
  const char *name;           /**< as typed, likewise: "problem gaussian" */
  const struct option *table; /**< accepted options with val = 256 + ist_option_id; ends in zeros */
  ist_operands operands;
} ist_usage;

/** An entry of ist_usage.table. */
#define IST_FLAG(name, id)                                                                         \
  { name, no_argument, NULL, 256 + (id) }
#define IST_VALUE(name, id)                                                                        \
  { name, required_argument, NULL, 256 + (id) }

/** What chooses the sketch on a problem, and the help on all of it but --sketch. */
#define IST_SKETCH_OPTIONS                                                                         \
  IST_VALUE("sketch", IST_OPT_SKETCH), IST_VALUE("workers", IST_OPT_WORKERS),                      \
      IST_VALUE("block", IST_OPT_BLOCK), IST_FLAG("precondition", IST_OPT_PRECONDITION)
#define IST_SKETCH_HELP                                                                            \
  "  --workers N         number of workers of a homogeneous problem (default d)\n"                 \
  "  --block Q           block size q of the rand sketch (default d/n)\n"                          \
  "  --precondition      replace a homogeneous problem by D^{-1/2} L D^{-1/2},\n"                  \
  "                      D^{-1/2} b, where D = Diag(L)\n"

/** What chooses a run of the method. */
#define IST_RUN_OPTIONS                                                                            \
  IST_SKETCH_OPTIONS, IST_VALUE("step", IST_OPT_STEP), IST_VALUE("rounds", IST_OPT_ROUNDS),        \
      IST_VALUE("seed", IST_OPT_SEED), IST_VALUE("start", IST_OPT_START)

/** Parses argv (argv[0] is the command's own name; -o stands for --output). Refuses, with IST_USAGE
 *  and one line: unknown, ambiguous, repeated options, missing or unexpected arguments, and values
 *  that are not wholly a number of the option's range. --help stops the parsing: the rest is not
 *  looked at and a missing operand is not refused. */
ist_code ist_options_parse(int argc, char **argv, const ist_usage *usage, ist_options *o,
                           ist_status *s);

/** Whether the option was given. */
bool ist_given(const ist_options *o, ist_option_id id);

/** IST_USAGE, naming the first option of the list ids[0..count-1] that was not given, if any. */
ist_code ist_require(const ist_options *o, const ist_usage *usage, const ist_option_id *ids,
                     size_t count, ist_status *s);

#endif
