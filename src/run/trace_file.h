/** The file that a run writes its trace to. */
#ifndef IST_RUN_TRACE_FILE_H
#define IST_RUN_TRACE_FILE_H

#include <stdbool.h>

#include "problem/atomic_file.h"
#include "trace.h"

/** A trace being written. A zero value is none, which may be closed. */
typedef struct {
  ist_atomic_file file;
  bool durable; /**< whether each row is in the file at path as soon as it is written */
} ist_trace_file;

/** Begins a trace with its header. A durable one takes the place of the file at path with its first
 *  row, and every later row is added to it at once and whole, so that a process that is killed
 *  leaves the rows of all rounds it finished. Otherwise the file at path is replaced when the trace
 *  is closed. IST_OUTPUT_FAILED, as PATH: reason. */
ist_code ist_trace_file_open(ist_trace_file *t, const char *path, bool durable, ist_status *s);

/** Begins a durable trace with the rows 0, every, ... up to k of the one at path; later ones are
 *  dropped, and that of k, too, if it is none of these, unless last is set. m: the metrics of the
 *  iterate x_k, whose row must be there, character by character, in any case.
 *  IST_BAD_INPUT, as PATH:LINE: reason, if it is not, or if others are missing. */
ist_code ist_trace_file_continue(ist_trace_file *t, const char *path, size_t k, size_t every,
                                 bool last, const ist_metrics *m, ist_status *s);

/** Adds row k. IST_OUTPUT_FAILED if a durable trace cannot be written; others fail when closed. */
ist_code ist_trace_file_add(ist_trace_file *t, size_t k, const ist_metrics *m, ist_status *s);

/** Completes the file at path. IST_OUTPUT_FAILED, and it is as it was before, if that fails. */
ist_code ist_trace_file_close(ist_trace_file *t, ist_status *s);

/** Drops what is not in the file at path yet. Harmless after ist_trace_file_close. */
void ist_trace_file_abort(ist_trace_file *t);

#endif
