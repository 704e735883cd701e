/** ist-mpi run: ist run on several processes. */
#ifndef IST_MPI_COMMAND_H
#define IST_MPI_COMMAND_H

#include "team.h"

/** All ranks, each with the same arguments; argv[0] is "run". The server prints the result. The
 *  exit code and text of a failure are those of ist run; on other ranks than the server they may
 *  stay IST_OK when rounds fail. */
ist_code ist_mpi_run(ist_team *t, int argc, char **argv, ist_status *s);

#endif
