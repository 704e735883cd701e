#include "kernel/range.h"

#include <criterion/criterion.h>
#include <math.h>

Test(kernel_range, accepts_entries_up_to_the_bound) {
  double v[] = {0, -0.0, IST_ENTRY_MAX, -IST_ENTRY_MAX, 0x1p-1074};
  cr_assert(ist_bounded(v, 5, IST_ENTRY_MAX));
  cr_assert(ist_bounded(v, 1, IST_ENTRY_MAX));
}

Test(kernel_range, refuses_a_bad_entry_in_every_position) {
  double above = nextafter(IST_ENTRY_MAX, INFINITY);
  double bad[] = {above, -above, INFINITY, -INFINITY, NAN};
  for (size_t k = 0; k < 5; k++)
    for (size_t j = 0; j < 4; j++) {
      double v[4] = {1, 2, 3, 4};
      v[j] = bad[k];
      cr_assert_not(ist_bounded(v, 4, IST_ENTRY_MAX), "entry %zu = %g", j, bad[k]);
      cr_assert(ist_bounded(v, j, IST_ENTRY_MAX) || j == 0);
    }
}

Test(kernel_range, bound_is_the_argument) {
  double v[] = {2, -2};
  cr_assert(ist_bounded(v, 2, 2));
  cr_assert_not(ist_bounded(v, 2, nextafter(2, 0)));
}

Test(kernel_range, diagonal_limits_are_inclusive) {
  double L[] = {IST_DIAGONAL_MIN, 0, 0, IST_ENTRY_MAX};
  cr_assert(ist_diagonal_within(L, 2, IST_DIAGONAL_MIN, IST_ENTRY_MAX));
}

Test(kernel_range, diagonal_refuses_every_bad_value_in_every_position) {
  double bad[] = {0,        -1, nextafter(IST_DIAGONAL_MIN, 0), nextafter(IST_ENTRY_MAX, INFINITY),
                  INFINITY, NAN};
  for (size_t k = 0; k < 6; k++)
    for (size_t j = 0; j < 3; j++) {
      double L[9] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
      L[j * 3 + j] = bad[k];
      cr_assert_not(ist_diagonal_within(L, 3, IST_DIAGONAL_MIN, IST_ENTRY_MAX),
                    "diagonal entry %zu = %g", j, bad[k]);
    }
}

Test(kernel_range, diagonal_ignores_other_entries) {
  double L[] = {1, NAN, INFINITY, 1};
  cr_assert(ist_diagonal_within(L, 2, IST_DIAGONAL_MIN, IST_ENTRY_MAX));
}

Test(kernel_range, diagonal_limits_are_the_arguments) {
  double L[] = {2, 0, 0, 3};
  cr_assert(ist_diagonal_within(L, 2, 2, 3));
  cr_assert_not(ist_diagonal_within(L, 2, nextafter(2, 3), 3));
  cr_assert_not(ist_diagonal_within(L, 2, 2, nextafter(3, 2)));
  cr_assert(ist_diagonal_within(L, 1, 2, 2));
}

Test(kernel_range, symmetric_means_equal_to_the_transpose) {
  enum { N = 4 };
  double A[N * N];
  for (size_t d = 0; d <= N; d++) {
    for (size_t k = 0; k < d * d; k++)
      A[k] = (double)(k / d + k % d);
    cr_assert(ist_symmetric(A, d));
    for (size_t k = 0; k < d * d; k++) {
      double old = A[k];
      A[k] = old + 0x1p-50;
      cr_assert_eq(ist_symmetric(A, d), k / d == k % d);
      A[k] = old;
    }
  }
}
