/** Allocation that refuses what the machine cannot hold. */
#ifndef IST_MACHINE_MEMORY_H
#define IST_MACHINE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/** Whether count matrices of rows x cols doubles can be addressed and fit in physical memory. An
 *  overcommitting system would grant more and end the program when it is touched. */
bool ist_memory_fits(size_t count, size_t rows, size_t cols);

/** count matrices of rows x cols doubles, all zero, to be freed by the caller; NULL if they do not
 *  fit. An empty request yields a pointer that may be freed. */
double *ist_memory_doubles(size_t count, size_t rows, size_t cols);

#endif
