/** Reading and writing a problem directory (L.mtx or L-1.mtx..., b.mtx or b-1.mtx...). */
#ifndef IST_PROBLEM_LOAD_H
#define IST_PROBLEM_LOAD_H

#include "problem.h"
#include "status.h"

/** Reads the problem in directory path into *p (to be freed by the caller on IST_OK).
 *  workers: 0 for the default (the number of L or b files; d for a homogeneous problem), otherwise
 *  the requested n; must equal the number of files where there are several.
 *  Refuses, naming file, line where there is one, and reason: see the README's list. Every matrix is
 *  checked to be square, symmetric to 1e-12 relative (then symmetrised exactly), positive definite,
 *  finite, within IST_ENTRY_MAX, and of the common dimension. */
ist_code ist_problem_load(const char *path, size_t workers, ist_problem *p, ist_status *s);

/** Writes p as a problem directory (created if missing; files of an earlier problem there are removed).
 *  Each file is written under a temporary name and renamed. */
ist_code ist_problem_save(const ist_problem *p, const char *path, ist_status *s);

#endif
