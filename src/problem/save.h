/** Writing a problem as a directory (L.mtx or L-1.mtx..., b.mtx or b-1.mtx...). */
#ifndef IST_PROBLEM_SAVE_H
#define IST_PROBLEM_SAVE_H

#include "machine/status.h"
#include "problem.h"

/** Writes p as a problem directory (created if missing; files of an earlier problem there are
 *  removed, all others left alone). IST_OUTPUT_FAILED if that fails.
 *  All files are first written in full into a new directory, which then takes the place of the one
 *  at path in one step, permissions kept (see ist_new_directory_commit): whatever ends the program,
 *  there is the earlier problem or the new one. The working directory is filled, but not replaced.
 *  Reading back gives the same bits. Shared L and b are written as
 *  L.mtx and b.mtx, and no b under interpolation; a single worker's as L-1.mtx and b-1.mtx, since
 *  L.mtx alone stands for n = d. The n of a homogeneous problem with n > 1 is not recorded. */
ist_code ist_problem_save(const ist_problem *p, const char *path, ist_status *s);

#endif
