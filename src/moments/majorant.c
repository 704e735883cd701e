#include "majorant.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dense.h"
#include "effective.h"
#include "machine/memory.h"
#include "rounding.h"
#include "terms.h"
#include "weights.h"

/* sum_k |coefficient_k| weight_k. */
static double absolute_sum(const int *coefficient, const double *weight, size_t count) {
  double sum = 0;
  for (size_t k = 0; k < count; k++)
    sum += abs(coefficient[k]) * weight[k];
  return sum;
}

/* Majorants of copies (kappa_s - kappa_d) and of kappa_d. */
static void quadratic_weights(size_t d, size_t n, ist_sketch sk, double copies, double *same,
                              double *other) {
  const ist_weights w = ist_sketch_weights(d, n, sk);
  const double r[] = {w.r11, w.r12, w.r22};
  for (size_t t = 0; t < IST_QUADRATIC_TERMS; t++) {
    const ist_quadratic_coefficients row = ist_quadratic_row(sk, (ist_quadratic_term)t);
    other[t] = absolute_sum(row.other, r, 3);
    same[t] = copies * (absolute_sum(row.same, w.p, 4) + other[t]);
  }
}

/* Majorants of tau_s - tau_d and tau_d: no coefficient of the table exceeds 3. */
static void linear_weights(size_t d, size_t n, ist_sketch sk, double *same, double *other) {
  const ist_weights w = ist_sketch_weights(d, n, sk);
  for (size_t t = 0; t < IST_LINEAR_TERMS; t++) {
    const ist_linear_coefficients row = ist_linear_row(sk, (ist_linear_term)t);
    other[t] = absolute_sum(row.other, (const double[]){w.r11, w.r12}, 2);
    same[t] = absolute_sum(row.same, w.p, 3) + other[t];
  }
}

static void absolute(const double *v, size_t count, double *out) {
  for (size_t j = 0; j < count; j++)
    out[j] = fabs(v[j]);
}

double ist_norm_above(size_t d, const double *A) {
  double *x = ist_memory_doubles(2, d, 1), norm = INFINITY;
  if (x == NULL)
    return norm;
  double *Ax = x + d;
  for (size_t j = 0; j < d; j++)
    x[j] = 1;
  for (int step = 0; step < 4; step++) {
    ist_apply(d, A, x, Ax);
    double largest = 0, bound = 0;
    for (size_t j = 0; j < d; j++) {
      bound = fmax(bound, Ax[j] / x[j]);
      largest = fmax(largest, Ax[j]);
    }
    norm = fmin(norm, bound);
    if (!(largest > 0))
      break;
    /* Entries far below the largest would make quotients that say nothing. */
    for (size_t j = 0; j < d; j++)
      x[j] = fmax(Ax[j] / largest, 0x1p-20);
  }
  free(x);
  return ist_outward(norm);
}

static bool row_bounds_init(ist_row_bounds *r, size_t d, const double *A) {
  *r = (ist_row_bounds){.d = d, .A = A, .A_row = ist_memory_doubles(4, d, 1)};
  if (r->A_row == NULL)
    return false;
  r->row = r->A_row + d;
  r->weighted = r->row + d;
  r->MA = r->weighted + d;
  r->A_norm = ist_norm_above(d, A);
  for (size_t a = 0; a < d; a++) {
    double sum = 0;
    for (size_t c = 0; c < d; c++)
      sum += A[a * d + c] * A[a * d + c];
    r->A_row[a] = sqrt(sum);
  }
  return true;
}

static void row_bounds_of(ist_row_bounds *r, const double *M) {
  const size_t d = r->d;
  for (size_t a = 0; a < d; a++) {
    double squares = 0, weighted = 0, MA = 0;
    for (size_t c = 0; c < d; c++) {
      const double m = fabs(M[a * d + c]);
      squares += m * m;
      weighted += m * m * r->A[c * d + c];
      MA += m * r->A[a * d + c];
    }
    r->row[a] = sqrt(squares);
    r->weighted[a] = sqrt(weighted);
    r->MA[a] = MA;
  }
}

/* Row a of the 15-term sum with absolute values; |M A M|_ab <= row_a row_b ||A||, |M D_A M|_ab <=
 * weighted_a weighted_b, |M A|_ab <= row_a A_row_b. */
