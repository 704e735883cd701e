/** The bounds on a run's metrics against exact ones, in ball arithmetic on the problem's numbers:
 *  random, ill-conditioned and badly scaled problems, iterates far from and next to the points that
 *  distances are measured from. */
#include <arb_mat.h>
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/random_problem.h"
#include "cli/digits.h"
#include "run/landmarks.h"
#include "run/metric_errors.h"

#define BITS 4000

static ist_status status;

/** The exact numbers of a problem under a sketch. */
typedef struct {
  arb_mat_t L, b, B, v, star, fixed;
} truth;

/** x <- x / sqrt(diagonal). */
static void divide_by_root(arb_t x, double diagonal) {
  arb_t root;
  arb_init(root);
  arb_set_d(root, diagonal);
  arb_sqrt(root, root, BITS);
  arb_div(x, x, root, BITS);
  arb_clear(root);
}

/** Adds worker i's share of L_bar, b_bar, and of the means of M_i and u_i. */
static void add_worker(truth *t, const ist_problem *p, ist_sketch sk, size_t i) {
  const size_t d = p->d;
  const double *L = ist_problem_L(p, i), *b = ist_problem_b(p, i);
  arb_t x;
  arb_init(x);
  for (size_t j = 0; j < d; j++) {
    arb_set_d(x, b[j]);
    arb_div_ui(x, x, p->n, BITS);
    arb_add(arb_mat_entry(t->b, (slong)j, 0), arb_mat_entry(t->b, (slong)j, 0), x, BITS);
    if (sk.kind == IST_SCALED_PERM) {
      divide_by_root(x, (double)p->n);
      divide_by_root(x, L[j * d + j]);
    }
    arb_add(arb_mat_entry(t->v, (slong)j, 0), arb_mat_entry(t->v, (slong)j, 0), x, BITS);
    for (size_t k = 0; k < d; k++) {
      arb_struct *mean = arb_mat_entry(t->L, (slong)j, (slong)k);
      arb_struct *scaled = arb_mat_entry(t->B, (slong)j, (slong)k);
      arb_set_d(x, L[j * d + k]);
      arb_div_ui(x, x, p->n, BITS);
      arb_add(mean, mean, x, BITS);
      if (sk.kind == IST_SCALED_PERM) {
        divide_by_root(x, L[j * d + j]);
        divide_by_root(x, L[k * d + k]);
      }
      arb_add(scaled, scaled, x, BITS);
    }
  }
  arb_clear(x);
}

/** From the means: E[B] = s [D + rho (M - D)]; E[v]: the mean of P_i u_i n, with the weights of the
 *  table of sketches. */
static void weigh(truth *t, const ist_problem *p, ist_sketch sk) {
  const size_t d = p->d, n = p->n, q = sk.q;
  for (size_t j = 0; j < d; j++) {
    arb_struct *v = arb_mat_entry(t->v, (slong)j, 0);
    if (sk.kind == IST_PERM || sk.kind == IST_SCALED_PERM) { /* n p_1 = n q / d, here 1 */
      arb_mul_ui(v, v, n * q, BITS);
      arb_div_ui(v, v, d, BITS);
    } /* others: n p_1 (d/(q n)) b_i = b_i */
    for (size_t k = 0; k < d; k++) {
      arb_struct *B = arb_mat_entry(t->B, (slong)j, (slong)k);
      if (sk.kind == IST_PERM)
        arb_mul_ui(B, B, n, BITS);
      if (sk.kind == IST_RAND) {
        arb_mul_ui(B, B, d, BITS);
        arb_div_ui(B, B, q, BITS);
      }
      if (j != k) {
        arb_mul_ui(B, B, q - 1, BITS);
        arb_div_ui(B, B, d - 1, BITS);
      }
    }
  }
}

