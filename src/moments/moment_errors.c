#include "moment_errors.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dense.h"
#include "effective.h"
#include "machine/memory.h"
#include "moments.h"
#include "rounding.h"
#include "terms.h"
#include "weights.h"

/** Roundings of one entry of M_i: two roots, their product, a quotient; of u_i likewise. */
#define SCALED 4

/** Roundings of a weight kappa or tau: 9 of a product of two falling ratios, a coefficient, a sum
 * of four, a difference, copies. */
#define WEIGHT 16

/** Of the rest: a term's products and the sum of a row's terms 9, the sums over the workers begun
 * and concluded 5, c^2 and the product with it 10, the symmetric part 1. */
#define TERM 28

size_t ist_second_moment_roundings(size_t d, size_t n) {
  return 2 * d + 6 * n + 2 * SCALED + WEIGHT + TERM;
}

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

/* What |M||A||M| is bounded from, for one nonnegative M: entries of vectors over the rows. */
typedef struct {
  size_t d;
  const double *A;  /* nonnegative, d*d */
  double A_norm;    /* bounds its 2-norm */
  double *A_row;    /* 2-norms of its rows, d */
  double *row;      /* 2-norms of the rows of M, d */
  double *weighted; /* the same with weights A_cc: sum_c M_ac^2 A_cc, its root; d */
  double *MA;       /* [M A]_aa, d */
} row_bounds;

