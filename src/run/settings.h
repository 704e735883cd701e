/** What a user chooses of a run on a given problem and sketch. */
#ifndef IST_RUN_SETTINGS_H
#define IST_RUN_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "machine/status.h"

/** As the options of `ist run` of the same names; file names are NULL where there is no file. */
typedef struct {
  bool step_auto; /**< whether the step follows from the problem (ist_step_resolve) */
  double step;    /**< otherwise this one, 0 < step <= IST_SCALE_MAX */
  size_t rounds;
  unsigned long seed; /**< of the blocks, below 2^32 */
  const char *start;  /**< "zero", "gaussian" or a file */
  size_t local_steps; /**< T of Algorithm 1; 0: step (2) */
  bool certify;       /**< whether to prove that the step is at most 1/theta */
  bool error_bound;   /**< whether to bound what rounding does to the iterate */
  const char *trace;
  size_t trace_every;                      /**< at least 1 */
  const char *checkpoint;                  /**< written */
  size_t checkpoint_every;                 /**< at least 1 */
  const char *resume;                      /**< a checkpoint that is read */
  void (*begins)(void *context, size_t k); /**< called after k rounds, before others; or NULL */
  bool (*ends)(void *context, size_t k);   /**< whether to end after round k; NULL: do not */
  void *context;
} ist_run_settings;

/** Automatic step, 100 rounds from zero with seed 1, no files: a row of a trace for every round, a
 *  checkpoint every 100. */
ist_run_settings ist_run_defaults(void);

/** IST_USAGE if a number is out of its range, if a trace and a checkpoint are written and not every
 *  round of a checkpoint has a row, or if error_bound stands with local_steps or resume. */
ist_code ist_run_settings_check(const ist_run_settings *r, ist_status *s);

#endif
