/** E1 and N14: iterations that diverge at the scale that is printed, and at the step size that (17)
 *  admits where it is read as sufficient. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "check/exact_round.h"
#include "check/verdict.h"
#include "curves.h"
#include "moments/ball_dynamics.h"
#include "moments/dynamics.h"
#include "moments/rounding.h"
#include "run/iterates.h"
#include "spectral/ball_eigen.h"

#define NAME "divergence"

/** Rounds shown. */
#define ROUNDS 40

/** E1: L = [[5,4],[4,5]], n = 2, step size 1. L^{-1/2} = [[2,-1],[-1,2]]/3. */
static const double scale_L[] = {5, 4, 4, 5};
#define SCALE_FACTOR (-11.0 / 9)
enum { SCALE_ROUND, SCALE_PRINTED, SCALE_PREDICTED, SCALE_CORRECTED, SCALE_COLUMNS };

/** N14: L_i = 28 I, I, I; theta of (17) is 30, the smallest theta in (14) is 393/5. */
static const double step_diagonal[] = {28, 1, 1};
static const double step_gammas[] = {1.0 / 30, 5.0 / 393};

/** The problem with n shared or own matrices count, interpolation. */
static ist_code make_problem(size_t d, size_t count, ist_problem *p, ist_status *s) {
  if (!ist_problem_alloc(p, d, d, count, 1))
    return ist_reproduction_no_memory(s);
  p->interpolation = true;
  return IST_OK;
}

/** Where the observer writes ||x_k||^2. */
typedef struct {
  ist_table *table;
  size_t column, d;
} target;

static void observe(void *context, size_t k, const double *x) {
  const target *t = context;
  double sum = 0;
  for (size_t j = 0; j < t->d; j++)
    sum += x[j] * x[j];
  *ist_table_at(t->table, k, t->column) = sum;
}

/** E1: the printed scale, what it should lead to, and the corrected scale. */
static ist_code follow_scales(const ist_reproduction *t, const ist_problem *p, ist_table *table,
                              ist_status *s) {
  static const double x0[] = {1, 1};
  const double root = 2.0 / 3, printed[] = {sqrt(2) * root, sqrt(2) * root};
  ist_iterates g = {.p = p,
                    .sketch = {IST_SCALED_PERM, 1},
                    .scales = printed,
                    .x0 = x0,
                    .gamma = 1,
                    .rounds = ROUNDS,
                    .seed = t->seed};
  target to = {table, SCALE_PRINTED, 2};
  if (ist_iterates_show(&g, observe, &to, s) != IST_OK)
    return s->code;
  g.scales = NULL;
  to.column = SCALE_CORRECTED;
  return ist_iterates_show(&g, observe, &to, s);
}

/** ||x_rounds|| / ||x_0|| in the arena w, of the method with one sketch and step gamma; the two
 *  permutations by turns, as nothing depends on them. */
static ist_ball growth_of_scales(ist_balls *w, const ist_problem *p, ist_sketch sketch,
                                 ist_ball gamma, size_t rounds) {
  static const double x0[] = {1, 1};
  static const size_t blocks[][2] = {{0, 1}, {1, 0}};
  const ist_ball_method m = {.p = p, .sk = sketch, .precision = w->precision};
  double spent = 0;
  ist_exact exact;
  ist_exact_open(&exact, &m, x0, &spent);
  ist_ball_matrix x = ist_exact_x0(&exact), start = x;
  for (size_t k = 0; k < rounds; k++)
    x = ist_exact_round(w, &exact, blocks[k % 2], gamma, x);
  ist_ball ratio = ist_ball_div(w, ist_ball_inner(w, x, x), ist_ball_inner(w, start, start));
  ist_exact_close(&exact);
  arb_struct *root = ist_ball_new(w);
  arb_sqrtpos(root, ratio, w->precision); /* a square, if enclosed around 0 */
  return root;
}

/** The printed scale sqrt(n) r, r = [L^{-1/2}]_jj, is that of Perm-1 with step r^2/n. */
static ist_ball printed_step(ist_balls *w, const ist_problem *p) {
  ist_ball_matrix root = ist_ball_inverse_root_diagonal(w, ist_ball_matrix_of(w, p->L, 2, 2));
  return ist_ball_times(w, ist_ball_square(w, ist_ball_entry(root, 0, 0)), 0.5);
}

