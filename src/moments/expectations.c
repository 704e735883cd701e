#include "expectations.h"

#include <math.h>

#include "dynamics.h"
#include "local_problem.h"

ist_expectation ist_measure_expectation(const ist_dynamics *y, const ist_targets *t) {
  const double star = ist_dynamics_distance_sq(y, t->L_bar, t->x_star);
  const double fixed = t->x_fixed == NULL ? 0 : ist_dynamics_distance_sq(y, NULL, t->x_fixed);
  return (ist_expectation){star / 2, star, star, fixed,
                           ist_dynamics_mean_distance_sq(y, t->L_bar, t->x_star) / 2};
}

static ist_code record(const ist_dynamics *y, const ist_targets *t, ist_expectation *row,
                       ist_status *s) {
  *row = ist_measure_expectation(y, t);
  if (isfinite(row->dist_star_sq) && isfinite(row->dist_fixed_sq))
    return IST_OK;
  return ist_fail(s, IST_NOT_EXIST, "the expected distances exceed double precision in round %zu",
                  y->k);
}

static ist_code follow(ist_dynamics *y, const ist_method *m, const ist_targets *t, size_t rounds,
                       ist_expectation *rows, ist_round_done *done, void *context, ist_status *s) {
  ist_code code = record(y, t, &rows[0], s);
  for (size_t k = 1; k <= rounds && code == IST_OK; k++) {
    code = m->local_steps == 0 ? ist_dynamics_step(y, m->gamma, s) : ist_dynamics_map(y, s);
    if (code == IST_OK)
      code = record(y, t, &rows[k], s);
    if (code == IST_OK && done != NULL)
      done(context, k);
  }
  return code;
}

ist_code ist_expect(const ist_method *m, const ist_targets *t, const double *x0, size_t rounds,
                    ist_expectation *rows, ist_round_done *done, void *context, ist_status *s) {
  ist_problem local = {0};
  ist_sketch local_sk;
  ist_local_errors errors;
  ist_dynamics y;
  if (m->local_steps > 0 && ist_local_problem(m->p, m->sk, m->gamma, m->local_steps, &local,
                                              &local_sk, &errors, s) != IST_OK)
    return s->code;
  ist_code code = m->local_steps > 0 ? ist_dynamics_init(&local, local_sk, x0, &y, s)
                                     : ist_dynamics_init(m->p, m->sk, x0, &y, s);
  if (code == IST_OK) {
    code = follow(&y, m, t, rounds, rows, done, context, s);
    ist_dynamics_free(&y);
  }
  ist_problem_free(&local);
  return code;
}
