/** Claims about the sketches themselves and about the quadratic: P01-P05, P23, (34), E1, E2. */
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
#include "vectors.h"

/** ||C x - x||^2 for the sketch C with scales s and block S; mean += C x. */
static double sketch_error_sq(const double *x, const double *s, const size_t *S, size_t q, size_t d,
                              double *w, double *mean) {
  ist_submodel(x, s, S, q, d, w);
  double error = ist_scalar_product(x, x, d);
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
static ist_code average_rand(const ist_subject *u, const double *x, double *error, double *mean,
                             ist_status *s) {
  size_t d = u->p->d, q = u->sketch.q, stride;
  double *scale = ist_sketch_scales(u->p, u->sketch, &stride);
  double *w = calloc(q, sizeof *w);
  size_t *S = calloc(q, sizeof *S);
  bool ready = scale != NULL && w != NULL && S != NULL;
  for (size_t t = 0; ready && t < d; t++) {
    for (size_t a = 0; a < q; a++)
      S[a] = (t + a) % d;
    *error += sketch_error_sq(x, scale, S, q, d, w, mean) / (double)d;
  }
  for (size_t j = 0; j < d; j++)
    mean[j] /= (double)d;
  free(scale);
  free(w);
  free(S);
  return ready ? IST_OK : ist_claim_no_memory(s);
}

/** E||C x - x||^2 = (d/q - 1) ||x||^2 of Rand-q. */
static ist_code rand_variance(const ist_subject *u, const double *x, ist_finding *f,
                              ist_status *s) {
  double *mean = ist_memory_doubles(1, u->p->d, 1);
  double error = 0, x_sq = ist_scalar_product(x, x, u->p->d);
  double ratio = (double)u->p->d / (double)u->sketch.q;
  ist_code code = mean == NULL ? ist_claim_no_memory(s) : average_rand(u, x, &error, mean, s);
  ist_find_equal(f, error, (ratio - 1) * x_sq, ratio * x_sq);
  free(mean);
  return code;
}

static ist_code rand_omega(ist_subject *u, ist_finding *f, ist_status *s) {
  return rand_variance(u, u->x0, f, s);
}

static ist_code rand_mean(ist_subject *u, ist_finding *f, ist_status *s) {
  double *mean = ist_memory_doubles(1, u->p->d, 1);
  double error = 0;
  ist_code code = mean == NULL ? ist_claim_no_memory(s) : average_rand(u, u->x0, &error, mean, s);
  if (code == IST_OK)
    ist_find_same(f, mean, u->x0, u->p->d);
  free(mean);
  return code;
}

/** What a drawn round is held against: the subject, a point and 2 d entries of work space. */
typedef struct {
  const ist_subject *u;
  const double *x;
  double *work;
} trial;

/** Calls visit on IST_CLAIM_DRAWS rounds of blocks, while what it finds holds. */
static ist_code draw_rounds(const ist_subject *u, const double *x, ist_finding *f,
                            void visit(const trial *, const ist_simulation *, ist_finding *),
                            ist_status *s) {
  ist_simulation m;
  if (ist_simulation_open(&m, u->p, u->sketch, 1, 0, u->seed, s) != IST_OK)
    return s->code;
  trial t = {u, x, ist_memory_doubles(2, u->p->d, 1)};
  f->verdict = IST_CLAIM_HOLDS;
  for (size_t k = 0; t.work != NULL && k < IST_CLAIM_DRAWS && f->verdict == IST_CLAIM_HOLDS; k++) {
    ist_draws_next(&m.draws);
    visit(&t, &m, f);
  }
  ist_code code = t.work == NULL ? ist_claim_no_memory(s) : IST_OK;
  free(t.work);
  ist_simulation_close(&m);
  return code;
}

/** (1/n) sum_i C_i 1 = 1: every coordinate lies in one block, with scale n. */
static void visit_partition(const trial *t, const ist_simulation *m, ist_finding *f) {
  size_t d = t->u->p->d;
  double *cover = t->work, *ones = t->work + d;
  for (size_t j = 0; j < d; j++) {
    cover[j] = 0;
    ones[j] = 1;
  }
  for (size_t k = 0; k < d; k++) /* the n blocks of q, one after the other */
    cover[m->draws.block[k]] += m->s[m->draws.block[k]] / (double)t->u->p->n;
  ist_find_same(f, cover, ones, d);
}

static ist_code perm_partition(ist_subject *u, ist_finding *f, ist_status *s) {
  return draw_rounds(u, u->x0, f, visit_partition, s);
}

/** (1/n) sum_i ||C_i x - x||^2 is the same in every round, hence each worker's expectation. */
static void visit_omega(const trial *t, const ist_simulation *m, ist_finding *f) {
  size_t d = t->u->p->d, n = t->u->p->n, q = t->u->sketch.q;
  double error = 0, x_sq = ist_scalar_product(t->x, t->x, d);
  for (size_t i = 0; i < n; i++)
    error += sketch_error_sq(t->x, m->s, m->draws.block + i * q, q, d, m->w, t->work) / (double)n;
  ist_find_equal(f, error, (double)(n - 1) * x_sq, (double)n * x_sq);
}

static ist_code perm_omega(ist_subject *u, ist_finding *f, ist_status *s) {
  return draw_rounds(u, u->x0, f, visit_omega, s);
}

/** (34): E||C y - y||^2 = omega ||y||^2 at y = grad f(x_0), the variance of compressed gradients.
 */
static ist_code gradient_variance(ist_subject *u, ist_finding *f, ist_status *s) {
  double *y = ist_memory_doubles(1, u->p->d, 1);
  if (y == NULL)
    return ist_claim_no_memory(s);
  ist_gradient(u->c.L_bar, u->c.b_bar, u->x0, u->p->d, y);
  ist_code code = IST_OK;
  if (!ist_bounded(y, u->p->d, IST_ENTRY_MAX))
    ist_find_nothing(f, "grad f(x_0) leaves the range of iterates");
  else if (u->sketch.kind == IST_RAND)
    code = rand_variance(u, y, f, s);
  else
    code = draw_rounds(u, y, f, visit_omega, s);
  free(y);
  return code;
}

/** One round by (2) and by Algorithm 1 with T = 1, eq. (6), from the same blocks. */
static void visit_reconstruction(const trial *t, const ist_simulation *m, ist_finding *f) {
  const ist_problem *p = t->u->p;
  size_t d = p->d, q = t->u->sketch.q;
  double *step = t->work, *merged = t->work + d, gamma = 1 / t->u->c.lambda_max;
  for (size_t j = 0; j < d; j++)
    step[j] = merged[j] = t->x[j];
  ist_round(step, p->L, p->L_stride, p->b, p->b_stride, m->s, m->s_stride, m->draws.block, d, p->n,
            q, gamma, m->w, m->g, m->sum);
  /* The workers' steps may cancel: the rounding errors are of their size, not the result's. */
  double scale = ist_largest(t->x, d) + gamma * ist_largest(m->g, p->n * q), worst = 0;
  if (ist_local_round(merged, p->L, p->L_stride, p->b, p->b_stride, m->s, m->s_stride,
                      m->draws.block, d, p->n, q, gamma, 1, m->w, m->g, m->sum)) {
    for (size_t j = 0; j < d; j++)
      worst = fmax(worst, fabs(merged[j] - step[j]));
    ist_find_equal(f, worst, 0, scale);
  } else
    ist_find_nothing(f, "a local iterate leaves the range of iterates");
}

static ist_code reconstruction(ist_subject *u, ist_finding *f, ist_status *s) {
  if (!(1 / u->c.lambda_max <= IST_SCALE_MAX)) {
    ist_find_nothing(f, "1/lambda_max exceeds the largest step");
    return IST_OK;
  }
  return draw_rounds(u, u->x0, f, visit_reconstruction, s);
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
  double slope = ist_scalar_product(g, y, d);
  double value = ist_value(L, b, sum, d, work) - ist_value(L, b, x, d, work) - slope;
  double bound = ist_value(L, zero, y, d, work);
  double scale = bound + ist_value(L, zero, x, d, work) + ist_value(L, zero, sum, d, work) +
                 fabs(slope) + fabs(ist_scalar_product(b, x, d)) +
                 fabs(ist_scalar_product(b, sum, d));
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

/** E[B] - L_bar at (j, k) for an unbiased sketch, from the chance that j and k share a block. */
static double excess_of_B(const ist_subject *u, size_t j, size_t k) {
  size_t count = ist_problem_L_count(u->p);
  double d = (double)u->p->d, q = (double)u->sketch.q, mean = 0;
  double scale = u->sketch.kind == IST_PERM ? (double)u->p->n : d / q;
  double chance = j == k ? q / d : q / d * (q - 1) / (d - 1);
  for (size_t i = 0; i < count; i++)
    mean += ist_problem_L(u->p, i)[j * u->p->d + k] / (double)count;
  return (scale * scale * chance - 1) * mean;
}

/** The estimator is biased: E g(x) - grad f(x) = (E[B] - L) x, E[v] being b. */
static ist_code biased_estimator(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t d = u->p->d;
  const double *x = u->x0;
  double *g = ist_memory_doubles(2, d, 1), worst = 0, size = 0, bias = 0;
  if (g == NULL)
    return ist_claim_no_memory(s);
  ist_gradient(u->c.L_bar, u->c.b_bar, x, d, g);
  ist_apply(d, u->c.expected_B, x, g + d);
  for (size_t j = 0; j < d; j++) {
    double predicted = 0, Eg = g[d + j] - u->c.expected_v[j];
    for (size_t k = 0; k < d; k++)
      predicted += excess_of_B(u, j, k) * x[k];
    worst = fmax(worst, fabs(Eg - g[j] - predicted));
    bias = fmax(bias, fabs(predicted));
    size = fmax(size, fabs(g[d + j]) + fabs(u->c.expected_v[j]) + fabs(g[j]));
  }
  ist_find_equal(f, worst, 0, size);
  if (f->verdict == IST_CLAIM_HOLDS && bias <= IST_CLAIM_TOLERANCE * size)
    ist_find_nothing(f, "E g(x) = grad f(x) on this problem");
  free(g);
  return IST_OK;
}

/** t |(1/n) sum_i L_i y| from the workers' matrices; Ly: d entries of work space. */
static double growth(const ist_problem *p, double t, const double *y, double *Ly) {
  size_t count = ist_problem_L_count(p);
  double square = 0;
  for (size_t j = 0; j < p->d; j++) {
    Ly[j] = 0;
    for (size_t i = 0; i < count; i++)
      Ly[j] += ist_scalar_product(ist_problem_L(p, i) + j * p->d, y, p->d) / (double)count;
    square += Ly[j] * Ly[j];
  }
  return t * sqrt(square);
}

/** (11): no bound holds on the gradient: |grad f(x* + t x)| = t |L x|, at t = 10^6. */
static ist_code unbounded_gradient(ist_subject *u, ist_finding *f, ist_status *s) {
  const double t = 1e6;
  size_t d = u->p->d;
  double *x = ist_memory_doubles(2, d, 1);
  if (x == NULL)
    return ist_claim_no_memory(s);
  double *g = x + d;
  for (size_t j = 0; j < d; j++)
    x[j] = u->c.x_star[j] + t * u->x0[j];
  if (!ist_bounded(x, d, IST_ENTRY_MAX) || ist_largest(u->x0, d) == 0)
    ist_find_nothing(f, "no direction, or one that leaves the range of iterates");
  else {
    ist_gradient(u->c.L_bar, u->c.b_bar, x, d, g);
    double size = sqrt(ist_scalar_product(g, g, d));
    ist_find_equal(f, size, growth(u->p, t, u->x0, g),
                   u->c.lambda_max * sqrt(ist_scalar_product(x, x, d)));
  }
  free(x);
  return IST_OK;
}

/** (20): f(x) = ftilde(D^{1/2} x), ftilde the preconditioned problem's. */
static ist_code change_of_variables(ist_subject *u, ist_finding *f, ist_status *s) {
  const ist_problem *p = u->original;
  size_t d = p->d;
  const double *x = u->x0;
  double *y = ist_memory_doubles(3, d, 1);
  if (y == NULL)
    return ist_claim_no_memory(s);
  double *work = y + d, *zero = y + 2 * d;
  for (size_t j = 0; j < d; j++)
    y[j] = sqrt(p->L[j * d + j]) * x[j];
  if (ist_bounded(y, d, IST_ENTRY_MAX))
    ist_find_equal(f, ist_value(u->p->L, u->p->b, y, d, work), ist_value(p->L, p->b, x, d, work),
                   ist_value(p->L, zero, x, d, work) + fabs(ist_scalar_product(p->b, x, d)));
  else
    ist_find_nothing(f, "D^{1/2} x leaves the range of iterates");
  free(y);
  return IST_OK;
}

/** s_j [L_i]_jj^{1/2} = sqrt(n) for scaled Perm-q: it makes Diag(E[C_i L_i C_i]) = I, for every
 *  worker. */
static ist_code scaling(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t d = u->p->d, stride;
  double *scale = ist_sketch_scales(u->p, u->sketch, &stride), worst = 0;
  double root = sqrt((double)u->p->n);
  if (scale == NULL)
    return ist_claim_no_memory(s);
  for (size_t i = 0; i < u->p->n; i++)
    for (size_t j = 0; j < d; j++) {
      double product = scale[i * stride + j] * sqrt(ist_problem_L(u->p, i)[j * d + j]);
      worst = fmax(worst, fabs(product - root));
    }
  ist_find_equal(f, worst, 0, root);
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

/** (23) as printed, s'_j = sqrt(n) [L_i^{-1/2}]_jj, at the coordinate of worker i where it is
 * worst: (1/n) s'_j^2 [L_i]_jj is 1 as printed, and (s'_j/s_j)^2 if s_j is right. root: of worker
 * i. */
static void compare_printed_scale(const ist_subject *u, size_t i, const double *root,
                                  const double *scale, ist_finding *f) {
  size_t d = u->p->d, worst = 0;
  const double *L = ist_problem_L(u->p, i);
  for (size_t j = 1; j < d; j++)
    if (root[j] * root[j] * L[j * d + j] > root[worst] * root[worst] * L[worst * d + worst])
      worst = j;
  double value = root[worst] * root[worst] * L[worst * d + worst];
  double ratio = sqrt((double)u->p->n) * root[worst] / scale[worst];
  ist_find_printed(f, value, 1, ratio * fabs(ratio), value * ist_condition_scale(u),
                   "correction: the diagonal of D_i^{-1/2}, not that of L_i^{-1/2}");
}

/** Looks for the first worker that has a root and no diagonal matrix; what is found otherwise is
 * that there is none. */
static ist_code printed_scaling(ist_subject *u, ist_finding *f, ist_status *s) {
  size_t d = u->p->d, stride;
  double *root = ist_memory_doubles(1, d, 1), *scale = ist_sketch_scales(u->p, u->sketch, &stride);
  ist_code code = root == NULL || scale == NULL ? ist_claim_no_memory(s) : IST_NOT_EXIST;
  ist_find_nothing(f, "no L_i is positive definite and not diagonal");
  for (size_t i = 0; i < ist_problem_L_count(u->p) && code == IST_NOT_EXIST; i++) {
    const double *L = ist_problem_L(u->p, i);
    if (!is_diagonal(L, d))
      code = ist_inverse_root_diagonal(L, d, root, s);
    if (code == IST_OK)
      compare_printed_scale(u, i, root, scale + i * stride, f);
  }
  free(root);
  free(scale);
  return code == IST_NOT_EXIST ? IST_OK : code;
}

/** n lambda_min(L^-1), from the pencil (I, L). */
static ist_code smallest_of_inverse(const ist_subject *u, double *smallest, ist_status *s) {
  size_t d = u->p->d;
  double min, max, *identity = ist_memory_doubles(1, d, d);
  if (identity == NULL)
    return ist_claim_no_memory(s);
  for (size_t j = 0; j < d; j++)
    identity[j * d + j] = 1;
  ist_code code = ist_pencil_eigenvalues(identity, u->c.L_bar, d, &min, &max, s);
  if (code == IST_OK)
    *smallest = (double)u->p->n * min;
  free(identity);
  return code;
}

/** It is n / lambda_max(L). */
static ist_code inverse_eigenvalue(ist_subject *u, ist_finding *f, ist_status *s) {
  double smallest, right = (double)u->p->n / u->c.lambda_max;
  if (smallest_of_inverse(u, &smallest, s) != IST_OK)
    return s->code;
  ist_find_equal(f, smallest, right, right * ist_condition_scale(u));
  return IST_OK;
}

/** (21) as printed takes n lambda_max(L) for it: false unless L = I. */
static ist_code printed_inverse_eigenvalue(ist_subject *u, ist_finding *f, ist_status *s) {
  double n = (double)u->p->n, max = u->c.lambda_max, smallest;
  if (smallest_of_inverse(u, &smallest, s) != IST_OK)
    return s->code;
  ist_find_printed(f, smallest, n * max, n / max, n / max * ist_condition_scale(u),
                   "correction: n lambda_min(L^-1) is n/lambda_max(L)");
  return IST_OK;
}

#define UNBIASED (IST_ABOUT(IST_PERM) | IST_ABOUT(IST_RAND))

const ist_claim ist_claims_sketches[] = {
    {"P01", "E|Cx - x|^2 = (d/q - 1)|x|^2", IST_ABOUT(IST_RAND), 0, rand_omega},
    {"P01-mean", "E Cx = x", IST_ABOUT(IST_RAND), 0, rand_mean},
    {"P02", "(1/n) sum C_i = I, every round", IST_ABOUT(IST_PERM), 0, perm_partition},
    {"P02-omega", "E|C_i x - x|^2 = (n - 1)|x|^2", IST_ABOUT(IST_PERM), 0, perm_omega},
    {"P03", "(6) = (2) if (1/n) sum C_i = I", IST_ABOUT(IST_IDENTITY) | IST_ABOUT(IST_PERM), 0,
     reconstruction},
    {"P04", "f(x+y)-f(x)-<g,y> = |y|^2_L/2", IST_ABOUT_ANY, 0, smoothness},
    {"P04-mean", "(1/n) sum grad f_i(x) = L x - b", IST_ABOUT_ANY, 0, mean_gradient},
    {"P05", "E g - grad f(x) = (E[B] - L) x", UNBIASED, 0, biased_estimator},
    {"P05-far", "|grad f(x* + tx)| = t |L x|", IST_ABOUT_ANY, 0, unbounded_gradient},
    {"P19-var", "E|Cy-y|^2 = omega |y|^2, (34)", UNBIASED, 0, gradient_variance},
    {"P23", "f~(D^{1/2} x) = f(x), (20)", IST_ABOUT_ANY, IST_ASSUME_PRECONDITIONED,
     change_of_variables},
    {"E1", "s_j [L_i]_jj^{1/2} = sqrt(n)", IST_ABOUT(IST_SCALED_PERM), 0, scaling},
    {"E1-print", "(1/n) s_j^2 [L_i]_jj = 1 by (23)", IST_ABOUT(IST_SCALED_PERM), 0,
     printed_scaling},
    {"E2", "n lambda_min(L^-1)=n/lambda_max", IST_ABOUT_ANY, IST_ASSUME_PRECONDITIONED,
     inverse_eigenvalue},
    {"E2-print", "n lambda_min(L^-1)=n lambda_max", IST_ABOUT_ANY, IST_ASSUME_PRECONDITIONED,
     printed_inverse_eigenvalue},
    {0},
};
