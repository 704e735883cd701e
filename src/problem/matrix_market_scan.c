#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "machine/memory.h"
#include "matrix_market.h"

#define LINE_LENGTH 1024 // the format's own limit
#define TOKENS 6
#define BANNER "%%MatrixMarket"
#define WHITE_SPACE " \t\r\v\f"

typedef struct {
  FILE *file;
  const char *name;
  size_t number; /**< of the line in text, from 1 */
  char text[LINE_LENGTH + 1];
  char *token[TOKENS]; /**< the line cut at white space */
  size_t count;        /**< of tokens; those beyond TOKENS are dropped */
  size_t *first_line;  /**< line of every entry of a coordinate file met so far, rows x cols, 0 for
                            none; NULL: repeated entries are not looked for */
  ist_status *status;
} scanner;

__attribute__((format(printf, 2, 3))) static ist_code fail_here(scanner *c, const char *format,
                                                                ...) {
  char reason[256];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(reason, sizeof reason, format, arguments);
  va_end(arguments);
  return ist_fail(c->status, IST_BAD_INPUT, "%s:%zu: %s", c->name, c->number, reason);
}

/** Reads one line into text. Sets *end, with the text empty, when no line is left. */
static ist_code read_line(scanner *c, bool *end) {
  size_t length = 0;
  bool returned = false; // whether the last character was a carriage return
  errno = 0;
  int character = getc_unlocked(c->file);
  *end = character == EOF;
  c->text[0] = '\0';
  if (ferror(c->file))
    return ist_fail_system(c->status, IST_BAD_INPUT, c->name, errno != 0 ? errno : EIO);
  if (*end)
    return IST_OK;
  c->number++;
  for (; character != EOF && character != '\n'; character = getc_unlocked(c->file)) {
    if (length == LINE_LENGTH)
      return fail_here(c, "line longer than %d characters", LINE_LENGTH);
    if (character == '\0')
      return fail_here(c, "NUL byte; this is not a text file");
    if (returned && character != '\r')
      return fail_here(c, "carriage return (CR) within a line; lines must end in LF or CR LF, not "
                          "in CR alone");
    returned = character == '\r';
    c->text[length++] = (char)character;
  }
  if (ferror(c->file))
    return ist_fail_system(c->status, IST_BAD_INPUT, c->name, errno != 0 ? errno : EIO);
  c->text[length] = '\0';
  return IST_OK;
}

static void split(scanner *c) {
  char *rest = NULL;
  c->count = 0;
  for (char *t = strtok_r(c->text, WHITE_SPACE, &rest); t != NULL && c->count < TOKENS;
       t = strtok_r(NULL, WHITE_SPACE, &rest))
    c->token[c->count++] = t;
}

/** Advances to the next line that is neither blank nor a comment, and splits it. */
static ist_code next_data(scanner *c, bool *end) {
  do {
    ist_code code = read_line(c, end);
    if (code != IST_OK)
      return code;
    if (*end)
      return IST_OK;
    c->count = 0;
    if (c->text[0] != '%')
      split(c);
  } while (c->count == 0);
  return IST_OK;
}

/** A decimal number of at most SIZE_MAX, without sign. */
static bool parse_size(const char *token, size_t *out) {
  if (token[strspn(token, "0123456789")] != '\0')
    return false;
  errno = 0;
  unsigned long long value = strtoull(token, NULL, 10);
  *out = (size_t)value;
  return errno == 0 && value <= SIZE_MAX;
}

/** Refuses the invisible byte-order mark that some editors put before the first line. */
static ist_code check_byte_order_mark(scanner *c) {
  static const struct {
    const char *bytes, *encoding;
  } marks[] = {{"\xef\xbb\xbf", "UTF-8"}, {"\xff\xfe", "UTF-16"}, {"\xfe\xff", "UTF-16"}};
  char head[4] = "";
  (void)!fread(head, 1, sizeof head - 1, c->file); // a failure shows when the first line is read
  for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
    if (strncmp(head, marks[k].bytes, strlen(marks[k].bytes)) == 0) {
      c->number = 1;
      return fail_here(c,
                       "begins with a byte-order mark (%s), which is invisible in an editor; the "
                       "first line must begin with %s",
                       marks[k].encoding, BANNER);
    }
  rewind(c->file);
  return IST_OK;
}

