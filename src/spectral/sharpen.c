#include "sharpen.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "factor.h"
#include "machine/memory.h"
#include "moments/rounding.h"

/** How often x is improved at most. */
#define MOST_STEPS 8

typedef struct {
  size_t d;
  double sign;
  const ist_pair_matrix *A;
  double *deflated, *err, *factor; /* d*d each; the last with 2*d entries of work */
  ist_pairs x, b, r, best;         /* d entries each */
  double *bound;                   /* |r_j - exact| */
  double mu;
} sharpener;

static bool open_sharpener(sharpener *s, const double *vector) {
  const size_t d = s->d;
  s->deflated = ist_memory_doubles(3 * d + 2, d, 1);
  s->x.hi = ist_memory_doubles(9, d, 1);
  if (s->deflated == NULL || s->x.hi == NULL)
    return false;
  s->err = s->deflated + d * d;
  s->factor = s->err + d * d;
  s->x.lo = s->x.hi + d;
  s->b = (ist_pairs){s->x.lo + d, s->x.lo + 2 * d};
  s->r = (ist_pairs){s->b.lo + d, s->b.lo + 2 * d};
  s->best = (ist_pairs){s->r.lo + d, s->r.lo + 2 * d};
  s->bound = s->best.lo + d;
  memcpy(s->x.hi, vector, d * sizeof *vector);
  return true;
}

static double squares(const double *v, size_t d) {
  double sum = 0;
  for (size_t j = 0; j < d; j++)
    sum += v[j] * v[j];
  return sum;
}

/* Whether sign A + c x x' - mu I is proved positive definite, c ||x||^2 = 16 (mu - value). */
static bool second_is_above(sharpener *s, ist_inexact rough, double value) {
  const size_t d = s->d;
  const double c = 16 * (s->mu - value) / squares(s->x.hi, d);
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++) {
      const size_t at = j * d + k;
      const double lift = c * s->x.hi[j] * s->x.hi[k], a = rough.mid[at];
      s->deflated[at] = s->sign * a + lift;
      /* Two roundings of c x_j x_k and one of the sum. */
      s->err[at] = (rough.err == NULL ? 0 : rough.scale * rough.err[at]) +
                   4 * IST_UNIT * (fabs(a) + fabs(lift));
    }
  const ist_inexact deflated = {s->deflated, s->err, 1 + 0x1p-20}, identity = {0};
  return ist_proved_above(d, 1, deflated, identity, s->mu, s->factor);
}

/* r = sigma x - sign A x; returns a bound of ||r||. sigma x is a pair to 3 u^2 relative. */
static double residual(sharpener *s, double sigma) {
  const size_t d = s->d;
  for (size_t j = 0; j < d; j++) {
    const double factor = s->sign * sigma, product = factor * s->x.hi[j];
    const double error = fma(factor, s->x.hi[j], -product) + factor * s->x.lo[j];
    ist_two_sum(product, error, s->b.hi + j, s->b.lo + j);
  }
  ist_pair_residual(s->A, s->x, s->b, s->r, s->bound);
  double sum = 0;
  for (size_t j = 0; j < d; j++) {
    s->bound[j] = ist_outward(s->bound[j] + 4 * IST_UNIT * IST_UNIT * fabs(s->b.hi[j]));
    s->r.hi[j] *= s->sign;
    s->r.lo[j] *= s->sign;
    const double r = fabs(s->r.hi[j]) * (1 + 2 * IST_UNIT) + s->bound[j];
    sum += r * r;
  }
  return ist_outward(sqrt(ist_outward(sum)));
}

static void copy(size_t d, ist_pairs from, ist_pairs to) {
  memcpy(to.hi, from.hi, d * sizeof *to.hi);
  memcpy(to.lo, from.lo, d * sizeof *to.lo);
}

/* x <- x + (sign A + c x x' - mu I)^{-1} r while that makes r smaller. Leaves r and *norm as of x.
 */
static void improve(sharpener *s, double sigma, double *norm) {
  const size_t d = s->d;
  *norm = residual(s, sigma);
  for (int step = 0; step < MOST_STEPS; step++) {
    copy(d, s->x, s->best);
    /* The part of r along x is due to sigma, not to x. */
    double along = 0;
    for (size_t j = 0; j < d; j++)
      along += s->r.hi[j] * s->x.hi[j];
    along /= squares(s->x.hi, d);
    for (size_t j = 0; j < d; j++)
      s->b.hi[j] = s->r.hi[j] - along * s->x.hi[j];
    ist_solve_with_factor(s->factor, d, s->b.hi);
    ist_pair_add(d, s->x, s->b.hi);
    const double next = residual(s, sigma);
    if (!(next < 0.5 * *norm)) {
      copy(d, s->best, s->x);
      *norm = residual(s, sigma);
      return;
    }
    *norm = next;
  }
}

/* rho = sigma - x'r / x'x; *error bounds its distance from the exact quotient of x. */
static double quotient(const sharpener *s, double sigma, double *error) {
  const size_t d = s->d;
  double xr_bound, xx_bound, off = 0;
  const double xr = ist_pair_dot(d, s->x, s->r, &xr_bound);
  const double xx = ist_pair_dot(d, s->x, s->x, &xx_bound);
  for (size_t j = 0; j < d; j++)
    off += fabs(s->x.hi[j]) * s->bound[j];
  const double share = xr / xx, rho = sigma - share;
  /* Errors of numerator and denominator, the quotient, the difference, and twice more for the ends
   * of the interval, which are rounded as well. */
  *error = ist_outward((xr_bound + off * (1 + 2 * IST_UNIT)) / (xx - xx_bound) +
                       fabs(share) * (xx_bound / (xx - xx_bound) + 2 * IST_UNIT) +
                       3 * IST_UNIT * fabs(rho));
  return rho;
}

static void narrow(sharpener *s, ist_inexact rough, ist_proved *x) {
  s->mu = x->value + 4 * (x->value - x->lo);
  if (!(s->mu > x->hi) || !second_is_above(s, rough, x->value))
    return;
  double norm, error, sigma = x->value;
  improve(s, sigma, &norm);
  for (int k = 0; k < 2;
       k++) { /* sigma itself once more, as ||A x - sigma x|| contains its error */
    sigma = quotient(s, sigma, &error);
    improve(s, sigma, &norm);
  }
  const double rho = quotient(s, sigma, &error), gap = s->mu - rho - error;
  if (!(gap > 0))
    return;
  const double length = sqrt(squares(s->x.hi, s->d)) * (1 - 0x1p-20);
  const double relative = norm / length;
  const double below = ist_outward(error + relative * relative / (gap * (1 - 0x1p-20)));
  x->value = rho;
  x->lo = fmax(x->lo, rho - below);
  x->hi = fmin(x->hi, rho + ist_outward(error));
}

void ist_sharpen(double sign, const ist_pair_matrix *A, ist_inexact rough, const double *vector,
                 ist_proved *x) {
  sharpener s = {.d = A->d, .sign = sign, .A = A};
  if (x->exists && open_sharpener(&s, vector))
    narrow(&s, rough, x);
  free(s.deflated);
  free(s.x.hi);
}
