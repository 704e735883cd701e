/* Processes for work that a library may not survive: whatever becomes of them is a code and a line.
 */
#define _GNU_SOURCE /* kill */
#include "problem/child.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

TestSuite(child, .timeout = 30);

/** The work ends before it has reported: IST_BAD_INPUT, or another code, with the text. */
static void expect_fate(ist_child_work *work, ist_code code, const char *text) {
  ist_child c;
  ist_status s = {IST_OK, ""};
  cr_assert_eq(ist_child_start(&c, "file", work, NULL, &s), IST_OK, "%s", s.text);
  cr_expect_eq(ist_child_outcome(&c, "file", "a library", IST_BAD_INPUT, &s), code);
  cr_expect_str_eq(s.text, text);
  ist_child_end(&c);
}

#define DAMAGED "file: a library crashes on it; the file is damaged"

/** The signal that by_signal raises. */
static int fatal;

static void by_signal(void *context, int channel) {
  (void)context;
  (void)channel;
  raise(fatal);
}

static void by_exit(void *context, int channel) {
  (void)context;
  (void)channel;
  exit(0);
}

static void by_returning(void *context, int channel) {
  (void)context;
  (void)channel;
}

Test(child, every_end_is_noticed) {
  static const int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTERM};
  for (size_t k = 0; k < sizeof signals / sizeof *signals; k++) {
    fatal = signals[k];
    expect_fate(by_signal, IST_BAD_INPUT, DAMAGED);
  }
  expect_fate(by_exit, IST_BAD_INPUT, DAMAGED);
  expect_fate(by_returning, IST_BAD_INPUT, DAMAGED);
  fatal = SIGKILL;
  expect_fate(by_signal, IST_MACHINE, "file: killed, as happens when memory runs out");
}

static void by_memory(void *context, int channel) {
  (void)context;
  (void)channel;
  errno = ENOMEM;
  raise(SIGSEGV);
}

static void by_memory_earlier(void *context, int channel) {
  (void)context;
  (void)channel;
  errno = ENOMEM;
  ist_child_clear_errno();
  exit(1);
}

Test(child, refused_memory_is_the_cause) {
  expect_fate(by_memory, IST_MACHINE, "file: not enough memory for a library");
  expect_fate(by_memory_earlier, IST_MACHINE, "file: not enough memory for a library");
}

/** Reports a code that there is not, and a text without end, as spoilt memory may. */
static void report_nonsense(void *context, int channel) {
  (void)context;
  ist_status s;
  memset(&s, 'x', sizeof s);
  (void)ist_child_report(channel, &s);
}

Test(child, what_it_says_is_not_trusted) {
  ist_child c;
  ist_status s = {IST_OK, ""};
  cr_assert_eq(ist_child_start(&c, "file", report_nonsense, NULL, &s), IST_OK);
  cr_expect_eq(ist_child_outcome(&c, "file", "a library", IST_BAD_INPUT, &s), IST_BAD_INPUT);
  cr_expect_eq(strlen(s.text), sizeof s.text - 1);
  ist_child_end(&c);
}

/** Answers with what it receives until there is nothing more. */
static void echo(void *context, int channel) {
  char byte;
  (void)context;
  puts("unseen");
  while (ist_child_receive(channel, &byte, 1) && ist_child_send(channel, &byte, 1))
    continue;
}

/** A second child holds a copy of the first one's channel: the first ends all the same. */
Test(child, several_at_once) {
  ist_child first, second;
  ist_status s = {IST_OK, ""};
  char byte = 0;
  cr_assert_eq(ist_child_start(&first, "file", echo, NULL, &s), IST_OK);
  cr_assert_eq(ist_child_start(&second, "file", echo, NULL, &s), IST_OK);
  cr_expect(ist_child_send(first.channel, "a", 1) && ist_child_send(second.channel, "b", 1));
  cr_expect(ist_child_receive(first.channel, &byte, 1) && byte == 'a');
  cr_expect(ist_child_receive(second.channel, &byte, 1) && byte == 'b');
  ist_child_end(&first);
  ist_child_end(&first);
  ist_child_end(&second);
  cr_expect_eq(first.id, 0);
}
