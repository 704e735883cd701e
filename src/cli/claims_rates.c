/** The rates of gradient descent in the Euclidean norm, beside Theorem 1: P24. */
#include <math.h>
#include <stdlib.h>

#include "claims.h"
#include "moments/dense.h"
#include "moments/dynamics.h"
#include "problem/memory.h"

/** Both sides of P24 after K rounds of step gamma from x_0. */
typedef struct {
  double average; /**< (1/K) sum_{k<K} E||grad f(x_k)||^2 */
  double drop;    /**< f(x_0) - E f(x_K) */
  double start;   /**< f(x_0) - f* */
} descent;

/** E(f(x) - f*) at the dynamics' round. */
static double gap(const ist_dynamics *y, const ist_constants *c) {
  return ist_dynamics_distance_sq(y, c->L_bar, c->x_star) / 2;
}

static ist_code follow(const ist_subject *u, const double *L_sq, double gamma, ist_dynamics *y,
                       descent *v, ist_status *s) {
  v->start = gap(y, &u->c);
  for (size_t k = 0; k < u->rounds; k++) {
    v->average += ist_dynamics_distance_sq(y, L_sq, u->c.x_star) / (double)u->rounds;
    if (ist_dynamics_step(y, gamma, s) != IST_OK)
      return s->code;
  }
  v->drop = v->start - gap(y, &u->c);
  return IST_OK;
}

static ist_code descend(const ist_subject *u, double gamma, descent *v, ist_status *s) {
  size_t d = u->p->d;
  double *L_sq = ist_memory_doubles(1, d, d);
  ist_dynamics y;
  *v = (descent){0};
  if (L_sq == NULL)
    return ist_claim_no_memory(s);
  ist_multiply(d, u->c.L_bar, u->c.L_bar, L_sq);
  ist_code code = ist_dynamics_init(u->p, u->sketch, u->x0, &y, s);
  if (code == IST_OK) {
    code = follow(u, L_sq, gamma, &y, v, s);
    ist_dynamics_free(&y);
  }
  free(L_sq);
  return code;
}

/** (1/K) sum_{k<K} E||grad f(x_k)||^2 <= 2 lambda_max(L) (f(x_0) - E f(x_K)) / K at step 1/theta:
 *  for W = (theta/lambda_max) L^2, or W = theta L, whose L^-1-norm exceeds the Euclidean one
 *  by 1/lambda_max. */
static ist_code euclidean_rate(ist_subject *u, ist_finding *f, ist_status *s) {
  descent v;
  double weight = 2 * u->c.lambda_max / (double)u->rounds;
  if (descend(u, u->c.step_max.value, &v, s) != IST_OK)
    return s->code;
  ist_find_at_most(f, v.average, weight * v.drop, weight * v.start * ist_condition_scale(u));
  return IST_OK;
}

#define THEOREM_1 IST_ASSUME_INTERPOLATION | IST_ASSUME_THETA

const ist_claim ist_claims_rates[] = {
    {"P24", "mean |grad f|^2, gradient descent", IST_ABOUT(IST_IDENTITY), THEOREM_1,
     euclidean_rate},
    {"P24-perm", "mean |grad f|^2 after (22)", IST_ABOUT(IST_PERM),
     THEOREM_1 | IST_ASSUME_PRECONDITIONED | IST_ASSUME_Q1, euclidean_rate},
    {"P24-scale", "mean |grad f|^2, (24)", IST_ABOUT(IST_SCALED_PERM), THEOREM_1 | IST_ASSUME_Q1,
     euclidean_rate},
    {0},
};
