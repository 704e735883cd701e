/** The server's side of a distributed run: an engine whose workers live on other ranks. */
#ifndef IST_MPI_SERVER_H
#define IST_MPI_SERVER_H

#include <mpi.h>

#include "run/engine.h"
#include "worker.h"

/** The numbers of the rounds that moved between ranks. */
typedef struct {
  uint64_t rounds, floats_down, floats_up;
  uint64_t state_bytes; /**< of the generator, before the first round */
} ist_traffic;

typedef struct {
  const ist_ranks *team;
  ist_worker *own;         /**< draws the blocks; runs all workers if the server is alone */
  double *down, *up, *sum; /**< n*q, n*q and d entries */
  MPI_Request *requests;   /**< two for each rank */
  MPI_Status *answers;
  ist_traffic traffic;
} ist_server;

/** Prepares the server; own: its workers, of which there are none unless it is alone, with the step
 *  settled. IST_MACHINE if memory runs out. To be closed whatever the outcome. */
ist_code ist_server_open(ist_server *v, const ist_ranks *t, ist_worker *own, ist_status *s);

/** The engine of a run; v must outlive it. */
ist_engine ist_server_engine(ist_server *v);

/** Tells the workers on other ranks that the run is over. */
void ist_server_end(const ist_ranks *t);

/** Frees what v owns. */
void ist_server_close(ist_server *v);

#endif
