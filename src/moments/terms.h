/** The terms of N4's tables, with given weights, for one matrix M and vector u. */
#ifndef IST_MOMENTS_TERMS_H
#define IST_MOMENTS_TERMS_H

#include "weights.h"

/** out += T^kappa(M) for symmetric M and A, the 15-term sum of N4: two dense products.
 *  M, A, out: d*d; work: 2*d*d entries. */
void ist_quadratic_terms(size_t d, const double *M, const double *A,
                         const double kappa[IST_QUADRATIC_TERMS], double *out, double *work);

/** out += F^tau(M, u), the five terms of E[BAv]. M, A: d*d, symmetric; u, out: d; work: 3*d. */
void ist_cross_terms(size_t d, const double *M, const double *A, const double *u,
                     const double tau[IST_LINEAR_TERMS], double *out, double *work);

/** out += the five terms of E[Bzv']. M, out: d*d; z, u: d; work: d entries. */
void ist_mixed_terms(size_t d, const double *M, const double *z, const double *u,
                     const double tau[IST_LINEAR_TERMS], double *out, double *work);

#endif
