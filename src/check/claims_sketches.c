/** Claims about the sketches themselves and about the quadratic: P01-P05, P23, (34), E1, E2. */
#include <stdlib.h>

#include "claims.h"
#include "exact_round.h"
#include "run/draw.h"
#include "spectral/ball_eigen.h"
#include "spectral/enclosure.h"
#include "verdict.h"

/** f(z) = z'Lz/2 - b'z. */
static ist_ball value_of(ist_balls *e, ist_ball_matrix L, ist_ball_matrix b, ist_ball_matrix z) {
  return ist_ball_sub(e, ist_ball_times(e, ist_ball_quadratic(e, L, z), 0.5),
                      ist_ball_inner(e, b, z));
}

/** grad f(z) = L z - b. */
static ist_ball_matrix gradient_of(ist_balls *e, ist_ball_matrix L, ist_ball_matrix b,
                                   ist_ball_matrix z) {
  return ist_ball_matrix_sub(e, ist_ball_product(e, L, z), b);
}

static ist_ball norm_sq(ist_balls *e, ist_ball_matrix z) { return ist_ball_inner(e, z, z); }

/** Averages of ||C z - z||^2 and of C z over the blocks {t, ..., t+q-1} modulo d, t < d. A
 *  coordinate lies in q of these d blocks, as often as in a uniform q-subset, so that for
 *  C = Diag(s) P_S both averages are the expectations. */
typedef struct {
  ist_ball error;
  ist_ball_matrix mean;
} averages;

static ist_code average_rand(ist_exact *x, ist_ball_matrix z, averages *out, ist_status *s) {
  ist_balls *e = &x->work;
  size_t *S = calloc(x->q, sizeof *S);
  arb_struct *error = ist_ball_new(e);
  arb_mat_struct *mean = ist_ball_matrix_new(e, x->d, 1);
  if (S == NULL)
    return ist_claim_no_memory(s);
  for (size_t t = 0; t < x->d; t++) {
    for (size_t a = 0; a < x->q; a++)
      S[a] = (t + a) % x->d;
    ist_ball_matrix Cz = ist_exact_submodel(e, x, 0, S, z);
    arb_add(error, error, norm_sq(e, ist_ball_matrix_sub(e, Cz, z)), e->precision);
    arb_mat_add(mean, mean, Cz, e->precision);
  }
  free(S);
  ist_ball share = ist_ball_div(e, ist_ball_of(e, 1), ist_ball_count(e, x->d));
  *out = (averages){ist_ball_mul(e, share, error), ist_ball_scale(e, share, mean)};
  return IST_OK;
}

/** E||C z - z||^2 = (d/q - 1) ||z||^2 of Rand-q. */
static ist_code rand_variance(ist_exact *x, ist_ball_matrix z, ist_finding *f, ist_status *s) {
  ist_balls *e = &x->work;
  averages found;
  if (average_rand(x, z, &found, s) != IST_OK)
    return s->code;
  ist_ball square = norm_sq(e, z);
  ist_ball ratio = ist_ball_div(e, ist_ball_count(e, x->d), ist_ball_count(e, x->q));
  ist_ball omega = ist_ball_sub(e, ratio, ist_ball_of(e, 1));
  ist_verdict_equal(e, f, found.error, ist_ball_mul(e, omega, square),
                    ist_ball_mul(e, ratio, square));
  return IST_OK;
}

static ist_code rand_omega(ist_subject *u, ist_finding *f, ist_status *s) {
  return rand_variance(u->x, ist_exact_x0(u->x), f, s);
}

static ist_code rand_mean(ist_subject *u, ist_finding *f, ist_status *s) {
  averages found;
  if (average_rand(u->x, ist_exact_x0(u->x), &found, s) != IST_OK)
    return s->code;
  ist_verdict_same(&u->x->work, f, found.mean, ist_exact_x0(u->x));
  return IST_OK;
}

/** What a claim finds of one drawn round at z; e: an arena of the round's own. */
typedef void visitor(ist_balls *e, ist_exact *x, ist_ball_matrix z, const size_t *block,
                     ist_finding *f);