static ist_code scan_banner(scanner *c, ist_mm_header *header) {
  bool end = false;
  ist_code code = check_byte_order_mark(c);
  if (code == IST_OK)
    code = read_line(c, &end);
  if (code != IST_OK)
    return code;
  if (end)
    return ist_fail(c->status, IST_BAD_INPUT, "%s: the file is empty", c->name);
  bool indented = c->text[0] != BANNER[0]; // CHOLMOD would not recognise it
  split(c);
  if (indented || strcmp(c->token[0], BANNER) != 0)
    return fail_here(c, "not a Matrix Market file: the first line must begin with %s", BANNER);
  if (c->count != 5)
    return fail_here(c, "the header must read %s matrix FORMAT FIELD SYMMETRY", BANNER);
  if (strcasecmp(c->token[1], "matrix") != 0)
    return fail_here(c, "object '%.40s' is not supported; it must be matrix", c->token[1]);
  header->coordinate = strcasecmp(c->token[2], "coordinate") == 0;
  if (!header->coordinate && strcasecmp(c->token[2], "array") != 0)
    return fail_here(c, "format '%.40s' is not supported; it must be array or coordinate",
                     c->token[2]);
  if (strcasecmp(c->token[3], "real") != 0 && strcasecmp(c->token[3], "integer") != 0)
    return fail_here(c, "field '%.40s' is not supported; it must be real or integer", c->token[3]);
  header->symmetric = strcasecmp(c->token[4], "symmetric") == 0;
  if (!header->symmetric && strcasecmp(c->token[4], "general") != 0)
    return fail_here(c, "symmetry '%.40s' is not supported; it must be general or symmetric",
                     c->token[4]);
  return IST_OK;
}

static ist_code scan_size(scanner *c, size_t limit, ist_mm_header *header) {
  bool end = false;
  ist_code code = next_data(c, &end);
  if (code != IST_OK)
    return code;
  if (end)
    return fail_here(c, "the file ends before its size line");
  header->line = c->number;
  size_t *size[] = {&header->rows, &header->cols, &header->entries};
  size_t expected = header->coordinate ? 3 : 2;
  if (c->count != expected)
    return fail_here(c, "the size line must hold %zu numbers: %s", expected,
                     header->coordinate ? "rows, columns, entries" : "rows, columns");
  for (size_t k = 0; k < expected; k++)
    if (!parse_size(c->token[k], size[k]))
      return fail_here(c, "'%.40s' is not a size", c->token[k]);
  if (header->rows == 0 || header->cols == 0)
    return fail_here(c, "the matrix is empty: %zu x %zu", header->rows, header->cols);
  if (header->rows > limit || header->cols > limit)
    return fail_here(c, "%zu x %zu is beyond the largest dimension, %zu", header->rows,
                     header->cols, limit);
  if (header->symmetric && header->rows != header->cols)
    return fail_here(c, "%zu x %zu is not square, yet declared symmetric", header->rows,
                     header->cols);
  // Twice: once as CHOLMOD's matrix, once as ours.
  if (!ist_memory_fits(2, header->rows, header->cols))
    return ist_fail(c->status, IST_MACHINE, "%s:%zu: %zu x %zu does not fit in memory", c->name,
                    c->number, header->rows, header->cols);
  size_t rows = header->rows;
  size_t stored = header->symmetric ? rows * (rows + 1) / 2 : rows * header->cols;
  if (!header->coordinate)
    header->entries = stored;
  if (header->entries > stored)
    return fail_here(c, "%zu entries are more than a %zu x %zu matrix has", header->entries, rows,
                     header->cols);
  return IST_OK;
}

