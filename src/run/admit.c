#include "admit.h"

#include "kernel/range.h"

ist_code ist_refuse_memory(size_t d, size_t n, ist_status *s) {
  return ist_fail(s, IST_MACHINE, "no memory for a run of dimension %zu with %zu workers", d, n);
}

ist_code ist_refuse_range(ist_status *s) {
  return ist_fail(s, IST_NOT_EXIST, "entries of the problem leave the range |x| <= %.4g",
                  IST_ENTRY_MAX);
}

ist_code ist_admit_problem(const ist_problem *p, size_t L_count, size_t b_count,
                           const double *scales, size_t scale_count, ist_status *s) {
  const size_t d = p->d;
  if (!ist_bounded(p->L, L_count * d * d, IST_ENTRY_MAX) ||
      !ist_bounded(p->b, b_count * d, IST_ENTRY_MAX) ||
      !ist_bounded(scales, scale_count * d, IST_SCALE_MAX))
    return ist_refuse_range(s);
  for (size_t i = 0; i < L_count; i++)
    if (!ist_symmetric(ist_problem_L(p, i), d))
      return ist_fail(s, IST_BAD_INPUT, "matrix %zu of the problem is not symmetric", i + 1);
  return IST_OK;
}

ist_code ist_admit_iterate(bool inside, const double *x, size_t d, size_t k, ist_status *s) {
  if (inside && ist_bounded(x, d, IST_ENTRY_MAX))
    return IST_OK;
  return ist_fail(s, IST_NOT_EXIST,
                  "iterates left the range |x| <= %.4g in round %zu: step size too large",
                  IST_ENTRY_MAX, k);
}
