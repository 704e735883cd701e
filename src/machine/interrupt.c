#include "interrupt.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t noted;
static struct sigaction before;

static void note(int signal_number) {
  (void)signal_number;
  noted = 1;
}

void ist_interrupt_watch(void) {
  struct sigaction action = {.sa_handler = note, .sa_flags = (int)SA_RESETHAND | SA_RESTART};
  noted = 0;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, NULL, &before);
  if (before.sa_handler != SIG_IGN)
    sigaction(SIGINT, &action, NULL);
}

bool ist_interrupt_noted(void) { return noted != 0; }

void ist_interrupt_release(void) { sigaction(SIGINT, &before, NULL); }
