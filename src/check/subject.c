#include "subject.h"

#include <math.h>

#include "finding.h"

/** Bits at the first level: 120 are for the width of eigenvalues and the digits of verdicts, and
 *  interval factorisations lose about a quarter of a bit with every row. Whole words of 64 bits. */
static slong first_precision(size_t d) {
  const slong bits = (slong)(160 + d / 4 + 63) / 64 * 64;
  return bits < 256 ? 256 : bits;
}

static ist_level *new_level(ist_subject *u, size_t at) {
  ist_level *level = flint_malloc(sizeof *level);
  const ist_ball_method m = {.p = u->p,
                             .sk = u->sketch,
                             .preconditioned = u->preconditioned,
                             .precision = first_precision(u->p->d) << at};
  *level = (ist_level){.followed = NULL};
  ist_exact_open(&level->exact, &m, u->x0, u->spent);
  return level;
}

void ist_subject_go_to(ist_subject *u, size_t level) {
  if (u->level[level] == NULL)
    u->level[level] = new_level(u, level);
  u->at = level;
  u->x = &u->level[level]->exact;
  if (u->base != NULL) {
    ist_subject_go_to(u->base, level);
    u->x->base = u->base->x;
  }
}

void ist_subject_end_claim(ist_subject *u) {
  ist_balls_clear(&u->x->work);
  if (u->base != NULL)
    ist_subject_end_claim(u->base);
}

const ist_exact_trajectory *ist_subject_trajectory(ist_subject *u, ist_ball gamma) {
  ist_level *level = u->level[u->at];
  for (ist_exact_trajectory *t = level->followed; t != NULL; t = t->next)
    if (arb_equal(t->gamma, gamma))
      return t;
  ist_exact_trajectory *t = flint_malloc(sizeof *t);
  ist_exact_trajectory_open(t, u->x, ist_exact_x0(u->x), gamma, u->rounds);
  t->next = level->followed;
  level->followed = t;
  return t;
}

const ist_sampled_runs *ist_subject_runs(ist_subject *u, double gamma, ist_status *s) {
  ist_sampled_runs *r = &u->level[u->at]->runs;
  if (r->run != NULL && r->gamma == gamma)
    return r;
  ist_sampled_runs_free(r);
  if (ist_sampled_runs_draw(r, u->x, u->x0, gamma, u->rounds, u->seed, s) != IST_OK)
    return NULL;
  return r;
}

double ist_step_proved(ist_subject *u) {
  ist_balls *e = &u->x->work;
  ist_ball inverse = ist_ball_div(e, ist_ball_of(e, 1), ist_exact_theta(u->x));
  return ist_ball_known(inverse) ? ist_ball_below(inverse) : NAN;
}

double ist_step_theorem_1(ist_subject *u) { return u->step_given ? u->step : ist_step_proved(u); }

ist_truth ist_step_admitted(ist_subject *u) {
  ist_balls *e = &u->x->work;
  if (!u->step_given)
    return ist_ball_known(ist_exact_theta(u->x)) ? IST_TRUTH_YES : IST_TRUTH_UNKNOWN;
  ist_ball product = ist_ball_times(e, ist_exact_theta(u->x), u->step);
  ist_ball excess = ist_ball_sub(e, product, ist_ball_of(e, 1));
  if (!ist_ball_known(excess))
    return IST_TRUTH_UNKNOWN;
  return arb_is_nonpositive(excess) ? IST_TRUTH_YES
         : arb_is_positive(excess)  ? IST_TRUTH_NO
                                    : IST_TRUTH_UNKNOWN;
}

double ist_step_scaled(const ist_subject *u) { return u->step_given ? u->step : 0.5; }

ist_ball_matrix ist_expected_g(ist_subject *u, ist_ball_matrix z) {
  ist_balls *e = &u->x->work;
  return ist_ball_matrix_sub(e, ist_ball_product(e, ist_exact_EB(u->x), z), ist_exact_Ev(u->x));
}

static void close_level(ist_level *level) {
  while (level->followed != NULL) {
    ist_exact_trajectory *t = level->followed;
    level->followed = t->next;
    ist_exact_trajectory_close(t);
    flint_free(t);
  }
  ist_sampled_runs_free(&level->runs);
  ist_exact_close(&level->exact);
  flint_free(level);
}

void ist_subject_close(ist_subject *u) {
  for (size_t k = 0; k < IST_LEVELS; k++)
    if (u->level[k] != NULL)
      close_level(u->level[k]);
}
