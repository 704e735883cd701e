#include <math.h>
#include <stdlib.h>

#include "kernel/homogeneous.h"
#include "machine/memory.h"
#include "measure.h"
#include "run/draw.h"
#include "stopwatch.h"

/** Median times of what is compared, in seconds. */
typedef struct {
  double round, loop, draw;
} medians;

static double round_seconds(double *x, const double *fixed, size_t d) {
  const double start = bench_seconds();
  ist_homogeneous_rounds(x, fixed, d, 0.5, 1);
  return bench_seconds() - start;
}

static double loop_seconds(double *x, size_t d) {
  const double start = bench_seconds();
  for (size_t j = 0; j < d; j++)
    x[j] = 1 - 0.5 * x[j];
  return bench_seconds() - start;
}

static double draw_seconds(ist_draws *draws) {
  const double start = bench_seconds();
  ist_draws_next(draws);
  return bench_seconds() - start;
}

/** All in turn, after a warm-up. times: room for 3 * rounds. */
static medians take_turns(ist_draws *draws, double *x, const double *fixed, size_t d, size_t rounds,
                          double *times) {
  double *round = times, *loop = round + rounds, *draw = loop + rounds;
  round_seconds(x, fixed, d);
  for (size_t k = 0; k < rounds; k++) {
    round[k] = round_seconds(x, fixed, d);
    loop[k] = loop_seconds(x, d);
    draw[k] = draw_seconds(draws);
  }
  return (medians){.round = bench_median(round, rounds),
                   .loop = bench_median(loop, rounds),
                   .draw = bench_median(draw, rounds)};
}

static ist_code report(bench_report *r, size_t d, size_t rounds, const char *against, double ours,
                       double theirs, double target, ist_status *s) {
  const bench_row row = {
      .measure = "homogeneous round",
      .against = against,
      .n = d,
      .d = d,
      .samples = rounds,
      .unit = "s",
      .ours = ours,
      .theirs = theirs,
      .sense = BENCH_COST,
      .target = target,
  };
  return bench_report_add(r, &row, s);
}

ist_code bench_homogeneous(bench_report *r, size_t d, size_t rounds, ist_status *s) {
  double *room = ist_memory_doubles(1, 2 * d + 3 * rounds, 1);
  ist_draws draws;
  if (room == NULL || !ist_draws_open(&draws, d, d, (ist_sketch){IST_PERM, 1}, 1)) {
    free(room);
    return ist_fail(s, IST_BAD_INPUT, "no memory for iterates of dimension %zu", d);
  }
  double *x = room, *fixed = x + d;
  for (size_t j = 0; j < d; j++) {
    x[j] = 1;
    fixed[j] = 1 / (double)(j + 1);
  }
  const medians m = take_turns(&draws, x, fixed, d, rounds, fixed + d);
  ist_draws_close(&draws);
  free(room);
  if (report(r, d, rounds, "loop over x", m.round, m.loop, NAN, s) != IST_OK)
    return s->code;
  return report(r, d, rounds, "loop over x and draw", m.round, m.loop + m.draw, 1.3, s);
}
