/** Every row of ist check can fail. The linker puts the functions below in front of the library's
 *  (--wrap), so that one ingredient at a time is wrong: by a sign, or by one part in a million. A
 * row that held, or refuted a printed formula, must then be violated on one of the problems; and
 * every spoiling must be noticed by some row.
 *
 *  Prints the table of rows and spoilings: s, a wrong sign flips the row; r, a relative change
 * does;
 *  #, both do. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/certificate.h"
#include "cli/draw.h"
#include "cli/evaluate.h"
#include "cli/scales.h"
#include "kernel/homogeneous.h"
#include "kernel/local.h"
#include "kernel/permutation.h"
#include "kernel/quadratic.h"
#include "kernel/round.h"
#include "kernel/submodel.h"
#include "moments/dynamics.h"
#include "moments/moments.h"
#include "spectral/bounds.h"
#include "spectral/definite.h"
#include "spectral/eigen.h"

/** How an ingredient is changed; the last two are one relative change, in either direction. */
typedef enum { SIGN, UP, DOWN, CHANGES } change;
#define RELATIVE 1e-6

typedef enum {
  NOTHING,
  /* fields of ist_constants, where the claims read them */
  EXPECTED_B,
  EXPECTED_V,
  SECOND_MOMENT,
  W,
  THETA,
  CONTRACTION,
  LAMBDA_MIN,
  LAMBDA_MAX,
  X_STAR,
  X_FIXED,
  H,
  H_SQ,
  SIGMA_SQ,
  SIGMA_SQ_STAR,
  L_BAR,
  B_BAR,
  /* what functions compute, wherever they are called */
  MOMENT_B,
  MOMENT_V,
  MOMENT_BAB,
  MOMENT_BAV,
  MOMENT_BZV,
  MOMENT_COV_V,
  MOMENT_VV,
  NOISE,
  ROUND_MEAN,
  ROUND_COV,
  ROUND_STEP,
  DISTANCE_SQ,
  N3_SIGMA_SQ,
  N3_COV_V,
  N3_ROUND,
  SCALES,
  DRAWS,
  PERMUTATION,
  BLOCKS,
  KERNEL_ROUND,
  LOCAL_ROUND,
  SUBMODEL,
  GRADIENT,
  VALUE,
  FIXED_POINT,
  CLOSED_FORM,
  SOLUTION,
  EIGENVALUES,
  PENCIL,
  PRECONDITIONED_L,
  PRECONDITIONED_B,
  ENCLOSURE,
  BOUND_15,
  BOUND_16,
  BOUND_30,
  BOUND_N2,
  SLACK_N1,
  INGREDIENTS
} ingredient;

static const char *const names[INGREDIENTS] = {
    [EXPECTED_B] = "E[B]",
    [EXPECTED_V] = "E[v]",
    [SECOND_MOMENT] = "E[BLB]",
    [W] = "W",
    [THETA] = "theta and 1/theta",
    [CONTRACTION] = "contraction",
    [LAMBDA_MIN] = "lambda_min",
    [LAMBDA_MAX] = "lambda_max",
    [X_STAR] = "x*",
    [X_FIXED] = "x_inf",
    [H] = "h",
    [H_SQ] = "|h|^2",
    [SIGMA_SQ] = "sigma^2",
    [SIGMA_SQ_STAR] = "sigma^2 at x*",
    [L_BAR] = "mean of the L_i",
    [B_BAR] = "mean of the b_i",
    [MOMENT_B] = "E[B], function",
    [MOMENT_V] = "E[v], function",
    [MOMENT_BAB] = "E[BAB], function",
    [MOMENT_BAV] = "E[BAv], function",
    [MOMENT_BZV] = "E[Bzv'], function",
    [MOMENT_COV_V] = "Cov v, function",
    [MOMENT_VV] = "E[vv'], function",
    [NOISE] = "noise, function",
    [ROUND_MEAN] = "mean after a round of N5",
    [ROUND_COV] = "covariance after a round of N5",
    [ROUND_STEP] = "step of a round of N5",
    [DISTANCE_SQ] = "distance of N5",
    [N3_SIGMA_SQ] = "sigma^2 of N3",
    [N3_COV_V] = "Cov v of N3",
    [N3_ROUND] = "round of N3",
    [SCALES] = "scales of the sketch",
    [DRAWS] = "draws: two workers share a block",
    [PERMUTATION] = "permutation: always the identity",
    [BLOCKS] = "blocks: two workers share one",
    [KERNEL_ROUND] = "round of the kernel",
    [LOCAL_ROUND] = "local round of the kernel",
    [SUBMODEL] = "submodel of the kernel",
    [GRADIENT] = "gradient of the kernel",
    [VALUE] = "value f(x) of the kernel",
    [FIXED_POINT] = "b/sqrt(n) of the kernel",
    [CLOSED_FORM] = "closed form of the kernel",
    [SOLUTION] = "solution of a linear system",
    [EIGENVALUES] = "extreme eigenvalues",
    [PENCIL] = "eigenvalues of a pencil",
    [PRECONDITIONED_L] = "preconditioned L",
    [PRECONDITIONED_B] = "preconditioned b",
    [ENCLOSURE] = "certified enclosure of theta",
    [BOUND_15] = "right side of (15)",
    [BOUND_16] = "right side of (16)",
    [BOUND_30] = "right side of (30)",
    [BOUND_N2] = "right side of N2",
    [SLACK_N1] = "slack of N1",
};

