#include "check.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "kernel/range.h"
#include "machine/memory.h"
#include "spd.h"

#define SYMMETRY_TOLERANCE 1e-12

/** Below this, rounding to subnormal numbers would reach the pivots of a factorisation. */
#define PIVOT_MIN (DBL_MIN / DBL_EPSILON)

ist_code ist_check_entries(const double *v, size_t rows, size_t cols, const char *name,
                           ist_status *s) {
  for (size_t i = 0; i < rows; i++) {
    const double *row = v + i * cols;
    if (ist_bounded(row, cols, IST_ENTRY_MAX))
      continue;
    size_t j = 0;
    while (ist_bounded(row + j, 1, IST_ENTRY_MAX))
      j++;
    return ist_fail(s, IST_BAD_INPUT, "%s: entry (%zu,%zu) = %g is not within +-%g", name, i + 1,
                    j + 1, row[j], IST_ENTRY_MAX);
  }
  return IST_OK;
}

static ist_code check_diagonal(const double *L, size_t d, const char *name, ist_status *s) {
  if (ist_diagonal_within(L, d, PIVOT_MIN, IST_ENTRY_MAX))
    return IST_OK;
  size_t j = 0;
  while (ist_diagonal_within(L + j * d + j, 1, PIVOT_MIN, IST_ENTRY_MAX))
    j++;
  double entry = L[j * d + j];
  if (entry > 0.0)
    return ist_fail(s, IST_BAD_INPUT, "%s: diagonal entry (%zu,%zu) = %g is below %g", name, j + 1,
                    j + 1, entry, PIVOT_MIN);
  return ist_fail(s, IST_BAD_INPUT, "%s: not positive definite: diagonal entry (%zu,%zu) = %g",
                  name, j + 1, j + 1, entry);
}

ist_code ist_check_symmetric(double *L, size_t d, const char *name, ist_status *s) {
  for (size_t i = 0; i < d; i++)
    for (size_t j = 0; j < i; j++) {
      double lower = L[i * d + j];
      double upper = L[j * d + i];
      double scale =
          fmax(sqrt(fabs(L[i * d + i])) * sqrt(fabs(L[j * d + j])), fmax(fabs(lower), fabs(upper)));
      if (!(fabs(lower - upper) <= SYMMETRY_TOLERANCE * scale))
        return ist_fail(s, IST_BAD_INPUT,
                        "%s: not symmetric: entry (%zu,%zu) = %.17g, entry (%zu,%zu) = %.17g", name,
                        i + 1, j + 1, lower, j + 1, i + 1, upper);
      double middle = lower == upper ? lower : 0.5 * (lower + upper);
      L[i * d + j] = middle;
      L[j * d + i] = middle;
    }
  return IST_OK;
}

static ist_code check_definite(double *L, size_t d, const char *name, ist_status *s) {
  size_t order = 0;
  if (!ist_spd_check(L, d, &order))
    return ist_fail(s, IST_MACHINE, "%s: does not fit in memory", name);
  if (order != 0)
    return ist_fail(s, IST_BAD_INPUT,
                    "%s: not positive definite: the leading minor of order %zu is not positive",
                    name, order);
  return IST_OK;
}

/** Positive definite, which no matrix with an entry on the diagonal that is not positive is. */
static ist_code check_mean(double *L, size_t d, const char *name, ist_status *s) {
  ist_code code = check_diagonal(L, d, name, s);
  return code == IST_OK ? check_definite(L, d, name, s) : code;
}

ist_code ist_check_matrix(double *L, size_t d, size_t count, const char *name, ist_status *s) {
  ist_code code = ist_check_entries(L, d, d, name, s);
  if (code == IST_OK)
    code = ist_check_symmetric(L, d, name, s);
  if (code == IST_OK && count == 1)
    code = check_mean(L, d, name, s);
  return code;
}

ist_code ist_check_mean(double *mean, size_t d, size_t count, const char *name, ist_status *s) {
  char text[700];
  snprintf(text, sizeof text, "%.600s: the mean of the %zu matrices", name, count);
  return check_mean(mean, d, text, s);
}

ist_code ist_check_problem(const ist_problem *p, const char *name, ist_status *s) {
  const size_t count = ist_problem_L_count(p);
  if (count == 1)
    return IST_OK;
  double *mean = ist_memory_doubles(1, p->d, p->d);
  if (mean == NULL)
    return ist_fail(s, IST_MACHINE, "%s: d = %zu, n = %zu does not fit in memory", name, p->d,
                    p->n);
  ist_problem_mean_L(p, mean);
  ist_code code = ist_check_mean(mean, p->d, count, name, s);
  free(mean);
  return code;
}
