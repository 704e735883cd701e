/** Ctrl-C: a request to stop at the end of the round. */
#ifndef IST_MACHINE_INTERRUPT_H
#define IST_MACHINE_INTERRUPT_H

#include <stdbool.h>

/** From now on the first SIGINT only leaves a note; a second one ends the process as usual. A
 *  process that ignores SIGINT, as a shell's background job does, goes on ignoring it. */
void ist_interrupt_watch(void);

/** Whether SIGINT has come since ist_interrupt_watch. */
bool ist_interrupt_noted(void);

/** Back to what SIGINT did before ist_interrupt_watch. */
void ist_interrupt_release(void);

#endif
