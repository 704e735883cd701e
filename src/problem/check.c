#include "check.h"

#include <math.h>

#include "../kernel/range.h"
#include "spd.h"

#define SYMMETRY_TOLERANCE 1e-12

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
  if (ist_diagonal_within(L, d, IST_DIAGONAL_MIN, IST_ENTRY_MAX))
    return IST_OK;
  size_t j = 0;
  while (ist_diagonal_within(L + j * d + j, 1, IST_DIAGONAL_MIN, IST_ENTRY_MAX))
    j++;
  double entry = L[j * d + j];
  if (entry > 0.0)
    return ist_fail(s, IST_BAD_INPUT, "%s: diagonal entry (%zu,%zu) = %g is below %g", name, j + 1,
                    j + 1, entry, IST_DIAGONAL_MIN);
  return ist_fail(s, IST_BAD_INPUT, "%s: not positive definite: diagonal entry (%zu,%zu) = %g",
                  name, j + 1, j + 1, entry);
}

ist_code ist_check_symmetric(double *L, size_t d, const char *name, ist_status *s) {
  for (size_t i = 0; i < d; i++)
    for (size_t j = 0; j < i; j++) {
      double lower = L[i * d + j];
      double upper = L[j * d + i];
      double scale = sqrt(fabs(L[i * d + i])) * sqrt(fabs(L[j * d + j]));
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
    return ist_fail(s, IST_BAD_INPUT, "%s: does not fit in memory", name);
  if (order != 0)
    return ist_fail(s, IST_BAD_INPUT,
                    "%s: not positive definite: the leading minor of order %zu is not positive",
                    name, order);
  return IST_OK;
}

ist_code ist_check_matrix(double *L, size_t d, const char *name, ist_status *s) {
  ist_code code = ist_check_entries(L, d, d, name, s);
  if (code == IST_OK)
    code = ist_check_symmetric(L, d, name, s);
  if (code == IST_OK)
    code = check_diagonal(L, d, name, s);
  if (code == IST_OK)
    code = check_definite(L, d, name, s);
  return code;
}
