#include "inventory.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kernel/range.h"

static ist_name_kind classify_exact(const char *name, char letter, size_t *index) {
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

/** name as problem files are spelt: the letter as it is given, the rest in small letters. */
static void respell(const char *name, char letter, char *out, size_t size) {
  snprintf(out, size, "%s", name);
  if (tolower((unsigned char)name[0]) == tolower((unsigned char)letter))
    out[0] = letter;
  for (size_t k = 1; out[0] != '\0' && out[k] != '\0'; k++)
    out[k] = (char)tolower((unsigned char)out[k]);
}

ist_name_kind ist_name_classify(const char *name, char letter, size_t *index) {
  char spelt[sizeof((struct dirent *)0)->d_name];
  respell(name, letter, spelt, sizeof spelt);
  ist_name_kind kind = classify_exact(spelt, letter, index);
  return kind != IST_NAME_OTHER && strcmp(spelt, name) != 0 ? IST_NAME_MISTAKEN : kind;
}

static ist_code refuse_name(const char *path, const char *name, char letter, ist_status *s) {
  char spelt[sizeof((struct dirent *)0)->d_name];
  respell(name, letter, spelt, sizeof spelt);
  if (strcmp(spelt, name) != 0)
    return ist_fail(s, IST_BAD_INPUT,
                    "%s/%s: differs from %s in upper and lower case only; rename "
                    "it if it is meant",
                    path, name, spelt);
  const char *digits = name + 2 + strspn(name + 2, "0");
  if (digits > name + 2 && isdigit((unsigned char)*digits))
    return ist_fail(s, IST_BAD_INPUT,
                    "%s/%s: the number begins with 0; workers are numbered 1, 2, "
                    "..., so rename it to %c-%s if it is meant",
                    path, name, letter, digits);
  return ist_fail(s, IST_BAD_INPUT, "%s/%s: workers are numbered 1, 2, ..., at most %d", path, name,
                  IST_DIM_MAX);
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

struct dirent *ist_next_entry(DIR *directory, int *error) {
  errno = 0;
  struct dirent *entry = readdir(directory);
  *error = entry == NULL ? errno : 0;
  return entry;
}

static ist_code count_names(DIR *directory, const char *path, char letter, ist_family *family,
                            ist_status *s) {
  int error = 0;
  for (struct dirent *entry; (entry = ist_next_entry(directory, &error)) != NULL;) {
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
      return refuse_name(path, entry->d_name, letter, s);
    case IST_NAME_OTHER:
      break;
    }
  }
  return error == 0 ? IST_OK : ist_fail_system(s, IST_BAD_INPUT, path, error);
}

/** Distinct numbers 1..largest, count of them: some number is missing iff largest > count. */
static ist_code check_gap(const char *path, char letter, const ist_family *family, ist_status *s) {
  for (size_t index = 1; index < family->largest; index++) {
    char *file = ist_file_path(path, letter, index);
    if (file == NULL)
      return ist_fail(s, IST_MACHINE, "%s: memory is exhausted", path);
    const bool present = access(file, F_OK) == 0;
    const int error = errno;
    free(file);
    if (present)
      continue;
    if (error == ENOMEM)
      return ist_fail_system(s, IST_MACHINE, path, error);
    if (error != ENOENT)
      return ist_fail(s, IST_BAD_INPUT, "%s/%c-%zu.mtx: %s", path, letter, index, strerror(error));
    return ist_fail(s, IST_BAD_INPUT, "%s/%c-%zu.mtx: missing, while %c-%zu.mtx is there", path,
                    letter, index, letter, family->largest);
  }
  if (family->largest != family->count)
    return ist_fail(s, IST_BAD_INPUT, "%s: changed while it was read", path);
  return IST_OK;
}

ist_code ist_family_list(const char *path, char letter, ist_family *family, ist_status *s) {
  *family = (ist_family){0};
  DIR *directory = opendir(path);
  if (directory == NULL && errno == ENOTDIR)
    return ist_fail(s, IST_BAD_INPUT, "%s: neither a directory nor a regular file", path);
  if (directory == NULL)
    return ist_fail_system(s, IST_BAD_INPUT, path, errno);
  ist_code code = count_names(directory, path, letter, family, s);
  closedir(directory);
  if (code != IST_OK)
    return code;
  if (family->shared && family->count > 0)
    return ist_fail(s, IST_BAD_INPUT, "%s: both %c.mtx and %c-%zu.mtx; which one is meant?", path,
                    letter, letter, family->largest);
  return check_gap(path, letter, family, s);
}
