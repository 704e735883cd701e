#define _GNU_SOURCE // renameat2

#include "new_directory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inventory.h"

char *ist_path_in(const char *directory, const char *name) {
  const size_t size = strlen(directory) + strlen(name) + 2;
  char *path = malloc(size);
  if (path != NULL)
    snprintf(path, size, "%s/%s", directory, name);
  return path;
}

static ist_code no_memory(const char *path, ist_status *s) {
  return ist_fail_system(s, IST_MACHINE, path, ENOMEM);
}

/** Whether a file of this name is part of a problem. */
static bool is_part(const char *name) {
  size_t index;
  const ist_name_kind L = ist_name_classify(name, 'L', &index);
  const ist_name_kind b = ist_name_classify(name, 'b', &index);
  return L == IST_NAME_SHARED || L == IST_NAME_NUMBERED || b == IST_NAME_SHARED ||
         b == IST_NAME_NUMBERED;
}

static bool is_own_entry(const char *name) {
  return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/** Does something to the entry NAME of a directory; context is what each_entry was given. */
typedef ist_code visit(void *context, const char *directory, const char *name, ist_status *s);

static ist_code each_entry(const char *path, visit *act, void *context, ist_status *s) {
  int error = 0;
  ist_code code = IST_OK;
  DIR *directory = opendir(path);
  if (directory == NULL)
    return ist_fail_system(s, IST_OUTPUT_FAILED, path, errno);
  for (struct dirent *entry; code == IST_OK && (entry = ist_next_entry(directory, &error)) != NULL;)
    if (!is_own_entry(entry->d_name))
      code = act(context, path, entry->d_name, s);
  closedir(directory);
  return code == IST_OK && error != 0 ? ist_fail_system(s, IST_OUTPUT_FAILED, path, error) : code;
}

/** Notes whether there is a file of a problem, and refuses one that must not be replaced. */
static ist_code survey_entry(void *context, const char *directory, const char *name,
                             ist_status *s) {
  bool *holds_problem = context;
  struct stat info;
  if (!is_part(name))
    return IST_OK;
  *holds_problem = true;
  char *path = ist_path_in(directory, name);
  if (path == NULL)
    return no_memory(directory, s);
  ist_code code = IST_OK;
  if (lstat(path, &info) == 0 && S_ISDIR(info.st_mode))
    code = ist_fail_system(s, IST_OUTPUT_FAILED, path, EISDIR);
  else if (access(path, W_OK) != 0 && errno != ENOENT) // not found: a link to nowhere
    code = ist_fail_system(s, IST_OUTPUT_FAILED, path, errno);
  free(path);
  return code;
}

/** Whether info is that of the working directory. */
static bool is_working_directory(const struct stat *info) {
  struct stat here;
  return stat(".", &here) == 0 && here.st_dev == info->st_dev && here.st_ino == info->st_ino;
}

/** Decides how to replace the directory f->target. */
static ist_code choose_way(ist_new_directory *f, const struct stat *info, ist_status *s) {
  bool holds_problem = false;
  if (access(f->target, W_OK | X_OK) != 0)
    return ist_fail_system(s, IST_OUTPUT_FAILED, f->target, errno);
  if (each_entry(f->target, survey_entry, &holds_problem, s) != IST_OK)
    return s->code;
  f->way = holds_problem ? IST_EXCHANGE : IST_FILL;
  if (holds_problem && is_working_directory(info))
    return ist_fail(s, IST_OUTPUT_FAILED,
                    "%s: holds a problem and is the working directory, which cannot be exchanged "
                    "for a new one; write to it from elsewhere",
                    f->target);
  return IST_OK;
}

/** Sets f->target and f->way. */
static ist_code find_target(const char *path, ist_new_directory *f, ist_status *s) {
  struct stat info;
  const bool exists = stat(path, &info) == 0;
  if (!exists && errno != ENOENT)
    return ist_fail_system(s, IST_OUTPUT_FAILED, path, errno);
  if (exists && !S_ISDIR(info.st_mode))
    return ist_fail(s, IST_OUTPUT_FAILED, "%s: exists and is not a directory", path);
  f->target = exists ? realpath(path, NULL) : strdup(path);
  if (f->target == NULL)
    return ist_fail_system(s, IST_OUTPUT_FAILED, path, errno);
  if (exists)
    return choose_way(f, &info, s);
  for (size_t end = strlen(f->target); end > 1 && f->target[end - 1] == '/'; end--)
    f->target[end - 1] = '\0';
  return IST_OK;
}

/** The permissions that the finished directory has. */
static mode_t final_mode(const ist_new_directory *f) {
  struct stat info;
  if (f->way == IST_EXCHANGE && stat(f->target, &info) == 0)
    return info.st_mode & 07777;
  const mode_t mask = umask(0);
  umask(mask);
  return 0777 & ~mask;
}

static ist_code make_temporary(const char *path, ist_new_directory *f, ist_status *s) {
  const char *suffix = f->way == IST_FILL ? "/new.XXXXXX" : ".XXXXXX";
  const size_t size = strlen(f->target) + strlen(suffix) + 1;
  f->temporary = malloc(size);
  if (f->temporary == NULL)
    return no_memory(path, s);
  snprintf(f->temporary, size, "%s%s", f->target, suffix);
  if (mkdtemp(f->temporary) != NULL)
    return IST_OK;
  const int error = errno;
  free(f->temporary);
  f->temporary = NULL;
  if (f->way == IST_EXCHANGE)
    return ist_fail(s, error == ENOMEM ? IST_MACHINE : IST_OUTPUT_FAILED,
                    "%s: no new directory can be made beside it, to take its place: %s", path,
                    strerror(error));
  return ist_fail_system(s, IST_OUTPUT_FAILED, path, error);
}

ist_code ist_new_directory_open(const char *path, ist_new_directory *f, ist_status *s) {
  *f = (ist_new_directory){0};
  if (find_target(path, f, s) == IST_OK && make_temporary(path, f, s) == IST_OK)
    return IST_OK;
  ist_new_directory_abort(f);
  return s->code;
}

/** Moves the entry of a directory into the other one, context. */
static ist_code move_entry(void *context, const char *directory, const char *name, ist_status *s) {
  const char *to_directory = context;
  char *from = ist_path_in(directory, name), *to = ist_path_in(to_directory, name);
  ist_code code = IST_OK;
  if (from == NULL || to == NULL)
    code = no_memory(to_directory, s);
  else if (rename(from, to) != 0)
    code = ist_fail_system(s, IST_OUTPUT_FAILED, to, errno);
  free(from);
  free(to);
  return code;
}

static ist_code remove_part(void *context, const char *directory, const char *name, ist_status *s) {
  (void)context;
  if (!is_part(name))
    return IST_OK;
  char *path = ist_path_in(directory, name);
  if (path == NULL)
    return no_memory(directory, s);
  const ist_code code =
      unlink(path) == 0 ? IST_OK : ist_fail_system(s, IST_OUTPUT_FAILED, path, errno);
  free(path);
  return code;
}

/** Moves the files, in their order, into the directory that is there: all of them or none. */
static ist_code fill(ist_new_directory *f, char *const *names, size_t count, ist_status *s) {
  size_t moved = 0;
  while (moved < count && move_entry(f->target, f->temporary, names[moved], s) == IST_OK)
    moved++;
  if (moved == count)
    return IST_OK;
  ist_status ignored;
  while (moved-- > 0)
    (void)remove_part(NULL, f->target, names[moved], &ignored);
  return s->code;
}

/** Exchanges both directories, takes over what else was in the former one, and empties that. */
static ist_code exchange(ist_new_directory *f, ist_status *s) {
  ist_status inner;
  if (renameat2(AT_FDCWD, f->temporary, AT_FDCWD, f->target, RENAME_EXCHANGE) != 0)
    return ist_fail(s, IST_OUTPUT_FAILED,
                    "%s: holds a problem, and cannot be exchanged for a new directory here: %s",
                    f->target, strerror(errno));
  if (each_entry(f->temporary, remove_part, NULL, &inner) == IST_OK &&
      each_entry(f->temporary, move_entry, f->target, &inner) == IST_OK)
    return IST_OK;
  ist_fail(s, inner.code, "%s: the new problem is there, but other files remain in %.200s: %.400s",
           f->target, f->temporary, inner.text);
  free(f->temporary); // and is not to be removed
  f->temporary = NULL;
  return s->code;
}

static ist_code put_in_place(ist_new_directory *f, char *const *names, size_t count,
                             ist_status *s) {
  switch (f->way) {
  case IST_FILL:
    return fill(f, names, count, s);
  case IST_EXCHANGE:
    return exchange(f, s);
  default:
    if (rename(f->temporary, f->target) != 0)
      return ist_fail_system(s, IST_OUTPUT_FAILED, f->target, errno);
    free(f->temporary);
    f->temporary = NULL;
    return IST_OK;
  }
}

ist_code ist_new_directory_commit(ist_new_directory *f, char *const *names, size_t count,
                                  ist_status *s) {
  if (f->way != IST_FILL && chmod(f->temporary, final_mode(f)) != 0) {
    ist_fail_system(s, IST_OUTPUT_FAILED, f->target, errno);
    ist_new_directory_abort(f);
    return s->code;
  }
  const ist_code code = put_in_place(f, names, count, s);
  ist_new_directory_abort(f);
  return code;
}

void ist_new_directory_abort(ist_new_directory *f) {
  ist_status ignored;
  if (f->temporary != NULL) {
    (void)each_entry(f->temporary, remove_part, NULL, &ignored);
    (void)rmdir(f->temporary);
  }
  free(f->temporary);
  free(f->target);
  *f = (ist_new_directory){0};
}
