/** Writing a problem into one HDF5 file, in the form that hdf5_problem.h describes. */
#ifndef IST_PROBLEM_HDF5_WRITE_H
#define IST_PROBLEM_HDF5_WRITE_H

#include <stdbool.h>

#include "machine/status.h"
#include "source.h"

/** Whether path is the name of an HDF5 file: it ends in .h5 or .hdf5. */
bool ist_hdf5_named(const char *path);

/** Writes the source worker by worker, through a temporary file that is then renamed, holding one
 *  matrix at a time and the mean of several, which it checks (ist_source_check_mean). The same
 *  source gives the same bytes. Matrices are chunked by worker, and by rows where one would exceed
 *  1 GiB. Shared L and b are written without the leading dimension unless n = 1 (L alone as d x d
 *  stands for n = d); no b if every entry is 0. The n of a homogeneous problem with n > 1 is not
 *  recorded.
 *  The HDF5 library runs in a child process, which also takes from the source: that is to be closed
 *  afterwards. IST_OUTPUT_FAILED if writing fails; IST_MACHINE if memory runs out; IST_BAD_INPUT if
 *  the mean is refused; or as the source fails. The file at path is then as it was. */
ist_code ist_hdf5_write(const ist_problem_source *from, const char *path, ist_status *s);

#endif
