/** The smallest eigenvalue of a symmetric matrix to almost the last bit, from a rough enclosure.
 *
 *  Temple's inequality: if the second smallest eigenvalue of A is at least mu, and rho = x'Ax / x'x
 *  < mu for some x, then lambda_min >= rho - (||A x - rho x|| / ||x||)^2 / (mu - rho) (G. Temple
 *  1928; Parlett, The Symmetric Eigenvalue Problem, section 10.4 and its references). Of course
 *  lambda_min <= rho. That mu bounds all but one eigenvalue is proved by Cholesky's factorisation
 *  of A + c x x' - mu I (proved.h): a matrix of rank one lifts no more than one of them. For any
 *  number sigma and r = sigma x - A x, rho = sigma - x'r / x'x and ||A x - rho x|| <= ||r||; r
 *  comes to about twice the working precision (pair.h), so that x is improved until r is small. */
#ifndef IST_SPECTRAL_SHARPEN_H
#define IST_SPECTRAL_SHARPEN_H

#include "pair.h"
#include "proved.h"

/** Narrows *x, an enclosure of the smallest eigenvalue of sign A with vector about its eigenvector
 *  (d entries). A: the same matrix as rough. Leaves *x as it is where the second eigenvalue is not
 *  proved to be further up than the enclosure is wide, or if memory runs out. */
void ist_sharpen(double sign, const ist_pair_matrix *A, ist_inexact rough, const double *vector,
                 ist_proved *x);

#endif
