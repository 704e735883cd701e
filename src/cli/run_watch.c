#include "run_watch.h"

#include "machine/interrupt.h"

static void begins(void *context, size_t k) {
  ist_run_watch *w = context;
  w->progress = ist_progress_start("round", w->rounds);
  w->progress.first = k;
  w->begun = true;
  ist_interrupt_watch();
}

static bool ends(void *context, size_t k) {
  ist_run_watch *w = context;
  ist_progress_update(&w->progress, k);
  return ist_interrupt_noted();
}

void ist_run_watch_set(ist_run_watch *w, ist_run_settings *settings) {
  *w = (ist_run_watch){.rounds = settings->rounds};
  settings->begins = begins;
  settings->ends = ends;
  settings->context = w;
}

void ist_run_watch_end(ist_run_watch *w) {
  if (!w->begun)
    return;
  ist_interrupt_release();
  ist_progress_end(&w->progress);
}
