#include "inventory.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../kernel/range.h"

ist_name_kind ist_name_classify(const char *name, char letter, size_t *index) {
  if (name[0] != letter)
    return IST_NAME_OTHER;
  if (strcmp(name + 1, ".mtx") == 0)
    return IST_NAME_SHARED;
  size_t length = strlen(name);
  if (name[1] != '-' || length < 6 || strcmp(name + length - 4, ".mtx") != 0)
    return IST_NAME_OTHER;
  const char *digits = name + 2;
  size_t count = strspn(digits, "0123456789");
  // Seven digits hold IST_DIM_MAX.
  if (digits[0] == '0' || count == 0 || count > 7 || digits + count != name + length - 4)
    return IST_NAME_MISTAKEN;
  *index = (size_t)strtoul(digits, NULL, 10);
  return *index <= IST_DIM_MAX ? IST_NAME_NUMBERED : IST_NAME_MISTAKEN;
}

char *ist_file_path(const char *path, char letter, size_t index) {
  size_t size = strlen(path) + 32;
  char *file = malloc(size);
  if (file == NULL)
    return NULL;
  if (index == 0)
    snprintf(file, size, "%s/%c.mtx", path, letter);
  else
    snprintf(file, size, "%s/%c-%zu.mtx", path, letter, index);
  return file;
}

static ist_code count_names(DIR *directory, const char *path, char letter, ist_family *family,
                            ist_status *s) {
  for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
    size_t index = 0;
    switch (ist_name_classify(entry->d_name, letter, &index)) {
    case IST_NAME_SHARED:
      family->shared = true;
      break;
    case IST_NAME_NUMBERED:
      family->count++;
      if (index > family->largest)
        family->largest = index;
      break;
    case IST_NAME_MISTAKEN:
      return ist_fail(s, IST_BAD_INPUT, "%s/%s: workers are numbered 1, 2, ..., at most %d", path,
                      entry->d_name, IST_DIM_MAX);
    case IST_NAME_OTHER:
      break;
    }
  }
  return IST_OK;
}

/** Distinct numbers 1..largest, count of them: some number is missing iff largest > count. */
static ist_code check_gap(const char *path, char letter, const ist_family *family, ist_status *s) {
  size_t index = 1;
  for (bool present = true; present && index < family->largest; index += present) {
    char *file = ist_file_path(path, letter, index);
    present = file != NULL && access(file, F_OK) == 0;
    free(file);
  }
  if (index < family->largest || family->largest != family->count)
    return ist_fail(s, IST_BAD_INPUT, "%s/%c-%zu.mtx: missing, while %c-%zu.mtx is there", path,
                    letter, index, letter, family->largest);
  return IST_OK;
}

ist_code ist_family_list(const char *path, char letter, ist_family *family, ist_status *s) {
  *family = (ist_family){0};
  DIR *directory = opendir(path);
  if (directory == NULL)
    return ist_fail(s, IST_BAD_INPUT, "%s: %s", path,
                    errno == ENOTDIR ? "neither a directory nor a regular file" : strerror(errno));
  ist_code code = count_names(directory, path, letter, family, s);
  closedir(directory);
  if (code != IST_OK)
    return code;
  if (family->shared && family->count > 0)
    return ist_fail(s, IST_BAD_INPUT, "%s: both %c.mtx and %c-%zu.mtx; which one is meant?", path,
                    letter, letter, family->largest);
  return check_gap(path, letter, family, s);
}
