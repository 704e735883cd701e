/** Every constant of the analysis for one problem and sketch. */
#ifndef IST_SPECTRAL_CONSTANTS_H
#define IST_SPECTRAL_CONSTANTS_H

#include "machine/status.h"
#include "problem/problem.h"
#include "problem/sketch_kind.h"
#include "spectrum.h"

/** A quantity that may not exist: exists == false means null, and reason says why. */
typedef struct {
  bool exists;
  double value;
  const char *reason; /**< static text; NULL when the quantity exists */
} ist_scalar;

typedef struct {
  size_t d, n, q;
  ist_sketch sketch;
  bool homogeneous, interpolation;
  ist_spectrum eigenvalues;      /**< how they were found */
  double lambda_min, lambda_max; /**< extreme eigenvalues of L_bar */
  double w_lambda_min;           /**< lambda_min(W) */
  ist_scalar theta;              /**< smallest theta in (14); exists iff W is positive definite */
  ist_scalar step_max;           /**< 1/theta */
  ist_scalar contraction;        /**< lambda_min(L_bar^{-1/2} W L_bar^{-1/2}), eq. (16) */
  ist_scalar rate_max;           /**< contraction * step_max: (16)'s gain a round at that step */
  double *x_star;                /**< d entries: L_bar^{-1} b_bar */
  double *x_fixed;               /**< d entries: E[B]^{-1} E[v]; NULL if E[B] is singular */
  double *h;                     /**< d entries: x_star - x_fixed; NULL if x_fixed is */
  ist_scalar h_norm_sq;          /**< ||h||^2 in the norm of L_bar */
  ist_scalar sigma_sq;           /**< E||g - Eg||^2_L_bar where constant in x */
  double sigma_sq_star;          /**< the same at x_star */
  double f_star;                 /**< f(x_star) */
  double *L_bar, *b_bar;         /**< d*d and d entries */
  double *expected_B, *expected_v, *second_moment, *W, *cov_v; /**< d*d (expected_v: d) entries */
} ist_constants;

/** Computes every constant. On IST_OK the caller frees c with ist_constants_free; otherwise nothing
 *  is left to free. Fails with IST_MACHINE if memory runs out, and with IST_NOT_EXIST if L_bar is
 *  not positive definite to working precision, if the sketch does not exist on p
 *  (ist_sketch_exists) or if a constant exceeds double precision: every number in *c is finite. No
 *  L_i need be definite.
 *
 *  Where B is L_bar or I in every round (q = d without scaling; scaled Perm-1) it commutes with
 *  L_bar, so the pencil of (14) has the eigenvalues of B: theta = lambda_max(B) and the contraction
 *  is lambda_min(B), claims P08 and P13. sigma_sq exists where B is the same in every round
 *  (ist_same_B).
 *  [claim P06, P14] */
ist_code ist_constants_compute(const ist_problem *p, ist_sketch sk, ist_constants *c,
                               ist_status *s);
void ist_constants_free(ist_constants *c);

/** Computes what a run needs: L_bar, b_bar, expected_B and expected_v, in a fixed order of
 *  operations, so that they are the same on every processor; if step, also what
 *  ist_constants_derive adds: x_star, f_star, x_fixed, h, h_norm_sq, second_moment, W, lambda_min,
 *  lambda_max, w_lambda_min, theta, step_max, contraction and rate_max. Each as
 *  ist_constants_compute gives it, bit for bit; everything else is zero. Fails likewise. */
ist_code ist_constants_for_run(const ist_problem *p, ist_sketch sk, bool step, ist_constants *c,
                               ist_status *s);

/** The same in two parts, for moments that are gathered from several processes. First: allocates
 *  *c, to be freed with ist_constants_free. The caller then fills L_bar, b_bar, expected_B,
 *  expected_v and, if step, second_moment. */
ist_code ist_constants_reserve(ist_constants *c, size_t d, size_t n, ist_sketch sk, bool step,
                               ist_status *s);

/** Second: everything else of ist_constants_for_run from them; without step, nothing but the
 *  refusal of moments that are not finite. *c stays allocated on failure. */
ist_code ist_constants_derive(ist_constants *c, ist_status *s);

#endif
