/** Standard output and standard error, with every failure noticed. */
#ifndef IST_MACHINE_OUTPUT_H
#define IST_MACHINE_OUTPUT_H

#include "status.h"

/** Occupies the descriptors 0, 1, 2 that are closed, so that no file opened later takes their place
 *  and receives what was meant for standard output. Writing to them then fails. */
void ist_reserve_standard_streams(void);

/** Prints text on standard output. Returns IST_OK: failures surface in ist_finish_output. */
ist_code ist_print_text(const char *text);

/** Flushes standard output. IST_OUTPUT_FAILED if this or any earlier write to it failed;
 *  IST_MACHINE, and what has not been written yet is dropped, if the arithmetic is wrong. */
ist_code ist_finish_output(ist_status *s);

/** Prints "ist: text" as one line on standard error. */
void ist_print_error(const char *text);

#endif
