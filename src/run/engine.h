/** A run from x_0, or from a checkpoint, to x_K: rounds, trace, checkpoints.
 *
 *  Rounds are taken by an engine, in one process or in many; everything else is here. */
#ifndef IST_RUN_ENGINE_H
#define IST_RUN_ENGINE_H

#include <gsl/gsl_rng.h>
#include <stdbool.h>

#include "fingerprint.h"
#include "mean_errors.h"
#include "result.h"
#include "settings.h"
#include "spectral/constants.h"

/** What takes rounds. */
typedef struct {
  void *self;
  gsl_rng *rng; /**< the generator of the blocks, whose state a checkpoint holds */
  /** Called once before the first round, with the state of rng settled. NULL: nothing to do. */
  void (*begin)(void *self, size_t k);
  /** Round k >= 1: replaces x_{k-1} by x_k; fails as ist_rounds_take. */
  ist_code (*round)(void *self, double *x, size_t k, ist_status *s);
  /** Called before each output: IST_MACHINE if the arithmetic of rounds is off. NULL: rounds fail
   *  with that themselves. */
  ist_code (*check)(void *self, ist_status *s);
} ist_engine;

/** What a run rests on; nothing is owned. */
typedef struct {
  const ist_run_settings *settings;
  const ist_constants *constants; /**< of ist_constants_for_run at least */
  const ist_mean_errors *means;   /**< of L_bar, b_bar, E[B] and E[v] in constants */
  double gamma;                   /**< the step */
  bool certified;                 /**< whether it is proved to be at most 1/theta */
  bool durable;                   /**< whether the trace is so without checkpoints, too */
  ist_fingerprint fingerprint;    /**< of the problem, where ist_run_is_identified */
} ist_run_basis;

/** Whether a checkpoint is written or read, so that the run must be told from others. */
bool ist_run_is_identified(const ist_run_settings *r);

/** As ist_run, with the engine's rounds; *out gets all but the error bound. */
ist_code ist_run_with(const ist_engine *engine, const ist_run_basis *basis, ist_run_result *out,
                      ist_status *s);

#endif
