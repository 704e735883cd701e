/** The diagonal of L^{-1/2}, which (23) prints in place of D^{-1/2} (E1). */
#ifndef IST_CLI_INVERSE_ROOT_H
#define IST_CLI_INVERSE_ROOT_H

#include <stddef.h>

#include "problem/status.h"

/** out[j] = [L^{-1/2}]_jj for symmetric L (d*d), j < d. IST_NOT_EXIST if the computed eigenvalues
 *  are not all positive, IST_MACHINE if memory runs out. */
ist_code ist_inverse_root_diagonal(const double *L, size_t d, double *out, ist_status *s);

#endif
