#include "row.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void ist_row_print_head(const char *subject, int width) {
  printf("%-9s %-*s %-14s %10s %10s %7s %s\n", "claim", width, subject, "verdict", "value", "bound",
         "se", "statement");
}

/** How the table calls a verdict. */
static const char *heading(ist_verdict verdict) {
  return verdict == IST_CLAIM_REFUTED ? "printed: fails" : ist_verdict_name(verdict);
}

/** Ten columns and a blank: a number that is not known, or that no double can be, is no "nan". */
static void print_number(double value) {
  if (isfinite(value))
    printf("%10.5g ", value);
  else
    printf("%10s ", isnan(value) ? "unknown" : value > 0 ? ">1e308" : "<-1e308");
}

void ist_row_print(const ist_row *row, int width) {
  const ist_finding *f = &row->finding;
  char error[16] = "";
  printf("%-9s %-*s %-14s ", row->id, width, row->subject, heading(f->verdict));
  if (f->verdict == IST_CLAIM_NOT_APPLICABLE) {
    printf("%s\n", f->reason);
    return;
  }
  if (f->sampled)
    snprintf(error, sizeof error, "%.1e", f->error);
  else if (f->digits == IST_DIGITS_EXACT)
    snprintf(error, sizeof error, "exact");
  else if (f->digits > 0)
    snprintf(error, sizeof error, "=%d", f->digits);
  print_number(f->value);
  print_number(f->bound);
  printf("%7s %s\n", error, row->statement);
  if (f->reason[0] != '\0')
    printf("%-*s %s\n", width + 25, "", f->reason);
}

/** A side of the comparison, or null where there is none. */
static json_t *number(const ist_finding *f, double value) {
  bool exists = f->verdict != IST_CLAIM_NOT_APPLICABLE && isfinite(value);
  return exists ? json_real(value) : json_null();
}

static json_t *reason(const ist_finding *f) {
  if (f->digits == IST_DIGITS_EXACT && f->reason[0] == '\0')
    return json_string("both sides are exactly equal");
  if (f->digits > 0 && f->reason[0] == '\0')
    return json_sprintf("both sides agree to %d digits", f->digits);
  return f->reason[0] == '\0' ? json_null() : json_string(f->reason);
}

json_t *ist_row_json(const ist_row *row) {
  const ist_finding *f = &row->finding;
  json_t *out =
      json_pack("{s:s, s:s++, s:o, s:o, s:s, s:o}", "id", row->id, "statement", row->subject, ": ",
                row->statement, "bound", number(f, f->bound), "value", number(f, f->value),
                "verdict", ist_verdict_name(f->verdict), "reason", reason(f));
  if (out != NULL && f->sampled &&
      json_object_set_new(out, "standard_error", json_real(f->error)) != 0) {
    json_decref(out);
    return NULL;
  }
  return out;
}

void ist_tally_add(ist_tally *t, const ist_row *row) {
  size_t used = strlen(t->violated);
  if (row->finding.verdict == IST_CLAIM_VIOLATED)
    snprintf(t->violated + used, sizeof t->violated - used, "%s%s", used > 0 ? ", " : "", row->id);
  t->count[row->finding.verdict]++;
}

void ist_tally_print(const ist_tally *t) {
  size_t refuted = t->count[IST_CLAIM_REFUTED];
  printf("%zu hold, %zu do not apply, %zu violated, %zu undecided", t->count[IST_CLAIM_HOLDS],
         t->count[IST_CLAIM_NOT_APPLICABLE], t->count[IST_CLAIM_VIOLATED],
         t->count[IST_CLAIM_UNDECIDED]);
  if (refuted > 0)
    printf("; %zu printed formula%s", refuted,
           refuted > 1 ? "s fail as their corrections say" : " fails as its correction says");
  putchar('\n');
}

ist_code ist_tally_conclude(const ist_tally *t, ist_status *s) {
  size_t violated = t->count[IST_CLAIM_VIOLATED];
  if (violated == 0)
    return IST_OK;
  return ist_fail(s, IST_VIOLATED, "%zu claim%s violated: %s", violated, violated > 1 ? "s" : "",
                  t->violated);
}
