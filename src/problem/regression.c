#include "regression.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "../kernel/range.h"
#include "check.h"
#include "gram.h"
#include "matrix_market.h"

typedef struct {
  const char *A_path, *y_path;
  ist_matrix A, y;
} data;

static ist_code read_data(data *of, ist_status *s) {
  ist_code code = ist_mm_read(of->A_path, SIZE_MAX, &of->A, s);
  if (code == IST_OK)
    code = ist_check_entries(of->A.x, of->A.rows, of->A.cols, of->A_path, s);
  if (code == IST_OK && of->A.cols > IST_DIM_MAX)
    code = ist_fail(s, IST_BAD_INPUT, "%s:%zu: %zu columns are more than %d", of->A_path,
                    of->A.line, of->A.cols, IST_DIM_MAX);
  if (code == IST_OK)
    code = ist_mm_read(of->y_path, SIZE_MAX, &of->y, s);
  if (code == IST_OK && (of->y.rows != of->A.rows || of->y.cols != 1))
    code = ist_fail(s, IST_BAD_INPUT, "%s:%zu: %zu x %zu, but must be %zu x 1 to match %s",
                    of->y_path, of->y.line, of->y.rows, of->y.cols, of->A.rows, of->A_path);
  if (code == IST_OK)
    code = ist_check_entries(of->y.x, of->y.rows, 1, of->y_path, s);
  return code;
}

/** Centres and scales column j; false if it is constant. */
static bool standardize_column(ist_matrix *m, size_t j) {
  double *column = m->x + j;
  size_t stride = m->cols;
  // Exactly constant: rounding of the mean may leave a tiny deviation to divide by.
  size_t k = 1;
  while (k < m->rows && column[k * stride] == column[0])
    k++;
  if (k == m->rows)
    return false;
  double mean = gsl_stats_mean(column, stride, m->rows);
  double deviation = gsl_stats_sd_with_fixed_mean(column, stride, m->rows, mean);
  for (size_t r = 0; r < m->rows; r++)
    column[r * stride] = (column[r * stride] - mean) / deviation;
  return true;
}

static ist_code standardize_matrix(ist_matrix *m, const char *path, ist_status *s) {
  for (size_t j = 0; j < m->cols; j++)
    if (!standardize_column(m, j))
      return ist_fail(s, IST_BAD_INPUT, "%s: column %zu is constant and cannot be standardised",
                      path, j + 1);
  return IST_OK;
}

/** b = scale A'y over rows rows, summed from the first upwards. */
static void project(const double *A, const double *y, size_t rows, size_t d, double scale,
                    double *b) {
  for (size_t r = 0; r < rows; r++)
    for (size_t j = 0; j < d; j++)
      b[j] += A[r * d + j] * y[r];
  for (size_t j = 0; j < d; j++)
    b[j] *= scale;
}

static ist_code refuse_rank(const data *of, size_t i, size_t rows, ist_status *s) {
  return ist_fail(s, IST_BAD_INPUT,
                  "%s: worker %zu has %zu rows for %zu columns, so that L_%zu is not positive "
                  "definite; fewer workers or --ridge would help",
                  of->A_path, i + 1, rows, of->A.cols, i + 1);
}

static ist_code assemble(const data *of, double ridge, ist_problem *p, ist_status *s) {
  size_t m = of->A.rows;
  size_t d = p->d;
  double scale = (double)p->n / (double)m;
  size_t start = 0;
  for (size_t i = 0; i < p->n; i++) {
    size_t rows = m / p->n + (i < m % p->n ? 1 : 0);
    double *L = p->L + i * d * d;
    double *b = p->b + i * d;
    if (rows < d && ridge == 0.0)
      return refuse_rank(of, i, rows, s);
    ist_gram(of->A.x + start * d, rows, d, scale, L);
    for (size_t j = 0; j < d; j++)
      L[j * d + j] += ridge;
    project(of->A.x + start * d, of->y.x + start, rows, d, scale, b);
    start += rows;
  }
  return IST_OK;
}

static ist_code check_workers(const data *of, ist_problem *p, ist_status *s) {
  for (size_t i = 0; i < p->n; i++) {
    char name[640];
    snprintf(name, sizeof name, "%.600s: L_%zu", of->A_path, i + 1);
    ist_status inner;
    ist_code code = ist_check_matrix(p->L + i * p->d * p->d, p->d, name, &inner);
    if (code != IST_OK)
      return ist_fail(s, code, "%.900s; a larger --ridge may help", inner.text);
    snprintf(name, sizeof name, "%.600s: b_%zu", of->A_path, i + 1);
    code = ist_check_entries(p->b + i * p->d, p->d, 1, name, s);
    if (code != IST_OK)
      return code;
  }
  return IST_OK;
}

static ist_code build(data *of, size_t n, double ridge, bool standardize, ist_problem *p,
                      ist_status *s) {
  ist_code code = read_data(of, s);
  if (code == IST_OK && n > of->A.rows)
    code = ist_fail(s, IST_BAD_INPUT, "%s:%zu: %zu rows cannot be split among %zu workers",
                    of->A_path, of->A.line, of->A.rows, n);
  if (code == IST_OK && standardize)
    code = standardize_matrix(&of->A, of->A_path, s);
  if (code == IST_OK && standardize)
    code = standardize_matrix(&of->y, of->y_path, s);
  if (code != IST_OK)
    return code;
  if (!ist_problem_alloc(p, of->A.cols, n, n, n))
    return ist_fail(s, IST_BAD_INPUT, "%s: d = %zu, n = %zu does not fit in memory", of->A_path,
                    of->A.cols, n);
  code = assemble(of, ridge, p, s);
  if (code == IST_OK)
    code = check_workers(of, p, s);
  ist_problem_note_interpolation(p);
  return code;
}

ist_code ist_problem_regression(const char *A_path, const char *y_path, size_t n, double ridge,
                                bool standardize, ist_problem *p, ist_status *s) {
  *p = (ist_problem){0};
  if (n == 0 || n > IST_DIM_MAX)
    return ist_fail(s, IST_USAGE, "n = %zu must lie in 1..%d", n, IST_DIM_MAX);
  if (!isfinite(ridge) || ridge < 0.0)
    return ist_fail(s, IST_USAGE, "ridge = %g must be a finite number >= 0", ridge);
  data of = {.A_path = A_path, .y_path = y_path};
  ist_code code = build(&of, n, ridge, standardize, p, s);
  free(of.A.x);
  free(of.y.x);
  if (code != IST_OK)
    ist_problem_free(p);
  return code;
}
