/** Remark 1 (P11): how often W = (n/2)(LD + DL) of Perm-1 is not positive semidefinite; N7. */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "check/verdict.h"
#include "experiment.h"
#include "machine/memory.h"
#include "machine/progress.h"
#include "moments/rounding.h"
#include "problem/gram.h"
#include "spectral/eigen.h"
#include "spectral/proved.h"

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
  size_t shown; /**< rows of scatter filled */
  ist_balls kept;
  ist_ball least;    /**< smallest ratio where kappa is proved at most 3 + 2 sqrt(2); NULL: none */
  size_t mismatches; /**< of (18)'s criterion with the sign of det W, d = 2 */
  size_t undecided;  /**< draws for which that is not decided */
  size_t proved;     /**< draws of the last size, A square, for which lambda_min(W) < 0 is proved */
} experiment;

/** The condition number up to which a draw is asked whether N7 is about it. */
#define NEARLY 6

/** An extreme eigenvalue of A, which is known to within scale err: the smallest with sign 1, the
 *  largest with -1. */
static ist_ball enclose(ist_balls *w, size_t d, const double *A, const double *err, double scale,
                        double sign, double proposal) {
  const ist_inexact matrix = {A, err, scale}, identity = {0};
  const ist_proved x = ist_prove_smallest(d, sign, matrix, identity, sign * proposal, NULL);
  return x.exists ? ist_ball_times(w, ist_ball_between(w, x.lo, x.hi), sign) : ist_ball_unknown(w);
}

/** lambda_min / lambda_max of A, enclosed; computed: both as computed. */
static ist_ball ratio_of(ist_balls *w, size_t d, const double *A, const double *err, double scale,
                         const double *computed) {
  ist_ball least = enclose(w, d, A, err, scale, 1, computed[0]);
  return ist_ball_div(w, least, enclose(w, d, A, err, scale, -1, computed[1]));
}

/** (18) against the sign of det W, W = [[a^2, c(a+b)/2], [c(a+b)/2, b^2]]. */
static void compare_18(experiment *e, const double *L) {
  ist_balls work, *w = &work;
  ist_balls_open(w, IST_REPRODUCTION_BITS);
  ist_ball a = ist_ball_of(w, L[0]), b = ist_ball_of(w, L[3]), c = ist_ball_of(w, L[1]);
  ist_ball sum = ist_ball_add(w, a, b), product = ist_ball_mul(w, a, b);
  ist_ball limit = ist_ball_div(w, ist_ball_times(w, product, 2), sum);
  ist_ball beyond = ist_ball_sub(w, ist_ball_abs(w, c), limit);
  ist_ball off = ist_ball_times(w, ist_ball_mul(w, c, sum), 0.5);
  ist_ball det = ist_ball_sub(w, ist_ball_square(w, product), ist_ball_square(w, off));
  if (arb_contains_zero(beyond) || arb_contains_zero(det))
    e->undecided++;
  else if (arb_is_positive(beyond) != arb_is_negative(det))
    e->mismatches++;
  ist_balls_clear(w);
}

/** lambda_min / lambda_max of W into e->least if N7 is about L. W is known to three roundings of
 *  its entries, |W|: err. */
static void note_ratio(experiment *e, size_t d, const double *L, const double *L_ends,
                       const double *W, const double *err, const double *W_ends) {
  ist_balls work, *w = &work;
  ist_balls_open(w, IST_REPRODUCTION_BITS);
  ist_ball limit = ist_ball_add(w, ist_ball_of(w, 3), ist_ball_root(w, ist_ball_of(w, 8)));
  ist_ball kappa = ist_ball_div(w, ist_ball_of(w, 1), ratio_of(w, d, L, NULL, 0, L_ends));
  ist_ball excess = ist_ball_sub(w, kappa, limit);
  if (ist_ball_known(excess) && arb_is_nonpositive(excess)) {
    arb_struct *least = ist_ball_new(&e->kept);
    arb_set(least, ratio_of(w, d, W, err, 3 * IST_UNIT, W_ends));
    if (e->least != NULL)
      arb_min(least, least, e->least, w->precision);
    e->least = least;
  }
  ist_balls_clear(w);
}

