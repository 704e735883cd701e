#include "point_errors.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "factor.h"
#include "machine/memory.h"
#include "moments/dense.h"
#include "moments/effective.h"
#include "moments/linear.h"
#include "moments/majorant.h"
#include "moments/noise.h"
#include "moments/rounding.h"
#include "proved.h"
#include "regular.h"

#define MOST_STEPS 12

static const char no_lambda[] =
    "the smallest eigenvalue of L is not proved positive in double precision";
static const char no_lambda_B[] = "E[B] is not proved regular in double precision";

/* A x = b, refined. */
typedef struct {
  size_t d;
  ist_pair_matrix A;
  double *R;                 /* the factor of A.hi, d*d; NULL: x is left as it is */
  ist_pairs b, x, r, best;   /* d entries each */
  double *b_bound, *r_bound; /* |b - exact|, |r - exact| */
  double residual;           /* bounds the 2-norm of the exact b - A x */
  double distance;           /* bounds that of x - A^{-1} b */
} point;

static bool open_point(point *q, size_t d, const double *x) {
  double *v = ist_memory_doubles(10, d, 1);
  *q = (point){.d = d,
               .b = {v, v + d},
               .x = {v + 2 * d, v + 3 * d},
               .r = {v + 4 * d, v + 5 * d},
               .best = {v + 6 * d, v + 7 * d},
               .b_bound = v + 8 * d,
               .r_bound = v + 9 * d};
  if (v != NULL)
    memcpy(q->x.hi, x, d * sizeof *x);
  return v != NULL;
}

static void close_point(point *q) { free(q->b.hi); }

static void find_residual(point *q) {
  double sum = 0;
  ist_pair_residual(&q->A, q->x, q->b, q->r, q->r_bound);
  for (size_t j = 0; j < q->d; j++) {
    q->r_bound[j] = ist_outward(q->r_bound[j] + q->b_bound[j]);
    const double r = fabs(q->r.hi[j]) * (1 + 2 * IST_UNIT) + q->r_bound[j];
    sum += r * r;
  }
  q->residual = ist_outward(sqrt(ist_outward(sum)));
}

static void copy(size_t d, ist_pairs from, ist_pairs to) {
  memcpy(to.hi, from.hi, d * sizeof *to.hi);
  memcpy(to.lo, from.lo, d * sizeof *to.lo);
}

/* Iterative refinement, for as long as the residual halves at least. */
static void refine(point *q) {
  const size_t d = q->d;
  find_residual(q);
  for (int step = 0; step < MOST_STEPS && q->R != NULL && q->residual > 0x1p-470; step++) {
    const double before = q->residual;
    copy(d, q->x, q->best);
    ist_solve_with_factor(q->R, d, q->r.hi);
    ist_pair_add(d, q->x, q->r.hi);
    find_residual(q);
    if (!(q->residual < 0.5 * before)) {
      if (!(q->residual <= before)) {
        copy(d, q->best, q->x);
        find_residual(q);
      }
      return;
    }
  }
}

static void conclude(point *q, double lambda) {
  q->distance = lambda > 0 ? ist_outward(q->residual / lambda) : INFINITY;
}

/* The factor of A into R (d*d); NULL if there is none. */
static double *factor_of(const double *A, size_t d, double *R) {
  memcpy(R, A, d * d * sizeof *A);
  return ist_factorise(R, d) ? R : NULL;
}

/* Of the printed hi: what lo leaves out, and the distance. */
static ist_error vector_error(ist_pairs x, size_t d, double distance, const char *reason) {
  double left = 0;
  for (size_t j = 0; j < d; j++)
    left = fmax(left, fabs(x.lo[j]));
  if (!isfinite(distance))
    return (ist_error){INFINITY, reason};
  return (ist_error){.bound = ist_outward(distance + left)};
}

static double norm(const double *v, size_t d) {
  double sum = 0;
  for (size_t j = 0; j < d; j++)
    sum += v[j] * v[j];
  return ist_outward(sqrt(ist_outward(sum)));
}

/* A zero right side has the zero solution, exactly. */
static bool all_zero(const double *v, size_t d) {
  for (size_t j = 0; j < d; j++)
    if (v[j] != 0)
      return false;
  return true;
}

/* f* = f(x) - r'L^{-1}r/2 and f(x) = -(b + r)'x/2 for r = b - L x: within ||r||^2 / (2 lambda)
 * below the latter. */
