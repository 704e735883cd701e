/** Theorem 2 (with h in the norm of L, E9), as sharpened (N2) and as it is exactly (N1, N3); N15.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "check/exact_bounds.h"
#include "check/exact_trajectory.h"
#include "check/verdict.h"
#include "experiment.h"
#include "machine/memory.h"
#include "machine/progress.h"
#include "problem/gaussian.h"
#include "run/iterates.h"
#include "run/meter.h"
#include "run/start.h"
#include "spectral/constants.h"
#include "spectral/n3.h"
#include "spectral/theorems.h"

#define NAME "bounds"

/** Step sizes i / 20 for i = 1, ..., 39; runs are made at every fourth. */
#define STEPS 39
#define SAMPLED 4

/** Columns of the table over the step size, and of that over K. */
enum { STEP, EXACT, SHARP, PRINTED, LIMIT, MEAN, ERROR, STEP_COLUMNS };
enum { ROUND, ROUND_EXACT, ROUND_SHARP, ROUND_PRINTED, ROUND_COLUMNS };

/** Rounds of the averages over the step size. */
#define ROUNDS 50

/** Step size of the table over K. */
#define STEP_OVER_K 0.5

/** Rounds of the runs that measure the limit, the first half of which is left out. */
#define LONG_ROUNDS 400

typedef struct {
  ist_reproduction *shared;
  ist_problem p;
  ist_constants c;
  ist_n3 n3;
  ist_meter meter;
  double *x0;
  ist_table steps, rounds;
  ist_exact exact;                /**< enclosures, for the verdicts */
  ist_ball star_sq, star_h, h_sq; /**< of x_0 - x* and h, in the norm of L */
  double spent;                   /**< see exact.h */
  double sum;                     /**< of ||grad f(x_k)||^2 in the run at hand */
  size_t from, until;             /**< rounds that are summed: from <= k < until */
} experiment;

static void observe(void *context, size_t k, const double *x) {
  experiment *e = context;
  ist_metrics m;
  if (!ist_measure(&e->meter, x, &m))
    m.grad_norm_sq = NAN;
  if (k >= e->from && k < e->until)
    e->sum += m.grad_norm_sq;
}

/** One run; the average of ||grad f||^2_{L^-1} over the rounds from, ..., rounds - 1. */
static ist_code run(experiment *e, double gamma, size_t from, size_t rounds, size_t r,
                    double *average, ist_status *s) {
  ist_iterates g = {.p = &e->p,
                    .sketch = {IST_SCALED_PERM, 1},
                    .x0 = e->x0,
                    .gamma = gamma,
                    .rounds = rounds,
                    .seed = ist_reproduction_seed(e->shared, r)};
  e->sum = 0;
  e->from = from;
  e->until = rounds;
  ist_code code = ist_iterates_show(&g, observe, e, s);
  *average = e->sum / (double)(rounds - from);
  return code;
}

/** f(x_0) - E f(x_K), by N3. */
static double expected_drop(const experiment *e, double gamma, size_t K) {
  return ist_n3_round(&e->n3, e->x0, gamma, 0).f_gap - ist_n3_round(&e->n3, e->x0, gamma, K).f_gap;
}

static double sharpened(const experiment *e, double gamma, size_t K) {
  return ist_theorem2_sharpened(expected_drop(e, gamma, K), gamma, K, e->c.h_norm_sq.value,
                                e->n3.sigma_sq);
}

static ist_scalar printed(const experiment *e, double gamma, size_t K) {
  return ist_theorem2_printed(expected_drop(e, gamma, K), gamma, K, e->c.h_norm_sq.value,
                              e->n3.sigma_sq);
}

/** The limit of E||grad f(x_k)||^2 by N3. */
static double limit(const experiment *e, double gamma) {
  return e->c.h_norm_sq.value + gamma * e->n3.sigma_sq / (2 - gamma);
}