/** Condition number and ratio of one L (d x d); W: 2*d*d entries of work space. often: whether
 *  failures are counted by proofs. */
static ist_code measure(experiment *e, const double *L, size_t d, bool often, double *W,
                        double out[2], ist_status *s) {
  double L_ends[2], W_ends[2], *err = W + d * d;
  for (size_t i = 0; i < d; i++)
    for (size_t j = 0; j < d; j++) {
      W[i * d + j] = L[i * d + j] * (L[i * d + i] + L[j * d + j]) / 2;
      err[i * d + j] = fabs(W[i * d + j]);
    }
  if (ist_extreme_eigenvalues(L, d, &L_ends[0], &L_ends[1], s) != IST_OK ||
      ist_extreme_eigenvalues(W, d, &W_ends[0], &W_ends[1], s) != IST_OK)
    return s->code;
  out[KAPPA] = L_ends[1] / L_ends[0];
  out[RATIO] = W_ends[0] / W_ends[1];
  if (out[KAPPA] <= NEARLY)
    note_ratio(e, d, L, L_ends, W, err, W_ends);
  if (d == 2)
    compare_18(e, L);
  if (often) {
    const ist_inexact matrix = {W, err, 3 * IST_UNIT}, identity = {0};
    const ist_proved least = ist_prove_smallest(d, 1, matrix, identity, W_ends[0], NULL);
    e->proved += least.exists && least.hi < 0;
  }
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

/** The draws of one size and height. A: rows*d entries, L and W: d*d and 2*d*d entries of work
 *  space. */
static ist_code sample(experiment *e, size_t d, size_t rows, double *A, double *L, double *W,
                       double *at, ist_status *s) {
  double failures = 0;
  for (size_t i = 0; i < e->draws; i++) {
    double found[SCATTER_COLUMNS] = {0};
    for (size_t j = 0; j < rows * d; j++)
      A[j] = gsl_ran_gaussian_ziggurat(e->rng, 1.0);
    ist_gram(A, rows, d, 1, L);
    if (measure(e, L, d, rows == d && d == sizes[SIZES - 1], W, found, s) != IST_OK)
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
  double *A = ist_memory_doubles(1, rows + 3 * d, d);
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

static ist_code check_18(experiment *e, ist_status *s) {
  ist_finding f;
  ist_balls *w = &e->kept;
  ist_ball zero = ist_ball_of(w, 0);
  ist_verdict_equal(w, &f, ist_ball_count(w, e->mismatches), zero, ist_ball_of(w, 1));
  if (e->undecided > 0 && f.verdict == IST_CLAIM_HOLDS)
    ist_verdict_open(&f, "for %zu of the draws a side of (18) is not enclosed apart from the other",
                     e->undecided);
  return ist_reproduction_record(e->shared, "P11", NAME, "draws, d = 2, where (18) fails", &f, s);
}

/** Of square A: rare to be well conditioned, so that W fails more often than not. */
static ist_code check_often(experiment *e, ist_status *s) {
  ist_finding f;
  ist_balls *w = &e->kept;
  ist_ball share = ist_ball_div(w, ist_ball_count(w, e->proved), ist_ball_count(w, e->draws));
  ist_verdict_ends_at_least(w, &f, share, ist_ball_of(w, 0.5));
  return ist_reproduction_record(e->shared, "P11-often", NAME,
                                 "share of these draws that is proved to fail, d = 32, A square",
                                 &f, s);
}

static ist_code check(experiment *e, ist_status *s) {
  ist_finding f;
  if (check_18(e, s) != IST_OK || check_often(e, s) != IST_OK)
    return s->code;
  if (e->least != NULL)
    ist_verdict_ends_at_least(&e->kept, &f, e->least, ist_ball_of(&e->kept, 0));
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
  experiment e = {
      .shared = t, .rng = gsl_rng_alloc(gsl_rng_mt19937), .draws = t->quick ? 200 : 2000};
  ist_balls_open(&e.kept, IST_REPRODUCTION_BITS);
  ist_code code = conduct(&e, s);
  ist_balls_clear(&e.kept);
  ist_table_close(&e.frequency);
  ist_table_close(&e.scatter);
  gsl_rng_free(e.rng);
  return code;
}
