/** Which problem files a directory holds: L.mtx, L-1.mtx, ..., b.mtx, b-1.mtx, ... */
#ifndef IST_PROBLEM_INVENTORY_H
#define IST_PROBLEM_INVENTORY_H

#include <dirent.h>
#include <stdbool.h>
#include <stddef.h>

#include "machine/status.h"

typedef enum {
  IST_NAME_OTHER,    /**< not a problem file */
  IST_NAME_SHARED,   /**< L.mtx, b.mtx */
  IST_NAME_NUMBERED, /**< L-3.mtx, b-3.mtx */
  IST_NAME_MISTAKEN, /**< L-0.mtx, L-01.mtx, b-x.mtx: no worker has this number; B.mtx, l-1.mtx,
                          L-1.MTX: upper and lower case mixed up */
} ist_name_kind;

/** Classifies a file name for letter 'L' or 'b'; *index is set for numbered names, 1..IST_DIM_MAX.
 */
ist_name_kind ist_name_classify(const char *name, char letter, size_t *index);

/** The files of one letter. */
typedef struct {
  bool shared;    /**< LETTER.mtx is there */
  size_t count;   /**< of numbered files */
  size_t largest; /**< largest number; 0 if there is none */
} ist_family;

/** Lists directory path for letter. IST_BAD_INPUT if it cannot be listed, holds a mistaken name,
 *  both the shared and numbered files, or numbered files with a gap. */
ist_code ist_family_list(const char *path, char letter, ist_family *family, ist_status *s);

/** The next entry of a directory; NULL at its end, with *error = 0, or if it cannot be read, with
 *  the system's error number in *error. */
struct dirent *ist_next_entry(DIR *directory, int *error);

/** Path of a problem file, to be freed by the caller; index 0: the shared one. NULL if memory runs
 *  out. */
char *ist_file_path(const char *path, char letter, size_t index);

#endif
