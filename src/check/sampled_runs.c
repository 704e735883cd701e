#include "sampled_runs.h"

#include <math.h>
#include <stdlib.h>

#include "run/iterates.h"

/** An expectation below this part of its terms is lost in the rounding of the iterates. */
#define VISIBLE 1e-4

/** Part of its size up to which a measured quantity must be known. */
#define KNOWN_TO 1e-12

/** Bits with which iterates are measured: the enclosures' own width is what matters. */
#define BITS 128

/** Products of dense matrices that measuring one iterate is like, in dimension d, times d. */
#define MEASURE_PRODUCTS 6

/** Ingredients in no more bits than iterates are measured with. */
typedef struct {
  ist_ball_matrix L, W, EB, EBLB;
} rounded_matrices;

/** One run in the making. */
typedef struct {
  ist_exact *x;
  ist_balls work; /**< of the iterate at hand */
  rounded_matrices of;
  ist_ball constant; /**< E||v||^2_L */
  double gamma;
  size_t rounds;
  double expected, size; /**< of the next ||x - x*||^2_L, and the size of its terms */
  ist_sampled_run run;
} recorder;

/** The midpoint, if its ball is narrow in units of the run's own size. */
static double settled(const recorder *r, ist_ball a) {
  const double middle = ist_ball_double(a);
  const double size = fmax(fabs(middle), r->run.first_star_sq);
  const double width = ist_ball_above(a) - ist_ball_below(a);
  return width <= KNOWN_TO * size ? middle : NAN;
}

/** Expectation of the next ||x - x*||^2_L, given x, and the size of what it is a sum of. */
static void predict(recorder *r, ist_ball_matrix x, ist_ball_matrix L_away, ist_ball star_sq) {
  ist_balls *e = &r->work;
  ist_ball_matrix g = ist_ball_matrix_sub(e, ist_ball_product(e, r->of.EB, x), ist_exact_Ev(r->x));
  ist_ball slope = ist_ball_times(e, ist_ball_inner(e, L_away, g), 2 * r->gamma);
  ist_ball quadratic = ist_ball_quadratic(e, r->of.EBLB, x);
  ist_ball linear = ist_ball_times(e, ist_ball_inner(e, x, ist_exact_EBLv(r->x)), 2);
  ist_ball square = ist_ball_add(e, ist_ball_sub(e, quadratic, linear), r->constant);
  ist_ball noise = ist_ball_times(e, ist_ball_times(e, square, r->gamma), r->gamma);
  r->expected = settled(r, ist_ball_add(e, ist_ball_sub(e, star_sq, slope), noise));
  r->size = ist_ball_double(star_sq) + fabs(ist_ball_double(slope)) +
            r->gamma * r->gamma *
                (ist_ball_double(quadratic) + fabs(ist_ball_double(linear)) +
                 ist_ball_double(r->constant));
}

/** Adds x_k, k < K, to the averages. */
static void add(recorder *r, ist_ball_matrix away, ist_ball_matrix fixed_away, double star_sq) {
  const double share = 1 / (double)r->rounds;
  ist_balls *e = &r->work;
  r->run.average_star_sq += star_sq * share;
  r->run.average_W_sq += settled(r, ist_ball_quadratic(e, r->of.W, away)) * share;
  r->run.average_fixed_L_sq += settled(r, ist_ball_quadratic(e, r->of.L, fixed_away)) * share;
}

static void begin(recorder *r, ist_ball_matrix fixed_away, double star_sq) {
  ist_balls *e = &r->work;
  r->run.first_star_sq = star_sq;
  r->run.first_fixed_sq = ist_ball_double(ist_ball_inner(e, fixed_away, fixed_away));
}

static void finish(recorder *r, ist_ball_matrix fixed_away, double star_sq) {
  ist_balls *e = &r->work;
  ist_ball_matrix start = ist_ball_matrix_sub(e, ist_exact_x0(r->x), ist_exact_x_fixed(r->x));
  r->run.last_star_sq = star_sq;
  r->run.last_fixed_sq = ist_ball_double(ist_ball_inner(e, fixed_away, fixed_away));
  r->run.last_along = ist_ball_double(ist_ball_inner(e, fixed_away, start));
}

