#include "reproduction.h"

#include "machine/output.h"

unsigned long ist_reproduction_seed(const ist_reproduction *t, size_t r) {
  return (t->seed + r) & 0xfffffffful;
}

ist_code ist_reproduction_no_memory(ist_status *s) {
  return ist_fail(s, IST_MACHINE, "no memory for an experiment");
}

ist_code ist_reproduction_record(ist_reproduction *t, const char *id, const char *experiment,
                                 const char *statement, const ist_finding *f, ist_status *s) {
  ist_row row = {.id = id, .subject = experiment, .statement = statement, .finding = *f};
  ist_row_print(&row, IST_EXPERIMENT_WIDTH);
  ist_tally_add(&t->tally, &row);
  if (json_array_append_new(t->rows, ist_row_json(&row)) != 0)
    return ist_reproduction_no_memory(s);
  return IST_OK;
}

ist_code ist_reproduction_figure(ist_reproduction *t, const ist_figure *g, ist_status *s) {
  if (ist_figure_write(g, t->directory, s) != IST_OK)
    return s->code;
  if (!t->gnuplot)
    return IST_OK;
  ist_code code = ist_figure_draw(g->name, t->directory, &t->gnuplot, s);
  if (code == IST_OK && !t->gnuplot)
    ist_print_error("gnuplot is not installed: the CSV files and the scripts (*.gp) are written, "
                    "the figures are not drawn");
  return code;
}
