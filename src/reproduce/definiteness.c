/** Remark 1 (P11): how often W = (n/2)(LD + DL) of Perm-1 is not positive semidefinite; N7. */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "machine/memory.h"
#include "machine/progress.h"
#include "problem/gram.h"
#include "reproduction.h"
#include "spectral/eigen.h"

#define NAME "definiteness"

/** L = A'A with A of (height d) x d. */
static const size_t heights[] = {1, 2, 4, 8};
static const size_t sizes[] = {2, 3, 4, 6, 8, 12, 16, 24, 32};
#define HEIGHTS (sizeof heights / sizeof *heights)
#define SIZES (sizeof sizes / sizeof *sizes)

/** Of each size and height, how many problems are shown in the scatter plot. */
#define SHOWN 25

/** Columns: d, then for each height the frequency and the ends of its 95 % interval. */
enum { FREQUENCY, LOW, HIGH, PARTS };

/** Columns of the scatter: kappa(L), and lambda_min / lambda_max of (LD + DL)/2. */
enum { KAPPA, RATIO, SCATTER_COLUMNS };

typedef struct {
  ist_reproduction *shared;
  gsl_rng *rng;
  size_t draws;
  ist_table frequency, scatter;
  size_t shown;      /**< rows of scatter filled */
  double least;      /**< smallest ratio where kappa <= 3 + 2 sqrt(2); INFINITY: none seen */
  size_t mismatches; /**< of (18)'s criterion with the sign of det W, d = 2 */
} experiment;

/** Condition number and ratio of one L (d x d); W: d*d entries of work space. */
static ist_code measure(experiment *e, const double *L, size_t d, double *W, double out[2],
                        ist_status *s) {
  double min, max;
  for (size_t i = 0; i < d; i++)
    for (size_t j = 0; j < d; j++)
      W[i * d + j] = L[i * d + j] * (L[i * d + i] + L[j * d + j]) / 2;
  if (ist_extreme_eigenvalues(L, d, &min, &max, s) != IST_OK)
    return s->code;
  out[KAPPA] = max / min;
  if (ist_extreme_eigenvalues(W, d, &min, &max, s) != IST_OK)
    return s->code;
  out[RATIO] = min / max;
  if (out[KAPPA] <= 3 + 2 * sqrt(2))
    e->least = fmin(e->least, out[RATIO]);
  bool beyond = fabs(L[1]) > 2 * L[0] * L[3] / (L[0] + L[3]); /* (18), d = 2 */
  if (d == 2 && beyond != (out[RATIO] < 0))
    e->mismatches++;
  return IST_OK;
}

/** Wilson's 95 % interval for count of draws. */
static void estimate(double count, double draws, double *at) {
  const double z = 1.959963984540054, p = count / draws, spread = z * z / draws;
  double centre = (p + spread / 2) / (1 + spread);
  double half = z * sqrt(p * (1 - p) / draws + spread / (4 * draws)) / (1 + spread);
  at[FREQUENCY] = p;
  at[LOW] = fmax(0, centre - half);
  at[HIGH] = fmin(1, centre + half);
}

/** The draws of one size and height. A: rows*d entries, L and W: d*d entries of work space. */
static ist_code sample(experiment *e, size_t d, size_t rows, double *A, double *L, double *W,
                       double *at, ist_status *s) {
  double failures = 0;
  for (size_t i = 0; i < e->draws; i++) {
    double found[SCATTER_COLUMNS] = {0};
    for (size_t j = 0; j < rows * d; j++)
      A[j] = gsl_ran_gaussian_ziggurat(e->rng, 1.0);
    ist_gram(A, rows, d, 1, L);
    if (measure(e, L, d, W, found, s) != IST_OK)
      return s->code;
    failures += found[RATIO] < 0;
    for (size_t j = 0; i < SHOWN && j < SCATTER_COLUMNS; j++)
      *ist_table_at(&e->scatter, e->shown, j) = found[j];
    e->shown += i < SHOWN;
  }
  estimate(failures, (double)e->draws, at);
  return IST_OK;
}

static ist_code sample_cell(experiment *e, size_t row, size_t h, ist_status *s) {
  size_t d = sizes[row], rows = heights[h] * d;
  double *A = ist_memory_doubles(1, rows + 2 * d, d);
  if (A == NULL)
    return ist_reproduction_no_memory(s);
  double *L = A + rows * d, *W = L + d * d;
  ist_code code = sample(e, d, rows, A, L, W, ist_table_at(&e->frequency, row, 1 + h * PARTS), s);
  free(A);
  return code;
}

static ist_code sample_all(experiment *e, ist_status *s) {
  ist_progress progress = ist_progress_start(NAME ": size", SIZES);
  ist_code code = IST_OK;
  for (size_t row = 0; row < SIZES && code == IST_OK; row++) {
    *ist_table_at(&e->frequency, row, 0) = (double)sizes[row];
    for (size_t h = 0; h < HEIGHTS && code == IST_OK; h++)
      code = sample_cell(e, row, h, s);
    ist_progress_update(&progress, row + 1);
  }
  ist_progress_end(&progress);
  return code;
}

static void name_columns(experiment *e) {
  static const char *const parts[] = {"frequency", "low", "high"};
  ist_table_name(&e->frequency, 0, "d = n");
  for (size_t h = 0; h < HEIGHTS; h++)
    for (size_t j = 0; j < PARTS; j++)
      ist_table_name(&e->frequency, 1 + h * PARTS + j, "%zu rows a column %s", heights[h],
                     parts[j]);
  ist_table_name(&e->scatter, KAPPA, "kappa(L)");
  ist_table_name(&e->scatter, RATIO, "lambda_min/lambda_max of (LD+DL)/2");
}

