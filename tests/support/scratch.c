#define _XOPEN_SOURCE 700 // nftw

#include "scratch.h"

#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char directory[64];

const char *scratch_open(void) {
  strcpy(directory, "/tmp/ist-test-XXXXXX");
  if (mkdtemp(directory) == NULL) {
    perror(directory);
    abort();
  }
  return directory;
}

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *at) {
  (void)info;
  (void)type;
  (void)at;
  return remove(path);
}

void scratch_close(void) { nftw(directory, remove_entry, 8, FTW_DEPTH | FTW_PHYS); }

const char *scratch_path(const char *name) {
  static char paths[4][512];
  static unsigned turn = 0;
  char *path = paths[turn++ % 4];
  snprintf(path, sizeof paths[0], "%s/%s", directory, name);
  return path;
}

const char *scratch_write(const char *name, const char *text) {
  const char *path = scratch_path(name);
  FILE *file = fopen(path, "w");
  if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0) {
    perror(path);
    abort();
  }
  return path;
}

bool scratch_has(const char *name) {
  struct stat info;
  return lstat(scratch_path(name), &info) == 0;
}

bool scratch_holds(const char *name, const char *text) {
  char buffer[4096];
  FILE *file = fopen(scratch_path(name), "r");
  if (file == NULL)
    return false;
  size_t length = fread(buffer, 1, sizeof buffer - 1, file);
  fclose(file);
  buffer[length] = '\0';
  return strcmp(buffer, text) == 0;
}

int scratch_count(void) {
  int count = 0;
  DIR *stream = opendir(directory);
  while (stream != NULL && readdir(stream) != NULL)
    count++;
  if (stream != NULL)
    closedir(stream);
  return count - 2; // . and ..
}
