#include "farewell.h"

#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

static struct sigaction before;

/* Lock-free, and read by the handler only. */
static volatile sig_atomic_t noted_high, noted_low;

#define LOW_DIGITS 1000000000u

static char *append(char *at, const char *text) {
  const size_t length = strlen(text);
  memcpy(at, text, length);
  return at + length;
}

/** Decimal digits without stdio, which a signal handler must not use. */
static char *append_number(char *at, uint64_t number) {
  char digits[20];
  size_t count = 0;
  do
    digits[count++] = (char)('0' + number % 10);
  while ((number /= 10) > 0);
  while (count > 0)
    *at++ = digits[--count];
  return at;
}

static void say(int signal_number) {
  char line[160], *end = line;
  (void)signal_number;
  end = append(end, "ist: ended from outside after round ");
  end = append_number(end, (uint64_t)noted_high * LOW_DIGITS + (uint64_t)noted_low);
  end = append(end, ": a rank died, or the job was cancelled\n");
  (void)!write(STDERR_FILENO, line, (size_t)(end - line));
  _exit(128 + SIGTERM);
}

void ist_farewell_watch(void) {
  struct sigaction action = {.sa_handler = say};
  sigemptyset(&action.sa_mask);
  sigaction(SIGTERM, &action, &before);
}

void ist_farewell_note(size_t k) {
  noted_high = (sig_atomic_t)(k / LOW_DIGITS);
  noted_low = (sig_atomic_t)(k % LOW_DIGITS);
}

void ist_farewell_release(void) { sigaction(SIGTERM, &before, NULL); }
