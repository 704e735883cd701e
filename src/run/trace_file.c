#include "trace_file.h"

#include <stdlib.h>
#include <string.h>

#include "problem/input_file.h"

/** No line of a trace is longer, not counting its end. */
#define ROW_LENGTH 1022

ist_code ist_trace_file_open(ist_trace_file *t, const char *path, bool durable, ist_status *s) {
  t->durable = durable;
  if (ist_atomic_open(path, &t->file, s) != IST_OK)
    return s->code;
  ist_trace_header(t->file.stream);
  return IST_OK;
}

ist_code ist_trace_file_add(ist_trace_file *t, size_t k, const ist_metrics *m, ist_status *s) {
  ist_trace_row(t->file.stream, k, m);
  return t->durable ? ist_atomic_publish(&t->file, s) : IST_OK;
}

ist_code ist_trace_file_close(ist_trace_file *t, ist_status *s) {
  return t->file.stream != NULL ? ist_atomic_commit(&t->file, s) : IST_OK;
}

void ist_trace_file_abort(ist_trace_file *t) { ist_atomic_abort(&t->file); }

/** The header, or row k if m is not NULL, to be freed; NULL if memory runs out. */
static char *line_text(size_t k, const ist_metrics *m) {
  char *text = NULL;
  size_t size;
  FILE *file = open_memstream(&text, &size);
  if (file == NULL)
    return NULL;
  if (m == NULL)
    ist_trace_header(file);
  else
    ist_trace_row(file, k, m);
  if (fclose(file) == 0)
    return text;
  free(text);
  return NULL;
}

static bool is_row(const char *line, size_t k) {
  char number[32];
  int length = snprintf(number, sizeof number, "%zu,", k);
  return strncmp(line, number, (size_t)length) == 0 && strchr(line, '\n') != NULL;
}

/** What is copied, and what its header and the row of x_k must be. */
typedef struct {
  FILE *from, *to;
  const char *path, *header, *row;
  size_t k, every;
  bool last; /**< whether row k is kept in any case */
} copy;

/** Line 1 is the header, those after it the rows 0, every, ... and k. row: the number of the row.
 */
static ist_code copy_line(const copy *c, size_t line, size_t row, const char *text, ist_status *s) {
  const bool header = line == 1;
  if (header ? strcmp(text, c->header) != 0 : !is_row(text, row))
    return ist_fail(s, IST_BAD_INPUT, "%s:%zu: %s expected", c->path, line,
                    header ? "the header of a trace" : "the next row of a trace");
  if (!header && row == c->k && strcmp(text, c->row) != 0)
    return ist_fail(s, IST_BAD_INPUT, "%s:%zu: row %zu is not that of the checkpoint", c->path,
                    line, row);
  if (header || row % c->every == 0 || c->last)
    fputs(text, c->to);
  return IST_OK;
}

static ist_code copy_rows(const copy *c, ist_status *s) {
  char text[ROW_LENGTH + 2];
  size_t row = 0;
  ist_code code = IST_OK;
  bool complete = false;
  for (size_t line = 1; !complete && code == IST_OK; line++) {
    if (fgets(text, sizeof text, c->from) == NULL)
      code = ist_fail(s, IST_BAD_INPUT, "%s:%zu: the trace ends before row %zu of the checkpoint",
                      c->path, line, c->k);
    else
      code = copy_line(c, line, row, text, s);
    complete = line > 1 && row == c->k;
    if (line > 1 && !complete)
      row = c->k - row < c->every ? c->k : row + c->every;
  }
  return code;
}

ist_code ist_trace_file_continue(ist_trace_file *t, const char *path, size_t k, size_t every,
                                 bool last, const ist_metrics *m, ist_status *s) {
  *t = (ist_trace_file){.durable = true};
  FILE *from = ist_input_open(path, s);
  if (from == NULL)
    return s->code;
  char *header = line_text(0, NULL), *row = line_text(k, m);
  ist_code code = IST_OK;
  if (header == NULL || row == NULL)
    code = ist_fail(s, IST_MACHINE, "%s: memory is exhausted", path);
  else
    code = ist_atomic_open(path, &t->file, s);
  if (code == IST_OK)
    code = copy_rows(&(copy){from, t->file.stream, path, header, row, k, every, last}, s);
  if (code == IST_OK)
    code = ist_atomic_publish(&t->file, s);
  else
    ist_trace_file_abort(t);
  free(header);
  free(row);
  fclose(from);
  return code;
}
