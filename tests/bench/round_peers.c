#include <gsl/gsl_cblas.h>
#include <omp.h>
#include <stdint.h>

#include "kernel/round.h"
#include "round_setting.h"
#include "stopwatch.h"

bool bench_round_kernel(bench_setting *t, double *x, double *seconds) {
  const ist_problem *p = &t->problem;
  double start = bench_seconds();
  ist_round(x, ist_problem_team(p, t->s, 0, t->draws.block, t->draws.sketch.q), t->gamma,
            (ist_round_work){t->w, t->g, t->sum});
  *seconds = bench_seconds() - start;
  return true;
}

bool bench_round_two_threads(bench_setting *t, double *x, double *seconds) {
  double unused;
  omp_set_num_threads(2);
  const double start = bench_wall_seconds();
  bench_round_kernel(t, x, &unused);
  *seconds = bench_wall_seconds() - start;
  omp_set_num_threads(1);
  return true;
}

/** y = L_SS w for the block S of q coordinates: what the peers do in their own way. */
typedef void block_product(bench_setting *t, const double *L, const size_t *S);

/** A round around a block product. The blocks are disjoint, so that each worker may step at once.
 */
static bool blockwise_round(bench_setting *t, block_product *product, double *x, double *seconds) {
  const ist_problem *p = &t->problem;
  const size_t q = t->draws.sketch.q;
  double start = bench_seconds();
  for (size_t i = 0; i < p->n; i++) {
    const size_t *S = t->draws.block + i * q;
    const double *b = ist_problem_b(p, i);
    for (size_t a = 0; a < q; a++)
      t->w_i[a] = t->s[S[a]] * x[S[a]];
    product(t, ist_problem_L(p, i), S);
    for (size_t a = 0; a < q; a++)
      x[S[a]] -= t->gamma / (double)p->n * t->s[S[a]] * (t->y[a] - b[S[a]]);
  }
  *seconds = bench_seconds() - start;
  return true;
}

/** Row a of the block, from column first on. */
static void gather_row(bench_setting *t, const double *L, const size_t *S, size_t a, size_t first) {
  const size_t q = t->draws.sketch.q;
  const double *row = L + S[a] * t->problem.d;
  for (size_t k = first; k < q; k++)
    t->gathered[a * q + k] = row[S[k]];
}

static void dgemv_product(bench_setting *t, const double *L, const size_t *S) {
  const int q = (int)t->draws.sketch.q;
  for (size_t a = 0; a < t->draws.sketch.q; a++)
    gather_row(t, L, S, a, 0);
  cblas_dgemv(CblasRowMajor, CblasNoTrans, q, q, 1, t->gathered, q, t->w_i, 1, 0, t->y, 1);
}

static void dsymv_product(bench_setting *t, const double *L, const size_t *S) {
  const int q = (int)t->draws.sketch.q;
  for (size_t a = 0; a < t->draws.sketch.q; a++)
    gather_row(t, L, S, a, a);
  cblas_dsymv(CblasRowMajor, CblasUpper, q, 1, t->gathered, q, t->w_i, 1, 0, t->y, 1);
}

bool bench_round_dgemv(bench_setting *t, double *x, double *seconds) {
  return blockwise_round(t, dgemv_product, x, seconds);
}

bool bench_round_dsymv(bench_setting *t, double *x, double *seconds) {
  return blockwise_round(t, dsymv_product, x, seconds);
}

bool bench_round_numpy(bench_setting *t, double *x, double *seconds) {
  return bench_numpy_round(&t->numpy, t->draws.permutation, x, t->problem.d, seconds);
}

bool bench_round_numpy_sorted(bench_setting *t, double *x, double *seconds) {
  return bench_numpy_round(&t->numpy, t->draws.block, x, t->problem.d, seconds);
}

/** First columns of the distinct lines that S meets in a row, ended by d, into columns. With d a
 *  multiple of 8 all rows lie in the same way across lines. */
static void distinct_lines(const double *L, const size_t *S, size_t q, size_t d, size_t *columns) {
  size_t count = 0;
  uintptr_t last = 0;
  for (size_t k = 0; k < q; k++) {
    uintptr_t line = (uintptr_t)(L + S[k]) / 64;
    if (line != last)
      columns[count++] = S[k];
    last = line;
  }
  columns[count] = d;
}

/** Touches the lines of the upper triangle of one block. */
static double touch_block(const double *L, const size_t *S, size_t q, size_t d,
                          const size_t *columns) {
  double sum = 0;
  for (size_t a = 0; a < q; a++) {
    const double *row = L + S[a] * d;
    while (columns[1] <= S[a]) /* the next line, too, begins left of the diagonal */
      columns++;
    double row_sum = 0; /* rows do not wait for each other */
    for (const size_t *c = columns; *c < d; c++)
      row_sum += row[*c];
    sum += row_sum;
  }
  return sum;
}

bool bench_round_touch(bench_setting *t, double *x, double *seconds) {
  const ist_problem *p = &t->problem;
  const size_t q = t->draws.sketch.q;
  static volatile double sink; /* so that the reads are not removed */
  (void)x;
  double start = bench_seconds();
  for (size_t i = 0; i < p->n; i++) {
    const size_t *S = t->draws.block + i * q;
    distinct_lines(ist_problem_L(p, i), S, q, p->d, t->columns);
    sink = sink + touch_block(ist_problem_L(p, i), S, q, p->d, t->columns);
  }
  *seconds = bench_seconds() - start;
  return true;
}
