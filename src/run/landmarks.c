#include "landmarks.h"

#include <stdlib.h>

#include "kernel/range.h"
#include "machine/memory.h"
#include "moments/effective.h"

static ist_code find_fixed(ist_landmarks *m, ist_status *s) {
  const ist_constants *c = m->c;
  ist_status why;
  m->same = ist_full_gradient(c->d, c->sketch);
  m->has_fixed = true;
  if (m->same)
    return IST_OK;
  /* Of scaled Perm-q, q > 1, E[B] may be indefinite. */
  ist_code code = ist_system_solve(&m->fixed, c->expected_B, c->expected_v, c->d, true, &why);
  if (code == IST_OK)
    return IST_OK;
  if (code != IST_NOT_EXIST)
    return ist_fail(s, code, "%s", why.text);
  m->has_fixed = false;
  m->reason = "E[B] is singular to working precision, or x_fixed leaves the range of entries";
  return IST_OK;
}

ist_code ist_landmarks_find(ist_landmarks *m, const ist_constants *c, ist_status *s) {
  *m = (ist_landmarks){.c = c};
  /* Rounding may have taken a mean of entries at the limit beyond it. */
  if (!ist_bounded(c->L_bar, c->d * c->d, IST_ENTRY_MAX))
    return ist_fail(s, IST_NOT_EXIST, "the mean matrix leaves the range |x| <= %.4g",
                    IST_ENTRY_MAX);
  ist_code code = ist_system_solve(&m->star, c->L_bar, c->b_bar, c->d, false, s);
  if (code == IST_NOT_EXIST)
    return ist_fail(s, code,
                    "the mean matrix is not positive definite to working precision, or x* "
                    "leaves the range of entries");
  return code == IST_OK ? find_fixed(m, s) : code;
}

const double *ist_landmarks_fixed(const ist_landmarks *m) {
  if (!m->has_fixed)
    return NULL;
  return m->same ? m->star.x : m->fixed.x;
}

static ist_code enclose_fixed(const ist_landmarks *m, const ist_mean_errors *errors,
                              ist_surrounding *out, ist_status *s) {
  const ist_constants *c = m->c;
  double *row = ist_memory_doubles(1, c->d, 1);
  if (row == NULL)
    return ist_fail(s, IST_MACHINE, "no memory for bounds of dimension %zu", c->d);
  ist_mean_errors_of_B(errors, c->d, c->n, c->sketch, c->expected_B, m->star.scale, m->fixed.scale,
                       row);
  ist_code code = ist_system_enclose(&m->fixed, row, errors->v, out, s);
  free(row);
  return code;
}

ist_code ist_landmarks_enclose(const ist_landmarks *m, const ist_mean_errors *errors,
                               ist_surroundings *out, ist_status *s) {
  *out = (ist_surroundings){.shared = m->same};
  if (ist_system_enclose(&m->star, errors->L, errors->b, &out->star, s) != IST_OK)
    return s->code;
  ist_code code = IST_OK;
  if (m->same)
    out->fixed = out->star;
  else if (m->has_fixed)
    code = enclose_fixed(m, errors, &out->fixed, s);
  if (code != IST_OK)
    ist_surroundings_close(out);
  return code;
}

void ist_surroundings_close(ist_surroundings *out) {
  free(out->star.residual);
  if (!out->shared)
    free(out->fixed.residual);
  *out = (ist_surroundings){0};
}

void ist_landmarks_close(ist_landmarks *m) {
  ist_system_close(&m->star);
  ist_system_close(&m->fixed);
  *m = (ist_landmarks){0};
}