/** The spoiling in force. */
static ingredient spoiled;
static change how;

static bool is_discrete(ingredient i) { return i == DRAWS || i == PERMUTATION || i == BLOCKS; }

static double factor(void) { return how == SIGN ? -1 : how == UP ? 1 + RELATIVE : 1 - RELATIVE; }

/** Spoils a number, if it is this ingredient's turn. */
static void spoil(ingredient i, double *value) {
  if (spoiled == i)
    *value *= factor();
}

static size_t position_of_largest(const double *v, size_t count) {
  size_t at = 0;
  for (size_t j = 1; j < count; j++)
    if (fabs(v[j]) > fabs(v[at]))
      at = j;
  return at;
}

/** Spoils the largest entry of a vector. */
static void spoil_vector(ingredient i, double *v, size_t count) {
  if (spoiled == i && v != NULL)
    v[position_of_largest(v, count)] *= factor();
}

/** Spoils the largest entry of a d x d matrix and, in a symmetric one, its mirror image. */
static void spoil_matrix(ingredient i, double *A, size_t d, bool symmetric) {
  if (spoiled != i)
    return;
  size_t at = position_of_largest(A, d * d), mirror = at % d * d + at / d;
  A[at] *= factor();
  if (symmetric && mirror != at)
    A[mirror] = A[at];
}

/* The functions in front of the library's. */

#define REAL(type, name, ...) extern type __real_##name(__VA_ARGS__)

REAL(ist_code, ist_constants_compute, const ist_problem *, ist_sketch, ist_constants *,
     ist_status *);
ist_code __wrap_ist_constants_compute(const ist_problem *p, ist_sketch sk, ist_constants *c,
                                      ist_status *s) {
  ist_code code = __real_ist_constants_compute(p, sk, c, s);
  if (code != IST_OK)
    return code;
  spoil_matrix(EXPECTED_B, c->expected_B, p->d, true);
  spoil_vector(EXPECTED_V, c->expected_v, p->d);
  spoil_matrix(SECOND_MOMENT, c->second_moment, p->d, true);
  spoil_matrix(W, c->W, p->d, true);
  spoil(THETA, &c->theta.value);
  if (c->theta.exists)
    c->step_max.value = 1 / c->theta.value;
  spoil(CONTRACTION, &c->contraction.value);
  spoil(LAMBDA_MIN, &c->lambda_min);
  spoil(LAMBDA_MAX, &c->lambda_max);
  spoil_vector(X_STAR, c->x_star, p->d);
  spoil_vector(X_FIXED, c->x_fixed, p->d);
  spoil_vector(H, c->h, p->d);
  spoil(H_SQ, &c->h_norm_sq.value);
  spoil(SIGMA_SQ, &c->sigma_sq.value);
  spoil(SIGMA_SQ_STAR, &c->sigma_sq_star);
  spoil_matrix(L_BAR, c->L_bar, p->d, true);
  spoil_vector(B_BAR, c->b_bar, p->d);
  return code;
}

REAL(bool, ist_expected_B, const ist_problem *, ist_sketch, double *);
bool __wrap_ist_expected_B(const ist_problem *p, ist_sketch sk, double *EB) {
  bool ok = __real_ist_expected_B(p, sk, EB);
  spoil_matrix(MOMENT_B, EB, p->d, true);
  return ok;
}