static ist_code check(experiment *e, ist_status *s) {
  ist_finding f;
  ist_find_equal(&f, (double)e->mismatches, 0, 1);
  if (ist_reproduction_record(e->shared, "P11", NAME, "draws, d = 2, where (18) fails", &f, s) !=
      IST_OK)
    return s->code;
  /* square A: rare to be well conditioned, so that W fails more often than not */
  ist_find_at_least(&f, *ist_table_at(&e->frequency, SIZES - 1, 1), 0.5, 0);
  if (ist_reproduction_record(e->shared, "P11-often", NAME,
                              "frequency of failure, d = 32, A square", &f, s) != IST_OK)
    return s->code;
  if (isfinite(e->least))
    ist_find_at_least(&f, e->least, 0, 1);
  else
    ist_find_nothing(&f, "no draw has kappa(L) <= 3 + 2 sqrt(2)");
  return ist_reproduction_record(e->shared, "N7", NAME,
                                 "least l_min/l_max of W, kappa <= 3 + 2 sqrt(2)", &f, s);
}

static const char settings[] = "heights = \"d 2d 4d 8d\"\n"
                               "marks = \"5 7 9 13\"\n"
                               "colours = vermillion.\" \".orange.\" \".green.\" \".blue\n";

static const char body[] =
    "  set format y \"%g\"\n"
    "  set logscale x 2\n"
    "  set xlabel \"d = n\"\n"
    "  set ylabel \"frequency of λ_{min}(W) < 0\"\n"
    "  set xrange [1.8:36]\n"
    "  set yrange [0:1.25]\n"
    "  set key top left maxrows 2\n"
    "  set title \"how often W is not positive semidefinite\"\n"
    "  plot for [h=0:3] \"definiteness.csv\" \\\n"
    "         using ($1*(0.97+0.02*h)):(column(2+3*h)):(column(3+3*h)):(column(4+3*h)) \\\n"
    "         with yerrorlines lw 1.5 pt int(word(marks, h+1)) ps 0.7 \\\n"
    "         lc rgb word(colours, h+1) title \"A of \".word(heights, h+1).\" × d\"\n"
    "  unset label 1\n"
    "  set logscale x 10\n"
    "  set format x \"10^{%T}\"\n"
    "  set xlabel \"condition number κ(L)\"\n"
    "  set ylabel \"λ_{min}(W) / λ_{max}(W)\"\n"
    "  set xrange [1:1e5]\n"
    "  set yrange [*:*]\n"
    "  set key top right maxrows 3\n"
    "  set title \"well-conditioned L are safe (N7)\"\n"
    "  set arrow 1 from 3+2*sqrt(2), graph 0 to 3+2*sqrt(2), graph 1 nohead dt 2 lc rgb black\n"
    "  plot \"definiteness-condition.csv\" using 1:($2 >= 0 ? $2 : NaN) with points pt 7 ps 0.35 "
    "\\\n"
    "         lc rgb blue title \"W ⪰ 0\", \\\n"
    "       \"definiteness-condition.csv\" using 1:($2 < 0 ? $2 : NaN) with points pt 9 ps 0.45 "
    "\\\n"
    "         lc rgb vermillion title \"W not ⪰ 0\", \\\n"
    "       NaN with lines dt 2 lc rgb black title \"κ = 3 + 2√2\"\n"
    "  unset arrow 1\n"
    "  set format x \"%g\"\n";

static ist_code draw(experiment *e, ist_status *s) {
  char caption[500];
  snprintf(
      caption, sizeof caption,
      "Remark 1: W = (n/2)(LD + DL) of Perm-1 for L = AᵀA, A Gaussian; then no step size is "
      "covered by Theorem 1. Left: %zu draws each, 95 %% intervals\\n"
      "(marks are set apart sideways). Right: %d draws of each kind; left of the dashed line W "
      "⪰ 0 in every dimension (N7).",
      e->draws, SHOWN);
  ist_figure g = {.name = NAME, .settings = settings, .caption = caption, .body = body};
  return ist_reproduction_figure(e->shared, &g, s);
}

static ist_code conduct(experiment *e, ist_status *s) {
  const char *directory = e->shared->directory;
  if (e->rng == NULL)
    return ist_reproduction_no_memory(s);
  gsl_rng_set(e->rng, e->shared->seed);
  if (ist_table_open(&e->frequency, SIZES, 1 + HEIGHTS * PARTS, s) != IST_OK ||
      ist_table_open(&e->scatter, SIZES * HEIGHTS * SHOWN, SCATTER_COLUMNS, s) != IST_OK)
    return s->code;
  name_columns(e);
  if (sample_all(e, s) != IST_OK || check(e, s) != IST_OK ||
      ist_table_write(&e->frequency, directory, NAME ".csv", s) != IST_OK ||
      ist_table_write(&e->scatter, directory, NAME "-condition.csv", s) != IST_OK)
    return s->code;
  return draw(e, s);
}

ist_code ist_reproduce_definiteness(ist_reproduction *t, ist_status *s) {
  experiment e = {.shared = t,
                  .rng = gsl_rng_alloc(gsl_rng_mt19937),
                  .draws = t->quick ? 200 : 2000,
                  .least = INFINITY};
  ist_code code = conduct(&e, s);
  ist_table_close(&e.frequency);
  ist_table_close(&e.scatter);
  gsl_rng_free(e.rng);
  return code;
}
