/** What a run reports when it is complete. */
#include <stdio.h>

#include "certificate.h"
#include "json.h"
#include "session.h"

json_t *ist_session_json(const ist_session *r) {
  const ist_constants *c = r->constants;
  const ist_metrics *m = &r->metrics;
  json_int_t floats = (json_int_t)c->q; /* a worker exchanges its block, both ways */
  json_t *why = json_object();
  ist_scalar fixed = {m->has_fixed, m->dist_fixed_sq, c->h_norm_sq.reason};
  json_t *root =
      json_pack("{s:s, s:o, s:f, s:f, s:f, s:o, s:I, s:I, s:I, s:o}", "schema", "ist.run/1", "x",
                ist_json_vector(r->x, c->d), "f_gap", m->f_gap, "grad_norm_sq", m->grad_norm_sq,
                "dist_star_sq", m->dist_star_sq, "dist_fixed_sq",
                ist_json_scalar(fixed, why, "dist_fixed_sq"), "floats_down", floats, "floats_up",
                floats, "seed", (json_int_t)r->options->seed, "reasons", why);
  root = ist_error_bound_json(root, r->bound);
  return ist_certificate_json_step(root, r->options, r->gamma, r->certified);
}

void ist_session_print(const ist_session *r) {
  const ist_constants *c = r->constants;
  const ist_metrics *m = &r->metrics;
  printf("%-14s %s, d = %zu, n = %zu, q = %zu\n", "sketch", ist_sketch_name(c->sketch.kind), c->d,
         c->n, c->q);
  printf("%-14s %zu\n%-14s %.17g%s\n", "rounds", r->options->rounds, "step", r->gamma,
         ist_certificate_step_note(r->options, r->certified));
  printf("%-14s %lu\n", "seed", r->options->seed);
  printf("%-14s %-24.17g f(x) - f(x*)\n", "f_gap", m->f_gap);
  printf("%-14s %-24.17g ||grad f(x)||^2_{L^-1}\n", "grad_norm_sq", m->grad_norm_sq);
  printf("%-14s %-24.17g ||x - x*||^2_L\n", "dist_star_sq", m->dist_star_sq);
  if (m->has_fixed)
    printf("%-14s %-24.17g ||x - x_fixed||^2\n", "dist_fixed_sq", m->dist_fixed_sq);
  else
    printf("%-14s %-24s %s\n", "dist_fixed_sq", "does not exist", c->h_norm_sq.reason);
  ist_error_bound_print(r->bound);
  printf("%-14s %zu down, %zu up, per worker and round\n", "floats", c->q, c->q);
}
