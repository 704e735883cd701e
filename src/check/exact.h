/** The ingredients of the claims about one problem and sketch, enclosed at one precision.
 *
 *  Each is made when it is first asked for, and kept. What cannot be enclosed at the precision, or
 *  would take too long, is unknown (balls.h): no verdict comes of it. */
#ifndef IST_CHECK_EXACT_H
#define IST_CHECK_EXACT_H

#include <stdbool.h>

#include "moments/ball_moments.h"
#include "moments/balls.h"
#include "spectral/constants.h"

/** Whether a hypothesis holds. */
typedef enum { IST_TRUTH_UNKNOWN, IST_TRUTH_YES, IST_TRUTH_NO } ist_truth;

typedef struct ist_exact {
  ist_balls kept; /**< the ingredients */
  ist_balls work; /**< what the claim at hand is made of; cleared after it */
  ist_ball_method m;
  size_t d, n, q;
  struct ist_exact *base; /**< has what depends on the problem alone; NULL: this has; not owned */
  double *spent;          /**< estimated seconds that all ingredients took so far; not owned */
  bool unaffordable;      /**< whether something was left out because it would take too long */
  struct {
    ist_ball_matrix x0, L, b, EB, Ev, EBLB, W, x_star, x_fixed, h, cov_v, EBLv, cov_n3;
    ist_ball lambda_min, lambda_max, w_lambda_min, theta, contraction, h_sq, sigma_sq,
        sigma_sq_star, sigma_sq_n3;
    ist_ball_matrix *scale; /**< of each worker */
    ist_truth w_definite;
    bool w_decided;
  } made;
} ist_exact;

/** Prepares ingredients of m; x0: first iterate, d entries. */
void ist_exact_open(ist_exact *x, const ist_ball_method *m, const double *x0, double *spent);
void ist_exact_close(ist_exact *x);

/** Whether that many products of dense d x d matrices may be taken: all of them together take less
 *  than about a minute by the estimate, which depends on dimension and precision alone. */
#define IST_EIGENVALUE_PRODUCTS 8 /**< that an enclosure of an eigenvalue is like */
bool ist_exact_afford(ist_exact *x, double products);

/** The same of what takes so many seconds, by an estimate that depends on sizes alone. */
bool ist_exact_afford_seconds(ist_exact *x, double seconds);

ist_ball_matrix ist_exact_x0(ist_exact *x);
ist_ball_matrix ist_exact_L(ist_exact *x);               /**< L_bar */
ist_ball_matrix ist_exact_b(ist_exact *x);               /**< b_bar */
ist_ball_matrix ist_exact_EB(ist_exact *x);              /**< E[B] */
ist_ball_matrix ist_exact_Ev(ist_exact *x);              /**< E[v] */
ist_ball_matrix ist_exact_EBLB(ist_exact *x);            /**< E[B L_bar B] */
ist_ball_matrix ist_exact_W(ist_exact *x);               /**< (L_bar E[B] + E[B] L_bar)/2 */
ist_ball_matrix ist_exact_x_star(ist_exact *x);          /**< L_bar^{-1} b_bar */
ist_ball_matrix ist_exact_x_fixed(ist_exact *x);         /**< x_inf = E[B]^{-1} E[v] */
ist_ball_matrix ist_exact_h(ist_exact *x);               /**< x* - x_inf */
ist_ball_matrix ist_exact_cov_v(ist_exact *x);           /**< Cov v */
ist_ball_matrix ist_exact_EBLv(ist_exact *x);            /**< E[B L_bar v] */
ist_ball_matrix ist_exact_scale(ist_exact *x, size_t i); /**< s_i of C_i = Diag(s_i) P_{S_i} */
ist_ball ist_exact_lambda_min(ist_exact *x);             /**< of L_bar */
ist_ball ist_exact_lambda_max(ist_exact *x);
ist_ball ist_exact_theta(ist_exact *x);         /**< least theta of (14) */
ist_ball ist_exact_contraction(ist_exact *x);   /**< lambda_min(L^{-1/2} W L^{-1/2}) */
ist_ball ist_exact_h_sq(ist_exact *x);          /**< |h|^2_L */
ist_ball ist_exact_sigma_sq(ist_exact *x);      /**< <L, Cov v>: E|g-Eg|^2_L where B is sure */
ist_ball ist_exact_sigma_sq_star(ist_exact *x); /**< E|g-Eg|^2_L at x* */

/** E|g - E g|^2_L at z, from the moments. */
ist_ball ist_exact_noise(ist_exact *x, ist_ball_matrix z);

/** Whether W is positive definite, so that theta exists; lambda_min(W) where it was looked for. */
ist_truth ist_exact_theta_exists(ist_exact *x);
ist_ball ist_exact_w_lambda_min(ist_exact *x);

/** Whether x_inf exists: E[B] is proved regular. */
ist_truth ist_exact_limit_exists(ist_exact *x);

/** The closed forms of N3, from S = (1/n) sum (beta_i - beta)(beta_i - beta)', beta_i = D_i^{-1/2}
 *  b_i: Cov v = Diag(S)/(n-1) - S/(n(n-1)), sigma^2 = [tr(D S) - tr(L S)/n]/(n-1). */
ist_ball_matrix ist_exact_n3_cov(ist_exact *x);
ist_ball ist_exact_n3_sigma_sq(ist_exact *x);

#endif
