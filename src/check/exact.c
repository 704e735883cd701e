#include "exact.h"

#include <math.h>
#include <stdlib.h>

#include "moments/ball_linear.h"
#include "moments/effective.h"
#include "spectral/ball_eigen.h"
#include "spectral/enclosure.h"

/** Seconds that all ingredients of all claims, and one of them, may take, about. */
#define MOST_SECONDS 100
#define MOST_SECONDS_AT_ONCE 20

/** Products that a system with one right side takes. */
#define SOLVE_PRODUCTS 2

void ist_exact_open(ist_exact *x, const ist_ball_method *m, const double *x0, double *spent) {
  *x = (ist_exact){.m = *m, .d = m->p->d, .n = m->p->n, .q = m->sk.q, .spent = spent};
  ist_balls_open(&x->kept, m->precision);
  ist_balls_open(&x->work, m->precision);
  x->made.x0 = ist_ball_matrix_of(&x->kept, x0, x->d, 1);
  x->made.scale = flint_calloc(x->n, sizeof *x->made.scale);
}

void ist_exact_close(ist_exact *x) {
  flint_free(x->made.scale);
  ist_balls_clear(&x->work);
  ist_balls_clear(&x->kept);
}

bool ist_exact_afford_seconds(ist_exact *x, double seconds) {
  if (seconds > MOST_SECONDS_AT_ONCE || *x->spent + seconds > MOST_SECONDS) {
    x->unaffordable = true;
    return false;
  }
  *x->spent += seconds;
  return true;
}

bool ist_exact_afford(ist_exact *x, double products) {
  const double d = (double)x->d / 300, bits = (double)x->m.precision / 128;
  if (ist_ball_moments_fit(x->d, x->m.precision))
    return ist_exact_afford_seconds(x, 0.25 * d * d * d * sqrt(bits) * products);
  x->unaffordable = true;
  return false;
}

static ist_ball_matrix unknown_square(ist_exact *x) {
  return ist_ball_matrix_unknown(&x->kept, x->d, x->d);
}

static ist_ball_matrix unknown_vector(ist_exact *x) {
  return ist_ball_matrix_unknown(&x->kept, x->d, 1);
}

static arb_mat_struct *new_square(ist_exact *x) {
  return ist_ball_matrix_new(&x->kept, x->d, x->d);
}

static arb_mat_struct *new_vector(ist_exact *x) { return ist_ball_matrix_new(&x->kept, x->d, 1); }

/** Products that a pass over all workers' matrices is like. */
static double pass(const ist_exact *x) {
  return 4 * (double)ist_problem_L_count(x->m.p) / (double)x->d;
}

ist_ball_matrix ist_exact_x0(ist_exact *x) { return x->made.x0; }

/** A moment of the problem: a d x columns matrix that make fills, once. */
static ist_ball_matrix moment(ist_exact *x, ist_ball_matrix *slot, size_t columns, double products,
                              void make(const ist_ball_method *, arb_mat_t)) {
  if (*slot == NULL && !ist_exact_afford(x, products))
    *slot = columns == 1 ? unknown_vector(x) : unknown_square(x);
  if (*slot == NULL) {
    arb_mat_struct *out = ist_ball_matrix_new(&x->kept, x->d, columns);
    make(&x->m, out);
    *slot = out;
  }
  return *slot;
}

ist_ball_matrix ist_exact_L(ist_exact *x) {
  if (x->base != NULL)
    return ist_exact_L(x->base);
  return moment(x, &x->made.L, x->d, pass(x), ist_ball_mean_L);
}

ist_ball_matrix ist_exact_b(ist_exact *x) {
  if (x->base != NULL)
    return ist_exact_b(x->base);
  return moment(x, &x->made.b, 1, 0, ist_ball_mean_b);
}

ist_ball_matrix ist_exact_EB(ist_exact *x) {
  return moment(x, &x->made.EB, x->d, pass(x), ist_ball_expected_B);
}

