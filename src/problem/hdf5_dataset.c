#include "hdf5_dataset.h"

#include <stdio.h>

#include "child.h"
#include "hdf5_error.h"
#include "kernel/range.h"

ist_code ist_hdf5_refuse(const char *path, const char *name, const char *what, ist_status *s) {
  char reason[160];
  const ist_code code = ist_child_exhausted() ? IST_MACHINE : IST_BAD_INPUT;
  ist_hdf5_reason(reason, sizeof reason);
  return ist_fail(s, code, "%s%s%s: %s%s%s", path, name != NULL ? ": " : "",
                  name != NULL ? name : "", what, reason[0] != '\0' ? ": " : "", reason);
}

ist_code ist_hdf5_dataset_find(const char *path, hid_t file, const char *name, const char *other,
                               bool *exists, ist_status *s) {
  const htri_t found = H5Lexists(file, name, H5P_DEFAULT);
  const htri_t mistaken = found == 0 ? H5Lexists(file, other, H5P_DEFAULT) : 0;
  *exists = found > 0;
  if (found < 0 || mistaken < 0)
    return ist_hdf5_refuse(path, NULL, "its list of datasets cannot be read", s);
  if (mistaken > 0)
    return ist_fail(s, IST_BAD_INPUT,
                    "%s: holds no dataset %s, but one named %s; rename it if it is meant", path,
                    name, other);
  return IST_OK;
}

/** An external link that was met and not followed. */
typedef struct {
  bool met;
  char file[400];
} external_link;

/** Called by HDF5 before it opens the file that an external link names: stops it. */
static herr_t stop(const char *parent_file, const char *parent_group, const char *child_file,
                   const char *child_object, unsigned *flags, hid_t list, void *context) {
  (void)parent_file;
  (void)parent_group;
  (void)child_object;
  (void)flags;
  (void)list;
  external_link *link = context;
  link->met = true;
  snprintf(link->file, sizeof link->file, "%s", child_file);
  return -1;
}

/** Opens the dataset without leaving the file. */
static ist_code open_inside(const char *path, hid_t file, ist_hdf5_dataset *t, ist_status *s) {
  external_link link = {0};
  const hid_t list = H5Pcreate(H5P_DATASET_ACCESS);
  if (list >= 0 && H5Pset_elink_cb(list, stop, &link) >= 0)
    t->set = H5Dopen2(file, t->name, list);
  // The reason before another call clears it.
  if (t->set < 0 && !link.met)
    ist_hdf5_refuse(path, t->name, "cannot be read as a dataset", s);
  else if (t->set < 0)
    ist_fail(s, IST_BAD_INPUT,
             "%s: %s: leads to another file (external link to %s), but must lie in this one", path,
             t->name, link.file);
  if (list >= 0)
    H5Pclose(list);
  return t->set >= 0 ? IST_OK : s->code;
}

/** Refuses storage in other files, of which HDF5 reads what is missing as zeros. */
static ist_code check_storage(const char *path, const ist_hdf5_dataset *t, hid_t list,
                              ist_status *s) {
  const H5D_layout_t layout = H5Pget_layout(list);
  if (layout == H5D_VIRTUAL)
    return ist_fail(
        s, IST_BAD_INPUT,
        "%s: %s: a virtual dataset, whose numbers lie in other datasets; copy them into "
        "this one",
        path, t->name);
  if (H5Pget_external_count(list) > 0)
    return ist_fail(s, IST_BAD_INPUT,
                    "%s: %s: its numbers lie in another file (external storage); copy them into "
                    "this one",
                    path, t->name);
  return IST_OK;
}

static ist_code check_place(const char *path, const ist_hdf5_dataset *t, ist_status *s) {
  const hid_t list = H5Dget_create_plist(t->set);
  if (list < 0)
    return ist_hdf5_refuse(path, t->name, "cannot be read", s);
  const ist_code code = check_storage(path, t, list, s);
  H5Pclose(list);
  return code;
}

