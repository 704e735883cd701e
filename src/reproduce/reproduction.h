/** What the experiments of `ist reproduce` share. */
#ifndef IST_REPRODUCE_REPRODUCTION_H
#define IST_REPRODUCE_REPRODUCTION_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "check/row.h"
#include "figure.h"
#include "table.h"

/** Runs of each experiment, with different seeds. */
#define IST_RUNS 10

/** Bits of the ball arithmetic that verdicts rest on: what is compared are numbers of far fewer
 *  operations than lose half of them. Sampled means have their statistics (finding.h). */
#define IST_REPRODUCTION_BITS 256

/** Width of the longest name of an experiment. */
#define IST_EXPERIMENT_WIDTH 13

typedef struct {
  const char *directory;
  bool quick;         /**< smaller sizes */
  unsigned long seed; /**< of the problems; run r uses ist_reproduction_seed(t, r) */
  json_t *rows;       /**< what was checked; owned by the caller */
  ist_tally tally;
  bool gnuplot; /**< whether figures are drawn; false once gnuplot was not found */
} ist_reproduction;

/** Seed of run r: (seed + r) modulo 2^32. */
unsigned long ist_reproduction_seed(const ist_reproduction *t, size_t r);

/** Prints and records one check of an experiment. */
ist_code ist_reproduction_record(ist_reproduction *t, const char *id, const char *experiment,
                                 const char *statement, const ist_finding *f, ist_status *s);

/** Writes the figure's script and, if there is gnuplot, draws it. */
ist_code ist_reproduction_figure(ist_reproduction *t, const ist_figure *g, ist_status *s);

/** Refuses for want of memory, with IST_MACHINE. */
ist_code ist_reproduction_no_memory(ist_status *s);

#endif
