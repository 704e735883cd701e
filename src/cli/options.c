#include "options.h"

#include <stdint.h>
#include <string.h>

#include "kernel/range.h"
#include "number.h"

/** Largest seed: gsl_rng_mt19937 keeps 32 bits. */
#define SEED_MAX 4294967295ul

/** Largest step and ridge: round numbers within IST_SCALE_MAX and IST_ENTRY_MAX. */
#define STEP_MAX 1e30
#define RIDGE_MAX 1e40

bool ist_given(const ist_options *o, ist_option_id id) { return (o->given >> id & 1u) != 0; }

static const char *option_name(const ist_usage *usage, ist_option_id id) {
  const struct option *entry = usage->table;
  while (entry->val != 256 + (int)id)
    entry++;
  return entry->name;
}

static ist_code refuse_value(const ist_usage *usage, ist_option_id id, const char *text,
                             const char *expected, ist_status *s) {
  return ist_fail(s, IST_USAGE, "--%s: '%s' is not %s", option_name(usage, id), text, expected);
}

static ist_code set_integer(const ist_usage *usage, ist_option_id id, const char *text,
                            unsigned long min, unsigned long max, size_t *value, ist_status *s) {
  unsigned long number;
  if (!ist_read_integer(text, min, max, &number))
    return ist_fail(s, IST_USAGE, "--%s: '%s' is not an integer from %lu to %lu",
                    option_name(usage, id), text, min, max);
  *value = number;
  return IST_OK;
}

static ist_code set_step(const ist_usage *usage, const char *text, ist_options *o, ist_status *s) {
  if (strcmp(text, "auto") == 0)
    return IST_OK;
  o->run.step_auto = false;
  if (!ist_read_real(text, &o->run.step) || !(o->run.step > 0) || o->run.step > STEP_MAX)
    return refuse_value(usage, IST_OPT_STEP, text, "'auto' or a number in (0, 1e30]", s);
  return IST_OK;
}

static ist_code set_ridge(const ist_usage *usage, const char *text, ist_options *o, ist_status *s) {
  if (!ist_read_real(text, &o->ridge) || o->ridge < 0 || o->ridge > RIDGE_MAX)
    return refuse_value(usage, IST_OPT_RIDGE, text, "a number in [0, 1e40]", s);
  return IST_OK;
}

static ist_code set_sketch(const ist_usage *usage, const char *text, ist_options *o,
                           ist_status *s) {
  if (!ist_sketch_parse(text, &o->sketch))
    return refuse_value(usage, IST_OPT_SKETCH, text, "identity, perm, scaled-perm or rand", s);
  return IST_OK;
}

/** Stores the value of one option. */
static ist_code set_option(const ist_usage *usage, ist_option_id id, const char *text,
                           ist_options *o, ist_status *s) {
  switch (id) {
  case IST_OPT_SKETCH:
    return set_sketch(usage, text, o, s);
  case IST_OPT_WORKERS:
    return set_integer(usage, id, text, 1, IST_DIM_MAX, &o->workers, s);
  case IST_OPT_BLOCK:
    return set_integer(usage, id, text, 1, IST_DIM_MAX, &o->block, s);
  case IST_OPT_DIM:
    return set_integer(usage, id, text, 1, IST_DIM_MAX, &o->dim, s);
  case IST_OPT_ROUNDS:
    return set_integer(usage, id, text, 0, SIZE_MAX - 1, &o->run.rounds, s);
  case IST_OPT_LOCAL_STEPS:
    return set_integer(usage, id, text, 1, SIZE_MAX - 1, &o->run.local_steps, s);
  case IST_OPT_CHECKPOINT_EVERY:
    return set_integer(usage, id, text, 1, SIZE_MAX - 1, &o->run.checkpoint_every, s);
  case IST_OPT_TRACE_EVERY:
    return set_integer(usage, id, text, 1, SIZE_MAX - 1, &o->run.trace_every, s);
  case IST_OPT_SEED:
    return set_integer(usage, id, text, 0, SEED_MAX, &o->run.seed, s);
  case IST_OPT_STEP:
    return set_step(usage, text, o, s);
  case IST_OPT_RIDGE:
    return set_ridge(usage, text, o, s);
  case IST_OPT_START:
    o->run.start = text;
    return IST_OK;
  case IST_OPT_TRACE:
    o->run.trace = text;
    return IST_OK;
  case IST_OPT_CHECKPOINT:
    o->run.checkpoint = text;
    return IST_OK;
  case IST_OPT_RESUME:
    o->run.resume = text;
    return IST_OK;
  case IST_OPT_CERTIFY:
    o->run.certify = true;
    return IST_OK;
  case IST_OPT_ERROR_BOUND:
    o->run.error_bound = true;
    return IST_OK;
  case IST_OPT_DATA:
    o->data = text;
    return IST_OK;
  case IST_OPT_TARGET:
    o->target = text;
    return IST_OK;
  case IST_OPT_OUTPUT:
    o->output = text;
    return IST_OK;
  default: /* other flags are recorded in given */
    return IST_OK;
  }
}

