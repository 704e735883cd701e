#include "run.h"

#include <stdlib.h>

#include "engine.h"
#include "error_bound.h"
#include "rounds.h"
#include "step.h"

/** Only an automatic step needs eigenvalues, and only a certificate all constants. */
static ist_code find_constants(const ist_problem *p, ist_sketch sketch, const ist_run_settings *r,
                               ist_constants *c, ist_status *s) {
  if (r->certify)
    return ist_constants_compute(p, sketch, c, s);
  return ist_constants_for_run(p, sketch, ist_step_needs_theta(r, sketch), c, s);
}

/** Rounds in this process, and the bound of their errors. */
typedef struct {
  ist_rounds rounds;
  ist_error_bound bound;
} local_engine;

static ist_code take_round(void *self, double *x, size_t k, ist_status *s) {
  local_engine *e = self;
  return ist_rounds_take(&e->rounds, x, k, s);
}

static ist_code take_bounded_round(void *self, double *x, size_t k, ist_status *s) {
  local_engine *e = self;
  return ist_error_bound_round(&e->bound, &e->rounds, x, k, s);
}

static ist_code check_arithmetic(void *self, ist_status *s) {
  const local_engine *e = self;
  return ist_rounds_check_arithmetic(&e->rounds, s);
}

static ist_code run_here(const ist_run_basis *basis, const ist_problem *p, ist_run_result *out,
                         ist_status *s) {
  const ist_run_settings *r = basis->settings;
  const ist_sketch sketch = basis->constants->sketch;
  local_engine e = {0};
  if (ist_rounds_open(&e.rounds, p, sketch, basis->gamma, r->local_steps, r->seed, s) != IST_OK)
    return s->code;
  const ist_engine engine = {.self = &e,
                             .rng = e.rounds.draws.rng,
                             .round = r->error_bound ? take_bounded_round : take_round,
                             .check = check_arithmetic};
  ist_code code = IST_OK;
  if (r->error_bound)
    code = ist_error_bound_open(&e.bound, p->d, p->n, sketch.q, s);
  if (code == IST_OK)
    code = ist_run_with(&engine, basis, out, s);
  out->bounded = r->error_bound;
  if (code == IST_OK && out->bounded)
    out->error_bound = ist_error_bound_value(&e.bound);
  ist_error_bound_close(&e.bound);
  ist_rounds_close(&e.rounds);
  return code;
}

/** The run proper, on constants that are known. */
static ist_code run_on(const ist_problem *p, const ist_constants *c, const ist_run_settings *r,
                       ist_run_result *out, ist_status *s) {
  ist_mean_errors means;
  ist_run_basis basis = {.settings = r, .constants = c, .means = &means};
  if (ist_step_certify(r, p, c, &basis.gamma, &basis.certified, s) != IST_OK ||
      ist_mean_errors_find(&means, p, c->sketch, c->L_bar, s) != IST_OK)
    return s->code;
  if (ist_run_is_identified(r))
    basis.fingerprint = ist_fingerprint_problem(p);
  ist_code code = run_here(&basis, p, out, s);
  free(means.L);
  return code;
}

ist_code ist_run(const ist_problem *p, ist_sketch sketch, const ist_run_settings *r,
                 ist_run_result *out, ist_status *s) {
  ist_constants c;
  *out = (ist_run_result){0};
  if (ist_run_settings_check(r, s) != IST_OK || find_constants(p, sketch, r, &c, s) != IST_OK)
    return s->code;
  ist_code code = run_on(p, &c, r, out, s);
  ist_constants_free(&c);
  return code;
}
