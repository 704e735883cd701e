/** Every row of ist check can fail. The linker puts the functions below in front of the library's
 *  (--wrap), so that one ingredient at a time is wrong: by a sign, or by one part in a million. A
 *  row that held, or refuted a printed formula, must then be violated on one of the problems; and
 *  every spoiling must be noticed by some row.
 *
 *  Prints the table of rows and spoilings: s, a wrong sign flips the row; r, a relative change
 *  does; #, both do. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "check/evaluate.h"
#include "check/exact_bounds.h"
#include "check/exact_round.h"
#include "kernel/permutation.h"
#include "kernel/round.h"
#include "moments/ball_dynamics.h"
#include "moments/ball_linear.h"
#include "run/draw.h"
#include "spectral/ball_eigen.h"
#include "spectral/certify.h"
#include "spectral/theorems.h"

/** How an ingredient is changed; the last two are one relative change, in either direction. */
typedef enum { SIGN, UP, DOWN, CHANGES } change;
#define RELATIVE 1e-6

typedef enum {
  NOTHING,
  /* ingredients, where the claims read them */
  EXPECTED_B,
  EXPECTED_V,
  SECOND_MOMENT,
  CROSS_MOMENT,
  COV_V,
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
  NOISE,
  L_BAR,
  B_BAR,
  SCALES,
  N3_SIGMA_SQ,
  N3_COV_V,
  /* what functions compute, wherever they are called */
  MEAN_L,
  MEAN_B,
  WORKER_L,
  WORKER_B,
  WORKER_SCALE,
  MOMENT_B,
  MOMENT_V,
  MOMENT_BAB,
  MOMENT_BAV,
  MOMENT_BZV,
  MOMENT_COV_V,
  ROUND_MEAN,
  ROUND_COV,
  ROUND_STEP,
  DISTANCE_SQ,
  DRAWS,
  PERMUTATION,
  BLOCKS,
  ROUND,
  LOCAL_ROUND,
  SUBMODEL,
  KERNEL_ROUND,
  CLOSED_FORM,
  SOLUTION,
  LARGEST,
  SMALLEST,
  LARGEST_OF_PENCIL,
  SMALLEST_OF_PENCIL,
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
    [CROSS_MOMENT] = "E[BLv]",
    [COV_V] = "Cov v",
    [W] = "W",
    [THETA] = "theta",
    [CONTRACTION] = "contraction",
    [LAMBDA_MIN] = "lambda_min",
    [LAMBDA_MAX] = "lambda_max",
    [X_STAR] = "x*",
    [X_FIXED] = "x_inf",
    [H] = "h",
    [H_SQ] = "|h|^2",
    [SIGMA_SQ] = "sigma^2",
    [SIGMA_SQ_STAR] = "sigma^2 at x*",
    [NOISE] = "noise at a point",
    [L_BAR] = "mean of the L_i",
    [B_BAR] = "mean of the b_i",
    [SCALES] = "scales of the sketch",
    [N3_SIGMA_SQ] = "sigma^2 of N3",
    [N3_COV_V] = "Cov v of N3",
    [MEAN_L] = "mean of the L_i, function",
    [MEAN_B] = "mean of the b_i, function",
    [WORKER_L] = "L_i, function",
    [WORKER_B] = "b_i, function",
    [WORKER_SCALE] = "scales, function",
    [MOMENT_B] = "E[B], function",
    [MOMENT_V] = "E[v], function",
    [MOMENT_BAB] = "E[BAB], function",
    [MOMENT_BAV] = "E[BAv], function",
    [MOMENT_BZV] = "E[Bzv'], function",
    [MOMENT_COV_V] = "Cov v, function",
    [ROUND_MEAN] = "mean after a round of N5",
    [ROUND_COV] = "covariance after a round of N5",
    [ROUND_STEP] = "step of a round of N5",
    [DISTANCE_SQ] = "distance of N5",
    [DRAWS] = "draws: two workers share a block",
    [PERMUTATION] = "permutation: always the identity",
    [BLOCKS] = "blocks: two workers share one",
    [ROUND] = "round from its definition",
    [LOCAL_ROUND] = "local round from its definition",
    [SUBMODEL] = "submodel",
    [KERNEL_ROUND] = "round of the kernel",
    [CLOSED_FORM] = "closed form (28)",
    [SOLUTION] = "solution of a linear system",
    [LARGEST] = "largest eigenvalue",
    [SMALLEST] = "smallest eigenvalue",
    [LARGEST_OF_PENCIL] = "largest eigenvalue of a pencil",
    [SMALLEST_OF_PENCIL] = "smallest eigenvalue of a pencil",
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

/** Which ingredients the row at hand was made of. */
static bool touched[INGREDIENTS];

static bool is_discrete(ingredient i) { return i == DRAWS || i == PERMUTATION || i == BLOCKS; }

/** What only sampled runs are made of: a millionth is below their standard errors. */
static bool is_sampled_ingredient(ingredient i) { return i == KERNEL_ROUND; }

static double factor(void) { return how == SIGN ? -1 : how == UP ? 1 + RELATIVE : 1 - RELATIVE; }

/** Notes that the ingredient is used; whether it is its turn. */
static bool turn(ingredient i) {
  touched[i] = true;
  return spoiled == i;
}

/** Spoils a number, if it is this ingredient's turn. */
static void spoil(ingredient i, double *value) {
  if (turn(i))
    *value *= factor();
}

static ist_ball spoil_ball(ist_balls *e, ingredient i, ist_ball value) {
  return turn(i) ? ist_ball_times(e, value, factor()) : value;
}

/** Spoils the largest entry of a matrix and, in a symmetric one, its mirror image. */
static void spoil_entries(ingredient i, arb_mat_t A, bool symmetric) {
  if (!turn(i) || arb_mat_is_empty(A))
    return;
  slong row = 0, column = 0;
  for (slong j = 0; j < arb_mat_nrows(A); j++)
    for (slong k = 0; k < arb_mat_ncols(A); k++)
      if (arf_cmpabs(arb_midref(arb_mat_entry(A, j, k)),
                     arb_midref(arb_mat_entry(A, row, column))) > 0) {
        row = j;
        column = k;
      }
  arb_t by;
  arb_init(by);
  arb_set_d(by, factor());
  arb_mul(arb_mat_entry(A, row, column), arb_mat_entry(A, row, column), by, 4096);
  if (symmetric && row != column)
    arb_set(arb_mat_entry(A, column, row), arb_mat_entry(A, row, column));
  arb_clear(by);
}

static ist_ball_matrix spoil_matrix(ist_balls *e, ingredient i, ist_ball_matrix A) {
  if (!turn(i))
    return A;
  arb_mat_struct *copy = ist_ball_matrix_new(e, (size_t)arb_mat_nrows(A), (size_t)arb_mat_ncols(A));
  arb_mat_set(copy, A);
  spoil_entries(i, copy, arb_mat_nrows(A) == arb_mat_ncols(A));
  return copy;
}

/* The functions in front of the library's. */

#define REAL(type, name, ...) extern type __real_##name(__VA_ARGS__)

#define MATRIX_INGREDIENT(i, name)                                                                 \
  REAL(ist_ball_matrix, name, ist_exact *);                                                        \
  ist_ball_matrix __wrap_##name(ist_exact *x) {                                                    \
    return spoil_matrix(&x->work, i, __real_##name(x));                                            \
  }

#define BALL_INGREDIENT(i, name)                                                                   \
  REAL(ist_ball, name, ist_exact *);                                                               \
  ist_ball __wrap_##name(ist_exact *x) { return spoil_ball(&x->work, i, __real_##name(x)); }

/* __wrap_ist_exact_EB __wrap_ist_exact_Ev __wrap_ist_exact_EBLB __wrap_ist_exact_EBLv
 * __wrap_ist_exact_cov_v __wrap_ist_exact_W __wrap_ist_exact_theta __wrap_ist_exact_contraction
 * __wrap_ist_exact_lambda_min __wrap_ist_exact_lambda_max __wrap_ist_exact_x_star
 * __wrap_ist_exact_x_fixed __wrap_ist_exact_h __wrap_ist_exact_h_sq __wrap_ist_exact_sigma_sq
 * __wrap_ist_exact_sigma_sq_star __wrap_ist_exact_L __wrap_ist_exact_b
 * __wrap_ist_exact_n3_sigma_sq __wrap_ist_exact_n3_cov: what the linker is told to wrap. */
MATRIX_INGREDIENT(EXPECTED_B, ist_exact_EB)
MATRIX_INGREDIENT(EXPECTED_V, ist_exact_Ev)
MATRIX_INGREDIENT(SECOND_MOMENT, ist_exact_EBLB)
MATRIX_INGREDIENT(CROSS_MOMENT, ist_exact_EBLv)
MATRIX_INGREDIENT(COV_V, ist_exact_cov_v)
MATRIX_INGREDIENT(W, ist_exact_W)
BALL_INGREDIENT(THETA, ist_exact_theta)
BALL_INGREDIENT(CONTRACTION, ist_exact_contraction)
BALL_INGREDIENT(LAMBDA_MIN, ist_exact_lambda_min)
BALL_INGREDIENT(LAMBDA_MAX, ist_exact_lambda_max)
MATRIX_INGREDIENT(X_STAR, ist_exact_x_star)
MATRIX_INGREDIENT(X_FIXED, ist_exact_x_fixed)
MATRIX_INGREDIENT(H, ist_exact_h)
BALL_INGREDIENT(H_SQ, ist_exact_h_sq)
BALL_INGREDIENT(SIGMA_SQ, ist_exact_sigma_sq)
BALL_INGREDIENT(SIGMA_SQ_STAR, ist_exact_sigma_sq_star)
MATRIX_INGREDIENT(L_BAR, ist_exact_L)
MATRIX_INGREDIENT(B_BAR, ist_exact_b)
BALL_INGREDIENT(N3_SIGMA_SQ, ist_exact_n3_sigma_sq)
MATRIX_INGREDIENT(N3_COV_V, ist_exact_n3_cov)

REAL(ist_ball_matrix, ist_exact_scale, ist_exact *, size_t);
ist_ball_matrix __wrap_ist_exact_scale(ist_exact *x, size_t i) {
  return spoil_matrix(&x->work, SCALES, __real_ist_exact_scale(x, i));
}

REAL(ist_ball, ist_exact_noise, ist_exact *, ist_ball_matrix);
ist_ball __wrap_ist_exact_noise(ist_exact *x, ist_ball_matrix z) {
  return spoil_ball(&x->work, NOISE, __real_ist_exact_noise(x, z));
}

#define MOMENT(i, name, symmetric)                                                                 \
  REAL(void, name, const ist_ball_method *, arb_mat_t);                                            \
  void __wrap_##name(const ist_ball_method *m, arb_mat_t out) {                                    \
    __real_##name(m, out);                                                                         \
    spoil_entries(i, out, symmetric);                                                              \
  }