ist_ball_matrix ist_exact_Ev(ist_exact *x) {
  return moment(x, &x->made.Ev, 1, 0, ist_ball_expected_v);
}

ist_ball_matrix ist_exact_cov_v(ist_exact *x) {
  return moment(x, &x->made.cov_v, x->d, 1, ist_ball_covariance_v);
}

/** Products that E[BAB] takes. */
static double second_moment_products(const ist_exact *x) {
  const double count = (double)ist_problem_L_count(x->m.p);
  return 4 * pass(x) + (x->q == 1 ? 0 : 2 * count + 2);
}

ist_ball_matrix ist_exact_EBLB(ist_exact *x) {
  if (x->made.EBLB == NULL) {
    ist_ball_matrix L = ist_exact_L(x);
    if (!ist_ball_matrix_known(L) || !ist_exact_afford(x, second_moment_products(x)))
      return x->made.EBLB = unknown_square(x);
    arb_mat_struct *out = new_square(x);
    ist_ball_second_moment(&x->m, L, out);
    x->made.EBLB = out;
  }
  return x->made.EBLB;
}

ist_ball_matrix ist_exact_EBLv(ist_exact *x) {
  if (x->made.EBLv == NULL) {
    ist_ball_matrix L = ist_exact_L(x);
    if (!ist_ball_matrix_known(L) || !ist_exact_afford(x, 4 * pass(x)))
      return x->made.EBLv = unknown_vector(x);
    arb_mat_struct *out = new_vector(x);
    ist_ball_cross_moment(&x->m, L, out);
    x->made.EBLv = out;
  }
  return x->made.EBLv;
}

ist_ball_matrix ist_exact_W(ist_exact *x) {
  if (x->made.W == NULL) {
    ist_ball_matrix EB = ist_exact_EB(x), L = ist_exact_L(x);
    if (!ist_exact_afford(x, 1))
      return x->made.W = unknown_square(x);
    ist_balls *e = &x->work;
    x->made.W =
        ist_ball_matrix_copy(&x->kept, ist_ball_symmetric_part(e, ist_ball_product(e, L, EB)));
  }
  return x->made.W;
}

/** A^{-1} v, kept. */
static ist_ball_matrix solve(ist_exact *x, ist_ball_matrix A, ist_ball_matrix v) {
  return ist_exact_afford(x, SOLVE_PRODUCTS) ? ist_ball_solve(&x->kept, A, v) : unknown_vector(x);
}

ist_ball_matrix ist_exact_x_star(ist_exact *x) {
  if (x->base != NULL)
    return ist_exact_x_star(x->base);
  if (x->made.x_star == NULL)
    x->made.x_star = solve(x, ist_exact_L(x), ist_exact_b(x));
  return x->made.x_star;
}

ist_ball_matrix ist_exact_x_fixed(ist_exact *x) {
  if (x->made.x_fixed == NULL)
    x->made.x_fixed = solve(x, ist_exact_EB(x), ist_exact_Ev(x));
  return x->made.x_fixed;
}

ist_ball_matrix ist_exact_h(ist_exact *x) {
  if (x->made.h == NULL)
    x->made.h = ist_ball_matrix_sub(&x->kept, ist_exact_x_star(x), ist_exact_x_fixed(x));
  return x->made.h;
}

ist_ball_matrix ist_exact_scale(ist_exact *x, size_t i) {
  const bool shared = x->m.sk.kind != IST_SCALED_PERM || ist_problem_L_count(x->m.p) == 1;
  const size_t at = shared ? 0 : i;
  if (x->made.scale[at] == NULL) {
    arb_mat_struct *s = new_vector(x);
    ist_ball_worker_scale(&x->m, at, s);
    x->made.scale[at] = s;
  }
  return x->made.scale[at];
}

