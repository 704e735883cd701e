/** The eigenvalues among the constants, enclosed. */
#ifndef IST_SPECTRAL_EIGEN_ERRORS_H
#define IST_SPECTRAL_EIGEN_ERRORS_H

#include "constants.h"
#include "errors.h"
#include "moments/moment_errors.h"
#include "pair.h"

/** Encloses lambda_min, lambda_max, w_lambda_min, theta and the contraction of *c, which become the
 *  enclosures' values, and what follows from them. L: L_bar as a pair. */
void ist_bound_eigenvalues(const ist_moment_errors *m, const ist_pair_matrix *L, ist_constants *c,
                           ist_errors *e);

#endif
