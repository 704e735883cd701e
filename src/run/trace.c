#include "trace.h"

void ist_trace_header(FILE *file) {
  fputs("k,f_gap,grad_norm_sq,dist_star_sq,dist_fixed_sq\n", file);
}

void ist_trace_row(FILE *file, size_t k, const ist_metrics *m) {
  fprintf(file, "%zu,%.17g,%.17g,%.17g,", k, m->f_gap, m->grad_norm_sq, m->dist_star_sq);
  if (m->has_fixed)
    fprintf(file, "%.17g", m->dist_fixed_sq);
  fputc('\n', file);
}
