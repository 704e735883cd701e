#include "curves.h"

#include <string.h>

static void name_columns(ist_curves *c, const char *const *others) {
  ist_table_name(&c->table, 0, "k");
  for (size_t step = 0, column = 1; step < c->steps; step++) {
    for (size_t r = 0; r < IST_RUNS; r++)
      ist_table_name(&c->table, column++, "gamma=%g run %zu", c->gammas[step], r + 1);
    for (size_t i = 0; i < c->others; i++)
      ist_table_name(&c->table, column++, "gamma=%g %s", c->gammas[step], others[i]);
  }
}

ist_code ist_curves_open(ist_curves *c, const double *gammas, size_t steps, size_t rounds,
                         const char *const *others, size_t others_count, ist_status *s) {
  *c = (ist_curves){.gammas = gammas, .steps = steps, .others = others_count, .rounds = rounds};
  if (ist_table_open(&c->table, rounds + 1, 1 + steps * (IST_RUNS + others_count), s) != IST_OK)
    return s->code;
  name_columns(c, others);
  for (size_t k = 0; k <= rounds; k++)
    *ist_table_at(&c->table, k, 0) = (double)k;
  return IST_OK;
}

double *ist_curves_at(ist_curves *c, size_t k, size_t step, size_t part) {
  return ist_table_at(&c->table, k, 1 + step * (IST_RUNS + c->others) + part);
}

ist_code ist_curves_relative(ist_curves *c, ist_curves *out, ist_status *s) {
  *out = *c;
  if (ist_table_open(&out->table, c->table.rows, c->table.columns, s) != IST_OK)
    return s->code;
  memcpy(out->table.names, c->table.names, c->table.columns * sizeof *c->table.names);
  for (size_t k = 0; k <= c->rounds; k++) {
    *ist_table_at(&out->table, k, 0) = (double)k;
    for (size_t step = 0; step < c->steps; step++)
      for (size_t part = 0; part < IST_RUNS + c->others; part++)
        *ist_curves_at(out, k, step, part) =
            *ist_curves_at(c, k, step, part) / *ist_curves_at(c, 0, step, part);
  }
  return IST_OK;
}

void ist_curves_close(ist_curves *c) { ist_table_close(&c->table); }
