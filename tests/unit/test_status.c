/* The one line that says why something failed. */
#include "machine/status.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <string.h>

static void expect_text(const char *from, const char *text) {
  ist_status s = {IST_OK, ""};
  cr_expect_eq(ist_fail(&s, IST_BAD_INPUT, "%s", from), IST_BAD_INPUT);
  cr_expect_eq(s.code, IST_BAD_INPUT);
  cr_expect_str_eq(s.text, text);
}

/** File names and what is in files may hold anything; a terminal must not obey it. */
Test(status, only_what_can_be_printed_is_repeated) {
  expect_text("plain", "plain");
  expect_text("a\nb\tc\x1b[31m\x7f", "a?b?c?[31m?");
  expect_text("\xc3\xa9 \xe2\x82\xac \xf0\x9d\x84\x9e", "\xc3\xa9 \xe2\x82\xac \xf0\x9d\x84\x9e");
  expect_text("\xb6 \xff \xfe", "? ? ?");
  expect_text("\xc2\x9b \xc1\x81", "?? ??");                /* control character, overlong */
  expect_text("\xe2\x82", "??");                            /* incomplete */
  expect_text("\xed\xa0\x80 \xf4\x90\x80\x80", "??? ????"); /* surrogate, beyond the last */
}

Test(status, long_texts_are_cut) {
  ist_status s;
  char text[3000];
  memset(text, 'x', sizeof text - 1);
  text[sizeof text - 1] = '\0';
  ist_fail(&s, IST_BAD_INPUT, "%s", text);
  cr_expect_eq(strlen(s.text), sizeof s.text - 1);
}

Test(status, lack_of_memory_is_the_machines) {
  ist_status s;
  cr_expect_eq(ist_fail_system(&s, IST_BAD_INPUT, "file", ENOENT), IST_BAD_INPUT);
  cr_expect_str_eq(s.text, "file: No such file or directory");
  cr_expect_eq(ist_fail_system(&s, IST_BAD_INPUT, "file", ENOMEM), IST_MACHINE);
  cr_expect_eq(s.code, IST_MACHINE);
  cr_expect_str_eq(s.text, "file: Cannot allocate memory");
}