static bool row_bounds_init(row_bounds *r, size_t d, const double *A) {
  *r = (row_bounds){.d = d, .A = A, .A_row = ist_memory_doubles(4, d, 1)};
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

static void row_bounds_of(row_bounds *r, const double *M) {
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
static void majorant_row(const row_bounds *r, size_t a, const double *M, const double *k,
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

static void add_majorant(row_bounds *r, const double *M, const double *kappa, double *out) {
  row_bounds_of(r, M);
  for (size_t a = 0; a < r->d; a++)
    majorant_row(r, a, M, kappa, out + a * r->d);
}

static void scale(double *out, size_t entries, double factor) {
  for (size_t j = 0; j < entries; j++)
    out[j] = ist_outward(out[j] * factor);
}

/* The sum over pairs of workers, as in second.c. M: 2*d*d entries of work space. */
static void all_pairs(const ist_problem *p, ist_sketch sk, row_bounds *r, double *M, double *out) {
  const size_t d = p->d, entries = d * d, count = ist_problem_L_count(p);
  double same[IST_QUADRATIC_TERMS], other[IST_QUADRATIC_TERMS], *sum = M + entries;
  const double copies = (double)(p->n / count), c = ist_effective_c(p, sk);
  quadratic_weights(d, p->n, sk, copies, same, other);
  memset(sum, 0, entries * sizeof *sum);
  for (size_t i = 0; i < count; i++) {
    ist_effective_M(p, sk, i, M);
    for (size_t j = 0; j < entries; j++)
      sum[j] += copies * fabs(M[j]);
    add_majorant(r, M, same, out);
  }
  add_majorant(r, sum, other, out);
  scale(out, entries, c * c);
}

/* (1/n) sum |M_i|, into mean. M: d*d entries of work space. */
static void mean_of_absolutes(const ist_problem *p, ist_sketch sk, double *mean, double *M) {
  const size_t entries = p->d * p->d, count = ist_problem_L_count(p);
  memset(mean, 0, entries * sizeof *mean);
  for (size_t i = 0; i < count; i++) {
    ist_effective_M(p, sk, i, M);
    for (size_t j = 0; j < entries; j++)
      mean[j] += fabs(M[j]);
  }
  scale(mean, entries, 1 / (double)count);
}

/* |E[B]| A |E[B]|, for a B that is the same in every round; exactly A if B = I. */
static void fixed_product(const ist_problem *p, ist_sketch sk, row_bounds *r, double *B,
                          double *out) {
  const size_t d = p->d;
  if (sk.kind == IST_SCALED_PERM && sk.q == 1) {
    memcpy(out, r->A, d * d * sizeof *out);
    return;
  }
  mean_of_absolutes(p, sk, B, B + d * d); /* q = d: E[B] is the mean of the M_i */
  row_bounds_of(r, B);
  for (size_t a = 0; a < d; a++)
    for (size_t b = 0; b < d; b++)
      out[a * d + b] = ist_outward(r->row[a] * r->A_norm * r->row[b]);
}

bool ist_second_moment_majorant(const ist_problem *p, ist_sketch sk, const double *A_abs,
                                double *out) {
  const size_t d = p->d;
  row_bounds r;
  double *M = ist_memory_doubles(2, d, d);
  const bool ok = row_bounds_init(&r, d, A_abs) && M != NULL;
  if (ok) {
    memset(out, 0, d * d * sizeof *out);
    if (ist_fixed_B(d, sk))
      fixed_product(p, sk, &r, M, out);
    else
      all_pairs(p, sk, &r, M, out);
  }
  free(r.A_row);
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

/* cross (d): a majorant of E[B A v], |A| <= A_abs. */
static bool cross_majorant(const ist_problem *p, ist_sketch sk, const double *A_abs,
                           double *cross) {
  const size_t d = p->d;
  double same[IST_LINEAR_TERMS], other[IST_LINEAR_TERMS], *work = ist_memory_doubles(3, d, 1);
  absolute_sums s;
  const bool ok = absolute_sums_init(&s, d) && work != NULL;
  if (ok) {
    linear_weights(d, p->n, sk, same, other);
    for (size_t i = 0; i < p->n; i++) {
      absolute_sums_add(p, sk, i, &s);
      ist_cross_terms(d, s.M, A_abs, s.u, same, cross, work);
    }
    ist_cross_terms(d, s.sum_M, A_abs, s.sum_u, other, cross, work);
    scale(cross, d, ist_effective_c(p, sk));
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
    scale(out, d * d, ist_effective_c(p, sk));
  }
  absolute_sums_free(&s);
  free(work);
  return ok;
}

static void fill_first_moments(const ist_problem *p, ist_sketch sk, ist_moment_errors *e,
                               double *work) {
  const size_t d = p->d, n = ist_problem_L_count(p);
  mean_of_absolutes(p, (ist_sketch){IST_IDENTITY, d}, e->L_abs, work);
  e->L_scale = n > 1 ? ist_gamma(n) : 0; /* a shared matrix is its own mean */
  mean_of_absolutes(p, sk, e->B_abs, work);
  ist_expected_B_from_mean(d, p->n, sk, e->B_abs);
  scale(e->B_abs, d * d, 1);
  /* The mean, a scaled M_i, and s, rho, their product and the product with it. */
  e->B_scale = ist_gamma(n + SCALED + 4);
}

/* E[v]: the mean is taken as u_0 plus the mean of the excesses over it, so that its terms are
 * |u_0| and |u_i| + |u_0|. */
static void fill_first_linear(const ist_problem *p, ist_sketch sk, ist_moment_errors *e,
                              double *work) {
  const size_t d = p->d;
  double *first = work, *u = work + d;
  ist_effective_u(p, sk, 0, first);
  for (size_t i = 0; i < p->n; i++) {
    ist_effective_u(p, sk, i, u);
    for (size_t j = 0; j < d; j++)
      e->v_abs[j] += (fabs(u[j]) + fabs(first[j])) / (double)p->n;
  }
  for (size_t j = 0; j < d; j++)
    e->v_abs[j] += fabs(first[j]);
  ist_expected_v_from_mean(d, p->n, sk, e->v_abs);
  for (size_t j = 0; j < d; j++) {
    e->v_abs[j] = ist_outward(e->v_abs[j]);
    /* u_i, the difference, the sum, its quotient, the sum with u_0, and the weight. */
    e->v[j] = ist_outward(ist_gamma(p->n + SCALED + 8) * e->v_abs[j]);
  }
}

/* Whether every u_i is the same, bit for bit and exactly. */
static bool shared_u(const ist_problem *p, ist_sketch sk) {
  return ist_problem_b_count(p) == 1 && (sk.kind != IST_SCALED_PERM || ist_problem_L_count(p) == 1);
}

/* Adds to out what e e' can be off for one worker: e is within delta of the computed one. */
static void add_outer_error(size_t d, const double *e, const double *delta, double diagonal,
                            double rest, double *out) {
  const double rounding = ist_gamma(WEIGHT + 8);
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++) {
      const double off = fabs(e[j]) * delta[k] + delta[j] * fabs(e[k]) + delta[j] * delta[k] +
                         rounding * fabs(e[j] * e[k]);
      out[j * d + k] += (j == k ? diagonal : rest) * off;
    }
}

/* Cov v as linear.c has it: deviations e_i of u_i from their mean for disjoint blocks, from 0 for
 * independent ones, then sum_i w_jk e_ij e_ik. */
static void fill_covariance(const ist_problem *p, ist_sketch sk, ist_moment_errors *e,
                            double *work) {
  const size_t d = p->d, n = p->n;
  const bool disjoint = ist_disjoint_blocks(sk);
  const ist_weights w = ist_sketch_weights(d, n, sk);
  /* q = d: nothing is random, and the weights are computed as 0. */
  if (sk.q == d || (disjoint && shared_u(p, sk)))
    return;
  double *u = work, *mean = work + d, *delta = work + 2 * d;
  const double diagonal = disjoint ? w.p[0] : w.p[0] + w.p[0] * w.p[0];
  const double rest = w.p[1] + (disjoint ? w.r11 : w.p[0] * w.p[0]);
  if (disjoint)
    ist_effective_mean_u(p, sk, mean);
  for (size_t i = 0; i < n; i++) {
    ist_effective_u(p, sk, i, u);
    for (size_t j = 0; j < d; j++) {
      /* v_abs is n p_1 times the majorant of the mean. */
      const double mean_abs = disjoint ? e->v_abs[j] / ((double)n * w.p[0]) : 0;
      delta[j] = ist_outward(ist_gamma(n + SCALED + 8) * (fabs(u[j]) + mean_abs));
      u[j] -= mean[j];
    }
    add_outer_error(d, u, delta, diagonal, rest, e->cov);
    /* The sum over the workers. */
    for (size_t j = 0; j < d; j++)
      for (size_t k = 0; k < d; k++)
        e->cov[j * d + k] += ist_gamma(n) * (j == k ? diagonal : rest) * (fabs(u[j]) + delta[j]) *
                             (fabs(u[k]) + delta[k]);
  }
  scale(e->cov, d * d, 1);
}

static void fill_W(const ist_problem *p, ist_moment_errors *e) {
  const size_t d = p->d;
  ist_multiply(d, e->L_abs, e->B_abs, e->W);
  /* The product's majorant is not symmetric, and W is the mean of it and its transpose. */
  ist_symmetrise(d, e->W);
  scale(e->W, d * d, ist_gamma(d + 2 * ist_problem_L_count(p) + SCALED + 12));
}

static bool fill_second(const ist_problem *p, ist_sketch sk, ist_moment_errors *e) {
  if (!ist_second_moment_majorant(p, sk, e->L_abs, e->second))
    return false;
  const size_t roundings = ist_second_moment_roundings(p->d, ist_problem_L_count(p));
  scale(e->second, p->d * p->d, ist_gamma(roundings));
  return true;
}

/* work: d entries. */
static bool fill_cross(const ist_problem *p, ist_sketch sk, ist_moment_errors *e, double *work) {
  if (ist_fixed_B(p->d, sk)) { /* E[B] L_bar E[v] */
    ist_apply(p->d, e->L_abs, e->v_abs, work);
    ist_apply(p->d, e->B_abs, work, e->cross_abs);
  } else if (!cross_majorant(p, sk, e->L_abs, e->cross_abs))
    return false;
  for (size_t j = 0; j < p->d; j++)
    e->cross[j] = ist_outward(e->cross_abs[j] * ist_gamma(ist_second_moment_roundings(p->d, p->n)));
  return true;
}

bool ist_moment_errors_init(const ist_problem *p, ist_sketch sk, ist_moment_errors *e) {
  const size_t d = p->d, entries = d * d;
  *e = (ist_moment_errors){
      .d = d, .L_abs = ist_memory_doubles(5, d, d), .v_abs = ist_memory_doubles(4, d, 1)};
  double *work = ist_memory_doubles(1, d, d > 3 ? d : 3);
  bool ok = e->L_abs != NULL && e->v_abs != NULL && work != NULL;
  if (ok) {
    e->B_abs = e->L_abs + entries;
    e->W = e->B_abs + entries;
    e->second = e->W + entries;
    e->cov = e->second + entries;
    e->v = e->v_abs + d;
    e->cross = e->v + d;
    e->cross_abs = e->cross + d;
    fill_first_moments(p, sk, e, work);
    fill_first_linear(p, sk, e, work);
    memset(work, 0, 3 * d * sizeof *work);
    fill_covariance(p, sk, e, work);
    fill_W(p, e);
    ok = fill_second(p, sk, e) && fill_cross(p, sk, e, work);
  }
  free(work);
  if (!ok)
    ist_moment_errors_free(e);
  return ok;
}

void ist_moment_errors_free(ist_moment_errors *e) {
  free(e->L_abs);
  free(e->v_abs);
  *e = (ist_moment_errors){0};
}
