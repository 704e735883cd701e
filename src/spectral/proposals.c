#include "proposals.h"

#include <acb_mat.h>
#include <math.h>

/* The ends of the spectrum of A, whose eigenvalues are real. NaN where nothing is found. */
static void ends(const acb_mat_t A, slong precision, double *min, double *max) {
  const slong d = acb_mat_nrows(A);
  acb_ptr lambda = _acb_vec_init(d);
  acb_mat_approx_eig_qr(lambda, NULL, NULL, A, NULL, 0, precision);
  *min = INFINITY;
  *max = -INFINITY;
  for (slong k = 0; k < d; k++) {
    const double x = arf_get_d(arb_midref(acb_realref(lambda + k)), ARF_RND_NEAR);
    *min = fmin(*min, x);
    *max = fmax(*max, x);
  }
  _acb_vec_clear(lambda, d);
}

static void ends_of_real(const arb_mat_t A, slong precision, double *min, double *max) {
  acb_mat_t middle;
  acb_mat_init(middle, arb_mat_nrows(A), arb_mat_nrows(A));
  acb_mat_set_arb_mat(middle, A);
  acb_mat_get_mid(middle, middle);
  ends(middle, precision, min, max);
  acb_mat_clear(middle);
}

/* The largest eigenvalue of W^{-1} E[B L_bar B]; 0 if W is singular. */
static double largest_of_pencil(const ist_ball_moments *m, slong precision) {
  const slong d = arb_mat_nrows(m->W);
  double min, max = 0;
  arb_mat_t W, A;
  arb_mat_init(W, d, d);
  arb_mat_init(A, d, d);
  arb_mat_get_mid(W, m->W);
  arb_mat_get_mid(A, m->EBLB);
  if (arb_mat_approx_solve(A, W, A, precision))
    ends_of_real(A, precision, &min, &max);
  arb_mat_clear(W);
  arb_mat_clear(A);
  return max;
}

ist_proposals ist_propose(const ist_ball_moments *m, slong precision) {
  ist_proposals at;
  double ignored;
  ends_of_real(m->L_bar, precision, &at.lambda_min, &at.lambda_max);
  ends_of_real(m->W, precision, &at.w_lambda_min, &ignored);
  at.theta = largest_of_pencil(m, precision);
  return at;
}