REAL(bool, ist_expected_v, const ist_problem *, ist_sketch, double *);
bool __wrap_ist_expected_v(const ist_problem *p, ist_sketch sk, double *Ev) {
  bool ok = __real_ist_expected_v(p, sk, Ev);
  spoil_vector(MOMENT_V, Ev, p->d);
  return ok;
}

REAL(bool, ist_second_moment, const ist_problem *, ist_sketch, const double *, double *);
bool __wrap_ist_second_moment(const ist_problem *p, ist_sketch sk, const double *A, double *out) {
  bool ok = __real_ist_second_moment(p, sk, A, out);
  spoil_matrix(MOMENT_BAB, out, p->d, true);
  return ok;
}

REAL(bool, ist_cross_moment, const ist_problem *, ist_sketch, const double *, double *);
bool __wrap_ist_cross_moment(const ist_problem *p, ist_sketch sk, const double *A, double *out) {
  bool ok = __real_ist_cross_moment(p, sk, A, out);
  spoil_vector(MOMENT_BAV, out, p->d);
  return ok;
}

REAL(bool, ist_mixed_moment, const ist_problem *, ist_sketch, const double *, double *);
bool __wrap_ist_mixed_moment(const ist_problem *p, ist_sketch sk, const double *z, double *out) {
  bool ok = __real_ist_mixed_moment(p, sk, z, out);
  spoil_matrix(MOMENT_BZV, out, p->d, false);
  return ok;
}

REAL(bool, ist_linear_covariance, const ist_problem *, ist_sketch, double *);
bool __wrap_ist_linear_covariance(const ist_problem *p, ist_sketch sk, double *out) {
  bool ok = __real_ist_linear_covariance(p, sk, out);
  spoil_matrix(MOMENT_COV_V, out, p->d, true);
  return ok;
}

REAL(bool, ist_linear_second_moment, const ist_problem *, ist_sketch, double *);
bool __wrap_ist_linear_second_moment(const ist_problem *p, ist_sketch sk, double *out) {
  bool ok = __real_ist_linear_second_moment(p, sk, out);
  spoil_matrix(MOMENT_VV, out, p->d, true);
  return ok;
}

REAL(bool, ist_noise, const ist_problem *, ist_sketch, const double *, const double *, double *);
bool __wrap_ist_noise(const ist_problem *p, ist_sketch sk, const double *A, const double *x,
                      double *out) {
  bool ok = __real_ist_noise(p, sk, A, x, out);
  spoil(NOISE, out);
  return ok;
}

REAL(ist_code, ist_dynamics_step, ist_dynamics *, double, ist_status *);
ist_code __wrap_ist_dynamics_step(ist_dynamics *y, double gamma, ist_status *s) {
  spoil(ROUND_STEP, &gamma);
  ist_code code = __real_ist_dynamics_step(y, gamma, s);
  spoil_vector(ROUND_MEAN, y->mean, y->p->d);
  spoil_matrix(ROUND_COV, y->cov, y->p->d, true);
  return code;
}

REAL(double, ist_dynamics_distance_sq, const ist_dynamics *, const double *, const double *);
double __wrap_ist_dynamics_distance_sq(const ist_dynamics *y, const double *A, const double *z) {
  double square = __real_ist_dynamics_distance_sq(y, A, z);
  spoil(DISTANCE_SQ, &square);
  return square;
}

REAL(bool, ist_n3_init, const ist_problem *, const ist_constants *, ist_n3 *);
bool __wrap_ist_n3_init(const ist_problem *p, const ist_constants *c, ist_n3 *m) {
  bool ok = __real_ist_n3_init(p, c, m);
  spoil(N3_SIGMA_SQ, &m->sigma_sq);
  spoil_matrix(N3_COV_V, m->cov_v, p->d, true);
  return ok;
}

REAL(ist_n3_values, ist_n3_round, const ist_n3 *, const double *, double, size_t);
ist_n3_values __wrap_ist_n3_round(const ist_n3 *m, const double *x0, double gamma, size_t k) {
  ist_n3_values v = __real_ist_n3_round(m, x0, gamma, k);
  spoil(N3_ROUND, &v.grad_norm_sq);
  spoil(N3_ROUND, &v.dist_fixed_sq);
  return v;
}