#define MOMENT_OF(type, i, name, symmetric)                                                        \
  REAL(void, name, const ist_ball_method *, type, arb_mat_t);                                      \
  void __wrap_##name(const ist_ball_method *m, type of, arb_mat_t out) {                           \
    __real_##name(m, of, out);                                                                     \
    spoil_entries(i, out, symmetric);                                                              \
  }

/* __wrap_ist_ball_mean_L __wrap_ist_ball_mean_b __wrap_ist_ball_expected_B
 * __wrap_ist_ball_expected_v __wrap_ist_ball_covariance_v __wrap_ist_ball_worker_L
 * __wrap_ist_ball_worker_b __wrap_ist_ball_worker_scale __wrap_ist_ball_second_moment
 * __wrap_ist_ball_cross_moment __wrap_ist_ball_mixed_moment */
MOMENT(MEAN_L, ist_ball_mean_L, true)
MOMENT(MEAN_B, ist_ball_mean_b, false)
MOMENT(MOMENT_B, ist_ball_expected_B, true)
MOMENT(MOMENT_V, ist_ball_expected_v, false)
MOMENT(MOMENT_COV_V, ist_ball_covariance_v, true)
MOMENT_OF(size_t, WORKER_L, ist_ball_worker_L, true)
MOMENT_OF(size_t, WORKER_B, ist_ball_worker_b, false)
MOMENT_OF(size_t, WORKER_SCALE, ist_ball_worker_scale, false)
MOMENT_OF(ist_ball_matrix, MOMENT_BAB, ist_ball_second_moment, true)
MOMENT_OF(ist_ball_matrix, MOMENT_BAV, ist_ball_cross_moment, false)
MOMENT_OF(ist_ball_matrix, MOMENT_BZV, ist_ball_mixed_moment, false)

