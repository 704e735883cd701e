#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "machine/memory.h"
#include "measure.h"
#include "memory_peak.h"
#include "moments/dense.h"
#include "moments/expectations.h"
#include "moments/first.h"
#include "moments/second.h"
#include "random_quadratic.h"
#include "spectral/constants.h"
#include "spectral/definite.h"
#include "spectral/eigen.h"
#include "stopwatch.h"

/** Relative difference between theta and the peer's. */
#define TOLERANCE 1e-9

typedef struct {
  ist_problem problem;
  ist_sketch sketch;
  size_t samples;
  double *L_bar, *b_bar, *second, *W; /* of the last evaluation; d*d, b_bar: d entries */
  double theta;
  double *factors; /* the peer's two factors and their product, 3 d*d entries */
} setting;

static ist_code no_memory(ist_status *s) {
  return ist_fail(s, IST_BAD_INPUT, "no memory for the moments");
}

static void forget(setting *t) {
  free(t->L_bar);
  free(t->b_bar);
  free(t->second);
  free(t->W);
  t->L_bar = t->b_bar = t->second = t->W = NULL;
}

/* W = (L_bar E[B] + E[B] L_bar) / 2. */
static bool fill_W(setting *t) {
  const size_t d = t->problem.d;
  double *EB = ist_memory_doubles(1, d, d);
  t->W = ist_memory_doubles(1, d, d);
  const bool ok = EB != NULL && t->W != NULL && ist_expected_B(&t->problem, t->sketch, EB);
  if (ok) {
    ist_multiply(d, t->L_bar, EB, t->W);
    ist_symmetrise(d, t->W);
  }
  free(EB);
  return ok;
}

/** From the problem alone to E[B L_bar B] and theta, by the steps of ist_constants_compute. */
static ist_code evaluate(setting *t, ist_status *s) {
  const size_t d = t->problem.d;
  ist_definiteness kind;
  t->L_bar = ist_memory_doubles(1, d, d);
  t->b_bar = ist_memory_doubles(1, d, 1);
  t->second = ist_memory_doubles(1, d, d);
  if (t->L_bar == NULL || t->b_bar == NULL || t->second == NULL)
    return no_memory(s);
  ist_problem_mean(&t->problem, t->L_bar, t->b_bar);
  if (!ist_second_moment(&t->problem, t->sketch, t->L_bar, t->second) || !fill_W(t))
    return no_memory(s);
  ist_spectrum how = IST_SPECTRUM_FULL;
  if (ist_classify(&how, t->W, d, &kind, s) != IST_OK)
    return s->code;
  if (kind != IST_POSITIVE_DEFINITE)
    return ist_fail(s, IST_NOT_EXIST, "W is not positive definite");
  return ist_pencil_eigenvalues(t->second, t->W, d, &(double){0}, &t->theta, s);
}

static void multiply_often(const setting *t, size_t products) {
  const size_t d = t->problem.d;
  for (size_t k = 0; k < products; k++)
    ist_multiply(d, t->factors, t->factors + d * d, t->factors + 2 * d * d);
}

/** The largest eigenvalue of the pencil by GSL alone, the moments being given. */
static ist_code solve_pencil(const setting *t, double *theta, ist_status *s) {
  const size_t d = t->problem.d;
  double *copies = t->factors;
  memcpy(copies, t->second, d * d * sizeof *copies);
  memcpy(copies + d * d, t->W, d * d * sizeof *copies);
  gsl_matrix_view A = gsl_matrix_view_array(copies, d, d);
  gsl_matrix_view B = gsl_matrix_view_array(copies + d * d, d, d);
  gsl_eigen_gensymm_workspace *space = gsl_eigen_gensymm_alloc(d);
  gsl_vector *lambda = gsl_vector_alloc(d);
  int error = GSL_ENOMEM;
  if (space != NULL && lambda != NULL)
    error = gsl_eigen_gensymm(&A.matrix, &B.matrix, lambda, space);
  if (error == GSL_SUCCESS)
    *theta = gsl_vector_max(lambda);
  gsl_vector_free(lambda);
  gsl_eigen_gensymm_free(space);
  return error == GSL_SUCCESS ? IST_OK : ist_fail(s, IST_NOT_EXIST, "GSL: %s", gsl_strerror(error));
}

static ist_code time_ours(setting *t, double *seconds, ist_status *s) {
  forget(t);
  double start = bench_seconds();
  ist_code code = evaluate(t, s);
  *seconds = bench_seconds() - start;
  return code;
}

static ist_code time_peer(setting *t, double *seconds, ist_status *s) {
  double theta = 0, start = bench_seconds();
  multiply_often(t, 2 * t->problem.n + 2);
  ist_code code = solve_pencil(t, &theta, s);
  *seconds = bench_seconds() - start;
  if (code == IST_OK && fabs(theta - t->theta) > TOLERANCE * t->theta)
    return ist_fail(s, IST_VIOLATED, "theta is %.17g, but %.17g by GSL alone", t->theta, theta);
  return code;
}

static ist_code compare_theta(bench_report *r, setting *t, double *ours, double *theirs,
                              ist_status *s) {
  double warm_up;
  ist_code code = time_ours(t, &warm_up, s);
  if (code == IST_OK)
    code = time_peer(t, &warm_up, s);
  for (size_t k = 0; k < t->samples && code == IST_OK; k++) {
    code = time_ours(t, &ours[k], s);
    if (code == IST_OK)
      code = time_peer(t, &theirs[k], s);
  }
  if (code != IST_OK)
    return code;
  const bench_row row = {
      .measure = "E[BLB] and theta",
      .against = "2n+2 dgemm, gensymm",
      .n = t->problem.n,
      .d = t->problem.d,
      .samples = t->samples,
      .unit = "s",
      .ours = bench_median(ours, t->samples),
      .theirs = bench_median(theirs, t->samples),
      .sense = BENCH_COST,
      .target = 3,
  };
  return bench_report_add(r, &row, s);
}

