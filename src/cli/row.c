#include "row.h"

#include <stdio.h>
#include <string.h>

void ist_row_print_head(const char *subject, int width) {
  printf("%-9s %-*s %-14s %11s %11s %s\n", "claim", width, subject, "verdict", "value", "bound",
         "statement");
}

void ist_row_print(const ist_row *row, int width) {
  const ist_finding *f = &row->finding;
  printf("%-9s %-*s %-14s ", row->id, width, row->subject, ist_verdict_name(f->verdict));
  if (f->verdict == IST_CLAIM_NOT_APPLICABLE) {
    printf("%s\n", f->reason);
    return;
  }
  printf("%11.5g %11.5g %s", f->value, f->bound, row->statement);
  if (f->sampled)
    printf(" (se %.1e)", f->error);
  putchar('\n');
  if (f->verdict == IST_CLAIM_VIOLATED)
    printf("%-*s %s\n", width + 25, "", f->reason);
}

json_t *ist_row_json(const ist_row *row) {
  const ist_finding *f = &row->finding;
  bool applies = f->verdict != IST_CLAIM_NOT_APPLICABLE;
  json_t *reason = f->reason[0] == '\0' ? json_null() : json_string(f->reason);
  json_t *out =
      json_pack("{s:s, s:s++, s:o, s:o, s:s, s:o}", "id", row->id, "statement", row->subject, ": ",
                row->statement, "bound", applies ? json_real(f->bound) : json_null(), "value",
                applies ? json_real(f->value) : json_null(), "verdict",
                ist_verdict_name(f->verdict), "reason", reason);
  if (out != NULL && f->sampled &&
      json_object_set_new(out, "standard_error", json_real(f->error)) != 0) {
    json_decref(out);
    return NULL;
  }
  return out;
}

void ist_violations_note(ist_violations *v, const ist_row *row) {
  size_t used = strlen(v->ids);
  if (row->finding.verdict != IST_CLAIM_VIOLATED)
    return;
  snprintf(v->ids + used, sizeof v->ids - used, "%s%s", v->count > 0 ? ", " : "", row->id);
  v->count++;
}

ist_code ist_violations_conclude(const ist_violations *v, ist_status *s) {
  if (v->count == 0)
    return IST_OK;
  return ist_fail(s, IST_VIOLATED, "%zu claim%s violated: %s", v->count, v->count > 1 ? "s" : "",
                  v->ids);
}
