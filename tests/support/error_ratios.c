#include "error_ratios.h"

#include <criterion/criterion.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

double error_ratios_add(error_ratios *r, double computed, const arb_t value, const arb_t bound) {
  double ratio;
  cr_assert(exact_within(computed, value, bound, &ratio, EXACT_BITS),
            "computed %a: error at most %g times its bound", computed, ratio);
  if (ratio == 0) {
    r->exact++;
    return INFINITY;
  }
  if (r->count == r->capacity) {
    r->capacity = r->capacity == 0 ? 1024 : 2 * r->capacity;
    r->ratio = realloc(r->ratio, r->capacity * sizeof *r->ratio);
    cr_assert_not_null(r->ratio);
  }
  return r->ratio[r->count++] = 1 / ratio;
}

double error_ratios_median(const error_ratios *r) {
  cr_assert_gt(r->count, 0);
  gsl_sort(r->ratio, 1, r->count);
  return gsl_stats_median_from_sorted_data(r->ratio, 1, r->count);
}

void error_ratios_report(error_ratios *r, const char *name) {
  double median = error_ratios_median(r);
  fprintf(stderr, "bound/error %s: median %.3g, least %.3g, %zu inexact, %zu exact\n", name, median,
          r->ratio[0], r->count, r->exact);
  free(r->ratio);
  *r = (error_ratios){0};
}

void error_ratios_headline(error_ratios *r, const char *name) {
  fprintf(stderr, "median bound/error: %s %.3g\n", name, error_ratios_median(r));
  error_ratios_report(r, name);
}