/** In exact arithmetic; the runs of the table are rounded. */
static ist_code check_scales(ist_reproduction *t, const ist_problem *p, ist_status *s) {
  ist_finding f;
  ist_balls work, *w = &work;
  ist_balls_open(w, IST_REPRODUCTION_BITS);
  ist_ball factor = ist_ball_div(w, ist_ball_of(w, 11), ist_ball_of(w, 9));
  ist_ball expected = ist_ball_power(w, factor, ROUNDS), one = ist_ball_of(w, 1);
  ist_verdict_equal(w, &f,
                    growth_of_scales(w, p, (ist_sketch){IST_PERM, 1}, printed_step(w, p), ROUNDS),
                    expected, expected);
  ist_code code =
      ist_reproduction_record(t, "E1", NAME, "printed scale: |x_40| / |x_0| = (11/9)^40", &f, s);
  ist_verdict_equal(w, &f, growth_of_scales(w, p, (ist_sketch){IST_SCALED_PERM, 1}, one, 1),
                    ist_ball_of(w, 0), one);
  if (code == IST_OK)
    code = ist_reproduction_record(t, "P13", NAME, "corrected scale: |x_1| / |x_0| = 0", &f, s);
  ist_balls_clear(w);
  return code;
}

static ist_code write_scales(ist_reproduction *t, const ist_problem *p, ist_table *table,
                             ist_status *s) {
  static const char *const names[] = {"k", "printed scale", "(11/9)^{2k}", "corrected scale"};
  for (size_t j = 0; j < SCALE_COLUMNS; j++)
    ist_table_name(table, j, "%s", names[j]);
  if (follow_scales(t, p, table, s) != IST_OK)
    return s->code;
  for (size_t k = 0; k <= ROUNDS; k++) {
    *ist_table_at(table, k, SCALE_ROUND) = (double)k;
    *ist_table_at(table, k, SCALE_PREDICTED) =
        *ist_table_at(table, 0, SCALE_PRINTED) * pow(SCALE_FACTOR, 2 * (double)k);
  }
  if (check_scales(t, p, s) != IST_OK)
    return s->code;
  return ist_table_write(table, t->directory, NAME "-scale.csv", s);
}

static ist_code reproduce_scales(ist_reproduction *t, ist_status *s) {
  ist_problem p;
  ist_table table;
  if (make_problem(2, 1, &p, s) != IST_OK)
    return s->code;
  memcpy(p.L, scale_L, sizeof scale_L);
  ist_code code = ist_table_open(&table, ROUNDS + 1, SCALE_COLUMNS, s);
  if (code == IST_OK) {
    code = write_scales(t, &p, &table, s);
    ist_table_close(&table);
  }
  ist_problem_free(&p);
  return code;
}

/** E||x_k||^2 by N5, beside the runs. */
static ist_code expect_steps(const ist_problem *p, const double *x0, size_t step, ist_curves *c,
                             ist_status *s) {
  const double zero[3] = {0};
  ist_dynamics y;
  if (ist_dynamics_init(p, (ist_sketch){IST_PERM, 1}, x0, &y, s) != IST_OK)
    return s->code;
  ist_code code = IST_OK;
  for (size_t k = 0; k <= ROUNDS && code == IST_OK; k++) {
    *ist_curves_at(c, k, step, IST_RUNS) = ist_dynamics_distance_sq(&y, NULL, zero);
    code = ist_dynamics_step(&y, step_gammas[step], s);
  }
  ist_dynamics_free(&y);
  return code;
}

static ist_code follow_steps(const ist_reproduction *t, const ist_problem *p, size_t step,
                             ist_curves *c, ist_status *s) {
  static const double x0[] = {1, 1, 1};
  for (size_t r = 0; r < IST_RUNS; r++) {
    ist_iterates g = {.p = p,
                      .sketch = {IST_PERM, 1},
                      .x0 = x0,
                      .gamma = step_gammas[step],
                      .rounds = ROUNDS,
                      .seed = ist_reproduction_seed(t, r)};
    target to = {&c->table, 1 + step * (IST_RUNS + c->others) + r, 3};
    if (ist_iterates_show(&g, observe, &to, s) != IST_OK)
      return s->code;
  }
  return expect_steps(p, x0, step, c, s);
}

