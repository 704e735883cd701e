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

bool ist_symmetric(const double *L, size_t d)
{
  /*@ loop invariant 0 <= i <= d;
      loop invariant rows: rows_mirrored{Pre}(L, d, i);
      loop assigns i;
      loop variant d - i; */
  for (size_t i = 0; i < d; i++) {
    /*@ loop invariant 0 <= j <= i;
        loop invariant row: row_mirrored{Pre}(L, d, i, j);
        loop assigns j;
        loop variant i - j; */
    for (size_t j = 0; j < i; j++) {
      /*@ assert inside: inside(i, j, d, d) && inside(j, i, d, d); */
      /*@ assert places: (size_t)(i * d + j) == entry(i, 0, d) + j &&
            (size_t)(j * d + i) == entry(j, 0, d) + i; */
      /*@ assert finite: in_range(L[entry(i, 0, d) + j], IST_ENTRY_MAX) &&
            in_range(L[entry(j, 0, d) + i], IST_ENTRY_MAX); */
      if (L[i * d + j] != L[j * d + i]) {
        /*@ assert differ: !mirrored(L, d, i, j); */
        return false;
      }
      /*@ assert next: (size_t)(j + 1) == j + 1; */
    }
    /*@ assert next: (size_t)(i + 1) == i + 1; */
  }
  /*@ assert rows: rows_mirrored(L, d, d); */
  return true;
}
