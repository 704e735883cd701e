/** A problem in one HDF5 file, read worker by worker.
 *
 *  Dataset L is n x d x d, or d x d if all workers share one matrix; dataset b, which may be
 *  missing (b = 0), is n x d, or d if shared, for which (1,d) and (d,1) also stand, as MATLAB
 *  writes a vector. Both hold float64, all of it written, in the file itself: nothing virtual,
 *  external or behind an external link. Everything else in the file is ignored.
 *
 *  The HDF5 library runs in a child process, from ist_hdf5_open to ist_hdf5_close, since it crashes
 *  on some damaged files. Not to be called by several threads at once; several processes may read
 *  the same file. */
#ifndef IST_PROBLEM_HDF5_PROBLEM_H
#define IST_PROBLEM_HDF5_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>

#include "machine/status.h"

struct ist_hdf5_handles;

/** An open file. The first members mean what they mean in ist_problem. */
typedef struct {
  size_t d;
  size_t n;
  size_t L_stride; /**< d*d, or 0 if shared */
  size_t b_stride; /**< d, or 0 if shared or missing */
  bool homogeneous;
  bool has_b;                       /**< whether there is a dataset b; if not, every b_i is 0 */
  struct ist_hdf5_handles *handles; /**< owned */
} ist_hdf5_problem;

/** Opens the file at path and checks the shapes and types of its datasets; no entry is read yet.
 *  workers: 0 for the default (the n of L or b; d if both are shared), otherwise the requested n,
 *  which must equal that of L and b where they have one. On IST_OK the caller calls
 *  ist_hdf5_close.
 *
 *  IST_BAD_INPUT, as "FILE: reason" or "FILE: DATASET: reason": missing, unreadable, not a regular
 *  file, not HDF5, truncated, damaged; no dataset L; l or B in place of L or b; a dataset that is
 *  not float64 (of either byte order), of another rank or shape, with d or n zero or beyond
 *  IST_DIM_MAX, or whose numbers lie elsewhere; L and b for different n or d; workers other than n.
 *  IST_USAGE: workers beyond IST_DIM_MAX. IST_MACHINE: no memory, or no process for the reader. */
ist_code ist_hdf5_open(const char *path, size_t workers, ist_hdf5_problem *f, ist_status *s);

/** Reads L_i, i < n, into L (d*d entries) and checks it as ist_check_matrix: finite, within
 *  IST_ENTRY_MAX, symmetric (and made exactly so); if all workers share it, positive definite. Of
 *  several, the mean is left to the caller to check. IST_BAD_INPUT, naming the file, the dataset
 *  and the worker from 1; L is then unspecified. */
ist_code ist_hdf5_read_L(const ist_hdf5_problem *f, size_t i, double *L, ist_status *s);

/** Reads b_i, i < n, into b (d entries), zeros without a dataset b; each entry must be within
 *  IST_ENTRY_MAX. Fails as ist_hdf5_read_L. */
ist_code ist_hdf5_read_b(const ist_hdf5_problem *f, size_t i, double *b, ist_status *s);

/** Closes the file and frees what f owns. An empty (zero) f may be closed. */
void ist_hdf5_close(ist_hdf5_problem *f);

#endif
