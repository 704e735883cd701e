#include "table.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "folder.h"
#include "machine/memory.h"

ist_code ist_table_open(ist_table *t, size_t rows, size_t columns, ist_status *s) {
  *t = (ist_table){.rows = rows,
                   .columns = columns,
                   .names = calloc(columns, sizeof *t->names),
                   .values = ist_memory_doubles(1, rows, columns)};
  if (t->names == NULL || t->values == NULL) {
    ist_table_close(t);
    return ist_fail(s, IST_MACHINE, "no memory for a table of %zu rows", rows);
  }
  for (size_t j = 0; j < rows * columns; j++)
    t->values[j] = NAN;
  return IST_OK;
}

void ist_table_name(ist_table *t, size_t column, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(t->names[column], IST_TABLE_NAME, format, arguments);
  va_end(arguments);
}

double *ist_table_at(ist_table *t, size_t row, size_t column) {
  return t->values + row * t->columns + column;
}

static void write_row(const ist_table *t, size_t row, FILE *file) {
  for (size_t j = 0; j < t->columns; j++) {
    double value = t->values[row * t->columns + j];
    fputs(j == 0 ? "" : ",", file);
    if (!isnan(value))
      fprintf(file, "%.17g", value);
  }
  fputc('\n', file);
}

ist_code ist_table_write(const ist_table *t, const char *directory, const char *file,
                         ist_status *s) {
  ist_atomic_file f;
  if (ist_folder_open(directory, file, &f, s) != IST_OK)
    return s->code;
  for (size_t j = 0; j < t->columns; j++)
    fprintf(f.stream, "%s%s", j == 0 ? "" : ",", t->names[j]);
  fputc('\n', f.stream);
  for (size_t row = 0; row < t->rows; row++)
    write_row(t, row, f.stream);
  return ist_atomic_commit(&f, s);
}

void ist_table_close(ist_table *t) {
  free(t->names);
  free(t->values);
  *t = (ist_table){0};
}
