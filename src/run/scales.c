#include "scales.h"

#include <stdlib.h>

#include "kernel/sketch.h"

void ist_sketch_scale(ist_sketch sketch, size_t d, size_t n, const double *L, double *s) {
  switch (sketch.kind) {
  case IST_IDENTITY:
    ist_scale_identity(s, d);
    break;
  case IST_PERM:
    ist_scale_perm(s, d, n);
    break;
  case IST_RAND:
    ist_scale_rand(s, d, sketch.q);
    break;
  case IST_SCALED_PERM:
    ist_scale_diagonal(s, d, n, L);
    break;
  }
}

bool ist_sketch_scales_shared(ist_sketch sketch, bool L_shared) {
  return sketch.kind != IST_SCALED_PERM || L_shared;
}

double *ist_sketch_scales(const ist_problem *p, ist_sketch sketch, size_t *stride) {
  bool shared = ist_sketch_scales_shared(sketch, p->L_stride == 0);
  *stride = shared ? 0 : p->d;
  size_t count = shared ? 1 : p->n;
  double *s = calloc(count * p->d, sizeof *s); /* count * d <= entries of L: no overflow */
  for (size_t i = 0; s != NULL && i < count; i++)
    ist_sketch_scale(sketch, p->d, p->n, ist_problem_L(p, i), s + i * p->d);
  return s;
}
