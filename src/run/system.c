#include "system.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cholesky.h"
#include "inverse.h"
#include "kernel/quadratic.h"
#include "kernel/range.h"
#include "machine/memory.h"
#include "upward.h"

/** How often a solution is improved, and an eigenvalue's vector, at most. */
#define REFINEMENTS 4
#define ITERATIONS 12

/** Work space. */
typedef struct {
  double *matrix, *factor;            /**< d*d entries: S A S, and its factor or inverse */
  double *right, *y, *residual, *try; /**< d entries: S b, S^-1 x, S A S y - S b, a further y */
  double *work;                       /**< d entries more */
  size_t *index;                      /**< of ist_cholesky and ist_invert */
} space;

static void close_space(space *w) {
  free(w->matrix);
  free(w->factor);
  free(w->right);
  free(w->index);
}

static ist_code no_memory(size_t d, ist_status *s) {
  return ist_fail(s, IST_MACHINE, "no memory to solve a system of dimension %zu", d);
}

/** Work space with the scaled system in it. */
static ist_code open_space(const ist_system *m, space *w, ist_status *s) {
  const size_t d = m->d;
  *w = (space){.matrix = ist_memory_doubles(1, d, d),
               .factor = ist_memory_doubles(1, d, d),
               .right = ist_memory_doubles(5, d, 1),
               .index = calloc(d, sizeof *w->index)};
  if (w->matrix == NULL || w->factor == NULL || w->right == NULL || w->index == NULL) {
    close_space(w);
    return no_memory(d, s);
  }
  w->y = w->right + d;
  w->residual = w->y + d;
  w->try = w->residual + d;
  w->work = w->try + d;
  for (size_t j = 0; j < d; j++) {
    w->right[j] = m->scale[j] * m->b[j];
    for (size_t k = 0; k < d; k++)
      w->matrix[j * d + k] = m->scale[j] * m->A[j * d + k] * m->scale[k];
  }
  return IST_OK;
}

void ist_system_scale(const double *A, size_t d, double *scale) {
  for (size_t j = 0; j < d; j++) {
    int exponent;
    (void)frexp(A[j * d + j], &exponent);
    const int odd = exponent & 1;
    scale[j] = ldexp(1, (odd - exponent) / 2);
  }
}

static double norm(const double *v, size_t d) {
  double sum = 0;
  for (size_t j = 0; j < d; j++)
    sum += fabs(v[j]);
  return sum;
}

/** v <- (S A S)^-1 v, up to rounding. */
static void apply(const ist_system *m, space *w, double *v) {
  if (m->definite)
    ist_cholesky_solve(w->factor, m->d, v);
  else {
    memcpy(w->work, v, m->d * sizeof *v);
    ist_matvec(w->factor, w->work, m->d, v);
  }
}

/** Steps y <- y - (S A S)^-1 (S A S y - S b) for as long as they make the residual smaller. */
static void refine(const ist_system *m, space *w) {
  const size_t d = m->d;
  ist_gradient(w->matrix, w->right, w->y, d, w->residual);
  for (size_t step = 0; step < REFINEMENTS; step++) {
    const double before = norm(w->residual, d);
    if (!ist_bounded(w->residual, d, IST_ENTRY_MAX))
      return;
    memcpy(w->try, w->residual, d * sizeof *w->try);
    apply(m, w, w->try);
    for (size_t j = 0; j < d; j++)
      w->try[j] = w->y[j] - w->try[j];
    if (!ist_bounded(w->try, d, IST_ENTRY_MAX))
      return;
    ist_gradient(w->matrix, w->right, w->try, d, w->residual);
    if (!(norm(w->residual, d) < before))
      return;
    memcpy(w->y, w->try, d * sizeof *w->y);
  }
}

/** The smallest eigenvalue of S A S, nearly, by inverse iteration with its factor. The first vector
 *  is one that no eigenvector is orthogonal to but by accident. */
static double find_smallest(size_t d, space *w) {
  double *v = w->try, value = 0;
  for (size_t j = 0; j < d; j++)
    v[j] = 1 + fmod(0.6180339887498949 * (double)j, 1);
  for (size_t step = 0; step < ITERATIONS; step++) {
    const double before = norm(v, d);
    for (size_t j = 0; j < d; j++)
      v[j] /= before;
    ist_cholesky_solve(w->factor, d, v);
    value = 1 / norm(v, d);
  }
  return value;
}

/** The largest sum of a row's absolute values. */
static double row_norm(const double *A, size_t d) {
  double largest = 0;
  for (size_t j = 0; j < d; j++)
    largest = fmax(largest, norm(A + j * d, d));
  return largest;
}

/** The inverse of S A S as w->factor; whether it exists to working precision. */
static bool invert(size_t d, space *w) {
  memcpy(w->factor, w->matrix, d * d * sizeof *w->factor);
  return ist_invert(w->factor, d, w->index) && ist_bounded(w->factor, d * d, IST_ENTRY_MAX) &&
         row_norm(w->matrix, d) * row_norm(w->factor, d) * 4 * (double)d * DBL_EPSILON < 1;
}

/** What apply needs, and m->definite. */
static ist_code factorise(ist_system *m, bool indefinite, space *w, ist_status *s) {
  const size_t d = m->d;
  if (!ist_bounded(w->matrix, d * d, IST_ENTRY_MAX) || !ist_bounded(w->right, d, IST_ENTRY_MAX))
    return ist_fail(s, IST_NOT_EXIST, "a system leaves the range |x| <= %.4g", IST_ENTRY_MAX);
  memcpy(w->factor, w->matrix, d * d * sizeof *w->factor);
  m->definite = ist_cholesky(w->factor, d, w->index);
  if (m->definite)
    m->smallest = find_smallest(d, w);
  else if (!indefinite || !invert(d, w))
    return ist_fail(s, IST_NOT_EXIST, "a matrix is %s to working precision",
                    indefinite ? "singular" : "not positive definite");
  return IST_OK;
}

