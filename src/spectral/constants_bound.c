#include "constants_bound.h"

#include <math.h>
#include <stdlib.h>

#include "eigen_errors.h"
#include "machine/memory.h"
#include "moments/effective.h"
#include "moments/moment_errors.h"
#include "moments/rounding.h"
#include "pair.h"
#include "point_errors.h"
#include "proved.h"

/* Every number unbounded, for one reason. */
static void nothing(ist_errors *e, const char *reason) {
  const ist_error none = {INFINITY, reason};
  *e = (ist_errors){none, none, none, none,     none, none,     none,    none,
                    none, none, none, none,     none, none,     none,    none,
                    none, none, none, INFINITY, 0,    INFINITY, INFINITY};
}

static double largest(const double *v, size_t count) {
  double max = 0;
  for (size_t j = 0; j < count; j++)
    max = fmax(max, fabs(v[j]));
  return max;
}

/* Whether rounding.h's allowance for underflow covers these numbers. */
static bool within_range(const ist_moment_errors *m, const ist_constants *c) {
  const size_t d = c->d, entries = d * d;
  return largest(m->L_abs, entries) <= IST_ROUNDING_MAX &&
         largest(m->B_abs, entries) <= IST_ROUNDING_MAX &&
         largest(m->v_abs, d) <= IST_ROUNDING_MAX && largest(c->b_bar, d) <= IST_ROUNDING_MAX &&
         largest(c->x_star, d) <= IST_ROUNDING_MAX &&
         (c->x_fixed == NULL || largest(c->x_fixed, d) <= IST_ROUNDING_MAX);
}

static void bound_moments(const ist_moment_errors *m, ist_errors *e) {
  const size_t d = m->d, entries = d * d;
  e->expected_B.bound = ist_outward(m->B_scale * largest(m->B_abs, entries));
  e->expected_v.bound = largest(m->v, d);
  e->second_moment.bound = largest(m->second, entries);
  e->W.bound = largest(m->W, entries);
  e->cov_v.bound = largest(m->cov, entries);
}

static bool bound_all(const ist_problem *p, const ist_moment_errors *m, ist_constants *c,
                      ist_errors *e) {
  const size_t d = c->d;
  double *hi = p->L_stride == 0 ? NULL : ist_memory_doubles(2, d, d);
  if (hi == NULL && p->L_stride != 0)
    return false;
  const ist_pair_matrix L = ist_pair_mean_L(p, m->L_abs, hi, hi == NULL ? NULL : hi + d * d);
  *e = (ist_errors){0};
  bound_moments(m, e);
  ist_bound_eigenvalues(m, &L, c, e);
  const bool ok = ist_bound_points(p, m, &L, c, e) && ist_bound_noise(p, m, c, e);
  free(hi);
  return ok;
}

void ist_constants_bound(const ist_problem *p, ist_constants *c, ist_errors *e) {
  ist_moment_errors m;
  nothing(e, "not enough memory to bound it");
  if (!ist_moment_errors_init(p, c->sketch, 0, &m))
    return;
  if (!within_range(&m, c))
    nothing(e, "not bounded: a number of the problem exceeds 2^100");
  else if (!bound_all(p, &m, c, e))
    nothing(e, "not enough memory to bound it");
  ist_moment_errors_free(&m);
}

/* Whether the exact theta is proved to be at most t > 0. */
static bool theta_at_most(const ist_moment_errors *m, const ist_constants *c, double t,
                          double *work) {
  const ist_inexact W = {c->W, m->W, 1}, second = {c->second_moment, m->second, 1};
  const ist_inexact L = {c->L_bar, m->L_abs, m->L_scale}, identity = {0};
  if (ist_full_gradient(c->d, c->sketch)) /* the largest eigenvalue of L_bar */
    return ist_proved_above(c->d, -1, L, identity, -t, work);
  return ist_proved_above(c->d, -1, second, W, -t, work);
}

double ist_theta_upper_from(const ist_moment_errors *m, const ist_constants *c) {
  const size_t d = c->d, entries = d * d;
  double *work = ist_memory_doubles(d + 2, d, 1), upper = INFINITY;
  const bool within = c->theta.exists && largest(m->L_abs, entries) <= IST_ROUNDING_MAX &&
                      largest(m->B_abs, entries) <= IST_ROUNDING_MAX;
  for (int e = -26; e < 0 && work != NULL && within && !isfinite(upper); e += 4) {
    const double t = c->theta.value * (1 + ldexp(1, e));
    if (theta_at_most(m, c, t, work))
      upper = t;
  }
  free(work);
  return upper;
}

double ist_theta_upper(const ist_problem *p, const ist_constants *c) {
  ist_moment_errors m;
  if (!c->theta.exists)
    return INFINITY;
  if (c->sketch.kind == IST_SCALED_PERM && c->q == 1)
    return 1; /* B = I, and L_bar is positive definite */
  if (!ist_matrix_errors_init(p, c->sketch, &m))
    return INFINITY;
  const double upper = ist_theta_upper_from(&m, c);
  ist_moment_errors_free(&m);
  return upper;
}
