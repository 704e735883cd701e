/** One dataset of an HDF5 file: what is demanded of it before its numbers are believed. */
#ifndef IST_PROBLEM_HDF5_DATASET_H
#define IST_PROBLEM_HDF5_DATASET_H

#include <hdf5.h>
#include <stdbool.h>

#include "machine/status.h"

/** An open dataset of matrices or vectors. */
typedef struct {
  hid_t set;        /**< H5I_INVALID_HID where there is none */
  const char *name; /**< not owned */
  int rank;
  hsize_t size[3];   /**< rank of them */
  bool stacked;      /**< whether there are parts of several workers along the first dimension; set
                          by the caller */
  bool written;      /**< whether that was checked */
  int row;           /**< the dimension along which a part is read in pieces, or -1; set by the
                          caller */
  size_t chunk_rows; /**< rows of a matrix that can only be read together */
} ist_hdf5_dataset;

#define IST_HDF5_NO_DATASET                                                                        \
  (ist_hdf5_dataset) { .set = H5I_INVALID_HID }

/** All functions refuse with IST_BAD_INPUT, or IST_MACHINE where memory ran out. */

/** Refuses as "FILE: DATASET: what: HDF5's reason"; name may be NULL. */
ist_code ist_hdf5_refuse(const char *path, const char *name, const char *what, ist_status *s);

/** Whether there is a dataset name; refuses if there is only one whose name is other. */
ist_code ist_hdf5_dataset_find(const char *path, hid_t file, const char *name, const char *other,
                               bool *exists, ist_status *s);

/** Opens, for the rest of the process, a dataset of float64 with min_rank to max_rank dimensions
 *  (expected: in words), each within 1..IST_DIM_MAX. Refuses one whose numbers lie in other files:
 *  behind an external link, in external storage, or virtual. No other file is opened for that. */
ist_code ist_hdf5_dataset_open(const char *path, hid_t file, const char *name, int min_rank,
                               int max_rank, const char *expected, ist_hdf5_dataset *t,
                               ist_status *s);

/** Refuses a dataset of which something was never written, which HDF5 reads as zeros. */
ist_code ist_hdf5_dataset_check_written(const char *path, ist_hdf5_dataset *t, ist_status *s);

/** Reads rows first.. of worker i's part, or of the whole dataset if it is not stacked, into out;
 *  all of it if row is -1. part: what messages call it. A filter that is not installed is named. */
ist_code ist_hdf5_dataset_read(const ist_hdf5_dataset *t, size_t i, size_t first, size_t rows,
                               const char *part, double *out, ist_status *s);

#endif