REAL(double *, ist_sketch_scales, const ist_problem *, ist_sketch, size_t *);
double *__wrap_ist_sketch_scales(const ist_problem *p, ist_sketch sk, size_t *stride) {
  double *s = __real_ist_sketch_scales(p, sk, stride);
  spoil_vector(SCALES, s, *stride == 0 ? p->d : p->n * p->d);
  return s;
}

/** Gives worker 1 the block of worker 0. */
static void share_block(ingredient i, size_t *block, size_t n, size_t q) {
  if (spoiled == i && n > 1)
    memcpy(block + q, block, q * sizeof *block);
}

REAL(void, ist_draws_next, ist_draws *);
void __wrap_ist_draws_next(ist_draws *r) {
  __real_ist_draws_next(r);
  share_block(DRAWS, r->block, r->n, r->sketch.q);
}

REAL(void, ist_shuffle, size_t *, size_t, const size_t *);
void __wrap_ist_shuffle(size_t *p, size_t d, const size_t *draw) {
  __real_ist_shuffle(p, d, draw);
  for (size_t k = 0; spoiled == PERMUTATION && k < d; k++)
    p[k] = k;
}

REAL(void, ist_blocks, const size_t *, size_t, size_t, size_t, size_t *, size_t *);
void __wrap_ist_blocks(const size_t *owner, size_t d, size_t n, size_t q, size_t *block,
                       size_t *fill) {
  __real_ist_blocks(owner, d, n, q, block, fill);
  share_block(BLOCKS, block, n, q);
}

/** Spoils the way that x went from before. */
static void spoil_step(ingredient i, double *x, const double *before, size_t d) {
  for (size_t j = 0; spoiled == i && j < d; j++)
    x[j] = before[j] + factor() * (x[j] - before[j]);
}

#define MOST 8

REAL(void, ist_round, double *, const double *, size_t, const double *, size_t, const double *,
     size_t, const size_t *, size_t, size_t, size_t, double, double *, double *, double *);
void __wrap_ist_round(double *x, const double *L, size_t L_stride, const double *b, size_t b_stride,
                      const double *s, size_t s_stride, const size_t *block, size_t d, size_t n,
                      size_t q, double gamma, double *w, double *g, double *sum) {
  double before[MOST];
  memcpy(before, x, d * sizeof *x);
  __real_ist_round(x, L, L_stride, b, b_stride, s, s_stride, block, d, n, q, gamma, w, g, sum);
  spoil_step(KERNEL_ROUND, x, before, d);
}

REAL(bool, ist_local_round, double *, const double *, size_t, const double *, size_t,
     const double *, size_t, const size_t *, size_t, size_t, size_t, double, size_t, double *,
     double *, double *);
bool __wrap_ist_local_round(double *x, const double *L, size_t L_stride, const double *b,
                            size_t b_stride, const double *s, size_t s_stride, const size_t *block,
                            size_t d, size_t n, size_t q, double gamma, size_t T, double *w,
                            double *g, double *sum) {
  double before[MOST];
  memcpy(before, x, d * sizeof *x);
  bool ok = __real_ist_local_round(x, L, L_stride, b, b_stride, s, s_stride, block, d, n, q, gamma,
                                   T, w, g, sum);
  spoil_step(LOCAL_ROUND, x, before, d);
  return ok;
}

REAL(void, ist_submodel, const double *, const double *, const size_t *, size_t, size_t, double *);
void __wrap_ist_submodel(const double *x, const double *s, const size_t *S, size_t q, size_t d,
                         double *w) {
  __real_ist_submodel(x, s, S, q, d, w);
  spoil_vector(SUBMODEL, w, q);
}

REAL(void, ist_gradient, const double *, const double *, const double *, size_t, double *);
void __wrap_ist_gradient(const double *L, const double *b, const double *x, size_t d, double *g) {
  __real_ist_gradient(L, b, x, d, g);
  spoil_vector(GRADIENT, g, d);
}

REAL(double, ist_value, const double *, const double *, const double *, size_t, double *);
double __wrap_ist_value(const double *L, const double *b, const double *x, size_t d, double *Lx) {
  double value = __real_ist_value(L, b, x, d, Lx);
  spoil(VALUE, &value);
  return value;
}

