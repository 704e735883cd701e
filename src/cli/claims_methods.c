/** Claims that compare methods, or follow one run: P19, P20, P21. */
#include <math.h>
#include <stdlib.h>

#include "claims.h"
#include "follow.h"
#include "kernel/homogeneous.h"
#include "moments/dense.h"
#include "problem/memory.h"
#include "spectral/bounds.h"

/** E||C x - x||^2 / ||x||^2 of the unbiased sketches. */
static double omega(const ist_subject *u) {
  if (u->sketch.kind == IST_PERM)
    return (double)u->p->n - 1;
  return (double)u->p->d / (double)u->sketch.q - 1;
}

/** (33), (34): compressed gradient descent, x - gamma C grad f(x), does not move x*, and the
 *  variance omega |grad f(x*)|^2 of its estimator is 0 there. */
static ist_code compressed_at_star(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t d = u->p->d;
  double *g = ist_memory_doubles(1, d, 1), variance = 0, size = 0;
  if (g == NULL)
    return ist_claim_no_memory(s);
  ist_apply(d, u->c.L_bar, u->c.x_star, g);
  for (size_t j = 0; j < d; j++) {
    double b = u->c.b_bar[j];
    variance += omega(u) * (g[j] - b) * (g[j] - b);
    size += omega(u) * (g[j] * g[j] + b * b);
  }
  ist_find_equal(f, variance, 0, size);
  free(g);
  return IST_OK;
}

/** (35): IST moves away from x*: E||g(x*)||^2_L = ||E g(x*)||^2_L + sigma_*^2 > 0. */
static ist_code ist_at_star(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t d = u->p->d;
  double *g = ist_memory_doubles(1, d, 1);
  if (g == NULL)
    return ist_claim_no_memory(s);
  ist_apply(d, u->c.expected_B, u->c.x_star, g);
  for (size_t j = 0; j < d; j++)
    g[j] -= u->c.expected_v[j];
  double square = ist_bilinear(d, u->c.L_bar, g, g) + u->c.sigma_sq_star;
  double size = ist_bilinear(d, u->c.second_moment, u->c.x_star, u->c.x_star) +
                ist_bilinear(d, u->c.L_bar, u->c.expected_v, u->c.expected_v);
  ist_find_at_least(f, square, 0, size);
  if (f->verdict == IST_CLAIM_HOLDS && !(square > IST_CLAIM_TOLERANCE * size))
    ist_find_nothing(f, "x* is a fixed point of IST on this problem");
  free(g);
  return IST_OK;
}

/** (16) at k = K, the step being 1/theta, where omega exceeds mu^2/L^2, the most that gradient
 *  descent with compressed iterates allows. */
static ist_code large_omega(ist_subject *u, ist_finding *f, ist_status *s) {
  double ratio = u->c.lambda_min / u->c.lambda_max, gamma = u->c.step_max.value;
  if (!(omega(u) > ratio * ratio)) {
    ist_find_nothing(f, "omega = %.6g is below mu^2/L^2 = %.6g", omega(u), ratio * ratio);
    return IST_OK;
  }
  const ist_trajectory *t = ist_subject_trajectory(u, gamma, s);
  if (t == NULL)
    return s->code;
  double start = t->star_sq[0];
  ist_find_at_most(f, t->star_sq[t->rounds],
                   ist_theorem1_distance_bound(u->c.contraction.value, gamma, t->rounds, start),
                   start * ist_condition_scale(u));
  return IST_OK;
}

/** Squared distances of a run from b/sqrt(n). */
typedef struct {
  const double *fixed;
  size_t d;
  double first, last;
} distances;

static void observe(void *context, size_t k, const double *x) {
  distances *to = context;
  to->last = 0;
  for (size_t j = 0; j < to->d; j++)
    to->last += (x[j] - to->fixed[j]) * (x[j] - to->fixed[j]);
  if (k == 0)
    to->first = to->last;
}

/** ||x_K - b/sqrt(n)||^2 = (1 - gamma)^{2K} ||x_0 - b/sqrt(n)||^2 in a run. */
static ist_code linear_decrease(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t d = u->p->d;
  double gamma = ist_step_scaled(u);
  if (!(gamma < 2)) {
    ist_find_nothing(f, "stated for steps below 2; the step is %.6g", gamma);
    return IST_OK;
  }
  double *fixed = ist_memory_doubles(1, d, 1);
  if (fixed == NULL)
    return ist_claim_no_memory(s);
  ist_fixed_point(u->p->b, d, u->p->n, fixed);
  distances to = {.fixed = fixed, .d = d};
  ist_setting g = {.p = u->p,
                   .sketch = u->sketch,
                   .x0 = u->x0,
                   .gamma = gamma,
                   .rounds = u->rounds,
                   .seed = u->seed};
  ist_code code = ist_follow(&g, observe, &to, s);
  double size = to.first;
  for (size_t j = 0; j < d; j++)
    size += fixed[j] * fixed[j];
  if (code == IST_OK)
    ist_find_equal(f, to.last, pow(1 - gamma, 2 * (double)u->rounds) * to.first, size);
  free(fixed);
  return code;
}

#define UNBIASED (IST_ABOUT(IST_PERM) | IST_ABOUT(IST_RAND))

const ist_claim ist_claims_methods[] = {
    {"P19", "omega |grad f(x*)|^2 = 0", UNBIASED, 0, compressed_at_star},
    {"P19-ist", "E||g(x*)||^2_L > 0", UNBIASED | IST_ABOUT(IST_SCALED_PERM), 0, ist_at_star},
    {"P20", "(16) though omega > mu^2/L^2", UNBIASED, IST_ASSUME_INTERPOLATION | IST_ASSUME_THETA,
     large_omega},
    {"P21", "|x_K - b/sqrt(n)|^2 of (31)", IST_ABOUT(IST_SCALED_PERM),
     IST_ASSUME_PRECONDITIONED | IST_ASSUME_Q1, linear_decrease},
    {0},
};
