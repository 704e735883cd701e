#include "claims.h"

#include "verdict.h"

ist_code ist_claim_no_memory(ist_status *s) {
  return ist_fail(s, IST_MACHINE, "no memory to evaluate a claim");
}

bool ist_claim_has_theta(ist_subject *u, ist_finding *f) {
  const ist_truth exists = ist_exact_theta_exists(u->x);
  ist_ball least = exists == IST_TRUTH_YES ? NULL : ist_exact_w_lambda_min(u->x);
  if (exists == IST_TRUTH_NO)
    ist_find_nothing(f, "no theta satisfies (14): lambda_min(W) = %.5g", ist_ball_double(least));
  else if (exists == IST_TRUTH_UNKNOWN)
    ist_verdict_open(f, "lambda_min(W) in [%.17g, %.17g] with %ld bits: W may be singular",
                     ist_ball_below(least), ist_ball_above(least), (long)u->x->m.precision);
  return exists == IST_TRUTH_YES;
}
