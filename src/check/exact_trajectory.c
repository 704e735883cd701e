#include "exact_trajectory.h"

#include <stdlib.h>

#include "machine/memory.h"
#include "moments/ball_dynamics.h"
#include "spectral/constants_bound.h"
#include "spectral/expectation_errors.h"

/** Products that the operations of a round on single entries are like, in dimension d. */
static double entrywise(const ist_exact *x) { return 40 / (double)x->d; }

static void record(ist_exact_trajectory *t, ist_exact *x, const ist_ball_dynamics *y,
                   ist_ball_matrix LL, size_t k) {
  ist_balls work;
  ist_ball_matrix star = ist_exact_x_star(x), fixed = ist_exact_x_fixed(x), L = ist_exact_L(x);
  ist_balls_open(&work, x->m.precision);
  const struct {
    ist_ball *at;
    ist_ball_matrix A, z;
  } all[] = {{t->star_sq, L, star},
             {t->star_W_sq, ist_exact_W(x), star},
             {t->star_LL_sq, LL, star},
             {t->fixed_L_sq, L, fixed},
             {t->fixed_sq, NULL, fixed}};
  for (size_t j = 0; j < sizeof all / sizeof *all; j++)
    all[j].at[k] =
        ist_ball_copy(&t->own, ist_ball_dynamics_distance_sq(&work, y, all[j].A, all[j].z));
  t->mean[k] = ist_ball_matrix_copy(&t->own, y->mean);
  ist_balls_clear(&work);
}

/** What is known of a trajectory that takes too long. */
static void record_unknown(ist_exact_trajectory *t, const ist_exact *x) {
  ist_ball unknown = ist_ball_unknown(&t->own);
  ist_ball_matrix somewhere = ist_ball_matrix_unknown(&t->own, x->d, 1);
  for (size_t k = 0; k <= t->rounds; k++) {
    t->star_sq[k] = t->star_W_sq[k] = t->star_LL_sq[k] = unknown;
    t->fixed_L_sq[k] = t->fixed_sq[k] = unknown;
    t->mean[k] = somewhere;
  }
}

/** Estimated seconds of a round's product in double precision, with what goes with it. */
static double double_seconds(const ist_exact *x) {
  const double d = (double)x->d / 1000;
  return 0.25 * d * d * d;
}

/** The mean by E x_{k+1} = E x_k - gamma (E[B] E x_k - E[v]), which needs no covariance. */
static void record_means(ist_exact_trajectory *t, ist_exact *x, ist_ball_matrix start) {
  ist_balls work;
  ist_balls_open(&work, x->m.precision);
  ist_ball_matrix EB = ist_exact_EB(x), Ev = ist_exact_Ev(x), m = start;
  for (size_t k = 0; k <= t->rounds; k++) {
    t->mean[k] = ist_ball_matrix_copy(&t->own, m);
    ist_ball_matrix g = ist_ball_matrix_sub(&work, ist_ball_product(&work, EB, m), Ev);
    m = ist_ball_matrix_sub(&work, m, ist_ball_scale(&work, t->gamma, g));
  }
  ist_balls_clear(&work);
}

/** The distances by double precision and its bounds; false if there are none. */
static bool record_rows(ist_exact_trajectory *t, ist_exact *x, const double *x0,
                        ist_bounded_expectation *rows) {
  const ist_method m = {.p = x->m.p, .sk = x->m.sk, .gamma = ist_ball_double(t->gamma)};
  ist_constants c;
  ist_errors e;
  ist_status ignored;
  const char *reason;
  if (ist_constants_compute(x->m.p, x->m.sk, &c, &ignored) != IST_OK)
    return false;
  ist_constants_bound(x->m.p, &c, &e);
  const bool ok = ist_expect_bounded(&m, &c, &e, x0, t->rounds, rows, &reason, NULL, NULL,
                                     &ignored) == IST_OK &&
                  c.x_fixed != NULL;
  for (size_t k = 0; ok && k <= t->rounds; k++) {
    const ist_expectation *value = &rows[k].value, *error = &rows[k].error;
    t->star_sq[k] = ist_ball_within(&t->own, value->dist_star_sq, error->dist_star_sq);
    t->fixed_sq[k] = ist_ball_within(&t->own, value->dist_fixed_sq, error->dist_fixed_sq);
  }
  ist_constants_free(&c);
  return ok;
}

/** What is known in double precision of a trajectory that takes too long in ball arithmetic. */
static void record_bounded(ist_exact_trajectory *t, ist_exact *x, ist_ball_matrix start) {
  record_unknown(t, x);
  record_means(t, x, start);
  const double products = (double)(t->rounds + 1) * (double)ist_ball_dynamics_products(&x->m);
  if (x->m.preconditioned || !arb_is_exact(t->gamma) || !arb_mat_is_exact(start) ||
      !ist_exact_afford_seconds(x, products * double_seconds(x)))
    return;
  double *x0 = ist_memory_doubles(1, x->d, 1);
  ist_bounded_expectation *rows = calloc(t->rounds + 1, sizeof *rows);
  for (size_t j = 0; x0 != NULL && j < x->d; j++)
    x0[j] = ist_ball_double(ist_ball_entry(start, j, 0));
  if (x0 != NULL && rows != NULL)
    record_rows(t, x, x0, rows);
  free(x0);
  free(rows);
}

static void follow(ist_exact_trajectory *t, ist_exact *x, ist_ball_matrix start) {
  ist_ball_dynamics y;
  ist_balls work;
  ist_balls_open(&work, x->m.precision);
  ist_ball_matrix LL = ist_ball_product(&work, ist_exact_L(x), ist_exact_L(x));
  ist_ball_dynamics_init(&y, &x->m, start);
  record(t, x, &y, LL, 0);
  for (size_t k = 1; k <= t->rounds; k++) {
    ist_ball_dynamics_step(&y, t->gamma);
    record(t, x, &y, LL, k);
  }
  ist_ball_dynamics_clear(&y);
  ist_balls_clear(&work);
}

void ist_exact_trajectory_open(ist_exact_trajectory *t, ist_exact *x, ist_ball_matrix start,
                               ist_ball gamma, size_t rounds) {
  const size_t rows = rounds + 1;
  *t = (ist_exact_trajectory){.rounds = rounds};
  ist_balls_open(&t->own, x->m.precision);
  t->gamma = ist_ball_copy(&t->own, gamma);
  t->star_sq = flint_calloc(5 * rows, sizeof *t->star_sq);
  t->star_W_sq = t->star_sq + rows;
  t->star_LL_sq = t->star_sq + 2 * rows;
  t->fixed_L_sq = t->star_sq + 3 * rows;
  t->fixed_sq = t->star_sq + 4 * rows;
  t->mean = flint_calloc(rows, sizeof *t->mean);
  const double products = (double)ist_ball_dynamics_products(&x->m) + entrywise(x);
  if (!ist_ball_known(gamma))
    record_unknown(t, x);
  else if (ist_exact_afford(x, (double)rows * products))
    follow(t, x, start);
  else
    record_bounded(t, x, start);
}

void ist_exact_trajectory_close(ist_exact_trajectory *t) {
  flint_free(t->star_sq);
  flint_free(t->mean);
  ist_balls_clear(&t->own);
}

ist_ball ist_exact_average(ist_balls *e, ist_ball const *values, size_t K) {
  arb_struct *sum = ist_ball_new(e);
  for (size_t k = 0; k < K; k++)
    arb_add(sum, sum, values[k], e->precision);
  return ist_ball_div(e, sum, ist_ball_count(e, K));
}
