#include "folder.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

ist_code ist_folder_make(const char *directory, ist_status *s) {
  struct stat entry;
  if (mkdir(directory, 0777) == 0)
    return IST_OK;
  int error = errno;
  bool exists = error == EEXIST && stat(directory, &entry) == 0;
  if (exists && S_ISDIR(entry.st_mode))
    return IST_OK;
  if (exists)
    return ist_fail(s, IST_OUTPUT_FAILED, "%s: exists and is not a directory", directory);
  return ist_fail_system(s, IST_OUTPUT_FAILED, directory, error);
}

char *ist_folder_path(const char *directory, const char *name, ist_status *s) {
  size_t size = strlen(directory) + strlen(name) + 2;
  char *path = malloc(size);
  if (path == NULL)
    ist_fail(s, IST_MACHINE, "no memory for a file name");
  else
    snprintf(path, size, "%s/%s", directory, name);
  return path;
}

ist_code ist_folder_open(const char *directory, const char *name, ist_atomic_file *f,
                         ist_status *s) {
  char *path = ist_folder_path(directory, name, s);
  if (path == NULL)
    return s->code;
  ist_code code = ist_atomic_open(path, f, s);
  free(path);
  return code;
}
