#include "subject.h"

#include <float.h>

#include "certificate.h"
#include "finding.h"
#include "moments/dense.h"

ist_code ist_subject_open(ist_subject *u, const ist_problem *p, ist_sketch sketch, ist_status *s) {
  u->p = p;
  u->sketch = sketch;
  u->trajectory = (ist_trajectory){0};
  u->runs = (ist_runs){0};
  u->certified = false;
  return ist_constants_compute(p, sketch, &u->c, s);
}

const ist_trajectory *ist_subject_trajectory(ist_subject *u, double gamma, ist_status *s) {
  ist_trajectory *t = &u->trajectory;
  if (t->mean != NULL && t->gamma == gamma)
    return t;
  ist_trajectory_free(t);
  if (ist_trajectory_compute(t, u->p, &u->c, u->x0, gamma, u->rounds, s) != IST_OK)
    return NULL;
  return t;
}

const ist_runs *ist_subject_runs(ist_subject *u, double gamma, ist_status *s) {
  ist_runs *r = &u->runs;
  if (r->run != NULL && r->gamma == gamma)
    return r;
  ist_runs_free(r);
  if (ist_runs_draw(r, u->p, &u->c, u->x0, gamma, u->rounds, u->seed, s) != IST_OK)
    return NULL;
  return r;
}

ist_code ist_subject_certify(ist_subject *u, ist_status *s) {
  ist_code code = ist_certificate_make(u->p, &u->c, &u->proof, s);
  u->certified = code == IST_OK;
  return code;
}

double ist_step_theorem_1(const ist_subject *u) {
  if (u->step_given)
    return u->step;
  ist_scalar proved = {0};
  if (u->certified)
    proved = ist_certified_step(&u->proof.theta);
  return proved.exists ? proved.value : u->c.step_max.value;
}

double ist_step_scaled(const ist_subject *u) { return u->step_given ? u->step : 0.5; }

void ist_expected_g(const ist_subject *u, const double *x, double *g) {
  ist_apply(u->p->d, u->c.expected_B, x, g);
  for (size_t j = 0; j < u->p->d; j++)
    g[j] -= u->c.expected_v[j];
}

/** The scale for the condition number kappa. */
static double scale_for(const ist_subject *u, double kappa) {
  return 1 + (double)u->p->d * DBL_EPSILON * kappa / IST_CLAIM_TOLERANCE;
}

double ist_condition_scale(const ist_subject *u) {
  return scale_for(u, u->c.lambda_max / u->c.lambda_min);
}

double ist_condition_scale_of_W(const ist_subject *u) {
  double trace = 0;
  for (size_t j = 0; j < u->p->d; j++)
    trace += u->c.W[j * u->p->d + j];
  return scale_for(u, trace / u->c.w_lambda_min);
}

void ist_subject_close(ist_subject *u) {
  ist_runs_free(&u->runs);
  ist_trajectory_free(&u->trajectory);
  ist_constants_free(&u->c);
}
