/** What the proofs assume of the C library beyond Frama-C's own contracts of it. */
#ifndef IST_SPEC_LIBM_H
#define IST_SPEC_LIBM_H

#include <math.h>

/*@ exits \false; */
extern double sqrt(double x);

#endif