static void bound_minimum(const point *q, double lambda, ist_constants *c, ist_errors *e) {
  double bx_bound, rx_bound;
  const double bx = ist_pair_dot(q->d, q->b, q->x, &bx_bound);
  const double rx = ist_pair_dot(q->d, q->r, q->x, &rx_bound);
  double off = 0;
  for (size_t j = 0; j < q->d; j++)
    off += (q->b_bound[j] + q->r_bound[j]) * fabs(q->x.hi[j]) * (1 + 2 * IST_UNIT);
  c->f_star = 0 - 0.5 * (bx + rx);
  if (!(lambda > 0)) {
    e->f_star = (ist_error){INFINITY, no_lambda};
    return;
  }
  e->f_star.bound = ist_outward(0.5 * (bx_bound + rx_bound + off) + IST_UNIT * fabs(c->f_star) +
                                q->residual * q->residual / (2 * lambda));
}

/* A lower bound of lambda_min of d [(d-q) D + (q-1) L_bar], D = Diag(L_bar), which is at least
 * d [(d-q) min D + (q-1) lambda]; no diagonal entry is below lambda = lambda_min(L_bar). */
static double plain_lambda(const ist_constants *c, const ist_moment_errors *m, double lambda) {
  const double d = (double)c->d, q = (double)c->q;
  double least = INFINITY;
  for (size_t j = 0; j < c->d; j++) {
    const size_t at = j * c->d + j;
    least = fmin(least, c->L_bar[at] - m->L_scale * m->L_abs[at]);
  }
  return d * ((d - q) * fmax(least, lambda) + (q - 1) * lambda) * (1 - 0x1p-20);
}

/* x_fixed under Perm-q, Rand-q: [D + rho (L_bar - D)] x = (q/d) b_bar, times d (d-1): the matrix
 * has d (d-1) on the diagonal and d (q-1) off it, times L_bar, and the right side (d-1) q, times
 * b_bar. Each factor is an integer. */
static bool plain_fixed_point(const point *star, const ist_moment_errors *m,
                              const ist_pair_matrix *L, double lambda, const ist_constants *c,
                              point *q) {
  const size_t d = c->d;
  const double n = (double)d, size = (double)c->q;
  double *hi = ist_memory_doubles(4, d, d);
  if (hi == NULL)
    return false;
  q->A = ist_pair_scaled(L, n * (n - 1), n * (size - 1), hi, hi + d * d, hi + 2 * d * d);
  for (size_t j = 0; j < d; j++) {
    const double factor = (n - 1) * size, product = factor * star->b.hi[j];
    const double error = fma(factor, star->b.hi[j], -product) + factor * star->b.lo[j];
    ist_two_sum(product, error, q->b.hi + j, q->b.lo + j);
    q->b_bound[j] =
        ist_outward(factor * star->b_bound[j] + 4 * IST_UNIT * IST_UNIT * fabs(q->b.hi[j]));
  }
  q->R = factor_of(hi, d, hi + 3 * d * d);
  refine(q);
  conclude(q, plain_lambda(c, m, lambda));
  free(hi);
  return true;
}

/* The largest of a few t for which E[B] - t I is proved positive definite; if none is, what its
 * eigenvalues are proved not to be below in magnitude, 0 if that is nothing. */
static double lambda_of_B(const ist_inexact *B, size_t d, double *work) {
  const ist_inexact identity = {0};
  double t = INFINITY;
  for (size_t j = 0; j < d; j++)
    t = fmin(t, B->mid[j * d + j]);
  for (int k = 0; k < 16 && t > 0; k++) {
    t /= k < 8 ? 2 : 16;
    if (ist_proved_above(d, 1, *B, identity, t, work))
      return t;
  }
  return ist_least_magnitude(d, *B);
}

/* x_fixed under scaled Perm-q: E[B] and E[v] are irrational, and known up to their errors. */
static bool scaled_fixed_point(const ist_moment_errors *m, ist_constants *c, point *q) {
  const size_t d = c->d;
  const ist_inexact B = {c->expected_B, m->B_abs, m->B_scale};
  double *work = ist_memory_doubles(d + 2, d, 1);
  if (work == NULL)
    return false;
  q->A = (ist_pair_matrix){.d = d, .hi = c->expected_B, .abs = m->B_abs, .scale = m->B_scale};
  memcpy(q->b.hi, c->expected_v, d * sizeof *c->expected_v);
  memcpy(q->b_bound, m->v, d * sizeof *m->v);
  find_residual(q);
  conclude(q, c->q == 1 ? 1 - 0x1p-40 : lambda_of_B(&B, d, work)); /* q = 1: E[B] = I */
  free(work);
  return true;
}

/* ||h||^2 in the norm of L_bar, h = y - z as a pair with ||h - exact|| <= distance: with w = L_bar
 * h, wrong by at most 2 ||w|| distance + lambda_max distance^2. */
