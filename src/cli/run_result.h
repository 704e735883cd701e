/** What `ist run` and `ist-mpi run` print of a result. */
#ifndef IST_CLI_RUN_RESULT_H
#define IST_CLI_RUN_RESULT_H

#include <jansson.h>

#include "run/result.h"
#include "run/settings.h"

/** The result as JSON, schema ist.run/1; NULL if memory runs out. */
json_t *ist_run_result_json(const ist_run_result *r, const ist_run_settings *settings);

/** Prints the result as a table. */
void ist_run_result_print(const ist_run_result *r, const ist_run_settings *settings);

#endif