REAL(void, ist_ball_dynamics_step, ist_ball_dynamics *, ist_ball);
void __wrap_ist_ball_dynamics_step(ist_ball_dynamics *y, ist_ball gamma) {
  ist_balls e;
  ist_balls_open(&e, y->m.precision);
  __real_ist_ball_dynamics_step(y, spoil_ball(&e, ROUND_STEP, gamma));
  ist_balls_clear(&e);
  spoil_entries(ROUND_MEAN, y->mean, false);
  spoil_entries(ROUND_COV, y->cov, true);
}

REAL(ist_ball, ist_ball_dynamics_distance_sq, ist_balls *, const ist_ball_dynamics *,
     ist_ball_matrix, ist_ball_matrix);
ist_ball __wrap_ist_ball_dynamics_distance_sq(ist_balls *e, const ist_ball_dynamics *y,
                                              ist_ball_matrix A, ist_ball_matrix z) {
  return spoil_ball(e, DISTANCE_SQ, __real_ist_ball_dynamics_distance_sq(e, y, A, z));
}

/** Gives worker 1 the block of worker 0. */
static void share_block(ingredient i, size_t *block, size_t n, size_t q) {
  if (turn(i) && n > 1)
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
  for (size_t k = 0; turn(PERMUTATION) && k < d; k++)
    p[k] = k;
}

