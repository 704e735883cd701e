/** Ctrl-C and the progress line of a run. */
#ifndef IST_CLI_RUN_WATCH_H
#define IST_CLI_RUN_WATCH_H

#include "machine/progress.h"
#include "run/settings.h"

typedef struct {
  size_t rounds;
  bool begun;
  ist_progress progress;
} ist_run_watch;

/** Has the run with the settings, which must not outlive w, show its progress, and end after the
 *  round in which SIGINT comes. */
void ist_run_watch_set(ist_run_watch *w, ist_run_settings *settings);

/** After the run: back to what SIGINT did before. */
void ist_run_watch_end(ist_run_watch *w);

#endif
