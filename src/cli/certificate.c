#include "certificate.h"

#include <math.h>
#include <stdio.h>

#include "machine/multiprecision.h"
#include "machine/progress.h"
#include "moments/rounding.h"

void ist_certificate_announce(const ist_problem *p, ist_sketch sketch) {
  ist_progress_announce("certifying in multiple precision", ist_certify_seconds(p, sketch));
  ist_multiprecision_guard();
}

/** The middle of the enclosure, if it is nearer than the bound says of value. */
static bool improve(const ist_enclosure *x, double *value, ist_error *error) {
  const double middle = x->lo + (x->hi - x->lo) / 2;
  const double bound = ist_outward((x->hi - x->lo) / 2 + 2 * IST_UNIT * fabs(middle));
  if (!x->exists || !(bound < error->bound))
    return false;
  *value = middle;
  *error = (ist_error){.bound = bound};
  return true;
}

/** step_max = 1/theta and rate_max = contraction step_max from a better theta > 0; three roundings.
 */
static void follow(ist_constants *c, ist_errors *e) {
  const double theta = c->theta.value, off = e->theta.bound;
  c->step_max = (ist_scalar){.exists = true, .value = 1 / theta};
  e->step_max = (ist_error){
      .bound = ist_outward(off / (theta * (theta - off)) + 2 * IST_UNIT * c->step_max.value)};
  c->rate_max = (ist_scalar){.exists = true, .value = c->contraction.value * c->step_max.value};
  e->rate_max = e->contraction;
  if (isfinite(e->contraction.bound))
    e->rate_max.bound = ist_outward(
        (fabs(c->contraction.value) + e->contraction.bound) * e->step_max.bound +
        c->step_max.value * e->contraction.bound + 2 * IST_UNIT * fabs(c->rate_max.value));
}

void ist_certificate_improve(const ist_certificate *proof, ist_constants *c, ist_errors *e) {
  improve(&proof->lambda_min, &c->lambda_min, &e->lambda_min);
  improve(&proof->lambda_max, &c->lambda_max, &e->lambda_max);
  improve(&proof->w_lambda_min, &c->w_lambda_min, &e->w_lambda_min);
  if (!c->theta.exists && proof->theta.exists)
    e->theta.bound = INFINITY;
  if (improve(&proof->theta, &c->theta.value, &e->theta)) {
    c->theta.exists = true;
    c->theta.reason = NULL;
    e->theta_upper = proof->theta.hi;
    follow(c, e);
  }
  if (!c->theta.exists && proof->w_psd == IST_PSD_REFUTED)
    c->theta.reason = c->step_max.reason = c->rate_max.reason =
        "W is proved indefinite, so no theta satisfies (14)";
}

/** [lo, hi], or null with the reason. */
static json_t *interval(const ist_enclosure *e, json_t *reasons, const char *key) {
  if (e->exists)
    return json_pack("[f, f]", e->lo, e->hi);
  return json_object_set_new(reasons, key, json_string(e->reason)) == 0 ? json_null() : NULL;
}

/** The enclosure of lambda_min(W), or why there is none. */
static ist_enclosure w_lambda_min(const ist_certificate *proof) {
  ist_enclosure e = proof->w_lambda_min;
  if (!e.exists && proof->w_psd == IST_PSD_PROVED)
    snprintf(e.reason, sizeof e.reason, "not looked for: W is proved positive definite");
  return e;
}

/** Moves the members of addition to root; releases addition. */
static json_t *merge(json_t *root, json_t *addition) {
  const bool merged = root != NULL && addition != NULL && json_object_update(root, addition) == 0;
  json_decref(addition);
  if (merged)
    return root;
  json_decref(root);
  return NULL;
}

json_t *ist_certificate_json(json_t *root, const ist_certificate *proof) {
  json_t *why = json_object_get(root, "reasons");
  const ist_enclosure w = w_lambda_min(proof);
  return merge(root,
               json_pack("{s:o, s:o, s:o, s:s, s:o}", "theta_enclosure",
                         interval(&proof->theta, why, "theta_enclosure"), "lambda_min_enclosure",
                         interval(&proof->lambda_min, why, "lambda_min_enclosure"),
                         "lambda_max_enclosure",
                         interval(&proof->lambda_max, why, "lambda_max_enclosure"), "w_psd",
                         ist_psd_name(proof->w_psd), "w_lambda_min_enclosure",
                         interval(&w, why, "w_lambda_min_enclosure")));
}

static void print_interval(const char *name, const ist_enclosure *e) {
  if (e->exists)
    printf("%-14s [%.17g, %.17g]\n", name, e->lo, e->hi);
  else
    printf("%-14s not enclosed: %s\n", name, e->reason);
}

void ist_certificate_print(const ist_certificate *proof) {
  const ist_enclosure w = w_lambda_min(proof);
  puts("\nproved, for the binary numbers of the problem");
  print_interval("lambda_min", &proof->lambda_min);
  print_interval("lambda_max", &proof->lambda_max);
  printf("%-14s %s\n", "W psd", ist_psd_name(proof->w_psd));
  print_interval("w_lambda_min", &w);
  print_interval("theta", &proof->theta);
}

json_t *ist_certificate_json_step(json_t *root, const ist_run_settings *r, double gamma,
                                  bool certified) {
  if (!r->certify)
    return root;
  return merge(root, json_pack("{s:f, s:b}", "step", gamma, "step_certified", certified));
}

const char *ist_certificate_step_note(const ist_run_settings *r, bool certified) {
  if (!r->certify)
    return "";
  return certified ? " (certified: at most 1/theta)" : " (not certified)";
}
