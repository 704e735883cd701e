/* Expectations after several rounds, with local steps too, against the enumeration of every
 * trajectory. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../support/outcomes.h"
#include "../support/random_problem.h"
#include "moments/expectations.h"
#include "spectral/constants.h"

#define MOST 6
#define ROUNDS 2

/* One of the ways in which a method can run. */
typedef struct {
  ist_sketch_kind kind;
  size_t d, n, q, T;
  bool diagonal;
  double gamma;
} setting;

static double scale(const ist_problem *p, ist_sketch sk, size_t i, size_t j) {
  switch (sk.kind) {
  case IST_PERM:
    return (double)p->n;
  case IST_SCALED_PERM:
    return sqrt((double)p->n / ist_problem_L(p, i)[j * p->d + j]);
  case IST_RAND:
    return (double)p->d / (double)sk.q;
  default:
    return 1;
  }
}

/* T local steps z <- z - gamma C (L z - b) from z = C x, for the block of worker i. */
static void local_steps(const ist_method *m, size_t i, unsigned block, const double *x, double *z) {
  const size_t d = m->p->d;
  const double *L = ist_problem_L(m->p, i), *b = ist_problem_b(m->p, i);
  double next[MOST];
  for (size_t j = 0; j < d; j++)
    z[j] = block >> j & 1 ? scale(m->p, m->sk, i, j) * x[j] : 0;
  for (size_t t = 0; t < m->local_steps; t++) {
    for (size_t j = 0; j < d; j++) {
      double gradient = -b[j];
      for (size_t e = 0; e < d; e++)
        gradient += L[j * d + e] * z[e];
      next[j] = z[j] - (block >> j & 1 ? m->gamma * scale(m->p, m->sk, i, j) * gradient : 0);
    }
    memcpy(z, next, sizeof next);
  }
}

/* Outcome k of a round from x. */
static void round_of(const ist_method *m, const outcomes *o, size_t k, const double *x,
                     double *next) {
  const size_t d = m->p->d, n = m->p->n;
  double z[MOST];
  for (size_t j = 0; j < d && m->local_steps == 0; j++) {
    next[j] = x[j] + m->gamma * o->v[k * d + j];
    for (size_t e = 0; e < d; e++)
      next[j] -= m->gamma * o->B[(k * d + j) * d + e] * x[e];
  }
  if (m->local_steps == 0)
    return;
  memset(next, 0, d * sizeof *next);
  for (size_t i = 0; i < n; i++) {
    local_steps(m, i, o->blocks[k * n + i], x, z);
    for (size_t j = 0; j < d; j++)
      next[j] += z[j] / (double)n;
  }
}

static double distance_sq(size_t d, const double *A, const double *x, const double *z) {
  double sum = 0;
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++)
      sum += (A == NULL ? j == k : A[j * d + k]) * (x[j] - z[j]) * (x[k] - z[k]);
  return sum;
}

/* Adds to rows[k..ROUNDS] what a trajectory at x in round k, of the given weight, contributes. */
static void extend(const ist_method *m, const outcomes *o, const ist_targets *t, const double *x,
                   size_t k, double weight, ist_expectation *rows) {
  const size_t d = m->p->d;
  double next[MOST];
  rows[k].dist_star_sq += weight * distance_sq(d, t->L_bar, x, t->x_star);
  rows[k].dist_fixed_sq += weight * distance_sq(d, NULL, x, t->x_fixed);
  for (size_t outcome = 0; outcome < o->count && k < ROUNDS; outcome++) {
    round_of(m, o, outcome, x, next);
    extend(m, o, t, next, k + 1, weight / (double)o->count, rows);
  }
}

static void clear_off_diagonal(ist_problem *p) {
  for (size_t i = 0; i < ist_problem_L_count(p); i++)
    for (size_t j = 0; j < p->d; j++)
      for (size_t k = 0; k < p->d; k++)
        if (j != k)
          p->L[i * p->L_stride + j * p->d + k] = 0;
}

