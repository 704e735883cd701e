#include "moment_errors.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dense.h"
#include "effective.h"
#include "first.h"
#include "machine/memory.h"
#include "majorant.h"
#include "rounding.h"
#include "second.h"
#include "weights.h"

/** Roundings of one entry of M_i: two roots, their product, a quotient; of u_i likewise. */
#define SCALED 4

/** Roundings of a weight kappa or tau: 9 of a product of two falling ratios, a coefficient, a sum
 *  of four, a difference, copies. */
#define WEIGHT 16

/** Of the rest: a term's products and the sum of a row's terms 9, the sums over the workers begun
 *  and concluded 5, c^2 and the product with it 10, the symmetric part 1. */
#define TERM 28

size_t ist_second_moment_roundings(size_t d, size_t n) {
  return 2 * d + 6 * n + 2 * SCALED + WEIGHT + TERM;
}

/* From L_abs and B_abs, the means of |L_i|, |M_i|: bounds of the errors of E[B] and the means. */
static void conclude_first_moments(size_t n, size_t L_count, ist_sketch sk, ist_moment_errors *e) {
  /* A shared matrix is its own mean. */
  e->L_scale = L_count > 1 || e->data > 0 ? ist_gamma(L_count + e->data) : 0;
  ist_expected_B_from_mean(e->d, n, sk, e->B_abs);
  ist_scale_outward(e->B_abs, e->d * e->d, 1);
  /* The mean, a scaled M_i, and s, rho, their product and the product with it. */
  e->B_scale = ist_gamma(L_count + SCALED + 4 + e->data);
}

static void fill_first_moments(const ist_problem *p, ist_sketch sk, ist_moment_errors *e,
                               double *work) {
  ist_mean_of_absolutes(p, (ist_sketch){IST_IDENTITY, p->d}, e->L_abs, work);
  ist_mean_of_absolutes(p, sk, e->B_abs, work);
  conclude_first_moments(p->n, ist_problem_L_count(p), sk, e);
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
    e->v[j] = ist_outward(ist_gamma(p->n + SCALED + 8 + e->data) * e->v_abs[j]);
  }
}

/* Whether every u_i is the same, bit for bit and exactly. */
static bool shared_u(const ist_problem *p, ist_sketch sk) {
  return ist_problem_b_count(p) == 1 && (sk.kind != IST_SCALED_PERM || ist_problem_L_count(p) == 1);
}

/* Adds to out a bound of the error of e e' for one worker; e is within delta of the computed. */
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
      delta[j] = ist_outward(ist_gamma(n + SCALED + 8 + e->data) * (fabs(u[j]) + mean_abs));
      u[j] -= mean[j];
    }
    add_outer_error(d, u, delta, diagonal, rest, e->cov);
    /* The sum over the workers. */
    for (size_t j = 0; j < d; j++)
      for (size_t k = 0; k < d; k++)
        e->cov[j * d + k] += ist_gamma(n) * (j == k ? diagonal : rest) * (fabs(u[j]) + delta[j]) *
                             (fabs(u[k]) + delta[k]);
  }
  ist_scale_outward(e->cov, d * d, 1);
}

static void fill_W(size_t L_count, ist_moment_errors *e) {
  const size_t d = e->d;
  ist_multiply(d, e->L_abs, e->B_abs, e->W);
  /* The product's majorant is not symmetric, and W is the mean of it and its transpose. */
  ist_symmetrise(d, e->W);
  ist_scale_outward(e->W, d * d, ist_gamma(d + 2 * (L_count + e->data) + SCALED + 12));
}

/* L_bar has the roundings of one entry, each M_i those of another. */
static size_t second_moment_roundings(const ist_moment_errors *e, size_t n) {
  return ist_second_moment_roundings(e->d, n) + 3 * e->data;
}

void ist_matrix_errors_conclude(size_t L_count, ist_moment_errors *e) {
  ist_scale_outward(e->second, e->d * e->d, ist_gamma(second_moment_roundings(e, L_count)));
}

