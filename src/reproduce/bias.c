/** E5: ||x_inf - x*|| / ||x*|| of scaled Perm-1 does not vanish as n = d grows (P17). */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "machine/memory.h"
#include "machine/progress.h"
#include "moments/moments.h"
#include "problem/gram.h"
#include "problem/problem.h"
#include "reproduction.h"
#include "spectral/definite.h"

#define NAME "bias"

/** Rows of A for each column, in the random problems L = A'A: square, and well conditioned. */
static const size_t heights[] = {1, 10};
#define HEIGHTS (sizeof heights / sizeof *heights)

/** Columns: n; L = I, 4 I, n I; then the runs of each height. */
enum { SIZE, UNIT, FOUR, SPECIAL, RANDOM };
#define COLUMNS (RANDOM + HEIGHTS * IST_RUNS)

/** The relative bias, with x_inf = E[v] (since E[B] = I) and x* = L^-1 b. */
static ist_code measure(const ist_problem *p, double *bias, ist_status *s) {
  size_t d = p->d;
  double *star = ist_memory_doubles(2, d, 1), away = 0, size = 0;
  ist_code code = IST_OK;
  if (star == NULL || !ist_expected_v(p, (ist_sketch){IST_SCALED_PERM, 1}, star + d))
    code = ist_reproduction_no_memory(s);
  else
    code = ist_solve(p->L, d, p->b, star, s);
  for (size_t j = 0; code == IST_OK && j < d; j++) {
    away += (star[d + j] - star[j]) * (star[d + j] - star[j]);
    size += star[j] * star[j];
  }
  *bias = sqrt(away / size);
  free(star);
  return code;
}

static void draw_normal(gsl_rng *rng, double *v, size_t count) {
  for (size_t j = 0; j < count; j++)
    v[j] = gsl_ran_gaussian_ziggurat(rng, 1.0);
}

/** L = A'A, A of rows x d, and b with N(0, 1) entries; preconditioned. */
static ist_code fill_random(ist_problem *p, size_t rows, unsigned long seed, ist_status *s) {
  double *A = ist_memory_doubles(1, rows, p->d);
  gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
  ist_code code = IST_OK;
  if (A == NULL || rng == NULL)
    code = ist_reproduction_no_memory(s);
  else {
    gsl_rng_set(rng, seed);
    draw_normal(rng, A, rows * p->d);
    draw_normal(rng, p->b, p->d);
    ist_gram(A, rows, p->d, 1, p->L);
    if (!ist_problem_precondition(p))
      code = ist_fail(s, IST_NOT_EXIST, "D^{-1/2} b leaves the range of entries");
  }
  gsl_rng_free(rng);
  free(A);
  return code;
}

static ist_code measure_random(size_t d, size_t rows, unsigned long seed, double *bias,
                               ist_status *s) {
  ist_problem p;
  if (!ist_problem_alloc(&p, d, d, 1, 1))
    return ist_reproduction_no_memory(s);
  ist_code code = fill_random(&p, rows, seed, s);
  if (code == IST_OK)
    code = measure(&p, bias, s);
  ist_problem_free(&p);
  return code;
}

/** L = c I, b = 1. */
static ist_code measure_multiple(size_t d, double c, double *bias, ist_status *s) {
  ist_problem p;
  if (!ist_problem_alloc(&p, d, d, 1, 1))
    return ist_reproduction_no_memory(s);
  for (size_t j = 0; j < d; j++) {
    p.L[j * d + j] = c;
    p.b[j] = 1;
  }
  ist_code code = measure(&p, bias, s);
  ist_problem_free(&p);
  return code;
}

/** The row of n = d. */
static ist_code measure_size(ist_reproduction *t, ist_table *table, size_t row, size_t d,
                             ist_status *s) {
  double *at = ist_table_at(table, row, 0);
  at[SIZE] = (double)d;
  if (measure_multiple(d, 1, at + UNIT, s) != IST_OK ||
      measure_multiple(d, 4, at + FOUR, s) != IST_OK ||
      measure_multiple(d, (double)d, at + SPECIAL, s) != IST_OK)
    return s->code;
  for (size_t h = 0; h < HEIGHTS; h++)
    for (size_t r = 0; r < IST_RUNS; r++)
      if (measure_random(d, heights[h] * d, ist_reproduction_seed(t, r),
                         at + RANDOM + h * IST_RUNS + r, s) != IST_OK)
        return s->code;
  return IST_OK;
}

