/** A problem directory that appears whole or not at all: written beside the one at its path, or
 *  inside it where that holds no problem, then put in its place. */
#ifndef IST_PROBLEM_NEW_DIRECTORY_H
#define IST_PROBLEM_NEW_DIRECTORY_H

#include <stddef.h>

#include "machine/status.h"

/** How a finished directory gets to its place. */
typedef enum {
  IST_CREATE,   /**< there is none: renamed */
  IST_FILL,     /**< there is one without a problem: its files are renamed into that */
  IST_EXCHANGE, /**< there is one with a problem: both are exchanged, and that is removed */
} ist_way;

/** A directory in the making. A zero value is none, which may be aborted. */
typedef struct {
  ist_way way;
  char *target;    /**< where it belongs, links followed; owned */
  char *temporary; /**< where it is written; owned */
} ist_new_directory;

/** Makes an empty directory for the files of a problem that will be at path. What is at path stays
 *  as it is until ist_new_directory_commit. IST_OUTPUT_FAILED, as PATH: reason: path is no
 *  directory, not writable, the working directory with a problem in it (which cannot be exchanged
 *  for another), or holds a file of a problem that is a directory or write-protected. IST_MACHINE
 *  if memory runs out. */
ist_code ist_new_directory_open(const char *path, ist_new_directory *f, ist_status *s);

/** Puts the directory in place. Files that are not part of a problem (ist_name_classify) stay, with
 *  their names. names[0..count-1] are the files written, in an order of which no beginning is a
 *  problem that could be read. Whenever the program is ended, there is the earlier directory, or
 *  one that is refused by its readers, or the new one: never a mixture.
 *  IST_OUTPUT_FAILED, as PATH: reason; also where the file system cannot exchange two
 *  directories. */
ist_code ist_new_directory_commit(ist_new_directory *f, char *const *names, size_t count,
                                  ist_status *s);

/** Removes what was written and frees f. Harmless after a commit. */
void ist_new_directory_abort(ist_new_directory *f);

/** DIRECTORY/NAME, to be freed by the caller; NULL if memory runs out. */
char *ist_path_in(const char *directory, const char *name);

#endif
