/** Libraries that end the program, or never come back, where memory or threads run out: what they
 *  need is taken at the start, under guard. */
#ifndef IST_MACHINE_LIBRARIES_H
#define IST_MACHINE_LIBRARIES_H

#include "status.h"

/** To be called at the beginning of main: from now on, a library that calls exit ends the program
 *  with IST_MACHINE and one line.
 *
 *  Linking this function also lets the program, before any library is initialised, start itself
 *  again with OPENBLAS_NUM_THREADS=1 where there is no memory for the threads that OpenBLAS starts
 *  and we do not use: it would try for ever. Where it cannot start them it sends SIGINT to the
 *  program, which then does the same. */
void ist_libraries_guard(void);

/** Has OpenBLAS take the memory that it works in, one thread's. IST_MACHINE if there is none, for
 *  which it would try for ever later on. */
ist_code ist_libraries_reserve(ist_status *s);

/** To be called before main returns or exit is called by ourselves. */
void ist_libraries_release(void);

#endif