static ist_code set_operand(const ist_usage *usage, const char *text, ist_options *o,
                            ist_status *s) {
  if (usage->operands == IST_NO_OPERAND || o->problem != NULL)
    return ist_fail(s, IST_USAGE, "unexpected argument '%s'; see '%s %s --help'", text,
                    usage->program, usage->name);
  o->problem = text;
  return IST_OK;
}

/** The refusal of what getopt_long returned as '?' or ':'. */
static ist_code refuse_option(int code, char *const *argv, const ist_usage *usage, ist_status *s) {
  if (code == ':')
    return ist_fail(s, IST_USAGE, "option '%s' needs a value", argv[optind - 1]);
  if (optopt >= 256)
    return ist_fail(s, IST_USAGE, "option '--%s' takes no value",
                    option_name(usage, (ist_option_id)(optopt - 256)));
  if (optopt != 0)
    return ist_fail(s, IST_USAGE, "unknown option '-%c'; see '%s %s --help'", optopt,
                    usage->program, usage->name);
  return ist_fail(s, IST_USAGE, "unknown or ambiguous option '%s'; see '%s %s --help'",
                  argv[optind - 1], usage->program, usage->name);
}

static ist_code accept(int code, char *const *argv, const ist_usage *usage, ist_options *o,
                       ist_status *s) {
  if (code == 1)
    return set_operand(usage, optarg, o, s);
  if (code == '?' || code == ':')
    return refuse_option(code, argv, usage, s);
  ist_option_id id = (ist_option_id)(code - 256);
  if (ist_given(o, id))
    return ist_fail(s, IST_USAGE, "option '--%s' is given twice", option_name(usage, id));
  o->given |= 1u << id;
  return set_option(usage, id, optarg, o, s);
}

static bool accepts_output(const ist_usage *usage) {
  const struct option *entry = usage->table;
  while (entry->name != NULL && entry->val != 256 + IST_OPT_OUTPUT)
    entry++;
  return entry->name != NULL;
}

ist_code ist_options_parse(int argc, char **argv, const ist_usage *usage, ist_options *o,
                           ist_status *s) {
  *o = (ist_options){.sketch = IST_PERM, .run = ist_run_defaults()};
  const char *letters = accepts_output(usage) ? "-:o:" : "-:"; /* '-': operands in order, as 1 */
  opterr = 0;
  optind = 0; /* restarts getopt, whatever was parsed before */
  int code;
  while ((code = getopt_long(argc, argv, letters, usage->table, NULL)) != -1) {
    if (accept(code == 'o' ? 256 + IST_OPT_OUTPUT : code, argv, usage, o, s) != IST_OK)
      return s->code;
    if (ist_given(o, IST_OPT_HELP))
      return IST_OK;
  }
  for (; optind < argc; optind++) /* what follows "--" */
    if (set_operand(usage, argv[optind], o, s) != IST_OK)
      return s->code;
  if (usage->operands == IST_ONE_PROBLEM && o->problem == NULL)
    return ist_fail(s, IST_USAGE, "the PROBLEM directory is missing; see '%s %s --help'",
                    usage->program, usage->name);
  return IST_OK;
}

ist_code ist_require(const ist_options *o, const ist_usage *usage, const ist_option_id *ids,
                     size_t count, ist_status *s) {
  for (size_t i = 0; i < count; i++)
    if (!ist_given(o, ids[i]))
      return ist_fail(s, IST_USAGE, "option '--%s' is missing; see '%s %s --help'",
                      option_name(usage, ids[i]), usage->program, usage->name);
  return IST_OK;
}
