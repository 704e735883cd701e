/** The options of `ist run` and `ist-mpi run`, and the help on them. */
#ifndef IST_CLI_RUN_OPTIONS_H
#define IST_CLI_RUN_OPTIONS_H

#include "options.h"

#define IST_RUN_COMMAND_OPTIONS                                                                    \
  IST_RUN_OPTIONS, IST_VALUE("local-steps", IST_OPT_LOCAL_STEPS),                                  \
      IST_VALUE("trace", IST_OPT_TRACE), IST_VALUE("trace-every", IST_OPT_TRACE_EVERY),            \
      IST_VALUE("checkpoint", IST_OPT_CHECKPOINT),                                                 \
      IST_VALUE("checkpoint-every", IST_OPT_CHECKPOINT_EVERY),                                     \
      IST_VALUE("resume", IST_OPT_RESUME), IST_FLAG("json", IST_OPT_JSON),                         \
      IST_FLAG("help", IST_OPT_HELP)

#define IST_RUN_COMMAND_HELP                                                                       \
  "  --sketch NAME       identity, perm (default), scaled-perm or rand\n" IST_SKETCH_HELP          \
  "  --step G            step size, or 'auto' (default): 24 bits, proved to be at\n"               \
  "                      most 1/theta; for scaled-perm with q = 1 it is 1, with\n"                 \
  "                      q > 1 there is none\n"                                                    \
  "  --rounds K          number of rounds (default 100)\n"                                         \
  "  --seed S            seed of the random numbers, 0 to 4294967295 (default 1)\n"                \
  "  --start X           zero (default), gaussian or a Matrix Market file d x 1\n"                 \
  "  --local-steps T     Algorithm 1 with T local steps: average the workers' last\n"              \
  "                      local iterates; without it, the step x - G g\n"                           \
  "  --trace FILE        write k,f_gap,grad_norm_sq,dist_star_sq,dist_fixed_sq for\n"              \
  "                      k = 0..K as CSV\n"                                                        \
  "  --trace-every N     only for k = 0, N, 2N, ... and the last\n"                                \
  "  --checkpoint FILE   write FILE, from which the run can go on, every N rounds,\n"              \
  "                      after the last and on Ctrl-C; the trace is then written\n"                \
  "                      row by row\n"                                                             \
  "  --checkpoint-every N  the N of --checkpoint (default 100)\n"                                  \
  "  --resume FILE       go on from this checkpoint of the same run; the trace, if\n"              \
  "                      any, must hold the rows up to it\n"

#define IST_RUN_COMMAND_NOTES                                                                      \
  "\n"                                                                                             \
  "f_gap = f(x) - f(x*); grad_norm_sq is in the norm of the inverse mean matrix,\n"                \
  "dist_star_sq in that of the mean matrix, dist_fixed_sq (to the fixed point of\n"                \
  "the mean iteration) is Euclidean. Both norms equal 2 f_gap on quadratics.\n"

/** IST_USAGE if --checkpoint-every stands without --checkpoint or --trace-every without --trace;
 *  otherwise as ist_run_settings_check. */
ist_code ist_run_options_check(const ist_options *o, ist_status *s);

#endif