/** Calls visit on IST_CLAIM_DRAWS rounds of blocks, while what it finds holds. */
static ist_code draw_rounds(ist_subject *u, ist_ball_matrix z, ist_finding *f, visitor visit,
                            ist_status *s) {
  ist_draws r;
  if (!ist_draws_open(&r, u->p->d, u->p->n, u->sketch, u->seed))
    return ist_claim_no_memory(s);
  f->verdict = IST_CLAIM_HOLDS;
  for (size_t k = 0; k < IST_CLAIM_DRAWS && f->verdict == IST_CLAIM_HOLDS; k++) {
    ist_balls round;
    ist_balls_open(&round, u->x->m.precision);
    ist_draws_next(&r);
    visit(&round, u->x, z, r.block, f);
    ist_balls_clear(&round);
  }
  ist_draws_close(&r);
  return IST_OK;
}

/** (1/n) sum_i C_i 1 = 1: every coordinate lies in one block, with scale n. */
static void visit_partition(ist_balls *e, ist_exact *x, ist_ball_matrix z, const size_t *block,
                            ist_finding *f) {
  ist_ball_matrix ones = ist_ball_ones(e, x->d, 1), cover = ist_ball_matrix_new(e, x->d, 1);
  (void)z;
  for (size_t i = 0; i < x->n; i++)
    cover = ist_ball_matrix_add(e, cover, ist_exact_submodel(e, x, i, block + i * x->q, ones));
  ist_ball share = ist_ball_div(e, ist_ball_of(e, 1), ist_ball_count(e, x->n));
  ist_verdict_same(e, f, ist_ball_scale(e, share, cover), ones);
}

static ist_code perm_partition(ist_subject *u, ist_finding *f, ist_status *s) {
  return draw_rounds(u, ist_exact_x0(u->x), f, visit_partition, s);
}

/** (1/n) sum_i ||C_i z - z||^2 is the same in every round, hence each worker's expectation. */
static void visit_omega(ist_balls *e, ist_exact *x, ist_ball_matrix z, const size_t *block,
                        ist_finding *f) {
  ist_ball square = norm_sq(e, z), n = ist_ball_count(e, x->n), error = ist_ball_of(e, 0);
  for (size_t i = 0; i < x->n; i++) {
    ist_ball_matrix Cz = ist_exact_submodel(e, x, i, block + i * x->q, z);
    error = ist_ball_add(e, error, norm_sq(e, ist_ball_matrix_sub(e, Cz, z)));
  }
  ist_verdict_equal(e, f, ist_ball_div(e, error, n),
                    ist_ball_mul(e, ist_ball_sub(e, n, ist_ball_of(e, 1)), square),
                    ist_ball_mul(e, n, square));
}

static ist_code perm_omega(ist_subject *u, ist_finding *f, ist_status *s) {
  return draw_rounds(u, ist_exact_x0(u->x), f, visit_omega, s);
}

/** (34): E||C y - y||^2 = omega ||y||^2 at y = grad f(x_0), the variance of compressed gradients.
 */
static ist_code gradient_variance(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_ball_matrix y = gradient_of(&x->work, ist_exact_L(x), ist_exact_b(x), ist_exact_x0(x));
  return u->sketch.kind == IST_RAND ? rand_variance(x, y, f, s)
                                    : draw_rounds(u, y, f, visit_omega, s);
}

/** One round by (2) and by Algorithm 1 with T = 1, eq. (6), from the same blocks. */
static void visit_reconstruction(ist_balls *e, ist_exact *x, ist_ball_matrix z, const size_t *block,
                                 ist_finding *f) {
  ist_ball gamma = ist_ball_div(e, ist_ball_of(e, 1), ist_exact_lambda_max(x));
  ist_ball_matrix merged = ist_exact_local_round(e, x, block, gamma, z);
  ist_ball_matrix step = ist_exact_round(e, x, block, gamma, z);
  ist_ball size = ist_ball_add(e, ist_ball_largest_entry(e, z), ist_ball_largest_entry(e, step));
  ist_verdict_equal(e, f, ist_ball_difference(e, merged, step), ist_ball_of(e, 0), size);
}

static ist_code reconstruction(ist_subject *u, ist_finding *f, ist_status *s) {
  return draw_rounds(u, ist_exact_x0(u->x), f, visit_reconstruction, s);
}

/** A pass over all workers' matrices. */
static bool afford_workers(ist_exact *x, ist_finding *f) {
  if (ist_exact_afford(x, 4 * (double)x->n / (double)x->d))
    return true;
  ist_verdict_open(f, "too large");
  return false;
}

/** Means over the workers at a point, taken worker by worker. */
typedef struct {
  ist_ball value;           /**< of f_i */
  ist_ball_matrix gradient; /**< of grad f_i */
  ist_ball size;            /**< of the largest entry of a gradient, and of |f_i| */
} worker_means;

