#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atomic_file.h"
#include "inventory.h"
#include "load.h"
#include "matrix_market.h"

/** Which files a problem consists of; a count of 0 stands for the shared file. */
typedef struct {
  size_t L_numbered;
  bool b_present;
  size_t b_numbered;
} layout;

static layout layout_of(const ist_problem *p) {
  return (layout){
      .L_numbered = p->L_stride != 0 || p->n == 1 ? p->n : 0,
      .b_present = !p->interpolation,
      .b_numbered = p->b_stride != 0 || p->n == 1 ? p->n : 0,
  };
}

static size_t files_of(size_t numbered) { return numbered > 0 ? numbered : 1; }

static ist_code make_directory(const char *path, ist_status *s) {
  if (mkdir(path, 0777) == 0)
    return IST_OK;
  int error = errno;
  struct stat info;
  if (error == EEXIST && stat(path, &info) == 0 && S_ISDIR(info.st_mode))
    return IST_OK;
  return ist_fail(s, IST_OUTPUT_FAILED, "%s: %s", path,
                  error == EEXIST ? "exists and is not a directory" : strerror(error));
}

/** Writes worker i's file of one letter under a temporary name, and closes it. */
static ist_code write_file(const ist_problem *p, const char *path, char letter, size_t numbered,
                           size_t i, ist_atomic_file *f, ist_status *s) {
  char *name = ist_file_path(path, letter, numbered > 0 ? i + 1 : 0);
  if (name == NULL)
    return ist_fail(s, IST_OUTPUT_FAILED, "%s: memory is exhausted", path);
  ist_code code = ist_atomic_open(name, f, s);
  free(name);
  if (code != IST_OK)
    return code;
  if (letter == 'L')
    ist_mm_write_symmetric(f->stream, ist_problem_L(p, i), p->d);
  else
    ist_mm_write_vector(f->stream, ist_problem_b(p, i), p->d);
  return ist_atomic_seal(f, s);
}

/** Writes all files of one letter into f[0], f[1], ... */
static ist_code write_family(const ist_problem *p, const char *path, char letter, size_t numbered,
                             ist_atomic_file *f, ist_status *s) {
  for (size_t i = 0; i < files_of(numbered); i++) {
    ist_code code = write_file(p, path, letter, numbered, i, &f[i], s);
    if (code != IST_OK)
      return code;
  }
  return IST_OK;
}

static bool is_stale(const char *name, char letter, bool present, size_t numbered) {
  size_t index = 0;
  switch (ist_name_classify(name, letter, &index)) {
  case IST_NAME_SHARED:
    return !present || numbered > 0;
  case IST_NAME_NUMBERED:
    return !present || index > numbered;
  default:
    return false;
  }
}

/** Removes files of an earlier problem that the one just written does not replace. */
static ist_code remove_stale(const char *path, layout files, ist_status *s) {
  DIR *directory = opendir(path);
  if (directory == NULL)
    return ist_fail(s, IST_OUTPUT_FAILED, "%s: %s", path, strerror(errno));
  ist_code code = IST_OK;
  for (struct dirent *entry = readdir(directory); entry != NULL && code == IST_OK;
       entry = readdir(directory)) {
    if (!is_stale(entry->d_name, 'L', true, files.L_numbered) &&
        !is_stale(entry->d_name, 'b', files.b_present, files.b_numbered))
      continue;
    if (unlinkat(dirfd(directory), entry->d_name, 0) != 0)
      code = ist_fail(s, IST_OUTPUT_FAILED, "%s/%s: %s", path, entry->d_name, strerror(errno));
  }
  closedir(directory);
  return code;
}

static ist_code write_all(const ist_problem *p, const char *path, layout files, ist_atomic_file *f,
                          ist_status *s) {
  size_t L_files = files_of(files.L_numbered);
  size_t count = L_files + (files.b_present ? files_of(files.b_numbered) : 0);
  ist_code code = write_family(p, path, 'L', files.L_numbered, f, s);
  if (code == IST_OK && files.b_present)
    code = write_family(p, path, 'b', files.b_numbered, f + L_files, s);
  for (size_t k = 0; k < count && code == IST_OK; k++)
    code = ist_atomic_commit(&f[k], s);
  for (size_t k = 0; k < count; k++)
    ist_atomic_abort(&f[k]);
  return code;
}

ist_code ist_problem_save(const ist_problem *p, const char *path, ist_status *s) {
  layout files = layout_of(p);
  ist_code code = make_directory(path, s);
  if (code != IST_OK)
    return code;
  ist_atomic_file *f = calloc(2 * p->n, sizeof *f);
  if (f == NULL)
    return ist_fail(s, IST_OUTPUT_FAILED, "%s: memory is exhausted", path);
  code = write_all(p, path, files, f, s);
  if (code == IST_OK)
    code = remove_stale(path, files, s);
  free(f);
  return code;
}
