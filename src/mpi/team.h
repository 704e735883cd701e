/** The processes of a distributed run: who is who, how they agree, and what they send.
 *
 *  Rank 0 is the server. The workers live on the other ranks, in order and as evenly as possible,
 *  or all on rank 0 if it is alone. Every function on a team with "all ranks" in its description is
 *  to be called by all of them. */
#ifndef IST_MPI_TEAM_H
#define IST_MPI_TEAM_H

#include <stddef.h>
#include <stdint.h>

#include "machine/status.h"

typedef struct {
  int rank, ranks;
  size_t n;       /**< workers; set once it is known, 1 <= ranks <= n + 1 */
  uint64_t moved; /**< bytes that this rank sent to others through ist_send and ist_share */
} ist_ranks;

/** The calling process's place, n unknown. */
ist_ranks ist_ranks_join(void);

/** Whether this is the server. */
int ist_is_server(const ist_ranks *t);

/** The first worker of a rank; that of the following rank is where its workers end. */
size_t ist_ranks_first(const ist_ranks *t, int rank);

/** How many workers live on a rank. */
size_t ist_ranks_count(const ist_ranks *t, int rank);

/** The rank on which worker i lives. */
int ist_ranks_owner(const ist_ranks *t, size_t i);

/** All ranks: IST_OK if code is IST_OK on every rank; otherwise, everywhere, the code and text of
 *  the lowest rank where it is not. */
ist_code ist_agree(const ist_ranks *t, ist_code code, ist_status *s);

/** All ranks: IST_MACHINE, naming the lowest such rank, if the arithmetic of one is wrong. */
ist_code ist_ranks_check_arithmetic(const ist_ranks *t, ist_status *s);

/** Sends v (count numbers) to a rank, which receives them. */
void ist_send(ist_ranks *t, const double *v, size_t count, int to);
void ist_receive(double *v, size_t count, int from);

/** All ranks: v (size bytes) becomes that of rank root. */
void ist_share(ist_ranks *t, void *v, size_t size, int root);

/** All ranks: the sum of moved over the ranks, on the server; 0 elsewhere. */
uint64_t ist_ranks_moved(const ist_ranks *t);

#endif