static void open_truth(truth *t, const ist_problem *p, ist_sketch sk) {
  const slong d = (slong)p->d;
  arb_mat_init(t->L, d, d);
  arb_mat_init(t->B, d, d);
  arb_mat_init(t->b, d, 1);
  arb_mat_init(t->v, d, 1);
  arb_mat_init(t->star, d, 1);
  arb_mat_init(t->fixed, d, 1);
  for (size_t i = 0; i < p->n; i++)
    add_worker(t, p, sk, i);
  weigh(t, p, sk);
  cr_assert(arb_mat_solve(t->star, t->L, t->b, BITS));
  cr_assert(arb_mat_solve(t->fixed, t->B, t->v, BITS));
}

static void close_truth(truth *t) {
  arb_mat_clear(t->L);
  arb_mat_clear(t->B);
  arb_mat_clear(t->b);
  arb_mat_clear(t->v);
  arb_mat_clear(t->star);
  arb_mat_clear(t->fixed);
}

/** (x - y)'A(x - y), A: the identity if NULL. */
static void distance_sq(arb_t out, const double *x, const arb_mat_t y, const arb_mat_t A) {
  const slong d = arb_mat_nrows(y);
  arb_mat_t z, row, product;
  arb_mat_init(z, d, 1);
  arb_mat_init(row, 1, d);
  arb_mat_init(product, 1, 1);
  for (slong j = 0; j < d; j++) {
    arb_set_d(arb_mat_entry(z, j, 0), x[j]);
    arb_sub(arb_mat_entry(z, j, 0), arb_mat_entry(z, j, 0), arb_mat_entry(y, j, 0), BITS);
  }
  arb_mat_transpose(row, z);
  if (A != NULL)
    arb_mat_mul(row, row, A, BITS);
  arb_mat_mul(product, row, z, BITS);
  arb_set(out, arb_mat_entry(product, 0, 0));
  arb_mat_clear(z);
  arb_mat_clear(row);
  arb_mat_clear(product);
}

/** What came of all comparisons. */
typedef struct {
  size_t bounds, missing;
  double tightest; /**< the largest error / bound */
} tally;

/** |value - exact| <= bound, for certain. */
static void compare(const char *name, double value, const arb_t exact, ist_scalar bound, tally *t) {
  arb_t error;
  if (!bound.exists) {
    t->missing++;
    return;
  }
  arb_init(error);
  arb_set_d(error, value);
  arb_sub(error, error, exact, BITS);
  arb_abs(error, error);
  const double distance = arf_get_d(arb_midref(error), ARF_RND_UP);
  cr_expect_leq(distance, bound.value, "%s: %.17g is off by %g, not %g", name, value, distance,
                bound.value);
  t->bounds++;
  if (bound.value > 0)
    t->tightest = fmax(t->tightest, distance / bound.value);
  arb_clear(error);
}

/** The digits that the table shows are within one unit of their last place. */
static void compare_digits(double value, const arb_t exact, ist_scalar bound) {
  char text[IST_DIGITS_SIZE];
  arb_t shown, error;
  if (!bound.exists)
    return;
  ist_digits(value, bound, text);
  arb_init(shown);
  arb_init(error);
  const bool upper = strncmp(text, "< ", 2) == 0;
  cr_assert_eq(arb_set_str(shown, upper ? text + 2 : text, BITS), 0, "%s", text);
  if (upper)
    cr_expect(arb_lt(exact, shown), "%s", text);
  else {
    const char *point = strchr(text, '.'), *exponent = strchr(text, 'e');
    const size_t end = exponent != NULL ? (size_t)(exponent - text) : strlen(text);
    const int places = point != NULL ? (int)(text + end - point) - 1 : 0;
    const int place = (exponent != NULL ? atoi(exponent + 1) : 0) - places;
    arb_sub(error, shown, exact, BITS);
    arb_abs(error, error);
    arb_set_d(shown, 10);
    arb_pow_ui(shown, shown, (ulong)abs(place), BITS);
    if (place < 0)
      arb_inv(shown, shown, BITS);
    cr_expect(arb_le(error, shown), "%s", text);
  }
  arb_clear(shown);
  arb_clear(error);
}

