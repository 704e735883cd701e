/** What the server learns of the workers before the first round, once: the moments of the estimator
 *  and a checksum of the problem.
 *
 *  A sum over the workers goes from rank to rank, each adding its own workers in order, and ends at
 *  the server: the additions, and so the bits, are those of one process, and no matrix L_i leaves
 * its rank. Products of matrices are bit-identical on processors of one kind. */
#ifndef IST_MPI_GATHER_H
#define IST_MPI_GATHER_H

#include "cli/fingerprint.h"
#include "part.h"
#include "spectral/constants.h"

/** All ranks: on the server, c as ist_constants_for_run gives it (the server frees it, on success);
 *  elsewhere c stays empty. Moves about d*d numbers per rank, 2*d*d for the scaled sketch, 4*d*d if
 * step. Fails, the same everywhere, as ist_constants_for_run. */
ist_code ist_gather_constants(ist_team *t, const ist_part *part, ist_sketch sketch, bool step,
                              ist_constants *c, ist_status *s);

/** All ranks: on the server, ist_fingerprint_problem of the whole problem. */
ist_fingerprint ist_gather_fingerprint(ist_team *t, const ist_part *part);

#endif
