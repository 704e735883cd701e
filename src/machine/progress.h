/** Progress of long work, on standard error. */
#ifndef IST_MACHINE_PROGRESS_H
#define IST_MACHINE_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

/** A counter that is shown only on a terminal and only once the work has lasted two seconds. */
typedef struct {
  const char *unit; /**< what is counted: "round" */
  size_t first;     /**< units that were finished at the start: 0, unless set otherwise */
  size_t total;
  bool terminal, shown;
  time_t start, last;
} ist_progress;

/** Starts counting units up to total. */
ist_progress ist_progress_start(const char *unit, size_t total);

/** Reports that done of the total units are finished; shows it at most once a second, with the time
 *  that the others will take if each takes as long as those since the start. */
void ist_progress_update(ist_progress *p, size_t done);

/** Removes the line, if one was shown. */
void ist_progress_end(ist_progress *p);

/** Says on standard error that the work, which is about to begin, takes about so many seconds, if
 *  these are more than a few. */
void ist_progress_announce(const char *work, double seconds);

/** Writes a duration in its two largest units, as "5 s", "2 min 5 s", "3 h 0 min" or "4 d 7 h". */
void ist_progress_duration(double seconds, char *text, size_t size);

#endif
