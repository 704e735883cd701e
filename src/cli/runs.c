#include "runs.h"

#include <math.h>
#include <stdlib.h>

#include "follow.h"
#include "moments/dense.h"
#include "moments/moments.h"
#include "problem/memory.h"

/** An expectation below this part of its terms is lost in their rounding. */
#define VISIBLE 1e-4

/** E||x+ - x*||^2_L at x, x+ = x - gamma (B x - v): its terms without those of E[B] and E[B L B].
 */
typedef struct {
  double *cross;   /**< E[B L v], d entries */
  double constant; /**< E||v||^2_L */
} moments;

/** One run in the making. */
typedef struct {
  const ist_constants *c;
  const double *x0;
  const moments *m;
  double gamma;
  size_t rounds;
  double expected, size; /**< of the next ||x - x*||^2_L, and the size of its terms */
  double *work;          /**< 3 d entries */
  ist_run run;
} recorder;

static double distance_sq(const recorder *r, const double *A, const double *x, const double *z) {
  size_t d = r->c->d;
  for (size_t j = 0; j < d; j++)
    r->work[j] = x[j] - z[j];
  return ist_bilinear(d, A, r->work, r->work);
}

/** Expectation of the next ||x - x*||^2_L, given x, and the size of what it is a sum of. */
static void predict(recorder *r, const double *x, double star_sq) {
  const ist_constants *c = r->c;
  size_t d = c->d;
  double *away = r->work, *g = away + d, *Lg = g + d, gamma = r->gamma;
  ist_apply(d, c->expected_B, x, g);
  for (size_t j = 0; j < d; j++) {
    away[j] = x[j] - c->x_star[j];
    g[j] -= c->expected_v[j];
  }
  ist_apply(d, c->L_bar, g, Lg);
  double slope = 0, linear = 0, quadratic = ist_bilinear(d, c->second_moment, x, x);
  for (size_t j = 0; j < d; j++) {
    slope += away[j] * Lg[j];
    linear += x[j] * r->m->cross[j];
  }
  r->expected =
      star_sq - 2 * gamma * slope + gamma * gamma * (quadratic - 2 * linear + r->m->constant);
  r->size = star_sq + 2 * gamma * fabs(slope) +
            gamma * gamma * (quadratic + 2 * fabs(linear) + r->m->constant);
}

/** Adds x_k, k < K, to the averages. */
static void add(recorder *r, const double *x, double star_sq) {
  double share = 1 / (double)r->rounds;
  r->run.average_star_sq += star_sq * share;
  r->run.average_W_sq += distance_sq(r, r->c->W, x, r->c->x_star) * share;
  if (r->c->x_fixed != NULL)
    r->run.average_fixed_L_sq += distance_sq(r, r->c->L_bar, x, r->c->x_fixed) * share;
}

static void begin(recorder *r, double star_sq) {
  const double *fixed = r->c->x_fixed;
  r->run.first_star_sq = star_sq;
  for (size_t j = 0; fixed != NULL && j < r->c->d; j++)
    r->run.first_fixed_sq += (r->x0[j] - fixed[j]) * (r->x0[j] - fixed[j]);
}

static void finish(recorder *r, const double *x, double star_sq) {
  const double *fixed = r->c->x_fixed;
  r->run.last_star_sq = star_sq;
  for (size_t j = 0; fixed != NULL && j < r->c->d; j++) {
    r->run.last_fixed_sq += (x[j] - fixed[j]) * (x[j] - fixed[j]);
    r->run.last_along += (x[j] - fixed[j]) * (r->x0[j] - fixed[j]);
  }
}

static void observe(void *context, size_t k, const double *x) {
  recorder *r = context;
  double star_sq = distance_sq(r, r->c->L_bar, x, r->c->x_star);
  if (k == 0)
    begin(r, star_sq);
  else
    r->run.one_round +=
        (r->expected > VISIBLE * r->size ? star_sq / r->expected : 1) / (double)r->rounds;
  if (k == r->rounds) {
    finish(r, x, star_sq);
    return;
  }
  add(r, x, star_sq);
  predict(r, x, star_sq);
}

static ist_code draw_all(ist_runs *r, ist_setting *g, const ist_constants *c, const moments *m,
                         double *work, ist_status *s) {
  unsigned long seed = g->seed;
  for (size_t i = 0; i < r->count; i++) {
    recorder one = {
        .c = c, .x0 = g->x0, .m = m, .gamma = g->gamma, .rounds = g->rounds, .work = work};
    g->seed = (seed + i) & 0xfffffffful;
    if (ist_follow(g, observe, &one, s) != IST_OK)
      return s->code;
    r->run[i] = one.run;
  }
  return IST_OK;
}

/** Fills m; vv: d*d entries of work space. False if memory runs out. */
static bool compute_moments(const ist_problem *p, const ist_constants *c, double *vv, moments *m) {
  if (!ist_cross_moment(p, c->sketch, c->L_bar, m->cross) ||
      !ist_linear_second_moment(p, c->sketch, vv))
    return false;
  m->constant = ist_inner(c->d, c->L_bar, vv);
  return true;
}

ist_code ist_runs_draw(ist_runs *r, const ist_problem *p, const ist_constants *c, const double *x0,
                       double gamma, size_t rounds, unsigned long seed, ist_status *s) {
  size_t d = p->d;
  double *work = ist_memory_doubles(4 + d, d, 1);
  *r = (ist_runs){
      .gamma = gamma, .count = IST_CLAIM_RUNS, .run = calloc(IST_CLAIM_RUNS, sizeof *r->run)};
  moments m = {.cross = work};
  ist_setting g = {
      .p = p, .sketch = c->sketch, .x0 = x0, .gamma = gamma, .rounds = rounds, .seed = seed};
  ist_code code = IST_OK;
  if (work == NULL || r->run == NULL || !compute_moments(p, c, work + 4 * d, &m))
    code = ist_fail(s, IST_MACHINE, "no memory for runs of dimension %zu", d);
  else
    code = draw_all(r, &g, c, &m, work + d, s);
  free(work);
  if (code != IST_OK)
    ist_runs_free(r);
  return code;
}

void ist_runs_free(ist_runs *r) {
  free(r->run);
  *r = (ist_runs){0};
}
