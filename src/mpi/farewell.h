/** The server's last words when the job is ended from outside.
 *
 *  When a rank dies, or the job is cancelled, mpirun ends all others with SIGTERM. The trace then
 *  holds the rows of all rounds that were finished, since it is written row by row. */
#ifndef IST_MPI_FAREWELL_H
#define IST_MPI_FAREWELL_H

#include <stddef.h>

/** From now on SIGTERM prints one line on standard error and ends the process with status 143. */
void ist_farewell_watch(void);

/** Notes that round k is finished. */
void ist_farewell_note(size_t k);

/** Back to what SIGTERM did before ist_farewell_watch. */
void ist_farewell_release(void);

#endif
