/** That a symmetric matrix which may be indefinite is regular, proved in double precision. */
#ifndef IST_SPECTRAL_REGULAR_H
#define IST_SPECTRAL_REGULAR_H

#include "proved.h"

/** A lower bound of the magnitude of every eigenvalue of the exact A; 0 if none is proved, or if
 *  memory runs out. For any X with a = ||I - X A|| < 1 in the norm of the largest row sum of
 *  magnitudes, A is regular and ||A^{-1}|| <= ||X|| / (1 - a), which bounds all eigenvalues of
 *  A^{-1}. X is computed as an inverse of A.mid; I - X A is bounded from the computed product, the
 *  roundings of its sums, and what A.mid is off. */
double ist_least_magnitude(size_t d, ist_inexact A);

#endif
