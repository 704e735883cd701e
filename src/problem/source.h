/** A problem that comes worker by worker, from a generator or a file. */
#ifndef IST_PROBLEM_SOURCE_H
#define IST_PROBLEM_SOURCE_H

#include "problem.h"
#include "status.h"

/** First every L_i is to be taken, in order, then every b_i. */
typedef struct {
  size_t d, n;
  size_t L_count, b_count; /**< n, or 1 if shared */
  /** Puts L_i, checked as by ist_check_matrix, into L (d*d entries, any on entry). */
  ist_code (*take_L)(void *context, size_t i, double *L, ist_status *s);
  /** Puts b_i, every entry within IST_ENTRY_MAX, into b (d entries, any on entry). */
  ist_code (*take_b)(void *context, size_t i, double *b, ist_status *s);
  /** Releases context. */
  void (*close)(void *context);
  void *context;
} ist_problem_source;

/** Takes everything into memory; the source stays open. name: what does not fit in memory, as
 *  "NAME: ", or "". On IST_OK the caller frees p, which is empty otherwise. */
ist_code ist_source_collect(const ist_problem_source *from, const char *name, ist_problem *p,
                            ist_status *s);

/** Closes the source. An empty (zero) source may be closed. */
void ist_source_close(ist_problem_source *from);

#endif
