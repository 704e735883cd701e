#include "closed_expectation.h"

#include <math.h>

#include "moments/rounding.h"

static double power(double a, size_t k) {
  double result = 1;
  for (; k > 0; k /= 2) {
    if (k % 2 == 1)
      result *= a;
    a *= a;
  }
  return result;
}

/* A number and a bound of its error. */
typedef struct {
  double value, error;
} number;

/* gamma/(2 - gamma) (1 - a^2k): four roundings, and the error of a^2k. */
static number growth_of(double gamma, number ak) {
  const double rate = gamma / (2 - gamma), square = ak.value * ak.value;
  const double off = 2 * fabs(ak.value) * ak.error + ak.error * ak.error + 4 * IST_UNIT;
  return (number){rate * (1 - square), ist_outward(rate * (off + 4 * IST_UNIT))};
}

/* y = a^k (x0 - z) - (1 - a^k)(z - fixed) into y, and a bound of ||y - exact|| given those of z and
 * fixed: the error of a^k times both differences, the points' errors, and four roundings. */
static double mean_from(const ist_constants *c, const double *x0, number ak, double star,
                        double fixed, double *y) {
  const double rest = 1 - ak.value;
  double sum = 0;
  for (size_t j = 0; j < c->d; j++) {
    const double start = x0[j] - c->x_star[j], bias = c->x_star[j] - c->x_fixed[j];
    y[j] = ak.value * start - rest * bias;
    const double off = (ak.error + 8 * IST_UNIT * fabs(ak.value)) * fabs(start) +
                       (ak.error + 8 * IST_UNIT) * fabs(bias);
    sum += off * off;
  }
  return ist_outward(sqrt(ist_outward(sum)) + (fabs(ak.value) + ak.error) * star +
                     (fabs(rest) + ak.error + 2 * IST_UNIT) * (star + fixed));
}

/* y'L y with y known to within off in norm. */
static number square_L(const ist_constants *c, const ist_errors *e, const ist_moment_errors *m,
                       const double *y, double off) {
  const size_t d = c->d;
  double value = 0, absolute = 0;
  for (size_t j = 0; j < d; j++) {
    double row = 0, row_absolute = 0;
    for (size_t k = 0; k < d; k++) {
      row += c->L_bar[j * d + k] * y[k];
      row_absolute += m->L_abs[j * d + k] * fabs(y[k]);
    }
    value += y[j] * row;
    absolute += fabs(y[j]) * row_absolute;
  }
  const double rounding = ist_outward(ist_gamma(2 * d + c->n + 16) * absolute);
  const double moved = sqrt(c->lambda_max + e->lambda_max.bound) * off;
  const double length = sqrt(fmax(value, 0) + rounding);
  return (number){value, ist_outward(rounding + 2 * length * moved + moved * moved)};
}

/* ||x0 - fixed||^2. */
static number square_start(const ist_constants *c, const double *x0, double off) {
  double sum = 0;
  for (size_t j = 0; j < c->d; j++)
    sum += (x0[j] - c->x_fixed[j]) * (x0[j] - c->x_fixed[j]);
  return (number){sum, ist_outward(ist_gamma(c->d + 4) * sum + 2 * sqrt(sum) * off + off * off)};
}

static number trace_of_covariance(const ist_constants *c, const ist_moment_errors *m) {
  double sum = 0, absolute = 0, off = 0;
  for (size_t j = 0; j < c->d; j++) {
    sum += c->cov_v[j * c->d + j];
    absolute += fabs(c->cov_v[j * c->d + j]);
    off += m->cov[j * c->d + j];
  }
  return (number){sum, ist_outward(off + ist_gamma(c->d) * absolute)};
}

/* x + y z, with three roundings at most. */
static number add_product(number x, number y, number z) {
  const double product = y.value * z.value;
  const double off = fabs(y.value) * z.error + y.error * fabs(z.value) + y.error * z.error;
  return (number){x.value + product,
                  ist_outward(x.error + off + 4 * IST_UNIT * (fabs(x.value) + fabs(product)))};
}

ist_bounded_expectation ist_closed_expectation(const ist_constants *c, const ist_errors *e,
                                               const ist_moment_errors *m, const double *x0,
                                               double gamma, size_t k, double *work) {
  number ak = {.value = power(1 - gamma, k)};
  ak.error = ist_outward(ist_gamma(3 * k + 4) * fabs(ak.value));
  const number growth = growth_of(gamma, ak);
  const double off = mean_from(c, x0, ak, e->x_star_distance, e->x_fixed_distance, work);
  const number sigma = {c->sigma_sq.value, e->sigma_sq.bound};
  const number mean = square_L(c, e, m, work, off);
  const number star = add_product(mean, growth, sigma);
  const number square = {ak.value * ak.value,
                         ist_outward(2 * fabs(ak.value) * ak.error + ak.error * ak.error +
                                     IST_UNIT * ak.value * ak.value)};
  number fixed = add_product((number){0}, square, square_start(c, x0, e->x_fixed_distance));
  fixed = add_product(fixed, growth, trace_of_covariance(c, m));
  return (ist_bounded_expectation){
      {star.value / 2, star.value, star.value, fixed.value, mean.value / 2},
      {star.error / 2, star.error, star.error, fixed.error, mean.error / 2}};
}
