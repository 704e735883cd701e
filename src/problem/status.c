#include "status.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

ist_code ist_fail(ist_status *s, ist_code code, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(s->text, sizeof s->text, format, arguments);
  va_end(arguments);
  // File names and file contents are quoted in the text: keep it one line, free of escapes.
  for (char *c = s->text; *c != '\0'; c++) {
    unsigned char byte = (unsigned char)*c;
    if (byte < 0x20 || byte == 0x7f)
      *c = '?';
  }
  s->code = code;
  return code;
}

ist_code ist_fail_system(ist_status *s, ist_code code, const char *path, int error) {
  return ist_fail(s, error == ENOMEM ? IST_MACHINE : code, "%s: %s", path, strerror(error));
}
