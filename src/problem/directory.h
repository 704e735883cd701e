/** A problem directory of Matrix Market files, read worker by worker. */
#ifndef IST_PROBLEM_DIRECTORY_H
#define IST_PROBLEM_DIRECTORY_H

#include <stddef.h>

#include "inventory.h"
#include "machine/status.h"
#include "matrix_market.h"

/** Which files there are. Nothing is owned. */
typedef struct {
  const char *path;
  ist_family L, b;
  size_t n; /**< workers; 0 where it is d, which only L.mtx tells */
} ist_directory;

/** Lists the directory at path and settles n as far as the files do; see ist_problem_load for
 *  workers and for what is refused. No file is opened yet. */
ist_code ist_directory_open(const char *path, size_t workers, ist_directory *f, ist_status *s);

/** Number of distinct matrices and vectors: n, or 1 if shared (or, for b, if there is none). */
size_t ist_directory_L_count(const ist_directory *f);
size_t ist_directory_b_count(const ist_directory *f);

/** Reads and checks L_i, i from 0 (the shared one for every i). d: its required dimension, 0 for
 *  any. On IST_OK m->x is owned by the caller. */
ist_code ist_directory_read_L(const ist_directory *f, size_t i, size_t d, ist_matrix *m,
                              ist_status *s);

/** Reads and checks b_i, i from 0, into b (d entries): zeros where there is no b file. */
ist_code ist_directory_read_b(const ist_directory *f, size_t i, size_t d, double *b, ist_status *s);

#endif
