#include "session.h"

#include <stdlib.h>

#include "checkpoint.h"
#include "kernel/range.h"
#include "machine/arithmetic.h"
#include "machine/interrupt.h"
#include "machine/progress.h"
#include "start.h"

bool ist_session_identifies(const ist_options *o) {
  return o->checkpoint != NULL || o->resume != NULL;
}

ist_code ist_session_check(const ist_options *o, ist_status *s) {
  if (ist_given(o, IST_OPT_CHECKPOINT_EVERY) && o->checkpoint == NULL)
    return ist_fail(s, IST_USAGE, "--checkpoint-every needs --checkpoint FILE");
  if (ist_given(o, IST_OPT_TRACE_EVERY) && o->trace == NULL)
    return ist_fail(s, IST_USAGE, "--trace-every needs --trace FILE");
  /* Only so is the row of a checkpoint's round in the trace that it goes on with. */
  if (o->trace != NULL && o->checkpoint != NULL && o->checkpoint_every % o->trace_every != 0)
    return ist_fail(s, IST_USAGE, "--checkpoint-every %zu must be a multiple of --trace-every %zu",
                    o->checkpoint_every, o->trace_every);
  if (ist_given(o, IST_OPT_ERROR_BOUND) && ist_given(o, IST_OPT_LOCAL_STEPS))
    return ist_fail(s, IST_USAGE, "--error-bound is for rounds without --local-steps");
  if (ist_given(o, IST_OPT_ERROR_BOUND) && o->resume != NULL)
    return ist_fail(s, IST_USAGE,
                    "--error-bound is for a whole run: no checkpoint to --resume holds it");
  return IST_OK;
}

/** Checksums stand as text: they name what they are of when they differ. */
static json_t *checksum(ist_fingerprint f) { return json_sprintf("%08lx", (unsigned long)f.crc); }

/** What makes this run differ from others; x: x_0. */
static json_t *describe(const ist_session *r) {
  const ist_constants *c = r->constants;
  return json_pack("{s:I, s:I, s:I, s:s, s:f, s:I, s:I, s:o, s:o}", "d", (json_int_t)c->d, "n",
                   (json_int_t)c->n, "q", (json_int_t)c->q, "sketch",
                   ist_sketch_name(c->sketch.kind), "step", r->gamma, "seed",
                   (json_int_t)r->options->seed, "local_steps", (json_int_t)r->options->local_steps,
                   "problem_crc32", checksum(r->fingerprint), "start_crc32",
                   checksum(ist_fingerprint_of(r->x, c->d)));
}

static ist_code measure(ist_session *r, size_t k, ist_status *s) {
  if (ist_measure(&r->meter, r->x, &r->metrics))
    return IST_OK;
  return ist_fail(s, IST_NOT_EXIST, "x - x* or x - x_fixed left the range |x| <= %.4g in round %zu",
                  IST_ENTRY_MAX, k);
}

/** Goes back to the checkpoint, if one is given; *k: its round, or 0. */
static ist_code resume(ist_session *r, const ist_engine *e, size_t *k, ist_status *s) {
  const ist_options *o = r->options;
  *k = 0;
  if (o->resume == NULL)
    return IST_OK;
  if (ist_checkpoint_load(o->resume, r->run, k, r->x, r->constants->d, e->rng, s) != IST_OK)
    return s->code;
  if (*k > o->rounds)
    return ist_fail(s, IST_BAD_INPUT, "%s: the checkpoint of round %zu is beyond --rounds %zu",
                    o->resume, *k, o->rounds);
  return IST_OK;
}

/** Opens the trace, with the rows up to that of x_k in it. */
static ist_code begin_trace(ist_session *r, size_t k, ist_status *s) {
  const ist_options *o = r->options;
  if (o->trace == NULL)
    return IST_OK;
  if (o->resume != NULL)
    return ist_trace_file_continue(&r->trace, o->trace, k, o->trace_every, k == o->rounds,
                                   &r->metrics, s);
  if (ist_trace_file_open(&r->trace, o->trace, r->durable || o->checkpoint != NULL, s) != IST_OK)
    return s->code;
  return ist_trace_file_add(&r->trace, k, &r->metrics, s);
}

/** IST_MACHINE if the arithmetic behind what is about to be written is wrong. */
static ist_code check(const ist_engine *e, ist_status *s) {
  return e->check != NULL ? e->check(e->self, s) : ist_check_arithmetic(s);
}

/** Records x_k: in the trace, in a checkpoint where one is due. last: whether the run ends here.
 *  Only iterates that have a row in the trace, and the last, are measured. */
