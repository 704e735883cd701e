/** An example of libist: rounds of Perm-q on a problem directory, beside their expectation.
 *
 *  usage: descend PROBLEM ROUNDS RUNS
 *  cc descend.c $(pkg-config --cflags --libs ist) -lm */
#define _XOPEN_SOURCE 600
#include <ist.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/** What rounds write to. */
typedef struct {
  size_t *draw, *permutation, *owner, *block, *fill;
  double *scale, *submodels, *gradients, *sum, *x;
} workspace;

static bool allocate(workspace *w, size_t d, size_t n) {
  size_t *index = calloc(4 * d + n, sizeof *index);
  double *entry = calloc(5 * d, sizeof *entry);
  if (index == NULL || entry == NULL) {
    free(index);
    free(entry);
    return false;
  }
  *w = (workspace){index, index + d, index + 2 * d, index + 3 * d, index + 4 * d,
                   entry, entry + d, entry + 2 * d, entry + 3 * d, entry + 4 * d};
  return true;
}

/** A number that is uniform on {0..bound-1}: those that would make it uneven are drawn again. */
static size_t uniform(size_t bound) {
  const size_t limit = (1ul << 31) - (1ul << 31) % bound;
  size_t number;
  do
    number = (size_t)lrand48();
  while (number >= limit);
  return number % bound;
}

/** One round x <- x - gamma g. The kernel demands |x| <= IST_ENTRY_MAX: the caller checks. */
static void take_round(const ist_problem *p, size_t q, double gamma, workspace *w) {
  for (size_t k = 1; k < p->d; k++)
    w->draw[k] = uniform(k + 1);
  ist_shuffle(w->permutation, p->d, w->draw);
  ist_owner(w->permutation, p->d, q, w->owner);
  ist_blocks(w->owner, p->d, p->n, q, w->block, w->fill);
  ist_round(w->x, p->L, p->L_stride, p->b, p->b_stride, w->scale, 0, w->block, p->d, p->n, q, gamma,
            w->submodels, w->gradients, w->sum);
}

/** f(x_K) - f(x*) of one run from 0; NaN if an iterate leaves the kernel's range. */
static double run(const ist_problem *p, const ist_constants *c, size_t rounds, workspace *w) {
  for (size_t j = 0; j < p->d; j++)
    w->x[j] = 0;
  for (size_t k = 0; k < rounds; k++) {
    take_round(p, c->q, c->step_max.value, w);
    if (!ist_bounded(w->x, p->d, IST_ENTRY_MAX))
      return NAN;
  }
  return ist_value(c->L_bar, c->b_bar, w->x, c->d, w->sum) - c->f_star;
}

/** Prints the mean of many runs and its standard error. */
static void sample(const ist_problem *p, const ist_constants *c, size_t rounds, size_t runs,
                   workspace *w) {
  double mean = 0, squares = 0;
  for (size_t r = 0; r < runs; r++) {
    const double value = run(p, c, rounds, w), change = value - mean;
    mean += change / (double)(r + 1);
    squares += change * (value - mean);
  }
  printf("sampled %.17g\n", mean);
  printf("error %.17g\n", sqrt(squares / (double)(runs - 1) / (double)runs));
}

/** Prints E f(x_K) - f(x*) of runs from x0. */
static ist_code expect(const ist_problem *p, const ist_constants *c, size_t rounds,
                       const double *x0, ist_status *s) {
  ist_expectation *rows = calloc(rounds + 1, sizeof *rows);
  if (rows == NULL)
    return ist_fail(s, IST_MACHINE, "not enough memory");
  const ist_method method = {p, c->sketch, c->step_max.value, 0};
  const ist_targets targets = {c->L_bar, c->x_star, c->x_fixed};
  const ist_code code = ist_expect(&method, &targets, x0, rounds, rows, NULL, NULL, s);
  if (code == IST_OK)
    printf("expected %.17g\n", rows[rounds].f_gap);
  free(rows);
  return code;
}

static void descend(const ist_problem *p, const ist_constants *c, size_t rounds, size_t runs,
                    ist_status *s) {
  workspace w;
  if (!c->theta.exists) {
    ist_fail(s, IST_NOT_EXIST, "%s", c->theta.reason);
  } else if (!allocate(&w, p->d, p->n)) {
    ist_fail(s, IST_MACHINE, "not enough memory");
  } else {
    ist_scale_perm(w.scale, p->d, p->n);
    printf("theta %.17g\n", c->theta.value);
    if (expect(p, c, rounds, w.x, s) == IST_OK)
      sample(p, c, rounds, runs, &w);
    free(w.draw);
    free(w.scale);
  }
}

int main(int argc, char **argv) {
  if (argc != 4) {
    fprintf(stderr, "usage: descend PROBLEM ROUNDS RUNS\n");
    return IST_USAGE;
  }
  ist_problem p = {0};
  ist_constants c = {0};
  ist_sketch sketch;
  ist_status s = {IST_OK, ""};
  if (ist_check_arithmetic_of_threads(&s) == IST_OK &&
      ist_problem_load(argv[1], 0, &p, &s) == IST_OK &&
      ist_sketch_resolve(&p, IST_PERM, 0, &sketch, &s) == IST_OK &&
      ist_constants_compute(&p, sketch, &c, &s) == IST_OK)
    descend(&p, &c, strtoul(argv[2], NULL, 10), strtoul(argv[3], NULL, 10), &s);
  if (s.code == IST_OK) /* what was printed is to be believed only now */
    ist_check_arithmetic_of_threads(&s);
  if (s.code != IST_OK)
    fprintf(stderr, "descend: %s\n", s.text);
  ist_constants_free(&c);
  ist_problem_free(&p);
  return (int)s.code;
}