static ist_code fill(ist_reproduction *t, ist_table *table, ist_status *s) {
  static const char *const names[] = {"n = d", "L = I", "L = 4I", "L = nI"};
  for (size_t j = 0; j < RANDOM; j++)
    ist_table_name(table, j, "%s", names[j]);
  for (size_t h = 0; h < HEIGHTS; h++)
    for (size_t r = 0; r < IST_RUNS; r++)
      ist_table_name(table, RANDOM + h * IST_RUNS + r, "%zu rows a column run %zu", heights[h],
                     r + 1);
  ist_progress progress = ist_progress_start(NAME ": size", table->rows);
  ist_code code = IST_OK;
  for (size_t row = 0; row < table->rows && code == IST_OK; row++) {
    code = measure_size(t, table, row, (size_t)1 << row, s);
    ist_progress_update(&progress, row + 1);
  }
  ist_progress_end(&progress);
  return code;
}

static ist_code check(ist_reproduction *t, ist_table *table, ist_status *s) {
  ist_finding f;
  double worst = 0, least = INFINITY, n = 0;
  for (size_t row = 0; row < table->rows; row++) {
    const double *at = ist_table_at(table, row, 0);
    n = at[SIZE];
    worst = fmax(worst, fabs(at[UNIT] - (1 - 1 / sqrt(n))));
    worst = fmax(worst, fabs(at[FOUR] - fabs(1 - 2 / sqrt(n))));
    worst = fmax(worst, at[SPECIAL]);
  }
  ist_find_equal(&f, worst, 0, 1);
  if (ist_reproduction_record(t, "E5", NAME, "bias - |1 - sqrt(c/n)| for L = cI, every n", &f, s) !=
      IST_OK)
    return s->code;
  for (size_t j = RANDOM; j < COLUMNS; j++)
    least = fmin(least, *ist_table_at(table, table->rows - 1, j));
  ist_find_at_least(&f, least, 0.5, 0);
  char statement[80];
  snprintf(statement, sizeof statement, "least bias of random problems, n = %g", n);
  return ist_reproduction_record(t, "P17", NAME, statement, &f, s);
}

static const char body[] =
    "  set logscale x 2\n"
    "  set format y \"%g\"\n"
    "  set xlabel \"n = d\"\n"
    "  set ylabel \"‖x_∞ − x*‖ / ‖x*‖\"\n"
    "  set xrange [0.8:largest*1.25]\n"
    "  set yrange [0:1.5]\n"
    "  set key top left\n"
    "  set title \"multiples of I\"\n"
    "  plot 1 with lines dt 3 lc rgb black notitle, \\\n"
    "       \"bias.csv\" using 1:2 with linespoints lw 2 pt 5 lc rgb vermillion \\\n"
    "         title \"L = I: 1 − 1/√n\", \\\n"
    "       \"bias.csv\" using 1:3 with linespoints lw 2 pt 7 lc rgb orange \\\n"
    "         title \"L = 4I: |1 − 2/√n|\", \\\n"
    "       \"bias.csv\" using 1:4 with linespoints lw 2 pt 9 lc rgb blue \\\n"
    "         title \"L = nI, the special scaling: 0\"\n"
    "  unset label 1\n"
    "  set title \"random problems, preconditioned\"\n"
    "  plot 1 with lines dt 3 lc rgb black notitle, \\\n"
    "       for [r=0:9] \"bias.csv\" using ($1*0.96):(column(5+r)) with points pt 5 ps 0.5 \\\n"
    "         lc rgb green title r == 0 ? \"L = AᵀA, A of d × d\" : \"\", \\\n"
    "       for [r=0:9] \"bias.csv\" using ($1*1.04):(column(15+r)) with points pt 9 ps 0.6 \\\n"
    "         lc rgb purple title r == 0 ? \"L = AᵀA, A of 10d × d\" : \"\"\n";

static const char caption[] =
    "E5: the bias of scaled Perm-1 against n = d; the preprint, after (28), has it diminish as n = "
    "d "
    "→ ∞. Homogeneous problems: x_∞ = D^{−1/2}b/√n is off\\n"
    "by 1 − 1/√n for L = I, and by nearly all of x* in these random ones; it vanishes at special "
    "scalings "
    "only. Right: 10 problems each, A and b Gaussian.";

static ist_code report(ist_reproduction *t, ist_table *table, ist_status *s) {
  char settings[40];
  ist_figure g = {NAME, settings, caption, body};
  snprintf(settings, sizeof settings, "largest = %zu\n", (size_t)1 << (table->rows - 1));
  if (fill(t, table, s) != IST_OK || check(t, table, s) != IST_OK ||
      ist_table_write(table, t->directory, NAME ".csv", s) != IST_OK)
    return s->code;
  return ist_reproduction_figure(t, &g, s);
}

ist_code ist_reproduce_bias(ist_reproduction *t, ist_status *s) {
  ist_table table;
  if (ist_table_open(&table, t->quick ? 7 : 9, COLUMNS, s) != IST_OK) /* n = 1, 2, 4, ... */
    return s->code;
  ist_code code = report(t, &table, s);
  ist_table_close(&table);
  return code;
}