REAL(void, ist_fixed_point, const double *, size_t, size_t, double *);
void __wrap_ist_fixed_point(const double *b, size_t d, size_t n, double *c) {
  __real_ist_fixed_point(b, d, n, c);
  spoil_vector(FIXED_POINT, c, d);
}

REAL(void, ist_closed_form, const double *, const double *, size_t, double, size_t, double *);
void __wrap_ist_closed_form(const double *x0, const double *c, size_t d, double gamma, size_t K,
                            double *out) {
  __real_ist_closed_form(x0, c, d, gamma, K, out);
  spoil_vector(CLOSED_FORM, out, d);
}

REAL(ist_code, ist_solve, const double *, size_t, const double *, double *, ist_status *);
ist_code __wrap_ist_solve(const double *A, size_t d, const double *b, double *x, ist_status *s) {
  ist_code code = __real_ist_solve(A, d, b, x, s);
  spoil_vector(SOLUTION, x, d);
  return code;
}

REAL(ist_code, ist_extreme_eigenvalues, const double *, size_t, double *, double *, ist_status *);
ist_code __wrap_ist_extreme_eigenvalues(const double *A, size_t d, double *min, double *max,
                                        ist_status *s) {
  ist_code code = __real_ist_extreme_eigenvalues(A, d, min, max, s);
  spoil(EIGENVALUES, min);
  spoil(EIGENVALUES, max);
  return code;
}

REAL(ist_code, ist_pencil_eigenvalues, const double *, const double *, size_t, double *, double *,
     ist_status *);
ist_code __wrap_ist_pencil_eigenvalues(const double *A, const double *B, size_t d, double *min,
                                       double *max, ist_status *s) {
  ist_code code = __real_ist_pencil_eigenvalues(A, B, d, min, max, s);
  spoil(PENCIL, min);
  spoil(PENCIL, max);
  return code;
}

REAL(bool, ist_problem_precondition, ist_problem *);
bool __wrap_ist_problem_precondition(ist_problem *p) {
  bool ok = __real_ist_problem_precondition(p);
  size_t corner = p->d - 1; /* the diagonal is 1 */
  if (ok && p->d > 1) {
    spoil(PRECONDITIONED_L, p->L + corner);
    p->L[corner * p->d] = p->L[corner];
  }
  spoil_vector(PRECONDITIONED_B, p->b, p->d);
  return ok;
}

REAL(ist_code, ist_certificate_make, const ist_problem *, const ist_constants *, ist_certificate *,
     ist_status *);
ist_code __wrap_ist_certificate_make(const ist_problem *p, const ist_constants *c,
                                     ist_certificate *proof, ist_status *s) {
  ist_code code = __real_ist_certificate_make(p, c, proof, s);
  spoil(ENCLOSURE, &proof->theta.lo);
  spoil(ENCLOSURE, &proof->theta.hi);
  return code;
}

REAL(double, ist_theorem1_average_bound, double, double, size_t);
double __wrap_ist_theorem1_average_bound(double drop, double gamma, size_t K) {
  double bound = __real_ist_theorem1_average_bound(drop, gamma, K);
  spoil(BOUND_15, &bound);
  return bound;
}

REAL(double, ist_theorem1_distance_bound, double, double, size_t, double);
double __wrap_ist_theorem1_distance_bound(double contraction, double gamma, size_t k,
                                          double start) {
  double bound = __real_ist_theorem1_distance_bound(contraction, gamma, k, start);
  spoil(BOUND_16, &bound);
  return bound;
}

REAL(ist_scalar, ist_theorem2_printed, double, double, size_t, double, double);
ist_scalar __wrap_ist_theorem2_printed(double drop, double gamma, size_t K, double h_sq,
                                       double sigma_sq) {
  ist_scalar bound = __real_ist_theorem2_printed(drop, gamma, K, h_sq, sigma_sq);
  spoil(BOUND_30, &bound.value);
  return bound;
}

REAL(double, ist_theorem2_sharpened, double, double, size_t, double, double);
double __wrap_ist_theorem2_sharpened(double drop, double gamma, size_t K, double h_sq,
                                     double sigma_sq) {
  double bound = __real_ist_theorem2_sharpened(drop, gamma, K, h_sq, sigma_sq);
  spoil(BOUND_N2, &bound);
  return bound;
}

REAL(double, ist_theorem2_slack, double, double);
double __wrap_ist_theorem2_slack(double gamma, double average_dist_fixed_L_sq) {
  double slack = __real_ist_theorem2_slack(gamma, average_dist_fixed_L_sq);
  spoil(SLACK_N1, &slack);
  return slack;
}