static void tabulate_steps(experiment *e) {
  static const char *const names[] = {
      "gamma", "exact average",   "sharpened bound", "bound of Theorem 2",
      "limit", "sampled average", "standard error"};
  for (size_t j = 0; j < STEP_COLUMNS; j++)
    ist_table_name(&e->steps, j, "%s", names[j]);
  for (size_t i = 0; i < STEPS; i++) {
    double gamma = (double)(i + 1) / 20;
    *ist_table_at(&e->steps, i, STEP) = gamma;
    *ist_table_at(&e->steps, i, EXACT) = ist_n3_average(&e->n3, e->x0, gamma, ROUNDS).grad_norm_sq;
    *ist_table_at(&e->steps, i, SHARP) = sharpened(e, gamma, ROUNDS);
    *ist_table_at(&e->steps, i, LIMIT) = limit(e, gamma);
    if (printed(e, gamma, ROUNDS).exists)
      *ist_table_at(&e->steps, i, PRINTED) = printed(e, gamma, ROUNDS).value;
  }
}

static void tabulate_rounds(experiment *e) {
  static const char *const names[] = {"K", "exact average", "sharpened bound",
                                      "bound of Theorem 2"};
  for (size_t j = 0; j < ROUND_COLUMNS; j++)
    ist_table_name(&e->rounds, j, "%s", names[j]);
  for (size_t i = 0; i < e->rounds.rows; i++) {
    size_t K = i + 1;
    *ist_table_at(&e->rounds, i, ROUND) = (double)K;
    *ist_table_at(&e->rounds, i, ROUND_EXACT) =
        ist_n3_average(&e->n3, e->x0, STEP_OVER_K, K).grad_norm_sq;
    *ist_table_at(&e->rounds, i, ROUND_SHARP) = sharpened(e, STEP_OVER_K, K);
    *ist_table_at(&e->rounds, i, ROUND_PRINTED) = printed(e, STEP_OVER_K, K).value;
  }
}

static ist_code record(experiment *e, const char *id, const char *statement, const ist_finding *f,
                       ist_status *s) {
  return ist_reproduction_record(e->shared, id, NAME, statement, f, s);
}

/** Row i of the table over the step size: runs, and what they must agree with. */
static ist_code sample_step(experiment *e, size_t i, ist_status *s) {
  double gamma = *ist_table_at(&e->steps, i, STEP);
  ist_pairs average = {0}, plateau = {0};
  for (size_t r = 0; r < IST_RUNS; r++) {
    double found, settled;
    if (run(e, gamma, 0, ROUNDS, r, &found, s) != IST_OK ||
        run(e, gamma, LONG_ROUNDS / 2, LONG_ROUNDS, r, &settled, s) != IST_OK)
      return s->code;
    ist_pairs_add(&average, found, *ist_table_at(&e->steps, i, EXACT));
    ist_pairs_add(&plateau, settled, limit(e, gamma));
  }
  *ist_table_at(&e->steps, i, MEAN) = average.value.mean;
  *ist_table_at(&e->steps, i, ERROR) = ist_sample_error(&average.value);
  char statement[80];
  ist_finding f;
  ist_find_mean_equal(&f, &average, average.bound.mean);
  snprintf(statement, sizeof statement, "average of Theorem 2 sampled, G = %g", gamma);
  if (record(e, "N1", statement, &f, s) != IST_OK)
    return s->code;
  ist_find_mean_equal(&f, &plateau, plateau.bound.mean);
  snprintf(statement, sizeof statement, "plateau = |h|^2 + G sigma^2/(2 - G), G = %g", gamma);
  return record(e, "N3", statement, &f, s);
}

/** E||x_k - x*||^2_L by N3: ||a^k (x_0 - x*) - (1 - a^k) h||^2_L + gamma/(2-gamma) (1 - a^2k)
 *  sigma^2, a = 1 - gamma. */
