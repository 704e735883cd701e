/** Evaluates tables of claims and prints what was found. */
#ifndef IST_CLI_REPORT_H
#define IST_CLI_REPORT_H

#include "evaluate.h"

/** Evaluates the claims of the given tables in order and prints one row each: as a table at most
 *  100 columns wide, which leaves out the claims about other sketches than the given one, or as
 *  JSON (schema ist.check/1). tables: a list of tables, ended by NULL. IST_VIOLATED, naming the
 *  claims, if one is violated. */
ist_code ist_report(ist_check *k, const ist_claim *const *tables, bool json, ist_status *s);

#endif