/** An eigenvalue, kept in *slot; B is NULL for the identity. */
static ist_ball eigenvalue(ist_exact *x, ist_ball *slot, bool largest, ist_ball_matrix A,
                           ist_ball_matrix B) {
  ist_balls *e = &x->work;
  if (*slot != NULL)
    return *slot;
  if (!ist_exact_afford(x, IST_EIGENVALUE_PRODUCTS))
    return *slot = ist_ball_unknown(&x->kept);
  ist_ball value = B != NULL ? largest ? ist_ball_largest_of_pencil(e, A, B)
                                       : ist_ball_smallest_of_pencil(e, A, B)
                   : largest ? ist_ball_largest_eigenvalue(e, A)
                             : ist_ball_smallest_eigenvalue(e, A);
  return *slot = ist_ball_copy(&x->kept, value);
}

ist_ball ist_exact_lambda_min(ist_exact *x) {
  if (x->base != NULL)
    return ist_exact_lambda_min(x->base);
  return eigenvalue(x, &x->made.lambda_min, false, ist_exact_L(x), NULL);
}

ist_ball ist_exact_lambda_max(ist_exact *x) {
  if (x->base != NULL)
    return ist_exact_lambda_max(x->base);
  return eigenvalue(x, &x->made.lambda_max, true, ist_exact_L(x), NULL);
}

ist_ball ist_exact_w_lambda_min(ist_exact *x) {
  return eigenvalue(x, &x->made.w_lambda_min, false, ist_exact_W(x), NULL);
}

ist_ball ist_exact_theta(ist_exact *x) {
  return eigenvalue(x, &x->made.theta, true, ist_exact_EBLB(x), ist_exact_W(x));
}

ist_ball ist_exact_contraction(ist_exact *x) {
  return eigenvalue(x, &x->made.contraction, false, ist_exact_W(x), ist_exact_L(x));
}

static ist_truth w_definite(ist_exact *x) {
  if (!ist_ball_matrix_known(ist_exact_W(x)) || !ist_exact_afford(x, 1))
    return IST_TRUTH_UNKNOWN;
  if (ist_proved_positive_definite(ist_exact_W(x), x->m.precision))
    return IST_TRUTH_YES;
  return arb_is_nonpositive(ist_exact_w_lambda_min(x)) ? IST_TRUTH_NO : IST_TRUTH_UNKNOWN;
}

ist_truth ist_exact_theta_exists(ist_exact *x) {
  if (!x->made.w_decided) {
    x->made.w_definite = w_definite(x);
    x->made.w_decided = true;
  }
  return x->made.w_definite;
}

ist_truth ist_exact_limit_exists(ist_exact *x) {
  return ist_ball_matrix_known(ist_exact_x_fixed(x)) ? IST_TRUTH_YES : IST_TRUTH_UNKNOWN;
}

ist_ball ist_exact_h_sq(ist_exact *x) {
  if (x->made.h_sq == NULL)
    x->made.h_sq = ist_ball_quadratic(&x->kept, ist_exact_L(x), ist_exact_h(x));
  return x->made.h_sq;
}

ist_ball ist_exact_sigma_sq(ist_exact *x) {
  if (x->made.sigma_sq == NULL)
    x->made.sigma_sq = ist_ball_inner(&x->kept, ist_exact_L(x), ist_exact_cov_v(x));
  return x->made.sigma_sq;
}

/** z'(E[BLB] - E[B]LE[B])z - 2z'(E[BLv] - E[B]LE[v]) + <L, Cov v>. */
ist_ball ist_exact_noise(ist_exact *x, ist_ball_matrix z) {
  ist_balls *e = &x->work;
  ist_ball_matrix L = ist_exact_L(x), mean = ist_ball_product(e, ist_exact_EB(x), z);
  ist_ball_matrix L_mean = ist_ball_product(e, L, mean);
  ist_ball square =
      ist_ball_sub(e, ist_ball_quadratic(e, ist_exact_EBLB(x), z), ist_ball_inner(e, mean, L_mean));
  ist_ball cross = ist_ball_sub(e, ist_ball_inner(e, z, ist_exact_EBLv(x)),
                                ist_ball_inner(e, L_mean, ist_exact_Ev(x)));
  return ist_ball_add(e, ist_ball_sub(e, square, ist_ball_times(e, cross, 2)),
                      ist_ball_inner(e, L, ist_exact_cov_v(x)));
}

