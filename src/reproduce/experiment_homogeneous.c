/** P21: ||x_k - b~/sqrt(n)||^2 decreases linearly on the preconditioned homogeneous problem. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "check/verdict.h"
#include "curves.h"
#include "kernel/homogeneous.h"
#include "machine/memory.h"
#include "machine/progress.h"
#include "moments/rounding.h"
#include "problem/gaussian.h"
#include "run/iterates.h"
#include "run/start.h"

#define NAME "homogeneous"

static const double gammas[] = {0.1, 0.2, 0.4, 0.8};
#define STEPS (sizeof gammas / sizeof *gammas)

/** The curves beside the runs. */
enum { EXPECTED = IST_RUNS, BOUND };
static const char *const others[] = {"expectation", "proved bound of run 1"};

/** Relative errors below this are left out of the fits: there, rounding is all that shows. */
#define FITTED 1e-10

typedef struct {
  ist_reproduction *shared;
  ist_problem p;    /**< preconditioned */
  double *fixed;    /**< b~/sqrt(n) of (31) */
  double *x0;       /**< of the run at hand */
  ist_curves error; /**< ||x_k - fixed||^2 */
  size_t step, r;   /**< the run at hand */
  ist_balls kept;
  ist_ball excess[STEPS];    /**< largest ratio of an error to its proved bound */
  ist_ball spread[IST_RUNS]; /**< what the bound adds in a round, to ||x_0 - fixed|| */
} experiment;

static ist_ball square_of_distance(ist_balls *w, const experiment *e, const double *x) {
  arb_struct *sum = ist_ball_new(w);
  for (size_t j = 0; j < e->p.d; j++) {
    ist_ball off = ist_ball_sub(w, ist_ball_of(w, x[j]), ist_ball_of(w, e->fixed[j]));
    arb_addmul(sum, off, off, w->precision);
  }
  return sum;
}

static ist_ball one_minus(ist_balls *w, double gamma) {
  return ist_ball_sub(w, ist_ball_of(w, 1), ist_ball_of(w, gamma));
}

/** min(k, 1/gamma), the rounds whose rounding has not died away. */
static ist_ball memory(ist_balls *w, double gamma, size_t k) {
  arb_struct *out = ist_ball_new(w);
  arb_min(out, ist_ball_count(w, k), ist_ball_div(w, ist_ball_of(w, 1), ist_ball_of(w, gamma)),
          w->precision);
  return out;
}

/** 4 u max(|x_0|, |c|), u = 2^-53: what a round adds to a coordinate's bound. */
static double addition(const experiment *e, size_t j) {
  return 0x1p-51 * fmax(fabs(e->x0[j]), fabs(e->fixed[j]));
}

/** What the contract of ist_homogeneous_rounds proves of ||x_k - fixed||^2: coordinate by
 *  coordinate (1-gamma)^k |x_0 - c| + 4 u min(k, 1/gamma) max(|x_0|, |c|). */
static ist_ball proved_bound(ist_balls *w, const experiment *e, double gamma, size_t k) {
  ist_ball power = ist_ball_power(w, one_minus(w, gamma), k), rounds = memory(w, gamma, k);
  arb_struct *sum = ist_ball_new(w);
  for (size_t j = 0; j < e->p.d; j++) {
    ist_ball off = ist_ball_sub(w, ist_ball_of(w, e->x0[j]), ist_ball_of(w, e->fixed[j]));
    ist_ball entry = ist_ball_add(w, ist_ball_mul(w, power, ist_ball_abs(w, off)),
                                  ist_ball_times(w, rounds, addition(e, j)));
    arb_addmul(sum, entry, entry, w->precision);
  }
  return sum;
}

/** The norm of what a round adds, to ||x_0 - fixed||. */
static ist_ball find_spread(experiment *e) {
  ist_balls work, *w = &work;
  ist_balls_open(w, IST_REPRODUCTION_BITS);
  arb_struct *sum = ist_ball_new(w);
  for (size_t j = 0; j < e->p.d; j++) {
    ist_ball entry = ist_ball_of(w, addition(e, j));
    arb_addmul(sum, entry, entry, w->precision);
  }
  ist_ball ratio = ist_ball_div(w, sum, square_of_distance(w, e, e->x0));
  ist_ball spread = ist_ball_root(&e->kept, ratio);
  ist_balls_clear(w);
  return spread;
}

