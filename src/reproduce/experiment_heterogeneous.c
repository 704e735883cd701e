/** P22: (f(x_k) - f*) / (f(x_0) - f*) on a heterogeneous problem; scaled Perm-q. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "check/verdict.h"
#include "curves.h"
#include "machine/memory.h"
#include "machine/progress.h"
#include "problem/gaussian.h"
#include "run/iterates.h"
#include "run/meter.h"
#include "run/start.h"
#include "spectral/constants_bound.h"
#include "spectral/expectation_errors.h"

#define NAME "heterogeneous"

static const double gammas[] = {0.2, 0.4, 0.8};
#define STEPS (sizeof gammas / sizeof *gammas)

/** The curves beside the runs. */
enum { EXPECTED = IST_RUNS, MEAN };
static const char *const others[] = {"expectation", "bound f(E x_k) - f*"};

/** Rounds after which the largest step has reached its neighbourhood, and the smallest has not. */
#define EARLY 5

typedef struct {
  ist_reproduction *shared;
  ist_problem p;
  ist_sketch sketch;
  ist_constants c;
  ist_meter meter;
  double *x0;
  ist_curves gap;                       /**< f(x_k) - f* */
  size_t step, r;                       /**< the run at hand */
  ist_errors errors;                    /**< of c */
  ist_bounded_expectation *rows[STEPS]; /**< rounds + 1 each */
} experiment;

static void observe(void *context, size_t k, const double *x) {
  experiment *e = context;
  ist_metrics m;
  if (ist_measure(&e->meter, x, &m))
    *ist_curves_at(&e->gap, k, e->step, e->r) = m.f_gap;
}

static ist_code run(experiment *e, ist_progress *progress, ist_status *s) {
  for (e->step = 0; e->step < STEPS; e->step++)
    for (e->r = 0; e->r < IST_RUNS; e->r++) {
      ist_iterates g = {.p = &e->p,
                        .sketch = e->sketch,
                        .x0 = e->x0,
                        .gamma = gammas[e->step],
                        .rounds = e->gap.rounds,
                        .seed = ist_reproduction_seed(e->shared, e->r)};
      if (ist_iterates_show(&g, observe, e, s) != IST_OK)
        return s->code;
      ist_progress_update(progress, e->step * IST_RUNS + e->r + 1);
    }
  return IST_OK;
}

static void show(void *context, size_t k) { ist_progress_update(context, k); }

/** E f(x_k) - f*, and f(E x_k) - f*, which bounds it from below (Jensen). */
static ist_code expect(experiment *e, size_t step, ist_status *s) {
  const ist_method method = {.p = &e->p, .sk = e->sketch, .gamma = gammas[step]};
  const char *reason; /* why something is not bounded: the verdict will say so */
  char unit[60];
  e->rows[step] = calloc(e->gap.rounds + 1, sizeof *e->rows[step]);
  if (e->rows[step] == NULL)
    return ist_reproduction_no_memory(s);
  snprintf(unit, sizeof unit, NAME ", G = %g: exact round", gammas[step]);
  ist_progress progress = ist_progress_start(unit, e->gap.rounds);
  ist_code code = ist_expect_bounded(&method, &e->c, &e->errors, e->x0, e->gap.rounds,
                                     e->rows[step], &reason, show, &progress, s);
  ist_progress_end(&progress);
  for (size_t k = 0; code == IST_OK && k <= e->gap.rounds; k++) {
    *ist_curves_at(&e->gap, k, step, EXPECTED) = e->rows[step][k].value.f_gap;
    *ist_curves_at(&e->gap, k, step, MEAN) = e->rows[step][k].value.mean_gap;
  }
  return code;
}

static ist_code expect_all(experiment *e, ist_status *s) {
  ist_code code = IST_OK;
  for (size_t step = 0; step < STEPS && code == IST_OK; step++)
    code = expect(e, step, s);
  return code;
}

/** E f(x_k) - f* and f(E x_k) - f*. */
static ist_ball gap(ist_balls *w, const experiment *e, size_t step, size_t k) {
  const ist_bounded_expectation *row = &e->rows[step][k];
  return ist_ball_within(w, row->value.f_gap, row->error.f_gap);
}

static ist_ball mean_gap(ist_balls *w, const experiment *e, size_t step, size_t k) {
  const ist_bounded_expectation *row = &e->rows[step][k];
  return ist_ball_within(w, row->value.mean_gap, row->error.mean_gap);
}

