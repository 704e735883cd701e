/** The trace of a run: CSV with header k,f_gap,grad_norm_sq,dist_star_sq,dist_fixed_sq. */
#ifndef IST_RUN_TRACE_H
#define IST_RUN_TRACE_H

#include <stdio.h>

#include "metrics.h"

/** Writes the header line. Errors stay in ferror(file). */
void ist_trace_header(FILE *file);

/** Writes row k with 17 significant digits; dist_fixed_sq stays empty where it does not exist.
 *  Errors stay in ferror(file). */
void ist_trace_row(FILE *file, size_t k, const ist_metrics *m);

#endif