ist_ball ist_exact_sigma_sq_star(ist_exact *x) {
  if (x->made.sigma_sq_star == NULL)
    x->made.sigma_sq_star = ist_ball_copy(&x->kept, ist_exact_noise(x, ist_exact_x_star(x)));
  return x->made.sigma_sq_star;
}

/** beta_i - beta of all workers as columns. */
static ist_ball_matrix deviations(ist_exact *x) {
  ist_balls *e = &x->work;
  arb_mat_struct *out = ist_ball_matrix_new(e, x->d, x->n), *b = ist_ball_matrix_new(e, x->d, 1);
  arb_mat_struct *mean = ist_ball_matrix_new(e, x->d, 1);
  for (size_t i = 0; i < x->n; i++) {
    /* s_i = sqrt(n) D_i^{-1/2} */
    ist_ball_worker_b(&x->m, i, b);
    arb_mat_mul_entrywise(b, b, ist_exact_scale(x, i), e->precision);
    arb_mat_scalar_div_arb(b, b, ist_ball_root(e, ist_ball_count(e, x->n)), e->precision);
    for (size_t j = 0; j < x->d; j++)
      arb_set(arb_mat_entry(out, j, i), arb_mat_entry(b, j, 0));
    arb_mat_scalar_div_si(b, b, (slong)x->n, e->precision);
    arb_mat_add(mean, mean, b, e->precision);
  }
  for (size_t j = 0; j < x->d; j++)
    for (size_t i = 0; i < x->n; i++)
      arb_sub(arb_mat_entry(out, j, i), arb_mat_entry(out, j, i), arb_mat_entry(mean, j, 0),
              e->precision);
  return out;
}

/** Cov v and sigma^2 of N3; both are 0 for n = 1. */
static void make_n3(ist_exact *x) {
  ist_balls *e = &x->work;
  if (x->made.cov_n3 != NULL)
    return;
  const bool affordable = ist_exact_afford(x, 1);
  x->made.cov_n3 = affordable ? new_square(x) : unknown_square(x);
  x->made.sigma_sq_n3 = affordable ? ist_ball_new(&x->kept) : ist_ball_unknown(&x->kept);
  if (x->n == 1 || !affordable)
    return;
  const double n = (double)x->n;
  ist_ball_matrix columns = deviations(x), L = ist_exact_L(x);
  ist_ball_matrix S = ist_ball_scale(e, ist_ball_div(e, ist_ball_of(e, 1), ist_ball_of(e, n)),
                                     ist_ball_product(e, columns, ist_ball_transpose(e, columns)));
  ist_ball_matrix D = ist_ball_diag(e, ist_ball_diagonal(e, S));
  ist_ball_matrix part =
      ist_ball_scale(e, ist_ball_div(e, ist_ball_of(e, 1), ist_ball_of(e, n)), S);
  ist_ball_matrix rest = ist_ball_matrix_sub(e, D, part);
  ist_ball share = ist_ball_div(e, ist_ball_of(e, 1), ist_ball_of(e, n - 1));
  x->made.cov_n3 = ist_ball_scale(&x->kept, share, rest);
  ist_ball traces = ist_ball_sub(e, ist_ball_inner(e, L, D), ist_ball_inner(e, L, part));
  x->made.sigma_sq_n3 = ist_ball_mul(&x->kept, share, traces);
}

ist_ball_matrix ist_exact_n3_cov(ist_exact *x) {
  make_n3(x);
  return x->made.cov_n3;
}

ist_ball ist_exact_n3_sigma_sq(ist_exact *x) {
  make_n3(x);
  return x->made.sigma_sq_n3;
}
