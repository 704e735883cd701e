#include "regression.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "gram.h"
#include "kernel/range.h"
#include "matrix_market.h"

#define REMEDY "a larger --ridge may help"

typedef struct {
  const char *A_path, *y_path;
  size_t n;
  double ridge;
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

/** b = scale A'y over rows rows, summed from the first upwards; b is zero on entry. */
static void project(const double *A, const double *y, size_t rows, size_t d, double scale,
                    double *b) {
  for (size_t r = 0; r < rows; r++)
    for (size_t j = 0; j < d; j++)
      b[j] += A[r * d + j] * y[r];
  for (size_t j = 0; j < d; j++)
    b[j] *= scale;
}

/** Worker i's rows: the first one, and how many in *rows. */
static size_t first_row(const data *of, size_t i, size_t *rows) {
  const size_t share = of->A.rows / of->n, extra = of->A.rows % of->n;
  *rows = share + (i < extra ? 1 : 0);
  return i * share + (i < extra ? i : extra);
}

static ist_code take_L(void *context, size_t i, double *L, ist_status *s) {
  const data *of = context;
  const size_t d = of->A.cols;
  size_t rows;
  const size_t start = first_row(of, i, &rows);
  ist_gram(of->A.x + start * d, rows, d, (double)of->n / (double)of->A.rows, L);
  for (size_t j = 0; j < d; j++)
    L[j * d + j] += of->ridge;
  char name[640];
  snprintf(name, sizeof name, "%.600s: L_%zu", of->A_path, i + 1);
  ist_status inner;
  ist_code code = ist_check_matrix(L, d, of->n, name, &inner);
  if (code != IST_OK)
    return ist_fail(s, code, "%.900s; " REMEDY, inner.text);
  return IST_OK;
}

static ist_code take_b(void *context, size_t i, double *b, ist_status *s) {
  const data *of = context;
  const size_t d = of->A.cols;
  size_t rows;
  const size_t start = first_row(of, i, &rows);
  memset(b, 0, d * sizeof *b);
  project(of->A.x + start * d, of->y.x + start, rows, d, (double)of->n / (double)of->A.rows, b);
  char name[640];
  snprintf(name, sizeof name, "%.600s: b_%zu", of->A_path, i + 1);
  return ist_check_entries(b, d, 1, name, s);
}

/** Refuses fewer rows, over all workers, than columns, unless the ridge makes up for them. */
static ist_code check_rank(const data *of, ist_status *s) {
  if (of->A.rows >= of->A.cols || of->ridge > 0.0)
    return IST_OK;
  return ist_fail(s, IST_BAD_INPUT,
                  "%s:%zu: %zu rows for %zu columns, so that the mean matrix is not positive "
                  "definite; --ridge would help",
                  of->A_path, of->A.line, of->A.rows, of->A.cols);
}

static ist_code prepare(data *of, bool standardize, ist_status *s) {
  ist_code code = read_data(of, s);
  if (code == IST_OK && of->n > of->A.rows)
    code = ist_fail(s, IST_BAD_INPUT, "%s:%zu: %zu rows cannot be split among %zu workers",
                    of->A_path, of->A.line, of->A.rows, of->n);
  if (code == IST_OK && standardize)
    code = standardize_matrix(&of->A, of->A_path, s);
  if (code == IST_OK && standardize)
    code = standardize_matrix(&of->y, of->y_path, s);
  return code == IST_OK ? check_rank(of, s) : code;
}

static void release(void *context) {
  data *of = context;
  free(of->A.x);
  free(of->y.x);
  free(of);
}

ist_code ist_regression_source(const char *A_path, const char *y_path, size_t n, double ridge,
                               bool standardize, ist_problem_source *from, ist_status *s) {
  *from = (ist_problem_source){0};
  if (n == 0 || n > IST_DIM_MAX)
    return ist_fail(s, IST_USAGE, "n = %zu must lie in 1..%d", n, IST_DIM_MAX);
  if (!isfinite(ridge) || ridge < 0.0)
    return ist_fail(s, IST_USAGE, "ridge = %g must be a finite number >= 0", ridge);
  data *of = calloc(1, sizeof *of);
  if (of == NULL)
    return ist_fail(s, IST_MACHINE, "%s: memory is exhausted", A_path);
  *of = (data){.A_path = A_path, .y_path = y_path, .n = n, .ridge = ridge};
  if (prepare(of, standardize, s) != IST_OK) {
    release(of);
    return s->code;
  }
  *from = (ist_problem_source){.d = of->A.cols,
                               .n = n,
                               .L_count = n,
                               .b_count = n,
                               .name = A_path,
                               .remedy = REMEDY,
                               .take_L = take_L,
                               .take_b = take_b,
                               .close = release,
                               .context = of};
  return IST_OK;
}

ist_code ist_problem_regression(const char *A_path, const char *y_path, size_t n, double ridge,
                                bool standardize, ist_problem *p, ist_status *s) {
  *p = (ist_problem){0};
  ist_problem_source from;
  if (ist_regression_source(A_path, y_path, n, ridge, standardize, &from, s) != IST_OK)
    return s->code;
  ist_code code = ist_source_collect(&from, p, s);
  ist_source_close(&from);
  return code;
}
