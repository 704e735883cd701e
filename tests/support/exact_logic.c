#include "exact_logic.h"

#include "acsl.h"

/* out = v factor. */
static void times(arb_t out, const arb_t v, double factor, slong prec) {
  arb_t f;
  arb_init(f);
  arb_set_d(f, factor);
  arb_mul(out, v, f, prec);
  arb_clear(f);
}

/* out += summand. */
static void plus(arb_t out, double summand, slong prec) {
  arb_t s;
  arb_init(s);
  arb_set_d(s, summand);
  arb_add(out, out, s, prec);
  arb_clear(s);
}

/* sum += t and absolute += |t|. */
static void accumulate(arb_t sum, arb_t absolute, const arb_t t, slong prec) {
  arb_t size;
  arb_init(size);
  arb_abs(size, t);
  arb_add(sum, sum, t, prec);
  arb_add(absolute, absolute, size, prec);
  arb_clear(size);
}

bool exact_within(double computed, const arb_t value, const arb_t bound, double *ratio,
                  slong prec) {
  arb_t error, quotient;
  arf_t worst;
  arb_init(error);
  arb_init(quotient);
  arf_init(worst);
  arb_set_d(error, computed);
  arb_sub(error, error, value, prec);
  arb_abs(error, error);
  bool within = arb_le(error, bound);
  if (arb_is_zero(error)) {
    *ratio = 0;
  } else {
    arb_div(quotient, error, bound, 64);
    arb_get_ubound_arf(worst, quotient, 64);
    *ratio = arf_get_d(worst, ARF_RND_UP);
  }
  arb_clear(error);
  arb_clear(quotient);
  arf_clear(worst);
  return within;
}

void exact_sum_error(arb_t out, double k, const arb_t A, slong prec) {
  acsl_evaluate(out, "sum_error", (acsl_argument[]){{NULL, k}, {A, 0}}, 2, prec);
}

void exact_rounding(arb_t out, const arb_t v, slong prec) {
  acsl_evaluate(out, "rounded", (acsl_argument[]){{NULL, 0}, {v, 0}}, 2, prec);
}

void exact_dot(arb_t sum, arb_t absolute, const double *a, const double *x, size_t d, slong prec) {
  arb_t t;
  arb_init(t);
  arb_zero(sum);
  arb_zero(absolute);
  for (size_t j = 0; j < d; j++) {
    arb_set_d(t, a[j]);
    times(t, t, x[j], prec);
    accumulate(sum, absolute, t, prec);
  }
  arb_clear(t);
}

void exact_form(arb_t sum, arb_t absolute, arb_t norm, const double *A, const double *x, size_t d,
                slong prec) {
  arb_t row, size;
  arb_init(row);
  arb_init(size);
  arb_zero(sum);
  arb_zero(absolute);
  arb_zero(norm);
  for (size_t j = 0; j < d; j++) {
    const double length = x[j] < 0 ? -x[j] : x[j];
    exact_dot(row, size, A + j * d, x, d, prec);
    times(row, row, x[j], prec);
    times(size, size, length, prec);
    arb_add(sum, sum, row, prec);
    arb_add(absolute, absolute, size, prec);
    plus(norm, length, prec);
  }
  arb_clear(row);
  arb_clear(size);
}

void exact_value_error(arb_t out, double d, const arb_t Q, const arb_t X, const arb_t B,
                       slong prec) {
  acsl_evaluate(out, "value_error", (acsl_argument[]){{NULL, d}, {Q, 0}, {X, 0}, {B, 0}}, 4, prec);
}

void exact_block_dot(arb_t sum, arb_t absolute, const double *row, const size_t *S, const double *w,
                     size_t q, slong prec) {
  arb_t t;
  arb_init(t);
  arb_zero(sum);
  arb_zero(absolute);
  for (size_t k = 0; k < q; k++) {
    arb_set_d(t, row[S[k]]);
    times(t, t, w[k], prec);
    accumulate(sum, absolute, t, prec);
  }
  arb_clear(t);
}

void exact_scaled_error(arb_t out, double k, const arb_t A, double b, double s, slong prec) {
  acsl_evaluate(out, "scaled_error", (acsl_argument[]){{NULL, k}, {A, 0}, {NULL, b}, {NULL, s}}, 4,
                prec);
}

size_t exact_merged(arb_t sum, arb_t absolute, const double *g, const size_t *block, size_t m,
                    size_t j, slong prec) {
  arb_t t;
  size_t members = 0;
  arb_init(t);
  arb_zero(sum);
  arb_zero(absolute);
  for (size_t k = 0; k < m; k++)
    if (block[k] == j) {
      arb_set_d(t, g[k]);
      accumulate(sum, absolute, t, prec);
      members++;
    }
  arb_clear(t);
  return members;
}

void exact_step_error(arb_t out, double x, double gamma, const arb_t mean, slong prec) {
  acsl_evaluate(out, "step_error", (acsl_argument[]){{NULL, x}, {NULL, gamma}, {mean, 0}}, 3, prec);
}

void exact_homogeneous(arb_t power, arb_t iterate, double gamma, const arb_t x0, const arb_t c,
                       size_t K, slong prec) {
  arb_set_d(power, -gamma);
  plus(power, 1, prec);
  arb_pow_ui(power, power, K, prec);
  acsl_evaluate(iterate, "blend", (acsl_argument[]){{power, 0}, {x0, 0}, {c, 0}}, 3, prec);
}

void exact_memory(arb_t out, double gamma, size_t K, slong prec) {
  acsl_evaluate(out, "memory", (acsl_argument[]){{NULL, gamma}, {NULL, (double)K}}, 2, prec);
}

/* NAME(memory(gamma, K), magnitude(x0, c)). */
static void drift(arb_t out, const char *name, double gamma, size_t K, double x0, double c,
                  slong prec) {
  arb_t M;
  arb_init(M);
  acsl_evaluate(M, "magnitude", (acsl_argument[]){{NULL, x0}, {NULL, c}}, 2, prec);
  exact_memory(out, gamma, K, prec);
  acsl_evaluate(out, name, (acsl_argument[]){{out, 0}, {M, 0}}, 2, prec);
  arb_clear(M);
}

void exact_drift(arb_t out, double gamma, size_t K, double x0, double c, slong prec) {
  drift(out, "drift", gamma, K, x0, c, prec);
}

void exact_blend_drift(arb_t out, double gamma, size_t K, double x0, double c, slong prec) {
  drift(out, "blend_drift", gamma, K, x0, c, prec);
}

void exact_quotient(arb_t value, arb_t bound, double b, size_t n, slong prec) {
  arb_t root;
  arb_init(root);
  arb_sqrt_ui(root, n, prec);
  arb_set_d(value, b);
  arb_div(value, value, root, prec);
  arb_abs(bound, value);
  times(bound, bound, 0x1.01p-52, prec);
  plus(bound, 0x1p-1074, prec);
  arb_clear(root);
}

void exact_scale(arb_t value, arb_t bound, size_t n, double l, slong prec) {
  arb_t diagonal;
  arb_init(diagonal);
  arb_set_d(diagonal, l);
  arb_ui_div(value, n, diagonal, prec);
  arb_sqrt(value, value, prec);
  times(bound, value, 0x1.001p-52, prec);
  plus(bound, 0x1p-980, prec);
  arb_clear(diagonal);
}
