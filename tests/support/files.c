#include "files.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

char *file_contents(FILE *file) {
  cr_assert_eq(fseek(file, 0, SEEK_END), 0);
  long size = ftell(file);
  char *text = malloc((size_t)size + 1);
  rewind(file);
  cr_assert_eq(fread(text, 1, (size_t)size, file), (size_t)size);
  text[size] = '\0';
  fclose(file);
  return text;
}

char *file_text(const char *path) {
  FILE *file = fopen(path, "r");
  cr_assert_not_null(file, "%s", path);
  return file_contents(file);
}

size_t file_bytes(const char *path, char **bytes) {
  FILE *file = fopen(path, "r");
  cr_assert_not_null(file, "%s", path);
  cr_assert_eq(fseek(file, 0, SEEK_END), 0);
  const size_t size = (size_t)ftell(file);
  rewind(file);
  *bytes = malloc(size);
  cr_assert_eq(fread(*bytes, 1, size, file), size);
  fclose(file);
  return size;
}

void file_write(const char *path, const char *bytes, size_t size) {
  FILE *file = fopen(path, "w");
  cr_assert_not_null(file, "%s", path);
  cr_assert_eq(fwrite(bytes, 1, size, file), size);
  cr_assert_eq(fclose(file), 0);
}

void file_expect_same(const char *one, const char *two) {
  char *first = file_text(one), *second = file_text(two);
  cr_expect(strcmp(first, second) == 0, "%s and %s differ", one, two);
  free(first);
  free(second);
}

bool file_reaches(const char *path, long size) {
  long found = 0;
  for (int tries = 0; tries < 6000 && found < size; tries++) {
    FILE *file = fopen(path, "r");
    if (file != NULL) {
      fseek(file, 0, SEEK_END);
      found = ftell(file);
      fclose(file);
    }
    nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
  }
  return found >= size;
}

size_t file_last_row(const char *trace) {
  FILE *file = fopen(trace, "r");
  char line[200];
  size_t rows = 0, k;
  cr_assert_not_null(file);
  cr_assert_not_null(fgets(line, sizeof line, file));
  for (; fgets(line, sizeof line, file) != NULL; rows++) {
    cr_assert_eq(sscanf(line, "%zu,", &k), 1);
    cr_assert_eq(k, rows);
    cr_assert_not_null(strchr(line, '\n'), "row %zu is torn", k);
  }
  fclose(file);
  cr_assert_gt(rows, 0);
  return rows - 1;
}