static void compare(const ist_expectation *a, const ist_expectation *b, const setting *s) {
  for (size_t k = 0; k <= ROUNDS; k++) {
    const double size = 1 + fabs(b[k].dist_star_sq) + fabs(b[k].dist_fixed_sq);
    cr_expect(fabs(a[k].dist_star_sq - b[k].dist_star_sq) <= 1e-12 * size &&
                  fabs(a[k].dist_fixed_sq - b[k].dist_fixed_sq) <= 1e-12 * size,
              "%s, d %zu, n %zu, q %zu, T %zu, round %zu: %.17g, %.17g, not %.17g, %.17g",
              ist_sketch_name(s->kind), s->d, s->n, s->q, s->T, k, a[k].dist_star_sq,
              a[k].dist_fixed_sq, b[k].dist_star_sq, b[k].dist_fixed_sq);
    cr_expect_eq(a[k].f_gap, a[k].dist_star_sq / 2);
    cr_expect_eq(a[k].grad_norm_sq, a[k].dist_star_sq);
  }
}

static void count_rounds(void *context, size_t k) {
  size_t *last = context;
  cr_expect_eq(k, *last + 1);
  *last = k;
}

static void check_on(ist_problem p, const setting *s) {
  const ist_method m = {&p, {s->kind, s->q}, s->gamma, s->T};
  ist_constants c;
  ist_status status;
  double x0[MOST];
  random_vector(7, s->d, x0);
  cr_assert_eq(ist_constants_compute(&p, m.sk, &c, &status), IST_OK, "%s", status.text);
  const ist_targets t = {c.L_bar, c.x_star, c.x_fixed};
  ist_expectation rows[ROUNDS + 1], enumerated[ROUNDS + 1] = {{0}};
  size_t last = 0;
  cr_assert_eq(ist_expect(&m, &t, x0, ROUNDS, rows, count_rounds, &last, &status), IST_OK, "%s",
               status.text);
  cr_expect_eq(last, (size_t)ROUNDS);
  outcomes o = outcomes_enumerate(&p, m.sk);
  extend(&m, &o, &t, x0, 0, 1, enumerated);
  compare(rows, enumerated, s);
  outcomes_free(&o);
  ist_constants_free(&c);
  ist_problem_free(&p);
}

/* unsettled: with indefinite matrices, beside whose diagonal only the scaled sketch cannot be. */
static void check(const setting *s, size_t L_count, size_t b_count, bool unsettled) {
  ist_problem p = random_problem(s->d + s->T, s->d, s->n, L_count, b_count, false);
  if (unsettled)
    random_unsettle(s->d, s->kind != IST_SCALED_PERM, &p);
  if (s->diagonal)
    clear_off_diagonal(&p);
  check_on(p, s);
}

Test(expectations, every_trajectory) {
  static const setting settings[] = {
      /* step (2) */
      {IST_IDENTITY, 3, 2, 3, 0, false, 0.1},
      {IST_PERM, 3, 3, 1, 0, false, 0.1},
      {IST_PERM, 4, 2, 2, 0, false, 0.1},
      {IST_SCALED_PERM, 4, 2, 2, 0, false, 0.5},
      {IST_RAND, 3, 2, 2, 0, false, 0.1},
      {IST_PERM, 1, 1, 1, 0, false, 0.1},
      /* one local step, any block size */
      {IST_IDENTITY, 3, 2, 3, 1, false, 0.1},
      {IST_PERM, 4, 2, 2, 1, false, 0.1},
      {IST_SCALED_PERM, 4, 2, 2, 1, false, 0.5},
      {IST_RAND, 3, 2, 2, 1, false, 0.1},
      {IST_RAND, 3, 3, 1, 1, false, 0.1},
      {IST_SCALED_PERM, 3, 3, 1, 1, false, 0.5},
      /* one coordinate per worker */
      {IST_PERM, 3, 3, 1, 2, false, 0.02},
      {IST_PERM, 4, 4, 1, 5, false, 0.02},
      {IST_SCALED_PERM, 3, 3, 1, 3, false, 0.2},
      {IST_RAND, 3, 2, 1, 4, false, 0.02},
      {IST_RAND, 1, 2, 1, 3, false, 0.02},
      {IST_PERM, 3, 3, 1, 3, false, 0.4}, /* y > 1 in 1 - y */
      /* all coordinates */
      {IST_IDENTITY, 3, 2, 3, 2, false, 0.05},
      {IST_IDENTITY, 3, 2, 3, 7, false, 0.05},
      {IST_PERM, 4, 1, 4, 6, false, 0.05},
      {IST_SCALED_PERM, 3, 1, 3, 3, false, 0.05},
      {IST_RAND, 3, 2, 3, 5, false, 0.05},
      /* diagonal matrices */
      {IST_PERM, 4, 2, 2, 3, true, 0.05},
      {IST_SCALED_PERM, 4, 2, 2, 4, true, 0.05},
      {IST_RAND, 4, 2, 3, 3, true, 0.05},
  };
  for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
    const setting *s = &settings[i];
    for (unsigned unsettled = 0; unsettled < 2 && (s->n > 1 || unsettled == 0); unsettled++) {
      check(s, s->n, s->n, unsettled);
      check(s, s->n, 1, unsettled);
    }
    check(s, 1, s->n, false);
    check(s, 1, 1, false);
  }
}