static ist_code record(ist_session *r, const ist_engine *e, size_t k, bool last, ist_status *s) {
  const ist_options *o = r->options;
  const bool row = o->trace != NULL && (last || k % o->trace_every == 0);
  const bool save = o->checkpoint != NULL && (last || k % o->checkpoint_every == 0);
  ist_code code = IST_OK;
  if (row || last)
    code = measure(r, k, s);
  if (code == IST_OK && (save || (row && r->trace.durable)))
    code = check(e, s);
  if (code == IST_OK && row)
    code = ist_trace_file_add(&r->trace, k, &r->metrics, s);
  if (code == IST_OK && save)
    code = ist_checkpoint_save(o->checkpoint, k, r->run, r->x, r->constants->d, e->rng, s);
  return code;
}

static ist_code stopped(const ist_session *r, size_t k, ist_status *s) {
  const ist_options *o = r->options;
  return ist_fail(s, IST_INTERRUPTED, "interrupted after round %zu of %zu%s%s%s", k, o->rounds,
                  o->trace != NULL ? "; the trace ends there" : "",
                  o->checkpoint != NULL ? "; go on with --resume " : "",
                  o->checkpoint != NULL ? o->checkpoint : "");
}

/** The rounds after x_first. */
static ist_code iterate(ist_session *r, const ist_engine *e, size_t first, ist_status *s) {
  const size_t K = r->options->rounds;
  ist_progress progress = ist_progress_start("round", K);
  progress.first = first;
  bool interrupted = false;
  ist_code code = IST_OK;
  ist_interrupt_watch();
  for (size_t k = first + 1; k <= K && code == IST_OK && !interrupted; k++) {
    code = e->round(e->self, r->x, k, s);
    interrupted = ist_interrupt_noted() && k < K;
    if (code == IST_OK)
      code = record(r, e, k, interrupted || k == K, s);
    ist_progress_update(&progress, k);
    if (code == IST_OK && interrupted)
      code = stopped(r, k, s);
  }
  ist_interrupt_release();
  ist_progress_end(&progress);
  return code;
}

/** How far the metrics of the last iterate may be from the exact ones. */
static ist_code find_errors(ist_session *r, ist_status *s) {
  ist_surroundings around;
  if (ist_landmarks_enclose(&r->landmarks, r->means, &around, s) != IST_OK)
    return s->code;
  ist_metric_errors_find(&r->meter, &r->landmarks, &around, &r->errors);
  ist_surroundings_close(&around);
  return IST_OK;
}

/** The run, the trace left open. */
static ist_code run(ist_session *r, const ist_engine *e, ist_status *s) {
  size_t first;
  if (resume(r, e, &first, s) != IST_OK || measure(r, first, s) != IST_OK ||
      begin_trace(r, first, s) != IST_OK)
    return s->code;
  if (e->begin != NULL)
    e->begin(e->self, first);
  if (iterate(r, e, first, s) != IST_OK)
    return s->code;
  return find_errors(r, s);
}

/** Prepares to measure from points that are the same on every processor. */
static ist_code open_meter(ist_session *r, ist_status *s) {
  const ist_constants *c = r->constants;
  ist_landmarks *l = &r->landmarks;
  if (ist_landmarks_find(l, c, s) != IST_OK)
    return s->code;
  if (ist_meter_open_at(&r->meter, c->d, c->L_bar, l->star.x, ist_landmarks_fixed(l)))
    return IST_OK;
  return ist_fail(s, IST_MACHINE, "no memory for an iterate of dimension %zu", c->d);
}

ist_code ist_session_run(ist_session *r, const ist_engine *engine, ist_status *s) {
  const ist_options *o = r->options;
  const size_t d = r->constants->d;
  r->x = calloc(d, sizeof *r->x);
  if (r->x == NULL)
    return ist_fail(s, IST_MACHINE, "no memory for an iterate of dimension %zu", d);
  if (open_meter(r, s) != IST_OK)
    return s->code;
  if (ist_start(o->start != NULL ? o->start : "zero", o->seed, r->x, d, s) != IST_OK)
    return s->code;
  if (ist_session_identifies(o) && (r->run = describe(r)) == NULL)
    return ist_fail(s, IST_MACHINE, "no memory for a checkpoint");
  ist_code code = run(r, engine, s);
  ist_status failed;
  if (check(engine, &failed) != IST_OK) { /* a failure, too, may come of it */
    *s = failed;
    code = failed.code;
  }
  /* The rows of rounds that were finished are kept. */
  if (code != IST_OK && code != IST_NOT_EXIST && code != IST_INTERRUPTED)
    ist_trace_file_abort(&r->trace);
  else if (ist_trace_file_close(&r->trace, &failed) != IST_OK) {
    *s = failed;
    code = failed.code;
  }
  return code;
}

void ist_session_close(ist_session *r) {
  ist_trace_file_abort(&r->trace);
  ist_meter_close(&r->meter);
  ist_landmarks_close(&r->landmarks);
  json_decref(r->run);
  free(r->x);
  *r = (ist_session){0};
}
