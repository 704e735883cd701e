/** What the server learns of the workers before the first round, once: the moments of the estimator
 *  and a checksum of the problem.
 *
 *  A sum over the workers goes from rank to rank, each adding its own workers in order, and ends at
 *  the server: the additions, and so the bits, are those of one process, and no matrix L_i leaves
 *  its rank. Products of matrices, which only an automatic step needs, are bit-identical on
 *  processors of one kind; the step then is so on all. */
#ifndef IST_MPI_GATHER_H
#define IST_MPI_GATHER_H

#include "part.h"
#include "run/fingerprint.h"
#include "run/mean_errors.h"
#include "spectral/constants.h"

/** All ranks: of several L_i, their mean into part->mean on the server, which checks that it is
 *  positive definite; moves d*d numbers per rank. IST_BAD_INPUT with the text of ist_problem_load
 *  at path, IST_MACHINE if memory runs out, the same everywhere. */
ist_code ist_gather_mean(ist_ranks *t, ist_part *part, const char *path, ist_status *s);

/** All ranks, after ist_gather_mean: on the server, c as ist_constants_for_run gives it (the server
 *  frees it, on success); elsewhere c stays empty; part->mean goes into it. Moves few numbers per
 *  rank if several L_i are known by their mean, d*d otherwise, d*d more for the scaled sketch,
 *  3*d*d more if step. Fails, the same everywhere, as ist_constants_for_run. */
ist_code ist_gather_constants(ist_ranks *t, ist_part *part, ist_sketch sketch, bool step,
                              ist_constants *c, ist_status *s);

/** All ranks, after ist_gather_constants with a step: on the server, ist_theta_upper of c into
 *  *upper, to the same bits; of Perm-q, Rand-q and the identity. Moves 3*d*d numbers per rank, d*d
 *  if q = d. IST_MACHINE, the same everywhere, if memory runs out. */
ist_code ist_gather_theta_upper(ist_ranks *t, const ist_part *part, ist_sketch sketch,
                                const ist_constants *c, double *upper, ist_status *s);

/** All ranks, after ist_gather_constants: on the server, m as ist_mean_errors_find gives it (the
 *  server frees m->L, on success). Moves 5*d numbers per rank. IST_MACHINE, the same everywhere, if
 *  memory runs out. */
ist_code ist_gather_mean_errors(ist_ranks *t, const ist_part *part, ist_sketch sketch,
                                const ist_constants *c, ist_mean_errors *m, ist_status *s);

/** All ranks: on the server, ist_fingerprint_problem of the whole problem. */
ist_fingerprint ist_gather_fingerprint(ist_ranks *t, const ist_part *part);

#endif