static void bound_h_norm(const ist_pair_matrix *L, ist_pairs h, ist_pairs w, double *w_bound,
                         double distance, double lambda_max, ist_constants *c, ist_errors *e) {
  const size_t d = L->d;
  double dot_bound, off = 0;
  ist_pair_residual(L, h, (ist_pairs){0}, w, w_bound); /* -L_bar h */
  const double dot = ist_pair_dot(d, h, w, &dot_bound);
  for (size_t j = 0; j < d; j++)
    off += fabs(h.hi[j]) * (1 + 2 * IST_UNIT) * w_bound[j];
  c->h_norm_sq.value = fmax(-dot, 0);
  const double w_norm = norm(w.hi, d) * (1 + 2 * IST_UNIT) + norm(w_bound, d);
  e->h_norm_sq.bound =
      ist_outward(dot_bound + off + 2 * w_norm * distance + lambda_max * distance * distance);
}

/* An upper bound of lambda_max(L_bar). */
static double largest(const ist_constants *c, const ist_moment_errors *m, const ist_errors *e) {
  const double enclosed = c->lambda_max + e->lambda_max.bound;
  return ist_outward(isfinite(enclosed) ? enclosed : ist_norm_above(c->d, m->L_abs));
}

static void bound_h(const point *star, const point *fixed, const ist_moment_errors *m,
                    const ist_pair_matrix *L, ist_constants *c, ist_errors *e) {
  const size_t d = c->d;
  const double distance = star->distance + fixed->distance;
  const ist_pairs h = fixed->best, w = fixed->r; /* no longer needed */
  double rounding = 0;
  for (size_t j = 0; j < d; j++) {
    double hi, lo;
    ist_two_sum(star->x.hi[j], -fixed->x.hi[j], &hi, &lo);
    ist_two_sum(hi, lo + (star->x.lo[j] - fixed->x.lo[j]), h.hi + j, h.lo + j);
    /* Two roundings of numbers of at most 2 u (|x_j| + |y_j|). */
    rounding += fabs(star->x.hi[j]) + fabs(fixed->x.hi[j]);
    c->h[j] = h.hi[j];
  }
  const double off = ist_outward(distance + 8 * IST_UNIT * IST_UNIT * rounding);
  const char *reason = isfinite(star->distance) ? e->x_fixed.reason : no_lambda;
  e->h = vector_error(h, d, off, reason);
  if (isfinite(off))
    bound_h_norm(L, h, w, fixed->r_bound, off, largest(c, m, e), c, e);
  else
    e->h_norm_sq = (ist_error){INFINITY, reason};
}

static bool bound_fixed_point(const point *star, const ist_moment_errors *m,
                              const ist_pair_matrix *L, ist_constants *c, ist_errors *e) {
  const size_t d = c->d;
  if (c->x_fixed == NULL)
    return true;
  if (ist_full_gradient(d, c->sketch)) { /* x_fixed is x*, and h is 0 */
    memcpy(c->x_fixed, c->x_star, d * sizeof *c->x_star);
    memset(c->h, 0, d * sizeof *c->h);
    c->h_norm_sq.value = 0;
    e->x_fixed = e->x_star;
    e->x_fixed_distance = e->x_star_distance;
    return true;
  }
  point q;
  bool ok = open_point(&q, d, c->x_fixed);
  const bool scaled = c->sketch.kind == IST_SCALED_PERM;
  if (ok)
    ok = scaled ? scaled_fixed_point(m, c, &q)
                : plain_fixed_point(star, m, L, e->lambda_min_lower, c, &q);
  if (ok) {
    memcpy(c->x_fixed, q.x.hi, d * sizeof *c->x_fixed);
    e->x_fixed = vector_error(q.x, d, q.distance, scaled ? no_lambda_B : no_lambda);
    e->x_fixed_distance = ist_outward(q.distance + norm(q.x.lo, d));
    bound_h(star, &q, m, L, c, e);
  }
  close_point(&q);
  return ok;
}

bool ist_bound_points(const ist_problem *p, const ist_moment_errors *m, const ist_pair_matrix *L,
                      ist_constants *c, ist_errors *e) {
  const size_t d = c->d;
  point q;
  double *R = ist_memory_doubles(1, d, d);
  bool ok = open_point(&q, d, c->x_star) && R != NULL;
  if (ok) {
    q.A = *L;
    ist_pair_mean_b(p, q.b, q.b_bound);
    q.R = factor_of(L->hi, d, R);
    refine(&q);
    conclude(&q, e->lambda_min_lower);
    if (all_zero(c->b_bar, d) && p->interpolation)
      q.distance = q.residual = 0;
    memcpy(c->x_star, q.x.hi, d * sizeof *c->x_star);
    e->x_star = vector_error(q.x, d, q.distance, no_lambda);
    e->x_star_distance = ist_outward(q.distance + norm(q.x.lo, d));
    bound_minimum(&q, e->lambda_min_lower, c, e);
    ok = bound_fixed_point(&q, m, L, c, e);
  }
  close_point(&q);
  free(R);
  return ok;
}

