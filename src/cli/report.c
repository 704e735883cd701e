#include "report.h"

#include "check/row.h"
#include "json.h"
#include "machine/progress.h"

/** Width of the longest name of a sketch. */
#define SKETCH_WIDTH 11

/** A report in the making. */
typedef struct {
  ist_report_style style;
  json_t *rows; /**< NULL for a table */
  ist_tally tally;
} report;

static ist_code report_claim(ist_check *k, const ist_claim *claim, report *r, ist_status *s) {
  ist_row row = {.id = claim->id,
                 .subject = ist_sketch_name(ist_claim_sketch(k, claim)),
                 .statement = claim->statement};
  if (ist_evaluate(k, claim, &row.finding, s) != IST_OK)
    return s->code;
  ist_tally_add(&r->tally, &row);
  if (r->style.json)
    return json_array_append_new(r->rows, ist_row_json(&row)) == 0 ? IST_OK
                                                                   : ist_claim_no_memory(s);
  if (r->style.all || row.finding.verdict != IST_CLAIM_NOT_APPLICABLE)
    ist_row_print(&row, SKETCH_WIDTH);
  return IST_OK;
}

static size_t count_claims(const ist_claim *const *tables) {
  size_t count = 0;
  for (; *tables != NULL; tables++)
    for (const ist_claim *claim = *tables; claim->id != NULL; claim++)
      count++;
  return count;
}

static ist_code report_all(ist_check *k, const ist_claim *const *tables, report *r, ist_status *s) {
  ist_progress progress = ist_progress_start("claim", count_claims(tables));
  ist_code code = IST_OK;
  size_t done = 0;
  for (; *tables != NULL && code == IST_OK; tables++)
    for (const ist_claim *claim = *tables; claim->id != NULL && code == IST_OK; claim++) {
      code = report_claim(k, claim, r, s);
      ist_progress_update(&progress, ++done);
    }
  ist_progress_end(&progress);
  return code;
}

ist_code ist_report(ist_check *k, const ist_claim *const *tables, ist_report_style style,
                    ist_status *s) {
  report r = {.style = style, .rows = style.json ? json_array() : NULL};
  if (!style.json)
    ist_row_print_head("sketch", SKETCH_WIDTH);
  ist_code code = report_all(k, tables, &r, s);
  if (code != IST_OK) {
    json_decref(r.rows);
    return code;
  }
  if (style.json)
    code = ist_json_print(json_pack("{s:s, s:o}", "schema", "ist.check/1", "claims", r.rows), s);
  else
    ist_tally_print(&r.tally);
  return code == IST_OK ? ist_tally_conclude(&r.tally, s) : code;
}
