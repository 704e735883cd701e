#include "settings.h"

#include "kernel/range.h"

ist_run_settings ist_run_defaults(void) {
  return (ist_run_settings){.step_auto = true,
                            .rounds = 100,
                            .seed = 1,
                            .start = "zero",
                            .trace_every = 1,
                            .checkpoint_every = 100};
}

static ist_code check_numbers(const ist_run_settings *r, ist_status *s) {
  if (!r->step_auto && !(r->step > 0 && r->step <= IST_SCALE_MAX))
    return ist_fail(s, IST_USAGE, "--step: %.17g is not in (0, %.4g]", r->step, IST_SCALE_MAX);
  if (r->seed > 0xffffffff)
    return ist_fail(s, IST_USAGE, "--seed: %lu is not below 2^32", r->seed);
  if (r->trace_every == 0 || r->checkpoint_every == 0)
    return ist_fail(s, IST_USAGE, "--trace-every and --checkpoint-every are at least 1");
  return IST_OK;
}

ist_code ist_run_settings_check(const ist_run_settings *r, ist_status *s) {
  if (check_numbers(r, s) != IST_OK)
    return s->code;
  /* Only so is the row of a checkpoint's round in the trace that it goes on with. */
  if (r->trace != NULL && r->checkpoint != NULL && r->checkpoint_every % r->trace_every != 0)
    return ist_fail(s, IST_USAGE, "--checkpoint-every %zu must be a multiple of --trace-every %zu",
                    r->checkpoint_every, r->trace_every);
  if (r->error_bound && r->local_steps > 0)
    return ist_fail(s, IST_USAGE, "--error-bound is for rounds without --local-steps");
  if (r->error_bound && r->resume != NULL)
    return ist_fail(s, IST_USAGE,
                    "--error-bound is for a whole run: no checkpoint to --resume holds it");
  return IST_OK;
}