static ist_ball closed_star_sq(ist_balls *w, experiment *e, ist_ball gamma, size_t k) {
  ist_ball one = ist_ball_of(w, 1);
  ist_ball a = ist_ball_power(w, ist_ball_sub(w, one, gamma), k), rest = ist_ball_sub(w, one, a);
  ist_ball squares = ist_ball_add(w, ist_ball_mul(w, ist_ball_square(w, a), e->star_sq),
                                  ist_ball_mul(w, ist_ball_square(w, rest), e->h_sq));
  ist_ball cross = ist_ball_times(w, ist_ball_mul(w, ist_ball_mul(w, a, rest), e->star_h), 2);
  ist_ball growth =
      ist_ball_mul(w, ist_ball_div(w, gamma, ist_ball_sub(w, ist_ball_of(w, 2), gamma)),
                   ist_ball_sub(w, one, ist_ball_square(w, a)));
  return ist_ball_add(w, ist_ball_sub(w, squares, cross),
                      ist_ball_mul(w, growth, ist_exact_n3_sigma_sq(&e->exact)));
}

/** The left side of Theorem 2 over K rounds. */
static ist_ball average(ist_balls *w, experiment *e, ist_ball gamma, size_t K) {
  arb_struct *sum = ist_ball_new(w);
  for (size_t k = 0; k < K; k++)
    arb_add(sum, sum, closed_star_sq(w, e, gamma, k), w->precision);
  return ist_ball_div(w, sum, ist_ball_count(w, K));
}

/** A right side of Theorem 2: as corrected (30), or as sharpened. */
typedef ist_ball right_side(ist_balls *, ist_ball drop, ist_ball gamma, size_t K, ist_ball h_sq,
                            ist_ball sigma_sq);

static ist_ball bound(ist_balls *w, experiment *e, right_side *form, ist_ball gamma, size_t K) {
  ist_ball start = closed_star_sq(w, e, gamma, 0), end = closed_star_sq(w, e, gamma, K);
  return form(w, ist_ball_times(w, ist_ball_sub(w, start, end), 0.5), gamma, K, e->h_sq,
              ist_exact_n3_sigma_sq(&e->exact));
}

/** The average against a right side over the step sizes i with from <= i < until: the largest ratio
 *  of it to the bound, or of the bound to it. */
static ist_ball largest_ratio(ist_balls *w, experiment *e, right_side *form, bool reversed,
                              size_t from, size_t until) {
  ist_ball largest = ist_ball_of(w, 0);
  for (size_t i = from; i < until; i++) {
    ist_ball gamma = ist_ball_of(w, *ist_table_at(&e->steps, i, STEP));
    ist_ball left = average(w, e, gamma, ROUNDS), right = bound(w, e, form, gamma, ROUNDS);
    ist_ball ratio = reversed ? ist_ball_div(w, right, left) : ist_ball_div(w, left, right);
    largest = ist_ball_max(w, largest, ratio);
  }
  return largest;
}

static ist_code check_ratio(experiment *e, const char *id, const char *statement, right_side *form,
                            bool reversed, size_t from, size_t until, ist_status *s) {
  ist_balls work, *w = &work;
  ist_finding f;
  ist_balls_open(w, IST_REPRODUCTION_BITS);
  ist_ball one = ist_ball_of(w, 1);
  ist_verdict_at_most(w, &f, largest_ratio(w, e, form, reversed, from, until), one, one);
  ist_balls_clear(w);
  return record(e, id, statement, &f, s);
}

/** (4 + 5 gamma) against 1, at the step of the table over K. */
static ist_code check_excess(experiment *e, ist_status *s) {
  ist_balls work, *w = &work;
  ist_finding f;
  ist_balls_open(w, IST_REPRODUCTION_BITS);
  ist_ball gamma = ist_ball_of(w, STEP_OVER_K), expected = ist_ball_of(w, 3 + 5 * STEP_OVER_K);
  ist_ball printed = bound(w, e, ist_exact_bound_30, gamma, 1);
  ist_ball excess = ist_ball_sub(w, printed, bound(w, e, ist_exact_bound_N2, gamma, 1));
  ist_verdict_equal(w, &f, ist_ball_div(w, excess, e->h_sq), expected,
                    ist_ball_div(w, printed, e->h_sq));
  ist_balls_clear(w);
  return record(e, "N15", "(Theorem 2 - sharpened) / |h|^2 = 3 + 5G", &f, s);
}