static ist_code solve(ist_system *m, bool indefinite, space *w, ist_status *s) {
  const size_t d = m->d;
  if (factorise(m, indefinite, w, s) != IST_OK)
    return s->code;
  memcpy(w->y, w->right, d * sizeof *w->y);
  apply(m, w, w->y);
  if (ist_bounded(w->y, d, IST_ENTRY_MAX)) {
    refine(m, w);
    for (size_t j = 0; j < d; j++)
      m->x[j] = m->scale[j] * w->y[j];
    if (ist_bounded(m->x, d, IST_ENTRY_MAX))
      return IST_OK;
  }
  return ist_fail(s, IST_NOT_EXIST, "a solution leaves the range |x| <= %.4g", IST_ENTRY_MAX);
}

static bool positive_diagonal(const double *A, size_t d) {
  for (size_t j = 0; j < d; j++)
    if (!(A[j * d + j] > 0 && isfinite(A[j * d + j])))
      return false;
  return true;
}

ist_code ist_system_solve(ist_system *m, const double *A, const double *b, size_t d,
                          bool indefinite, ist_status *s) {
  space w;
  *m = (ist_system){.d = d, .A = A, .b = b, .x = ist_memory_doubles(2, d, 1)};
  if (m->x == NULL)
    return no_memory(d, s);
  m->scale = m->x + d;
  if (!positive_diagonal(A, d))
    return ist_fail(s, IST_NOT_EXIST, "a matrix is not positive definite to working precision");
  ist_system_scale(A, d, m->scale);
  if (open_space(m, &w, s) != IST_OK)
    return s->code;
  ist_code code = solve(m, indefinite, &w, s);
  close_space(&w);
  return code;
}

/** Whether x is zero and solves the system exactly. */
static bool is_zero(const ist_system *m, const double *right) {
  return ist_bounded(m->x, m->d, 0) && ist_bounded(m->b, m->d, 0) && ist_bounded(right, m->d, 0);
}

/** e->residual, e->row being known. */
static void bound_residual(const ist_system *m, const double *right, space *w, ist_surrounding *e) {
  const size_t d = m->d;
  double largest = 0;
  for (size_t j = 0; j < d; j++) {
    w->y[j] = m->x[j] / m->scale[j];
    largest = fmax(largest, fabs(w->y[j]));
  }
  if (is_zero(m, right))
    return;
  ist_gradient(w->matrix, w->right, w->y, d, w->residual);
  for (size_t j = 0; j < d; j++) {
    double size = fabs(w->right[j]);
    for (size_t k = 0; k < d; k++)
      size += fabs(w->matrix[j * d + k] * w->y[k]);
    const double error = IST_SUM_ERROR(d + 1, size) + e->row * largest + m->scale[j] * right[j];
    e->residual[j] = IST_UPWARD * (fabs(w->residual[j]) + error) + IST_UNDERFLOW * (1 + largest);
  }
}

/** Whether S A S - c I, on which rounding has the given effect, is positive definite; *below then
 *  is a bound on the smallest eigenvalue of S A S. */
static bool exceeds(const ist_system *m, double c, double row, space *w, double *below) {
  const size_t d = m->d;
  double trace = 0, largest = 0;
  memcpy(w->factor, w->matrix, d * d * sizeof *w->factor);
  for (size_t j = 0; j < d; j++) {
    double *entry = &w->factor[j * d + j];
    *entry -= c;
    trace += fabs(*entry);
    largest = fmax(largest, fabs(*entry));
  }
  const double backward = ((double)d + 2) * IST_UNIT * trace + 2 * IST_UNIT * largest;
  const double lost = IST_UPWARD * (backward + row) + IST_UNDERFLOW;
  if (lost >= c || !ist_cholesky(w->factor, d, w->index))
    return false;
  *below = 0.99 * (c - lost);
  return true;
}

/** Of a definite matrix it starts half-way below the estimate, which is too high if it is wrong. */
static double bound_smallest(const ist_system *m, double row, space *w) {
  double below = 0;
  if (!m->definite)
    return invert(m->d, w) ? ist_inverse_bound(w->matrix, w->factor, m->d, row, w->y) : 0;
  for (double c = m->smallest / 2; c > m->smallest / 100; c /= 4)
    if (exceeds(m, c, row, w, &below))
      break;
  return below;
}

ist_code ist_system_enclose(const ist_system *m, const double *row, const double *right,
                            ist_surrounding *e, ist_status *s) {
  const size_t d = m->d;
  space w;
  *e = (ist_surrounding){.residual = ist_memory_doubles(1, d, 1)};
  if (e->residual == NULL)
    return no_memory(d, s);
  if (open_space(m, &w, s) != IST_OK) {
    free(e->residual);
    e->residual = NULL;
    return s->code;
  }
  for (size_t j = 0; j < d; j++)
    e->row = fmax(e->row, IST_UPWARD * m->scale[j] * row[j]);
  bound_residual(m, right, &w, e);
  e->smallest = bound_smallest(m, e->row, &w);
  close_space(&w);
  return IST_OK;
}

void ist_system_close(ist_system *m) {
  free(m->x);
  *m = (ist_system){0};
}