/** Measures x and compares. */
static void measure(const double *x, ist_meter *meter, const ist_landmarks *l,
                    const ist_surroundings *around, const truth *t, tally *count) {
  ist_metrics m;
  ist_metric_errors e;
  arb_t gap, fixed;
  cr_assert(ist_measure(meter, x, &m));
  ist_metric_errors_find(meter, l, around, &e);
  arb_init(gap);
  arb_init(fixed);
  distance_sq(gap, x, t->star, t->L);
  arb_mul_2exp_si(gap, gap, -1);
  compare("f_gap", m.f_gap, gap, e.f_gap, count);
  compare_digits(m.f_gap, gap, e.f_gap);
  if (m.has_fixed) {
    distance_sq(fixed, x, t->fixed, NULL);
    compare("dist_fixed_sq", m.dist_fixed_sq, fixed, e.dist_fixed_sq, count);
    compare_digits(m.dist_fixed_sq, fixed, e.dist_fixed_sq);
  }
  arb_clear(gap);
  arb_clear(fixed);
}

/** Iterates: zero, x*, x_fixed, and points at rising distances from x*. */
static void measure_all(ist_meter *meter, const ist_landmarks *l, const ist_surroundings *around,
                        const truth *t, tally *count) {
  const size_t d = meter->d;
  const double *fixed = ist_landmarks_fixed(l);
  double x[32] = {0}, noise[32];
  measure(x, meter, l, around, t, count);
  measure(l->star.x, meter, l, around, t, count);
  if (fixed != NULL)
    measure(fixed, meter, l, around, t, count);
  random_vector(7, d, noise);
  for (int size = -60; size <= 20; size += 5) {
    for (size_t j = 0; j < d; j++)
      x[j] = l->star.x[j] + ldexp(noise[j], size);
    measure(x, meter, l, around, t, count);
  }
}

/** All sketches that fit the problem, which is freed. */
static tally examine(ist_problem p) {
  tally count = {0};
  for (ist_sketch_kind kind = IST_IDENTITY; kind <= IST_RAND; kind++) {
    ist_sketch sk;
    ist_constants c;
    ist_mean_errors means;
    ist_landmarks l;
    ist_surroundings around;
    ist_meter meter;
    truth t;
    if (ist_sketch_resolve(&p, kind, 0, &sk, &status) != IST_OK)
      continue;
    cr_assert_eq(ist_constants_for_run(&p, sk, false, &c, &status), IST_OK, "%s", status.text);
    cr_assert_eq(ist_mean_errors_find(&means, &p, sk, c.L_bar, &status), IST_OK);
    cr_assert_eq(ist_landmarks_find(&l, &c, &status), IST_OK, "%s", status.text);
    cr_assert_eq(ist_landmarks_enclose(&l, &means, &around, &status), IST_OK);
    cr_assert(ist_meter_open_at(&meter, c.d, c.L_bar, l.star.x, ist_landmarks_fixed(&l)));
    open_truth(&t, &p, sk);
    measure_all(&meter, &l, &around, &t, &count);
    close_truth(&t);
    ist_meter_close(&meter);
    ist_surroundings_close(&around);
    ist_landmarks_close(&l);
    free(means.L);
    ist_constants_free(&c);
  }
  ist_problem_free(&p);
  return count;
}

/** The entries of a random problem made into numbers with all bits, by factors around a third. */
static ist_problem full_bits(ist_problem p) {
  const size_t d = p.d;
  for (size_t i = 0; i < ist_problem_L_count(&p); i++)
    for (size_t j = 0; j < d; j++)
      for (size_t k = 0; k <= j; k++) {
        double *L = p.L + i * d * d;
        L[j * d + k] = L[k * d + j] = L[j * d + k] / (3 + 0.1 * (double)i);
      }
  for (size_t j = 0; j < ist_problem_b_count(&p) * d; j++)
    p.b[j] /= 7;
  return p;
}