static worker_means average_workers(ist_exact *x, ist_ball_matrix z) {
  ist_balls *e = &x->work;
  arb_mat_struct *L_i = ist_ball_matrix_new(e, x->d, x->d), *b_i = ist_ball_matrix_new(e, x->d, 1);
  worker_means m = {ist_ball_of(e, 0), ist_ball_matrix_new(e, x->d, 1), ist_ball_of(e, 0)};
  for (size_t i = 0; i < x->n; i++) {
    if (i < ist_problem_L_count(x->m.p))
      ist_ball_worker_L(&x->m, i, L_i);
    ist_ball_worker_b(&x->m, i, b_i);
    ist_ball value = value_of(e, L_i, b_i, z);
    ist_ball_matrix g = gradient_of(e, L_i, b_i, z);
    m.size = ist_ball_max(e, m.size, ist_ball_abs(e, value));
    m.size = ist_ball_max(e, m.size, ist_ball_largest_entry(e, g));
    m.value = ist_ball_add(e, m.value, value);
    m.gradient = ist_ball_matrix_add(e, m.gradient, g);
  }
  ist_ball share = ist_ball_div(e, ist_ball_of(e, 1), ist_ball_count(e, x->n));
  m.value = ist_ball_mul(e, share, m.value);
  m.gradient = ist_ball_scale(e, share, m.gradient);
  return m;
}

/** f(x + y) - f(x) - <grad f(x), y> = 1/2 ||y||^2_L, with y the reversed x and f the mean of the
 *  workers' f_i. */
static ist_code smoothness(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  ist_ball_matrix L = ist_exact_L(x), z = ist_exact_x0(x);
  arb_mat_struct *y = ist_ball_matrix_new(e, x->d, 1);
  (void)s;
  if (!afford_workers(x, f))
    return IST_OK;
  for (size_t j = 0; j < x->d; j++)
    arb_set(arb_mat_entry(y, j, 0), ist_ball_entry(z, x->d - 1 - j, 0));
  worker_means before = average_workers(x, z);
  worker_means after = average_workers(x, ist_ball_matrix_add(e, z, y));
  ist_ball slope = ist_ball_inner(e, gradient_of(e, L, ist_exact_b(x), z), y);
  ist_ball value = ist_ball_sub(e, ist_ball_sub(e, after.value, before.value), slope);
  ist_ball bound = ist_ball_times(e, ist_ball_quadratic(e, L, y), 0.5);
  ist_verdict_equal(e, f, value, bound,
                    ist_ball_add(e, ist_ball_add(e, before.size, after.size), bound));
  return IST_OK;
}

/** The mean of the workers' gradients is L x - b. */
static ist_code mean_gradient(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  (void)s;
  if (!afford_workers(x, f))
    return IST_OK;
  worker_means at = average_workers(x, ist_exact_x0(x));
  ist_ball_matrix of_mean = gradient_of(e, ist_exact_L(x), ist_exact_b(x), ist_exact_x0(x));
  ist_verdict_equal(e, f, ist_ball_difference(e, at.gradient, of_mean), ist_ball_of(e, 0), at.size);
  return IST_OK;
}

/** E[B] - L_bar for an unbiased sketch, from the chance that two coordinates share a block. */
static ist_ball_matrix excess_of_B(ist_exact *x) {
  ist_balls *e = &x->work;
  const size_t d = x->d;
  ist_ball scale = ist_ball_square(e, ist_ball_entry(ist_exact_scale(x, 0), 0, 0));
  ist_ball alone = ist_ball_div(e, ist_ball_count(e, x->q), ist_ball_count(e, d));
  ist_ball both = d == 1 ? alone
                         : ist_ball_div(e, ist_ball_mul(e, alone, ist_ball_count(e, x->q - 1)),
                                        ist_ball_count(e, d - 1));
  ist_ball one = ist_ball_of(e, 1);
  ist_ball on = ist_ball_sub(e, ist_ball_mul(e, scale, alone), one);
  ist_ball off = ist_ball_sub(e, ist_ball_mul(e, scale, both), one);
  arb_mat_struct *out = ist_ball_matrix_new(e, d, d);
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++)
      arb_mul(arb_mat_entry(out, j, k), ist_ball_entry(ist_exact_L(x), j, k), j == k ? on : off,
              e->precision);
  return out;
}

