/** Opening what the program reads. */
#ifndef IST_PROBLEM_INPUT_FILE_H
#define IST_PROBLEM_INPUT_FILE_H

#include <stdio.h>

#include "machine/status.h"

/** Opens the regular file at path for reading, to be closed by the caller. A pipe, a device or a
 *  directory, also one behind a link, is refused without waiting for it. NULL with "PATH: reason"
 *  in *s: IST_BAD_INPUT, or IST_MACHINE if memory runs out. */
FILE *ist_input_open(const char *path, ist_status *s);

#endif
