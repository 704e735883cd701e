/** A run whose workers live on several processes. */
#ifndef IST_MPI_RUN_H
#define IST_MPI_RUN_H

#include "run/result.h"
#include "run/settings.h"
#include "server.h"

/** What is run; the same on all ranks. */
typedef struct {
  const char *problem; /**< a path that every rank sees */
  size_t workers;      /**< of a homogeneous problem; 0: d */
  bool precondition;   /**< whether to replace the problem by (20) */
  ist_sketch_kind sketch;
  size_t block; /**< of the rand sketch; 0: d/n */
  const ist_run_settings *settings;
} ist_mpi_task;

/** What the run moved, against gradient descent, which moves all d numbers of x and of a gradient
 *  for each worker on another rank. */
typedef struct {
  ist_traffic rounds;
  uint64_t descent_floats; /**< both ways */
  uint64_t set_up_bytes;   /**< once, before the first round */
} ist_communication;

/** All ranks: runs as ist_run does, bit for bit; the server gets *out, which it frees, and *moved.
 *  Every trace is durable; certify and error_bound are not looked at. On other ranks than the
 *  server the code may stay IST_OK when a round fails. */
ist_code ist_mpi_run(ist_ranks *t, const ist_mpi_task *task, ist_run_result *out,
                     ist_communication *moved, ist_status *s);

#endif
