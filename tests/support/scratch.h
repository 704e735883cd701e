/** A directory of its own for each test that writes. */
#ifndef IST_TEST_SCRATCH_H
#define IST_TEST_SCRATCH_H

#include <stdbool.h>

/** Creates an empty directory and returns its path (static storage). For a test's .init. */
const char *scratch_open(void);

/** Removes it with everything in it. For a test's .fini. */
void scratch_close(void);

/** Path of name in the directory, in one of four buffers used in turn. */
const char *scratch_path(const char *name);

/** Writes text to the file name in the directory; returns its path. */
const char *scratch_write(const char *name, const char *text);

/** Whether name exists in the directory. */
bool scratch_has(const char *name);

/** Whether the file name holds exactly text. */
bool scratch_holds(const char *name, const char *text);

/** Number of entries in the directory. */
int scratch_count(void);

#endif
