/** One row of a report: what a claim says, on what, and what was found. */
#ifndef IST_CHECK_ROW_H
#define IST_CHECK_ROW_H

#include <jansson.h>
#include <stddef.h>

#include "finding.h"
#include "machine/status.h"

typedef struct {
  const char *id, *subject, *statement; /**< subject: the sketch, or the experiment */
  ist_finding finding;
} ist_row;

/** Prints the headings of a table of rows; subject is the heading of that column, width columns
 *  wide. */
void ist_row_print_head(const char *subject, int width);

/** Prints the row; the column "se" is the standard error of sampled values, =N where both sides
 *  agree to N digits, or exact. */
void ist_row_print(const ist_row *row, int width);

/** The row as an object with id, statement ("subject: statement"), bound, value, verdict, reason
 *  and, if the value was sampled, standard_error. NULL: memory ran out. */
json_t *ist_row_json(const ist_row *row);

/** What the rows so far say. */
typedef struct {
  size_t count[IST_VERDICTS]; /**< by ist_verdict */
  char violated[512];         /**< ids of the claims that are, as "P06, N1" */
} ist_tally;

/** Counts the row. */
void ist_tally_add(ist_tally *t, const ist_row *row);

/** Prints the counts on one line. */
void ist_tally_print(const ist_tally *t);

/** IST_VIOLATED, naming the claims, if any is violated. */
ist_code ist_tally_conclude(const ist_tally *t, ist_status *s);

#endif
