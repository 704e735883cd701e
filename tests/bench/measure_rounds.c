#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "machine/memory.h"
#include "measure.h"
#include "random_quadratic.h"
#include "round_setting.h"
#include "run/scales.h"
#include "stopwatch.h"

/** Relative difference between the iterates of two ways to compute a round. */
#define TOLERANCE 1e-10

typedef struct {
  const char *name;
  bench_round *round;
  bool iterates; /* whether it computes the round's iterate */
  double *times;
  size_t count;
} contestant;

static const contestant all[] = {
    {.name = "ist_round", .round = bench_round_kernel, .iterates = true},
    {.name = "ist_round on two threads", .round = bench_round_two_threads, .iterates = true},
    {.name = "OpenBLAS gathered dgemv", .round = bench_round_dgemv, .iterates = true},
    {.name = "OpenBLAS gathered dsymv", .round = bench_round_dsymv, .iterates = true},
    {.name = "NumPy np.ix_", .round = bench_round_numpy, .iterates = true},
    {.name = "NumPy np.ix_, sorted", .round = bench_round_numpy_sorted, .iterates = true},
    {.name = "each line touched once", .round = bench_round_touch},
};

enum { KERNEL, TWO_THREADS, DGEMV, DSYMV, NUMPY, NUMPY_SORTED, TOUCH, CONTESTANTS };

static void close_setting(bench_setting *t) {
  bench_numpy_close(&t->numpy);
  ist_draws_close(&t->draws);
  ist_problem_free(&t->problem);
  free(t->s);
  free(t->start);
  free(t->w);
  free(t->g);
  free(t->sum);
  free(t->gathered);
  free(t->w_i);
  free(t->y);
  free(t->columns);
}

static bool allocate(bench_setting *t, size_t q) {
  const size_t d = t->problem.d, m = t->problem.n * q;
  size_t stride;
  t->s = ist_sketch_scales(&t->problem, t->draws.sketch, &stride);
  t->start = ist_memory_doubles(1, d, 1);
  t->w = ist_memory_doubles(1, m, 1);
  t->g = ist_memory_doubles(1, m, 1);
  t->sum = ist_memory_doubles(1, d, 1);
  t->gathered = ist_memory_doubles(1, q, q);
  t->w_i = ist_memory_doubles(1, q, 1);
  t->y = ist_memory_doubles(1, q, 1);
  t->columns = calloc(q + 1, sizeof *t->columns);
  return t->s != NULL && t->start != NULL && t->w != NULL && t->g != NULL && t->sum != NULL &&
         t->gathered != NULL && t->w_i != NULL && t->y != NULL && t->columns != NULL;
}

static ist_code open_setting(bench_setting *t, size_t n, size_t d, ist_status *s) {
  const ist_sketch sketch = {IST_PERM, d / n};
  *t = (bench_setting){.gamma = 1e-3, .numpy.pid = -1};
  if (bench_random_quadratic(n, d, &t->problem, s) != IST_OK)
    return s->code;
  if (!ist_draws_open(&t->draws, d, n, sketch, 1) || !allocate(t, sketch.q)) {
    close_setting(t);
    return ist_fail(s, IST_BAD_INPUT, "d = %zu, n = %zu does not fit in memory", d, n);
  }
  for (size_t j = 0; j < d; j++)
    t->start[j] = 1 + 1 / (double)(j + 1);
  bench_numpy_open(&t->numpy, &t->problem, sketch.q, (double)n, t->gamma);
  return IST_OK;
}

/** One round of c from the start on the current blocks. */
static bool play(bench_setting *t, const contestant *c, double *x, double *seconds) {
  memcpy(x, t->start, t->problem.d * sizeof *x);
  return c->round(t, x, seconds);
}

static bool agree(const double *x, const double *y, size_t d) {
  double difference = 0, size = 0;
  for (size_t j = 0; j < d; j++) {
    difference = fmax(difference, fabs(x[j] - y[j]));
    size = fmax(size, fabs(x[j]));
  }
  return difference <= TOLERANCE * size;
}

/** Whether all contestants compute the same round; the first round of each, too. */
static ist_code check_agreement(bench_setting *t, double *x, double *y, ist_status *s) {
  double seconds;
  ist_draws_next(&t->draws);
  play(t, &all[KERNEL], x, &seconds);
  for (size_t c = KERNEL + 1; c < CONTESTANTS; c++)
    if (play(t, &all[c], y, &seconds) && all[c].iterates && !agree(x, y, t->problem.d))
      return ist_fail(s, IST_VIOLATED, "%s computes another round at n = %zu, d = %zu", all[c].name,
                      t->problem.n, t->problem.d);
  return IST_OK;
}

