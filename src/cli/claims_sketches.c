/** Claims about the sketches themselves and about the quadratic: P01-P05, E1, E2. */
#include <math.h>
#include <stdlib.h>

#include "claims.h"
#include "draw.h"
#include "inverse_root.h"
#include "kernel/quadratic.h"
#include "kernel/local.h"
#include "kernel/range.h"
#include "kernel/round.h"
#include "kernel/submodel.h"
#include "moments/dense.h"
#include "problem/memory.h"
#include "scales.h"
#include "simulate.h"
#include "spectral/eigen.h"

static double dot(const double *a, const double *b, size_t d) {
  double sum = 0;
  for (size_t j = 0; j < d; j++)
    sum += a[j] * b[j];
  return sum;
}

/** ||C x - x||^2 for the sketch C with scales s and block S; mean += C x. */
static double sketch_error_sq(const double *x, const double *s, const size_t *S, size_t q, size_t d,
                              double *w, double *mean) {
  ist_submodel(x, s, S, q, d, w);
  double error = dot(x, x, d);
  for (size_t a = 0; a < q; a++) {
    double kept = x[S[a]];
    error += (w[a] - kept) * (w[a] - kept) - kept * kept;
    mean[S[a]] += w[a];
  }
  return error;
}

/** Averages ||C x - x||^2 and C x over the blocks {t, ..., t+q-1} modulo d, t < d. A coordinate
 *  lies in q of these d blocks, as often as in a uniform q-subset, so that for C = Diag(s) P_S both
 *  averages are the expectations. */
static ist_code average_rand(const ist_subject *u, double *error, double *mean, ist_status *s) {
  size_t d = u->p->d, q = u->sketch.q, stride;
  double *scale = ist_sketch_scales(u->p, u->sketch, &stride);
  double *w = calloc(q, sizeof *w);
  size_t *S = calloc(q, sizeof *S);
  bool ready = scale != NULL && w != NULL && S != NULL;
  for (size_t t = 0; ready && t < d; t++) {
    for (size_t a = 0; a < q; a++)
      S[a] = (t + a) % d;
    *error += sketch_error_sq(u->x0, scale, S, q, d, w, mean) / (double)d;
  }
  for (size_t j = 0; j < d; j++)
    mean[j] /= (double)d;
  free(scale);
  free(w);
  free(S);
  return ready ? IST_OK : ist_claim_no_memory(s);
}

static ist_code rand_omega(ist_subject *u, ist_finding *f, ist_status *s) {
  double *mean = ist_memory_doubles(1, u->p->d, 1);
  double error = 0, x_sq = dot(u->x0, u->x0, u->p->d);
  double ratio = (double)u->p->d / (double)u->sketch.q;
  ist_code code = mean == NULL ? ist_claim_no_memory(s) : average_rand(u, &error, mean, s);
  ist_find_equal(f, error, (ratio - 1) * x_sq, ratio * x_sq);
  free(mean);
  return code;
}

static ist_code rand_mean(ist_subject *u, ist_finding *f, ist_status *s) {
  double *mean = ist_memory_doubles(1, u->p->d, 1);
  double error = 0;
  ist_code code = mean == NULL ? ist_claim_no_memory(s) : average_rand(u, &error, mean, s);
  if (code == IST_OK)
    ist_find_same(f, mean, u->x0, u->p->d);
  free(mean);
  return code;
}

/** Calls visit on IST_CLAIM_DRAWS rounds of blocks until it returns false. */
static ist_code draw_rounds(ist_subject *u, ist_finding *f,
                            void visit(ist_subject *, const ist_simulation *, double *work,
                                       ist_finding *),
                            ist_status *s) {
  ist_simulation m;
  if (ist_simulation_open(&m, u->p, u->sketch, 1, 0, u->seed, s) != IST_OK)
    return s->code;
  double *work = ist_memory_doubles(2, u->p->d, 1);
  f->verdict = IST_CLAIM_HOLDS;
  for (size_t k = 0; work != NULL && k < IST_CLAIM_DRAWS && f->verdict == IST_CLAIM_HOLDS; k++) {
    ist_draws_next(&m.draws);
    visit(u, &m, work, f);
  }
  ist_code code = work == NULL ? ist_claim_no_memory(s) : IST_OK;
  free(work);
  ist_simulation_close(&m);
  return code;
}

