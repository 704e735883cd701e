/** A run of the method on a problem, from x_0, or from a checkpoint, to x_K. */
#ifndef IST_RUN_RUN_H
#define IST_RUN_RUN_H

#include "machine/status.h"
#include "problem/problem.h"
#include "problem/sketch_kind.h"
#include "result.h"
#include "settings.h"

/** Runs the sketch, resolved on p, with the settings. The same seed gives the same bits, in the
 *  result and in every file, on every processor. Only r->error_bound makes rounds draw blocks that
 *  eq. (31) makes immaterial.
 *
 *  IST_USAGE if the settings are refused (ist_run_settings_check); IST_NOT_EXIST if iterates leave
 *  the kernel's range (the trace ends before that round), if there is no automatic step, or as
 *  ist_constants_compute; IST_INTERRUPTED if r->ends had the run end before round K (the trace ends
 *  there); IST_BAD_INPUT if the start or the checkpoint is refused; IST_OUTPUT_FAILED; IST_MACHINE
 *  if memory runs out, or arithmetic is off (a trace without checkpoints is then dropped). On
 *  IST_OK the caller frees *out. */
ist_code ist_run(const ist_problem *p, ist_sketch sketch, const ist_run_settings *r,
                 ist_run_result *out, ist_status *s);

#endif