static ist_problem hilbert(size_t d, size_t n) {
  ist_problem p = random_problem(3, d, n, 1, n, false);
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++)
      p.L[j * d + k] = 1.0 / (double)(j + k + 1);
  return p;
}

/** D L_i D, D of powers of ten from 1 to 10^reach. */
static ist_problem graded(size_t d, size_t n, double reach) {
  ist_problem p = full_bits(random_problem(5, d, n, n, n, false));
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < d; j++)
      for (size_t k = 0; k <= j; k++) {
        double *L = p.L + i * d * d;
        const double factor = pow(10, reach * (double)(j + k) / (double)d);
        L[j * d + k] = L[k * d + j] = L[j * d + k] * factor;
      }
  return p;
}

Test(metric_errors, random_problems) {
  static const size_t shapes[][4] = {{1, 1, 1, 1}, {2, 2, 2, 2},  {6, 3, 3, 3}, {6, 3, 1, 3},
                                     {6, 3, 3, 1}, {12, 4, 4, 4}, {8, 8, 8, 8}, {12, 12, 1, 1}};
  double tightest = 0;
  for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
    for (unsigned long seed = 1; seed <= 3; seed++) {
      const size_t *s = shapes[i];
      tally t = examine(full_bits(random_problem(seed, s[0], s[1], s[2], s[3], false)));
      cr_expect_eq(t.missing, 0);
      cr_expect_gt(t.bounds, 60);
      tightest = fmax(tightest, t.tightest);
    }
  printf("largest error/bound: %.3g\n", tightest);
  /* A bound far above every error would be true and useless. */
  cr_expect_gt(tightest, 0.01);
}

Test(metric_errors, interpolation) {
  tally t = examine(full_bits(random_problem(2, 6, 3, 3, 3, true)));
  cr_expect_eq(t.missing, 0);
}

/** Condition numbers from 5e2 to 1e13; beyond 10^12 or so the eigenvalue has no bound. */
Test(metric_errors, ill_conditioned) {
  for (size_t d = 3; d <= 10; d++) {
    tally t = examine(hilbert(d, d));
    cr_expect(t.missing == 0 || d > 8, "d = %zu: %zu bounds are missing", d, t.missing);
    cr_expect_gt(t.bounds, 0);
  }
}

/** Coordinates in units of their own cost nothing. */
Test(metric_errors, badly_scaled) {
  static const double reaches[] = {-20, -8, 8, 20};
  for (size_t i = 0; i < sizeof reaches / sizeof *reaches; i++) {
    tally t = examine(graded(8, 4, reaches[i]));
    cr_expect_eq(t.missing, 0, "10^%g", reaches[i]);
  }
}

/** E[B] of scaled Perm-2 with a negative eigenvalue, though L_bar is positive definite: L_1 and L_2
 *  have opposite large entries off their diagonals, and their diagonals weigh them differently. */
Test(metric_errors, indefinite_mean_round) {
  ist_problem p = random_problem(1, 4, 2, 2, 2, false);
  for (size_t j = 0; j < 4; j++)
    for (size_t k = 0; k < 4; k++) {
      p.L[4 * j + k] = j == k ? 1 + 1.0 / 3 : 30 + (double)(j + k) / 7;
      p.L[16 + 4 * j + k] = j == k ? 301.0 / 3 : -(30 + (double)(j + k) / 7);
    }
  ist_sketch sk;
  ist_constants c;
  ist_landmarks l;
  cr_assert_eq(ist_sketch_resolve(&p, IST_SCALED_PERM, 0, &sk, &status), IST_OK);
  cr_assert_eq(ist_constants_for_run(&p, sk, false, &c, &status), IST_OK, "%s", status.text);
  cr_assert_eq(ist_landmarks_find(&l, &c, &status), IST_OK);
  cr_assert(l.has_fixed && !l.fixed.definite);
  ist_landmarks_close(&l);
  ist_constants_free(&c);
  tally t = examine(p);
  cr_expect_eq(t.missing, 0);
}
