#include "engine.h"

#include <jansson.h>
#include <stdlib.h>

#include "checkpoint.h"
#include "kernel/range.h"
#include "landmarks.h"
#include "machine/arithmetic.h"
#include "metric_errors.h"
#include "start.h"
#include "trace_file.h"

/** A run that goes on. */
typedef struct {
  const ist_engine *engine;
  const ist_run_basis *basis;
  const ist_run_settings *settings;
  ist_run_result *out; /**< x: x_k; metrics: of the iterate that was measured last */
  size_t d;
  ist_landmarks landmarks;
  ist_meter meter;
  ist_trace_file trace;
  json_t *identity; /**< what checkpoints record of the run; NULL without checkpoints */
} run;

bool ist_run_is_identified(const ist_run_settings *r) {
  return r->checkpoint != NULL || r->resume != NULL;
}

/** Checksums stand as text: they name what they are of when they differ. */
static json_t *checksum(ist_fingerprint f) { return json_sprintf("%08lx", (unsigned long)f.crc); }

/** What makes this run differ from others; x: x_0. */
static json_t *describe(const run *r) {
  const ist_constants *c = r->basis->constants;
  return json_pack(
      "{s:I, s:I, s:I, s:s, s:f, s:I, s:I, s:o, s:o}", "d", (json_int_t)c->d, "n", (json_int_t)c->n,
      "q", (json_int_t)c->q, "sketch", ist_sketch_name(c->sketch.kind), "step", r->basis->gamma,
      "seed", (json_int_t)r->settings->seed, "local_steps", (json_int_t)r->settings->local_steps,
      "problem_crc32", checksum(r->basis->fingerprint), "start_crc32",
      checksum(ist_fingerprint_of(r->out->x, c->d)));
}

static ist_code measure(run *r, size_t k, ist_status *s) {
  if (ist_measure(&r->meter, r->out->x, &r->out->metrics))
    return IST_OK;
  return ist_fail(s, IST_NOT_EXIST, "x - x* or x - x_fixed left the range |x| <= %.4g in round %zu",
                  IST_ENTRY_MAX, k);
}

/** Goes back to the checkpoint, if one is given; *k: its round, or 0. */
static ist_code resume(run *r, size_t *k, ist_status *s) {
  const ist_run_settings *o = r->settings;
  *k = 0;
  if (o->resume == NULL)
    return IST_OK;
  if (ist_checkpoint_load(o->resume, r->identity, k, r->out->x, r->d, r->engine->rng, s) != IST_OK)
    return s->code;
  if (*k > o->rounds)
    return ist_fail(s, IST_BAD_INPUT, "%s: the checkpoint of round %zu is beyond --rounds %zu",
                    o->resume, *k, o->rounds);
  return IST_OK;
}

/** Opens the trace, with the rows up to that of x_k in it. */
static ist_code begin_trace(run *r, size_t k, ist_status *s) {
  const ist_run_settings *o = r->settings;
  const bool durable = r->basis->durable || o->checkpoint != NULL;
  if (o->trace == NULL)
    return IST_OK;
  if (o->resume != NULL)
    return ist_trace_file_continue(&r->trace, o->trace, k, o->trace_every, k == o->rounds,
                                   &r->out->metrics, s);
  if (ist_trace_file_open(&r->trace, o->trace, durable, s) != IST_OK)
    return s->code;
  return ist_trace_file_add(&r->trace, k, &r->out->metrics, s);
}

/** IST_MACHINE if the arithmetic behind what is about to be written is off. */
static ist_code check(const ist_engine *e, ist_status *s) {
  return e->check != NULL ? e->check(e->self, s) : ist_check_arithmetic(s);
}

/** Records x_k: in the trace, in a checkpoint where one is due. last: whether the run ends here.
 *  Only iterates that have a row in the trace, and the last, are measured. */
static ist_code record(run *r, size_t k, bool last, ist_status *s) {
  const ist_run_settings *o = r->settings;
  const ist_run_result *out = r->out;
  const bool row = o->trace != NULL && (last || k % o->trace_every == 0);
  const bool save = o->checkpoint != NULL && (last || k % o->checkpoint_every == 0);
  ist_code code = IST_OK;
  if (row || last)
    code = measure(r, k, s);
  if (code == IST_OK && (save || (row && r->trace.durable)))
    code = check(r->engine, s);
  if (code == IST_OK && row)
    code = ist_trace_file_add(&r->trace, k, &out->metrics, s);
  if (code == IST_OK && save)
    code = ist_checkpoint_save(o->checkpoint, k, r->identity, out->x, r->d, r->engine->rng, s);
  return code;
}

