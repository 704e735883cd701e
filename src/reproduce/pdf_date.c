#include "pdf_date.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const char key[] = "/CreationDate (D:";
static const char epoch[] = "19700101000000";

/** Leaves file right behind the first occurrence of key, or at its end. */
static void seek_key(FILE *file) {
  size_t matched = 0;
  int c;
  while (key[matched] != '\0' && (c = getc(file)) != EOF) /* '/' occurs in key but once */
    matched = c == key[matched] ? matched + 1 : c == key[0];
}

ist_code ist_pdf_fix_date(const char *path, ist_status *s) {
  errno = 0;
  FILE *file = fopen(path, "r+b");
  if (file == NULL)
    return ist_fail_system(s, IST_OUTPUT_FAILED, path, errno);
  seek_key(file);
  if (!feof(file)) {
    fseek(file, 0, SEEK_CUR); /* between reading and writing */
    fputs(epoch, file);
  }
  if (fclose(file) == 0)
    return IST_OK;
  return ist_fail_system(s, IST_OUTPUT_FAILED, path, errno);
}
