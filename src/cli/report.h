/** Evaluates tables of claims and prints what was found. */
#ifndef IST_CLI_REPORT_H
#define IST_CLI_REPORT_H

#include "check/evaluate.h"

/** How a report is printed. */
typedef struct {
  bool json; /**< as JSON (schema ist.check/1), every claim; otherwise as a table at most 100
                columns wide, whose last line counts the verdicts */
  bool all;  /**< whether the table shows claims that do not apply, with the reason */
} ist_report_style;

/** Evaluates the claims of the given tables in order and prints one row each. tables: a list of
 *  tables, ended by NULL. IST_VIOLATED, naming the claims, if one is violated. */
ist_code ist_report(ist_check *k, const ist_claim *const *tables, ist_report_style style,
                    ist_status *s);

#endif