/** Says what type a dataset has instead of float64. */
static ist_code refuse_type(const char *path, const char *name, hid_t type, ist_status *s) {
  const unsigned bits = (unsigned)(8 * H5Tget_size(type));
  switch (H5Tget_class(type)) {
  case H5T_FLOAT:
    if (bits == 64)
      return ist_fail(s, IST_BAD_INPUT, "%s: %s: float64 of another layout, but must be IEEE 754's",
                      path, name);
    return ist_fail(s, IST_BAD_INPUT, "%s: %s: float%u, but must be float64", path, name, bits);
  case H5T_INTEGER:
    return ist_fail(s, IST_BAD_INPUT, "%s: %s: %u-bit integers, but must be float64", path, name,
                    bits);
  default:
    return ist_fail(s, IST_BAD_INPUT, "%s: %s: no real numbers, but must be float64", path, name);
  }
}

static ist_code check_type(const char *path, const ist_hdf5_dataset *t, ist_status *s) {
  const hid_t type = H5Dget_type(t->set);
  ist_code code = IST_OK;
  if (type < 0)
    return ist_hdf5_refuse(path, t->name, "cannot be read", s);
  if (H5Tequal(type, H5T_IEEE_F64LE) <= 0 && H5Tequal(type, H5T_IEEE_F64BE) <= 0)
    code = refuse_type(path, t->name, type, s);
  H5Tclose(type);
  return code;
}

static ist_code read_shape(const char *path, ist_hdf5_dataset *t, int min_rank, int max_rank,
                           const char *expected, ist_status *s) {
  const hid_t space = H5Dget_space(t->set);
  if (space < 0)
    return ist_hdf5_refuse(path, t->name, "cannot be read", s);
  t->rank = H5Sget_simple_extent_ndims(space);
  const bool fits = t->rank >= min_rank && t->rank <= max_rank;
  if (fits)
    H5Sget_simple_extent_dims(space, t->size, NULL);
  H5Sclose(space);
  if (!fits)
    return ist_fail(s, IST_BAD_INPUT, "%s: %s: %d dimensions, but must be %s", path, t->name,
                    t->rank, expected);
  for (int k = 0; k < t->rank; k++)
    if (t->size[k] == 0 || t->size[k] > IST_DIM_MAX)
      return ist_fail(s, IST_BAD_INPUT, "%s: %s: dimension %d is %llu, outside 1..%d", path,
                      t->name, k + 1, (unsigned long long)t->size[k], IST_DIM_MAX);
  return IST_OK;
}

/** Whether chunks are compressed, or otherwise changed on their way. */
static bool is_filtered(const ist_hdf5_dataset *t) {
  const hid_t list = H5Dget_create_plist(t->set);
  const bool filtered = list >= 0 && H5Pget_nfilters(list) != 0;
  if (list >= 0)
    H5Pclose(list);
  return filtered;
}

/** The sizes of a chunk; false if the dataset is not stored in chunks. */
static bool chunk_sizes(const ist_hdf5_dataset *t, hsize_t chunk[3]) {
  const hid_t list = H5Dget_create_plist(t->set);
  const bool chunked = list >= 0 && H5Pget_layout(list) == H5D_CHUNKED &&
                       H5Pget_chunk(list, t->rank, chunk) == t->rank;
  if (list >= 0)
    H5Pclose(list);
  return chunked;
}

ist_code ist_hdf5_dataset_open(const char *path, hid_t file, const char *name, int min_rank,
                               int max_rank, const char *expected, ist_hdf5_dataset *t,
                               ist_status *s) {
  hsize_t chunk[3];
  *t = (ist_hdf5_dataset){.set = H5I_INVALID_HID, .name = name, .row = -1, .chunk_rows = 1};
  if (open_inside(path, file, t, s) != IST_OK || check_place(path, t, s) != IST_OK ||
      check_type(path, t, s) != IST_OK ||
      read_shape(path, t, min_rank, max_rank, expected, s) != IST_OK)
    return s->code;
  if (t->rank >= 2 && chunk_sizes(t, chunk) && is_filtered(t))
    t->chunk_rows = (size_t)chunk[t->rank - 2];
  return IST_OK;
}