/* A spoiled size must not fail a comparison by being negative: only what is compared may. */

REAL(void, ist_find_equal, ist_finding *, double, double, double);
void __wrap_ist_find_equal(ist_finding *f, double value, double bound, double scale) {
  __real_ist_find_equal(f, value, bound, fabs(scale));
}

REAL(void, ist_find_at_most, ist_finding *, double, double, double);
void __wrap_ist_find_at_most(ist_finding *f, double value, double bound, double scale) {
  __real_ist_find_at_most(f, value, bound, fabs(scale));
}

REAL(void, ist_find_at_least, ist_finding *, double, double, double);
void __wrap_ist_find_at_least(ist_finding *f, double value, double bound, double scale) {
  __real_ist_find_at_least(f, value, bound, fabs(scale));
}

REAL(void, ist_find_printed, ist_finding *, double, double, double, double, const char *);
void __wrap_ist_find_printed(ist_finding *f, double value, double printed, double corrected,
                             double scale, const char *correction) {
  __real_ist_find_printed(f, value, printed, corrected, fabs(scale), correction);
}

REAL(void, ist_find_mean_equal, ist_finding *, const ist_pairs *, double);
void __wrap_ist_find_mean_equal(ist_finding *f, const ist_pairs *pairs, double scale) {
  __real_ist_find_mean_equal(f, pairs, fabs(scale));
}

REAL(void, ist_find_mean_at_most, ist_finding *, const ist_pairs *, double);
void __wrap_ist_find_mean_at_most(ist_finding *f, const ist_pairs *pairs, double scale) {
  __real_ist_find_mean_at_most(f, pairs, fabs(scale));
}

REAL(void, ist_find_mean_at_least, ist_finding *, const ist_pairs *, double);
void __wrap_ist_find_mean_at_least(ist_finding *f, const ist_pairs *pairs, double scale) {
  __real_ist_find_mean_at_least(f, pairs, fabs(scale));
}

/* The problems. */

/** A problem, and how it is checked. */
typedef struct {
  const char *name;
  size_t d, n, L_count, b_count;
  bool certify;
  double step; /**< 0: the default */
  size_t rounds;
  const double *L, *b, *x0;
} setting;

static const double three[] = {3, 1, 0.5, 1, 2, -0.25, 0.5, -0.25, 1.5};
static const double several[] = {3, 1,    0.5,   1,    2,   -0.25, 0.5,   -0.25, 1.5,
                                 1, 0.25, 0.125, 0.25, 2,   0.5,   0.125, 0.5,   3,
                                 2, -0.5, 0.25,  -0.5, 2.5, 0.75,  0.25,  0.75,  1};
static const double four[] = {3,    1,    0.5, 0,    1, 2,  -0.25, 0.5,  0.5, -0.25, 1.5,
                              0.25, 0,    0.5, 0.25, 2, 1,  0.25,  0,    0.5, 0.25,  2,
                              0.5,  0.25, 0,   0.5,  3, -1, 0.5,   0.25, -1,  2.5};
static const double twice[] = {2, 0, 0, 0, 2, 0, 0, 0, 2};
static const double multiples[] = {1, 0, 0, 0, 1, 0, 0, 0, 1, 2, 0, 0, 0, 2,
                                   0, 0, 0, 2, 3, 0, 0, 0, 3, 0, 0, 0, 3};
static const double halves[] = {0.5, 0, 0, 0.5};
static const double singular[] = {1, 1, 1, 1, 1, -1, -1, 1};
/* Their mean is definite; E[B] of scaled Perm-2 is not, so that there is no x_inf. */
static const double indefinite[] = {1,  10, 0, 0, 10, 1,  0, 0, 0, 0, 1, 0, 0, 0, 0, 1,
                                    20, -9, 0, 0, -9, 20, 0, 1, 0, 0, 4, 0, 0, 1, 0, 4};
static const double alike[] = {1, 0.95, 0.95, 0.95, 1, 0.95, 0.95, 0.95, 1};
static const double hundredth[] = {0.01, 0, 0, 0, 0, 0.01, 0, 0, 0, 0, 0.01, 0, 0, 0, 0, 0.01};

