#define _XOPEN_SOURCE 700 // realpath

#include "atomic_file.h"

#include "machine/arithmetic.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static ist_code fail(ist_atomic_file *f, const char *path, int error, ist_status *s) {
  // The text first: path may be f's own.
  const ist_code code = ist_fail_system(s, IST_OUTPUT_FAILED, path, error);
  ist_atomic_abort(f);
  return code;
}

static mode_t default_mode(void) {
  mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

/** Sets f->temporary and opens it with the given permissions; false with errno otherwise. */
static bool open_temporary(ist_atomic_file *f, mode_t mode) {
  static const char suffix[] = ".XXXXXX";
  size_t length = strlen(f->target);
  f->temporary = malloc(length + sizeof suffix);
  if (f->temporary == NULL)
    return false;
  memcpy(f->temporary, f->target, length);
  memcpy(f->temporary + length, suffix, sizeof suffix);
  int descriptor = mkstemp(f->temporary);
  if (descriptor < 0) {
    free(f->temporary);
    f->temporary = NULL;
    return false;
  }
  if (fchmod(descriptor, mode) == 0)
    f->stream = fdopen(descriptor, "w");
  if (f->stream == NULL)
    close(descriptor);
  return f->stream != NULL;
}

/** Whether info is that of the file which standard output goes to; replaced, it would be lost. */
static bool is_standard_output(const struct stat *info) {
  struct stat out;
  return S_ISREG(info->st_mode) && fstat(STDOUT_FILENO, &out) == 0 && out.st_dev == info->st_dev &&
         out.st_ino == info->st_ino;
}

ist_code ist_atomic_open(const char *path, ist_atomic_file *f, ist_status *s) {
  *f = (ist_atomic_file){0};
  struct stat info;
  bool exists = stat(path, &info) == 0;
  f->target = exists ? realpath(path, NULL) : strdup(path);
  if (f->target == NULL)
    return fail(f, path, errno, s);
  if (exists && S_ISDIR(info.st_mode))
    return fail(f, path, EISDIR, s);
  if (exists && is_standard_output(&info)) {
    ist_fail(s, IST_OUTPUT_FAILED, "%s: is where standard output goes", path);
    ist_atomic_abort(f);
    return IST_OUTPUT_FAILED;
  }
  // Renaming would replace a file that its owner has protected.
  if (exists && access(f->target, W_OK) != 0)
    return fail(f, path, errno, s);
  bool open = false;
  if (exists && !S_ISREG(info.st_mode)) {
    f->stream = fopen(path, "w");
    open = f->stream != NULL;
  } else {
    open = open_temporary(f, exists ? info.st_mode & 07777 : default_mode());
  }
  return open ? IST_OK : fail(f, path, errno, s);
}

/** Renames a temporary file over the target; false with errno otherwise. */
static bool replace_target(ist_atomic_file *f) {
  if (f->temporary == NULL)
    return true;
  if (rename(f->temporary, f->target) != 0)
    return false;
  free(f->temporary);
  f->temporary = NULL;
  return true;
}

/** IST_MACHINE, and the file is aborted, if the arithmetic behind what was written is wrong. */
static ist_code check_numbers(ist_atomic_file *f, ist_status *s) {
  if (ist_check_arithmetic(s) == IST_OK)
    return IST_OK;
  ist_atomic_abort(f);
  return s->code;
}

ist_code ist_atomic_publish(ist_atomic_file *f, ist_status *s) {
  if (check_numbers(f, s) != IST_OK)
    return s->code;
  errno = 0;
  if (fflush(f->stream) != 0 || ferror(f->stream) || !replace_target(f))
    return fail(f, f->target, errno != 0 ? errno : EIO, s);
  return IST_OK;
}

ist_code ist_atomic_seal(ist_atomic_file *f, ist_status *s) {
  bool damaged = ferror(f->stream) != 0;
  errno = 0;
  bool closed = fclose(f->stream) == 0;
  f->stream = NULL;
  // An earlier write's errno is gone; EIO stands for it.
  if (!closed || damaged)
    return fail(f, f->target, errno != 0 ? errno : EIO, s);
  return IST_OK;
}

ist_code ist_atomic_commit(ist_atomic_file *f, ist_status *s) {
  if (check_numbers(f, s) != IST_OK)
    return s->code;
  if (f->stream != NULL) {
    ist_code code = ist_atomic_seal(f, s);
    if (code != IST_OK)
      return code;
  }
  if (!replace_target(f))
    return fail(f, f->target, errno, s);
  ist_atomic_abort(f);
  return IST_OK;
}

void ist_atomic_abort(ist_atomic_file *f) {
  if (f->stream != NULL)
    fclose(f->stream);
  if (f->temporary != NULL)
    unlink(f->temporary);
  free(f->temporary);
  free(f->target);
  *f = (ist_atomic_file){0};
}
