#include "status.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/** Number of bytes of the character at c if it is printable, in UTF-8; otherwise 0. */
static size_t printable(const unsigned char *c) {
  static const unsigned long least[] = {0, 0, 0xa0, 0x800,
                                        0x10000}; // U+0080.. are control characters
  if (c[0] < 0x80)
    return c[0] >= 0x20 && c[0] != 0x7f ? 1 : 0;
  if (c[0] < 0xc0 || c[0] >= 0xf8)
    return 0;
  const size_t length = c[0] >= 0xf0 ? 4 : c[0] >= 0xe0 ? 3 : 2;
  unsigned long character = c[0] & (0x7fu >> length);
  for (size_t k = 1; k < length; k++) {
    if ((c[k] & 0xc0) != 0x80)
      return 0;
    character = character << 6 | (c[k] & 0x3fu);
  }
  const bool surrogate = character >= 0xd800 && character < 0xe000;
  return character >= least[length] && character <= 0x10ffff && !surrogate ? length : 0;
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