static const double zero[16];
static const double ones[] = {1, 1, 1, 1};
static const double b_three[] = {2, -1, 3};
static const double b_several[] = {2, -1, 3, 1, 4, -2, -3, 0.5, 1};
static const double b_four[] = {2, -1, 3, 0.5, 1, 4, -2, -1.5};
static const double x_three[] = {1.5, -2, 0.75};
static const double x_four[] = {1.5, -2, 0.75, 2.5};
static const double x_plane[] = {1, 2};
static const double fives[] = {5, 5, 5, 5};

#define STEP_NEAR_1 (1 - 1e-8)

/** (1, sqrt(3)/2) are mean and half difference of the eigenvalues, less one part in 10^8: kappa is
 * just below 7 + 4 sqrt(3), and LD + DL nearly singular, as sin of twice the eigenvectors' angle is
 *  1/sqrt(3). */
static const double *plane(void) {
  static double L[4];
  double half = sqrt(3) / 2 * (1 - 1e-8);
  L[0] = 1 + half * sqrt(2.0 / 3);
  L[1] = L[2] = half * sqrt(1.0 / 3);
  L[3] = 1 - half * sqrt(2.0 / 3);
  return L;
}

#define CASES 15

/** Fills in the cases; those at which an inequality is an equality are what shows a millionth. */
static void make_settings(setting *c) {
  const setting all[CASES] = {
      {"heterogeneous", 3, 3, 3, 3, true, 0, 3, several, b_several, x_three},
      {"homogeneous", 3, 3, 1, 1, true, 0, 3, three, b_three, x_three},
      {"interpolation", 3, 3, 3, 1, true, 0, 3, several, zero, x_three},
      {"L = 2 I, b = 0", 3, 3, 1, 1, true, 0, 1, twice, zero, x_three},
      {"L_i = i I, b = 0", 3, 3, 3, 1, true, 0, 3, multiples, zero, x_three},
      {"homogeneous, b = 0, G nearly 1", 3, 3, 1, 1, false, STEP_NEAR_1, 3, three, zero, x_three},
      {"heterogeneous, G = 1", 3, 3, 3, 3, false, 1, 3, several, b_several, x_three},
      {"d = 2, W nearly singular", 2, 2, 1, 1, false, 0, 3, plane(), b_three, x_plane},
      {"q = 2, b = 0", 4, 2, 2, 1, false, 0, 3, four, zero, x_four},
      {"q = 2", 4, 2, 2, 2, false, 0, 3, four, b_four, x_four},
      {"n = 1, unit diagonal", 3, 1, 1, 1, false, 0.9, 2, alike, zero, ones},
      {"L = I/2", 2, 2, 1, 1, false, 0, 3, halves, b_three, x_plane},
      {"singular workers", 2, 2, 2, 2, true, 0, 3, singular, b_four, x_plane},
      {"indefinite workers, q = 2", 4, 2, 2, 2, false, 0.01, 3, indefinite, b_four, x_four},
      {"L = I/100, from x_inf", 4, 4, 1, 1, false, 2.0 / 3, 3, hundredth, ones, fives},
  };
  memcpy(c, all, sizeof all);
}

static const ist_claim *const tables[] = {
    ist_claims_sketches, ist_claims_descent, ist_claims_rates,       ist_claims_scaled,
    ist_claims_limits,   ist_claims_methods, ist_claims_enumeration, ist_claims_runs};
#define TABLES (sizeof tables / sizeof *tables)

#define MOST_ROWS 128

/** The rows of ist check, in order. */
static const ist_claim *rows[MOST_ROWS];
static size_t row_count;

static void list_rows(void) {
  for (size_t t = 0; t < TABLES; t++)
    for (const ist_claim *claim = tables[t]; claim->id != NULL; claim++) {
      cr_assert_lt(row_count, MOST_ROWS);
      rows[row_count++] = claim;
    }
}

static ist_problem make_problem(const setting *c) {
  ist_problem p;
  cr_assert(ist_problem_alloc(&p, c->d, c->n, c->L_count, c->b_count));
  memcpy(p.L, c->L, c->L_count * c->d * c->d * sizeof *p.L);
  memcpy(p.b, c->b, c->b_count * c->d * sizeof *p.b);
  ist_problem_note_interpolation(&p);
  return p;
}