/** The estimator is biased: E g(x) - grad f(x) = (E[B] - L) x, E[v] being b. */
static ist_code biased_estimator(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  ist_ball_matrix z = ist_exact_x0(x), Eg = ist_expected_g(u, z);
  ist_ball_matrix g = gradient_of(e, ist_exact_L(x), ist_exact_b(x), z);
  ist_ball_matrix predicted = ist_ball_product(e, excess_of_B(x), z);
  ist_ball size = ist_ball_add(e, ist_ball_largest_entry(e, Eg), ist_ball_largest_entry(e, g));
  size = ist_ball_add(e, size, ist_ball_largest_entry(e, ist_exact_Ev(x)));
  (void)s;
  ist_verdict_equal(e, f, ist_ball_difference(e, ist_ball_matrix_sub(e, Eg, g), predicted),
                    ist_ball_of(e, 0), size);
  if (f->verdict == IST_CLAIM_HOLDS &&
      ist_verdict_zero(e, ist_ball_largest_entry(e, predicted), size))
    ist_find_nothing(f, "E g(x) = grad f(x) on this problem");
  return IST_OK;
}

/** |(1/n) sum_i L_i y|, worker by worker. */
static ist_ball growth(ist_exact *x, ist_ball_matrix y) {
  ist_balls *e = &x->work;
  const size_t count = ist_problem_L_count(x->m.p);
  arb_mat_struct *L_i = ist_ball_matrix_new(e, x->d, x->d);
  ist_ball_matrix sum = ist_ball_matrix_new(e, x->d, 1);
  for (size_t i = 0; i < count; i++) {
    ist_ball_worker_L(&x->m, i, L_i);
    sum = ist_ball_matrix_add(e, sum, ist_ball_product(e, L_i, y));
  }
  return ist_ball_div(e, ist_ball_root(e, norm_sq(e, sum)), ist_ball_count(e, count));
}

/** (11): no bound holds on the gradient: |grad f(x* + t x)| = t |L x|, at t = 10^6. */
static ist_code unbounded_gradient(ist_subject *u, ist_finding *f, ist_status *s) {
  const double t = 1e6;
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  ist_ball_matrix way = ist_ball_scale(e, ist_ball_of(e, t), ist_exact_x0(x));
  (void)s;
  if (arb_mat_is_zero(ist_exact_x0(x)))
    ist_find_nothing(f, "no direction: x_0 = 0");
  else if (!ist_exact_afford(x, 4 * (double)ist_problem_L_count(u->p) / (double)x->d))
    ist_verdict_open(f, "too large");
  else {
    ist_ball_matrix far = ist_ball_matrix_add(e, ist_exact_x_star(x), way);
    ist_ball_matrix g = gradient_of(e, ist_exact_L(x), ist_exact_b(x), far);
    ist_ball size = ist_ball_root(e, norm_sq(e, g)), bound = growth(x, way);
    ist_verdict_equal(e, f, size, bound, bound);
  }
  return IST_OK;
}

/** (20): f(x) = ftilde(D^{1/2} x), ftilde the preconditioned problem's. */
static ist_code change_of_variables(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  const size_t d = x->d;
  ist_ball_matrix L = ist_ball_matrix_of(e, u->p->L, d, d),
                  b = ist_ball_matrix_of(e, u->p->b, d, 1);
  ist_ball_matrix z = ist_exact_x0(x), D = ist_ball_diagonal(e, L);
  arb_mat_struct *y = ist_ball_matrix_new(e, d, 1);
  (void)s;
  for (size_t j = 0; j < d; j++)
    arb_mul(arb_mat_entry(y, j, 0), ist_ball_root(e, ist_ball_entry(D, j, 0)),
            ist_ball_entry(z, j, 0), e->precision);
  ist_ball size =
      ist_ball_add(e, ist_ball_quadratic(e, L, z), ist_ball_abs(e, ist_ball_inner(e, b, z)));
  ist_verdict_equal(e, f, value_of(e, ist_exact_L(x), ist_exact_b(x), y), value_of(e, L, b, z),
                    size);
  return IST_OK;
}

/** s_j [L_i]_jj^{1/2} = sqrt(n) for scaled Perm-q: it makes Diag(E[C_i L_i C_i]) = I, for every
 *  worker. */
