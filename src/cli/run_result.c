#include "run_result.h"

#include <stdio.h>

#include "certificate.h"
#include "digits.h"
#include "json.h"
#include "run/json_vector.h"

/** Twice a bound, which is exact. */
static ist_scalar twice(ist_scalar x) {
  x.value *= 2;
  return x;
}

/** The member errors; reasons: where those of null are entered. NULL if memory runs out. */
static json_t *errors(const ist_metric_errors *e, json_t *reasons) {
  const ist_scalar both = twice(e->f_gap);
  return json_pack("{s:o, s:o, s:o, s:o}", "f_gap",
                   ist_json_scalar(e->f_gap, reasons, "errors.f_gap"), "grad_norm_sq",
                   ist_json_scalar(both, reasons, "errors.grad_norm_sq"), "dist_star_sq",
                   ist_json_scalar(both, reasons, "errors.dist_star_sq"), "dist_fixed_sq",
                   ist_json_scalar(e->dist_fixed_sq, reasons, "errors.dist_fixed_sq"));
}

/** Adds the bound of the run's error to root, releasing root if memory runs out. */
static json_t *add_error_bound(json_t *root, ist_scalar bound) {
  json_t *why = json_object_get(root, "reasons");
  if (json_object_set_new(root, "error_bound", ist_json_scalar(bound, why, "error_bound")) == 0)
    return root;
  json_decref(root);
  return NULL;
}

json_t *ist_run_result_json(const ist_run_result *r, const ist_run_settings *settings) {
  const ist_metrics *m = &r->metrics;
  json_int_t floats = (json_int_t)r->sketch.q; /* a worker exchanges its block, both ways */
  json_t *why = json_object();
  ist_scalar fixed = {m->has_fixed, m->dist_fixed_sq, r->no_fixed};
  json_t *root = json_pack("{s:s, s:o, s:f, s:f, s:f, s:o, s:o, s:I, s:I, s:I, s:o}", "schema",
                           "ist.run/1", "x", ist_json_vector(r->x, r->d), "f_gap", m->f_gap,
                           "grad_norm_sq", m->grad_norm_sq, "dist_star_sq", m->dist_star_sq,
                           "dist_fixed_sq", ist_json_scalar(fixed, why, "dist_fixed_sq"), "errors",
                           errors(&r->errors, why), "floats_down", floats, "floats_up", floats,
                           "seed", (json_int_t)settings->seed, "reasons", why);
  if (root != NULL && r->bounded)
    root = add_error_bound(root, r->error_bound);
  return ist_certificate_json_step(root, settings, r->gamma, r->certified);
}

static void print_metric(const char *name, double value, ist_scalar error, const char *what) {
  char text[IST_DIGITS_SIZE];
  ist_digits(value, error, text);
  printf("%-14s %-24s %s\n", name, text, what);
}

static void print_error_bound(ist_scalar bound) {
  if (bound.exists)
    printf("%-14s %-24.17g |x_j - X_j| at most, X: the run in real arithmetic\n", "error_bound",
           bound.value);
  else
    printf("%-14s %-24s %s\n", "error_bound", "does not exist", bound.reason);
}

void ist_run_result_print(const ist_run_result *r, const ist_run_settings *settings) {
  const ist_metrics *m = &r->metrics;
  const ist_scalar both = twice(r->errors.f_gap);
  const size_t q = r->sketch.q;
  printf("%-14s %s, d = %zu, n = %zu, q = %zu\n", "sketch", ist_sketch_name(r->sketch.kind), r->d,
         r->n, q);
  printf("%-14s %zu\n%-14s %.17g%s\n", "rounds", settings->rounds, "step", r->gamma,
         ist_certificate_step_note(settings, r->certified));
  printf("%-14s %lu\n", "seed", settings->seed);
  print_metric("f_gap", m->f_gap, r->errors.f_gap, "f(x) - f(x*)");
  print_metric("grad_norm_sq", m->grad_norm_sq, both, "||grad f(x)||^2_{L^-1}");
  print_metric("dist_star_sq", m->dist_star_sq, both, "||x - x*||^2_L");
  if (m->has_fixed)
    print_metric("dist_fixed_sq", m->dist_fixed_sq, r->errors.dist_fixed_sq, "||x - x_fixed||^2");
  else
    printf("%-14s %-24s %s\n", "dist_fixed_sq", "does not exist", r->no_fixed);
  if (r->bounded)
    print_error_bound(r->error_bound);
  printf("%-14s %zu down, %zu up, per worker and round\n", "floats", q, q);
}
