/** Work that a library may not survive, in a process of its own.
 *
 *  HDF5 crashes on some damaged files, and where memory runs out. In a child process that is an
 *  outcome like any other: a code and one line. The child is a copy of the calling process (fork);
 *  its standard output and error lead nowhere, and it ends with its parent. */
#ifndef IST_PROBLEM_CHILD_H
#define IST_PROBLEM_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "machine/status.h"

/** A child process, and this end of the stream between both. A zero value is none. */
typedef struct {
  pid_t id;
  int channel;
} ist_child;

/** What the child does; when it returns, or its parent closes the channel, the child ends. */
typedef void ist_child_work(void *context, int channel);

/** Starts a child that does the work. To be ended by the caller on IST_OK. IST_MACHINE, as NAME:
 *  reason, if the system has no process or no memory for it. */
ist_code ist_child_start(ist_child *c, const char *name, ist_child_work *work, void *context,
                         ist_status *s);

/** In the child: sets errno to 0, for the next call's error, and keeps in mind if it is ENOMEM. */
void ist_child_clear_errno(void);

/** In the child: whether memory ran out, as far as errno tells, since it began. */
bool ist_child_exhausted(void);

/** Sends or receives size bytes through either end; false if the other end is gone. */
bool ist_child_send(int channel, const void *bytes, size_t size);
bool ist_child_receive(int channel, void *bytes, size_t size);

/** Child: sends an outcome. Parent: receives it into *s and *code, or, if the child did not live to
 *  send it, what became of it as ist_child_fate. */
bool ist_child_report(int channel, const ist_status *s);
ist_code ist_child_outcome(ist_child *c, const char *name, const char *library, ist_code crashed,
                           ist_status *s);

/** Ends a child that stopped answering and says why, as "NAME: reason": IST_MACHINE if memory ran
 *  out, otherwise the code crashed. library: whose fault it then is. */
ist_code ist_child_fate(ist_child *c, const char *name, const char *library, ist_code crashed,
                        ist_status *s);

/** Ends the child. Harmless where there is none. */
void ist_child_end(ist_child *c);

#endif
