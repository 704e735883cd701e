/** Output that appears whole or not at all: written beside its target, then renamed over it. */
#ifndef IST_PROBLEM_ATOMIC_FILE_H
#define IST_PROBLEM_ATOMIC_FILE_H

#include <stdio.h>

#include "machine/status.h"

/** A file being written. A zero value is an empty one, which may be aborted. */
typedef struct {
  FILE *stream;    /**< to be written to; NULL once sealed */
  char *target;    /**< owned */
  char *temporary; /**< owned; NULL where the target is written directly */
} ist_atomic_file;

/** Opens a temporary file in the directory of path. The file at path stays as it is until
 *  ist_atomic_commit, whatever happens before. A symbolic link is followed; an existing file's
 *  permissions are kept. A path that exists and is neither a file nor a directory (a terminal, a
 *  pipe, /dev/null) is written directly. IST_OUTPUT_FAILED, as PATH: reason, also for the file that
 *  standard output goes to; IST_MACHINE if memory runs out. */
ist_code ist_atomic_open(const char *path, ist_atomic_file *f, ist_status *s);

/** Puts what was written so far over the target and leaves the stream open: from then on every
 *  flush, as by a further call, adds to the target itself. On failure the file is aborted;
 *  IST_MACHINE if arithmetic is wrong, since what was written may be wrong then. */
ist_code ist_atomic_publish(ist_atomic_file *f, ist_status *s);

/** Flushes and closes the stream, the target still untouched. On failure the file is aborted. */
ist_code ist_atomic_seal(ist_atomic_file *f, ist_status *s);

/** Seals if necessary, and renames over the target. On failure the file is aborted; IST_MACHINE as
 *  above. */
ist_code ist_atomic_commit(ist_atomic_file *f, ist_status *s);

/** Drops what was written and frees f. Harmless after a commit. */
void ist_atomic_abort(ist_atomic_file *f);

#endif
