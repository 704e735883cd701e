/** A problem that comes worker by worker, from a generator or a file. */
#ifndef IST_PROBLEM_SOURCE_H
#define IST_PROBLEM_SOURCE_H

#include "machine/status.h"
#include "problem.h"

/** First every L_i is to be taken, in order, then every b_i. */
typedef struct {
  size_t d, n;
  size_t L_count, b_count; /**< n, or 1 if shared */
  const char *name;        /**< where the numbers come from, for messages; NULL: from nowhere */
  const char *remedy;      /**< what may make a singular mean definite, or NULL */
  /** Puts L_i, checked as by ist_check_matrix, into L (d*d entries, any on entry). */
  ist_code (*take_L)(void *context, size_t i, double *L, ist_status *s);
  /** Puts b_i, every entry within IST_ENTRY_MAX, into b (d entries, any on entry). */
  ist_code (*take_b)(void *context, size_t i, double *b, ist_status *s);
  /** Releases context. */
  void (*close)(void *context);
  void *context;
} ist_problem_source;

/** Takes everything into memory; the source stays open. IST_MACHINE if it does not fit,
 *  IST_BAD_INPUT if the mean of several L_i is refused by ist_source_check_mean; or as the source
 *  fails. On IST_OK the caller frees p, which is empty otherwise. */
ist_code ist_source_collect(const ist_problem_source *from, ist_problem *p, ist_status *s);

/** ist_check_mean of the mean (d*d) of the source's several L_i, the text naming the remedy. */
ist_code ist_source_check_mean(const ist_problem_source *from, double *mean, ist_status *s);

/** Closes the source. An empty (zero) source may be closed. */
void ist_source_close(ist_problem_source *from);

#endif