/** N1 by the recursion N5: the average and the sharpened bound less what the bound leaves out. */
static ist_code check_identity(experiment *e, ist_status *s) {
  ist_balls work, *w = &work;
  ist_exact_trajectory t;
  ist_finding f;
  ist_balls_open(w, IST_REPRODUCTION_BITS);
  ist_ball gamma = ist_ball_of(w, STEP_OVER_K);
  ist_exact_trajectory_open(&t, &e->exact, ist_exact_x0(&e->exact), gamma, ROUNDS);
  ist_ball slack = ist_exact_slack_N1(w, gamma, ist_exact_average(w, t.fixed_L_sq, ROUNDS));
  ist_ball right = bound(w, e, ist_exact_bound_N2, gamma, ROUNDS);
  ist_verdict_equal(w, &f, ist_exact_average(w, t.star_sq, ROUNDS), ist_ball_sub(w, right, slack),
                    right);
  ist_exact_trajectory_close(&t);
  ist_balls_clear(w);
  return record(e, "N1-exact", "Theorem 2 as an identity, G = 0.5", &f, s);
}

static ist_code check(experiment *e, ist_status *s) {
  const size_t one = 19; /* the row of step size 1 */
  if (check_ratio(e, "N2", "average / sharpened bound, G <= 1", ist_exact_bound_N2, false, 0,
                  one + 1, s) != IST_OK ||
      check_ratio(e, "N2-above", "sharpened bound / average, G > 1", ist_exact_bound_N2, true,
                  one + 1, STEPS, s) != IST_OK ||
      check_ratio(e, "P16", "average / bound of Theorem 2, G < 1", ist_exact_bound_30, false, 0,
                  one, s) != IST_OK ||
      check_excess(e, s) != IST_OK)
    return s->code;
  return check_identity(e, s);
}

/** Opens what the verdicts rest on. */
static void open_exact(experiment *e) {
  const ist_ball_method m = {
      .p = &e->p, .sk = {IST_SCALED_PERM, 1}, .precision = IST_REPRODUCTION_BITS};
  ist_exact_open(&e->exact, &m, e->x0, &e->spent);
  ist_balls *kept = &e->exact.kept;
  ist_ball_matrix L = ist_exact_L(&e->exact), h = ist_exact_h(&e->exact);
  ist_ball_matrix off =
      ist_ball_matrix_sub(kept, ist_exact_x0(&e->exact), ist_exact_x_star(&e->exact));
  e->star_sq = ist_ball_quadratic(kept, L, off);
  e->star_h = ist_ball_inner(kept, off, ist_ball_product(kept, L, h));
  e->h_sq = ist_exact_h_sq(&e->exact);
}

static const char body[] =
    "  set logscale y\n"
    "  set format y \"%g\"\n"
    "  set key top center\n"
    "  set ylabel \"average of ‖∇f(x_k)‖² over k < K\"\n"
    "  set title \"over the step size, K = 50\"\n"
    "  set xlabel \"step size γ\"\n"
    "  set xrange [0:2]\n"
    "  plot \"bounds.csv\" using 1:4 with lines lw 2 dt 2 lc rgb vermillion \\\n"
    "         title \"Theorem 2 (needs γ < 1)\", \\\n"
    "       \"bounds.csv\" using 1:3 with lines lw 2 dt 4 lc rgb blue \\\n"
    "         title \"sharpened, N2 (a bound up to γ = 1)\", \\\n"
    "       \"bounds.csv\" using 1:2 with lines lw 2 lc rgb black title \"exact\", \\\n"
    "       \"bounds.csv\" using 1:5 with lines lw 2 dt 3 lc rgb green \\\n"
    "         title \"limit, K → ∞\", \\\n"
    "       \"bounds.csv\" using 1:6:7 with yerrorbars pt 7 ps 0.6 lc rgb orange \\\n"
    "         title \"10 runs, ± standard error\"\n"
    "  unset label 1\n"
    "  set title \"over the rounds, γ = 0.5\"\n"
    "  set xlabel \"rounds K\"\n"
    "  set xrange [*:*]\n"
    "  set logscale x\n"
    "  set key top right\n"
    "  plot \"bounds-rounds.csv\" using 1:4 with lines lw 2 dt 2 lc rgb vermillion \\\n"
    "         title \"Theorem 2\", \\\n"
    "       \"bounds-rounds.csv\" using 1:3 with lines lw 2 dt 4 lc rgb blue \\\n"
    "         title \"sharpened, N2\", \\\n"
    "       \"bounds-rounds.csv\" using 1:2 with lines lw 2 lc rgb black title \"exact\"\n"
    "  unset logscale x\n";

