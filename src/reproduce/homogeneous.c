/** P21: ||x_k - b~/sqrt(n)||^2 decreases linearly on the preconditioned homogeneous problem. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "curves.h"
#include "kernel/homogeneous.h"
#include "machine/memory.h"
#include "machine/progress.h"
#include "problem/gaussian.h"
#include "run/follow.h"
#include "run/start.h"

#define NAME "homogeneous"

static const double gammas[] = {0.1, 0.2, 0.4, 0.8};
#define STEPS (sizeof gammas / sizeof *gammas)

/** The curves beside the runs. */
enum { EXPECTED = IST_RUNS, BOUND };
static const char *const others[] = {"expectation", "proved bound of run 1"};

/** Relative errors below this are left out of the fits: there, rounding shows. */
#define FITTED 1e-10

typedef struct {
  ist_reproduction *shared;
  ist_problem p;        /**< preconditioned */
  double *fixed;        /**< b~/sqrt(n) of (31) */
  double *x0;           /**< of the run at hand */
  ist_curves error;     /**< ||x_k - fixed||^2 */
  size_t step, r;       /**< the run at hand */
  double excess[STEPS]; /**< largest ratio of an error to its proved bound */
} experiment;

/** What the contract of ist_homogeneous_rounds proves of ||x_k - fixed||^2: coordinate by
 *  coordinate (1-gamma)^k |x_0 - c| + 4 u min(k, 1/gamma) max(|x_0|, |c|), u = 2^-53. */
static double proved_bound(const experiment *e, double gamma, size_t k) {
  double power = pow(1 - gamma, (double)k), memory = fmin((double)k, 1 / gamma), sum = 0;
  for (size_t j = 0; j < e->p.d; j++) {
    double c = e->fixed[j], size = fmax(fabs(e->x0[j]), fabs(c));
    double entry = power * fabs(e->x0[j] - c) + 0x1p-51 * memory * size;
    sum += entry * entry;
  }
  return sum;
}

static void observe(void *context, size_t k, const double *x) {
  experiment *e = context;
  double error = 0, bound = proved_bound(e, gammas[e->step], k);
  for (size_t j = 0; j < e->p.d; j++)
    error += (x[j] - e->fixed[j]) * (x[j] - e->fixed[j]);
  *ist_curves_at(&e->error, k, e->step, e->r) = error;
  if (e->r == 0)
    *ist_curves_at(&e->error, k, e->step, BOUND) = bound;
  e->excess[e->step] = fmax(e->excess[e->step], error / bound);
}

static ist_code run(experiment *e, ist_status *s) {
  unsigned long seed = ist_reproduction_seed(e->shared, e->r);
  ist_setting g = {.p = &e->p,
                   .sketch = {IST_SCALED_PERM, 1},
                   .x0 = e->x0,
                   .gamma = gammas[e->step],
                   .rounds = e->error.rounds,
                   .seed = seed};
  if (ist_start("gaussian", seed, e->x0, e->p.d, s) != IST_OK)
    return s->code;
  return ist_follow(&g, observe, e, s);
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

/** Slope of the least-squares line through log(relative error) over the rounds before FITTED. */
static double slope(ist_curves *ratio, size_t step, size_t r) {
  double count = 0, k_sum = 0, y_sum = 0, kk = 0, ky = 0;
  for (size_t k = 0; k <= ratio->rounds && *ist_curves_at(ratio, k, step, r) > FITTED; k++) {
    double y = log(*ist_curves_at(ratio, k, step, r)), x = (double)k;
    count++;
    k_sum += x;
    y_sum += y;
    kk += x * x;
    ky += x * y;
  }
  return (count * ky - k_sum * y_sum) / (count * kk - k_sum * k_sum);
}

/** The slope of the run that is farthest from the expected one. */
static double worst_slope(ist_curves *ratio, size_t step, double expected) {
  double worst = expected;
  for (size_t r = 0; r < IST_RUNS; r++) {
    double found = slope(ratio, step, r);
    if (!(fabs(found - expected) <= fabs(worst - expected)))
      worst = found;
  }
  return worst;
}

static ist_code check(experiment *e, ist_curves *ratio, ist_status *s) {
  for (size_t step = 0; step < STEPS; step++) {
    char statement[80];
    ist_finding f;
    double expected = 2 * log1p(-gammas[step]);
    ist_find_equal(&f, worst_slope(ratio, step, expected), expected, fabs(expected));
    snprintf(statement, sizeof statement, "slope = log (1-G)^2, G = %g", gammas[step]);
    if (ist_reproduction_record(e->shared, "P21", NAME, statement, &f, s) != IST_OK)
      return s->code;
    ist_find_at_most(&f, e->excess[step], 1, 1);
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
  ist_code code = conduct(&e, s);
  ist_curves_close(&e.error);
  free(e.fixed);
  ist_problem_free(&e.p);
  return code;
}
