/** One row of a report: what a claim says, on what, and what was found. */
#ifndef IST_CLI_ROW_H
#define IST_CLI_ROW_H

#include <jansson.h>
#include <stddef.h>

#include "finding.h"
#include "problem/status.h"

typedef struct {
  const char *id, *subject, *statement; /**< subject: the sketch, or the experiment */
  ist_finding finding;
} ist_row;

/** Prints the headings of a table of rows; subject is the heading of that column, width columns
 *  wide. */
void ist_row_print_head(const char *subject, int width);

/** Prints the row; sampled values come with their standard error. */
void ist_row_print(const ist_row *row, int width);

/** The row as an object with id, statement ("subject: statement"), bound, value, verdict, reason
 *  and, if the value was sampled, standard_error. NULL: memory ran out. */
json_t *ist_row_json(const ist_row *row);

/** The claims violated so far, as "P06, N1". */
typedef struct {
  size_t count;
  char ids[512];
} ist_violations;

/** Notes the row if its claim is violated. */
void ist_violations_note(ist_violations *v, const ist_row *row);

/** IST_VIOLATED, naming the claims, if there are any. */
ist_code ist_violations_conclude(const ist_violations *v, ist_status *s);

#endif