/** An entry's row or column number, 1..limit. */
static ist_code scan_index(scanner *c, size_t k, size_t limit, size_t *index) {
  if (!parse_size(c->token[k], index))
    return fail_here(c, "'%.40s' is not an index", c->token[k]);
  if (*index < 1 || *index > limit)
    return fail_here(c, "%s %zu is outside 1..%zu", k == 0 ? "row" : "column", *index, limit);
  return IST_OK;
}

static ist_code scan_value(scanner *c, const char *token) {
  char *rest = NULL;
  double value = strtod(token, &rest);
  if (rest == token || *rest != '\0')
    return fail_here(c, "'%.40s' is not a number", token);
  if (!isfinite(value))
    return fail_here(c, "'%.40s' is not a finite number", token);
  // strtod also takes hexadecimal numbers; the format does not.
  if (token[strspn(token, "+-.0123456789eE")] != '\0')
    return fail_here(c, "'%.40s' is not a decimal number", token);
  return IST_OK;
}

/** Refuses an entry that was met before, where that is looked for. */
static ist_code check_repeated(scanner *c, size_t row, size_t column, size_t columns) {
  if (c->first_line == NULL)
    return IST_OK;
  size_t *first = &c->first_line[(row - 1) * columns + column - 1];
  if (*first != 0)
    return fail_here(c, "entry (%zu,%zu) repeats that of line %zu", row, column, *first);
  *first = c->number;
  return IST_OK;
}

static ist_code scan_entry(scanner *c, const ist_mm_header *header) {
  size_t expected = header->coordinate ? 3 : 1;
  if (c->count != expected)
    return fail_here(c, "%zu values where %s expected", c->count,
                     header->coordinate ? "row, column, value are" : "one number is");
  if (!header->coordinate)
    return scan_value(c, c->token[0]);
  size_t row = 0;
  size_t column = 0;
  ist_code code = scan_index(c, 0, header->rows, &row);
  if (code == IST_OK)
    code = scan_index(c, 1, header->cols, &column);
  if (code != IST_OK)
    return code;
  if (header->symmetric && column > row)
    return fail_here(c, "entry (%zu,%zu) is above the diagonal of a symmetric file", row, column);
  code = scan_value(c, c->token[2]);
  return code == IST_OK ? check_repeated(c, row, column, header->cols) : code;
}

static ist_code scan_entries(scanner *c, const ist_mm_header *header) {
  bool end = false;
  for (size_t k = 0; k < header->entries; k++) {
    ist_code code = next_data(c, &end);
    if (code == IST_OK && end)
      return fail_here(c, "the file ends after %zu of %zu entries", k, header->entries);
    if (code == IST_OK)
      code = scan_entry(c, header);
    if (code != IST_OK)
      return code;
  }
  ist_code code = next_data(c, &end);
  if (code == IST_OK && !end)
    return fail_here(c, "more data after the last of %zu entries", header->entries);
  return code;
}

static ist_code scan(scanner *c, size_t limit, ist_mm_header *header) {
  *header = (ist_mm_header){0};
  rewind(c->file);
  ist_code code = scan_banner(c, header);
  if (code == IST_OK)
    code = scan_size(c, limit, header);
  if (code == IST_OK)
    code = scan_entries(c, header);
  return code;
}

ist_code ist_mm_scan(FILE *file, const char *name, size_t limit, ist_mm_header *header,
                     ist_status *s) {
  scanner c = {.file = file, .name = name, .status = s};
  return scan(&c, limit, header);
}

ist_code ist_mm_find_repeated(FILE *file, const char *name, const ist_mm_header *header,
                              ist_status *s) {
  ist_mm_header again;
  scanner c = {.file = file, .name = name, .status = s};
  if (ist_memory_fits(1, header->rows, header->cols))
    c.first_line = calloc(header->rows * header->cols, sizeof *c.first_line);
  if (c.first_line == NULL)
    return ist_fail(s, IST_MACHINE, "%s: does not fit in memory", name);
  ist_code code = scan(&c, SIZE_MAX, &again);
  free(c.first_line);
  return code != IST_OK ? code : ist_fail(s, IST_BAD_INPUT, "%s: changed while it was read", name);
}
