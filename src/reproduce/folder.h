/** The directory that receives many files. */
#ifndef IST_REPRODUCE_FOLDER_H
#define IST_REPRODUCE_FOLDER_H

#include "machine/status.h"
#include "problem/atomic_file.h"

/** Makes the directory unless it exists. IST_OUTPUT_FAILED, as PATH: reason. */
ist_code ist_folder_make(const char *directory, ist_status *s);

/** DIRECTORY/NAME, to be freed by the caller. NULL with IST_MACHINE in *s if memory runs out. */
char *ist_folder_path(const char *directory, const char *name, ist_status *s);

/** Opens DIRECTORY/NAME as ist_atomic_open does. */
ist_code ist_folder_open(const char *directory, const char *name, ist_atomic_file *f,
                         ist_status *s);

#endif
