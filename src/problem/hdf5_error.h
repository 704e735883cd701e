/** HDF5's error stack, turned into one line. */
#ifndef IST_PROBLEM_HDF5_ERROR_H
#define IST_PROBLEM_HDF5_ERROR_H

#include <stddef.h>

/** To be called before every other use of HDF5: stops it from printing its error stack, and from
 *  releasing what it holds when the program ends, where it crashes if a file could not be closed
 *  (on a full disk). */
void ist_hdf5_begin(void);

/** Why the last HDF5 call of this thread failed: the innermost entry of the error stack up to its
 *  first colon (what follows are addresses and times), or "" if the stack is empty. reason: size
 *  characters. */
void ist_hdf5_reason(char *reason, size_t size);

#endif