/** (1/n) sum_i C_i 1 = 1: every coordinate lies in one block, with scale n. */
static void visit_partition(ist_subject *u, const ist_simulation *m, double *work, ist_finding *f) {
  size_t d = u->p->d;
  double *cover = work, *ones = work + d;
  for (size_t j = 0; j < d; j++) {
    cover[j] = 0;
    ones[j] = 1;
  }
  for (size_t k = 0; k < d; k++) /* the n blocks of q, one after the other */
    cover[m->draws.block[k]] += m->s[m->draws.block[k]] / (double)u->p->n;
  ist_find_same(f, cover, ones, d);
}

static ist_code perm_partition(ist_subject *u, ist_finding *f, ist_status *s) {
  return draw_rounds(u, f, visit_partition, s);
}

/** (1/n) sum_i ||C_i x - x||^2 is the same in every round, hence each worker's expectation. */
static void visit_omega(ist_subject *u, const ist_simulation *m, double *work, ist_finding *f) {
  size_t d = u->p->d, n = u->p->n, q = u->sketch.q;
  double error = 0, x_sq = dot(u->x0, u->x0, d);
  for (size_t i = 0; i < n; i++)
    error += sketch_error_sq(u->x0, m->s, m->draws.block + i * q, q, d, m->w, work) / (double)n;
  ist_find_equal(f, error, (double)(n - 1) * x_sq, (double)n * x_sq);
}

static ist_code perm_omega(ist_subject *u, ist_finding *f, ist_status *s) {
  return draw_rounds(u, f, visit_omega, s);
}

/** One round by (2) and by Algorithm 1 with T = 1, eq. (6), from the same blocks. */
static void visit_reconstruction(ist_subject *u, const ist_simulation *m, double *work,
                                 ist_finding *f) {
  const ist_problem *p = u->p;
  size_t d = p->d;
  double *step = work, *merged = work + d, gamma = 1 / u->c.lambda_max;
  for (size_t j = 0; j < d; j++)
    step[j] = merged[j] = u->x0[j];
  ist_round(step, p->L, p->L_stride, p->b, p->b_stride, m->s, m->s_stride, m->draws.block, d, p->n,
            u->sketch.q, gamma, m->w, m->g, m->sum);
  if (ist_local_round(merged, p->L, p->L_stride, p->b, p->b_stride, m->s, m->s_stride,
                      m->draws.block, d, p->n, u->sketch.q, gamma, 1, m->w, m->g, m->sum))
    ist_find_same(f, merged, step, d);
  else
    ist_find_nothing(f, "a local iterate leaves the range of iterates");
}

static ist_code reconstruction(ist_subject *u, ist_finding *f, ist_status *s) {
  if (!(1 / u->c.lambda_max <= IST_SCALE_MAX)) {
    ist_find_nothing(f, "1/lambda_max exceeds the largest step");
    return IST_OK;
  }
  return draw_rounds(u, f, visit_reconstruction, s);
}

/** f(x + y) - f(x) - <grad f(x), y> = 1/2 ||y||^2_L, with y the reversed x. */
static ist_code smoothness(ist_subject *u, ist_finding *f, ist_status *s) {
  const double *L = u->c.L_bar, *b = u->c.b_bar, *x = u->x0;
  size_t d = u->p->d;
  double *all = ist_memory_doubles(5, d, 1);
  if (all == NULL)
    return ist_claim_no_memory(s);
  double *y = all, *sum = all + d, *g = all + 2 * d, *work = all + 3 * d, *zero = all + 4 * d;
  for (size_t j = 0; j < d; j++) {
    y[j] = x[d - 1 - j];
    sum[j] = x[j] + y[j];
  }
  if (!ist_bounded(sum, d, IST_ENTRY_MAX)) {
    ist_find_nothing(f, "x + y leaves the range of iterates");
    free(all);
    return IST_OK;
  }
  ist_gradient(L, b, x, d, g);
  double slope = dot(g, y, d);
  double value = ist_value(L, b, sum, d, work) - ist_value(L, b, x, d, work) - slope;
  double bound = ist_value(L, zero, y, d, work);
  double scale = bound + ist_value(L, zero, x, d, work) + ist_value(L, zero, sum, d, work) +
                 fabs(slope) + fabs(dot(b, x, d)) + fabs(dot(b, sum, d));
  ist_find_equal(f, value, bound, scale);
  free(all);
  return IST_OK;
}

