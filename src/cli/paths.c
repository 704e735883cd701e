#define _XOPEN_SOURCE 700 /* realpath */

#include "paths.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "problem/hdf5_write.h"
#include "problem/inventory.h"

/** A file that the command line names. */
typedef struct {
  const char *option; /**< by which it is named, or what else it is */
  const char *path;   /**< NULL: none */
} file_role;

/** Which file a path stands for. */
typedef struct {
  enum { NOWHERE, A_FILE, A_NAME } kind;
  dev_t device;     /**< of the file, or where there is none yet, of its directory */
  ino_t inode;      /**< likewise */
  const char *name; /**< in that directory */
} place;

static bool same_file(const struct stat *a, const struct stat *b) {
  return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static const char *name_in(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash != NULL ? slash + 1 : path;
}

/** The directory in which path stands, not following a link at its end; false if there is none. */
static bool parent_of(const char *path, struct stat *info) {
  const size_t length = (size_t)(name_in(path) - path);
  if (length == 0)
    return stat(".", info) == 0;
  char *parent = strndup(path, length);
  const bool found = parent != NULL && stat(parent, info) == 0;
  free(parent);
  return found;
}

/** A directory or a device is no place that two files could share. */
static place place_of(const char *path) {
  struct stat info;
  if (stat(path, &info) == 0)
    return (place){S_ISREG(info.st_mode) ? A_FILE : NOWHERE, info.st_dev, info.st_ino, NULL};
  if (parent_of(path, &info))
    return (place){A_NAME, info.st_dev, info.st_ino, name_in(path)};
  return (place){NOWHERE, 0, 0, NULL};
}

static place standard_output(void) {
  struct stat info;
  if (fstat(STDOUT_FILENO, &info) != 0 || !S_ISREG(info.st_mode))
    return (place){NOWHERE, 0, 0, NULL};
  return (place){A_FILE, info.st_dev, info.st_ino, NULL};
}

static place place_of_role(const file_role *r) {
  return r->path != NULL ? place_of(r->path) : standard_output();
}

static bool same_place(const place *a, const place *b) {
  return a->kind != NOWHERE && a->kind == b->kind && a->device == b->device &&
         a->inode == b->inode && (a->kind == A_FILE || strcmp(a->name, b->name) == 0);
}

static ist_code check_pair(const file_role *a, const file_role *b, ist_status *s) {
  const place one = place_of_role(a), two = place_of_role(b);
  if (!same_place(&one, &two))
    return IST_OK;
  return ist_fail(s, IST_USAGE, "%s and %s are the same file, %s", a->option, b->option,
                  a->path != NULL ? a->path : b->path);
}

/** Whether a file of this name is, or would be taken for, a part of a problem. */
static bool is_part(const char *name) {
  size_t index;
  return ist_name_classify(name, 'L', &index) != IST_NAME_OTHER ||
         ist_name_classify(name, 'b', &index) != IST_NAME_OTHER;
}

/** Whether the file is one of the problem in the directory, perhaps by another name. */
static bool is_among(const char *directory, const place *file) {
  int error;
  bool found = false;
  DIR *stream = file->kind == A_FILE ? opendir(directory) : NULL;
  if (stream == NULL)
    return false;
  for (struct dirent *entry; !found && (entry = ist_next_entry(stream, &error)) != NULL;) {
    struct stat info;
    found = is_part(entry->d_name) && fstatat(dirfd(stream), entry->d_name, &info, 0) == 0 &&
            info.st_dev == file->device && info.st_ino == file->inode;
  }
  closedir(stream);
  return found;
}

/** Whether path would be a file of a problem in the directory. */
static bool would_be_among(const char *directory, const char *path) {
  struct stat parent, info;
  return is_part(name_in(path)) && parent_of(path, &parent) && stat(directory, &info) == 0 &&
         same_file(&parent, &info);
}

/** Refuses an output that is a file of the problem, a directory or a file itself. */
static ist_code check_problem(const file_role *out, const char *problem, ist_status *s) {
  const place file = place_of_role(out), whole = place_of(problem);
  const char *path = out->path != NULL ? out->path : "";
  if (!same_place(&file, &whole) && !is_among(problem, &file) && !would_be_among(problem, path))
    return IST_OK;
  return ist_fail(s, IST_USAGE, "%s: a file of the problem %s%s%s, which is read", out->option,
                  problem, *path != '\0' ? ": " : "", path);
}

/** Refuses to write a problem into the directory from which its data are read. */
static ist_code check_folder(const ist_options *o, const file_role *in, ist_status *s) {
  struct stat folder, parent;
  if (o->output == NULL || ist_hdf5_named(o->output) || stat(o->output, &folder) != 0)
    return IST_OK;
  char *target = realpath(in->path, NULL);
  const bool inside = target != NULL && parent_of(target, &parent) && same_file(&folder, &parent);
  free(target);
  if (!inside)
    return IST_OK;
  return ist_fail(s, IST_USAGE,
                  "--output: %s is the directory of %s %s; write the problem elsewhere", o->output,
                  in->option, in->path);
}

/** Refuses to replace a problem of which standard output is a file. */
static ist_code check_replaced(const ist_options *o, ist_status *s) {
  const place out = standard_output();
  if (o->output == NULL || !is_among(o->output, &out))
    return IST_OK;
  return ist_fail(s, IST_USAGE, "--output: standard output is a file of the problem %s", o->output);
}

static bool is_file_name(const char *start) {
  return strcmp(start, "zero") != 0 && strcmp(start, "gaussian") != 0;
}

static ist_code check_input(const ist_options *o, const file_role *in, const file_role *outputs,
                            size_t count, ist_status *s) {
  if (in->path == NULL)
    return IST_OK;
  for (size_t k = 0; k < count; k++) {
    const bool replaced = in->path == o->run.resume && outputs[k].path == o->run.checkpoint;
    if (!(replaced && o->run.checkpoint != NULL) && check_pair(&outputs[k], in, s) != IST_OK)
      return s->code;
  }
  return check_folder(o, in, s);
}

/** The outputs that there are, standard output last. */
static size_t list_outputs(const ist_options *o, file_role list[4]) {
  const file_role all[] = {
      {"--trace", o->run.trace}, {"--checkpoint", o->run.checkpoint}, {"--output", o->output}};
  size_t count = 0;
  for (size_t k = 0; k < sizeof all / sizeof *all; k++)
    if (all[k].path != NULL)
      list[count++] = all[k];
  list[count++] = (file_role){"standard output", NULL};
  return count;
}

ist_code ist_paths_check(const ist_options *o, ist_status *s) {
  const file_role inputs[] = {{"--start", is_file_name(o->run.start) ? o->run.start : NULL},
                              {"--resume", o->run.resume},
                              {"--data", o->data},
                              {"--target", o->target}};
  file_role outputs[4];
  const size_t count = list_outputs(o, outputs);
  for (size_t k = 0; k < count; k++) {
    for (size_t m = k + 1; m < count; m++)
      if (check_pair(&outputs[k], &outputs[m], s) != IST_OK)
        return s->code;
    if (o->problem != NULL && check_problem(&outputs[k], o->problem, s) != IST_OK)
      return s->code;
  }
  for (size_t k = 0; k < sizeof inputs / sizeof *inputs; k++)
    if (check_input(o, &inputs[k], outputs, count, s) != IST_OK)
      return s->code;
  return check_replaced(o, s);
}
