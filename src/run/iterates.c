#include "iterates.h"

#include <stdlib.h>
#include <string.h>

#include "machine/memory.h"
#include "rounds.h"

static ist_code rounds(const ist_iterates *g, ist_rounds *m, double *x, ist_observer *observe,
                       void *context, ist_status *s) {
  observe(context, 0, x);
  for (size_t k = 1; k <= g->rounds; k++) {
    if (ist_rounds_take_drawn(m, x, k, s) != IST_OK)
      return s->code;
    observe(context, k, x);
  }
  return ist_rounds_check_arithmetic(m, s);
}

ist_code ist_iterates_show(const ist_iterates *g, ist_observer *observe, void *context,
                           ist_status *s) {
  size_t d = g->p->d;
  ist_rounds m;
  double *x = ist_memory_doubles(1, d, 1);
  if (x == NULL)
    return ist_fail(s, IST_MACHINE, "no memory for an iterate of dimension %zu", d);
  memcpy(x, g->x0, d * sizeof *x);
  ist_code code = ist_rounds_open(&m, g->p, g->sketch, g->gamma, 0, g->seed, s);
  if (code == IST_OK) {
    if (g->scales != NULL) {
      memcpy(m.s, g->scales, d * sizeof *m.s);
      m.s_stride = 0;
    }
    code = rounds(g, &m, x, observe, context, s);
    ist_rounds_close(&m);
  }
  free(x);
  return code;
}
