#include "pair.h"

#include <math.h>

#include "moments/rounding.h"

/* A sum and its errors, apart. */
typedef struct {
  double sum, errors;
} accumulator;

static inline void add(accumulator *s, double x) {
  double error;
  ist_two_sum(s->sum, x, &s->sum, &error);
  s->errors += error;
}

static inline void add_product(accumulator *s, double x, double y) {
  const double product = x * y;
  s->errors += fma(x, y, -product);
  add(s, product);
}

/* (sum_i v_i) / count as a pair. */
static void mean_entry(const double *v, size_t stride, size_t count, double *hi, double *lo) {
  accumulator s = {v[0], 0};
  for (size_t i = 1; i < count; i++)
    add(&s, v[i * stride]);
  const double n = (double)count, quotient = s.sum / n;
  const double rest = (fma(-quotient, n, s.sum) + s.errors) / n; /* the fma is exact */
  ist_two_sum(quotient, rest, hi, lo);
}

static double mean_scale(size_t count) {
  const double n = (double)(count + 2);
  return ist_outward(n * n * IST_UNIT * IST_UNIT);
}

ist_pair_matrix ist_pair_mean_L(const ist_problem *p, const double *L_abs, double *hi, double *lo) {
  const size_t count = ist_problem_L_count(p), entries = p->d * p->d;
  if (count == 1)
    return (ist_pair_matrix){.d = p->d, .hi = p->L};
  for (size_t j = 0; j < entries; j++)
    mean_entry(p->L + j, p->L_stride, count, hi + j, lo + j);
  return (ist_pair_matrix){p->d, hi, lo, L_abs, mean_scale(count)};
}

void ist_pair_mean_b(const ist_problem *p, ist_pairs b, double *bound) {
  const size_t count = ist_problem_b_count(p);
  for (size_t j = 0; j < p->d; j++) {
    double absolute = 0;
    mean_entry(p->b + j, p->b_stride, count, b.hi + j, b.lo + j);
    for (size_t i = 0; i < count; i++)
      absolute += fabs(ist_problem_b(p, i)[j]) / (double)count;
    bound[j] = count == 1 ? 0 : ist_outward(mean_scale(count) * absolute);
  }
}

ist_pair_matrix ist_pair_scaled(const ist_pair_matrix *A, double diagonal, double rest, double *hi,
                                double *lo, double *abs) {
  const size_t d = A->d;
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++) {
      const size_t at = j * d + k;
      const double factor = j == k ? diagonal : rest, product = factor * A->hi[at];
      const double low = A->lo == NULL ? 0 : A->lo[at];
      const double error = fma(factor, A->hi[at], -product) + factor * low;
      ist_two_sum(product, error, hi + at, lo + at);
      abs[at] = ist_outward(factor * fmax(fabs(A->hi[at]), A->abs == NULL ? 0 : A->abs[at]));
    }
  const double scale = ist_outward(A->scale + 8 * IST_UNIT * IST_UNIT);
  return (ist_pair_matrix){d, hi, lo, abs, scale};
}

void ist_pair_residual(const ist_pair_matrix *A, ist_pairs x, ist_pairs b, ist_pairs r,
                       double *bound) {
  const size_t d = A->d;
  const double n = (double)d, rounding = (4 * n + 8) * (n + 6) * IST_UNIT * IST_UNIT;
  for (size_t j = 0; j < d; j++) {
    accumulator s = {b.hi == NULL ? 0 : b.hi[j], b.hi == NULL ? 0 : b.lo[j]};
    double absolute = fabs(s.sum), inexact = 0;
    const double *hi = A->hi + j * d, *lo = A->lo == NULL ? NULL : A->lo + j * d;
    for (size_t k = 0; k < d; k++) {
      add_product(&s, -hi[k], x.hi[k]);
      s.errors -= hi[k] * x.lo[k];
      if (lo != NULL)
        s.errors -= lo[k] * x.hi[k];
      absolute += fabs(hi[k] * x.hi[k]);
    }
    if (A->scale > 0)
      for (size_t k = 0; k < d; k++)
        inexact += A->abs[j * d + k] * fabs(x.hi[k]);
    ist_two_sum(s.sum, s.errors, r.hi + j, r.lo + j);
    bound[j] = ist_outward(rounding * absolute + A->scale * inexact);
  }
}

void ist_pair_add(size_t d, ist_pairs x, const double *y) {
  for (size_t j = 0; j < d; j++) {
    double hi, lo;
    ist_two_sum(x.hi[j], y[j], &hi, &lo);
    ist_two_sum(hi, lo + x.lo[j], x.hi + j, x.lo + j);
  }
}

double ist_pair_dot(size_t d, ist_pairs x, ist_pairs y, double *bound) {
  const double n = (double)d;
  accumulator s = {0, 0};
  double absolute = 0;
  for (size_t j = 0; j < d; j++) {
    add_product(&s, x.hi[j], y.hi[j]);
    s.errors += x.hi[j] * y.lo[j] + x.lo[j] * y.hi[j];
    absolute += fabs(x.hi[j] * y.hi[j]);
  }
  const double value = s.sum + s.errors;
  *bound = ist_outward((4 * n + 8) * (n + 6) * IST_UNIT * IST_UNIT * absolute +
                       2 * IST_UNIT * fabs(value));
  return value;
}
