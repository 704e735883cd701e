/** The rates of gradient descent in the Euclidean norm, beside Theorem 1: P24. */
#include "claims.h"
#include "verdict.h"

/** (1/K) sum_{k<K} E||grad f(x_k)||^2 <= 2 lambda_max(L) (f(x_0) - E f(x_K)) / K at step 1/theta:
 *  for W = (theta/lambda_max) L^2, or W = theta L, whose L^-1-norm exceeds the Euclidean one
 *  by 1/lambda_max. */
static ist_code euclidean_rate(ist_subject *u, ist_finding *f, ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  const size_t K = u->rounds;
  const ist_exact_trajectory *t =
      ist_subject_trajectory(u, ist_ball_div(e, ist_ball_of(e, 1), ist_exact_theta(x)));
  ist_ball weight = ist_ball_div(e, ist_exact_lambda_max(x), ist_ball_count(e, K));
  ist_ball drop = ist_ball_sub(e, t->star_sq[0], t->star_sq[K]); /* 2 (f(x_0) - E f(x_K)) */
  (void)s;
  ist_verdict_at_most(e, f, ist_exact_average(e, t->star_LL_sq, K), ist_ball_mul(e, weight, drop),
                      ist_ball_mul(e, weight, t->star_sq[0]));
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