REAL(void, ist_blocks, const size_t *, size_t, size_t, size_t, size_t *, size_t *);
void __wrap_ist_blocks(const size_t *owner, size_t d, size_t n, size_t q, size_t *block,
                       size_t *fill) {
  __real_ist_blocks(owner, d, n, q, block, fill);
  share_block(BLOCKS, block, n, q);
}

/** Spoils the way from one point to another. */
static ist_ball_matrix spoil_step(ist_balls *e, ingredient i, ist_ball_matrix from,
                                  ist_ball_matrix to) {
  if (!turn(i))
    return to;
  ist_ball_matrix way = ist_ball_matrix_sub(e, to, from);
  return ist_ball_matrix_add(e, from, ist_ball_scale(e, ist_ball_of(e, factor()), way));
}

REAL(ist_ball_matrix, ist_exact_round, ist_balls *, ist_exact *, const size_t *, ist_ball,
     ist_ball_matrix);
ist_ball_matrix __wrap_ist_exact_round(ist_balls *e, ist_exact *x, const size_t *block,
                                       ist_ball gamma, ist_ball_matrix from) {
  return spoil_step(e, ROUND, from, __real_ist_exact_round(e, x, block, gamma, from));
}

REAL(ist_ball_matrix, ist_exact_local_round, ist_balls *, ist_exact *, const size_t *, ist_ball,
     ist_ball_matrix);
ist_ball_matrix __wrap_ist_exact_local_round(ist_balls *e, ist_exact *x, const size_t *block,
                                             ist_ball gamma, ist_ball_matrix from) {
  return spoil_step(e, LOCAL_ROUND, from, __real_ist_exact_local_round(e, x, block, gamma, from));
}

REAL(ist_ball_matrix, ist_exact_submodel, ist_balls *, ist_exact *, size_t, const size_t *,
     ist_ball_matrix);
