/** The process that reads an HDF5 file, and what it is asked and answers.
 *
 *  It first sends an outcome (ist_child_report) and, if that is IST_OK, an ist_hdf5_survey. Then,
 * for each ist_hdf5_request, it answers with pieces: an outcome and, if that is IST_OK, the number
 * of bytes that follow (size_t) and those, until the whole part is sent or the outcome is another.
 */
#ifndef IST_PROBLEM_HDF5_READER_H
#define IST_PROBLEM_HDF5_READER_H

#include <stdbool.h>
#include <stddef.h>

/* Both structures are sent as bytes, and have no padding. */

/** What the file holds. */
typedef struct {
  size_t d;
  size_t n;                         /**< workers; 0 where the file does not tell */
  size_t L_shared, b_shared, has_b; /**< truth values */
} ist_hdf5_survey;

/** A part of the file: L_i or b_i. */
typedef struct {
  size_t is_L; /**< truth value */
  size_t i;    /**< worker, from 0; immaterial where the dataset is shared */
} ist_hdf5_request;

/** What messages call a part: "FILE: L" or "FILE: L, worker 3". */
void ist_hdf5_part_name(const char *path, bool is_L, bool shared, size_t i, char name[700]);

/** The work of the process (an ist_child_work); path: of the file, a char *. */
void ist_hdf5_serve(void *path, int channel);

#endif
