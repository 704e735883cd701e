#include "save.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "inventory.h"
#include "matrix_market.h"
#include "new_directory.h"

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

/** The file k of a problem: that of worker i, or the shared one. */
typedef struct {
  char letter;
  size_t i;
  bool shared;
} part;

static size_t count_files(layout files) {
  return files_of(files.L_numbered) + (files.b_present ? files_of(files.b_numbered) : 0);
}

/** First every b file, then the L files from the last to the first: without L-1.mtx, or L.mtx, a
 *  directory is not a problem (see ist_new_directory_commit). */
static part file_at(layout files, size_t k) {
  const size_t L_files = files_of(files.L_numbered), b_files = count_files(files) - L_files;
  if (k < b_files)
    return (part){'b', k, files.b_numbered == 0};
  return (part){'L', L_files - 1 - (k - b_files), files.L_numbered == 0};
}

/** Gives the new file the permissions that the one it takes the place of has. */
static void keep_mode(FILE *file, const ist_new_directory *to, const char *name) {
  struct stat info;
  char *former = ist_path_in(to->target, name);
  if (former != NULL && stat(former, &info) == 0)
    (void)fchmod(fileno(file), info.st_mode & 07777);
  free(former);
}

/** Writes the numbers of one file and closes it; false with errno otherwise. */
static bool write_numbers(const ist_problem *p, part which, FILE *file) {
  if (which.letter == 'L')
    ist_mm_write_symmetric(file, ist_problem_L(p, which.i), p->d);
  else
    ist_mm_write_vector(file, ist_problem_b(p, which.i), p->d);
  const bool damaged = ferror(file) != 0;
  errno = 0;
  if (fclose(file) == 0 && !damaged)
    return true;
  // An earlier write's errno is gone; EIO stands for it.
  errno = errno != 0 ? errno : EIO;
  return false;
}

/** path: as the user named the directory, for messages. */
static ist_code write_file(const ist_problem *p, const char *path, part which, const char *name,
                           const ist_new_directory *to, ist_status *s) {
  char *there = ist_path_in(to->temporary, name), *final = ist_path_in(path, name);
  ist_code code = IST_OK;
  errno = ENOMEM; // should one of them be missing
  FILE *file = there != NULL && final != NULL ? fopen(there, "wx") : NULL;
  if (file != NULL)
    keep_mode(file, to, name);
  if (file == NULL || !write_numbers(p, which, file))
    code = ist_fail_system(s, IST_OUTPUT_FAILED, final != NULL ? final : path, errno);
  free(there);
  free(final);
  return code;
}

/** The name of one file, to be freed; NULL if memory runs out. */
static char *name_of(part which) {
  char *path = ist_file_path("", which.letter, which.shared ? 0 : which.i + 1);
  if (path != NULL)
    memmove(path, path + 1, strlen(path)); // without its slash
  return path;
}

/** Writes all files, and their names into names[0], names[1], ... */
static ist_code write_all(const ist_problem *p, const char *path, layout files, char **names,
                          const ist_new_directory *to, ist_status *s) {
  for (size_t k = 0; k < count_files(files); k++) {
    const part which = file_at(files, k);
    names[k] = name_of(which);
    if (names[k] == NULL)
      return ist_fail_system(s, IST_MACHINE, path, ENOMEM);
    if (write_file(p, path, which, names[k], to, s) != IST_OK)
      return s->code;
  }
  return IST_OK;
}

ist_code ist_problem_save(const ist_problem *p, const char *path, ist_status *s) {
  const layout files = layout_of(p);
  const size_t count = count_files(files);
  ist_new_directory to;
  char **names = calloc(count, sizeof *names);
  if (names == NULL)
    return ist_fail_system(s, IST_MACHINE, path, ENOMEM);
  ist_code code = ist_new_directory_open(path, &to, s);
  if (code == IST_OK) {
    code = write_all(p, path, files, names, &to, s);
    if (code == IST_OK)
      code = ist_new_directory_commit(&to, names, count, s);
    else
      ist_new_directory_abort(&to);
  }
  for (size_t k = 0; k < count; k++)
    free(names[k]);
  free(names);
  return code;
}
