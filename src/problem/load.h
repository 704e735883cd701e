/** Reading a problem. */
#ifndef IST_PROBLEM_LOAD_H
#define IST_PROBLEM_LOAD_H

#include "machine/status.h"
#include "problem.h"

/** Reads the problem at path into *p (to be freed by the caller on IST_OK; empty otherwise): a
 *  regular file as HDF5, with the refusals of ist_hdf5_open, ist_hdf5_read_L and ist_hdf5_read_b,
 *  and a directory as follows.
 *
 *  L.mtx is shared by all workers, L-1.mtx, L-2.mtx, ... belong to one each; likewise b.mtx and
 *  b-1.mtx, ...; either may be shared while the other is not. No b file: b = 0 (interpolation).
 *  workers: 0 for the default (the number of L or b files; d if both are shared), otherwise the
 *  requested n, which must equal the number of files where they are numbered.
 *
 *  Refused with IST_BAD_INPUT, naming the file, the line where there is one, and the reason:
 *  - the directory: missing, unreadable, neither directory nor regular file; no L; both L.mtx and
 *    L-i.mtx; a gap in the numbers; a number that is 0, has leading zeros, is no number or exceeds
 *    IST_DIM_MAX; a name with upper and lower case mixed up; L and b files in different numbers
 *    (all of this for b alike); workers other than the number of files;
 *  - a file: missing, unreadable, a directory or other non-regular file, empty, not Matrix Market,
 *    neither array nor coordinate, neither real nor integer, neither general nor symmetric; a size
 *    line that is missing, malformed, 0, beyond IST_DIM_MAX, not square though declared symmetric;
 *    fewer entries than announced or more; an entry that is no decimal number, not finite (NaN,
 *    Inf, 1e400), with too many or too few values, with an index out of range, above the diagonal
 *    of a symmetric file, or given twice; a line over 1024 characters; a NUL byte;
 *  - L_i: not square, of another dimension than L_1, an entry beyond IST_ENTRY_MAX, not symmetric
 *    to 1e-12 relative to the scale of ist_check_symmetric (what remains is averaged away);
 *  - b_i: not d x 1, an entry beyond IST_ENTRY_MAX;
 *  - the mean of the L_i: not positive definite to working precision (naming the diagonal entry or
 *    the leading minor). No L_i of several need be definite;
 *  IST_MACHINE: a matrix or the problem does not fit in memory, or there is no process in which to
 *  read an HDF5 file: the HDF5 library, which may crash on a damaged one, runs in a child process
 *  (fork), which ends with the call.
 *  workers beyond IST_DIM_MAX is IST_USAGE. That n divides d and that D_i^{-1/2} exists are the
 *  sketch's demands: see ist_sketch_resolve. */
ist_code ist_problem_load(const char *path, size_t workers, ist_problem *p, ist_status *s);

#endif
