/** A run from x_0, or from a checkpoint, to x_K: rounds, trace, checkpoints, Ctrl-C.
 *
 *  Rounds are carried out by an engine, in one process or in many; everything else is here. */
#ifndef IST_RUN_SESSION_H
#define IST_RUN_SESSION_H

#include <gsl/gsl_rng.h>
#include <jansson.h>
#include <stdbool.h>

#include "cli/options.h"
#include "error_bound.h"
#include "fingerprint.h"
#include "landmarks.h"
#include "metric_errors.h"
#include "metrics.h"
#include "trace_file.h"

/** What carries out rounds. */
typedef struct {
  void *self;
  gsl_rng *rng; /**< the generator of the blocks, whose state a checkpoint holds */
  /** Called once before the first round, with the state of rng settled. NULL: nothing to do. */
  void (*begin)(void *self, size_t k);
  /** Round k >= 1: replaces x_{k-1} by x_k; fails as ist_simulation_round. */
  ist_code (*round)(void *self, double *x, size_t k, ist_status *s);
  /** Called before each output: IST_MACHINE if the arithmetic of rounds is wrong. NULL: rounds fail
   *  with that themselves. */
  ist_code (*check)(void *self, ist_status *s);
} ist_engine;

typedef struct {
  const ist_options *options;     /**< not owned */
  const ist_constants *constants; /**< of ist_constants_for_run at least, not owned */
  const ist_mean_errors *means;   /**< of L_bar, b_bar, E[B] and E[v] in constants, not owned */
  double gamma;
  bool certified;               /**< whether gamma is proved to be at most 1/theta */
  bool durable;                 /**< whether the trace is so without checkpoints, too */
  const ist_error_bound *bound; /**< at x, kept by the engine, or NULL; not owned */
  ist_fingerprint fingerprint;  /**< of the problem, where ist_session_identifies(options) */
  double *x;                    /**< x_k, d entries, owned */
  ist_metrics metrics;          /**< at x once the run is complete */
  ist_metric_errors errors;     /**< of metrics, likewise */
  ist_landmarks landmarks;
  ist_meter meter;
  ist_trace_file trace;
  json_t *run; /**< what checkpoints record of the run; NULL without checkpoints */
} ist_session;

/** Whether the options ask for a checkpoint to be written or read. */
bool ist_session_identifies(const ist_options *o);

/** IST_USAGE if --checkpoint-every stands without --checkpoint or --trace-every without --trace, if
 *  the former is not a multiple of the latter where both files are written, or if --error-bound
 *  stands with --local-steps or --resume. */
ist_code ist_session_check(const ist_options *o, ist_status *s);

/** Runs to x_K with the engine; the members of r before x are set, the others zero. To be closed
 *  whatever the outcome. IST_NOT_EXIST if iterates leave the kernel's range (the trace ends before
 *  that round), IST_INTERRUPTED after SIGINT (the trace ends with the round in which it came),
 *  IST_BAD_INPUT if the start or the checkpoint is refused, IST_OUTPUT_FAILED, IST_MACHINE if
 *  arithmetic is wrong (a trace that is not durable is then dropped). */
ist_code ist_session_run(ist_session *r, const ist_engine *engine, ist_status *s);

/** Frees what r owns. */
void ist_session_close(ist_session *r);

/** The result as JSON, schema ist.run/1; NULL if memory runs out. */
json_t *ist_session_json(const ist_session *r);

/** Prints the result as a table. */
void ist_session_print(const ist_session *r);

#endif
