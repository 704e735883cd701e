#include "source.h"

#include <stdlib.h>

#include "check.h"
#include "machine/memory.h"

static ist_code take_all(const ist_problem_source *from, ist_problem *p, ist_status *s) {
  ist_code code = IST_OK;
  for (size_t i = 0; i < from->L_count && code == IST_OK; i++)
    code = from->take_L(from->context, i, p->L + i * p->L_stride, s);
  for (size_t i = 0; i < from->b_count && code == IST_OK; i++)
    code = from->take_b(from->context, i, p->b + i * p->b_stride, s);
  return code;
}

static ist_code no_memory(const ist_problem_source *from, ist_status *s) {
  const bool named = from->name != NULL;
  return ist_fail(s, IST_MACHINE, "%s%sd = %zu, n = %zu does not fit in memory",
                  named ? from->name : "", named ? ": " : "", from->d, from->n);
}

ist_code ist_source_check_mean(const ist_problem_source *from, double *mean, ist_status *s) {
  ist_status inner;
  const char *name = from->name != NULL ? from->name : "the problem";
  ist_code code = ist_check_mean(mean, from->d, from->L_count, name, &inner);
  if (code == IST_OK)
    return IST_OK;
  return ist_fail(s, code, "%.900s%s%s", inner.text, from->remedy != NULL ? "; " : "",
                  from->remedy != NULL ? from->remedy : "");
}

static ist_code check_mean(const ist_problem_source *from, const ist_problem *p, ist_status *s) {
  if (from->L_count == 1)
    return IST_OK;
  double *mean = ist_memory_doubles(1, from->d, from->d);
  if (mean == NULL)
    return no_memory(from, s);
  ist_problem_mean_L(p, mean);
  ist_code code = ist_source_check_mean(from, mean, s);
  free(mean);
  return code;
}

ist_code ist_source_collect(const ist_problem_source *from, ist_problem *p, ist_status *s) {
  if (!ist_problem_alloc(p, from->d, from->n, from->L_count, from->b_count))
    return no_memory(from, s);
  ist_code code = take_all(from, p, s);
  if (code == IST_OK)
    code = check_mean(from, p, s);
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
