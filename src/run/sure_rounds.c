#include "sure_rounds.h"

#include <math.h>
#include <stdlib.h>

#include "admit.h"
#include "kernel/homogeneous.h"
#include "kernel/range.h"

bool ist_rounds_are_sure(bool homogeneous, ist_sketch sketch, double gamma, size_t local_steps) {
  return homogeneous && sketch.kind == IST_SCALED_PERM && sketch.q == 1 && gamma <= 1 &&
         local_steps == 0;
}

ist_code ist_sure_fixed_point(const double *L, const double *b, size_t d, double *c,
                              ist_status *s) {
  double *scaled = calloc(d, sizeof *scaled);
  if (scaled == NULL)
    return ist_refuse_memory(d, d, s);
  for (size_t j = 0; j < d; j++)
    scaled[j] = b[j] / sqrt(L[j * d + j]);
  const bool bounded = ist_bounded(scaled, d, IST_ENTRY_MAX);
  if (bounded)
    ist_fixed_point(scaled, d, d, c);
  free(scaled);
  return bounded ? IST_OK : ist_refuse_range(s);
}
