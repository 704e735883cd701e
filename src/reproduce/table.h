/** A table of numbers, written as CSV. */
#ifndef IST_REPRODUCE_TABLE_H
#define IST_REPRODUCE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "machine/status.h"

#define IST_TABLE_NAME 48

typedef struct {
  size_t rows, columns;
  char (*names)[IST_TABLE_NAME]; /**< one for each column */
  double *values;                /**< row-major; NaN: no value */
} ist_table;

/** A table without values. IST_MACHINE if memory runs out; otherwise the caller frees t. */
ist_code ist_table_open(ist_table *t, size_t rows, size_t columns, ist_status *s);

/** Names a column; the name must fit, and hold no comma. */
__attribute__((format(printf, 3, 4))) void ist_table_name(ist_table *t, size_t column,
                                                          const char *format, ...);

/** The place of one value. */
double *ist_table_at(ist_table *t, size_t row, size_t column);

/** Writes DIRECTORY/FILE, whole or not at all: a line of names, then one line for each row, 17
 *  significant digits, nothing where there is no value. IST_OUTPUT_FAILED if that fails. */
ist_code ist_table_write(const ist_table *t, const char *directory, const char *file,
                         ist_status *s);

/** Frees what t owns; an empty table may be freed again. */
void ist_table_close(ist_table *t);

#endif
