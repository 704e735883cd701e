/** Matrix Market files: CHOLMOD reads the numbers, a strict scan before it locates every fault.
 *
 *  CHOLMOD alone accepts NaN, reads 1e400 as Inf, ignores trailing values, takes an index 0 as a
 *  sign of zero-based numbering, ignores entries above the diagonal of a symmetric file, adds up
 *  repeated entries and breaks lines after 1029 characters. All of these are refused here. */
#ifndef IST_PROBLEM_MATRIX_MARKET_H
#define IST_PROBLEM_MATRIX_MARKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "machine/status.h"

/** A dense matrix read from a file. */
typedef struct {
  size_t rows, cols;
  double *x;   /**< rows x cols, row-major, owned */
  size_t line; /**< line of the file that states the size */
} ist_matrix;

/** What the first lines of a file announce. */
typedef struct {
  bool coordinate; /**< coordinate (triplets); otherwise array (dense, by columns) */
  bool symmetric;  /**< only the lower triangle is stored */
  size_t rows, cols;
  size_t entries; /**< number of entries stored in the file */
  size_t line;    /**< line that states the size */
} ist_mm_header;

/** Reads the file at path: `array` or `coordinate`, `real` or `integer`, `general` or `symmetric`.
 *  limit: the largest number of rows or columns accepted. On IST_OK the caller frees out->x.
 *  IST_BAD_INPUT, as FILE:LINE: reason, if the file is missing, unreadable, not regular, not in
 *  this format, incomplete, followed by more data, holds a number that is not finite or an entry
 *  twice. IST_MACHINE if it does not fit in memory. */
ist_code ist_mm_read(const char *path, size_t limit, ist_matrix *out, ist_status *s);

/** ist_mm_read on an open, seekable file; name stands for it in messages. */
ist_code ist_mm_parse(FILE *file, const char *name, size_t limit, ist_matrix *out, ist_status *s);

/** The scan: checks every line of file from its beginning and fills in *header. */
ist_code ist_mm_scan(FILE *file, const char *name, size_t limit, ist_mm_header *header,
                     ist_status *s);

/** Refuses a coordinate file that ist_mm_scan accepts and that holds an entry twice: names the line
 *  of the first one that repeats another, and that other's. IST_BAD_INPUT, or IST_MACHINE if memory
 *  runs out. */
ist_code ist_mm_find_repeated(FILE *file, const char *name, const ist_mm_header *header,
                              ist_status *s);

/** Writes the lower triangle of a symmetric d x d row-major matrix as `array real symmetric`,
 *  or a vector as d x 1 `array real general`. Numbers read back bit for bit. Errors stay in
 *  ferror(file). */
void ist_mm_write_symmetric(FILE *file, const double *x, size_t d);
void ist_mm_write_vector(FILE *file, const double *x, size_t d);

#endif
