#include "error_bound.h"

#include <stdlib.h>
#include <string.h>

#include "admit.h"
#include "kernel/range.h"
#include "kernel/running_bound.h"
#include "machine/memory.h"

ist_code ist_error_bound_open(ist_error_bound *b, size_t d, size_t n, size_t q, ist_status *s) {
  double *next = ist_memory_doubles(1, 5 * d + 2 * q + 2 * n * q, 1);
  *b = (ist_error_bound){.d = d, .exists = true, .e = next, .count = calloc(d, sizeof *b->count)};
  if (b->e == NULL || b->count == NULL) {
    ist_error_bound_close(b);
    return ist_refuse_memory(d, n, s);
  }
  b->before = next += d;
  b->merged_radius = next += d;
  b->merged_coefficient = next += d;
  b->next = next += d;
  b->own = next += d;
  b->whole = next += q;
  b->radius = next += q;
  b->coefficient = next + n * q;
  return IST_OK;
}

/** e after a round that m has taken from the iterate before. */
static void update(ist_error_bound *b, const ist_rounds *m) {
  const ist_problem *p = m->problem;
  const size_t q = m->draws.sketch.q;
  ist_count_members(b->count, p->d, m->draws.block, p->n * q);
  ist_round_error(b->next, b->e, b->before,
                  ist_problem_team(p, m->s, m->s_stride, m->draws.block, q), m->gamma,
                  (ist_round_work){m->w, m->g, m->sum}, b->count,
                  (ist_radii){b->own, b->whole, b->radius, b->coefficient},
                  (ist_merged_radii){b->merged_radius, b->merged_coefficient});
  memcpy(b->e, b->next, b->d * sizeof *b->e);
  b->exists = ist_bounded(b->e, b->d, IST_ENTRY_MAX);
}

ist_code ist_error_bound_round(ist_error_bound *b, ist_rounds *m, double *x, size_t k,
                               ist_status *s) {
  memcpy(b->before, x, b->d * sizeof *x);
  ist_code code = ist_rounds_take_drawn(m, x, k, s);
  if (code == IST_OK && b->exists)
    update(b, m);
  return code;
}

ist_scalar ist_error_bound_value(const ist_error_bound *b) {
  if (!b->exists)
    return (ist_scalar){.reason = "the error bound left the range of the kernel's contracts"};
  double largest = 0;
  for (size_t j = 0; j < b->d; j++)
    if (b->e[j] > largest)
      largest = b->e[j];
  return (ist_scalar){.exists = true, .value = largest};
}

void ist_error_bound_close(ist_error_bound *b) {
  free(b->e);
  free(b->count);
  *b = (ist_error_bound){0};
}