/** Evaluates every row on p under the spoiling in force; a row that fails is not applicable. */
static void evaluate(const setting *c, const ist_problem *p, ist_verdict *verdicts,
                     ist_finding *findings) {
  ist_check k = {.p = p,
                 .x0 = c->x0,
                 .rounds = c->rounds,
                 .step_given = c->step > 0,
                 .step = c->step,
                 .seed = 1,
                 .certify = c->certify};
  for (size_t r = 0; r < row_count; r++) {
    ist_status s;
    ist_finding f;
    bool ok = ist_evaluate(&k, rows[r], &f, &s) == IST_OK;
    verdicts[r] = ok ? f.verdict : IST_CLAIM_NOT_APPLICABLE;
    if (findings != NULL)
      findings[r] = f;
  }
  ist_check_close(&k);
}

/** Whether the spoiling turned the verdict: into a violation, or a refutation into truth. */
static bool is_flipped(ist_verdict sound, ist_verdict now) {
  if (sound != IST_CLAIM_HOLDS && sound != IST_CLAIM_REFUTED)
    return false;
  return now != sound && now != IST_CLAIM_NOT_APPLICABLE;
}

/** What flips: by ingredient, and by whether the change is relative. */
static bool flips[MOST_ROWS][INGREDIENTS][2];

static void spoil_case(const setting *c) {
  ist_problem p = make_problem(c);
  ist_verdict sound[MOST_ROWS], now[MOST_ROWS];
  ist_finding findings[MOST_ROWS];
  spoiled = NOTHING;
  evaluate(c, &p, sound, findings);
  for (size_t r = 0; r < row_count; r++)
    cr_expect_neq(sound[r], IST_CLAIM_VIOLATED, "%s: %s: %.17g, %.17g: %s", c->name, rows[r]->id,
                  findings[r].value, findings[r].bound, findings[r].reason);
  for (spoiled = NOTHING + 1; spoiled < INGREDIENTS; spoiled++)
    for (how = SIGN; how < (is_discrete(spoiled) ? UP : CHANGES); how++) {
      evaluate(c, &p, now, NULL);
      for (size_t r = 0; r < row_count; r++)
        flips[r][spoiled][how != SIGN] |= is_flipped(sound[r], now[r]);
    }
  ist_problem_free(&p);
}

static void print_table(void) {
  for (size_t i = NOTHING + 1; i < INGREDIENTS; i++)
    printf("%2zu %s\n", i, names[i]);
  for (size_t digit = 10; digit > 0; digit /= 10) {
    printf("%-9s ", digit == 10 ? "" : "row");
    for (size_t i = NOTHING + 1; i < INGREDIENTS; i++)
      printf("%zu", i / digit % 10);
    putchar('\n');
  }
  for (size_t r = 0; r < row_count; r++) {
    printf("%-9s ", rows[r]->id);
    for (size_t i = NOTHING + 1; i < INGREDIENTS; i++)
      putchar(".sr#"[flips[r][i][0] + 2 * flips[r][i][1]]);
    putchar('\n');
  }
  fflush(stdout);
}

static bool row_flips(size_t r, bool relative) {
  bool any = false;
  for (size_t i = 0; i < INGREDIENTS; i++)
    any = any || flips[r][i][relative];
  return any;
}

static bool ingredient_flips(ingredient i, bool relative) {
  bool any = false;
  for (size_t r = 0; r < row_count; r++)
    any = any || flips[r][i][relative];
  return any;
}

/** Means of samples see a wrong sign; a millionth is below their standard errors. */
static bool is_sampled(const ist_claim *claim) { return strstr(claim->id, "-run") != NULL; }

Test(spoiled, every_row_can_fail) {
  setting cases[CASES];
  make_settings(cases);
  list_rows();
  for (size_t c = 0; c < CASES; c++)
    spoil_case(cases + c);
  print_table();
  for (size_t r = 0; r < row_count; r++) {
    cr_expect(row_flips(r, false), "%s: no wrong sign flips it", rows[r]->id);
    cr_expect(is_sampled(rows[r]) || row_flips(r, true), "%s: no relative change flips it",
              rows[r]->id);
  }
  for (ingredient i = NOTHING + 1; i < INGREDIENTS; i++) {
    cr_expect(ingredient_flips(i, false), "%s: its wrong sign flips no row", names[i]);
    cr_expect(is_discrete(i) || ingredient_flips(i, true), "%s: its change flips no row", names[i]);
  }
}