static bool fill_second(const ist_problem *p, ist_sketch sk, ist_moment_errors *e) {
  if (!ist_second_moment_majorant(p, sk, e->L_abs, e->second))
    return false;
  ist_matrix_errors_conclude(ist_problem_L_count(p), e);
  return true;
}

/* work: d entries. */
static bool fill_cross(const ist_problem *p, ist_sketch sk, ist_moment_errors *e, double *work) {
  if (ist_fixed_B(p->d, sk)) { /* E[B] L_bar E[v] */
    ist_apply(p->d, e->L_abs, e->v_abs, work);
    ist_apply(p->d, e->B_abs, work, e->cross_abs);
  } else if (!ist_cross_moment_majorant(p, sk, e->L_abs, e->cross_abs))
    return false;
  for (size_t j = 0; j < p->d; j++)
    e->cross[j] = ist_outward(e->cross_abs[j] * ist_gamma(second_moment_roundings(e, p->n)));
  return true;
}

/* Room for four matrices, and for Cov v if there are to be five. */
static bool reserve(size_t d, size_t matrices, size_t data, ist_moment_errors *e) {
  const size_t entries = d * d;
  *e = (ist_moment_errors){.d = d, .data = data, .L_abs = ist_memory_doubles(matrices, d, d)};
  if (e->L_abs == NULL)
    return false;
  e->B_abs = e->L_abs + entries;
  e->W = e->B_abs + entries;
  e->second = e->W + entries;
  e->cov = matrices > 4 ? e->second + entries : NULL;
  return true;
}

static bool reserve_vectors(ist_moment_errors *e) {
  const size_t d = e->d;
  e->v_abs = ist_memory_doubles(4, d, 1);
  if (e->v_abs == NULL)
    return false;
  e->v = e->v_abs + d;
  e->cross = e->v + d;
  e->cross_abs = e->cross + d;
  return true;
}

/* work: d*d entries. */
static bool fill_matrices(const ist_problem *p, ist_sketch sk, ist_moment_errors *e, double *work) {
  fill_first_moments(p, sk, e, work);
  fill_W(ist_problem_L_count(p), e);
  return fill_second(p, sk, e);
}

/* *e if it was filled, else nothing; frees work. */
static bool conclude(bool filled, ist_moment_errors *e, double *work) {
  free(work);
  if (!filled)
    ist_moment_errors_free(e);
  return filled;
}

bool ist_moment_errors_init(const ist_problem *p, ist_sketch sk, size_t data,
                            ist_moment_errors *e) {
  const size_t d = p->d;
  double *work = ist_memory_doubles(1, d, d > 3 ? d : 3);
  bool ok = reserve(d, 5, data, e) && reserve_vectors(e) && work != NULL;
  ok = ok && fill_matrices(p, sk, e, work);
  if (ok) {
    fill_first_linear(p, sk, e, work);
    memset(work, 0, 3 * d * sizeof *work);
    fill_covariance(p, sk, e, work);
    ok = fill_cross(p, sk, e, work);
  }
  return conclude(ok, e, work);
}

bool ist_matrix_errors_init(const ist_problem *p, ist_sketch sk, ist_moment_errors *e) {
  double *work = ist_memory_doubles(1, p->d, p->d);
  const bool ok = reserve(p->d, 4, 0, e) && work != NULL && fill_matrices(p, sk, e, work);
  return conclude(ok, e, work);
}

bool ist_matrix_errors_reserve(size_t d, ist_moment_errors *e) { return reserve(d, 4, 0, e); }

void ist_matrix_errors_begin(size_t n, size_t L_count, ist_sketch sk, ist_moment_errors *e) {
  const size_t entries = e->d * e->d;
  ist_scale_outward(e->L_abs, entries, 1 / (double)L_count);
  memcpy(e->B_abs, e->L_abs, entries * sizeof *e->B_abs);
  conclude_first_moments(n, L_count, sk, e);
  fill_W(L_count, e);
}

void ist_moment_errors_free(ist_moment_errors *e) {
  free(e->L_abs);
  free(e->v_abs);
  *e = (ist_moment_errors){0};
}