/** Runs against expectation: the mean over the rounds of their ratio is 1. */
static void compare_with_runs(experiment *e, size_t step, ist_finding *f) {
  ist_pairs pairs = {0};
  for (size_t r = 0; r < IST_RUNS; r++) {
    double sum = 0;
    for (size_t k = 1; k <= e->gap.rounds; k++)
      sum += *ist_curves_at(&e->gap, k, step, r) / *ist_curves_at(&e->gap, k, step, EXPECTED);
    ist_pairs_add(&pairs, sum / (double)e->gap.rounds, 1);
  }
  ist_find_mean_equal(f, &pairs, 1);
}

/** E f(x_k) >= f(E x_k) in every round but 0, where both are f(x_0): the smallest ratio. */
static void compare_with_bound(experiment *e, size_t step, ist_finding *f) {
  ist_balls work, *w = &work;
  ist_balls_open(w, IST_REPRODUCTION_BITS);
  ist_ball largest = ist_ball_of(w, 0), one = ist_ball_of(w, 1);
  for (size_t k = 1; k <= e->gap.rounds; k++)
    largest =
        ist_ball_max(w, largest, ist_ball_div(w, mean_gap(w, e, step, k), gap(w, e, step, k)));
  ist_verdict_ends_at_least(w, f, ist_ball_div(w, one, largest), one);
  ist_balls_clear(w);
}

static ist_code check_step(experiment *e, size_t step, ist_status *s) {
  char statement[80];
  ist_finding f;
  compare_with_runs(e, step, &f);
  snprintf(statement, sizeof statement, "mean of (f(x_k) - f*) / E over k, G = %g", gammas[step]);
  if (ist_reproduction_record(e->shared, "P22", NAME, statement, &f, s) != IST_OK)
    return s->code;
  compare_with_bound(e, step, &f);
  snprintf(statement, sizeof statement, "E f(x_k) / f(E x_k), less f*, G = %g", gammas[step]);
  return ist_reproduction_record(e->shared, "N8", NAME, statement, &f, s);
}

/** A larger step is faster to a larger neighbourhood. */
static ist_code check_order(experiment *e, size_t step, ist_status *s) {
  char statement[80];
  ist_finding f;
  ist_balls work, *w = &work;
  const size_t last = e->gap.rounds;
  ist_balls_open(w, IST_REPRODUCTION_BITS);
  ist_ball early = gap(w, e, step, EARLY), late = gap(w, e, step, last);
  ist_verdict_ends_at_most(w, &f, gap(w, e, step + 1, EARLY), early);
  snprintf(statement, sizeof statement, "G = %g is faster than %g: E f - f* at k = %d",
           gammas[step + 1], gammas[step], EARLY);
  ist_code code = ist_reproduction_record(e->shared, "P22-fast", NAME, statement, &f, s);
  ist_verdict_ends_at_least(w, &f, gap(w, e, step + 1, last), late);
  snprintf(statement, sizeof statement, "and its neighbourhood is larger: k = %zu", last);
  if (code == IST_OK)
    code = ist_reproduction_record(e->shared, "P22-limit", NAME, statement, &f, s);
  ist_balls_clear(w);
  return code;
}

static ist_code check(experiment *e, ist_status *s) {
  for (size_t step = 0; step < STEPS; step++)
    if (check_step(e, step, s) != IST_OK)
      return s->code;
  for (size_t step = 0; step + 1 < STEPS; step++)
    if (check_order(e, step, s) != IST_OK)
      return s->code;
  return IST_OK;
}

static const char body[] =
    "  set xlabel \"communication round k\"\n"
    "  set logscale y\n"
    "  set key top right\n"
    "  do for [panel in \"ratio gap\"] {\n"
    "    file = panel eq \"ratio\" ? \"heterogeneous-relative.csv\" : \"heterogeneous.csv\"\n"
    "    set title panel eq \"ratio\" ? \"relative error\" : \\\n"
    "      \"absolute error: the neighbourhoods\"\n"
    "    set ylabel panel eq \"ratio\" ? \"(f(x_k) − f*) / (f(x_0) − f*)\" : \"f(x_k) − f*\"\n"
    "    set xrange [0:rounds]\n"
    "    if (panel eq \"gap\") {\n"
    "      unset logscale y\n"
    "      set yrange [0:top]\n"
    "      set format y \"%g\"\n"
    "    } else {\n"
    "      set yrange [*:*]\n"
    "      set format y \"10^{%T}\"\n"
    "    }\n"
    "    plot for [g=0:2] for [r=0:9] file using 1:(column(2+12*g+r)) with lines lw 1 \\\n"
    "           lc rgb word(faint, g+1) notitle, \\\n"
    "         for [g=0:2] file using 1:(column(12+12*g)) with linespoints lw 2 \\\n"
    "           pt int(word(marks, g+1)) ps 0.7 pi 3 lc rgb word(colours, g+1) \\\n"
    "           title \"γ = \".word(gammas, g+1), \\\n"
    "         for [g=0:2] file using 1:(column(13+12*g)) with lines dt 3 lw 1.5 lc rgb black \\\n"
    "           title g == 0 ? \"proved lower bound f(E x_k) − f*\" : \"\"\n"
    "    unset label 1\n"
    "  }\n";

