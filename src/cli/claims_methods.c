/** Claims that compare methods, or follow one run: P19, P20, P21, N19. */
#include <math.h>
#include <stdlib.h>

#include "claims.h"
#include "follow.h"
#include "kernel/homogeneous.h"
#include "moments/dense.h"
#include "moments/moments.h"
#include "problem/memory.h"
#include "scales.h"
#include "spectral/bounds.h"
#include "spectral/eigen.h"

/** E||C x - x||^2 / ||x||^2 of the unbiased sketches. */
static double omega(const ist_subject *u) {
  if (u->sketch.kind == IST_PERM)
    return (double)u->p->n - 1;
  return (double)u->p->d / (double)u->sketch.q - 1;
}

/** (33): compressed gradient descent, x - gamma C grad f(x), does not move x*, where the gradient
 *  is 0; nor, by (34), has its estimator a variance there. */
static ist_code compressed_at_star(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t d = u->p->d;
  double *g = ist_memory_doubles(1, d, 1), worst = 0, size = 0;
  if (g == NULL)
    return ist_claim_no_memory(s);
  ist_apply(d, u->c.L_bar, u->c.x_star, g);
  for (size_t j = 0; j < d; j++) {
    worst = fmax(worst, fabs(g[j] - u->c.b_bar[j]));
    size = fmax(size, fabs(g[j]) + fabs(u->c.b_bar[j]));
  }
  ist_find_equal(f, worst, 0, size * ist_condition_scale(u));
  free(g);
  return IST_OK;
}

/** The moments of g(x*) = B x* - v that P19-ist needs, and their sizes. */
typedef struct {
  double square; /**< E||g(x*)||^2_L by E[B L B], E[B L v] and E[v v'] */
  double split;  /**< ||E g(x*)||^2_L + sigma_*^2, with E g(x*) = E[B] h */
  double size;
} moments_at_star;

/** work: d*d + d entries. False if memory runs out. */
static bool measure_at_star(const ist_subject *u, double *work, moments_at_star *m) {
  size_t d = u->p->d;
  const double *L = u->c.L_bar, *x = u->c.x_star;
  double *vv = work, *v = work + d * d, cross = 0;
  if (!ist_cross_moment(u->p, u->sketch, L, v) || !ist_linear_second_moment(u->p, u->sketch, vv))
    return false;
  for (size_t j = 0; j < d; j++)
    cross += x[j] * v[j];
  double quadratic = ist_bilinear(d, u->c.second_moment, x, x), constant = ist_inner(d, L, vv);
  m->square = quadratic - 2 * cross + constant;
  m->size = quadratic + 2 * fabs(cross) + constant;
  ist_apply(d, u->c.expected_B, u->c.h, v);
  m->split = ist_bilinear(d, L, v, v) + u->c.sigma_sq_star;
  return true;
}

/** (35): IST moves away from x*: E||g(x*)||^2_L = ||E[B] h||^2_L + sigma_*^2, which is not 0. */
static ist_code ist_at_star(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t d = u->p->d;
  moments_at_star m;
  double *work = ist_memory_doubles(d + 1, d, 1);
  bool ok = work != NULL && measure_at_star(u, work, &m);
  free(work);
  if (!ok)
    return ist_claim_no_memory(s);
  ist_find_equal(f, m.square, m.split, m.size * ist_condition_scale(u));
  if (f->verdict == IST_CLAIM_HOLDS && !(m.split > IST_CLAIM_TOLERANCE * m.size))
    ist_find_nothing(f, "x* is a fixed point of IST on this problem");
  return IST_OK;
}

/** A = (I - gamma L) E[C^2] (I - gamma L), E[C^2] by the scales: E||x+||^2 = x'A x for compressed
 *  iterates, x+ = C (x - gamma L x). NULL: memory ran out. */
static double *compressed_factor(const ist_subject *u, double gamma) {
  size_t d = u->p->d, stride;
  double *A = ist_memory_doubles(1, d, d), *step = ist_memory_doubles(2, d, d);
  double *scale = ist_sketch_scales(u->p, u->sketch, &stride);
  double chance = (double)u->sketch.q / (double)d;
  bool ready = A != NULL && step != NULL && scale != NULL;
  if (ready) {
    double *left = step + d * d;
    for (size_t j = 0; j < d * d; j++) {
      step[j] = (j % (d + 1) == 0 ? 1 : 0) - gamma * u->c.L_bar[j];
      left[j] = step[j] * scale[j % d] * scale[j % d] * chance;
    }
    ist_multiply(d, left, step, A);
  }
  free(scale);
  free(step);
  if (ready)
    return A;
  free(A);
  return NULL;
}

/** The best factor by which compressed iterates shrink E||x||^2, at gamma = 2/(lambda + mu), is
 *  (1 + omega) ((lambda - mu)/(lambda + mu))^2: they contract iff it is below 1. */
static ist_code compressed_iterates(ist_subject *u, ist_finding *f, ist_status *s) {
  double sum = u->c.lambda_max + u->c.lambda_min, min, max;
  double ratio = (u->c.lambda_max - u->c.lambda_min) / sum, growth = 1 + omega(u);
  double *A = compressed_factor(u, 2 / sum);
  ist_code code =
      A == NULL ? ist_claim_no_memory(s) : ist_extreme_eigenvalues(A, u->p->d, &min, &max, s);
  if (code == IST_OK)
    ist_find_equal(f, max, growth * ratio * ratio, growth);
  free(A);
  return code;
}

/** (16) at k = K, the step being 1/theta, where omega exceeds mu^2/L^2, the most that the earlier
 *  theory, of gradient descent with compressed iterates, admits. */
static ist_code large_omega(ist_subject *u, ist_finding *f, ist_status *s) {
  double ratio = u->c.lambda_min / u->c.lambda_max, gamma = u->c.step_max.value;
  if (!(omega(u) > ratio * ratio)) {
    ist_find_nothing(f, "omega = %.6g is at most mu^2/L^2 = %.6g", omega(u), ratio * ratio);
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
    {"P19", "grad f(x*) = 0, (33)", UNBIASED, 0, compressed_at_star},
    {"P19-ist", "E|g(x*)|^2_L=|E[B]h|^2_L+sigma*^2", UNBIASED | IST_ABOUT(IST_SCALED_PERM),
     IST_ASSUME_LIMIT, ist_at_star},
    {"P20", "(16) though omega > mu^2/L^2", UNBIASED, IST_ASSUME_INTERPOLATION | IST_ASSUME_THETA,
     large_omega},
    {"P21", "|x_K - b/sqrt(n)|^2 of (31)", IST_ABOUT(IST_SCALED_PERM),
     IST_ASSUME_PRECONDITIONED | IST_ASSUME_Q1, linear_decrease},
    {"N19", "best factor, compressed iterates", UNBIASED, IST_ASSUME_INTERPOLATION,
     compressed_iterates},
    {0},
};
