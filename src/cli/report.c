#include "report.h"

#include "json.h"
#include "progress.h"
#include "row.h"

/** Width of the longest name of a sketch. */
#define SKETCH_WIDTH 11

static ist_code report_claim(ist_check *k, const ist_claim *claim, json_t *rows, ist_violations *v,
                             ist_status *s) {
  ist_row row = {.id = claim->id,
                 .subject = ist_sketch_name(ist_claim_sketch(k, claim)),
                 .statement = claim->statement};
  if (ist_evaluate(k, claim, &row.finding, s) != IST_OK)
    return s->code;
  ist_violations_note(v, &row);
  if (rows == NULL) {
    if (!ist_is_about_others(k, claim))
      ist_row_print(&row, SKETCH_WIDTH);
  } else if (json_array_append_new(rows, ist_row_json(&row)) != 0)
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
                           ist_violations *v, ist_status *s) {
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
  ist_violations v = {0};
  if (!json)
    ist_row_print_head("sketch", SKETCH_WIDTH);
  ist_code code = report_all(k, tables, rows, &v, s);
  if (code != IST_OK) {
    json_decref(rows);
    return code;
  }
  if (json)
    code = ist_json_print(json_pack("{s:s, s:o}", "schema", "ist.check/1", "claims", rows), s);
  if (code == IST_OK)
    code = ist_violations_conclude(&v, s);
  return code;
}