/** Step sizes as they are meant: their doubles are rounded. */
static ist_ball exact_step(ist_balls *w, size_t step) {
  static const double fractions[][2] = {{1, 30}, {5, 393}};
  return ist_ball_div(w, ist_ball_of(w, fractions[step][0]), ist_ball_of(w, fractions[step][1]));
}

/** E||x_k||^2 by N5 for k = 0..ROUNDS, in the arena w. */
static void exact_squares(ist_balls *w, const ist_problem *p, size_t step, ist_ball *squares) {
  const ist_ball_method m = {.p = p, .sk = {IST_PERM, 1}, .precision = w->precision};
  ist_ball_matrix zero = ist_ball_matrix_new(w, 3, 1);
  ist_ball gamma = exact_step(w, step);
  ist_ball_dynamics y;
  ist_ball_dynamics_init(&y, &m, ist_ball_ones(w, 3, 1));
  for (size_t k = 0; k <= ROUNDS; k++) {
    squares[k] = ist_ball_dynamics_distance_sq(w, &y, NULL, zero);
    ist_ball_dynamics_step(&y, gamma);
  }
  ist_ball_dynamics_clear(&y);
}

static ist_code check_growth(ist_reproduction *t, const ist_problem *p, ist_status *s) {
  ist_finding f;
  ist_balls work, *w = &work;
  ist_ball squares[ROUNDS + 1];
  ist_balls_open(w, IST_REPRODUCTION_BITS);
  exact_squares(w, p, 0, squares);
  arb_struct *grown = ist_ball_new(w);
  arb_root_ui(grown, ist_ball_div(w, squares[ROUNDS], squares[0]), ROUNDS, w->precision);
  ist_ball expected = ist_ball_div(w, ist_ball_of(w, 81), ist_ball_of(w, 50));
  ist_verdict_equal(w, &f, grown, expected, expected);
  ist_balls_clear(w);
  return ist_reproduction_record(t, "N14", NAME, "growth of E|x_k|^2 a round, G = 1/30: 81/50", &f,
                                 s);
}

/** Of the computed runs; a sum of three squares has three roundings. */
static ist_code check_runs(ist_reproduction *t, ist_curves *c, ist_status *s) {
  ist_finding f;
  ist_balls work, *w = &work;
  ist_balls_open(w, IST_REPRODUCTION_BITS);
  ist_ball largest = ist_ball_of(w, 0), one = ist_ball_of(w, 1);
  for (size_t r = 0; r < IST_RUNS; r++) {
    const double start = *ist_curves_at(c, 0, 0, r), end = *ist_curves_at(c, ROUNDS, 0, r);
    ist_ball ratio = ist_ball_div(w, ist_ball_within(w, start, 4 * IST_UNIT * start),
                                  ist_ball_within(w, end, 4 * IST_UNIT * end));
    largest = ist_ball_max(w, largest, ratio);
  }
  ist_verdict_ends_at_least(w, &f, ist_ball_div(w, one, largest), one);
  ist_balls_clear(w);
  return ist_reproduction_record(t, "N14-runs", NAME, "|x_40|^2 / |x_0|^2 of every run, G = 1/30",
                                 &f, s);
}

static ist_code check_decrease(ist_reproduction *t, const ist_problem *p, ist_status *s) {
  ist_finding f;
  ist_balls work, *w = &work;
  ist_ball squares[ROUNDS + 1];
  ist_balls_open(w, IST_REPRODUCTION_BITS);
  exact_squares(w, p, 1, squares);
  ist_ball worst = ist_ball_of(w, 0), one = ist_ball_of(w, 1);
  for (size_t k = 0; k < ROUNDS; k++)
    worst = ist_ball_max(w, worst, ist_ball_div(w, squares[k + 1], squares[k]));
  ist_verdict_at_most(w, &f, worst, one, one);
  ist_balls_clear(w);
  return ist_reproduction_record(t, "P07", NAME, "growth of E|x_k|^2 a round, G = 5/393", &f, s);
}