/** A warm-up and the timed rounds of one pass, each on fresh blocks, as in a run. */
static void play_pass(bench_setting *t, contestant *c, size_t rounds, double *x) {
  for (size_t k = 0; k <= rounds; k++) {
    double seconds;
    ist_draws_next(&t->draws);
    if (!play(t, c, x, &seconds))
      return;
    if (k > 0)
      c->times[c->count++] = seconds;
  }
}

static double draw_median(bench_setting *t, double *times, size_t count) {
  for (size_t k = 0; k < count; k++) {
    double start = bench_seconds();
    ist_draws_next(&t->draws);
    times[k] = bench_seconds() - start;
  }
  return bench_median(times, count);
}

static ist_code report_peer(bench_report *r, const bench_round_case *c, const contestant *peer,
                            double ours, bench_sense sense, double target, const char *missing,
                            ist_status *s) {
  const bench_row row = {
      .measure = "IST round",
      .against = peer->name,
      .n = c->n,
      .d = c->d,
      .samples = c->passes * c->rounds,
      .unit = "s",
      .ours = ours,
      .theirs = missing == NULL ? bench_median(peer->times, peer->count) : NAN,
      .sense = sense,
      .target = target,
      .reason = missing,
  };
  return bench_report_add(r, &row, s);
}

static ist_code report_threads(bench_report *r, const bench_round_case *c, const contestant *two,
                               double one, ist_status *s) {
  const bench_row row = {
      .measure = "round, two threads",
      .against = "one thread",
      .n = c->n,
      .d = c->d,
      .samples = two->count,
      .unit = "s",
      .ours = bench_median(two->times, two->count),
      .theirs = one,
      .sense = BENCH_SPEEDUP,
      .target = c->threads_target,
  };
  return bench_report_add(r, &row, s);
}

static ist_code report_all(bench_report *r, const bench_round_case *c, bench_setting *t,
                           contestant *list, ist_status *s) {
  const double ours = bench_median(list[KERNEL].times, list[KERNEL].count);
  ist_code code =
      report_peer(r, c, &list[NUMPY], ours, BENCH_SPEEDUP, c->numpy_target, t->numpy.missing, s);
  if (code == IST_OK)
    code = report_peer(r, c, &list[NUMPY_SORTED], ours, BENCH_SPEEDUP, NAN, t->numpy.missing, s);
  if (code == IST_OK)
    code = report_peer(r, c, &list[DGEMV], ours, BENCH_SPEEDUP, NAN, NULL, s);
  if (code == IST_OK)
    code = report_peer(r, c, &list[DSYMV], ours, BENCH_SPEEDUP, 1, NULL, s);
  if (code == IST_OK)
    code = report_peer(r, c, &list[TOUCH], ours, BENCH_COST, c->touch_target, NULL, s);
  if (code == IST_OK)
    code = report_threads(r, c, &list[TWO_THREADS], ours, s);
  if (code != IST_OK)
    return code;
  const bench_row draw = {
      .measure = "drawing blocks",
      .against = "ist_round",
      .n = c->n,
      .d = c->d,
      .samples = list[KERNEL].count,
      .unit = "s",
      .ours = draw_median(t, list[TOUCH].times, list[TOUCH].count),
      .theirs = ours,
      .sense = BENCH_COST,
      .target = NAN,
  };
  return bench_report_add(r, &draw, s);
}

static ist_code compete(bench_report *r, const bench_round_case *c, bench_setting *t, double *room,
                        ist_status *s) {
  contestant list[CONTESTANTS];
  double *x = room, *y = x + c->d;
  memcpy(list, all, sizeof list);
  for (size_t k = 0; k < CONTESTANTS; k++)
    list[k].times = y + c->d + k * c->passes * c->rounds;
  if (check_agreement(t, x, y, s) != IST_OK)
    return s->code;
  for (size_t pass = 0; pass < c->passes; pass++)
    for (size_t k = 0; k < CONTESTANTS; k++)
      play_pass(t, &list[k], c->rounds, x);
  return report_all(r, c, t, list, s);
}

ist_code bench_rounds(bench_report *r, const bench_round_case *c, ist_status *s) {
  bench_setting t;
  double *room = ist_memory_doubles(1, 2 * c->d + CONTESTANTS * c->passes * c->rounds, 1);
  if (room == NULL)
    return ist_fail(s, IST_BAD_INPUT, "no memory for iterates");
  ist_code code = open_setting(&t, c->n, c->d, s);
  if (code == IST_OK) {
    code = compete(r, c, &t, room, s);
    close_setting(&t);
  }
  free(room);
  return code;
}