static void observe(void *context, size_t k, const double *x) {
  experiment *e = context;
  ist_balls work, *w = &work;
  ist_balls_open(w, IST_REPRODUCTION_BITS);
  ist_ball error = square_of_distance(w, e, x), bound = proved_bound(w, e, gammas[e->step], k);
  *ist_curves_at(&e->error, k, e->step, e->r) = ist_ball_double(error);
  if (e->r == 0)
    *ist_curves_at(&e->error, k, e->step, BOUND) = ist_ball_above(bound);
  if (k > 0) { /* at 0 both are ||x_0 - fixed||^2 */
    ist_ball ratio = ist_ball_div(w, error, bound);
    e->excess[e->step] = ist_ball_max(&e->kept, e->excess[e->step], ratio);
  }
  ist_balls_clear(w);
}

static ist_code run(experiment *e, ist_status *s) {
  unsigned long seed = ist_reproduction_seed(e->shared, e->r);
  ist_iterates g = {.p = &e->p,
                    .sketch = {IST_SCALED_PERM, 1},
                    .x0 = e->x0,
                    .gamma = gammas[e->step],
                    .rounds = e->error.rounds,
                    .seed = seed};
  if (ist_start("gaussian", seed, e->x0, e->p.d, s) != IST_OK)
    return s->code;
  e->spread[e->r] = find_spread(e);
  return ist_iterates_show(&g, observe, e, s);
}

static ist_code run_all(experiment *e, ist_status *s) {
  ist_progress progress = ist_progress_start(NAME ": run", STEPS * IST_RUNS);
  ist_code code = IST_OK;
  for (e->step = 0; e->step < STEPS && code == IST_OK; e->step++)
    for (e->r = 0; e->r < IST_RUNS && code == IST_OK; e->r++) {
      code = run(e, s);
      ist_progress_update(&progress, e->step * IST_RUNS + e->r + 1);
    }
  ist_progress_end(&progress);
  return code;
}

/** E||x_k - c||^2 = (1-gamma)^{2k} (d + ||c||^2) over x_0 with N(0, 1) entries, by (28). */
static void expect(experiment *e) {
  double start = (double)e->p.d;
  for (size_t j = 0; j < e->p.d; j++)
    start += e->fixed[j] * e->fixed[j];
  for (size_t step = 0; step < STEPS; step++)
    for (size_t k = 0; k <= e->error.rounds; k++)
      *ist_curves_at(&e->error, k, step, EXPECTED) = pow(1 - gammas[step], 2 * (double)k) * start;
}

/** The least-squares line through the rounds 0, ..., n - 1. */
typedef struct {
  ist_ball slope;     /**< of the logarithms of the relative errors of a run */
  ist_ball allowance; /**< what the contract allows rounding to change it by */
} fit;

/** How far the logarithm of a relative error is from 2 k log(1-gamma) at most: the root of the
 *  error is off by min(k, 1/gamma) spread of ||x_0 - fixed||, and the table's ratio by two
 *  roundings. */
static ist_ball deviation(ist_balls *w, double gamma, ist_ball spread, size_t k) {
  ist_ball power = ist_ball_power(w, one_minus(w, gamma), k), one = ist_ball_of(w, 1);
  ist_ball share = ist_ball_div(w, ist_ball_mul(w, memory(w, gamma, k), spread), power);
  ist_ball rounding = ist_ball_of(w, 4 * IST_UNIT);
  return ist_ball_add(w, ist_ball_times(w, ist_ball_log(w, ist_ball_sub(w, one, share)), -2),
                      ist_ball_times(w, ist_ball_log(w, ist_ball_sub(w, one, rounding)), -1));
}