static ist_code check_steps(ist_reproduction *t, const ist_problem *p, ist_curves *c,
                            ist_status *s) {
  if (check_growth(t, p, s) != IST_OK || check_runs(t, c, s) != IST_OK)
    return s->code;
  return check_decrease(t, p, s);
}

static ist_code write_steps(ist_reproduction *t, const ist_problem *p, ist_curves *c,
                            ist_status *s) {
  for (size_t step = 0; step < 2; step++)
    if (follow_steps(t, p, step, c, s) != IST_OK)
      return s->code;
  if (check_steps(t, p, c, s) != IST_OK)
    return s->code;
  return ist_table_write(&c->table, t->directory, NAME "-step.csv", s);
}

static ist_code reproduce_steps(ist_reproduction *t, ist_status *s) {
  static const char *const others[] = {"expectation"};
  ist_problem p;
  ist_curves c;
  if (make_problem(3, 3, &p, s) != IST_OK)
    return s->code;
  for (size_t i = 0; i < 3; i++)
    for (size_t j = 0; j < 3; j++)
      p.L[i * p.L_stride + j * 4] = step_diagonal[i];
  ist_code code = ist_curves_open(&c, step_gammas, 2, ROUNDS, others, 1, s);
  if (code == IST_OK) {
    code = write_steps(t, &p, &c, s);
    ist_curves_close(&c);
  }
  ist_problem_free(&p);
  return code;
}

static const char settings[] = "floor = 1e-10\n";

static const char body[] =
    "  set logscale y\n"
    "  set xlabel \"round k\"\n"
    "  set ylabel \"‖x_k‖²\"\n"
    "  set xrange [0:40]\n"
    "  set yrange [floor:1e10]\n"
    "  set key top left\n"
    "  set title \"E1: the scale of (23), γ = 1\"\n"
    "  plot \"divergence-scale.csv\" using 1:3 with lines lw 2 lc rgb vermillion \\\n"
    "         title \"(11/9)^{2k}\", \\\n"
    "       \"divergence-scale.csv\" using 1:2 with points pt 7 ps 0.6 lc rgb black \\\n"
    "         title \"a run with [L^{−1/2}]_{jj}, as printed\", \\\n"
    "       \"divergence-scale.csv\" using 1:(column(4) > floor ? column(4) : floor) \\\n"
    "         with linespoints lw 2 pt 5 ps 0.6 lc rgb blue \\\n"
    "         title \"[D^{−1/2}]_{jj}: 0 from k = 1 on (drawn at the edge)\"\n"
    "  unset label 1\n"
    "  set title \"N14: (17) read as sufficient\"\n"
    "  set yrange [1e-4:1e10]\n"
    "  plot for [r=0:9] \"divergence-step.csv\" using 1:(column(2+r)) with lines lw 1 \\\n"
    "         lc rgb faint_vermillion notitle, \\\n"
    "       \"divergence-step.csv\" using 1:12 with linespoints lw 2 pt 13 pi 4 \\\n"
    "         lc rgb vermillion title \"γ = 1/30, if (17) sufficed: E‖x_k‖² = (81/50)^k ‖x_0‖²\", "
    "\\\n"
    "       for [r=0:9] \"divergence-step.csv\" using 1:(column(13+r)) with lines lw 1 \\\n"
    "         lc rgb faint_blue notitle, \\\n"
    "       \"divergence-step.csv\" using 1:23 with linespoints lw 2 pt 5 pi 4 lc rgb blue \\\n"
    "         title \"γ = 5/393, the true 1/θ: E‖x_k‖²\"\n";

static const char caption[] =
    "Left: L = [[5,4],[4,5]] for both workers, b = 0; with the scale that (23) displays every "
    "round "
    "multiplies x by −11/9. Right: n = d = 3, L_i = 28I, I, I, b = 0, Perm-1;\\n"
    "(17), a consequence of (14) in the text, holds for θ = 30, but the smallest θ of (14) is "
    "393/5. Thin lines: 10 runs. Thick: exact expectation.";

ist_code ist_reproduce_divergence(ist_reproduction *t, ist_status *s) {
  static const ist_figure g = {NAME, settings, caption, body};
  if (reproduce_scales(t, s) != IST_OK || reproduce_steps(t, s) != IST_OK)
    return s->code;
  return ist_reproduction_figure(t, &g, s);
}