static void observe(void *context, size_t k, const double *iterate) {
  recorder *r = context;
  ist_balls *e = &r->work;
  ist_ball_matrix x = ist_ball_matrix_of(e, iterate, r->x->d, 1);
  ist_ball_matrix away = ist_ball_matrix_sub(e, x, ist_exact_x_star(r->x));
  ist_ball_matrix fixed_away = ist_ball_matrix_sub(e, x, ist_exact_x_fixed(r->x));
  ist_ball_matrix L_away = ist_ball_product(e, r->of.L, away);
  ist_ball square = ist_ball_inner(e, away, L_away);
  if (k == 0)
    begin(r, fixed_away, ist_ball_double(square));
  const double star_sq = settled(r, square);
  if (k > 0)
    r->run.one_round +=
        (r->expected <= VISIBLE * r->size ? 1 : star_sq / r->expected) / (double)r->rounds;
  if (k == r->rounds)
    finish(r, fixed_away, star_sq);
  else {
    add(r, away, fixed_away, star_sq);
    predict(r, x, L_away, square);
  }
  ist_balls_clear(e);
}

/** E||v||^2_L, kept for all runs. */
static ist_ball constant(ist_exact *x) {
  ist_balls *e = &x->work;
  return ist_ball_add(e, ist_ball_inner(e, ist_exact_L(x), ist_exact_cov_v(x)),
                      ist_ball_quadratic(e, ist_exact_L(x), ist_exact_Ev(x)));
}

static ist_ball_matrix rounded(ist_exact *x, ist_ball_matrix A) {
  arb_mat_struct *out = ist_ball_matrix_new(&x->work, x->d, x->d);
  for (size_t j = 0; j < x->d; j++)
    for (size_t k = 0; k < x->d; k++)
      arb_set_round(arb_mat_entry(out, j, k), ist_ball_entry(A, j, k), BITS);
  return out;
}

static ist_code draw_all(ist_sampled_runs *r, ist_exact *x, ist_iterates *g, ist_status *s) {
  unsigned long seed = g->seed;
  recorder one = {.x = x, .constant = constant(x), .gamma = g->gamma, .rounds = g->rounds};
  one.of = (rounded_matrices){rounded(x, ist_exact_L(x)), rounded(x, ist_exact_W(x)),
                              rounded(x, ist_exact_EB(x)), rounded(x, ist_exact_EBLB(x))};
  for (size_t i = 0; i < r->count; i++) {
    one.run = (ist_sampled_run){0};
    ist_balls_open(&one.work, BITS);
    g->seed = (seed + i) & 0xfffffffful;
    ist_code code = ist_iterates_show(g, observe, &one, s);
    ist_balls_clear(&one.work);
    if (code != IST_OK)
      return code;
    r->run[i] = one.run;
  }
  return IST_OK;
}

static void know_nothing(ist_sampled_runs *r) {
  for (size_t i = 0; i < r->count; i++)
    r->run[i] = (ist_sampled_run){NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
}

ist_code ist_sampled_runs_draw(ist_sampled_runs *r, ist_exact *x, const double *x0, double gamma,
                               size_t rounds, unsigned long seed, ist_status *s) {
  *r = (ist_sampled_runs){
      .gamma = gamma, .count = IST_CLAIM_RUNS, .run = calloc(IST_CLAIM_RUNS, sizeof *r->run)};
  ist_iterates g = {
      .p = x->m.p, .sketch = x->m.sk, .x0 = x0, .gamma = gamma, .rounds = rounds, .seed = seed};
  if (r->run == NULL)
    return ist_fail(s, IST_MACHINE, "no memory for runs of dimension %zu", x->d);
  const double iterates = (double)(r->count * (rounds + 1));
  ist_code code = IST_OK;
  if (ist_exact_afford(x, iterates * MEASURE_PRODUCTS / (double)x->d))
    code = draw_all(r, x, &g, s);
  else
    know_nothing(r);
  if (code != IST_OK)
    ist_sampled_runs_free(r);
  return code;
}

void ist_sampled_runs_free(ist_sampled_runs *r) {
  free(r->run);
  *r = (ist_sampled_runs){0};
}