/** Rounds before the relative error of the run falls to FITTED. */
static size_t fitted_rounds(ist_curves *ratio, size_t step, size_t r) {
  size_t n = 0;
  while (n <= ratio->rounds && *ist_curves_at(ratio, n, step, r) > FITTED)
    n++;
  return n;
}

/** sum_k w_k y_k with w_k = (k - (n-1)/2) / (n (n^2 - 1) / 12), and the same of the deviations. */
static fit fit_line(ist_balls *w, const experiment *e, ist_curves *ratio, size_t step, size_t r) {
  const size_t rounds = fitted_rounds(ratio, step, r);
  const double n = (double)rounds;
  arb_struct *slope = ist_ball_new(w), *allowance = ist_ball_new(w);
  ist_ball spread_of_k = ist_ball_div(w, ist_ball_of(w, n * (n * n - 1)), ist_ball_of(w, 12));
  for (size_t k = 0; k < rounds; k++) {
    ist_ball weight = ist_ball_div(w, ist_ball_of(w, (double)k - (n - 1) / 2), spread_of_k);
    ist_ball y = ist_ball_log(w, ist_ball_of(w, *ist_curves_at(ratio, k, step, r)));
    arb_addmul(slope, weight, y, w->precision);
    arb_addmul(allowance, ist_ball_abs(w, weight), deviation(w, gammas[step], e->spread[r], k),
               w->precision);
  }
  return (fit){slope, allowance};
}

/** The slope of the run that uses most of its allowance; its deviation is at most that. */
static void check_slope(const experiment *e, ist_curves *ratio, size_t step, ist_finding *f) {
  ist_balls work, *w = &work;
  ist_balls_open(w, IST_REPRODUCTION_BITS);
  ist_ball expected = ist_ball_times(w, ist_ball_log(w, one_minus(w, gammas[step])), 2);
  ist_ball worst = ist_ball_of(w, 0), slope = expected, one = ist_ball_of(w, 1);
  for (size_t r = 0; r < IST_RUNS; r++) {
    const fit found = fit_line(w, e, ratio, step, r);
    ist_ball off = ist_ball_abs(w, ist_ball_sub(w, found.slope, expected));
    ist_ball used = ist_ball_div(w, off, found.allowance);
    if (ist_ball_double(used) > ist_ball_double(worst))
      slope = found.slope;
    worst = ist_ball_max(w, worst, used);
  }
  ist_verdict_ends_at_most(w, f, worst, one);
  f->value = ist_ball_double(slope);
  f->bound = ist_ball_double(expected);
  ist_balls_clear(w);
}

static ist_code check(experiment *e, ist_curves *ratio, ist_status *s) {
  for (size_t step = 0; step < STEPS; step++) {
    char statement[80];
    ist_finding f;
    check_slope(e, ratio, step, &f);
    snprintf(statement, sizeof statement, "slope = log (1-G)^2 but for rounding, G = %g",
             gammas[step]);
    if (ist_reproduction_record(e->shared, "P21", NAME, statement, &f, s) != IST_OK)
      return s->code;
    ist_ball one = ist_ball_of(&e->kept, 1);
    ist_verdict_at_most(&e->kept, &f, e->excess[step], one, one);
    snprintf(statement, sizeof statement, "error / proved bound, G = %g", gammas[step]);
    if (ist_reproduction_record(e->shared, "P21-bound", NAME, statement, &f, s) != IST_OK)
      return s->code;
  }
  return IST_OK;
}

static const char body[] =
    "  set xlabel \"communication round k\"\n"
    "  set logscale y\n"
    "  set xrange [0:rounds]\n"
    "  set yrange [1e-62:1e3]\n"
    "  set key bottom right\n"
    "  do for [panel in \"ratio error\"] {\n"
    "    file = panel eq \"ratio\" ? \"homogeneous-relative.csv\" : \"homogeneous.csv\"\n"
    "    set title panel eq \"ratio\" ? \"relative error\" : \"absolute error\"\n"
    "    set ylabel panel eq \"ratio\" ? \"‖x_k − x_∞‖² / ‖x_0 − x_∞‖²\" : \"‖x_k − x_∞‖²\"\n"
    "    plot for [g=0:3] for [r=0:9] file using 1:(column(2+12*g+r)) with lines lw 1 \\\n"
    "           lc rgb word(faint, g+1) notitle, \\\n"
    "         for [g=0:3] file using 1:(column(12+12*g) > 1e-40 ? column(12+12*g) : NaN) \\\n"
    "           every space with points \\\n"
    "           pt int(word(marks, g+1)) ps 0.7 lc rgb word(colours, g+1) \\\n"
    "           title \"γ = \".word(gammas, g+1), \\\n"
    "         for [g=0:3] file using 1:(column(13+12*g)) with lines dt 3 lw 1.5 lc rgb black \\\n"
    "           title g == 0 ? \"proved bound, with rounding\" : \"\"\n"
    "    unset label 1\n"
    "  }\n";