ist_ball_matrix __wrap_ist_exact_submodel(ist_balls *e, ist_exact *x, size_t i, const size_t *S,
                                          ist_ball_matrix from) {
  return spoil_matrix(e, SUBMODEL, __real_ist_exact_submodel(e, x, i, S, from));
}

#define MOST 8

REAL(void, ist_round, double *, ist_team, double, ist_round_work);
void __wrap_ist_round(double *x, ist_team team, double gamma, ist_round_work work) {
  double before[MOST];
  memcpy(before, x, team.d * sizeof *x);
  __real_ist_round(x, team, gamma, work);
  for (size_t j = 0; turn(KERNEL_ROUND) && j < team.d; j++)
    x[j] = before[j] + factor() * (x[j] - before[j]);
}

REAL(ist_ball_matrix, ist_exact_closed_form, ist_balls *, ist_ball_matrix, ist_ball_matrix,
     ist_ball, size_t);
ist_ball_matrix __wrap_ist_exact_closed_form(ist_balls *e, ist_ball_matrix x0,
                                             ist_ball_matrix limit, ist_ball gamma, size_t k) {
  return spoil_matrix(e, CLOSED_FORM, __real_ist_exact_closed_form(e, x0, limit, gamma, k));
}

REAL(ist_ball_matrix, ist_ball_solve, ist_balls *, ist_ball_matrix, ist_ball_matrix);
ist_ball_matrix __wrap_ist_ball_solve(ist_balls *e, ist_ball_matrix A, ist_ball_matrix B) {
  return spoil_matrix(e, SOLUTION, __real_ist_ball_solve(e, A, B));
}

#define EIGENVALUE(i, name)                                                                        \
  REAL(ist_ball, name, ist_balls *, ist_ball_matrix);                                              \
  ist_ball __wrap_##name(ist_balls *e, ist_ball_matrix A) {                                        \
    return spoil_ball(e, i, __real_##name(e, A));                                                  \
  }

#define PENCIL(i, name)                                                                            \
  REAL(ist_ball, name, ist_balls *, ist_ball_matrix, ist_ball_matrix);                             \
  ist_ball __wrap_##name(ist_balls *e, ist_ball_matrix A, ist_ball_matrix B) {                     \
    return spoil_ball(e, i, __real_##name(e, A, B));                                               \
  }

/* __wrap_ist_ball_largest_eigenvalue __wrap_ist_ball_smallest_eigenvalue
 * __wrap_ist_ball_largest_of_pencil __wrap_ist_ball_smallest_of_pencil */
EIGENVALUE(LARGEST, ist_ball_largest_eigenvalue)
EIGENVALUE(SMALLEST, ist_ball_smallest_eigenvalue)
PENCIL(LARGEST_OF_PENCIL, ist_ball_largest_of_pencil)
PENCIL(SMALLEST_OF_PENCIL, ist_ball_smallest_of_pencil)

REAL(ist_code, ist_certify, const ist_problem *, const ist_constants *, ist_certificate *,
     ist_status *);
ist_code __wrap_ist_certify(const ist_problem *p, const ist_constants *c, ist_certificate *proof,
                            ist_status *s) {
  ist_code code = __real_ist_certify(p, c, proof, s);
  spoil(ENCLOSURE, &proof->theta.lo);
  spoil(ENCLOSURE, &proof->theta.hi);
  return code;
}

/* The bounds, as balls and, for sampled runs, as doubles. */

REAL(ist_ball, ist_exact_bound_15, ist_balls *, ist_ball, ist_ball, size_t);
ist_ball __wrap_ist_exact_bound_15(ist_balls *e, ist_ball drop, ist_ball gamma, size_t K) {
  return spoil_ball(e, BOUND_15, __real_ist_exact_bound_15(e, drop, gamma, K));
}

REAL(double, ist_theorem1_average_bound, double, double, size_t);
double __wrap_ist_theorem1_average_bound(double drop, double gamma, size_t K) {
  double bound = __real_ist_theorem1_average_bound(drop, gamma, K);
  spoil(BOUND_15, &bound);
  return bound;
}

