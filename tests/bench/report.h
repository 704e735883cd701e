/** What was measured: a table on standard output, row by row, and the same as JSON. */
#ifndef IST_BENCH_REPORT_H
#define IST_BENCH_REPORT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "machine/status.h"

/** Which way a ratio is read. */
typedef enum {
  BENCH_COST,   /**< ours / theirs; a target is an upper limit */
  BENCH_SPEEDUP /**< theirs / ours; a target is a lower limit */
} bench_sense;

typedef struct {
  const char *measure; /**< what we did */
  const char *against; /**< what it is compared with */
  size_t n, d;
  size_t samples;      /**< behind each median */
  const char *unit;    /**< "s", or "B" for memory */
  double ours, theirs; /**< medians; NaN: not measured */
  bench_sense sense;
  double target;      /**< NaN: none is stated */
  const char *reason; /**< why there is no ratio; NULL if there is one */
} bench_row;

typedef struct {
  bool quick;
  json_t *rows;
} bench_report;

/** Prints the heading of the table. */
ist_code bench_report_open(bench_report *r, bool quick, ist_status *s);

/** Prints a row and keeps it, without its target if r->quick. IST_BAD_INPUT if memory runs out. */
ist_code bench_report_add(bench_report *r, const bench_row *row, ist_status *s);

/** Writes DIRECTORY/bench.json, schema "ist.bench/1", making the directory if it is missing. */
ist_code bench_report_write(const bench_report *r, const char *directory, ist_status *s);

/** Frees what r owns. */
void bench_report_close(bench_report *r);

#endif