static ist_code draw(experiment *e, ist_status *s) {
  char settings[600], caption[500];
  snprintf(settings, sizeof settings,
           "gammas = \"0.1 0.2 0.4 0.8\"\n"
           "colours = blue.\" \".orange.\" \".green.\" \".vermillion\n"
           "faint = faint_blue.\" \".faint_orange.\" \".faint_green.\" \".faint_vermillion\n"
           "marks = \"5 7 9 13\"\n"
           "rounds = %zu\n"
           "space = int(rounds / 40)\n",
           e->error.rounds);
  snprintf(caption, sizeof caption,
           "P21, reconstructed: homogeneous problem, d = n = %zu, L = GᵀG, preconditioned, scaled "
           "Perm-1. Thin lines: %d runs, each with its own\\n"
           "permutations and Gaussian x_0. Marks: exact expectation (1−γ)^{2k}E‖x_0 − x_∞‖². "
           "Dotted: bound proved of the C code of (31), rounding included (run 1). x_∞ = b̃/√n.",
           e->p.d, IST_RUNS);
  ist_figure g = {.name = NAME, .settings = settings, .caption = caption, .body = body};
  return ist_reproduction_figure(e->shared, &g, s);
}

static ist_code report(experiment *e, ist_status *s) {
  const char *directory = e->shared->directory;
  ist_curves ratio;
  if (ist_curves_relative(&e->error, &ratio, s) != IST_OK)
    return s->code;
  ist_code code = check(e, &ratio, s);
  if (code == IST_OK)
    code = ist_table_write(&e->error.table, directory, NAME ".csv", s);
  if (code == IST_OK)
    code = ist_table_write(&ratio.table, directory, NAME "-relative.csv", s);
  if (code == IST_OK)
    code = draw(e, s);
  ist_curves_close(&ratio);
  return code;
}

static ist_code conduct(experiment *e, ist_status *s) {
  size_t d = e->p.d;
  e->fixed = ist_memory_doubles(2, d, 1);
  if (e->fixed == NULL)
    return ist_reproduction_no_memory(s);
  if (!ist_problem_precondition(&e->p))
    return ist_fail(s, IST_NOT_EXIST, "D^{-1/2} b leaves the range of entries");
  e->x0 = e->fixed + d;
  ist_fixed_point(e->p.b, d, e->p.n, e->fixed);
  if (ist_curves_open(&e->error, gammas, STEPS, e->shared->quick ? 320 : 360, others, 2, s) !=
      IST_OK)
    return s->code;
  for (size_t step = 0; step < STEPS; step++)
    e->excess[step] = ist_ball_of(&e->kept, 0);
  if (run_all(e, s) != IST_OK)
    return s->code;
  expect(e);
  return report(e, s);
}

ist_code ist_reproduce_homogeneous(ist_reproduction *t, ist_status *s) {
  experiment e = {.shared = t};
  size_t d = t->quick ? 20 : 50;
  if (ist_problem_gaussian(d, d, true, false, t->seed, &e.p, s) != IST_OK)
    return s->code;
  ist_balls_open(&e.kept, IST_REPRODUCTION_BITS);
  ist_code code = conduct(&e, s);
  ist_balls_clear(&e.kept);
  ist_curves_close(&e.error);
  free(e.fixed);
  ist_problem_free(&e.p);
  return code;
}
