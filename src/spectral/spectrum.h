/** How extreme eigenvalues are found. */
#ifndef IST_SPECTRAL_SPECTRUM_H
#define IST_SPECTRAL_SPECTRUM_H

#include <stddef.h>

typedef enum {
  IST_SPECTRUM_FULL,     /**< among all eigenvalues, by GSL */
  IST_SPECTRUM_EXTREMAL, /**< alone, by ARPACK, and checked */
} ist_spectrum;

/** The largest dimension whose full spectrum is computed unless asked otherwise. */
#define IST_SPECTRUM_FULL_DIM 2000

/** How eigenvalues in dimension d are found: extremal beyond IST_SPECTRUM_FULL_DIM. */
ist_spectrum ist_spectrum_for(size_t d);

/** "full" or "extremal". */
const char *ist_spectrum_name(ist_spectrum how);

#endif
