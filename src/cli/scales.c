#include "scales.h"

#include <stdlib.h>

#include "kernel/sketch.h"

static void fill(const ist_problem *p, ist_sketch sketch, size_t i, double *s) {
  switch (sketch.kind) {
  case IST_IDENTITY:
    ist_scale_identity(s, p->d);
    break;
  case IST_PERM:
    ist_scale_perm(s, p->d, p->n);
    break;
  case IST_RAND:
    ist_scale_rand(s, p->d, sketch.q);
    break;
  case IST_SCALED_PERM:
    ist_scale_diagonal(s, p->d, p->n, ist_problem_L(p, i));
    break;
  }
}

double *ist_sketch_scales(const ist_problem *p, ist_sketch sketch, size_t *stride) {
  bool shared = sketch.kind != IST_SCALED_PERM || p->L_stride == 0;
  *stride = shared ? 0 : p->d;
  size_t count = shared ? 1 : p->n;
  double *s = calloc(count * p->d, sizeof *s); /* count * d <= entries of L: no overflow */
  for (size_t i = 0; s != NULL && i < count; i++)
    fill(p, sketch, i, s + i * p->d);
  return s;
}
