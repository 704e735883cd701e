#include "status.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/** Number of bytes of the character at c if it is printable, in UTF-8; otherwise 0. */
static size_t printable(const unsigned char *c) {
  if (c[0] < 0x80)
    return c[0] >= 0x20 && c[0] != 0x7f ? 1 : 0;
  const size_t length = c[0] >= 0xf0 ? 4 : c[0] >= 0xe0 ? 3 : 2;
  if (c[0] < 0xc2 || c[0] > 0xf4)
    return 0;
  for (size_t k = 1; k < length; k++)
    if ((c[k] & 0xc0) != 0x80)
      return 0;
  return c[0] == 0xc2 && c[1] < 0xa0 ? 0 : length; // U+0080 to U+009F are control characters
}

ist_code ist_fail(ist_status *s, ist_code code, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(s->text, sizeof s->text, format, arguments);
  va_end(arguments);
  // File names and file contents are quoted in the text: keep it one line, free of escapes.
  for (unsigned char *c = (unsigned char *)s->text; *c != '\0';) {
    const size_t length = printable(c);
    if (length == 0)
      *c = '?';
    c += length > 0 ? length : 1;
  }
  s->code = code;
  return code;
}

ist_code ist_fail_system(ist_status *s, ist_code code, const char *path, int error) {
  return ist_fail(s, error == ENOMEM ? IST_MACHINE : code, "%s: %s", path, strerror(error));
}