static ist_code stopped(const run *r, size_t k, ist_status *s) {
  const ist_run_settings *o = r->settings;
  return ist_fail(s, IST_INTERRUPTED, "interrupted after round %zu of %zu%s%s%s", k, o->rounds,
                  o->trace != NULL ? "; the trace ends there" : "",
                  o->checkpoint != NULL ? "; go on with --resume " : "",
                  o->checkpoint != NULL ? o->checkpoint : "");
}

/** Whether the run shall end after round k. */
static bool ends(const run *r, size_t k) {
  return r->settings->ends != NULL && r->settings->ends(r->settings->context, k) &&
         k < r->settings->rounds;
}

static ist_code take_round(run *r, size_t k, ist_status *s) {
  if (r->engine->round(r->engine->self, r->out->x, k, s) != IST_OK)
    return s->code;
  const bool stop = ends(r, k);
  if (record(r, k, stop || k == r->settings->rounds, s) != IST_OK)
    return s->code;
  return stop ? stopped(r, k, s) : IST_OK;
}

/** How far the metrics of the last iterate may be from the exact ones. */
static ist_code find_errors(run *r, ist_status *s) {
  ist_surroundings around;
  if (ist_landmarks_enclose(&r->landmarks, r->basis->means, &around, s) != IST_OK)
    return s->code;
  ist_metric_errors_find(&r->meter, &r->landmarks, &around, &r->out->errors);
  ist_surroundings_close(&around);
  return IST_OK;
}

/** All rounds, the trace left open. */
static ist_code take_rounds(run *r, ist_status *s) {
  size_t first;
  if (resume(r, &first, s) != IST_OK || measure(r, first, s) != IST_OK ||
      begin_trace(r, first, s) != IST_OK)
    return s->code;
  if (r->engine->begin != NULL)
    r->engine->begin(r->engine->self, first);
  if (r->settings->begins != NULL)
    r->settings->begins(r->settings->context, first);
  for (size_t k = first + 1; k <= r->settings->rounds; k++)
    if (take_round(r, k, s) != IST_OK)
      return s->code;
  return find_errors(r, s);
}

/** Prepares to measure from points that are the same on every processor. */
static ist_code open_meter(run *r, ist_status *s) {
  const ist_constants *c = r->basis->constants;
  ist_landmarks *l = &r->landmarks;
  if (ist_landmarks_find(l, c, s) != IST_OK)
    return s->code;
  r->out->no_fixed = ist_landmarks_fixed(l) == NULL ? l->reason : NULL;
  if (ist_meter_open_at(&r->meter, c->d, c->L_bar, l->star.x, ist_landmarks_fixed(l)))
    return IST_OK;
  return ist_fail(s, IST_MACHINE, "no memory for an iterate of dimension %zu", c->d);
}

/** All rounds, and the files complete. */
static ist_code carry_out(run *r, ist_status *s) {
  const ist_run_settings *o = r->settings;
  if (open_meter(r, s) != IST_OK || ist_start(o->start, o->seed, r->out->x, r->d, s) != IST_OK)
    return s->code;
  if (ist_run_is_identified(o) && (r->identity = describe(r)) == NULL)
    return ist_fail(s, IST_MACHINE, "no memory for a checkpoint");
  ist_code code = take_rounds(r, s);
  ist_status failed;
  if (check(r->engine, &failed) != IST_OK) { /* a failure, too, may come of it */
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

ist_code ist_run_with(const ist_engine *engine, const ist_run_basis *basis, ist_run_result *out,
                      ist_status *s) {
  const ist_constants *c = basis->constants;
  run r = {.engine = engine, .basis = basis, .settings = basis->settings, .out = out, .d = c->d};
  *out = (ist_run_result){.d = c->d,
                          .n = c->n,
                          .sketch = c->sketch,
                          .gamma = basis->gamma,
                          .certified = basis->certified,
                          .x = calloc(c->d, sizeof *out->x)};
  if (out->x == NULL)
    return ist_fail(s, IST_MACHINE, "no memory for an iterate of dimension %zu", c->d);
  const ist_code code = carry_out(&r, s);
  ist_trace_file_abort(&r.trace);
  ist_meter_close(&r.meter);
  ist_landmarks_close(&r.landmarks);
  json_decref(r.identity);
  if (code != IST_OK)
    ist_run_result_free(out);
  return code;
}
