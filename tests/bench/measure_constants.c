#include <stdlib.h>

#include "machine/memory.h"
#include "measure.h"
#include "random_quadratic.h"
#include "spectral/constants_bound.h"
#include "stopwatch.h"

/** Times one computation of the constants, *plain, and of them with the bounds of their errors. */
static ist_code time_once(const ist_problem *p, ist_sketch sk, double *plain, double *bounded,
                          ist_status *s) {
  ist_constants c;
  ist_errors e;
  const double start = bench_seconds();
  if (ist_constants_compute(p, sk, &c, s) != IST_OK)
    return s->code;
  *plain = bench_seconds() - start;
  ist_constants_bound(p, &c, &e);
  *bounded = bench_seconds() - start;
  const bool rigorous = e.theta_upper >= c.theta.value && e.x_star.reason == NULL;
  ist_constants_free(&c);
  return rigorous ? IST_OK : ist_fail(s, IST_VIOLATED, "theta or x* has no bound");
}

static ist_code compare(bench_report *r, const ist_problem *p, ist_sketch sk, double *plain,
                        double *bounded, size_t samples, ist_status *s) {
  double warm_up[2];
  ist_code code = time_once(p, sk, &warm_up[0], &warm_up[1], s);
  for (size_t k = 0; k < samples && code == IST_OK; k++)
    code = time_once(p, sk, &plain[k], &bounded[k], s);
  if (code != IST_OK)
    return code;
  const bench_row row = {
      .measure = "constants with bounds",
      .against = "without",
      .n = p->n,
      .d = p->d,
      .samples = samples,
      .unit = "s",
      .ours = bench_median(bounded, samples),
      .theirs = bench_median(plain, samples),
      .sense = BENCH_COST,
      .target = 2,
  };
  return bench_report_add(r, &row, s);
}

ist_code bench_constants(bench_report *r, size_t n, size_t d, size_t samples, ist_status *s) {
  ist_problem p;
  if (bench_random_quadratic(n, d, &p, s) != IST_OK)
    return s->code;
  double *times = ist_memory_doubles(2, samples, 1);
  ist_code code = times != NULL ? compare(r, &p, (ist_sketch){IST_PERM, d / n}, times,
                                          times + samples, samples, s)
                                : ist_fail(s, IST_BAD_INPUT, "no memory for the times");
  free(times);
  ist_problem_free(&p);
  return code;
}
