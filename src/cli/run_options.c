#include "run_options.h"

ist_code ist_run_options_check(const ist_options *o, ist_status *s) {
  if (ist_given(o, IST_OPT_CHECKPOINT_EVERY) && o->run.checkpoint == NULL)
    return ist_fail(s, IST_USAGE, "--checkpoint-every needs --checkpoint FILE");
  if (ist_given(o, IST_OPT_TRACE_EVERY) && o->run.trace == NULL)
    return ist_fail(s, IST_USAGE, "--trace-every needs --trace FILE");
  return ist_run_settings_check(&o->run, s);
}