/** Refuses a dataset of which a chunk is missing. */
static ist_code check_chunks(const char *path, const ist_hdf5_dataset *t, const hsize_t chunk[3],
                             ist_status *s) {
  hsize_t expected = 1, found = 0;
  for (int k = 0; k < t->rank; k++)
    expected *= (t->size[k] + chunk[k] - 1) / chunk[k];
  const hid_t space = H5Dget_space(t->set);
  const herr_t counted = H5Dget_num_chunks(t->set, space, &found);
  if (space >= 0)
    H5Sclose(space);
  if (counted < 0)
    return ist_hdf5_refuse(path, t->name, "cannot be read", s);
  if (found < expected)
    return ist_fail(s, IST_BAD_INPUT,
                    "%s: %s: a part of it was never written; HDF5 would read that as zeros", path,
                    t->name);
  return IST_OK;
}

ist_code ist_hdf5_dataset_check_written(const char *path, ist_hdf5_dataset *t, ist_status *s) {
  H5D_space_status_t space = H5D_SPACE_STATUS_ERROR;
  hsize_t chunk[3];
  if (t->written)
    return IST_OK;
  if (H5Dget_space_status(t->set, &space) < 0)
    return ist_hdf5_refuse(path, t->name, "cannot be read", s);
  if (space == H5D_SPACE_STATUS_NOT_ALLOCATED)
    return ist_fail(s, IST_BAD_INPUT, "%s: %s: was never written; HDF5 would read it as zeros",
                    path, t->name);
  if (chunk_sizes(t, chunk) && check_chunks(path, t, chunk, s) != IST_OK)
    return s->code;
  t->written = true;
  return IST_OK;
}

/** Names a filter of the dataset that is not installed, as "12 (name)"; false if all are. */
static bool missing_filter(const ist_hdf5_dataset *t, char *text, size_t size) {
  const hid_t list = H5Dget_create_plist(t->set);
  bool missing = false;
  for (int k = 0; list >= 0 && k < H5Pget_nfilters(list) && !missing; k++) {
    unsigned flags, config;
    size_t values = 0;
    char name[64] = "";
    const H5Z_filter_t id =
        H5Pget_filter2(list, (unsigned)k, &flags, &values, NULL, sizeof name, name, &config);
    name[sizeof name - 1] = '\0';
    missing = id >= 0 && H5Zfilter_avail(id) <= 0;
    if (missing)
      snprintf(text, size, "%d (%s)", (int)id, name[0] != '\0' ? name : "no name");
  }
  if (list >= 0)
    H5Pclose(list);
  return missing;
}

static ist_code refuse_numbers(const ist_hdf5_dataset *t, const char *part, ist_status *s) {
  char filter[100];
  ist_hdf5_refuse(part, NULL, "cannot be read", s);
  if (s->code == IST_BAD_INPUT && missing_filter(t, filter, sizeof filter))
    return ist_fail(s, IST_BAD_INPUT,
                    "%s: compressed with the HDF5 filter %s, which is not installed; h5repack "
                    "writes the file with another",
                    part, filter);
  return s->code;
}

ist_code ist_hdf5_dataset_read(const ist_hdf5_dataset *t, size_t i, size_t first, size_t rows,
                               const char *part, double *out, ist_status *s) {
  hsize_t start[3] = {0}, count[3];
  for (int k = 0; k < t->rank; k++)
    count[k] = t->size[k];
  if (t->stacked) {
    start[0] = i;
    count[0] = 1;
  }
  if (t->row >= 0) {
    start[t->row] = first;
    count[t->row] = rows;
  }
  const hid_t file_space = H5Dget_space(t->set);
  const hid_t memory_space = H5Screate_simple(t->rank, count, NULL); // of the same shape: faster
  ist_code code = IST_OK;
  if (H5Sselect_hyperslab(file_space, H5S_SELECT_SET, start, NULL, count, NULL) < 0 ||
      H5Dread(t->set, H5T_NATIVE_DOUBLE, memory_space, file_space, H5P_DEFAULT, out) < 0)
    code = refuse_numbers(t, part, s);
  H5Sclose(file_space);
  H5Sclose(memory_space);
  return code;
}
