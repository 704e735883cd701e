/** P22: (f(x_k) - f*) / (f(x_0) - f*) on a heterogeneous problem; scaled Perm-q. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "curves.h"
#include "machine/memory.h"
#include "machine/progress.h"
#include "moments/dense.h"
#include "moments/expectations.h"
#include "problem/gaussian.h"
#include "run/follow.h"
#include "run/metrics.h"
#include "run/start.h"
#include "spectral/constants.h"

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
  ist_curves gap; /**< f(x_k) - f* */
  size_t step, r; /**< the run at hand */
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
      ist_setting g = {.p = &e->p,
                       .sketch = e->sketch,
                       .x0 = e->x0,
                       .gamma = gammas[e->step],
                       .rounds = e->gap.rounds,
                       .seed = ist_reproduction_seed(e->shared, e->r)};
      if (ist_follow(&g, observe, e, s) != IST_OK)
        return s->code;
      ist_progress_update(progress, e->step * IST_RUNS + e->r + 1);
    }
  return IST_OK;
}

/** f(E x_k) - f*, which bounds E f(x_k) - f* from below (Jensen), with E x_k by N8. */
static ist_code bound_below(experiment *e, ist_status *s) {
  size_t d = e->p.d;
  double *x = ist_memory_doubles(2, d, 1);
  if (x == NULL)
    return ist_reproduction_no_memory(s);
  for (size_t step = 0; step < STEPS; step++) {
    memcpy(x, e->x0, d * sizeof *x);
    for (size_t k = 0; k <= e->gap.rounds; k++) {
      ist_metrics m;
      if (ist_measure(&e->meter, x, &m))
        *ist_curves_at(&e->gap, k, step, MEAN) = m.f_gap;
      ist_apply(d, e->c.expected_B, x, x + d);
      for (size_t j = 0; j < d; j++)
        x[j] -= gammas[step] * (x[d + j] - e->c.expected_v[j]);
    }
  }
  free(x);
  return IST_OK;
}

static void show(void *context, size_t k) { ist_progress_update(context, k); }

static ist_code expect(experiment *e, ist_expectation *rows, ist_status *s) {
  ist_targets targets = {e->c.L_bar, e->c.x_star, e->c.x_fixed};
  for (size_t step = 0; step < STEPS; step++) {
    ist_method method = {.p = &e->p, .sk = e->sketch, .gamma = gammas[step]};
    char unit[60];
    snprintf(unit, sizeof unit, NAME ", G = %g: exact round", gammas[step]);
    ist_progress progress = ist_progress_start(unit, e->gap.rounds);
    ist_code code = ist_expect(&method, &targets, e->x0, e->gap.rounds, rows, show, &progress, s);
    ist_progress_end(&progress);
    if (code != IST_OK)
      return code;
    for (size_t k = 0; k <= e->gap.rounds; k++)
      *ist_curves_at(&e->gap, k, step, EXPECTED) = rows[k].f_gap;
  }
  return IST_OK;
}

static ist_code expect_all(experiment *e, ist_status *s) {
  ist_expectation *rows = calloc(e->gap.rounds + 1, sizeof *rows);
  if (rows == NULL)
    return ist_reproduction_no_memory(s);
  ist_code code = expect(e, rows, s);
  free(rows);
  return code;
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

/** E f(x_k) >= f(E x_k) in every round: the smallest ratio. */
static void compare_with_bound(experiment *e, size_t step, ist_finding *f) {
  double least = INFINITY;
  for (size_t k = 0; k <= e->gap.rounds; k++)
    least = fmin(least, *ist_curves_at(&e->gap, k, step, EXPECTED) /
                            *ist_curves_at(&e->gap, k, step, MEAN));
  ist_find_at_least(f, least, 1, 1);
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
  size_t last = e->gap.rounds;
  double early[] = {*ist_curves_at(&e->gap, EARLY, step, EXPECTED),
                    *ist_curves_at(&e->gap, EARLY, step + 1, EXPECTED)};
  double late[] = {*ist_curves_at(&e->gap, last, step, EXPECTED),
                   *ist_curves_at(&e->gap, last, step + 1, EXPECTED)};
  ist_find_at_most(&f, early[1], early[0], -early[0]); /* strictly */
  snprintf(statement, sizeof statement, "G = %g is faster than %g: E f - f* at k = %d",
           gammas[step + 1], gammas[step], EARLY);
  if (ist_reproduction_record(e->shared, "P22-fast", NAME, statement, &f, s) != IST_OK)
    return s->code;
  ist_find_at_least(&f, late[1], late[0], -late[0]);
  snprintf(statement, sizeof statement, "and its neighbourhood is larger: k = %zu", last);
  return ist_reproduction_record(e->shared, "P22-limit", NAME, statement, &f, s);
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
  if (code != IST_OK || bound_below(e, s) != IST_OK || expect_all(e, s) != IST_OK)
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
    code = conduct(&e, s);
    ist_curves_close(&e.gap);
    ist_meter_close(&e.meter);
    free(e.x0);
    ist_constants_free(&e.c);
  }
  ist_problem_free(&e.p);
  return code;
}
