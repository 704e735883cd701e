/** Progress of long work, on standard error. */
#ifndef IST_CLI_PROGRESS_H
#define IST_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

/** A counter that is shown only on a terminal and only once the work has lasted two seconds. */
typedef struct {
  const char *unit; /**< what is counted: "round" */
  size_t total;
  bool terminal, shown;
  time_t last;
} ist_progress;

/** Starts counting units up to total. */
ist_progress ist_progress_start(const char *unit, size_t total);

/** Reports that done of the total units are finished; shows it at most once a second. */
void ist_progress_update(ist_progress *p, size_t done);

/** Removes the line, if one was shown. */
void ist_progress_end(ist_progress *p);

#endif
