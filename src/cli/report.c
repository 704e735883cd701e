#include "report.h"

#include <stdio.h>
#include <string.h>

#include "json.h"
#include "progress.h"

static void print_row(const ist_claim *claim, const char *sketch, const ist_finding *f) {
  printf("%-9s %-11s %-14s ", claim->id, sketch, ist_verdict_name(f->verdict));
  if (f->verdict == IST_CLAIM_NOT_APPLICABLE) {
    printf("%s\n", f->reason);
    return;
  }
  printf("%11.5g %11.5g %s\n", f->value, f->bound, claim->statement);
  if (f->verdict == IST_CLAIM_VIOLATED)
    printf("%-36s %s\n", "", f->reason);
}

static json_t *row_to_json(const ist_claim *claim, const char *sketch, const ist_finding *f) {
  bool applies = f->verdict != IST_CLAIM_NOT_APPLICABLE;
  json_t *reason = f->reason[0] == '\0' ? json_null() : json_string(f->reason);
  return json_pack("{s:s, s:s++, s:o, s:o, s:s, s:o}", "id", claim->id, "statement", sketch, ": ",
                   claim->statement, "bound", applies ? json_real(f->bound) : json_null(), "value",
                   applies ? json_real(f->value) : json_null(), "verdict",
                   ist_verdict_name(f->verdict), "reason", reason);
}

/** The violated claims so far, as "P06, N1". */
typedef struct {
  size_t count;
  char ids[512];
} violations;

static void note_violation(violations *v, const char *id) {
  size_t used = strlen(v->ids);
  snprintf(v->ids + used, sizeof v->ids - used, "%s%s", v->count > 0 ? ", " : "", id);
  v->count++;
}

static ist_code report_claim(ist_check *k, const ist_claim *claim, json_t *rows, violations *v,
                             ist_status *s) {
  ist_finding f;
  if (ist_evaluate(k, claim, &f, s) != IST_OK)
    return s->code;
  if (f.verdict == IST_CLAIM_VIOLATED)
    note_violation(v, claim->id);
  const char *sketch = ist_sketch_name(ist_claim_sketch(k, claim));
  if (rows == NULL) {
    if (!ist_is_about_others(k, claim))
      print_row(claim, sketch, &f);
  } else if (json_array_append_new(rows, row_to_json(claim, sketch, &f)) != 0)
    return ist_claim_no_memory(s);
  return IST_OK;
}

static size_t count_claims(const ist_claim *const *tables) {
  size_t count = 0;
  for (; *tables != NULL; tables++)
    for (const ist_claim *claim = *tables; claim->id != NULL; claim++)
      count++;
  return count;
}

static ist_code report_all(ist_check *k, const ist_claim *const *tables, json_t *rows,
                           violations *v, ist_status *s) {
  ist_progress progress = ist_progress_start("claim", count_claims(tables));
  ist_code code = IST_OK;
  size_t done = 0;
  for (; *tables != NULL && code == IST_OK; tables++)
    for (const ist_claim *claim = *tables; claim->id != NULL && code == IST_OK; claim++) {
      code = report_claim(k, claim, rows, v, s);
      ist_progress_update(&progress, ++done);
    }
  ist_progress_end(&progress);
  return code;
}

ist_code ist_report(ist_check *k, const ist_claim *const *tables, bool json, ist_status *s) {
  json_t *rows = json ? json_array() : NULL;
  violations v = {0};
  if (!json)
    printf("%-9s %-11s %-14s %11s %11s %s\n", "claim", "sketch", "verdict", "value", "bound",
           "statement");
  ist_code code = report_all(k, tables, rows, &v, s);
  if (code != IST_OK) {
    json_decref(rows);
    return code;
  }
  if (json)
    code = ist_json_print(json_pack("{s:s, s:o}", "schema", "ist.check/1", "claims", rows), s);
  if (code == IST_OK && v.count > 0)
    code = ist_fail(s, IST_VIOLATED, "%zu claim%s violated: %s", v.count, v.count > 1 ? "s" : "",
                    v.ids);
  return code;
}
