/** Rounds whose result does not depend on the drawn blocks, eq. (31).
 *
 *  Where the problem is homogeneous, the sketch scaled-perm with q = 1 and there are no local
 *  steps, coordinate j belongs to exactly one worker, whichever, and g_j = (1/n) s_j (L_jj s_j x_j
 *  - b_j) = x_j - c_j with s_j = sqrt(n / L_jj), c = b~ / sqrt(n), b~_j = b_j / sqrt(L_jj). For
 *  gamma <= 1 a round is then that of ist_homogeneous_rounds. */
#ifndef IST_RUN_SURE_ROUNDS_H
#define IST_RUN_SURE_ROUNDS_H

#include <stdbool.h>

#include "machine/status.h"
#include "problem/sketch_kind.h"

/** Whether eq. (31) holds surely, so that a round is x <- (1 - gamma) x + gamma c. */
bool ist_rounds_are_sure(bool homogeneous, ist_sketch sketch, double gamma, size_t local_steps);

/** c (d entries, n = d) from L (d*d) and b (d). IST_NOT_EXIST if b~ leaves the kernel's range,
 *  IST_MACHINE if memory runs out. */
ist_code ist_sure_fixed_point(const double *L, const double *b, size_t d, double *c, ist_status *s);

#endif
