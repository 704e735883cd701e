/** Certificates: the constants that step sizes rest on, proved for the exact rational problem.
 *
 *  The doubles of the problem are exact rationals (after --precondition: those of the
 *  preconditioned problem). E[B L_bar B] and W are enclosed in ball arithmetic, theta and the
 *  eigenvalues of L_bar between an interval Cholesky factorisation and a witness vector. The
 *  constants computed in double precision only say where to look: if one is wrong, its enclosure
 *  excludes it or does not exist. */
#ifndef IST_SPECTRAL_CERTIFY_H
#define IST_SPECTRAL_CERTIFY_H

#include "constants.h"
#include "enclosure.h"

typedef enum {
  IST_PSD_PROVED,    /**< positive semidefinite */
  IST_PSD_REFUTED,   /**< a witness x has x'Wx < 0 */
  IST_PSD_UNDECIDED, /**< w_lambda_min says how close to zero */
} ist_psd;

typedef struct {
  ist_enclosure theta;        /**< the smallest theta in (14) */
  ist_enclosure lambda_min;   /**< of L_bar */
  ist_enclosure lambda_max;   /**< of L_bar */
  ist_psd w_psd;              /**< of W */
  ist_enclosure w_lambda_min; /**< of W; looked for only if W is not proved definite */
} ist_certificate;

/** The largest dimension in which Arb computes eigenvalues itself. */
#define IST_CERTIFY_EIGEN_DIM 100

/** Certifies the constants c of p. Where something is not proved, or an eigenvalue not to the width
 *  aimed at (ist_enclosure.h), the precision is doubled once; up to dimension IST_CERTIFY_EIGEN_DIM
 *  it is doubled three times, and Arb's own eigenvalues at that precision say where to look, so
 *  that an eigenvalue far below the others' rounding errors is found all the same.
 *  IST_MACHINE if the matrices do not fit in memory; if it runs out all the same, FLINT ends the
 *  program. [claim P06, P11] */
ist_code ist_certify(const ist_problem *p, const ist_constants *c, ist_certificate *out,
                     ist_status *s);

/** About how many seconds ist_certify takes on p with a sketch, to announce it. */
double ist_certify_seconds(const ist_problem *p, ist_sketch sk);

/** "proved", "refuted" or "undecided". */
const char *ist_psd_name(ist_psd verdict);

/** The largest double gamma that is proved to satisfy gamma <= 1/theta, from the enclosure of
 *  theta; does not exist if that does not. [claim P06] */
ist_scalar ist_certified_step(const ist_enclosure *theta);

#endif