static ist_code draw(experiment *e, ist_status *s) {
  char caption[500];
  snprintf(
      caption, sizeof caption,
      "Theorem 2 (30), ‖h‖ in the norm of L̄ (E9), at its best β, and what it can be sharpened to: "
      "d = n = %zu, L_i = G_iᵀG_i/d, scaled Perm-1.\\n"
      "Its constant 4 + 5γ of ‖h‖² becomes 1 (N15, N2); for γ > 1 the sharpened bound turns "
      "round; the exact average is known for every γ (N1, N3).",
      e->p.d);
  ist_figure g = {.name = NAME, .settings = "", .caption = caption, .body = body};
  return ist_reproduction_figure(e->shared, &g, s);
}

static ist_code sample_all(experiment *e, ist_status *s) {
  ist_progress progress = ist_progress_start(NAME ": step size", STEPS);
  ist_code code = IST_OK;
  for (size_t i = SAMPLED - 1; i < STEPS && code == IST_OK; i += SAMPLED) {
    code = sample_step(e, i, s);
    ist_progress_update(&progress, i + 1);
  }
  ist_progress_end(&progress);
  return code;
}

/** The experiment on constants that are known. */
static ist_code conduct(experiment *e, ist_status *s) {
  const char *directory = e->shared->directory;
  size_t d = e->p.d;
  e->x0 = ist_memory_doubles(1, d, 1);
  if (e->x0 == NULL || !ist_meter_open(&e->meter, &e->c) || !ist_n3_init(&e->p, &e->c, &e->n3))
    return ist_reproduction_no_memory(s);
  if (ist_start("gaussian", e->shared->seed, e->x0, d, s) != IST_OK ||
      ist_table_open(&e->steps, STEPS, STEP_COLUMNS, s) != IST_OK ||
      ist_table_open(&e->rounds, 1000, ROUND_COLUMNS, s) != IST_OK)
    return s->code;
  tabulate_steps(e);
  tabulate_rounds(e);
  open_exact(e);
  ist_code code = sample_all(e, s);
  if (code == IST_OK)
    code = check(e, s);
  ist_exact_close(&e->exact);
  if (code != IST_OK || ist_table_write(&e->steps, directory, NAME ".csv", s) != IST_OK ||
      ist_table_write(&e->rounds, directory, NAME "-rounds.csv", s) != IST_OK)
    return s->code;
  return draw(e, s);
}

ist_code ist_reproduce_bounds(ist_reproduction *t, ist_status *s) {
  experiment e = {.shared = t};
  size_t d = t->quick ? 8 : 20;
  if (ist_problem_gaussian(d, d, false, false, t->seed, &e.p, s) != IST_OK)
    return s->code;
  for (size_t j = 0; j < d * d * d; j++)
    e.p.L[j] /= (double)d; /* so that bias and noise are of one size */
  ist_code code = ist_constants_compute(&e.p, (ist_sketch){IST_SCALED_PERM, 1}, &e.c, s);
  if (code == IST_OK) {
    code = conduct(&e, s);
    ist_table_close(&e.steps);
    ist_table_close(&e.rounds);
    ist_n3_free(&e.n3);
    ist_meter_close(&e.meter);
    free(e.x0);
    ist_constants_free(&e.c);
  }
  ist_problem_free(&e.p);
  return code;
}