/** The mean of the workers' gradients is L x - b. */
static ist_code mean_gradient(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t d = u->p->d;
  double *all = ist_memory_doubles(3, d, 1), worst = 0, size = 0;
  if (all == NULL)
    return ist_claim_no_memory(s);
  double *mean = all, *g = all + d, *of_mean = all + 2 * d;
  for (size_t i = 0; i < u->p->n; i++) {
    ist_gradient(ist_problem_L(u->p, i), ist_problem_b(u->p, i), u->x0, d, g);
    for (size_t j = 0; j < d; j++) {
      mean[j] += g[j] / (double)u->p->n;
      size = fmax(size, fabs(g[j]));
    }
  }
  ist_gradient(u->c.L_bar, u->c.b_bar, u->x0, d, of_mean);
  for (size_t j = 0; j < d; j++)
    worst = fmax(worst, fabs(mean[j] - of_mean[j]));
  ist_find_equal(f, worst, 0, size);
  free(all);
  return IST_OK;
}

/** (10): the gradient of a submodel is biased, E g(x) - grad f(x) is not 0. */
static ist_code biased_gradient(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t d = u->p->d;
  double *g = ist_memory_doubles(2, d, 1), worst = 0, size = 0;
  if (g == NULL)
    return ist_claim_no_memory(s);
  ist_gradient(u->c.L_bar, u->c.b_bar, u->x0, d, g);
  ist_apply(d, u->c.expected_B, u->x0, g + d);
  for (size_t j = 0; j < d; j++) {
    g[d + j] -= u->c.expected_v[j];
    worst = fmax(worst, fabs(g[d + j] - g[j]));
    size = fmax(size, fabs(g[d + j]) + fabs(g[j]));
  }
  ist_find_at_least(f, worst, 0, 0);
  if (!(worst > IST_CLAIM_TOLERANCE * size))
    ist_find_nothing(f, "E g(x) = grad f(x) on this problem");
  free(g);
  return IST_OK;
}

/** (11): no bound holds on the gradient: |grad f(x* + t x)| >= t lambda_min |x|, t = 10^6. */
static ist_code unbounded_gradient(ist_subject *u, ist_finding *f, ist_status *s) {
  const double t = 1e6;
  size_t d = u->p->d;
  double *x = ist_memory_doubles(2, d, 1);
  if (x == NULL)
    return ist_claim_no_memory(s);
  for (size_t j = 0; j < d; j++)
    x[j] = u->c.x_star[j] + t * u->x0[j];
  double size = sqrt(dot(u->x0, u->x0, d));
  if (!ist_bounded(x, d, IST_ENTRY_MAX) || size == 0)
    ist_find_nothing(f,
                     size == 0 ? "x_0 = 0 gives no direction" : "x leaves the range of iterates");
  else {
    ist_gradient(u->c.L_bar, u->c.b_bar, x, d, x + d);
    ist_find_at_least(f, sqrt(dot(x + d, x + d, d)), t * u->c.lambda_min * size,
                      u->c.lambda_max * sqrt(dot(x, x, d)));
  }
  free(x);
  return IST_OK;
}

/** Diag(E[C_i L_i C_i]) = (1/n) s_j^2 [L_i]_jj for scaled Perm-q: one for every worker. */
static ist_code scaling(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t d = u->p->d, stride;
  double *scale = ist_sketch_scales(u->p, u->sketch, &stride);
  if (scale == NULL)
    return ist_claim_no_memory(s);
  double worst = 0;
  for (size_t i = 0; i < u->p->n; i++)
    for (size_t j = 0; j < d; j++) {
      double s_ij = scale[i * stride + j];
      double product = s_ij * s_ij * ist_problem_L(u->p, i)[j * d + j] / (double)u->p->n;
      worst = fmax(worst, fabs(product - 1));
    }
  ist_find_equal(f, worst, 0, 1);
  free(scale);
  return IST_OK;
}

static bool is_diagonal(const double *L, size_t d) {
  for (size_t i = 0; i < d; i++)
    for (size_t j = 0; j < d; j++)
      if (i != j && L[i * d + j] != 0)
        return false;
  return true;
}

/** (23) as printed: s_j = sqrt(n) [L_i^{-1/2}]_jj in the equation of E1. By Jensen's inequality
 *  (1/n) s_j^2 [L_i]_jj >= 1, with equality for every j iff L_i is diagonal. */