REAL(ist_ball, ist_exact_bound_16, ist_balls *, ist_ball, ist_ball, size_t, ist_ball);
ist_ball __wrap_ist_exact_bound_16(ist_balls *e, ist_ball contraction, ist_ball gamma, size_t k,
                                   ist_ball start) {
  return spoil_ball(e, BOUND_16, __real_ist_exact_bound_16(e, contraction, gamma, k, start));
}

REAL(double, ist_theorem1_distance_bound, double, double, size_t, double);
double __wrap_ist_theorem1_distance_bound(double contraction, double gamma, size_t k,
                                          double start) {
  double bound = __real_ist_theorem1_distance_bound(contraction, gamma, k, start);
  spoil(BOUND_16, &bound);
  return bound;
}

#define BOUND_OF_THEOREM_2(i, name)                                                                \
  REAL(ist_ball, name, ist_balls *, ist_ball, ist_ball, size_t, ist_ball, ist_ball);               \
  ist_ball __wrap_##name(ist_balls *e, ist_ball drop, ist_ball gamma, size_t K, ist_ball h_sq,     \
                         ist_ball sigma_sq) {                                                      \
    return spoil_ball(e, i, __real_##name(e, drop, gamma, K, h_sq, sigma_sq));                     \
  }

/* __wrap_ist_exact_bound_30 __wrap_ist_exact_bound_N2 */
BOUND_OF_THEOREM_2(BOUND_30, ist_exact_bound_30)
BOUND_OF_THEOREM_2(BOUND_N2, ist_exact_bound_N2)

REAL(ist_ball, ist_exact_slack_N1, ist_balls *, ist_ball, ist_ball);
ist_ball __wrap_ist_exact_slack_N1(ist_balls *e, ist_ball gamma, ist_ball average) {
  return spoil_ball(e, SLACK_N1, __real_ist_exact_slack_N1(e, gamma, average));
}

/* A spoiled size must not fail a comparison by being negative: only what is compared may. */

#define COMPARISON(name)                                                                           \
  REAL(void, name, ist_finding *, const ist_pairs *, double);                                      \
  void __wrap_##name(ist_finding *f, const ist_pairs *pairs, double scale) {                       \
    __real_##name(f, pairs, fabs(scale));                                                          \
  }

/* __wrap_ist_find_mean_equal __wrap_ist_find_mean_at_most __wrap_ist_find_mean_at_least; of balls
 * the scale is taken without its sign. */
COMPARISON(ist_find_mean_equal)
COMPARISON(ist_find_mean_at_most)
COMPARISON(ist_find_mean_at_least)

/* The problems. */