/* A round is the same whether it is one of step (2) or of one local step, where the blocks
 * reconstruct x. */
Test(expectations, one_local_step_is_the_step_under_perfect_reconstruction) {
  ist_problem p = random_problem(5, 6, 3, 3, 3, false);
  ist_constants c;
  ist_status s;
  ist_method m = {&p, {IST_PERM, 2}, 0.005, 0};
  double x0[MOST];
  random_vector(9, 6, x0);
  cr_assert_eq(ist_constants_compute(&p, m.sk, &c, &s), IST_OK);
  const ist_targets t = {c.L_bar, c.x_star, c.x_fixed};
  ist_expectation step[11], local[11];
  cr_assert_eq(ist_expect(&m, &t, x0, 10, step, NULL, NULL, &s), IST_OK);
  m.local_steps = 1;
  cr_assert_eq(ist_expect(&m, &t, x0, 10, local, NULL, NULL, &s), IST_OK);
  for (size_t k = 0; k <= 10; k++)
    cr_expect_float_eq(step[k].dist_star_sq, local[k].dist_star_sq,
                       1e-12 * (step[0].dist_star_sq + step[k].dist_star_sq));
  ist_constants_free(&c);
  ist_problem_free(&p);
}

Test(expectations, what_does_not_exist) {
  ist_problem p = random_problem(5, 4, 2, 2, 2, false);
  ist_constants c;
  ist_status s;
  ist_method m = {&p, {IST_PERM, 2}, 0.05, 2};
  double x0[] = {1, 1, 1, 1};
  cr_assert_eq(ist_constants_compute(&p, m.sk, &c, &s), IST_OK);
  ist_targets t = {c.L_bar, c.x_star, NULL};
  ist_expectation rows[400];
  cr_assert_eq(ist_expect(&m, &t, x0, 1, rows, NULL, NULL, &s), IST_NOT_EXIST);
  cr_assert_str_eq(s.text, "no exact expectation after 2 local steps on blocks of 2 out of 4 "
                           "coordinates: it is known for 1 local step, q = 1, q = d and diagonal "
                           "matrices");
  m.local_steps = 0;
  cr_assert_eq(ist_expect(&m, &t, x0, 1, rows, NULL, NULL, &s), IST_OK);
  cr_expect_eq(rows[1].dist_fixed_sq, 0);
  m.gamma = 1e3;
  cr_assert_eq(ist_expect(&m, &t, x0, 399, rows, NULL, NULL, &s), IST_NOT_EXIST);
  cr_assert_not_null(strstr(s.text, "exceed double precision in round "), "%s", s.text);
  m.local_steps = 1;
  cr_assert_eq(ist_expect(&m, &t, x0, 399, rows, NULL, NULL, &s), IST_NOT_EXIST);
  ist_constants_free(&c);
  ist_problem_free(&p);
}