static ist_code printed_scaling(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t d = u->p->d;
  double *root = ist_memory_doubles(1, d, 1), worst = 1;
  bool diagonal = true;
  ist_code code = root == NULL ? ist_claim_no_memory(s) : IST_OK;
  /* One worker that fails is enough. */
  for (size_t i = 0; i < ist_problem_L_count(u->p) && code == IST_OK && worst == 1; i++) {
    const double *L = ist_problem_L(u->p, i);
    bool this_diagonal = is_diagonal(L, d);
    diagonal = diagonal && this_diagonal;
    if (this_diagonal)
      continue;
    code = ist_inverse_root_diagonal(L, d, root, s);
    for (size_t j = 0; j < d; j++)
      worst = fmax(worst, root[j] * root[j] * L[j * d + j]);
  }
  if (code == IST_OK)
    ist_find_erratum(f, worst, 1, ist_condition_scale(u), !diagonal);
  free(root);
  return code;
}

/** n lambda_min(L^-1), from the pencil (I, L), is n / lambda_max(L). */
static ist_code inverse_eigenvalue(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t d = u->p->d;
  double n = (double)u->p->n, min, max;
  double *identity = ist_memory_doubles(1, d, d);
  if (identity == NULL)
    return ist_claim_no_memory(s);
  for (size_t j = 0; j < d; j++)
    identity[j * d + j] = 1;
  ist_code code = ist_pencil_eigenvalues(identity, u->c.L_bar, d, &min, &max, s);
  free(identity);
  if (code == IST_OK)
    ist_find_equal(f, n * min, n / u->c.lambda_max, n / u->c.lambda_max * ist_condition_scale(u));
  return code;
}

/** (21) as printed takes n lambda_max(L) for n lambda_min(L^-1): false unless L = I. */
static ist_code printed_inverse_eigenvalue(ist_subject *u, ist_finding *f, ist_status *s) {
  (void)s;
  double n = (double)u->p->n, max = u->c.lambda_max;
  ist_find_erratum(f, n / max, n * max, n * max * ist_condition_scale(u), max > 1);
  return IST_OK;
}

const ist_claim ist_claims_sketches[] = {
    {"P01", "E||Cx - x||^2 = (d/q - 1)||x||^2", IST_ABOUT(IST_RAND), 0, rand_omega},
    {"P01-mean", "E Cx = x", IST_ABOUT(IST_RAND), 0, rand_mean},
    {"P02", "(1/n) sum C_i = I in every round", IST_ABOUT(IST_PERM), 0, perm_partition},
    {"P02-omega", "E||C_i x - x||^2 = (n - 1)||x||^2", IST_ABOUT(IST_PERM), 0, perm_omega},
    {"P03", "(6) = (2) if (1/n) sum C_i = I", IST_ABOUT(IST_IDENTITY) | IST_ABOUT(IST_PERM), 0,
     reconstruction},
    {"P04", "f(x+y) = f(x) + <grad f, y> + |y|^2_L/2", IST_ABOUT_ANY, 0, smoothness},
    {"P04-mean", "(1/n) sum grad f_i(x) = L x - b", IST_ABOUT_ANY, 0, mean_gradient},
    {"P05", "|E g(x) - grad f(x)| > 0", IST_ABOUT(IST_PERM) | IST_ABOUT(IST_RAND), 0,
     biased_gradient},
    {"P05-far", "|grad f(x* + tx)| >= t lambda_min |x|", IST_ABOUT_ANY, 0, unbounded_gradient},
    {"E1", "(1/n) s_j^2 [L_i]_jj = 1", IST_ABOUT(IST_SCALED_PERM), 0, scaling},
    {"E1-print", "not so for s_j=sqrt(n) [L_i^{-1/2}]_jj", IST_ABOUT(IST_SCALED_PERM), 0,
     printed_scaling},
    {"E2", "n lambda_min(L^-1) = n/lambda_max(L)", IST_ABOUT_ANY, IST_ASSUME_PRECONDITIONED,
     inverse_eigenvalue},
    {"E2-print", "not n lambda_min(L^-1)=n lambda_max(L)", IST_ABOUT_ANY, IST_ASSUME_PRECONDITIONED,
     printed_inverse_eigenvalue},
    {0},
};