static double matrix_bytes(const setting *t) {
  return (double)(t->problem.d * t->problem.d * sizeof *t->second);
}

static ist_code report_memory(bench_report *r, const setting *t, bench_row row, bool told,
                              ist_status *s) {
  row.n = t->problem.n;
  row.d = t->problem.d;
  row.samples = 1;
  row.unit = "B";
  row.theirs = matrix_bytes(t);
  row.sense = BENCH_COST;
  if (!told) {
    row.ours = NAN;
    row.reason = "the system does not tell the peak of a process's memory";
  }
  return bench_report_add(r, &row, s);
}

/** Memory beyond the problem and the result, E[B L_bar B]. */
static ist_code weigh_theta(bench_report *r, setting *t, ist_status *s) {
  double begin;
  forget(t);
  bool told = bench_peak_begin(&begin);
  if (evaluate(t, s) != IST_OK)
    return s->code;
  const bench_row row = {
      .measure = "E[BLB] and theta",
      .against = "d x d, beyond E[BLB]",
      .ours = bench_peak_end(begin) - matrix_bytes(t),
      .target = 6,
  };
  return report_memory(r, t, row, told, s);
}

/** Memory beyond the problem for all constants, the five matrices that are returned included. */
static ist_code weigh_constants(bench_report *r, const setting *t, ist_status *s) {
  double begin;
  ist_constants c;
  bool told = bench_peak_begin(&begin);
  if (ist_constants_compute(&t->problem, t->sketch, &c, s) != IST_OK)
    return s->code;
  const bench_row row = {
      .measure = "all constants",
      .against = "d x d, results included",
      .ours = bench_peak_end(begin),
      .target = NAN,
  };
  ist_constants_free(&c);
  return report_memory(r, t, row, told, s);
}

/** Rounds of ist_expect, and the peer's turn after each of them. */
typedef struct {
  const setting *t;
  double last;           /* when the current round began */
  double *ours, *theirs; /* samples + 1 times each; the first includes what precedes the rounds */
} rounds;

static void round_done(void *context, size_t k) {
  rounds *e = context;
  const double end = bench_seconds();
  e->ours[k - 1] = end - e->last;
  multiply_often(e->t, 2 * e->t->problem.n + 4);
  e->last = bench_seconds();
  e->theirs[k - 1] = e->last - end;
}

/** Follows the expectations from 0 for samples + 1 rounds. */
static ist_code follow(const setting *t, double *ours, double *theirs, double *work,
                       ist_expectation *rows, ist_status *s) {
  const size_t d = t->problem.d;
  double *x_star = work, *zero = work + d;
  if (ist_solve(t->L_bar, d, t->b_bar, x_star, s) != IST_OK)
    return s->code;
  const ist_method method = {&t->problem, t->sketch, 1 / t->theta, 0};
  const ist_targets targets = {t->L_bar, x_star, x_star};
  rounds e = {t, bench_seconds(), ours, theirs};
  return ist_expect(&method, &targets, zero, t->samples + 1, rows, round_done, &e, s);
}

static ist_code compare_expect(bench_report *r, const setting *t, double *ours, double *theirs,
                               ist_status *s) {
  const size_t d = t->problem.d;
  ist_expectation *rows = calloc(t->samples + 2, sizeof *rows);
  double *work = ist_memory_doubles(2, d, 1);
  ist_code code =
      rows != NULL && work != NULL ? follow(t, ours, theirs, work, rows, s) : no_memory(s);
  free(rows);
  free(work);
  if (code != IST_OK)
    return code;
  const bench_row row = {
      .measure = "expect, one round",
      .against = "2n+4 dgemm",
      .n = t->problem.n,
      .d = d,
      .samples = t->samples,
      .unit = "s",
      .ours = bench_median(ours + 1, t->samples),
      .theirs = bench_median(theirs + 1, t->samples),
      .sense = BENCH_COST,
      .target = 3,
  };
  return bench_report_add(r, &row, s);
}

static ist_code open_setting(setting *t, size_t n, size_t d, size_t samples, ist_status *s) {
  *t = (setting){.sketch = {IST_PERM, d / n}, .samples = samples};
  if (bench_random_quadratic(n, d, &t->problem, s) != IST_OK)
    return s->code;
  t->factors = ist_memory_doubles(3, d, d);
  if (t->factors == NULL) {
    ist_problem_free(&t->problem);
    return no_memory(s);
  }
  return IST_OK;
}

static void close_setting(setting *t) {
  forget(t);
  free(t->factors);
  ist_problem_free(&t->problem);
}

ist_code bench_moments(bench_report *r, size_t n, size_t d, size_t samples, ist_status *s) {
  setting t;
  if (open_setting(&t, n, d, samples, s) != IST_OK)
    return s->code;
  double *times = ist_memory_doubles(2, samples + 1, 1);
  ist_code code = times != NULL ? IST_OK : no_memory(s);
  if (code == IST_OK)
    code = compare_theta(r, &t, times, times + samples + 1, s);
  if (code == IST_OK)
    code = weigh_theta(r, &t, s);
  if (code == IST_OK)
    code = compare_expect(r, &t, times, times + samples + 1, s);
  if (code == IST_OK)
    code = weigh_constants(r, &t, s);
  free(times);
  close_setting(&t);
  return code;
}