static ist_code draw(experiment *e, ist_status *s) {
  char settings[600], caption[600];
  snprintf(settings, sizeof settings,
           "gammas = \"0.2 0.4 0.8\"\n"
           "colours = blue.\" \".orange.\" \".vermillion\n"
           "faint = faint_blue.\" \".faint_orange.\" \".faint_vermillion\n"
           "marks = \"5 7 13\"\n"
           "rounds = %zu\n"
           "top = %.3g\n",
           e->gap.rounds, 2 * *ist_curves_at(&e->gap, e->gap.rounds, STEPS - 1, EXPECTED));
  snprintf(
      caption, sizeof caption,
      "P22, reconstructed: heterogeneous problem, d = %zu, n = %zu, q = %zu, "
      "L_i = G_iᵀG_i, one Gaussian x_0, scaled Perm-q. Thin lines: %d runs, each with\\n"
      "its own permutations. Thick: exact expectation, computed, not sampled. "
      "Dotted: its lower bound by Jensen's inequality, with E x_k of N8; it ends at f(x_∞) − f*.",
      e->p.d, e->p.n, e->sketch.q, IST_RUNS);
  ist_figure g = {.name = NAME, .settings = settings, .caption = caption, .body = body};
  return ist_reproduction_figure(e->shared, &g, s);
}

static ist_code report(experiment *e, ist_status *s) {
  const char *directory = e->shared->directory;
  ist_curves ratio;
  if (check(e, s) != IST_OK || ist_curves_relative(&e->gap, &ratio, s) != IST_OK)
    return s->code;
  ist_code code = ist_table_write(&e->gap.table, directory, NAME ".csv", s);
  if (code == IST_OK)
    code = ist_table_write(&ratio.table, directory, NAME "-relative.csv", s);
  ist_curves_close(&ratio);
  return code == IST_OK ? draw(e, s) : code;
}

/** The experiment on constants that are known. */
static ist_code conduct(experiment *e, ist_status *s) {
  size_t d = e->p.d;
  e->x0 = ist_memory_doubles(1, d, 1);
  if (e->x0 == NULL || !ist_meter_open(&e->meter, &e->c))
    return ist_reproduction_no_memory(s);
  if (ist_start("gaussian", e->shared->seed, e->x0, d, s) != IST_OK ||
      ist_curves_open(&e->gap, gammas, STEPS, 40, others, 2, s) != IST_OK)
    return s->code;
  ist_progress progress = ist_progress_start(NAME ": run", STEPS * IST_RUNS);
  ist_code code = run(e, &progress, s);
  ist_progress_end(&progress);
  if (code != IST_OK || expect_all(e, s) != IST_OK)
    return s->code;
  return report(e, s);
}

ist_code ist_reproduce_heterogeneous(ist_reproduction *t, ist_status *s) {
  experiment e = {.shared = t};
  size_t d = t->quick ? 100 : 1000, n = 10;
  if (ist_problem_gaussian(d, n, false, false, t->seed, &e.p, s) != IST_OK)
    return s->code;
  ist_code code = ist_sketch_resolve(&e.p, IST_SCALED_PERM, 0, &e.sketch, s);
  if (code == IST_OK)
    code = ist_constants_compute(&e.p, e.sketch, &e.c, s);
  if (code == IST_OK) {
    ist_constants_bound(&e.p, &e.c, &e.errors);
    code = conduct(&e, s);
    for (size_t step = 0; step < STEPS; step++)
      free(e.rows[step]);
    ist_curves_close(&e.gap);
    ist_meter_close(&e.meter);
    free(e.x0);
    ist_constants_free(&e.c);
  }
  ist_problem_free(&e.p);
  return code;
}
