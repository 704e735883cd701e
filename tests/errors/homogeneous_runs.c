/* Random homogeneous runs, eq. (31): the measured error against the proved bound, entry by entry.

   usage: homogeneous_runs [--runs N] [--seed S]

   Each run draws b, n, x0, gamma and K, computes c = b / sqrt(n) with ist_fixed_point and K rounds
   with ist_homogeneous_rounds, and encloses the exact iterate in ball arithmetic twice: towards the
   computed c, as the contract states its bound, and towards the exact b / sqrt(n), where the error
   of c counts too. Prints the largest error / bound of both; exits with 1 at the first entry whose
   error is not certainly within its bound, and with 2 on wrong usage. */
#include "../support/adversarial.h"
#include "../support/exact_logic.h"
#include "kernel/homogeneous.h"
#include "kernel/range.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { D_MAX = 4, K_BITS = 10, BITS = 320 };

typedef struct {
  double b[D_MAX], x0[D_MAX], c[D_MAX], x[D_MAX], gamma;
  size_t d, n, K;
} run;

/* Enclosures, and the largest error / bound so far. */
typedef struct {
  arb_t start, target, power, value, bound, more;
  double rounds, whole;
} measure;

static void measure_init(measure *m) {
  arb_init(m->start);
  arb_init(m->target);
  arb_init(m->power);
  arb_init(m->value);
  arb_init(m->bound);
  arb_init(m->more);
  m->rounds = m->whole = 0;
}

static void measure_clear(measure *m) {
  arb_clear(m->start);
  arb_clear(m->target);
  arb_clear(m->power);
  arb_clear(m->value);
  arb_clear(m->bound);
  arb_clear(m->more);
  flint_cleanup();
}

/* Entry j starts anywhere within the contract's limits, or so near c that rounds may stall. */
static double draw_start(gsl_rng *rng, test_kind kind, double c, double gamma) {
  switch (gsl_rng_uniform_int(rng, 4)) {
  case 0:
    return -c;
  case 1: {
    const double near = c * (1 + gsl_rng_uniform(rng) * 0x1p-52 / gamma);
    return fabs(near) <= 0x1p161 ? near : c;
  }
  default:
    return test_adversarial(rng, kind, 0x1p161);
  }
}

static void draw(gsl_rng *rng, run *r) {
  const test_kind kind = (test_kind)gsl_rng_uniform_int(rng, TEST_KINDS);
  r->d = 1 + gsl_rng_uniform_int(rng, D_MAX);
  r->n = gsl_rng_uniform_int(rng, 2) == 0 ? r->d : 1 + gsl_rng_uniform_int(rng, IST_DIM_MAX);
  r->gamma = test_adversarial_step(rng);
  r->K = (size_t)exp2((K_BITS + 1) * gsl_rng_uniform(rng)) / 2;
  test_fill_adversarial(rng, kind, IST_ENTRY_MAX, r->b, r->d);
  ist_fixed_point(r->b, r->d, r->n, r->c);
  for (size_t j = 0; j < r->d; j++)
    r->x0[j] = draw_start(rng, kind, r->c[j], r->gamma);
  memcpy(r->x, r->x0, sizeof r->x);
  ist_homogeneous_rounds(r->x, r->c, r->d, r->gamma, r->K);
}

/* Entry j against the clause of ist_homogeneous_rounds: from the computed c. */
static bool check_rounds(measure *m, const run *r, size_t j) {
  double ratio;
  arb_set_d(m->start, r->x0[j]);
  arb_set_d(m->target, r->c[j]);
  exact_homogeneous(m->power, m->value, r->gamma, m->start, m->target, r->K, BITS);
  exact_drift(m->bound, r->gamma, r->K, r->x0[j], r->c[j], BITS);
  const bool within = exact_within(r->x[j], m->value, m->bound, &ratio, BITS);
  m->rounds = fmax(m->rounds, ratio);
  return within;
}

/* The same from the exact b / sqrt(n): with the error of c times 1 - (1 - gamma)^K. */
static bool check_whole(measure *m, const run *r, size_t j) {
  double ratio;
  exact_quotient(m->target, m->more, r->b[j], r->n, BITS);
  exact_homogeneous(m->power, m->value, r->gamma, m->start, m->target, r->K, BITS);
  arb_sub_ui(m->power, m->power, 1, BITS);
  arb_submul(m->bound, m->power, m->more, BITS);
  const bool within = exact_within(r->x[j], m->value, m->bound, &ratio, BITS);
  m->whole = fmax(m->whole, ratio);
  return within;
}

static bool check(measure *m, const run *r) {
  for (size_t j = 0; j < r->d; j++)
    if (!check_rounds(m, r, j) || !check_whole(m, r, j)) {
      printf("above its bound: gamma %a, K %zu, n %zu, x0 %a, b %a, c %a: %a\n", r->gamma, r->K,
             r->n, r->x0[j], r->b[j], r->c[j], r->x[j]);
      return false;
    }
  return true;
}

/* A whole number, or an end with status 2. */
static unsigned long whole_number(const char *text) {
  char *end;
  errno = 0;
  const unsigned long value = strtoul(text, &end, 10);
  if (errno != 0 || *text < '0' || *text > '9' || *end != '\0') {
    fprintf(stderr, "not a whole number: %s\n", text);
    exit(2);
  }
  return value;
}

static void read_options(int argc, char **argv, unsigned long *runs, unsigned long *seed) {
  static const struct option OPTIONS[] = {{"runs", required_argument, NULL, 'r'},
                                          {"seed", required_argument, NULL, 's'},
                                          {NULL, 0, NULL, 0}};
  for (int option; (option = getopt_long(argc, argv, "", OPTIONS, NULL)) != -1;)
    if (option == 'r')
      *runs = whole_number(optarg);
    else if (option == 's')
      *seed = whole_number(optarg);
    else
      exit(2);
  if (optind != argc) {
    fprintf(stderr, "usage: %s [--runs N] [--seed S]\n", argv[0]);
    exit(2);
  }
}

int main(int argc, char **argv) {
  unsigned long runs = 1000000, seed = 1, entries = 0;
  bool within = true;
  measure m;
  run r;
  read_options(argc, argv, &runs, &seed);
  gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
  gsl_rng_set(rng, seed);
  measure_init(&m);
  for (unsigned long k = 0; within && k < runs; k++) {
    draw(rng, &r);
    within = check(&m, &r);
    entries += r.d;
  }
  const char *slash = strrchr(argv[0], '/');
  printf("%s: seed %lu, %lu runs, %lu entries, worst error/bound: rounds %.6f, from b %.6f: %s\n",
         slash != NULL ? slash + 1 : argv[0], seed, runs, entries, m.rounds, m.whole,
         within ? "all within" : "FAILED");
  measure_clear(&m);
  gsl_rng_free(rng);
  return within ? 0 : 1;
}
