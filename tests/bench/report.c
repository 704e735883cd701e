#include "report.h"

#include <cblas.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "reproduce/folder.h"

static ist_code no_memory(ist_status *s) {
  return ist_fail(s, IST_MACHINE, "no memory for the report");
}

ist_code bench_report_open(bench_report *r, bool quick, ist_status *s) {
  *r = (bench_report){.quick = quick, .rows = json_array()};
  if (r->rows == NULL)
    return no_memory(s);
  printf("%-20s %4s %5s  %-26s %11s %11s %7s  %s\n", "measure", "n", "d", "against", "ours",
         "theirs", "ratio", "target");
  return IST_OK;
}

static double ratio(const bench_row *row) {
  return row->sense == BENCH_COST ? row->ours / row->theirs : row->theirs / row->ours;
}

static bool meets(const bench_row *row) {
  return row->sense == BENCH_COST ? ratio(row) <= row->target : ratio(row) >= row->target;
}

static void print_value(double value, const char *unit) {
  if (isnan(value))
    printf(" %11s", "-");
  else
    printf(" %9.4g %s", value, unit);
}

static void print_row(const bench_row *row) {
  printf("%-20s %4zu %5zu  %-26s", row->measure, row->n, row->d, row->against);
  print_value(row->ours, row->unit);
  print_value(row->theirs, row->unit);
  if (row->reason != NULL)
    printf(" %7s  ", "-");
  else
    printf(" %7.3g  ", ratio(row));
  if (!isnan(row->target))
    printf("%s %g", row->sense == BENCH_COST ? "<=" : ">=", row->target);
  if (!isnan(row->target) && row->reason == NULL)
    fputs(meets(row) ? ": met" : ": missed", stdout);
  if (row->reason != NULL)
    printf(" (%s)", row->reason);
  putchar('\n');
  fflush(stdout);
}

static json_t *number(double value) { return isnan(value) ? json_null() : json_real(value); }

static json_t *target(const bench_row *row) {
  if (isnan(row->target))
    return json_null();
  return json_pack("{s:f}", row->sense == BENCH_COST ? "at_most" : "at_least", row->target);
}

static json_t *verdict(const bench_row *row) {
  return isnan(row->target) || row->reason != NULL ? json_null() : json_boolean(meets(row));
}

static ist_code keep(bench_report *r, const bench_row *row, ist_status *s) {
  print_row(row);
  json_t *entry = json_pack(
      "{s:s, s:s, s:I, s:I, s:I, s:s, s:o, s:o, s:s, s:o, s:o, s:o, s:s?}", "measure", row->measure,
      "against", row->against, "n", (json_int_t)row->n, "d", (json_int_t)row->d, "samples",
      (json_int_t)row->samples, "unit", row->unit, "ours", number(row->ours), "theirs",
      number(row->theirs), "ratio_of", row->sense == BENCH_COST ? "ours/theirs" : "theirs/ours",
      "ratio", number(row->reason == NULL ? ratio(row) : NAN), "target", target(row), "met",
      verdict(row), "reason", row->reason);
  if (json_array_append_new(r->rows, entry) != 0)
    return no_memory(s);
  return IST_OK;
}

ist_code bench_report_add(bench_report *r, const bench_row *row, ist_status *s) {
  bench_row stated = *row;
  if (r->quick)
    stated.target = NAN; /* targets are for the full sizes */
  return keep(r, &stated, s);
}

static json_t *document(const bench_report *r) {
  return json_pack("{s:s, s:b, s:{s:I, s:i, s:s}, s:s, s:O}", "schema", "ist.bench/1", "quick",
                   r->quick, "machine", "cores", (json_int_t)sysconf(_SC_NPROCESSORS_ONLN),
                   "threads", openblas_get_num_threads(), "blas", openblas_get_config(), "clock",
                   "processor time, medians", "rows", r->rows);
}

ist_code bench_report_write(const bench_report *r, const char *directory, ist_status *s) {
  ist_atomic_file f;
  json_t *text = document(r);
  ist_code code = text != NULL ? ist_folder_make(directory, s) : no_memory(s);
  if (code == IST_OK)
    code = ist_folder_open(directory, "bench.json", &f, s);
  if (code == IST_OK && json_dumpf(text, f.stream, JSON_INDENT(1) | JSON_REAL_PRECISION(17)) != 0 &&
      !ferror(f.stream)) {
    ist_atomic_abort(&f);
    code = no_memory(s);
  }
  if (code == IST_OK) {
    fputc('\n', f.stream);
    code = ist_atomic_commit(&f, s);
  }
  json_decref(text);
  return code;
}

void bench_report_close(bench_report *r) {
  json_decref(r->rows);
  *r = (bench_report){0};
}