/** A problem, and how it is checked. */
typedef struct {
  const char *name;
  bool ill; /**< whether kappa is 10^12: the changes must show there as well */
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

#define TINY 1e-12
/* All but singular along (1, -1, 0) and (1, -1, 0, 0), which the workers share. */
static const double narrow[] = {1 + TINY, 1, 0.5, 1, 1 + TINY, 0.5, 0.5, 0.5, 2};
static const double narrow_each[] = {1 + TINY, 1, 0.5,  1, 1 + TINY, 0.5,  0.5,  0.5,  2,
                                     2 + TINY, 2, 0.25, 2, 2 + TINY, 0.25, 0.25, 0.25, 1,
                                     3 + TINY, 3, -0.5, 3, 3 + TINY, -0.5, -0.5, -0.5, 1.5};
static const double narrow_pair[] = {1 + TINY, 1, 0, 0, 1, 1 + TINY, 0, 0, 0,    0, 2,
                                     1,        0, 0, 1, 3, 2 + TINY, 2, 0, 0,    2, 2 + TINY,
                                     0,        0, 0, 0, 1, -0.5,     0, 0, -0.5, 2};

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
 *  just below 7 + 4 sqrt(3), and LD + DL nearly singular, as sin of twice the eigenvectors' angle
 *  is 1/sqrt(3). */
static const double *plane(void) {
  static double L[4];
  double half = sqrt(3) / 2 * (1 - 1e-8);
  L[0] = 1 + half * sqrt(2.0 / 3);
  L[1] = L[2] = half * sqrt(1.0 / 3);
  L[3] = 1 - half * sqrt(2.0 / 3);
  return L;
}

#define CASES 19

/** Fills in the cases; those at which an inequality is an equality are what shows a millionth. */
static void make_settings(setting *c) {
  const setting all[CASES] = {
      {"heterogeneous", false, 3, 3, 3, 3, true, 0, 3, several, b_several, x_three},
      {"homogeneous", false, 3, 3, 1, 1, true, 0, 3, three, b_three, x_three},
      {"interpolation", false, 3, 3, 3, 1, true, 0, 3, several, zero, x_three},
      {"L = 2 I, b = 0", false, 3, 3, 1, 1, true, 0, 1, twice, zero, x_three},
      {"L_i = i I, b = 0", false, 3, 3, 3, 1, true, 0, 3, multiples, zero, x_three},
      {"homogeneous, b = 0, G nearly 1", false, 3, 3, 1, 1, false, STEP_NEAR_1, 3, three, zero,
       x_three},
      {"heterogeneous, G = 1", false, 3, 3, 3, 3, false, 1, 3, several, b_several, x_three},
      {"d = 2, W nearly singular", false, 2, 2, 1, 1, false, 0, 3, plane(), b_three, x_plane},
      {"q = 2, b = 0", false, 4, 2, 2, 1, false, 0, 3, four, zero, x_four},
      {"q = 2", false, 4, 2, 2, 2, false, 0, 3, four, b_four, x_four},
      {"n = 1, unit diagonal", false, 3, 1, 1, 1, false, 0.9, 2, alike, zero, ones},
      {"L = I/2", false, 2, 2, 1, 1, false, 0, 3, halves, b_three, x_plane},
      {"singular workers", false, 2, 2, 2, 2, true, 0, 3, singular, b_four, x_plane},
      {"indefinite workers, q = 2", false, 4, 2, 2, 2, false, 0.01, 3, indefinite, b_four, x_four},
      {"L = I/100, from x_inf", false, 4, 4, 1, 1, false, 2.0 / 3, 3, hundredth, ones, fives},
      {"kappa 10^12", true, 3, 3, 1, 1, true, 0, 3, narrow, b_three, x_three},
      {"kappa 10^12, b = 0", true, 3, 3, 1, 1, true, 0, 3, narrow, zero, x_three},
      {"kappa 10^12, heterogeneous", true, 3, 3, 3, 3, true, 0, 3, narrow_each, b_several, x_three},
      {"kappa 10^12, q = 2", true, 4, 2, 2, 2, false, 0, 3, narrow_pair, b_four, x_four},
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

static ist_check make_check(const setting *c, const ist_problem *p) {
  return (ist_check){.p = p,
                     .x0 = c->x0,
                     .rounds = c->rounds,
                     .step_given = c->step > 0,
                     .step = c->step,
                     .seed = 1,
                     .certify = c->certify};
}

/** The verdict on a row under the spoiling in force; a row that fails is not applicable. */
static ist_verdict verdict_on(ist_check *k, size_t row, ist_finding *f) {
  ist_status s;
  return ist_evaluate(k, rows[row], f, &s) == IST_OK ? f->verdict : IST_CLAIM_NOT_APPLICABLE;
}

/** What is known of a row on a sound problem. */
typedef struct {
  ist_verdict verdict;
  bool equation;        /**< whether two sides were found equal */
  bool of[INGREDIENTS]; /**< what it is made of */
} sound_row;

/** Each row is evaluated alone, so that it is seen to make all that it is made of. */
static void evaluate_sound(const setting *c, const ist_problem *p, sound_row *sound) {
  spoiled = NOTHING;
  for (size_t r = 0; r < row_count; r++) {
    ist_finding f;
    ist_check k = make_check(c, p);
    memset(touched, 0, sizeof touched);
    sound[r].verdict = verdict_on(&k, r, &f);
    sound[r].equation = sound[r].verdict == IST_CLAIM_HOLDS && f.digits > 0;
    memcpy(sound[r].of, touched, sizeof touched);
    cr_expect(sound[r].verdict != IST_CLAIM_VIOLATED && sound[r].verdict != IST_CLAIM_UNDECIDED,
              "%s: %s: %.17g, %.17g: %s", c->name, rows[r]->id, f.value, f.bound, f.reason);
    ist_check_close(&k);
  }
}

/** Whether the spoiling turned the verdict: into a violation, or a refutation into truth. */
static bool is_flipped(ist_verdict sound, ist_verdict now) {
  return (sound == IST_CLAIM_HOLDS && now == IST_CLAIM_VIOLATED) ||
         (sound == IST_CLAIM_REFUTED && (now == IST_CLAIM_VIOLATED || now == IST_CLAIM_HOLDS));
}

/** What flips: on problems of any kind, on ill-conditioned ones; by ingredient, and by whether the
 *  change is relative. */
static bool flips[2][MOST_ROWS][INGREDIENTS][2];

/** Whether a row is an equation on an ill-conditioned problem. */
static bool ill_equation[MOST_ROWS];

/** Evaluates the rows that are made of what is spoiled and have not been seen to flip. */
static void spoil_rows(const setting *c, const ist_problem *p, const sound_row *sound) {
  ist_check k = make_check(c, p);
  for (size_t r = 0; r < row_count; r++) {
    bool *flipped = &flips[c->ill][r][spoiled][how != SIGN];
    bool could = sound[r].verdict == IST_CLAIM_HOLDS || sound[r].verdict == IST_CLAIM_REFUTED;
    ist_finding f;
    if (could && sound[r].of[spoiled] && !*flipped)
      *flipped = is_flipped(sound[r].verdict, verdict_on(&k, r, &f));
  }
  ist_check_close(&k);
}

static void spoil_case(const setting *c) {
  ist_problem p = make_problem(c);
  sound_row sound[MOST_ROWS];
  evaluate_sound(c, &p, sound);
  for (size_t r = 0; r < row_count; r++)
    ill_equation[r] = ill_equation[r] || (c->ill && sound[r].equation);
  for (spoiled = NOTHING + 1; spoiled < INGREDIENTS; spoiled++)
    for (how = SIGN; how < (is_discrete(spoiled) ? UP : CHANGES); how++)
      spoil_rows(c, &p, sound);
  ist_problem_free(&p);
}

static bool flipped_anywhere(size_t r, ingredient i, bool relative) {
  return flips[0][r][i][relative] || flips[1][r][i][relative];
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
      putchar(".sr#"[flipped_anywhere(r, i, false) + 2 * flipped_anywhere(r, i, true)]);
    putchar('\n');
  }
  fflush(stdout);
}

static bool row_flips(size_t r, bool relative) {
  bool any = false;
  for (size_t i = 0; i < INGREDIENTS; i++)
    any = any || flipped_anywhere(r, i, relative);
  return any;
}

static bool row_flips_when_ill(size_t r) {
  bool any = false;
  for (size_t i = 0; i < INGREDIENTS; i++)
    any = any || flips[1][r][i][true];
  return any;
}

static bool ingredient_flips(ingredient i, bool relative) {
  bool any = false;
  for (size_t r = 0; r < row_count; r++)
    any = any || flipped_anywhere(r, i, relative);
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
    cr_expect(!ill_equation[r] || row_flips_when_ill(r), "%s: no change flips it at kappa 10^12",
              rows[r]->id);
  }
  for (ingredient i = NOTHING + 1; i < INGREDIENTS; i++) {
    cr_expect(ingredient_flips(i, false), "%s: its wrong sign flips no row", names[i]);
    cr_expect(is_discrete(i) || is_sampled_ingredient(i) || ingredient_flips(i, true),
              "%s: its change flips no row", names[i]);
  }
}