static void majorant_row(const ist_row_bounds *r, size_t a, const double *M, const double *k,
                         double *out) {
  const size_t d = r->d;
  const double m_a = fabs(M[a * d + a]), A_a = r->A[a * d + a];
  for (size_t b = 0; b < d; b++) {
    const double m = fabs(M[a * d + b]), A_ab = r->A[a * d + b];
    const double m_b = fabs(M[b * d + b]), A_b = r->A[b * d + b];
    out[b] += k[IST_NONE] * r->row[a] * r->A_norm * r->row[b] +
              k[IST_CE] * r->weighted[a] * r->weighted[b] +
              k[IST_AC] * m_a * r->row[b] * r->A_row[a] +
              k[IST_EB] * r->row[a] * r->A_row[b] * m_b +
              (k[IST_AE] * r->MA[a] + k[IST_CB] * r->MA[b]) * m +
              (k[IST_AC_EB] * m_a * m_b + k[IST_AE_CB] * m * m) * A_ab +
              (k[IST_ACE] * m_a * A_a + k[IST_CEB] * m_b * A_b) * m;
  }
  out[a] += k[IST_AB] * r->row[a] * r->row[a] * r->A_norm +
            k[IST_AB_CE] * r->weighted[a] * r->weighted[a] +
            (k[IST_ACB] + k[IST_AEB]) * m_a * r->MA[a] + k[IST_ALL] * m_a * m_a * A_a;
}

static void add_majorant(ist_row_bounds *r, const double *M, const double *kappa, double *out) {
  row_bounds_of(r, M);
  for (size_t a = 0; a < r->d; a++)
    majorant_row(r, a, M, kappa, out + a * r->d);
}

void ist_scale_outward(double *out, size_t entries, double factor) {
  for (size_t j = 0; j < entries; j++)
    out[j] = ist_outward(out[j] * factor);
}

void ist_absolute_add(size_t entries, const double *M, double *sum) {
  for (size_t j = 0; j < entries; j++)
    sum[j] += fabs(M[j]);
}

bool ist_second_majorant_open(size_t d, size_t n, size_t L_count, ist_sketch sk,
                              const double *A_abs, ist_second_majorant *w) {
  *w = (ist_second_majorant){.copies = (double)(n / L_count),
                             .c = ist_effective_c(&(ist_problem){.d = d, .n = n}, sk)};
  quadratic_weights(d, n, sk, w->copies, w->same, w->other);
  return row_bounds_init(&w->rows, d, A_abs);
}

void ist_second_majorant_add(ist_second_majorant *w, const double *M, double *out) {
  add_majorant(&w->rows, M, w->same, out);
}

void ist_second_majorant_conclude(ist_second_majorant *w, double *sum, double *out) {
  const size_t entries = w->rows.d * w->rows.d;
  for (size_t j = 0; j < entries; j++)
    sum[j] *= w->copies;
  add_majorant(&w->rows, sum, w->other, out);
  ist_scale_outward(out, entries, w->c * w->c);
}

void ist_second_majorant_close(ist_second_majorant *w) { free(w->rows.A_row); }

/* The sum over pairs of workers, as in second.c. M: 2*d*d entries of work space. */
static void all_pairs(const ist_problem *p, ist_sketch sk, ist_second_majorant *w, double *M,
                      double *out) {
  const size_t entries = p->d * p->d;
  double *sum = M + entries;
  memset(sum, 0, entries * sizeof *sum);
  for (size_t i = 0; i < ist_problem_L_count(p); i++) {
    ist_effective_M(p, sk, i, M);
    ist_absolute_add(entries, M, sum);
    ist_second_majorant_add(w, M, out);
  }
  ist_second_majorant_conclude(w, sum, out);
}

void ist_mean_of_absolutes(const ist_problem *p, ist_sketch sk, double *mean, double *M) {
  const size_t entries = p->d * p->d, count = ist_problem_L_count(p);
  memset(mean, 0, entries * sizeof *mean);
  for (size_t i = 0; i < count; i++) {
    ist_effective_M(p, sk, i, M);
    ist_absolute_add(entries, M, mean);
  }
  ist_scale_outward(mean, entries, 1 / (double)count);
}

