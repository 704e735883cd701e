/** An example of libist: runs of Perm-q on a problem directory, beside their expectation.
 *
 *  usage: descend PROBLEM ROUNDS RUNS
 *  cc descend.c $(pkg-config --cflags --libs ist) -lm */
#include <ist.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/** Prints the mean of f(x_K) - f(x*) of many runs from 0, and its standard error. */
static ist_code sample(const ist_problem *p, const ist_constants *c, size_t rounds, size_t runs,
                       ist_status *s) {
  double mean = 0, squares = 0;
  ist_run_settings settings = ist_run_defaults();
  settings.step_auto = false;
  settings.step = c->step_max.value;
  settings.rounds = rounds;
  for (size_t r = 0; r < runs; r++) {
    ist_run_result result;
    settings.seed = r;
    if (ist_run(p, c->sketch, &settings, &result, s) != IST_OK)
      return s->code;
    const double change = result.metrics.f_gap - mean;
    mean += change / (double)(r + 1);
    squares += change * (result.metrics.f_gap - mean);
    ist_run_result_free(&result);
  }
  printf("sampled %.17g\n", mean);
  printf("error %.17g\n", sqrt(squares / (double)(runs - 1) / (double)runs));
  return IST_OK;
}

/** Prints E f(x_K) - f(x*) of these runs. */
static ist_code expect(const ist_problem *p, const ist_constants *c, size_t rounds, ist_status *s) {
  double *x0 = calloc(c->d, sizeof *x0);
  ist_expectation *rows = calloc(rounds + 1, sizeof *rows);
  const ist_method method = {p, c->sketch, c->step_max.value, 0};
  const ist_targets targets = {c->L_bar, c->x_star, c->x_fixed};
  ist_code code = IST_OK;
  if (x0 == NULL || rows == NULL)
    code = ist_fail(s, IST_MACHINE, "not enough memory");
  else
    code = ist_expect(&method, &targets, x0, rounds, rows, NULL, NULL, s);
  if (code == IST_OK)
    printf("expected %.17g\n", rows[rounds].f_gap);
  free(x0);
  free(rows);
  return code;
}

static ist_code descend(const ist_problem *p, const ist_constants *c, size_t rounds, size_t runs,
                        ist_status *s) {
  if (!c->theta.exists)
    return ist_fail(s, IST_NOT_EXIST, "%s", c->theta.reason);
  printf("theta %.17g\n", c->theta.value);
  if (expect(p, c, rounds, s) != IST_OK)
    return s->code;
  return sample(p, c, rounds, runs, s);
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
