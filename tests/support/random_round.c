#include "random_round.h"

#include "exact_logic.h"
#include "kernel/range.h"
#include "kernel/sketch.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <string.h>

const char *const TEST_SKETCH_NAMES[] = {"identity", "perm", "scaled perm", "rand"};

void test_round_shape(test_random_round *r, test_sketch sketch, size_t d, size_t n, size_t q,
                      bool shared) {
  r->sketch = sketch;
  r->round = (ist_team){.d = d,
                        .n = n,
                        .q = q,
                        .L = r->L,
                        .b = r->b,
                        .s = r->s,
                        .L_stride = shared ? 0 : d * d,
                        .b_stride = shared ? 0 : d,
                        .s_stride = shared ? 0 : d,
                        .block = r->block};
}

/* How many different workers there are. */
static size_t distinct(const test_random_round *r) {
  return r->round.L_stride == 0 ? 1 : r->round.n;
}

static void fill_scales(test_random_round *r, size_t i) {
  const size_t d = r->round.d;
  double *s = r->s + i * d;
  switch (r->sketch) {
  case TEST_IDENTITY:
    ist_scale_identity(s, d);
    break;
  case TEST_PERM:
    ist_scale_perm(s, d, r->round.n);
    break;
  case TEST_RAND:
    ist_scale_rand(s, d, r->round.q);
    break;
  default:
    ist_scale_diagonal(s, d, r->round.n, r->L + i * d * d);
  }
}

void test_round_scales(test_random_round *r) {
  for (size_t i = 0; i < distinct(r); i++)
    fill_scales(r, i);
}

/* Blocks of one permutation, or of one for each worker. */
void test_round_draw(test_random_round *r, gsl_rng *rng) {
  const bool independent = r->sketch == TEST_IDENTITY || r->sketch == TEST_RAND;
  const size_t d = r->round.d, q = r->round.q;
  size_t p[TEST_ROUND_LARGEST];
  for (size_t j = 0; j < d; j++)
    p[j] = j;
  gsl_ran_shuffle(rng, p, d, sizeof *p);
  for (size_t i = 0; i < r->round.n; i++) {
    if (independent)
      gsl_ran_shuffle(rng, p, d, sizeof *p);
    memcpy(r->block + i * q, p + (independent ? 0 : i * q), q * sizeof *p);
  }
}

/* A symmetric matrix whose diagonal a scaled sketch accepts. */
static void fill_matrix(gsl_rng *rng, test_kind kind, double *matrix, size_t d) {
  for (size_t i = 0; i < d; i++)
    for (size_t j = 0; j <= i; j++)
      matrix[i * d + j] = matrix[j * d + i] = test_adversarial(rng, kind, IST_ENTRY_MAX);
  for (size_t j = 0; j < d; j++)
    matrix[j * d + j] = fmax(IST_DIAGONAL_MIN, fabs(matrix[j * d + j]));
}

void test_round_fill(test_random_round *r, gsl_rng *rng, test_kind kind) {
  const size_t d = r->round.d;
  for (size_t i = 0; i < distinct(r); i++) {
    fill_matrix(rng, kind, r->L + i * d * d, d);
    test_fill_adversarial(rng, kind, IST_ENTRY_MAX, r->b + i * d, d);
  }
  test_round_scales(r);
  test_fill_adversarial(rng, kind, IST_ENTRY_MAX, r->x, d);
  test_round_draw(r, rng);
}

void test_round_fill_definite(test_random_round *r, gsl_rng *rng) {
  const size_t d = r->round.d;
  for (size_t i = 0; i < distinct(r); i++)
    test_fill_positive_definite(rng, r->L + i * d * d, d);
  test_fill_normal(rng, r->b, distinct(r) * d, 1);
  test_round_scales(r);
  test_fill_normal(rng, r->x, d, 1);
  test_round_draw(r, rng);
}

/* The scale of coordinate j by worker i. */
static void exact_entry(arb_t scale, const test_random_round *r, size_t i, size_t j, slong prec) {
  const size_t d = r->round.d;
  arb_t allowance;
  arb_init(allowance);
  if (r->sketch == TEST_SCALED_PERM) {
    exact_scale(scale, allowance, r->round.n, r->L[i * d * d + j * d + j], prec);
  } else if (r->sketch == TEST_RAND) {
    arb_set_ui(scale, d);
    arb_div_ui(scale, scale, r->round.q, prec);
  } else {
    arb_set_d(scale, r->s[i * d + j]);
  }
  arb_clear(allowance);
}

void test_round_exact_scales(arb_ptr scale, const test_random_round *r, slong prec) {
  for (size_t i = 0; i < distinct(r); i++)
    for (size_t j = 0; j < r->round.d; j++)
      exact_entry(scale + i * r->round.d + j, r, i, j, prec);
}

static bool is_perm(test_sketch sketch) {
  return sketch == TEST_PERM || sketch == TEST_SCALED_PERM;
}

static size_t block_size(gsl_rng *rng, test_sketch sketch, size_t d, size_t n) {
  if (is_perm(sketch))
    return d / n;
  return sketch == TEST_IDENTITY ? d : 1 + gsl_rng_uniform_int(rng, d);
}

static void visit_sizes(gsl_rng *rng, test_sketch sketch, test_kind kind, size_t d, size_t n,
                        test_round_visit *visit) {
  static test_random_round r;
  for (int trial = 0; trial < 3; trial++) {
    const size_t q = block_size(rng, sketch, d, n);
    const double gamma =
        trial == 2 ? test_adversarial(rng, kind, IST_SCALE_MAX) : test_adversarial_step(rng);
    test_round_shape(&r, sketch, d, n, q, trial == 0);
    test_round_fill(&r, rng, kind);
    visit(&r, gamma);
  }
}

void test_round_visit_all(gsl_rng *rng, test_sketch sketch, test_kind kind,
                          test_round_visit *visit) {
  for (size_t d = 1; d <= TEST_ROUND_LARGEST; d += d < 4 ? 1 : 4)
    for (size_t n = 1; n <= d; n++)
      if (!is_perm(sketch) || d % n == 0)
        visit_sizes(rng, sketch, kind, d, n, visit);
}