/* <A, B> for nonnegative A and |B| + extra. */
static double absolute_inner(size_t entries, const double *A, const double *B,
                             const double *extra) {
  double sum = 0;
  for (size_t j = 0; j < entries; j++)
    sum += A[j] * (fabs(B[j]) + extra[j]);
  return ist_outward(sum);
}

/* |<L_bar, Cov v> - exact|. */
static double constant_noise_error(const ist_moment_errors *m, const ist_constants *c) {
  const size_t entries = c->d * c->d;
  double off = 0;
  for (size_t j = 0; j < entries; j++)
    off += m->L_abs[j] * m->cov[j];
  return ist_outward(off + ist_gamma(2 * c->d + c->n + 16) *
                               absolute_inner(entries, m->L_abs, c->cov_v, m->cov));
}

/* Bounds of the parts of the noise at x (ist_noise_from): x'E[BLB]x, 2 x'E[BLv],
 * (E[B]x)'L(E[B]x - 2 E[v]) and <L, Cov v>. ax: |x|; work: 3*d. */
static double noise_error(const ist_moment_errors *m, const ist_constants *c, const double *cross,
                          const double *ax, double *work) {
  const size_t d = c->d;
  double quadratic = 0, quadratic_off = 0, linear = 0, linear_off = 0, mean = 0;
  double *Bx = work, *rest = Bx + d, *L_rest = rest + d;
  ist_apply(d, m->B_abs, ax, Bx);
  for (size_t j = 0; j < d; j++)
    rest[j] = Bx[j] + 2 * m->v_abs[j];
  ist_apply(d, m->L_abs, rest, L_rest);
  for (size_t j = 0; j < d; j++) {
    double row = 0, row_off = 0;
    for (size_t k = 0; k < d; k++) {
      row += fabs(c->second_moment[j * d + k]) * ax[k];
      row_off += m->second[j * d + k] * ax[k];
    }
    quadratic += ax[j] * row;
    quadratic_off += ax[j] * row_off;
    linear += 2 * ax[j] * fabs(cross[j]);
    linear_off += 2 * ax[j] * m->cross[j];
    mean += Bx[j] * L_rest[j];
  }
  return ist_outward(quadratic_off + linear_off + ist_gamma(2 * d + 16) * (quadratic + linear) +
                     ist_gamma(4 * d + 4 * c->n + 64) * mean + constant_noise_error(m, c));
}

/* Moving x by distance changes the root of E||g - Eg||^2 by at most the root of delta'E[BLB]delta.
 */
static double moved(const ist_moment_errors *m, const ist_constants *c, double noise,
                    double distance, double *work) {
  const size_t entries = c->d * c->d;
  for (size_t j = 0; j < entries; j++)
    work[j] = fabs(c->second_moment[j]) + m->second[j];
  const double step = distance * sqrt(ist_norm_above(c->d, work));
  return ist_outward(2 * step * sqrt(noise) + step * step);
}

static bool bound_varying_noise(const ist_problem *p, const ist_moment_errors *m, ist_constants *c,
                                ist_errors *e) {
  const size_t d = c->d;
  double *v = ist_memory_doubles(5, d, 1), *work = ist_memory_doubles(1, d, d);
  bool ok = v != NULL && work != NULL;
  if (ok) {
    double *cross = v, *ax = v + d;
    const ist_noise_moments moments = {c->expected_B, c->expected_v, c->second_moment, cross,
                                       c->cov_v};
    double noise = 0;
    ok = ist_cross_moment(p, c->sketch, c->L_bar, cross) &&
         ist_noise_from(&moments, d, c->L_bar, c->x_star, &noise);
    for (size_t j = 0; j < d; j++)
      ax[j] = fabs(c->x_star[j]);
    const double error = noise_error(m, c, cross, ax, v + 2 * d);
    const double above = fmax(noise, 0) + error;
    c->sigma_sq_star = fmax(noise, 0); /* as the exact number is not negative, no further away */
    e->sigma_sq_star.bound = ist_outward(error + moved(m, c, above, e->x_star_distance, work));
    if (!isfinite(e->x_star_distance))
      e->sigma_sq_star = (ist_error){INFINITY, no_lambda};
  }
  free(v);
  free(work);
  return ok;
}

bool ist_bound_noise(const ist_problem *p, const ist_moment_errors *m, ist_constants *c,
                     ist_errors *e) {
  if (!c->sigma_sq.exists)
    return bound_varying_noise(p, m, c, e);
  e->sigma_sq.bound = e->sigma_sq_star.bound = constant_noise_error(m, c);
  return true;
}