static ist_code scaling(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  ist_ball root = ist_ball_root(e, ist_ball_count(e, x->n)), worst = ist_ball_of(e, 0);
  (void)s;
  for (size_t i = 0; i < ist_problem_L_count(u->p); i++)
    for (size_t j = 0; j < x->d; j++) {
      ist_ball L_jj = ist_ball_of(e, ist_problem_L(u->p, i)[j * x->d + j]);
      ist_ball product =
          ist_ball_mul(e, ist_ball_entry(ist_exact_scale(x, i), j, 0), ist_ball_root(e, L_jj));
      worst = ist_ball_max(e, worst, ist_ball_abs(e, ist_ball_sub(e, product, root)));
    }
  ist_verdict_equal(e, f, worst, ist_ball_of(e, 0), root);
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
 *  worst: (1/n) s'_j^2 [L_i]_jj is 1 as printed, and (s'_j/s_j)^2 if s_j is right. root: the
 *  diagonal of L_i^{-1/2}. */
static void compare_printed_scale(ist_exact *x, size_t i, ist_ball_matrix L, ist_ball_matrix root,
                                  ist_finding *f) {
  ist_balls *e = &x->work;
  size_t worst = 0;
  ist_ball value = ist_ball_of(e, 0);
  for (size_t j = 0; j < x->d; j++) {
    ist_ball at =
        ist_ball_mul(e, ist_ball_square(e, ist_ball_entry(root, j, 0)), ist_ball_entry(L, j, j));
    if (j == 0 || ist_ball_double(at) > ist_ball_double(value)) {
      worst = j;
      value = at;
    }
  }
  ist_ball scaled =
      ist_ball_mul(e, ist_ball_root(e, ist_ball_count(e, x->n)), ist_ball_entry(root, worst, 0));
  ist_ball ratio = ist_ball_div(e, scaled, ist_ball_entry(ist_exact_scale(x, i), worst, 0));
  ist_verdict_printed(e, f, value, ist_ball_of(e, 1),
                      ist_ball_mul(e, ratio, ist_ball_abs(e, ratio)), value,
                      "correction: the diagonal of D_i^{-1/2}, not that of L_i^{-1/2}");
}

/** Looks for the first worker that has a root and no diagonal matrix; what is found otherwise is
 *  that there is none. */
static ist_code printed_scaling(ist_subject *u, ist_finding *f, ist_status *s) {
  const double root_products = 100; /* two inverses for each of some 20 iterations */
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  arb_mat_struct *L = ist_ball_matrix_new(e, x->d, x->d);
  (void)s;
  ist_find_nothing(f, "no L_i is proved positive definite and not diagonal");
  for (size_t i = 0; i < ist_problem_L_count(u->p); i++) {
    if (is_diagonal(ist_problem_L(u->p, i), x->d))
      continue;
    if (!ist_exact_afford(x, 1)) {
      ist_verdict_open(f, "too large");
      return IST_OK;
    }
    ist_ball_worker_L(&x->m, i, L);
    if (!ist_proved_positive_definite(L, e->precision))
      continue;
    if (ist_exact_afford(x, root_products))
      compare_printed_scale(x, i, L, ist_ball_inverse_root_diagonal(e, L), f);
    else
      ist_verdict_open(f, "too large");
    return IST_OK;
  }
  return IST_OK;
}

/** n lambda_min(L^-1), from the inverse. */
static ist_ball smallest_of_inverse(ist_exact *x) {
  ist_balls *e = &x->work;
  if (!ist_exact_afford(x, 4 + IST_EIGENVALUE_PRODUCTS))
    return ist_ball_unknown(e);
  ist_ball_matrix inverse = ist_ball_solve(e, ist_exact_L(x), ist_ball_identity(e, x->d));
  ist_ball smallest = ist_ball_smallest_eigenvalue(e, ist_ball_symmetric_part(e, inverse));
  return ist_ball_mul(e, ist_ball_count(e, x->n), smallest);
}

/** It is n / lambda_max(L). */
static ist_code inverse_eigenvalue(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_balls *e = &u->x->work;
  ist_ball right = ist_ball_div(e, ist_ball_count(e, u->p->n), ist_exact_lambda_max(u->x));
  (void)s;
  ist_verdict_equal(e, f, smallest_of_inverse(u->x), right, right);
  return IST_OK;
}

/** (21) as printed takes n lambda_max(L) for it: false unless L = I. */
static ist_code printed_inverse_eigenvalue(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_balls *e = &u->x->work;
  ist_ball n = ist_ball_count(e, u->p->n), max = ist_exact_lambda_max(u->x);
  ist_ball right = ist_ball_div(e, n, max);
  (void)s;
  ist_verdict_printed(e, f, smallest_of_inverse(u->x), ist_ball_mul(e, n, max), right, right,
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
