#include "range.h"

#include <float.h>

/* The proofs are about binary64; a wider evaluation format would void them. */
_Static_assert(FLT_EVAL_METHOD == 0, "expressions must be evaluated in their own type");
_Static_assert(DBL_MANT_DIG == 53 && DBL_MAX_EXP == 1024, "double must be IEEE-754 binary64");

bool ist_bounded(const double *v, size_t d, double bound)
{
  /*@ loop invariant 0 <= j <= d;
      loop invariant bounded{Pre}(v, j, bound);
      loop assigns j;
      loop variant d - j; */
  for (size_t j = 0; j < d; j++) {
    if (!(v[j] <= bound && -bound <= v[j]))
      return false;
    /*@ assert entry: in_range(\at(v[\at(j,Here)], Pre), bound); */
    /*@ assert next: (size_t)(j + 1) == j + 1; */
  }
  return true;
}

bool ist_diagonal_within(const double *L, size_t d, double lo, double hi)
{
  /*@ loop invariant 0 <= j <= d;
      loop invariant diagonal_within{Pre}(L, j, d, lo, hi);
      loop assigns j;
      loop variant d - j; */
  for (size_t j = 0; j < d; j++) {
    /*@ assert index: inside(j, j, d, d); */
    /*@ assert place: (size_t)(j * d + j) == entry(j, j, d); */
    const double l = L[j * d + j];
    if (!(lo <= l && l <= hi))
      return false;
    /*@ assert positive: within(l, lo, hi); */
    /*@ assert next: (size_t)(j + 1) == j + 1; */
  }
  return true;
}
