#include "source.h"

static ist_code take_all(const ist_problem_source *from, ist_problem *p, ist_status *s) {
  ist_code code = IST_OK;
  for (size_t i = 0; i < from->L_count && code == IST_OK; i++)
    code = from->take_L(from->context, i, p->L + i * p->L_stride, s);
  for (size_t i = 0; i < from->b_count && code == IST_OK; i++)
    code = from->take_b(from->context, i, p->b + i * p->b_stride, s);
  return code;
}

ist_code ist_source_collect(const ist_problem_source *from, const char *name, ist_problem *p,
                            ist_status *s) {
  if (!ist_problem_alloc(p, from->d, from->n, from->L_count, from->b_count))
    return ist_fail(s, IST_BAD_INPUT, "%sd = %zu, n = %zu does not fit in memory", name, from->d,
                    from->n);
  ist_code code = take_all(from, p, s);
  if (code == IST_OK)
    ist_problem_note_interpolation(p);
  else
    ist_problem_free(p);
  return code;
}

void ist_source_close(ist_problem_source *from) {
  if (from->close != NULL)
    from->close(from->context);
  *from = (ist_problem_source){0};
}