/* |E[B]| A |E[B]|, for a B that is the same in every round; exactly A if B = I. */
static void fixed_product(const ist_problem *p, ist_sketch sk, ist_row_bounds *r, double *B,
                          double *out) {
  const size_t d = p->d;
  if (sk.kind == IST_SCALED_PERM && sk.q == 1) {
    memcpy(out, r->A, d * d * sizeof *out);
    return;
  }
  ist_mean_of_absolutes(p, sk, B, B + d * d); /* q = d: E[B] is the mean of the M_i */
  row_bounds_of(r, B);
  for (size_t a = 0; a < d; a++)
    for (size_t b = 0; b < d; b++)
      out[a * d + b] = ist_outward(r->row[a] * r->A_norm * r->row[b]);
}

bool ist_second_moment_majorant(const ist_problem *p, ist_sketch sk, const double *A_abs,
                                double *out) {
  const size_t d = p->d;
  ist_second_majorant w;
  double *M = ist_memory_doubles(2, d, d);
  const bool ok =
      ist_second_majorant_open(d, p->n, ist_problem_L_count(p), sk, A_abs, &w) && M != NULL;
  if (ok) {
    memset(out, 0, d * d * sizeof *out);
    if (ist_fixed_B(d, sk))
      fixed_product(p, sk, &w.rows, M, out);
    else
      all_pairs(p, sk, &w, M, out);
  }
  ist_second_majorant_close(&w);
  free(M);
  return ok;
}

/* One worker's |M| and |u|, and the sums of both over the workers. */
typedef struct {
  double *M, *sum_M, *u, *sum_u;
} absolute_sums;

static bool absolute_sums_init(absolute_sums *s, size_t d) {
  *s = (absolute_sums){.M = ist_memory_doubles(2, d, d), .u = ist_memory_doubles(2, d, 1)};
  s->sum_M = s->M + d * d;
  s->sum_u = s->u + d;
  return s->M != NULL && s->u != NULL;
}

static void absolute_sums_free(absolute_sums *s) {
  free(s->M);
  free(s->u);
}

static void absolute_sums_add(const ist_problem *p, ist_sketch sk, size_t i, absolute_sums *s) {
  const size_t d = p->d;
  ist_effective_M(p, sk, i, s->M);
  ist_effective_u(p, sk, i, s->u);
  absolute(s->M, d * d, s->M);
  absolute(s->u, d, s->u);
  for (size_t j = 0; j < d * d; j++)
    s->sum_M[j] += s->M[j];
  for (size_t j = 0; j < d; j++)
    s->sum_u[j] += s->u[j];
}

bool ist_cross_moment_majorant(const ist_problem *p, ist_sketch sk, const double *A_abs,
                               double *out) {
  const size_t d = p->d;
  double same[IST_LINEAR_TERMS], other[IST_LINEAR_TERMS], *work = ist_memory_doubles(3, d, 1);
  absolute_sums s;
  const bool ok = absolute_sums_init(&s, d) && work != NULL;
  if (ok) {
    linear_weights(d, p->n, sk, same, other);
    for (size_t i = 0; i < p->n; i++) {
      absolute_sums_add(p, sk, i, &s);
      ist_cross_terms(d, s.M, A_abs, s.u, same, out, work);
    }
    ist_cross_terms(d, s.sum_M, A_abs, s.sum_u, other, out, work);
    ist_scale_outward(out, d, ist_effective_c(p, sk));
  }
  absolute_sums_free(&s);
  free(work);
  return ok;
}

bool ist_mixed_moment_majorant(const ist_problem *p, ist_sketch sk, const double *z_abs,
                               double *out) {
  const size_t d = p->d;
  double same[IST_LINEAR_TERMS], other[IST_LINEAR_TERMS], *work = ist_memory_doubles(1, d, 1);
  absolute_sums s;
  const bool ok = absolute_sums_init(&s, d) && work != NULL;
  if (ok) {
    linear_weights(d, p->n, sk, same, other);
    memset(out, 0, d * d * sizeof *out);
    for (size_t i = 0; i < p->n; i++) {
      absolute_sums_add(p, sk, i, &s);
      ist_mixed_terms(d, s.M, z_abs, s.u, same, out, work);
    }
    ist_mixed_terms(d, s.sum_M, z_abs, s.sum_u, other, out, work);
    ist_scale_outward(out, d * d, ist_effective_c(p, sk));
  }
  absolute_sums_free(&s);
  free(work);
  return ok;
}
